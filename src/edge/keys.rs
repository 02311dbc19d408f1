//! Clicks and keys on rows, and the field for another name.

use js_sys::Function;
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

use super::watch::Watch;

#[wasm_bindgen(module = "/src/edge/keys.js")]
extern "C" {
    #[wasm_bindgen(js_name = watchRows)]
    fn watch_rows(
        list: &HtmlElement,
        act: &Closure<dyn FnMut(f64, usize) -> bool>,
        walk: &Closure<dyn FnMut(isize) -> bool>,
    ) -> Function;

    #[wasm_bindgen(js_name = rename)]
    fn field(row: &HtmlElement, name: &str, label: &str, end: &JsValue);
}

/// Watches a list as long as the answer is held. `act` does what a button of a row says, by its place, or
/// renames, and `walk` moves the focus by so many rows; both tell whether there was something to do.
pub(crate) fn rows(
    list: &HtmlElement,
    act: impl Fn(f64, usize) -> bool + 'static,
    walk: impl Fn(isize) -> bool + 'static,
) -> Watch {
    let (act, walk) = (Closure::new(act), Closure::new(walk));
    let stop = watch_rows(list, &act, &walk);
    Watch::new(stop, (act, walk))
}

/// Puts a text field in place of a row's name. `end` is called once, with nothing when the old name stays.
pub(crate) fn rename(
    row: &HtmlElement,
    name: &str,
    label: &str,
    end: impl FnOnce(Option<String>) + 'static,
) {
    let end = Closure::once_into_js(move |name: JsValue| end(name.as_string()));
    field(row, name, label, &end);
}
