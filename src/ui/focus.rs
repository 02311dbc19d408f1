//! Where the focus goes when what had it goes away: never to the top of the host's page.

use connect_attached_files_core::item::ItemId;
use connect_attached_files_core::text::decimal;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Document, Element, HtmlElement, Node, ShadowRoot};

use super::context::Context;

/// If nothing in the widget's tree has the focus any more, gives it to the row, or to what stands in
/// its place: the next row, the one before, the picker. Call it before what may take the focus away.
pub(super) fn keep_near(context: &Context, id: ItemId) {
    let neighbours = context.list.borrow().as_ref().map(|list| list.neighbours(id));
    let context = context.clone();
    request_animation_frame(move || {
        let panel = context.panel.element();
        if has_focus_inside(panel) {
            return;
        }
        let rows = std::iter::once(id).chain(neighbours.unwrap_or_default());
        let row = |id: ItemId| panel.query_selector(&selector(id)).ok().flatten();
        let rows: Vec<Element> = rows.filter_map(row).collect();
        give_focus(&context, rows.iter());
    });
}

/// Gives the focus to the first button that the rows show, else to the first row, else to the picker.
pub(super) fn give_focus<'a>(context: &Context, rows: impl Iterator<Item = &'a Element> + Clone) {
    let panel = context.panel.element();
    if !panel.is_connected() {
        return;
    }
    let button = rows.clone().find_map(|row| find(row, "button:not([hidden])"));
    let row = || rows.clone().find_map(|row| row.dyn_ref::<HtmlElement>().cloned());
    if let Some(control) = button.or_else(row).or_else(|| find(panel, ".caf-input")) {
        // Focusing can fail only for what cannot be focused.
        let _ = control.focus();
    }
}

/// What finds a row.
pub(super) fn selector(id: ItemId) -> String {
    ["[data-row=\"", &decimal(id.0), "\"]"].concat()
}

/// The row that an element stands in.
pub(super) fn row_of(element: &Element) -> Option<ItemId> {
    let row = element.closest("[data-row]").ok()??;
    row.get_attribute("data-row")?.parse().ok().map(ItemId)
}

fn find(panel: &Element, selector: &str) -> Option<HtmlElement> {
    panel.query_selector(selector).ok().flatten()?.dyn_into().ok()
}

/// Whether the focus is somewhere inside the panel, in a shadow root or not.
pub(crate) fn has_focus_inside(panel: &Element) -> bool {
    let root = panel.get_root_node();
    let active = match root.dyn_ref::<ShadowRoot>() {
        Some(shadow) => shadow.active_element(),
        None => root.dyn_ref::<Document>().and_then(Document::active_element),
    };
    let node: Option<&Node> = active.as_ref().map(AsRef::as_ref);
    panel.contains(node) && node.is_some()
}
