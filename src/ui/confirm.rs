//! The question before something is deleted for good. A dialog of the page itself: a sandboxed frame
//! may lack `allow-modals`, and then `window.confirm` says no without asking. The browser keeps the
//! focus inside, closes on Escape, and gives the focus back.

use connect_attached_files_core::event::Event;
use connect_attached_files_core::text::Text;
use wasm_bindgen::JsCast;
use web_sys::HtmlDialogElement;

use super::bind::{Part, each_time};
use super::context::Context;
use super::focus::{keep_near, neighbours};
use super::markup::{Tag, tag};

/// Its markup.
pub(super) const CONFIRM: Tag = tag(
    "dialog",
    "caf-confirm",
    &[("part", "dialog")],
    &[
        tag("p", "caf-question", &[], &[]),
        tag(
            "div",
            "caf-actions",
            &[],
            &[
                // First, so that the dialog opens with the focus on the harmless answer.
                tag("button", "caf-button caf-keep", &[("type", "button")], &[]),
                tag("button", "caf-button caf-button-danger", &[("type", "button")], &[]),
            ],
        ),
    ],
);

/// Brings it to life: it shows itself when a row is asked about.
pub(super) fn confirm(context: Context, panel: &Part) {
    let Context { words, rows, asked, ids, .. } = context;
    let part = panel.find(".caf-confirm");
    part.attribute("aria-labelledby", &ids.of("question"));
    let question = part.find(".caf-question");
    question.attribute("id", &ids.of("question"));
    question.saying(move || {
        let name = asked.with(|asked| *asked).and_then(|id| context.item(id)).map(|item| item.name);
        words.fill(Text::ConfirmDelete, &[("name", &name.unwrap_or_default())])
    });
    let keep = part.find(".caf-keep");
    keep.say(&words.get(Text::Keep));
    keep.on("click", move |_| asked.set(None));
    let delete = part.find(".caf-button-danger");
    delete.say(&words.get(Text::Delete));
    delete.on("click", move |_| {
        if let Some(id) = asked.peek(|asked| *asked) {
            let near = neighbours(rows, id);
            asked.set(None);
            context.dispatch(Event::Delete(id));
            keep_near(context, id, near);
        }
    });
    part.on("close", move |_| asked.set(None));
    let Some(dialog) = part.element().dyn_ref::<HtmlDialogElement>().cloned() else { return };
    each_time(Box::new(move || match asked.with(|asked| *asked) {
        // Fails only for a dialog that is open or not in a page.
        Some(_) if !dialog.open() => drop(dialog.show_modal()),
        None if dialog.open() => dialog.close(),
        _ => {}
    }));
}
