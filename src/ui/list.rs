//! The rows: what the case holds and what is on its way, in one keyed list.

use std::cell::RefCell;

use connect_attached_files_core::item::ItemId;
use connect_attached_files_core::shelf::Listing;
use connect_attached_files_core::table::Table;
use connect_attached_files_core::text::Text;
use leptos::prelude::*;
use web_sys::HtmlElement;

use super::bind::{Part, each_time};
use super::context::Context;
use super::focus::give_focus;
use super::row::row;
use crate::model::RowHandle;

/// Brings the list to life.
pub(super) fn list(context: Context, panel: &Part) {
    let Context { words, shown, rows, .. } = context;
    let is_loading = move || {
        shown.with(|panel| {
            matches!(panel.listing, Listing::Searching { .. } | Listing::Detailing { .. })
        })
    };
    let is_empty = move || rows.with(Vec::is_empty);
    let text = move || match (is_loading(), is_empty()) {
        (true, _) => words.get(Text::ListLoading),
        (false, true) if shown.with(|panel| panel.has_resource) => words.get(Text::ListEmpty),
        _ => String::new(),
    };
    let note = panel.find(".caf-note");
    note.saying(text);
    note.hidden_while(move || text().is_empty());

    let list = panel.find(".caf-list");
    list.attribute("aria-label", &words.get(Text::Title));
    list.setting("aria-busy", move || is_loading().to_string());
    list.hidden_while(is_empty);
    keep_rows(context, list);
}

/// A row that is drawn, with the owner of everything tied to it.
struct Drawn {
    part: Part,
    owner: Owner,
}

/// Keeps the list's children as the rows are: makes those that are new, takes away those that are
/// gone, moves those that stand elsewhere, touches no other.
fn keep_rows(context: Context, list: Part) {
    let owner = Owner::current().unwrap_or_default();
    let drawn: RefCell<Table<ItemId, Drawn>> = RefCell::default();
    each_time(Box::new(move || {
        let rows = context.rows.with(Clone::clone);
        let mut drawn = drawn.borrow_mut();
        // From the end, where the lowest numbers are: a table is filled fastest in its own order.
        let wanted: Table<ItemId, ()> = rows.iter().rev().map(|row| (row.id, ())).collect();
        let gone: Vec<ItemId> =
            drawn.iter().map(|(&id, _)| id).filter(|id| wanted.get(id).is_none()).collect();
        for id in gone {
            if let Some(Drawn { part, owner }) = drawn.remove(&id) {
                owner.cleanup();
                take_away(context, part.element());
            }
        }
        let mut place = list.element().first_element_child();
        for handle in &rows {
            if drawn.get(&handle.id).is_none()
                && let Some(new) = draw(context, &owner, handle)
            {
                drawn.insert(handle.id, new);
            }
            let Some(Drawn { part, .. }) = drawn.get(&handle.id) else { continue };
            if place.as_ref().is_some_and(|place| place.is_same_node(Some(part.element()))) {
                place = place.and_then(|place| place.next_element_sibling());
            } else {
                let before = place.as_ref().map(AsRef::as_ref);
                // Fails only where the list itself is no place for children.
                let _ = list.element().insert_before(part.element(), before);
            }
        }
    }));
}

/// Removes a row; the focus, if the row has it, goes to the next row, the one before, or the picker.
fn take_away(context: Context, row: &HtmlElement) {
    let has_focus = row.matches(":focus-within").unwrap_or(false);
    let near = [row.next_element_sibling(), row.previous_element_sibling()];
    row.remove();
    if has_focus {
        give_focus(context, near.iter().flatten());
    }
}

fn draw(context: Context, parent: &Owner, handle: &RowHandle) -> Option<Drawn> {
    let owner = parent.with(Owner::new);
    let part = owner.with(|| untrack(|| row(context, handle)))?;
    Some(Drawn { part, owner })
}
