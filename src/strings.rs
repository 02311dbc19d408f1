//! The words in use: the English table of the core, with what the host replaces.

use connect_attached_files_core::error::Failure;
use connect_attached_files_core::table::Table;
use connect_attached_files_core::text::{Text, fill, size};
use connect_attached_files_core::validate::Refusal;
use leptos::prelude::*;

/// Texts that replace the English ones, by [`Text::key`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Strings(Table<String, String>);

impl Strings {
    /// Replaces texts by their keys; unknown keys are ignored.
    #[must_use]
    pub fn new(overrides: impl IntoIterator<Item = (String, String)>) -> Self {
        Self(overrides.into_iter().collect())
    }

    fn get(&self, text: Text) -> Option<String> {
        self.0.get(&text.key().to_owned()).cloned()
    }
}

/// The words as the views use them; cheap to copy.
#[derive(Clone, Copy)]
pub(crate) struct Words(StoredValue<Strings, LocalStorage>);

impl Words {
    /// Words owned by the reactive owner at hand.
    pub(crate) fn new(strings: Strings) -> Self {
        Self(StoredValue::new_local(strings))
    }

    /// A text as it is.
    pub(crate) fn get(self, text: Text) -> String {
        let replaced = self.0.try_with_value(|strings| strings.get(text));
        replaced.flatten().unwrap_or_else(|| text.english().to_owned())
    }

    /// A text with its places filled.
    pub(crate) fn fill(self, text: Text, places: &[(&str, &str)]) -> String {
        fill(&self.get(text), places)
    }

    /// A size in bytes.
    pub(crate) fn size(self, bytes: u64) -> String {
        let (count, unit) = size(bytes);
        self.fill(unit, &[("count", &count)])
    }

    /// A duration in seconds, in whole minutes from 90 seconds on.
    pub(crate) fn time(self, seconds: u64) -> String {
        let (text, count) = match seconds {
            ..90 => (Text::Seconds, seconds.max(1)),
            90.. => (Text::Minutes, seconds.div_ceil(60)),
        };
        self.fill(text, &[("count", &count.to_string())])
    }

    /// Why a file is not accepted.
    pub(crate) fn refusal(self, refusal: &Refusal, file_size: u64) -> String {
        match refusal {
            Refusal::Folder => self.get(Text::RuleFolder),
            Refusal::Empty => self.get(Text::RuleEmpty),
            Refusal::TooLarge { max_bytes } => self.fill(
                Text::RuleTooLarge,
                &[("size", &self.size(file_size)), ("max", &self.size(*max_bytes))],
            ),
            Refusal::Extension { extension } => {
                self.fill(Text::RuleExtension, &[("extension", extension)])
            }
            Refusal::NoExtension => self.get(Text::RuleNoExtension),
            Refusal::TooMany { max_files } => {
                self.fill(Text::RuleTooMany, &[("max", &max_files.to_string())])
            }
            Refusal::TotalSize { max_bytes } => {
                self.fill(Text::RuleTotalSize, &[("max", &self.size(*max_bytes))])
            }
            Refusal::Duplicate => self.get(Text::RuleDuplicate),
            Refusal::Host { message } => self.fill(Text::RuleHost, &[("message", message)]),
        }
    }

    /// All reasons why a file is not accepted, as sentences.
    pub(crate) fn refusals(self, refusals: &[Refusal], file_size: u64) -> String {
        let sentences: Vec<String> =
            refusals.iter().map(|refusal| self.refusal(refusal, file_size)).collect();
        sentences.join(" ")
    }

    /// What a failure means and what to do next.
    pub(crate) fn failure(self, failure: &Failure) -> String {
        self.get(Text::of_code(failure.code))
    }
}
