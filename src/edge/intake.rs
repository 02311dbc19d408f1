//! Files that come in by dragging and by pasting.

use js_sys::{Array, Function};
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

use super::files::{Picked, Source};
use super::task::spawn;
use super::watch::{Watch, callback};
use crate::extras::{Extra, Extras};

#[wasm_bindgen(module = "/src/edge/intake.js")]
extern "C" {
    #[wasm_bindgen(js_name = watchIntake)]
    fn watch_intake(panel: &HtmlElement, takes: &JsValue, take: &JsValue) -> Function;
}

#[wasm_bindgen]
extern "C" {
    /// What came in: files, and those among them that stand for folders.
    pub(crate) type Dropped;

    #[wasm_bindgen(method, getter)]
    fn files(this: &Dropped) -> Array;

    #[wasm_bindgen(method, getter)]
    fn folders(this: &Dropped) -> Array;

    #[wasm_bindgen(method, getter)]
    fn entries(this: &Dropped) -> Array;

    #[wasm_bindgen(method, getter, js_name = needsUnfolding)]
    fn needs_unfolding(this: &Dropped) -> bool;
}

/// Watches a panel for files as long as the answer is held. `takes` says whether files can be taken now;
/// `take` is called while the event lasts.
pub(crate) fn intake(
    panel: &HtmlElement,
    takes: impl Fn() -> bool + 'static,
    take: impl Fn(Source, Dropped) + 'static,
) -> Watch {
    let takes = callback(move |_, _| takes().into());
    let take = callback(move |source, dropped| {
        let is_paste = source.as_string().as_deref() == Some("paste");
        take(if is_paste { Source::Paste } else { Source::Drop }, dropped.unchecked_into());
        JsValue::UNDEFINED
    });
    let stop = watch_intake(panel, takes.as_ref(), take.as_ref());
    Watch::new(stop, vec![takes, take])
}

impl Dropped {
    /// Hands its files over. Folders are opened where something can do that; else each stands for itself.
    pub(crate) fn unfold(self, extras: &Extras, take: impl FnOnce(Vec<Picked>) + 'static) {
        if !self.needs_unfolding() || !extras.has(Extra::Unfold) {
            return take(Picked::array(&self.files(), &self.folders()));
        }
        let unfolded = extras.call(Extra::Unfold, &Array::of2(&self.entries(), &self.files()));
        spawn(async move {
            // The answer has the same two lists.
            let found: Self = unfolded.await.map_or(self, JsCast::unchecked_into);
            take(Picked::array(&found.files(), &found.folders()));
        });
    }
}
