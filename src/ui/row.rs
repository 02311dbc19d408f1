//! One row: the file, where it stands, and what can be done about it.

use connect_attached_files_core::event::Event;
use connect_attached_files_core::item::ItemId;
use connect_attached_files_core::phase::{Patience, PhaseName};
use connect_attached_files_core::pick::extension;
use connect_attached_files_core::progress::Progress;
use connect_attached_files_core::text::Text;
use leptos::prelude::*;

use super::context::Context;
use super::erased::{click, flag, text};
use super::focus::{follow, keep_near, neighbours};
use super::status::{detail_text, may_retry, phase_text, progress_text, tone};
use crate::edge::intl::when;
use crate::model::{ItemView, RowHandle};

/// What can be done with a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Action {
    Download,
    Cancel,
    Retry,
    CheckAgain,
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
            Self::Delete => Text::Delete,
            Self::Remove => Text::Remove,
        }
    }

    /// What moves a row forward, if anything does now.
    fn forward(view: &ItemView) -> Option<Self> {
        match view.phase {
            PhaseName::Approved => Some(Self::Download),
            PhaseName::Scanning if view.patience != Patience::Usual => Some(Self::CheckAgain),
            _ => may_retry(view).then_some(Self::Retry),
        }
    }

    /// What ends a row. Stands at the same place in every phase, so a row that changes under the
    /// finger never turns one kind of action into the other.
    fn backward(view: &ItemView) -> Option<Self> {
        match view.phase {
            PhaseName::Queued
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

/// Draws one row.
pub(super) fn row(context: Context, row: RowHandle) -> impl IntoView {
    let words = context.words;
    let RowHandle { id, view } = row;
    let view: RwSignal<ItemView> = view.into();
    let (name, size) = view.with_untracked(|view| (view.name.clone(), view.size));
    let of_view = move |read: fn(crate::strings::Words, &ItemView) -> String| {
        text(move || view.with(|view| read(words, view)))
    };
    follow(context, id, view);

    let meta = text(move || {
        let created = view.with(|view| view.created_at.as_deref().and_then(when));
        match created {
            Some(created) => format!("{} · {created}", words.size(size)),
            None => words.size(size),
        }
    });
    let uploads = move || view.with(|view| view.phase == PhaseName::Uploading);
    let percent =
        move || view.with(|v| v.progress.as_ref().map_or(0, Progress::percent)).to_string();
    let progress = move || view.with(|view| progress_text(words, view).unwrap_or_default());
    view! {
        <li
            class="caf-row"
            part="row"
            data-row=id.0.to_string()
            data-phase=of_view(|_, view| view.phase.as_str().to_owned())
            tabindex="-1"
        >
            <span class="caf-type" aria-hidden="true">{badge(&name)}</span>
            <div class="caf-file">
                {shortened(&name)}
                <div class="caf-meta">
                    {meta}
                    <span class="caf-chip" hidden=flag(move || !view.with(|v| v.is_elsewhere))>
                        {words.get(Text::Elsewhere)}
                    </span>
                </div>
                <div class=of_view(|_, view| tone(view).class().to_owned()) part="status">
                    <span class="caf-status-text">{of_view(phase_text)}</span>
                    " "
                    <span class="caf-detail">{of_view(|w, v| detail_text(w, v).unwrap_or_default())}</span>
                </div>
                <div
                    class="caf-bar"
                    part="bar"
                    role="progressbar"
                    aria-label=name.clone()
                    aria-valuenow=text(percent)
                    aria-valuetext=text(progress)
                    hidden=flag(move || !uploads())
                >
                    <div class="caf-bar-fill" style:width=text(move || percent() + "%")></div>
                </div>
            </div>
            <div class="caf-actions" part="actions">
                {button(context, id, view, name.clone(), Action::forward)}
                {button(context, id, view, name.clone(), Action::backward)}
            </div>
        </li>
    }
}

/// One of a row's two buttons: what `choose` says, hidden when that is nothing.
fn button(
    context: Context,
    id: ItemId,
    view: RwSignal<ItemView>,
    name: String,
    choose: fn(&ItemView) -> Option<Action>,
) -> impl IntoView {
    let Context { words, shown, panel, asked, .. } = context;
    let label =
        move || view.with(choose).map_or_else(String::new, |action| words.get(action.text()));
    let named = move || words.fill(Text::ActionNamed, &[("action", &label()), ("name", &name)]);
    let act = click(move || {
        let event = match view.with_untracked(choose) {
            Some(Action::Download) => Event::Download(id),
            Some(Action::Cancel) => Event::Cancel(id),
            Some(Action::Retry | Action::CheckAgain) => Event::Retry(id),
            Some(Action::Remove) => Event::Remove(id),
            Some(Action::Delete) => return asked.set(Some(id)),
            None => return,
        };
        let near = neighbours(shown, id);
        context.dispatch(event);
        keep_near(panel, id, near);
    });
    view! {
        <button
            type="button"
            class="caf-button"
            aria-label=text(named)
            hidden=flag(move || view.with(choose).is_none())
            on:click=act
        >
            {text(label)}
        </button>
    }
}

/// A name that shortens in the middle: the extension stays in sight, the text stays whole.
fn shortened(name: &str) -> impl IntoView + use<> {
    let split = name.rfind('.').filter(|&at| at > 0).unwrap_or(name.len());
    let (stem, tail) = name.split_at_checked(split).unwrap_or((name, ""));
    view! {
        <bdi class="caf-name" part="name" title=name.to_owned()>
            <span class="caf-stem">{stem.to_owned()}</span>
            <span class="caf-tail">{tail.to_owned()}</span>
        </bdi>
    }
}

/// Up to four letters that stand for the type.
fn badge(name: &str) -> String {
    extension(name).map_or_else(String::new, |extension| extension.chars().take(4).collect())
}
