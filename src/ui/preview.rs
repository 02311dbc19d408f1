//! Looking at an approved file without saving it, and saving all of them together. Both are done by
//! functions of the page, which get the bytes from here.

use connect_attached_files_core::event::Event;
use connect_attached_files_core::phase::PhaseName;
use connect_attached_files_core::text::Text;
use js_sys::{Array, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::context::Context;
use crate::extras::Extra;
use crate::model::ItemView;

/// Shows a file in a dialog of the widget.
pub(crate) fn preview(context: &Context, view: &ItemView) {
    let (runner, id) = (context.runner.clone(), view.id);
    let fetch = Closure::<dyn FnMut() -> Promise>::new(move || runner.fetch(id));
    let labels =
        labels(context, &[Text::Close, Text::Download, Text::PreviewNone, Text::PreviewLoading]);
    let root = context.panel.element();
    let arguments = Array::of4(root, &view.name.as_str().into(), fetch.as_ref(), &labels);
    let closed = context.runner.extras().call(Extra::Preview, &arguments);
    let runner = context.runner.clone();
    spawn_local(async move {
        // What was asked for in it.
        let answer = closed.await.and_then(|answer| answer.as_string());
        drop(fetch);
        if answer.as_deref() == Some("download") {
            runner.dispatch(Event::Download(id));
        }
    });
}

/// Saves all approved files: together where there is something that packs them, else one by one.
pub(crate) fn download_all(context: &Context) {
    let mut items = context.runner.items();
    items.retain(|item| item.phase == PhaseName::Approved && !item.is_elsewhere);
    let one_by_one = {
        let (runner, items) = (context.runner.clone(), items.clone());
        move || {
            runner
                .dispatch(Event::Many(items.iter().map(|item| Event::Download(item.id)).collect()))
        }
    };
    if !context.runner.extras().has(Extra::Archive) {
        return one_by_one();
    }
    let names: Array = items.iter().map(|item| JsValue::from_str(&item.name)).collect();
    #[expect(clippy::cast_precision_loss, reason = "sizes stay far below 2^53")]
    let total = items.iter().map(|item| item.size).sum::<u64>() as f64;
    let runner = context.runner.clone();
    let fetch = Closure::<dyn FnMut(usize) -> Promise>::new(move |at: usize| match items.get(at) {
        Some(item) => runner.fetch(item.id),
        None => Promise::reject(&JsValue::NULL),
    });
    let labels = labels(context, &[Text::ArchiveName, Text::ArchiveMissing]);
    let arguments = Array::of4(&names, fetch.as_ref(), &labels, &total.into());
    let saved = context.runner.extras().call(Extra::Archive, &arguments);
    spawn_local(async move {
        // Too much for one archive.
        let is_saved = saved.await.is_some();
        if !is_saved {
            one_by_one();
        }
        drop(fetch);
    });
}

fn labels(context: &Context, texts: &[Text]) -> Array {
    texts.iter().map(|&text| JsValue::from_str(&context.words.get(text))).collect()
}
