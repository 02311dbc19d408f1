//! The rows: what the case holds and what is on its way, in one keyed list.

use connect_attached_files_core::shelf::Listing;
use connect_attached_files_core::text::Text;
use leptos::prelude::*;

use super::context::Context;
use super::erased::{flag, text};
use super::row::row;

/// Draws the list.
pub(super) fn list(context: Context) -> impl IntoView {
    let Context { words, shown, .. } = context;
    let is_loading = move || {
        shown.panel.with(|panel| {
            matches!(panel.listing, Listing::Searching { .. } | Listing::Detailing { .. })
        })
    };
    let is_empty = move || shown.rows.with(Vec::is_empty);
    let note = move || match (is_loading(), is_empty()) {
        (true, _) => words.get(Text::ListLoading),
        (false, true) if shown.panel.with(|panel| panel.has_resource) => words.get(Text::ListEmpty),
        _ => String::new(),
    };
    view! {
        <p class="caf-note" hidden=flag(move || note().is_empty())>{text(note)}</p>
        <ul
            class="caf-list"
            part="list"
            aria-label=words.get(Text::Title)
            aria-busy=text(move || is_loading().to_string())
            hidden=flag(is_empty)
        >
            <For each=move || shown.rows.get() key=|row| row.id children=move |handle| row(context, handle) />
        </ul>
    }
}
