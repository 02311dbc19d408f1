//! Clicks and keys on rows.

use js_sys::Function;
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

use super::watch::{Watch, callback};

#[wasm_bindgen(module = "/src/edge/keys.js")]
extern "C" {
    #[wasm_bindgen(js_name = watchRows)]
    fn watch_rows(list: &HtmlElement, act: &JsValue, walk: &JsValue) -> Function;
}

/// Watches a list as long as the answer is held. `act` does what a button of a row says, by its place, or
/// renames, and `walk` moves the focus by so many rows; both tell whether there was something to do.
pub(crate) fn rows(
    list: &HtmlElement,
    act: impl Fn(f64, f64) -> bool + 'static,
    walk: impl Fn(f64) -> bool + 'static,
) -> Watch {
    let number = |value: JsValue| value.as_f64().unwrap_or_default();
    let act = callback(move |row, what| act(number(row), number(what)).into());
    let walk = callback(move |steps, _| walk(number(steps)).into());
    let stop = watch_rows(list, act.as_ref(), walk.as_ref());
    Watch::new(stop, vec![act, walk])
}
