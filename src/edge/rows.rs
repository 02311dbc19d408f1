//! Where rows stand, and where the focus goes when what had it goes away: never to the top of the host's page.

use js_sys::Array;
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

#[wasm_bindgen(module = "/src/edge/rows.js")]
extern "C" {
    /// Makes rows the children of a list, with the pixels that rows not drawn would take above each and
    /// below all, and with the place of each in the whole list, and its length where not all are drawn.
    /// Answers with their heights where that is so.
    pub(crate) fn arrange(
        panel: &HtmlElement,
        list: &HtmlElement,
        rows: &Array,
        gaps: Vec<u32>,
        places: Vec<usize>,
    ) -> Vec<u32>;

    /// If nothing in the panel has the focus once what is under way is drawn, gives it to the first of
    /// these rows that is there: to its first button, to itself,
    /// or else to the picker.
    #[wasm_bindgen(js_name = keepNear)]
    pub(crate) fn keep_near(panel: &HtmlElement, rows: Vec<u32>);

    /// Whether the focus is somewhere inside the panel, in a shadow root or not.
    #[wasm_bindgen(js_name = hasFocus)]
    pub(crate) fn has_focus(panel: &HtmlElement) -> bool;
}
