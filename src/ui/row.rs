//! One row: the file, where it stands, and what can be done about it.

use connect_attached_files_core::event::Event;
use connect_attached_files_core::item::ItemId;
use connect_attached_files_core::leftover::is_interrupted;
use connect_attached_files_core::phase::{Patience, PhaseName};
use connect_attached_files_core::pick::extension;
use connect_attached_files_core::progress::Progress;
use connect_attached_files_core::text::Text;

use super::bind::Part;
use super::context::Context;
use super::details::details;
use super::focus::{follow, keep_near, neighbours};
use super::markup::{Tag, tag};
use super::status::{detail_text, may_retry, needs_file, phase_text, progress_text, tone};
use crate::edge::intl::when;
use crate::model::{ItemView, RowHandle};
use crate::watched::Followed;

/// What can be done with a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Action {
    Download,
    Cancel,
    Retry,
    CheckAgain,
    ChooseAgain,
    Pause,
    Resume,
    CheckStatus,
    CopyDetails,
    Delete,
    Remove,
}

impl Action {
    fn text(self) -> Text {
        match self {
            Self::Download => Text::Download,
            Self::Cancel => Text::Cancel,
            Self::Retry => Text::Retry,
            Self::CheckAgain => Text::CheckAgain,
            Self::ChooseAgain => Text::ChooseAgain,
            Self::Pause => Text::Pause,
            Self::Resume => Text::Resume,
            Self::CheckStatus => Text::CheckStatus,
            Self::CopyDetails => Text::CopyDetails,
            Self::Delete => Text::Delete,
            Self::Remove => Text::Remove,
        }
    }

    /// What moves a row forward, if anything does now.
    fn forward(view: &ItemView) -> Option<Self> {
        match view.phase {
            PhaseName::Approved => Some(Self::Download),
            PhaseName::Scanning if view.patience != Patience::Usual => Some(Self::CheckAgain),
            PhaseName::Error if needs_file(view) => Some(Self::ChooseAgain),
            _ => may_retry(view).then_some(Self::Retry),
        }
    }

    /// What can be done beside that.
    fn aside(view: &ItemView) -> Option<Self> {
        match (view.phase, &view.failure) {
            (_, Some(failure)) if is_interrupted(failure.code) => {
                failure.retryable.then_some(Self::CheckStatus)
            }
            (_, Some(_)) => Some(Self::CopyDetails),
            (
                PhaseName::Queued | PhaseName::Hashing | PhaseName::Starting | PhaseName::Uploading,
                None,
            ) => Some(if view.is_paused { Self::Resume } else { Self::Pause }),
            _ => None,
        }
    }

    /// What ends a row. Stands at the same place in every phase, so a row that changes under the
    /// finger never turns one kind of action into the other.
    fn backward(view: &ItemView) -> Option<Self> {
        match view.phase {
            PhaseName::Queued
            | PhaseName::Hashing
            | PhaseName::Starting
            | PhaseName::Uploading
            | PhaseName::Completing => Some(Self::Cancel),
            PhaseName::Scanning | PhaseName::Approved | PhaseName::Rejected | PhaseName::Failed => {
                Some(Self::Delete)
            }
            PhaseName::Invalid | PhaseName::Error | PhaseName::Canceled => Some(Self::Remove),
            PhaseName::Deleting | PhaseName::Deleted => None,
        }
    }
}

/// Its markup.
const ROW: Tag = tag(
    "li",
    "caf-row",
    &[("part", "row"), ("tabindex", "-1")],
    &[
        tag("span", "caf-type", &[("aria-hidden", "true")], &[]),
        tag(
            "div",
            "caf-file",
            &[],
            &[
                tag(
                    "bdi",
                    "caf-name",
                    &[("part", "name")],
                    &[tag("span", "caf-stem", &[], &[]), tag("span", "caf-tail", &[], &[])],
                ),
                tag(
                    "div",
                    "caf-meta",
                    &[],
                    &[tag("span", "caf-facts", &[], &[]), tag("span", "caf-chip", &[], &[])],
                ),
                tag(
                    "div",
                    "caf-status",
                    &[("part", "status")],
                    &[
                        tag("span", "caf-status-text", &[], &[]),
                        tag("span", "caf-detail", &[], &[]),
                    ],
                ),
                tag(
                    "div",
                    "caf-bar",
                    &[("part", "bar"), ("role", "progressbar")],
                    &[tag("div", "caf-bar-fill", &[], &[])],
                ),
            ],
        ),
        tag(
            "div",
            "caf-actions",
            &[("part", "actions")],
            &[
                tag("button", "caf-button caf-aside", &[("type", "button")], &[]),
                tag("button", "caf-button caf-forward", &[("type", "button")], &[]),
                tag("button", "caf-button caf-backward", &[("type", "button")], &[]),
            ],
        ),
    ],
);

