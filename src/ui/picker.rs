//! The file picker: the browser's own input is the control, the button only its face.

use connect_attached_files_core::limits::Limits;
use connect_attached_files_core::text::Text;
use leptos::prelude::*;

use super::context::Context;
use super::erased::{change, flag, text};
use crate::edge::files::Picked;

/// Draws the picker.
pub(super) fn picker(context: Context) -> impl IntoView {
    let Context { words, shown, ids, input, .. } = context;
    let picked = change(move || {
        let Some(input) = input.get_untracked() else { return };
        let files = input.files().map(|files| Picked::list(&files)).unwrap_or_default();
        // Emptied, so that choosing the same file once more is a change again.
        input.set_value("");
        context.pick(files);
    });
    view! {
        <label class="caf-pick" part="picker">
            <input
                class="caf-input"
                type="file"
                multiple=true
                accept=text(move || shown.panel.with(|panel| accept(&panel.limits)))
                aria-describedby=ids.of("limits")
                disabled=flag(move || !shown.panel.with(|panel| panel.has_resource))
                node_ref=input
                on:change=picked
            />
            <span class="caf-button caf-button-main">{words.get(Text::ChooseFiles)}</span>
        </label>
    }
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
