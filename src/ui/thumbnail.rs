//! A small picture in place of the type, drawn from the local file when its row comes into sight. Never
//! from a download: the whole account may ask for two of those a second.

use super::bind::Part;
use super::context::Context;
use crate::edge::task::spawn;
use crate::extras::Extra;
use crate::model::ItemView;
use crate::watched::Watched;

/// Draws it into a row, if there is anything to draw.
pub(super) fn thumbnail(context: &Context, view: &Watched<ItemView>, row: &Part) {
    let Some(file) = context.runner.local_file(view.peek(|view| view.id)) else { return };
    if !file.type_().starts_with("image/") {
        return;
    }
    let canvas = row.find(".caf-thumbnail");
    let arguments = js_sys::Array::of2(&file, canvas.element());
    let drawn = context.runner.extras().call(Extra::Thumbnail, &arguments);
    spawn(async move {
        canvas.show(drawn.await.is_some_and(|drawn| drawn.is_truthy()));
    });
}
