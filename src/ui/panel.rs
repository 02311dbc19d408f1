//! The whole widget.

use connect_attached_files_core::event::Event;
use connect_attached_files_core::limits::{Limits, LimitsSource};
use connect_attached_files_core::shelf::Listing;
use connect_attached_files_core::text::Text;

use super::bind::Part;
use super::bucket::{BUCKET, bucket};
use super::bulk::{BULK, bulk};
use super::confirm::{CONFIRM, confirm};
use super::context::Context;
use super::dropzone::dropzone;
use super::list::list;
use super::live::Live;
use super::markup::{Tag, tag};
use super::picker::{PICKER, picker};
use crate::runner::Runner;
use crate::strings::Words;

/// Its markup.
const PANEL: Tag = tag(
    "section",
    "caf-panel",
    &[("part", "panel")],
    &[
        tag(
            "div",
            "caf-dropzone",
            &[("part", "dropzone")],
            &[
                tag(
                    "div",
                    "caf-top",
                    &[],
                    &[PICKER, tag("span", "caf-hint", &[("aria-hidden", "true")], &[])],
                ),
                tag("p", "caf-limits", &[], &[]),
                tag("p", "caf-banner caf-warning caf-defaults", &[], &[]),
                tag("p", "caf-banner caf-warning caf-offline", &[("role", "status")], &[]),
                tag(
                    "div",
                    "caf-banner caf-bad caf-trouble",
                    &[("role", "alert")],
                    &[
                        tag("span", "caf-reason", &[], &[]),
                        tag("button", "caf-button", &[("type", "button")], &[]),
                    ],
                ),
                BUCKET,
                tag("p", "caf-note", &[], &[]),
                BULK,
                tag("ul", "caf-list", &[("part", "list")], &[]),
                tag("div", "caf-drop-now", &[("aria-hidden", "true")], &[]),
            ],
        ),
        CONFIRM,
        tag("input", "caf-again", &[("type", "file"), ("hidden", "")], &[]),
        tag("div", "caf-live", &[("role", "status"), ("aria-live", "polite")], &[]),
    ],
);

/// Draws the widget that `runner` runs; what is drawn ends with the reactive owner at hand. `None`
/// only outside a document.
pub(crate) fn panel(words: Words, live: &Live, runner: Runner) -> Option<Part> {
    let panel = PANEL.build()?;
    let context = Context::new(words, live, runner, panel.clone());
    let Context { shown, ids, .. } = context;
    panel.attribute("aria-label", &words.get(Text::Title));
    panel.find(".caf-hint").say(&words.get(Text::DropHint));
    panel.find(".caf-drop-now").say(&words.get(Text::DropNow));

    let limits = panel.find(".caf-limits");
    limits.attribute("id", &ids.of("limits"));
    limits.saying(move || {
        shown.with(|panel| match panel.has_resource {
            true => limits_text(words, &panel.limits),
            false => words.get(Text::NoResource),
        })
    });
    let defaults = panel.find(".caf-defaults");
    defaults.say(&words.get(Text::LimitsDefaults));
    defaults.hidden_while(move || {
        !shown.with(|p| p.has_resource && p.limits.source == LimitsSource::Defaults)
    });
    let offline = panel.find(".caf-offline");
    offline.say(&words.get(Text::Offline));
    offline.hidden_while(move || !shown.with(|panel| panel.is_offline));

    let reason = move || {
        shown.with(|panel| match &panel.listing {
            Listing::Failed(failure) => {
                words.fill(Text::ListFailed, &[("reason", &words.failure(failure))])
            }
            _ => String::new(),
        })
    };
    let trouble = panel.find(".caf-trouble");
    trouble.find(".caf-reason").saying(reason);
    trouble.hidden_while(move || reason().is_empty());
    let again = trouble.find(".caf-button");
    again.say(&words.get(Text::TryAgain));
    again.on("click", move |_| context.dispatch(Event::Refresh));

    picker(context, &panel);
    dropzone(context, &panel);
    list(context, &panel);
    confirm(context, &panel);
    bulk(context, &panel);
    bucket(context, &panel);
    live.speak(&panel);
    Some(panel)
}

/// The limits in one line, before anyone chooses.
fn limits_text(words: Words, limits: &Limits) -> String {
    if !limits.are_settled() {
        return words.get(Text::LimitsAwaited);
    }
    let size = words.size(limits.max_bytes);
    let types = limits.extensions.join(", ").to_ascii_uppercase();
    let mut text = match types.is_empty() {
        true => words.fill(Text::LimitsAnyType, &[("size", &size)]),
        false => words.fill(Text::LimitsTyped, &[("types", &types), ("size", &size)]),
    };
    if let Some(most) = limits.max_files {
        text.push(' ');
        text.push_str(&words.fill(Text::LimitsCount, &[("count", &most.to_string())]));
    }
    text
}
