//! Where the focus goes when what had it goes away: never to the top of the host's page.

use js_sys::Array;
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

#[wasm_bindgen(module = "/src/edge/focus.js")]
extern "C" {
    /// If nothing in the panel has the focus once what is under way is drawn, gives it to the first of
    /// these rows that is there, as `give_focus`.
    #[wasm_bindgen(js_name = keepNear)]
    pub(crate) fn keep_near(panel: &HtmlElement, rows: Vec<f64>);

    /// Gives the focus to the first button that the rows show, else to the first row, else to the picker.
    /// Rows may be null.
    #[wasm_bindgen(js_name = giveFocus)]
    pub(crate) fn give_focus(panel: &HtmlElement, rows: &Array);

    /// Whether the focus is somewhere inside the panel, in a shadow root or not.
    #[wasm_bindgen(js_name = hasFocus)]
    pub(crate) fn has_focus(panel: &HtmlElement) -> bool;
}
