//! The rows: what the case holds and what is on its way, in one keyed list. Of a long one only what is
//! in sight is drawn.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use connect_attached_files_core::item::ItemId;
use connect_attached_files_core::shelf::Listing;
use connect_attached_files_core::table::Table;
use connect_attached_files_core::text::{Text, decimal};
use leptos::prelude::*;
use wasm_bindgen::JsValue;
use web_sys::HtmlElement;

use super::bind::{Part, Tie};
use super::context::Context;
use super::keys::keys;
use super::row::row;
use super::window::{DRAWN_ALL, Window, known, window};
use crate::edge::env::window_size;
use crate::edge::focus::give_focus;
use crate::model::{PanelView, RowHandle};

/// Brings the list to life.
pub(super) fn list(context: &Context) {
    let element = context.panel.find(".caf-list");
    element.attribute("aria-label", &context.words.get(Text::Title));
    let list = Rc::new(List {
        context: context.clone(),
        element,
        rows: RefCell::default(),
        drawn: RefCell::default(),
        heights: RefCell::default(),
        usual: Cell::new(0),
        wanted: Cell::new(None),
    });
    context.list.replace(Some(Rc::clone(&list)));

    keys(context, &list.element);
    let scrolled = Rc::clone(&list);
    context.on(&list.element, "scroll", move || scrolled.lay_out());
    let resized = Rc::clone(&list);
    context.tie(Tie::Watch(window_size(move || {
        resized.heights.replace(Table::default());
        resized.usual.set(0);
        resized.lay_out();
    })));
    context.each_time(move || {
        list.rows.replace(list.context.rows.with(Clone::clone));
        list.lay_out();
    });
}

/// What stands in the place of rows.
pub(super) fn note(context: &Context, panel: &PanelView) -> String {
    let is_loading = is_loading(panel);
    let text = match (is_loading, panel.rows > 0) {
        (true, _) => Text::ListLoading,
        (false, false) if panel.has_resource => Text::ListEmpty,
        (false, true) if context.rows.with(Vec::is_empty) => Text::ListFiltered,
        _ => return String::new(),
    };
    context.words.get(text)
}

/// Whether the list of the case is being read.
pub(super) fn is_loading(panel: &PanelView) -> bool {
    matches!(panel.listing, Listing::Searching { .. } | Listing::Detailing { .. })
}

/// The drawn list.
pub(super) struct List {
    context: Context,
    element: Part,
    rows: RefCell<Vec<RowHandle>>,
    drawn: RefCell<Table<ItemId, Drawn>>,
    /// Heights of rows that were drawn once, in pixels.
    heights: RefCell<Table<ItemId, i32>>,
    /// The height to reckon with of all others, 0 until one was drawn. Kept, since rows that are in sight
    /// would move with each change of what is above them.
    usual: Cell<i32>,
    /// A row to be drawn wherever it is, since the focus is about to go there.
    wanted: Cell<Option<ItemId>>,
}

/// A row that is drawn, with what holds it to its state.
struct Drawn {
    part: Part,
    tie: Tie,
}

