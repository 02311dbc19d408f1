//! The rows: what the case holds and what is on its way, in one keyed list. Of a long one only what is
//! in sight is drawn.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use connect_attached_files_core::item::ItemId;
use connect_attached_files_core::shelf::Listing;
use connect_attached_files_core::text::Text;
use js_sys::Array;
use leptos::prelude::*;
use web_sys::HtmlElement;

use super::bind::{Part, Tie};
use super::context::Context;
use super::keys::keys;
use super::row::row;
use super::window::{DRAWN_ALL, Window, known, window};
use crate::edge::env::window_size;
use crate::edge::rows::arrange;
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
        usual: Cell::new(0),
        wanted: Cell::new(None),
    });
    context.list.replace(Some(Rc::clone(&list)));

    keys(context, &list.element);
    let scrolled = Rc::clone(&list);
    context.on(&list.element, "scroll", move || scrolled.lay_out());
    let resized = Rc::clone(&list);
    context.tie(Tie::Watch(window_size(move || {
        resized.rows.borrow().iter().for_each(|row| row.height.set(0));
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
    drawn: RefCell<Vec<Drawn>>,
    /// The height to reckon with of rows that were never drawn, 0 until one was. Kept, since rows in sight
    /// would move with each change of what is above them.
    usual: Cell<u32>,
    /// A row to be drawn wherever it is, since the focus is about to go there.
    wanted: Cell<Option<ItemId>>,
}

/// A row that is drawn, with what holds it to its state.
struct Drawn {
    row: RowHandle,
    part: Part,
    _tie: Tie,
}

impl List {
    /// Draws what is to be seen: makes rows that come into sight, drops those that leave it.
    fn lay_out(&self) {
        let rows = self.rows.borrow();
        let is_long = rows.len() > DRAWN_ALL;
        let list = self.element.element();
        let height = |row: &RowHandle| match row.height.get() {
            0 => self.usual.get(),
            height => height,
        };
        let seen = if is_long {
            let heights: Vec<u32> = rows.iter().map(height).collect();
            window(&heights, list.scroll_top(), list.client_height())
        } else {
            Window { first: 0, end: rows.len() }
        };
        // The row with the focus stays, or the focus would be lost with it.
        let held = self.wanted.get().or_else(|| self.focused());
        let mut before = self.drawn.take();
        let (mut drawn, parts) = (Vec::new(), Array::new());
        let (mut gaps, mut places, mut gap) = (Vec::new(), Vec::new(), 0);
        for (place, row) in (1..).zip(&*rows) {
            let is_seen = seen.first < place && place <= seen.end;
            if !is_seen && held != Some(row.id) {
                gap += known(height(row));
                continue;
            }
            let known = before.iter().position(|drawn| drawn.row.id == row.id);
            let one = match known {
                Some(at) => before.swap_remove(at),
                None => self.draw(row),
            };
            parts.push(one.part.element());
            drawn.push(one);
            gaps.push(std::mem::take(&mut gap));
            places.push(place);
        }
        gaps.push(gap);
        places.push(if is_long { rows.len() } else { 0 });
        self.element.show(!rows.is_empty());
        let heights = arrange(self.context.panel.element(), list, &parts, gaps, places);
        for (drawn, height) in drawn.iter().zip(heights) {
            drawn.row.height.set(height);
            if self.usual.get() == 0 {
                self.usual.set(height);
            }
        }
        self.drawn.replace(drawn);
        drop(before);
    }

    /// Sees to it that a row is drawn, and returns it.
    pub(super) fn reveal(&self, id: ItemId) -> Option<HtmlElement> {
        self.wanted.set(Some(id));
        self.lay_out();
        self.wanted.set(None);
        let drawn = self.drawn.borrow();
        drawn.iter().find(|drawn| drawn.row.id == id).map(|drawn| drawn.part.element().clone())
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

    fn draw(&self, handle: &RowHandle) -> Drawn {
        let (part, tie) = untrack(|| row(&self.context, handle));
        Drawn { row: handle.clone(), part, _tie: tie }
    }
}
