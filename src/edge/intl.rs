//! Numbers, sizes, dates and plurals as the reader writes them.

use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/src/edge/intl.js")]
extern "C" {
    /// The habits of one language.
    pub(crate) type Locale;

    /// The habits behind a BCP 47 tag; those of the browser for one that is empty or none.
    #[wasm_bindgen(constructor)]
    pub(crate) fn new(tag: &str) -> Locale;

    /// The tag, as it is canonical; empty for the browser's own habits.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn tag(this: &Locale) -> String;

    /// A value in words: a `number`, a `percent`, a `size` in bytes, a `speed` in bytes a second, a `time` in
    /// seconds, or the `plural` category of a count.
    #[wasm_bindgen(method)]
    pub(crate) fn format(this: &Locale, kind: &str, value: f64) -> String;

    /// An ISO 8601 time as a short local date and time; empty for what is none.
    #[wasm_bindgen(method)]
    pub(crate) fn when(this: &Locale, iso: &str) -> String;

    /// The places of names in the order of the language.
    #[wasm_bindgen(method)]
    pub(crate) fn sorted(this: &Locale, names: Vec<String>) -> Vec<u32>;
}
