//! The whole widget.

use connect_attached_files_core::event::Event;
use connect_attached_files_core::limits::{Limits, LimitsSource};
use connect_attached_files_core::shelf::Listing;
use connect_attached_files_core::text::Text;
use leptos::prelude::*;

use super::dropzone::Dropzone;
use super::ids::Ids;
use super::list::List;
use super::live::Live;
use super::picker::Picker;
use crate::edge::files::Picked;
use crate::runner::Runner;
use crate::strings::Words;

/// Draws the widget that `runner` runs.
#[component]
pub(crate) fn Panel(
    words: Words,
    live: Live,
    runner: Runner,
    input: NodeRef<leptos::html::Input>,
) -> impl IntoView {
    let model = runner.model();
    let ids = Ids::next();
    let panel = NodeRef::<leptos::html::Section>::new();
    #[cfg(feature = "styles")]
    super::theme::adopt_when_mounted(panel);
    let runner = StoredValue::new_local(runner);
    let pick = move |picked: Vec<Picked>| runner.with_value(|runner| runner.pick(picked));
    let refresh = move |_| runner.with_value(|runner| runner.dispatch(Event::Refresh));

    let limits = move || match model.has_resource.get() {
        true => model.limits.with(|limits| limits_text(words, limits)),
        false => words.get(Text::NoResource),
    };
    let is_default = move || {
        model.has_resource.get() && model.limits.with(|l| l.source == LimitsSource::Defaults)
    };
    let list_failure = move || {
        model.shelf.with(|shelf| match &shelf.listing {
            Listing::Failed(failure) => {
                Some(words.fill(Text::ListFailed, &[("reason", &words.failure(failure))]))
            }
            _ => None,
        })
    };
    view! {
        <section class="caf-panel" part="panel" aria-label=words.get(Text::Title) node_ref=panel>
            <Dropzone words model on_drop=pick>
                <div class="caf-top">
                    <Picker words ids model input on_pick=pick />
                    <span class="caf-hint" aria-hidden="true">{words.get(Text::DropHint)}</span>
                </div>
                <p class="caf-limits" id=ids.of("limits")>{limits}</p>
                <Show when=is_default>
                    <p class="caf-banner caf-warning">{words.get(Text::LimitsDefaults)}</p>
                </Show>
                <Show when=move || !model.online.get()>
                    <p class="caf-banner caf-warning" role="status">{words.get(Text::Offline)}</p>
                </Show>
                <Show when=move || list_failure().is_some()>
                    <div class="caf-banner caf-bad" role="alert">
                        <span>{list_failure}</span>
                        <button type="button" class="caf-button" on:click=refresh>
                            {words.get(Text::TryAgain)}
                        </button>
                    </div>
                </Show>
                <List words model runner panel />
            </Dropzone>
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
    let types: Vec<String> = limits.extensions.iter().map(|e| e.to_uppercase()).collect();
    let mut text = match types.is_empty() {
        true => words.fill(Text::LimitsAnyType, &[("size", &size)]),
        false => words.fill(Text::LimitsTyped, &[("types", &types.join(", ")), ("size", &size)]),
    };
    if let Some(most) = limits.max_files {
        text.push(' ');
        text.push_str(&words.fill(Text::LimitsCount, &[("count", &most.to_string())]));
    }
    text
}
