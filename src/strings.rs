//! The words in use: the English table of the core, with what a translation or the host replaces.

use std::rc::Rc;

use connect_attached_files_core::error::Failure;
use connect_attached_files_core::text::{Text, fill, form};
use connect_attached_files_core::validate::Refusal;

use crate::edge::intl::Locale;

/// All texts of the widget, and the language they are in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Strings {
    /// By their place in [`Text::ALL`].
    texts: Vec<String>,
    locale: String,
}

impl Default for Strings {
    /// English; numbers, sizes and dates as the browser writes them.
    fn default() -> Self {
        let texts = Text::ALL.iter().map(|text| text.english().to_owned()).collect();
        Self { texts, locale: String::new() }
    }
}

impl Strings {
    /// Replaces English texts by their keys ([`Text::key`]); unknown keys are ignored.
    #[must_use]
    pub fn new(overrides: impl IntoIterator<Item = (String, String)>) -> Self {
        let mut strings = Self::default();
        for (key, value) in overrides {
            let at = Text::ALL.iter().position(|text| text.key() == key);
            if let Some(text) = at.and_then(|at| strings.texts.get_mut(at)) {
                *text = value;
            }
        }
        strings
    }

    /// All texts in the order of [`Text::ALL`]. Numbers, sizes, dates and plurals are written as `locale`,
    /// a BCP 47 tag, has them.
    #[must_use]
    pub fn in_order(texts: Vec<String>, locale: String) -> Self {
        Self { texts, locale }
    }

    /// Writes numbers, sizes, dates and plurals as `locale`, a BCP 47 tag, has them.
    #[must_use]
    pub fn locale(self, locale: String) -> Self {
        Self { locale, ..self }
    }
}

/// The words as the views use them; cheap to clone.
#[derive(Clone)]
pub(crate) struct Words(Rc<(Strings, Locale)>);

impl Words {
    pub(crate) fn new(strings: Strings) -> Self {
        let locale = Locale::new(&strings.locale);
        Self(Rc::new((strings, locale)))
    }

    /// Numbers and dates.
    pub(crate) fn locale(&self) -> &Locale {
        &self.0.1
    }

    /// A text as it is.
    pub(crate) fn get(&self, text: Text) -> String {
        self.text(text).to_owned()
    }

    fn text(&self, text: Text) -> &str {
        self.0.0.texts.get(text as usize).map_or("", String::as_str)
    }

    /// A text with its places filled.
    pub(crate) fn fill(&self, text: Text, places: &[(&str, &str)]) -> String {
        fill(self.text(text), places)
    }

    /// A text about so many of something, with its `{count}` filled.
    pub(crate) fn count(&self, text: Text, count: usize) -> String {
        self.count_with(text, count, &[])
    }

    /// The same with more places.
    pub(crate) fn count_with(&self, text: Text, count: usize, places: &[(&str, &str)]) -> String {
        #[expect(clippy::cast_precision_loss, reason = "counts of files stay far below 2^53")]
        let (template, plural) = (self.text(text), self.locale().format("plural", count as f64));
        fill(&fill(form(template, &plural), places), &[("count", &self.number(count))])
    }

    /// A text with a name in it.
    pub(crate) fn named(&self, text: Text, name: &str) -> String {
        self.fill(text, &[("name", name)])
    }

    /// A count.
    #[expect(clippy::cast_precision_loss, reason = "counts of files stay far below 2^53")]
    pub(crate) fn number(&self, count: usize) -> String {
        self.locale().format("number", count as f64)
    }

    /// Per cent.
    pub(crate) fn percent(&self, percent: u8) -> String {
        self.locale().format("percent", percent.into())
    }

    /// A size in bytes.
    #[expect(clippy::cast_precision_loss, reason = "sizes stay far below 2^53")]
    pub(crate) fn size(&self, bytes: u64) -> String {
        self.locale().format("size", bytes as f64)
    }

    /// A speed in bytes a second.
    #[expect(clippy::cast_precision_loss, reason = "speeds stay far below 2^53")]
    pub(crate) fn speed(&self, bytes: u64) -> String {
        self.locale().format("speed", bytes as f64)
    }

    /// A duration in seconds.
    #[expect(clippy::cast_precision_loss, reason = "durations stay far below 2^53")]
    pub(crate) fn time(&self, seconds: u64) -> String {
        self.locale().format("time", seconds as f64)
    }

    /// Why a file is not accepted.
    fn refusal(&self, refusal: &Refusal, file_size: u64) -> String {
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
            Refusal::TooMany { max_files } => self.count(Text::RuleTooMany, *max_files),
            Refusal::TotalSize { max_bytes } => {
                self.fill(Text::RuleTotalSize, &[("max", &self.size(*max_bytes))])
            }
            Refusal::Duplicate => self.get(Text::RuleDuplicate),
            Refusal::Host { message } if message.is_empty() => self.get(Text::RuleHost),
            Refusal::Host { message } => message.clone(),
        }
    }

    /// All reasons why a file is not accepted, as sentences.
    pub(crate) fn refusals(&self, refusals: &[Refusal], file_size: u64) -> String {
        let mut sentences = String::new();
        for refusal in refusals {
            if !sentences.is_empty() {
                sentences.push(' ');
            }
            sentences.push_str(&self.refusal(refusal, file_size));
        }
        sentences
    }

    /// What a failure means and what to do next.
    pub(crate) fn failure(&self, failure: &Failure) -> String {
        self.get(Text::of_code(failure.code))
    }
}
