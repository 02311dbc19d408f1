//! The file picker: the browser's own input is the control, the button only its face.

use connect_attached_files_core::limits::Limits;
use connect_attached_files_core::text::Text;
use leptos::prelude::*;

use super::ids::Ids;
use crate::edge::files::Picked;
use crate::model::Model;
use crate::strings::Words;

/// Draws the picker; `on_pick` gets what was chosen.
#[component]
pub(super) fn Picker(
    words: Words,
    ids: Ids,
    model: Model,
    input: NodeRef<leptos::html::Input>,
    on_pick: impl Fn(Vec<Picked>) + 'static,
) -> impl IntoView {
    let picked = move |_| {
        let Some(input) = input.get_untracked() else { return };
        let files = input.files().map(|files| Picked::list(&files)).unwrap_or_default();
        // Emptied, so that choosing the same file once more is a change again.
        input.set_value("");
        on_pick(files);
    };
    view! {
        <label class="caf-pick" part="picker">
            <input
                class="caf-input"
                type="file"
                multiple=true
                accept=move || model.limits.with(accept)
                aria-describedby=ids.of("limits")
                disabled=move || !model.has_resource.get()
                node_ref=input
                on:change=picked
            />
            <span class="caf-button caf-button-main">{words.get(Text::ChooseFiles)}</span>
        </label>
    }
}

/// What the picker offers first. A person can still choose anything, so the rules are checked again.
fn accept(limits: &Limits) -> String {
    let extensions: Vec<String> = limits.extensions.iter().map(|e| format!(".{e}")).collect();
    extensions.join(",")
}
