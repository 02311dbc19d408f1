//! Where the focus goes when what had it goes away: never to the top of the host's page.

use std::cell::Cell;

use connect_attached_files_core::item::ItemId;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Document, Element, HtmlElement, Node, ShadowRoot};

use super::bind::{Part, each_time};
use super::context::Context;
use crate::model::{ItemView, RowHandle};
use crate::watched::Followed;

/// If nothing in the widget's tree has the focus any more, gives it to the row, or to what stands in
/// its place: the next row, the one before, the picker.
pub(super) fn keep_near(context: Context, id: ItemId, neighbours: Vec<ItemId>) {
    request_animation_frame(move || {
        let Some(panel) = context.panel() else { return };
        let panel = panel.element();
        if has_focus_inside(panel) {
            return;
        }
        let rows = std::iter::once(id).chain(neighbours);
        let row =
            |id: ItemId| panel.query_selector(&format!("[data-row=\"{}\"]", id.0)).ok().flatten();
        let rows: Vec<Element> = rows.filter_map(row).collect();
        give_focus(context, rows.iter());
    });
}

/// The rows beside a row, the next one first.
pub(super) fn neighbours(rows: Followed<Vec<RowHandle>>, id: ItemId) -> Vec<ItemId> {
    let rows: Vec<ItemId> = rows.peek(|rows| rows.iter().map(|row| row.id).collect());
    let at = rows.iter().position(|&row| row == id).unwrap_or(rows.len());
    let next = rows.get(at + 1).copied();
    let previous = at.checked_sub(1).and_then(|at| rows.get(at)).copied();
    next.into_iter().chain(previous).collect()
}

/// Keeps the focus near a row that changes by itself and takes away the button that has it.
pub(super) fn follow(context: Context, row: &Part, id: ItemId, view: Followed<ItemView>) {
    let row = row.element().clone();
    let before = Cell::new(view.peek(|view| view.phase));
    each_time(Box::new(move || {
        let now = view.with(|view| view.phase);
        if before.replace(now) != now && row.matches(":focus-within").unwrap_or(false) {
            keep_near(context, id, neighbours(context.rows, id));
        }
    }));
}

/// Gives the focus to the first button that the rows show, else to the first row, else to the picker.
pub(super) fn give_focus<'a>(context: Context, rows: impl Iterator<Item = &'a Element> + Clone) {
    let Some(panel) = context.panel() else { return };
    let button = rows.clone().find_map(|row| find(row, "button:not([hidden])"));
    let row = || rows.clone().find_map(|row| row.dyn_ref::<HtmlElement>().cloned());
    if let Some(control) = button.or_else(row).or_else(|| find(panel.element(), ".caf-input")) {
        // Focusing can fail only for what cannot be focused.
        let _ = control.focus();
    }
}

fn find(panel: &Element, selector: &str) -> Option<HtmlElement> {
    panel.query_selector(selector).ok().flatten()?.dyn_into().ok()
}

/// Whether the focus is somewhere inside the panel, in a shadow root or not.
fn has_focus_inside(panel: &Element) -> bool {
    let root = panel.get_root_node();
    let active = match root.dyn_ref::<ShadowRoot>() {
        Some(shadow) => shadow.active_element(),
        None => root.dyn_ref::<Document>().and_then(Document::active_element),
    };
    let node: Option<&Node> = active.as_ref().map(AsRef::as_ref);
    panel.contains(node) && node.is_some()
}
