//! The drop zone: takes files only; text that someone drags is left to the host.

use connect_attached_files_core::text::Text;
use leptos::prelude::*;
use web_sys::DragEvent;

use crate::edge::files::Picked;
use crate::model::Model;
use crate::strings::Words;

/// Wraps the panel's content in a zone that takes drops.
#[component]
pub(super) fn Dropzone(
    words: Words,
    model: Model,
    on_drop: impl Fn(Vec<Picked>) + 'static,
    children: Children,
) -> impl IntoView {
    // Enter and leave fire for every child; the zone is left when as many have left as entered.
    let depth = RwSignal::new(0_i32);
    let takes = move |event: &DragEvent| model.has_resource.get_untracked() && carries_files(event);
    let enter = move |event: DragEvent| {
        if takes(&event) {
            event.prevent_default();
            depth.update(|depth| *depth += 1);
        }
    };
    let over = move |event: DragEvent| {
        if takes(&event) {
            event.prevent_default();
            if let Some(data) = event.data_transfer() {
                data.set_drop_effect("copy");
            }
        }
    };
    let leave = move |event: DragEvent| {
        if takes(&event) {
            depth.update(|depth| *depth = (*depth - 1).max(0));
        }
    };
    let drop = move |event: DragEvent| {
        if takes(&event) {
            event.prevent_default();
            depth.set(0);
            if let Some(data) = event.data_transfer() {
                on_drop(Picked::dropped(&data));
            }
        }
    };
    view! {
        <div
            class="caf-dropzone"
            part="dropzone"
            class:caf-over=move || { depth.get() > 0 }
            on:dragenter=enter
            on:dragover=over
            on:dragleave=leave
            on:drop=drop
        >
            {children()}
            <div class="caf-drop-now" aria-hidden="true">{words.get(Text::DropNow)}</div>
        </div>
    }
}

fn carries_files(event: &DragEvent) -> bool {
    event.data_transfer().is_some_and(|data| data.types().includes(&"Files".into(), 0))
}
