//! The question before something is deleted for good. A dialog of the page itself: a sandboxed frame
//! may lack `allow-modals`, and then `window.confirm` says no without asking. The browser keeps the
//! focus inside, closes on Escape, and gives the focus back.

use connect_attached_files_core::event::Event;
use connect_attached_files_core::text::Text;
use wasm_bindgen::JsCast;
use web_sys::HtmlDialogElement;

use super::context::Context;

/// Brings it to life: it shows itself when a row is asked about.
pub(super) fn confirm(context: &Context) {
    let (words, ids) = (&context.words, &context.ids);
    let part = context.panel.find(".caf-confirm");
    part.attribute("aria-labelledby", &ids.of("question"));
    let question = part.find(".caf-question");
    question.attribute("id", &ids.of("question"));
    let keep = part.find(".caf-keep");
    keep.say(&words.get(Text::Keep));
    let delete = part.find(".caf-button-danger");
    delete.say(&words.get(Text::Delete));
    for (part, kind, is_delete) in
        [(&keep, "click", false), (&delete, "click", true), (&part, "close", false)]
    {
        let answered = context.clone();
        context.on(part, kind, move || {
            let id = answered.asked.peek(|asked| *asked);
            if id.is_some() {
                answered.asked.set(None);
            }
            if let Some(id) = id.filter(|_| is_delete) {
                answered.keep_near(id);
                answered.dispatch(Event::DeleteSoon(id));
            }
        });
    }
    let dialog: HtmlDialogElement = part.element().clone().unchecked_into();
    let followed = context.clone();
    context.each_time(move || match followed.asked.with(|asked| *asked) {
        Some(id) if !dialog.open() => {
            let name = followed.runner.item(id).map(|item| item.name).unwrap_or_default();
            question.say(&followed.words.named(Text::ConfirmDelete, &name));
            // Fails only for a dialog that is open or not in a page.
            let _ = dialog.show_modal();
        }
        None if dialog.open() => dialog.close(),
        _ => {}
    });
}