thread_local! {
    /// The row all rows are copies of.
    static PROTOTYPE: Option<Part> = ROW.build();
}

/// Draws one row.
pub(super) fn row(context: Context, row: &RowHandle) -> Option<Part> {
    let words = context.words;
    let id = row.id;
    let view = Followed::new(row.view.clone());
    let part = PROTOTYPE.with(|prototype| prototype.as_ref().and_then(Part::copy))?;
    let (name, size) = view.peek(|view| (view.name.clone(), view.size));
    part.attribute("data-row", &id.0.to_string());
    // First, so that it still sees the focus on a button that the ties below are about to hide.
    follow(context, &part, id, view);
    part.setting("data-phase", move || view.with(|view| view.phase.as_str().to_owned()));
    part.find(".caf-type").say(&badge(&name));
    show_name(&part.find(".caf-name"), &name);

    part.find(".caf-facts").saying(move || {
        let created = view.with(|view| view.created_at.as_deref().and_then(when));
        match created {
            Some(created) => format!("{} · {created}", words.size(size)),
            None => words.size(size),
        }
    });
    let chip = part.find(".caf-chip");
    chip.say(&words.get(Text::Elsewhere));
    chip.hidden_while(move || !view.with(|view| view.is_elsewhere));

    let status = part.find(".caf-status");
    status.setting("class", move || view.with(|view| tone(view).class().to_owned()));
    status.find(".caf-status-text").saying(move || view.with(|view| phase_text(words, view)));
    status
        .find(".caf-detail")
        .saying(move || view.with(|view| detail_text(words, view)).unwrap_or_default());

    let percent =
        move || view.with(|v| v.progress.as_ref().map_or(0, Progress::percent)).to_string();
    let bar = part.find(".caf-bar");
    bar.attribute("aria-label", &name);
    bar.setting("aria-valuenow", percent);
    bar.setting("aria-valuetext", move || {
        view.with(|view| progress_text(words, view)).unwrap_or_default()
    });
    bar.hidden_while(move || view.with(|view| view.phase != PhaseName::Uploading));
    bar.find(".caf-bar-fill").filling(percent);

    button(context, &part.find(".caf-aside"), id, view, Action::aside);
    button(context, &part.find(".caf-forward"), id, view, Action::forward);
    button(context, &part.find(".caf-backward"), id, view, Action::backward);
    Some(part)
}

/// One of a row's two buttons: what `choose` says, hidden when that is nothing.
fn button(
    context: Context,
    part: &Part,
    id: ItemId,
    view: Followed<ItemView>,
    choose: fn(&ItemView) -> Option<Action>,
) {
    let Context { words, rows, asked, .. } = context;
    let label =
        move || view.with(choose).map_or_else(String::new, |action| words.get(action.text()));
    part.saying(label);
    part.setting("aria-label", move || {
        let name = view.with(|view| view.name.clone());
        words.fill(Text::ActionNamed, &[("action", &label()), ("name", &name)])
    });
    part.hidden_while(move || view.with(choose).is_none());
    part.on("click", move |_| {
        let event = match view.peek(choose) {
            Some(Action::Download) => Event::Download(id),
            Some(Action::Cancel) => Event::Cancel(id),
            Some(Action::Retry | Action::CheckAgain | Action::CheckStatus) => Event::Retry(id),
            Some(Action::Pause) => Event::Pause(id),
            Some(Action::Resume) => Event::Resume(id),
            Some(Action::ChooseAgain) => return context.choose_again(id),
            Some(Action::CopyDetails) => return context.copy(view.peek(details)),
            Some(Action::Remove) => Event::Remove(id),
            Some(Action::Delete) => return asked.set(Some(id)),
            None => return,
        };
        let near = neighbours(rows, id);
        context.dispatch(event);
        keep_near(context, id, near);
    });
}

/// A name that shortens in the middle: the extension stays in sight, the text stays whole.
fn show_name(part: &Part, name: &str) {
    let split = name.rfind('.').filter(|&at| at > 0).unwrap_or(name.len());
    let (stem, tail) = name.split_at_checked(split).unwrap_or((name, ""));
    part.attribute("title", name);
    part.find(".caf-stem").say(stem);
    part.find(".caf-tail").say(tail);
}

/// Up to four letters that stand for the type.
fn badge(name: &str) -> String {
    extension(name).map_or_else(String::new, |extension| extension.chars().take(4).collect())
}
