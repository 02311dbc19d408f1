//! The question before something is deleted for good. Part of the page: a sandboxed frame may lack
//! `allow-modals`, and then `window.confirm` says no without asking.

use connect_attached_files_core::text::Text;
use leptos::prelude::*;

use crate::strings::Words;

/// Asks, names the file, and leaves the focus on the harmless answer.
#[component]
pub(super) fn Confirm(
    words: Words,
    name: String,
    on_yes: impl Fn() + 'static,
    on_no: impl Fn() + Clone + 'static,
) -> impl IntoView {
    let keep = NodeRef::<leptos::html::Button>::new();
    Effect::new(move || {
        if let Some(keep) = keep.get() {
            let _ = keep.focus();
        }
    });
    let question = words.fill(Text::ConfirmDelete, &[("name", &name)]);
    let named =
        |action| words.fill(Text::ActionNamed, &[("action", &words.get(action)), ("name", &name)]);
    let escape = {
        let on_no = on_no.clone();
        move |event: leptos::ev::KeyboardEvent| {
            if event.key() == "Escape" {
                event.stop_propagation();
                on_no();
            }
        }
    };
    view! {
        <div class="caf-confirm" role="group" aria-label=question.clone() on:keydown=escape>
            <span class="caf-question">{question.clone()}</span>
            <button
                type="button"
                class="caf-button caf-button-danger"
                aria-label=named(Text::Delete)
                on:click=move |_| on_yes()
            >
                {words.get(Text::Delete)}
            </button>
            <button
                type="button"
                class="caf-button"
                aria-label=named(Text::Keep)
                node_ref=keep
                on:click=move |_| on_no()
            >
                {words.get(Text::Keep)}
            </button>
        </div>
    }
}
