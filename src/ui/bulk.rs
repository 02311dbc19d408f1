//! What can be done with all files at once, once there are several.

use connect_attached_files_core::event::Event;
use connect_attached_files_core::tally::Tally;
use connect_attached_files_core::text::Text;

use super::bind::Part;
use super::context::Context;
use super::markup::{Tag, tag};
use super::status::may_retry;

/// Its markup.
pub(super) const BULK: Tag = tag(
    "div",
    "caf-bulk",
    &[("part", "bulk")],
    &[
        tag("button", "caf-button caf-pause-all", &[("type", "button")], &[]),
        tag("button", "caf-button caf-retry-all", &[("type", "button")], &[]),
        tag("button", "caf-button caf-cancel-all", &[("type", "button")], &[]),
    ],
);

/// Brings it to life.
pub(super) fn bulk(context: Context, panel: &Part) {
    let words = context.words;
    let tally = move || context.shown.with(|panel| panel.tally);

    let pause = panel.find(".caf-pause-all");
    pause.saying(move || {
        words.get(if tally().running > 0 { Text::PauseAll } else { Text::ResumeAll })
    });
    pause.hidden_while(move || on_their_way(tally()) < 2);
    pause.on("click", move |_| {
        let event = if tally().running > 0 { Event::Pause } else { Event::Resume };
        context.for_each(|item| item.is_on_its_way().then_some(event(item.id)));
    });

    let retry = panel.find(".caf-retry-all");
    retry.say(&words.get(Text::RetryAll));
    retry.hidden_while(move || tally().failing < 2);
    retry.on("click", move |_| {
        context.for_each(|item| Some(Event::Retry(item.id)).filter(|_| may_retry(item)));
    });

    let cancel = panel.find(".caf-cancel-all");
    cancel.say(&words.get(Text::CancelAll));
    cancel.hidden_while(move || on_their_way(tally()) < 2);
    cancel.on("click", move |_| {
        context.for_each(|item| item.is_on_its_way().then_some(Event::Cancel(item.id)));
    });
}

fn on_their_way(tally: Tally) -> usize {
    tally.running + tally.paused
}
