//! What never changes of the drawing. Views written with `view!` are compiled type by type, which made a
//! third of the module; a script builds the tree from a text.

use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

#[wasm_bindgen(module = "/src/edge/markup.js")]
extern "C" {
    /// A new panel, with everything but rows in it.
    pub(crate) fn panel() -> HtmlElement;

    /// A new row.
    pub(crate) fn row() -> HtmlElement;

    /// The first element inside that matches a selector, else itself.
    pub(crate) fn find(element: &HtmlElement, selector: &str) -> HtmlElement;

    /// Sets the text, if it is not so already.
    pub(crate) fn say(element: &HtmlElement, text: &str);

    /// Sets an attribute, if it is not so already.
    pub(crate) fn attribute(element: &HtmlElement, name: &str, value: &str);

    /// Sets a property of its style.
    pub(crate) fn style(element: &HtmlElement, property: &str, value: &str);

    /// Fills a native select with its choices.
    pub(crate) fn choices(select: &HtmlElement, choices: Vec<String>, chosen: usize);
}
