//! The whole widget.

use connect_attached_files_core::event::Event;
use connect_attached_files_core::limits::{Limits, LimitsSource};
use connect_attached_files_core::shelf::Listing;
use connect_attached_files_core::text::Text;
use leptos::prelude::*;

use super::confirm::confirm;
use super::context::Context;
use super::dropzone::dropzone;
use super::erased::{click, flag, text};
use super::list::list;
use super::live::Live;
use super::picker::picker;
use crate::strings::Words;

/// Draws a widget.
pub(crate) fn panel(context: Context, live: &Live) -> impl IntoView + use<> {
    let Context { words, shown, ids, panel, .. } = context;
    #[cfg(feature = "styles")]
    super::theme::adopt_when_mounted(panel);
    let zone = dropzone(context);

    let limits = move || {
        shown.panel.with(|panel| match panel.has_resource {
            true => limits_text(words, &panel.limits),
            false => words.get(Text::NoResource),
        })
    };
    let are_defaults =
        move || shown.panel.with(|p| p.has_resource && p.limits.source == LimitsSource::Defaults);
    let list_failure = move || {
        shown.panel.with(|panel| match &panel.listing {
            Listing::Failed(failure) => {
                words.fill(Text::ListFailed, &[("reason", &words.failure(failure))])
            }
            _ => String::new(),
        })
    };
    view! {
        <section class="caf-panel" part="panel" aria-label=words.get(Text::Title) node_ref=panel>
            <div
                class="caf-dropzone"
                part="dropzone"
                data-over=text(move || zone.is_over.get().to_string())
                on:dragenter=zone.enter
                on:dragover=zone.over
                on:dragleave=zone.leave
                on:drop=zone.drop
            >
                <div class="caf-top">
                    {picker(context)}
                    <span class="caf-hint" aria-hidden="true">{words.get(Text::DropHint)}</span>
                </div>
                <p class="caf-limits" id=ids.of("limits")>{text(limits)}</p>
                <p class="caf-banner caf-warning" hidden=flag(move || !are_defaults())>
                    {words.get(Text::LimitsDefaults)}
                </p>
                <p
                    class="caf-banner caf-warning"
                    role="status"
                    hidden=flag(move || !shown.panel.with(|panel| panel.is_offline))
                >
                    {words.get(Text::Offline)}
                </p>
                <div
                    class="caf-banner caf-bad"
                    role="alert"
                    hidden=flag(move || list_failure().is_empty())
                >
                    <span>{text(list_failure)}</span>
                    <button
                        type="button"
                        class="caf-button"
                        on:click=click(move || context.dispatch(Event::Refresh))
                    >
                        {words.get(Text::TryAgain)}
                    </button>
                </div>
                {list(context)}
                <div class="caf-drop-now" aria-hidden="true">{words.get(Text::DropNow)}</div>
            </div>
            {confirm(context)}
            {live.view()}
        </section>
    }
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
