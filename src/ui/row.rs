//! One row: the file, where it stands, and what can be done about it.

use connect_attached_files_core::event::Event;
use connect_attached_files_core::item::ItemId;
use connect_attached_files_core::phase::{Patience, PhaseName};
use connect_attached_files_core::pick::extension;
use connect_attached_files_core::text::Text;
use leptos::prelude::*;

use super::bar::Bar;
use super::confirm::Confirm;
use super::focus::{PanelRef, keep_near};
use super::status::{detail_text, may_retry, phase_text, tone};
use crate::edge::intl::when;
use crate::model::{ItemView, Model, RowHandle};
use crate::runner::Runner;
use crate::strings::Words;

/// What can be done with a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
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

    fn event(self, id: ItemId) -> Event {
        match self {
            Self::Download => Event::Download(id),
            Self::Cancel => Event::Cancel(id),
            Self::Retry | Self::CheckAgain => Event::Retry(id),
            Self::Delete => Event::Delete(id),
            Self::Remove => Event::Remove(id),
        }
    }

    /// What a row offers, the most likely first.
    fn of(view: &ItemView) -> Vec<Self> {
        let mut actions = Vec::with_capacity(2);
        if may_retry(view) {
            actions.push(Self::Retry);
        }
        match view.phase {
            PhaseName::Queued
            | PhaseName::Starting
            | PhaseName::Uploading
            | PhaseName::Completing => {
                actions.push(Self::Cancel);
            }
            PhaseName::Scanning => {
                if view.patience != Patience::Usual {
                    actions.push(Self::CheckAgain);
                }
                actions.push(Self::Delete);
            }
            PhaseName::Approved => actions.extend([Self::Download, Self::Delete]),
            PhaseName::Rejected | PhaseName::Failed => actions.push(Self::Delete),
            PhaseName::Invalid | PhaseName::Error | PhaseName::Canceled => {
                actions.push(Self::Remove);
            }
            PhaseName::Deleting | PhaseName::Deleted => {}
        }
        actions
    }
}

/// Draws one row.
#[component]
pub(super) fn Row(
    words: Words,
    model: Model,
    runner: StoredValue<Runner, LocalStorage>,
    panel: PanelRef,
    row: RowHandle,
) -> impl IntoView {
    let RowHandle { id, view } = row;
    let (name, size) = view.with_untracked(|view| (view.name.clone(), view.size));
    let asking = RwSignal::new(false);

    let read = {
        let view = view.clone();
        move || view.get()
    };
    let phase = {
        let view = view.clone();
        Memo::new(move |_| view.with(|view| view.phase))
    };
    let act = move |action: Action| {
        let neighbours = neighbours(model, id);
        runner.with_value(|runner| runner.dispatch(action.event(id)));
        keep_near(panel, id, neighbours);
    };
    // A row that changes by itself may take away the button that has the focus.
    Effect::new(move |before: Option<PhaseName>| {
        let now = phase.get();
        if before.is_some_and(|before| before != now) && was_focused(panel, id) {
            keep_near(panel, id, neighbours(model, id));
        }
        if now == PhaseName::Deleting {
            asking.set(false);
        }
        now
    });

    let confirm = {
        let name = name.clone();
        move || {
            let no = move || {
                asking.set(false);
                keep_near(panel, id, Vec::new());
            };
            let yes = move || {
                asking.set(false);
                act(Action::Delete);
            };
            view! { <Confirm words name=name.clone() on_yes=yes on_no=no /> }
        }
    };
    let buttons = {
        let (view, name) = (view.clone(), name.clone());
        move || {
            let (view, name) = (view.clone(), name.clone());
            let button = move |action: Action| {
                let label = words.get(action.text());
                let named = words.fill(Text::ActionNamed, &[("action", &label), ("name", &name)]);
                let click = move |_| match action {
                    Action::Delete => asking.set(true),
                    other => act(other),
                };
                view! {
                    <button type="button" class="caf-button" aria-label=named on:click=click>
                        {label}
                    </button>
                }
            };
            let actions = move || view.with(Action::of);
            view! { <For each=actions key=|action| *action children=button /> }
        }
    };
    let detail = {
        let read = read.clone();
        move || detail_text(words, &read())
    };
    let meta = {
        let read = read.clone();
        move || {
            let view = read();
            let date = view.created_at.as_deref().and_then(when);
            [Some(words.size(size)), date].into_iter().flatten().collect::<Vec<_>>().join(" · ")
        }
    };
    let (status_class, status) = {
        let (class, text) = (read.clone(), read.clone());
        (move || tone(&class()).class(), move || phase_text(words, &text()))
    };
    let elsewhere = {
        let view = view.clone();
        Memo::new(move |_| view.with(|view| view.is_elsewhere))
    };
    let bar_view = view.clone();

    view! {
        <li
            class="caf-row"
            part="row"
            data-row=id.0.to_string()
            data-phase=move || phase.get().as_str()
            tabindex="-1"
        >
            <span class="caf-type" aria-hidden="true">{badge(&name)}</span>
            <div class="caf-file">
                <Name name=name.clone() />
                <div class="caf-meta">
                    {meta}
                    <Show when=move || elsewhere.get()>
                        <span class="caf-chip">{words.get(Text::Elsewhere)}</span>
                    </Show>
                </div>
                <div class=status_class part="status">
                    <span class="caf-status-text">{status}</span>
                    <span class="caf-detail">{detail}</span>
                </div>
                <Show when=move || phase.get() == PhaseName::Uploading>
                    <Bar words view=bar_view.clone() />
                </Show>
            </div>
            <div class="caf-actions" part="actions">
                <Show when=move || asking.get() fallback=buttons>
                    {confirm()}
                </Show>
            </div>
        </li>
    }
}

/// A name that shortens in the middle: the extension stays in sight, the text stays whole.
#[component]
fn Name(name: String) -> impl IntoView {
    let split = name.rfind('.').filter(|&at| at > 0).unwrap_or(name.len());
    let (stem, tail) = name.split_at_checked(split).unwrap_or((&name, ""));
    view! {
        <bdi class="caf-name" part="name" title=name.clone()>
            <span class="caf-stem">{stem.to_owned()}</span>
            <span class="caf-tail">{tail.to_owned()}</span>
        </bdi>
    }
}

/// Up to four letters that stand for the type.
fn badge(name: &str) -> String {
    extension(name).map_or_else(String::new, |e| e.to_uppercase().chars().take(4).collect())
}

/// The rows after and before a row, nearest first after.
fn neighbours(model: Model, id: ItemId) -> Vec<ItemId> {
    let rows: Vec<ItemId> =
        model.rows.with_untracked(|rows| rows.iter().map(|row| row.id).collect());
    let at = rows.iter().position(|&row| row == id);
    let at = at.unwrap_or(rows.len());
    let next = rows.get(at + 1).copied();
    let previous = at.checked_sub(1).and_then(|at| rows.get(at)).copied();
    next.into_iter().chain(previous).collect()
}

/// Whether a control of the row has the focus now.
fn was_focused(panel: PanelRef, id: ItemId) -> bool {
    panel.get_untracked().is_some_and(|panel| {
        panel
            .query_selector(&format!("[data-row=\"{}\"]:focus-within", id.0))
            .is_ok_and(|found| found.is_some())
    })
}
