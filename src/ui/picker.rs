//! The file picker: the browser's own input is the control, the button only its face.

use connect_attached_files_core::limits::Limits;
use connect_attached_files_core::text::Text;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use super::bind::Part;
use super::context::Context;
use super::markup::{Tag, tag};
use crate::edge::files::Picked;

/// Its markup.
pub(super) const PICKER: Tag = tag(
    "label",
    "caf-pick",
    &[("part", "picker")],
    &[
        tag("input", "caf-input", &[("type", "file"), ("multiple", "")], &[]),
        tag("span", "caf-button caf-button-main", &[], &[]),
    ],
);

/// Brings it to life.
pub(super) fn picker(context: Context, panel: &Part) {
    let Context { words, shown, ids, .. } = context;
    panel.find(".caf-button-main").say(&words.get(Text::ChooseFiles));
    let part = panel.find(".caf-input");
    part.attribute("aria-describedby", &ids.of("limits"));
    chosen(context, &panel.find(".caf-again"), Context::replace);
    chosen(context, &part, Context::pick);
    let Some(input) = part.element().dyn_ref::<HtmlInputElement>().cloned() else { return };
    super::bind::each_time(Box::new(move || {
        input.set_disabled(!shown.with(|panel| panel.has_resource));
    }));
}

/// Hands over what is chosen in an input.
fn chosen(context: Context, part: &Part, take: fn(Context, Vec<Picked>)) {
    let shown = context.shown;
    part.setting("accept", move || shown.with(|panel| accept(&panel.limits)));
    let Some(input) = part.element().dyn_ref::<HtmlInputElement>().cloned() else { return };
    part.on("change", move |_| {
        let files = input.files().map(|files| Picked::list(&files)).unwrap_or_default();
        // Emptied, so that choosing the same file once more is a change again.
        input.set_value("");
        take(context, files);
    });
}

/// What the picker offers first. A person can still choose anything, so the rules are checked again.
fn accept(limits: &Limits) -> String {
    let mut list = String::new();
    for extension in &limits.extensions {
        list.push_str(if list.is_empty() { "." } else { ",." });
        list.push_str(extension);
    }
    list
}
