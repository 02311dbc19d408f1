//! Looking at an approved file without saving it, and saving all of them together. Both are done by
//! functions of the page, which get the bytes from here.

use connect_attached_files_core::event::Event;
use connect_attached_files_core::item::ItemId;
use connect_attached_files_core::phase::PhaseName;
use connect_attached_files_core::text::Text;
use js_sys::Array;
use wasm_bindgen::prelude::*;

use super::context::Context;
use crate::edge::task::spawn;
use crate::edge::watch::{Callback, callback};
use crate::extras::Extra;
use crate::model::ItemView;

/// Shows a file in a dialog of the widget.
pub(crate) fn preview(context: &Context, view: &ItemView) {
    let (runner, id) = (context.runner.clone(), view.id);
    let fetch = fetch(context, vec![id]);
    let labels = labels(
        context,
        &[
            Text::Close,
            Text::Download,
            Text::PreviewNone,
            Text::PreviewLoading,
            Text::PreviewFailed,
        ],
    );
    let root = context.panel.element();
    let arguments = Array::of4(root, &view.name.as_str().into(), fetch.as_ref(), &labels);
    let closed = context.runner.extras().call(Extra::Preview, &arguments);
    spawn(async move {
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
    let (names, mut ids, mut total) = (Array::new(), Vec::new(), 0);
    for item in context.runner.items() {
        if item.phase == PhaseName::Approved && !item.is_elsewhere {
            names.push(&item.name.as_str().into());
            ids.push(item.id);
            total += item.size;
        }
    }
    let fetch = fetch(context, ids.clone());
    let labels = labels(context, &[Text::ArchiveName, Text::ArchiveMissing]);
    #[expect(clippy::cast_precision_loss, reason = "sizes stay far below 2^53")]
    let arguments = Array::of4(&names, fetch.as_ref(), &labels, &(total as f64).into());
    let saved = context.runner.extras().call(Extra::Archive, &arguments);
    let runner = context.runner.clone();
    spawn(async move {
        // Nothing packs them, or they are too much for one archive.
        if saved.await.is_none() {
            runner.dispatch(Event::Many(ids.into_iter().map(Event::Download).collect()));
        }
        drop(fetch);
    });
}

/// What gets the bytes of one file of several, by its place.
fn fetch(context: &Context, ids: Vec<ItemId>) -> Callback {
    let runner = context.runner.clone();
    callback(move |at, _| {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place")]
        let at = at.as_f64().unwrap_or_default() as usize;
        // Whoever asks for one that is not there gets none.
        runner.fetch(ids.get(at).copied().unwrap_or(ItemId(0))).into()
    })
}

fn labels(context: &Context, texts: &[Text]) -> Array {
    texts.iter().map(|&text| JsValue::from_str(&context.words.get(text))).collect()
}
