//! The question before something is deleted for good. A dialog of the page itself: a sandboxed frame
//! may lack `allow-modals`, and then `window.confirm` says no without asking. The browser keeps the
//! focus inside, closes on Escape, and gives the focus back.

use connect_attached_files_core::event::Event;
use connect_attached_files_core::text::Text;
use leptos::prelude::*;

use super::context::Context;
use super::erased::{change, click, text};
use super::focus::{keep_near, neighbours};

/// Draws the dialog; it shows itself when a row is asked about.
pub(super) fn confirm(context: Context) -> impl IntoView {
    let Context { words, shown, asked, ids, .. } = context;
    let dialog = NodeRef::<leptos::html::Dialog>::new();
    Effect::new(move || {
        let Some(dialog) = dialog.get() else { return };
        match asked.get() {
            Some(_) if !dialog.open() => drop(dialog.show_modal()),
            None if dialog.open() => dialog.close(),
            _ => {}
        }
    });
    let question = text(move || {
        let name = asked.get().and_then(|id| context.item(id)).map(|item| item.name);
        words.fill(Text::ConfirmDelete, &[("name", &name.unwrap_or_default())])
    });
    let delete = click(move || {
        if let Some(id) = asked.get_untracked() {
            let near = neighbours(shown, id);
            asked.set(None);
            context.dispatch(Event::Delete(id));
            keep_near(context.panel, id, near);
        }
    });
    view! {
        <dialog
            class="caf-confirm"
            part="dialog"
            aria-labelledby=ids.of("question")
            node_ref=dialog
            on:close=change(move || asked.set(None))
        >
            <p class="caf-question" id=ids.of("question")>{question}</p>
            <div class="caf-actions">
                <button type="button" class="caf-button" autofocus=true on:click=click(move || asked.set(None))>
                    {words.get(Text::Keep)}
                </button>
                <button type="button" class="caf-button caf-button-danger" on:click=delete>
                    {words.get(Text::Delete)}
                </button>
            </div>
        </dialog>
    }
}
