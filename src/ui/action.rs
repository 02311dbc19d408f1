//! What can be done with a row, and what doing it means.

use connect_attached_files_core::event::Event;
use connect_attached_files_core::leftover::is_interrupted;
use connect_attached_files_core::phase::{Hold, Patience, PhaseName};
use connect_attached_files_core::pick::extension;
use connect_attached_files_core::text::Text;
use connect_attached_files_core::validate::Refusal;
use js_sys::Array;

use super::context::Context;
use super::details::details;
use super::preview::preview;
use super::status::{may_retry, needs_file};
use crate::config::Mode;
use crate::edge::task::spawn;
use crate::extras::Extra;
use crate::model::ItemView;

/// What browsers show by themselves, and the previewer with them.
const PREVIEWED: &[&str] = &[
    "avif", "bmp", "csv", "gif", "jfif", "jpeg", "jpg", "json", "log", "m4a", "mov", "mp3", "mp4",
    "ogg", "pdf", "png", "txt", "wav", "webm", "webp",
];

/// Something a button does with a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Action {
    Upload,
    Download,
    Preview,
    Rename,
    Cancel,
    Retry,
    CheckAgain,
    ChooseAgain,
    Pause,
    Resume,
    CheckStatus,
    CopyDetails,
    Delete,
    Undo,
    Remove,
}

/// The three buttons of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// What can be done beside the rest.
    Aside,
    /// What moves a row forward.
    Forward,
    /// What ends a row. Stands at the same place in every phase, so a row that changes under the finger
    /// never turns one kind of action into the other.
    Backward,
}

impl Place {
    /// All three, in the order they stand.
    pub(super) const ALL: [Self; 3] = [Self::Aside, Self::Forward, Self::Backward];

    /// Class of the button.
    pub(super) fn class(self) -> &'static str {
        match self {
            Self::Aside => ".caf-aside",
            Self::Forward => ".caf-forward",
            Self::Backward => ".caf-backward",
        }
    }

    /// What the button does now, if anything.
    pub(super) fn action(self, context: &Context, view: &ItemView) -> Option<Action> {
        let action = match self {
            Self::Aside => aside(context, view),
            Self::Forward => forward(view),
            Self::Backward => backward(view),
        };
        action.filter(|action| match context.mode.with(|mode| *mode) {
            Mode::Normal => true,
            Mode::Disabled => false,
            Mode::ReadOnly => matches!(
                action,
                Action::Download | Action::Preview | Action::CheckAgain | Action::CopyDetails
            ),
        })
    }
}

fn forward(view: &ItemView) -> Option<Action> {
    match view.phase {
        _ if view.hold == Hold::Manual => Some(Action::Upload),
        PhaseName::Deleting => view.may_restore.then_some(Action::Undo),
        PhaseName::Approved => Some(Action::Download),
        PhaseName::Scanning if view.patience != Patience::Usual => Some(Action::CheckAgain),
        PhaseName::Error if needs_file(view) => Some(Action::ChooseAgain),
        _ => may_retry(view).then_some(Action::Retry),
    }
}

fn aside(context: &Context, view: &ItemView) -> Option<Action> {
    match (view.phase, &view.failure) {
        (_, Some(failure)) if is_interrupted(failure.code) => {
            failure.retryable.then_some(Action::CheckStatus)
        }
        (_, Some(_)) => Some(Action::CopyDetails),
        (PhaseName::Approved, None) => may_preview(context, view).then_some(Action::Preview),
        (PhaseName::Invalid, None) => may_rename(view).then_some(Action::Rename),
        (PhaseName::Queued, None) if view.hold == Hold::Manual => Some(Action::Rename),
        (
            PhaseName::Queued | PhaseName::Hashing | PhaseName::Starting | PhaseName::Uploading,
            None,
        ) => Some(if view.is_paused { Action::Resume } else { Action::Pause }),
        _ => None,
    }
}

fn backward(view: &ItemView) -> Option<Action> {
    match view.phase {
        PhaseName::Queued
        | PhaseName::Hashing
        | PhaseName::Starting
        | PhaseName::Uploading
        | PhaseName::Completing => Some(Action::Cancel),
        PhaseName::Scanning | PhaseName::Approved | PhaseName::Rejected | PhaseName::Failed => {
            Some(Action::Delete)
        }
        PhaseName::Invalid | PhaseName::Error | PhaseName::Canceled => Some(Action::Remove),
        PhaseName::Deleting | PhaseName::Deleted => None,
    }
}

/// Whether another name would help.
fn may_rename(view: &ItemView) -> bool {
    view.refusals.iter().all(|refusal| {
        matches!(refusal, Refusal::NoExtension | Refusal::Extension { .. } | Refusal::Duplicate)
    })
}

fn may_preview(context: &Context, view: &ItemView) -> bool {
    let known = extension(&view.name).is_some_and(|end| PREVIEWED.contains(&end.as_str()));
    known && context.runner.extras().has(Extra::Preview)
}

impl Action {
    /// What it is called.
    pub(super) fn text(self) -> Text {
        match self {
            Self::Upload => Text::Upload,
            Self::Download => Text::Download,
            Self::Preview => Text::Preview,
            Self::Rename => Text::Rename,
            Self::Cancel => Text::Cancel,
            Self::Retry => Text::Retry,
            Self::CheckAgain => Text::CheckAgain,
            Self::ChooseAgain => Text::ChooseAgain,
            Self::Pause => Text::Pause,
            Self::Resume => Text::Resume,
            Self::CheckStatus => Text::CheckStatus,
            Self::CopyDetails => Text::CopyDetails,
            Self::Delete => Text::Delete,
            Self::Undo => Text::Undo,
            Self::Remove => Text::Remove,
        }
    }

    /// Does it.
    pub(super) fn run(self, context: &Context, view: &ItemView) {
        let id = view.id;
        let event = match self {
            Self::Download => Event::Download(id),
            Self::Cancel => Event::Cancel(id),
            Self::Retry | Self::CheckAgain | Self::CheckStatus => Event::Retry(id),
            Self::Pause => Event::Pause(id),
            Self::Resume | Self::Upload => Event::Resume(id),
            Self::Undo => Event::Restore(id),
            Self::Remove => Event::Remove(id),
            Self::ChooseAgain => return context.choose_again(id),
            Self::CopyDetails => return context.copy(details(view)),
            Self::Delete => return context.asked.set(Some(id)),
            Self::Preview => return preview(context, view),
            Self::Rename => return rename(context, view),
        };
        context.keep_near(id);
        context.dispatch(event);
    }
}

/// Lets someone give a file another name.
fn rename(context: &Context, view: &ItemView) {
    let label = context.words.named(Text::RenameLabel, &view.name);
    let row = context.row(view.id);
    let arguments = Array::of3(row.element(), &view.name.as_str().into(), &label.into());
    let named = context.runner.extras().call(Extra::Rename, &arguments);
    let (context, id) = (context.clone(), view.id);
    spawn(async move {
        let name = named.await.and_then(|name| name.as_string());
        context.keep_near(id);
        if let Some(name) = name {
            context.runner.rename(id, name);
        }
    });
}
