//! Pasting: only into the widget that has the focus, and never what a text field is to get.

use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, File, FilePropertyBag, HtmlInputElement};

use super::context::Context;
use super::dropzone::takes;
use crate::edge::env;
use crate::edge::files::{Picked, Source};

/// Brings it to life. A paste goes to what has the focus and rises from there, so it comes here only from
/// inside.
pub(super) fn paste(context: &Context) {
    let pasted = context.clone();
    context.on(&context.panel, "paste", move |event| {
        let Some(paste) = event.dyn_ref::<ClipboardEvent>() else { return };
        let is_text = event.target().is_some_and(|target| {
            target.dyn_ref::<HtmlInputElement>().is_some_and(|input| input.type_() == "text")
        });
        let files = paste.clipboard_data().and_then(|data| data.files());
        let picked = files.map(|files| Picked::list(&files)).unwrap_or_default();
        if is_text || picked.is_empty() || event.default_prevented() || !takes(&pasted) {
            return;
        }
        event.prevent_default();
        pasted.runner.add(picked.into_iter().map(dated).collect(), Source::Paste);
    });
}

/// Every screenshot comes as `image.png`: with the time in its name one can be told from the next.
fn dated(picked: Picked) -> Picked {
    if picked.file.name() != "image.png" {
        return picked;
    }
    let name = ["screenshot ", &env::local_time(), ".png"].concat();
    let options = FilePropertyBag::new();
    options.set_type(&picked.file.type_());
    options.set_last_modified(picked.file.last_modified());
    let parts = js_sys::Array::of1(&picked.file);
    match File::new_with_blob_sequence_and_options(&parts, &name, &options) {
        Ok(file) => Picked::file(file),
        Err(_) => picked,
    }
}
