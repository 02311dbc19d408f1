//! Numbers, sizes, dates and plurals as the reader writes them.

use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/src/edge/intl.js")]
extern "C" {
    /// The habits of one language.
    pub(crate) type Locale;

    /// The habits behind a BCP 47 tag; those of the browser for one that is empty or none.
    #[wasm_bindgen(constructor)]
    pub(crate) fn new(tag: &str) -> Locale;

    /// A number of a unit of ECMA-402's table, or of nothing.
    #[wasm_bindgen(method)]
    pub(crate) fn number(this: &Locale, count: f64, unit: Option<&str>) -> String;

    /// A size in bytes.
    #[wasm_bindgen(method)]
    pub(crate) fn size(this: &Locale, bytes: f64) -> String;

    /// A speed in bytes a second.
    #[wasm_bindgen(method)]
    pub(crate) fn speed(this: &Locale, bytes: f64) -> String;

    /// A duration in seconds.
    #[wasm_bindgen(method)]
    pub(crate) fn time(this: &Locale, seconds: f64) -> String;

    /// An ISO 8601 time as a short local date and time; empty for what is none.
    #[wasm_bindgen(method)]
    pub(crate) fn when(this: &Locale, iso: &str) -> String;

    /// The plural category of a count, such as `one` or `other`.
    #[wasm_bindgen(method)]
    pub(crate) fn plural(this: &Locale, count: f64) -> String;

    /// The places of names in the order of the language.
    #[wasm_bindgen(method)]
    pub(crate) fn sorted(this: &Locale, names: Vec<String>) -> Vec<u32>;
}