impl List {
    /// Draws what is to be seen: makes rows that come into sight, takes away those that leave it, moves
    /// those that stand elsewhere, touches no other.
    fn lay_out(&self) {
        let rows = self.rows.borrow();
        let is_long = rows.len() > DRAWN_ALL;
        let heights: Vec<i32> = {
            let known = self.heights.borrow();
            rows.iter().map(|row| known.get(&row.id).copied().unwrap_or(self.usual.get())).collect()
        };
        let list = self.element.element();
        let seen = if is_long {
            window(&heights, list.scroll_top(), list.client_height())
        } else {
            Window { first: 0, end: rows.len() }
        };
        // The row with the focus stays, or the focus would be lost with it.
        let held = self.wanted.get().or_else(|| self.focused());
        let is_seen = |at: usize, row: &RowHandle| {
            (seen.first..seen.end).contains(&at) || held == Some(row.id)
        };
        let mut drawn = self.drawn.borrow_mut();
        let keep: Table<ItemId, ()> = rows
            .iter()
            .enumerate()
            .filter(|(at, row)| is_seen(*at, row))
            .map(|(_, row)| (row.id, ()))
            .collect();
        let gone: Vec<ItemId> =
            drawn.iter().map(|(&id, _)| id).filter(|id| keep.get(id).is_none()).collect();
        for id in gone {
            if let Some(Drawn { part, tie }) = drawn.remove(&id) {
                drop(tie);
                self.take_away(part.element());
            }
        }
        let mut place = list.first_element_child();
        let mut gap = 0;
        for (at, handle) in rows.iter().enumerate() {
            let height = known(heights.get(at).copied().unwrap_or(0));
            if !is_seen(at, handle) {
                gap += height;
                continue;
            }
            if drawn.get(&handle.id).is_none() {
                drawn.insert(handle.id, self.draw(handle));
            }
            let Some(Drawn { part, .. }) = drawn.get(&handle.id) else { continue };
            if place.as_ref().is_some_and(|place| place.is_same_node(Some(part.element()))) {
                place = place.and_then(|place| place.next_element_sibling());
            } else {
                let before = place.as_ref().map(AsRef::as_ref);
                // Fails only where the list itself is no place for children.
                let _ = list.insert_before(part.element(), before);
            }
            part.style("margin-block-start", &pixels(gap));
            gap = 0;
            if is_long {
                // How many there are cannot be counted from what is drawn.
                part.attribute("aria-setsize", &decimal(rows.len() as u64));
                part.attribute("aria-posinset", &decimal(at as u64 + 1));
            } else {
                let _ = part.element().remove_attribute("aria-setsize");
                let _ = part.element().remove_attribute("aria-posinset");
            }
        }
        // Padding would make the list itself so high.
        self.element.style("--_below", &pixels(gap));
        self.element.show(!rows.is_empty());
        if is_long {
            let mut heights = self.heights.borrow_mut();
            for (&id, Drawn { part, .. }) in drawn.iter() {
                let height = part.element().offset_height();
                heights.insert(id, height);
                if self.usual.get() == 0 {
                    self.usual.set(height);
                }
            }
        }
    }

    /// Sees to it that a row is drawn, and returns it.
    pub(super) fn reveal(&self, id: ItemId) -> Option<HtmlElement> {
        self.wanted.set(Some(id));
        self.lay_out();
        self.wanted.set(None);
        self.drawn.borrow().get(&id).map(|drawn| drawn.part.element().clone())
    }

    /// The rows beside a row, the next one first.
    pub(super) fn neighbours(&self, id: ItemId) -> Vec<ItemId> {
        let rows = self.rows.borrow();
        let Some(at) = rows.iter().position(|row| row.id == id) else { return Vec::new() };
        let next = rows.get(at + 1);
        let previous = at.checked_sub(1).and_then(|at| rows.get(at));
        next.into_iter().chain(previous).map(|row| row.id).collect()
    }

    /// The row `steps` away from the one with the focus; the first or the last one where there are not
    /// so many.
    pub(super) fn away(&self, steps: isize) -> Option<ItemId> {
        let rows = self.rows.borrow();
        let focused = self.focused();
        let at = rows.iter().position(|row| Some(row.id) == focused)?;
        let at = at.saturating_add_signed(steps).min(rows.len() - 1);
        rows.get(at).map(|row| row.id)
    }

    /// The row that has the focus, or something in it.
    pub(super) fn focused(&self) -> Option<ItemId> {
        let row = self.element.element().query_selector(":scope > :focus-within").ok()??;
        row.get_attribute("data-row")?.parse().ok().map(ItemId)
    }

    /// Removes a row; the focus, if the row has it, goes to the next row, the one before, or the picker.
    fn take_away(&self, row: &HtmlElement) {
        let has_focus = row.matches(":focus-within").unwrap_or(false);
        let near = [row.next_element_sibling(), row.previous_element_sibling()];
        row.remove();
        if has_focus {
            let near = near.map(|row| row.map_or(JsValue::NULL, JsValue::from));
            give_focus(self.context.panel.element(), &near.into_iter().collect());
        }
    }

    fn draw(&self, handle: &RowHandle) -> Drawn {
        let (part, tie) = untrack(|| row(&self.context, handle));
        Drawn { part, tie }
    }
}

fn pixels(count: i32) -> String {
    [&decimal(count.unsigned_abs().into()), "px"].concat()
}
