//! The rows: what the case holds and what is on its way, in one keyed list.

use connect_attached_files_core::shelf::Listing;
use connect_attached_files_core::text::Text;
use leptos::prelude::*;

use super::focus::PanelRef;
use super::row::Row;
use crate::model::{Model, RowHandle};
use crate::runner::Runner;
use crate::strings::Words;

/// Draws the list.
#[component]
pub(super) fn List(
    words: Words,
    model: Model,
    runner: StoredValue<Runner, LocalStorage>,
    panel: PanelRef,
) -> impl IntoView {
    let is_loading = move || {
        model.shelf.with(|shelf| {
            matches!(shelf.listing, Listing::Searching { .. } | Listing::Detailing { .. })
        })
    };
    let note = move || {
        let empty = model.rows.with(Vec::is_empty);
        match (is_loading(), empty) {
            (true, _) => Some(words.get(Text::ListLoading)),
            (false, true) if model.has_resource.get() => Some(words.get(Text::ListEmpty)),
            _ => None,
        }
    };
    let row = move |row: RowHandle| view! { <Row words model runner panel row /> };
    view! {
        <p class="caf-note" hidden=move || note().is_none()>{note}</p>
        <ul
            class="caf-list"
            part="list"
            aria-label=words.get(Text::Title)
            aria-busy=move || is_loading().to_string()
            hidden=move || model.rows.with(Vec::is_empty)
        >
            <For each=move || model.rows.get() key=|row| row.id children=row />
        </ul>
    }
}
