//! Copying text.

use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/src/edge/clipboard.js")]
extern "C" {
    /// Puts text on the clipboard; whether the browser allowed it. Call it while a click or a key is
    /// handled.
    pub(crate) async fn copy(text: &str) -> JsValue;
}
