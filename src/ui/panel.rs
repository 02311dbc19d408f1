//! The whole widget.

use connect_attached_files_core::event::Event;
use connect_attached_files_core::limits::LimitsSource;
use connect_attached_files_core::shelf::Listing;
use connect_attached_files_core::text::Text;

use super::bind::Part;
use super::bucket::bucket;
use super::confirm::confirm;
use super::context::Context;
use super::intake::intake;
use super::list::{is_loading, list, note};
use super::live::Live;
use super::picker::picker;
use super::toolbar::toolbar;
use crate::config::Mode;
use crate::edge::markup;
use crate::model::PanelView;
use crate::runner::Runner;
use crate::strings::Words;

/// Draws the widget that `runner` runs, until the context is ended.
pub(crate) fn panel(words: &Words, live: &Live, runner: Runner) -> Context {
    let panel = Part::new(markup::panel());
    let context = Context::new(words.clone(), live, runner, panel.clone());
    panel.attribute("aria-label", &words.get(Text::Title));
    let tag = words.locale().tag();
    // An empty one would say that nobody knows the language.
    if !tag.is_empty() {
        panel.attribute("lang", &tag);
    }
    panel.find(".caf-hint").say(&words.get(Text::DropHint));
    panel.find(".caf-limits").attribute("id", &context.ids.of("limits"));
    panel.find(".caf-defaults").say(&words.get(Text::LimitsDefaults));
    panel.find(".caf-offline").say(&words.get(Text::Offline));
    let again = panel.find(".caf-trouble").find(".caf-button");
    again.say(&words.get(Text::TryAgain));
    let asked = context.clone();
    context.on(&again, "click", move || asked.dispatch(Event::Refresh));

    picker(&context);
    intake(&context);
    toolbar(&context);
    list(&context);
    confirm(&context);
    bucket(&context);
    live.speak(&context);
    head(&context);
    context
}

/// Keeps what is said above the list as it is.
fn head(context: &Context) {
    let [limits, defaults, offline, trouble, reason, drop, line, list] = [
        ".caf-limits",
        ".caf-defaults",
        ".caf-offline",
        ".caf-trouble",
        ".caf-trouble > .caf-reason",
        ".caf-drop-now",
        ".caf-note",
        ".caf-list",
    ]
    .map(|class| context.panel.find(class));
    let followed = context.clone();
    context.each_time(move || {
        let words = &followed.words;
        let mode = followed.mode.with(|mode| *mode);
        followed.panel.attribute("data-mode", mode.name());
        followed.panel.attribute("data-density", &followed.density.with(Clone::clone));
        followed.shown.with(|panel| {
            limits.say(&match (mode, panel.has_resource) {
                (Mode::Disabled, _) => words.get(Text::Disabled),
                (Mode::ReadOnly, true) => words.get(Text::ReadOnly),
                (_, true) => limits_text(words, panel),
                (_, false) => words.get(Text::NoResource),
            });
            let takes = panel.has_resource && mode == Mode::Normal;
            drop.say(&words.get(if takes { Text::DropNow } else { Text::DropRefused }));
            let falls_back = panel.limits.source == LimitsSource::Defaults;
            defaults.show(takes && falls_back);
            offline.show(panel.is_offline);
            let failure = match &panel.listing {
                Listing::Failed(failure) => Some(failure),
                _ => None,
            };
            trouble.show(failure.is_some());
            if let Some(failure) = failure {
                let why = words.failure(failure);
                reason.say(&words.fill(Text::ListFailed, &[("reason", &why)]));
            }
            line.say_or_hide(&note(&followed, panel));
            // Where rows have no buttons, the list itself has to be scrolled by keys.
            list.attribute("tabindex", if mode == Mode::Normal { "-1" } else { "0" });
            list.attribute("aria-busy", if is_loading(panel) { "true" } else { "false" });
        });
    });
}

/// The limits in one line, before anyone chooses.
fn limits_text(words: &Words, panel: &PanelView) -> String {
    let limits = &panel.limits;
    if !limits.are_settled() {
        return words.get(Text::LimitsAwaited);
    }
    let size = words.size(limits.max_bytes);
    let types = limits.extensions.join(", ").to_ascii_uppercase();
    let text = if types.is_empty() { Text::LimitsAnyType } else { Text::LimitsTyped };
    let mut line = words.fill(text, &[("types", &types), ("size", &size)]);
    if let Some(most) = limits.max_total_bytes {
        line.push(' ');
        line.push_str(&words.fill(Text::LimitsTotal, &[("size", &words.size(most))]));
    }
    let stored = panel.tally.stored;
    let count = match limits.max_files {
        Some(most) => words.count_with(Text::LimitsCount, most, &[("used", &words.number(stored))]),
        // None is also what is known before the list is read, and of every email.
        None if stored == 0 => return line,
        None => words.count(Text::FilesHeld, stored),
    };
    line.push(' ');
    line.push_str(&count);
    line
}
