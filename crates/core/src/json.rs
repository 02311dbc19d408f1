//! JSON as a tree of values.
//!
//! The messages of [`crate::wire`] are read from this tree by name instead of deriving serde for each,
//! which made the module 40 kB larger. What is of another type than expected reads as missing, which
//! every member of the service model may be.

use serde::ser::{SerializeMap, SerializeSeq};
use serde::{Serialize, Serializer};

use crate::table::Table;

/// A JSON value.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Json {
    /// `null`, and what is not there.
    #[default]
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number; fractions do not occur in what the widget reads and writes.
    Number(u64),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Json>),
    /// An object.
    Object(Table<String, Json>),
}

impl Json {
    /// An object of named values; those that are null are left out.
    #[must_use]
    pub fn object<const N: usize>(members: [(&str, Json); N]) -> Self {
        let members = members.into_iter().filter(|(_, value)| *value != Self::Null);
        Self::Object(members.map(|(name, value)| (name.to_owned(), value)).collect())
    }

    /// Takes a member out of an object.
    pub fn take(&mut self, name: &str) -> Json {
        match self {
            Self::Object(members) => members.remove(&name.to_owned()).unwrap_or_default(),
            _ => Self::Null,
        }
    }

    /// Takes a text out of an object.
    pub fn take_text(&mut self, name: &str) -> Option<String> {
        match self.take(name) {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Takes a whole number out of an object.
    pub fn take_number(&mut self, name: &str) -> Option<u64> {
        match self.take(name) {
            Self::Number(number) => Some(number),
            _ => None,
        }
    }

    /// Takes a list out of an object; nothing there is an empty list.
    pub fn take_list(&mut self, name: &str) -> Vec<Json> {
        match self.take(name) {
            Self::List(list) => list,
            _ => Vec::new(),
        }
    }

    /// Takes an object out of an object.
    pub fn take_object(&mut self, name: &str) -> Option<Json> {
        Some(self.take(name)).filter(|member| matches!(member, Self::Object(_)))
    }

    /// The texts of an object whose members are texts.
    #[must_use]
    pub fn into_texts(self) -> Table<String, String> {
        let Self::Object(members) = self else { return Table::default() };
        let text = |(name, value)| match value {
            Self::Text(text) => Some((name, text)),
            _ => None,
        };
        members.into_iter().filter_map(text).collect()
    }
}

impl From<&str> for Json {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Json {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<u64> for Json {
    fn from(number: u64) -> Self {
        Self::Number(number)
    }
}

impl From<bool> for Json {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl<T: Into<Json>> From<Option<T>> for Json {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

impl<T: Into<Json>> FromIterator<T> for Json {
    fn from_iter<I: IntoIterator<Item = T>>(values: I) -> Self {
        Self::List(values.into_iter().map(Into::into).collect())
    }
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Bool(value) => serializer.serialize_bool(*value),
            // As JavaScript has all numbers; sizes and counts stay far below 2^53.
            #[expect(clippy::cast_precision_loss, reason = "see above")]
            Self::Number(number) => serializer.serialize_f64(*number as f64),
            Self::Text(text) => serializer.serialize_str(text),
            Self::List(list) => {
                let mut out = serializer.serialize_seq(Some(list.len()))?;
                for value in list {
                    out.serialize_element(value)?;
                }
                out.end()
            }
            Self::Object(members) => {
                let mut out = serializer.serialize_map(Some(members.len()))?;
                for (name, value) in members.iter() {
                    out.serialize_entry(name, value)?;
                }
                out.end()
            }
        }
    }
}
