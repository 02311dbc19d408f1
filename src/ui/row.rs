//! One row: the file, where it stands, and what can be done about it.

use std::cell::Cell;

use connect_attached_files_core::phase::PhaseName;
use connect_attached_files_core::pick::extension;
use connect_attached_files_core::progress::Progress;
use connect_attached_files_core::text::{Text, decimal};

use super::action::Place;
use super::bind::{Part, Tie, each_time};
use super::context::Context;
use super::status::{detail_text, phase_text, progress_text, tone, warning_text};
use super::thumbnail::thumbnail;
use crate::edge::markup;
use crate::model::{ItemView, RowHandle};

/// Draws one row.
pub(super) fn row(context: &Context, row: &RowHandle) -> (Part, Tie) {
    let part = Part::new(markup::row());
    part.attribute("data-row", &decimal(row.id.0));
    let pieces = Pieces::of(&part);
    let had_failure = Cell::new(true);
    let (context, view) = (context.clone(), row.view.clone());
    thumbnail(&context, &view, &part);
    let tie = each_time(Box::new(move || {
        view.with(|view| {
            let is_new = !had_failure.replace(view.failure.is_some());
            // Of a download or delete that failed nobody hears otherwise.
            if let Some(failure) =
                view.failure.as_ref().filter(|_| is_new && view.phase == PhaseName::Approved)
            {
                let (words, reason) = (&context.words, context.words.failure(failure));
                let places = [("name", view.name.as_str()), ("reason", &reason)];
                context.live.say_now(words.fill(Text::LiveNotice, &places));
            }
            pieces.show(&context, view);
        });
    }));
    (part, tie)
}

/// The pieces of a row that change.
struct Pieces {
    row: Part,
    badge: Part,
    name: Part,
    stem: Part,
    tail: Part,
    facts: Part,
    chip: Part,
    original: Part,
    status: Part,
    text: Part,
    detail: Part,
    caution: Part,
    bar: Part,
    fill: Part,
    buttons: [Part; 3],
}

impl Pieces {
    fn of(row: &Part) -> Self {
        Self {
            row: row.clone(),
            badge: row.find(".caf-badge"),
            name: row.find(".caf-name"),
            stem: row.find(".caf-stem"),
            tail: row.find(".caf-tail"),
            facts: row.find(".caf-facts"),
            chip: row.find(".caf-chip"),
            original: row.find(".caf-original"),
            status: row.find(".caf-status"),
            text: row.find(".caf-status-text"),
            detail: row.find(".caf-detail"),
            caution: row.find(".caf-caution"),
            bar: row.find(".caf-bar"),
            fill: row.find(".caf-bar-fill"),
            buttons: Place::ALL.map(|place| row.find(place.class())),
        }
    }

    /// Brings everything in line with the row.
    fn show(&self, context: &Context, view: &ItemView) {
        let words = &context.words;
        self.row.attribute("data-phase", view.phase.as_str());
        self.show_name(&view.name);
        self.facts.say(&facts(context, view));
        let chip = if view.is_elsewhere { words.get(Text::Elsewhere) } else { String::new() };
        self.chip.say_or_hide(&chip);
        let original = view.original_name.as_deref();
        let original = original.map(|name| words.named(Text::WasNamed, name)).unwrap_or_default();
        self.original.say_or_hide(&original);
        self.status.attribute("class", tone(view).class());
        self.text.say(&phase_text(words, view));
        self.detail.say(&detail_text(words, view).unwrap_or_default());
        self.caution.say_or_hide(&warning_text(words, view));
        self.bar.show(view.phase == PhaseName::Uploading);
        if let Some(progress) = &view.progress {
            self.show_progress(progress, &progress_text(words, progress), &view.name);
        }
        for (place, button) in Place::ALL.into_iter().zip(&self.buttons) {
            let action = place.action(context, view);
            context.offer(button, action.is_some(), view.id);
            let Some(action) = action else { continue };
            let label = words.get(action.text());
            button.say(&label);
            let label = words.fill(Text::ActionNamed, &[("action", &label), ("name", &view.name)]);
            button.attribute("aria-label", &label);
        }
    }

    fn show_progress(&self, progress: &Progress, text: &str, name: &str) {
        let percent = decimal(progress.percent().into());
        self.bar.attribute("aria-label", name);
        self.bar.attribute("aria-valuenow", &percent);
        self.bar.attribute("aria-valuetext", text);
        self.fill.fill_up(&percent);
    }

    /// A name that shortens in the middle: the extension stays in sight, the text stays whole.
    fn show_name(&self, name: &str) {
        let split = name.rfind('.').filter(|&at| at > 0).unwrap_or(name.len());
        let (stem, tail) = name.split_at_checked(split).unwrap_or((name, ""));
        self.name.attribute("title", name);
        self.stem.say(stem);
        self.tail.say(tail);
        // Up to four letters stand for the type.
        let extension = extension(name).unwrap_or_default();
        self.badge.say(&extension.chars().take(4).collect::<String>());
    }
}

/// Size, time and person.
fn facts(context: &Context, view: &ItemView) -> String {
    let words = &context.words;
    let created = view.created_at.as_deref().map(|iso| words.locale().when(iso));
    let person = view.created_by.as_deref().map(|arn| context.person(arn));
    let mut facts = words.size(view.size);
    for fact in created.into_iter().chain(person).filter(|fact| !fact.is_empty()) {
        facts.push_str(" · ");
        facts.push_str(&fact);
    }
    facts
}
