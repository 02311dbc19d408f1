//! Where the focus goes when what had it goes away: never to the top of the host's page.

use connect_attached_files_core::item::ItemId;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Document, Element, HtmlElement, Node, ShadowRoot};

/// The panel all look-ups start from.
pub(crate) type PanelRef = NodeRef<leptos::html::Section>;

/// Runs `run` after the page has been redrawn.
pub(crate) fn after_render(run: impl FnOnce() + 'static) {
    request_animation_frame(run);
}

/// If nothing in the widget's tree has the focus any more, gives it to the row, or to what stands in
/// its place: the next row, the one before, the picker.
pub(crate) fn keep_near(panel: PanelRef, id: ItemId, neighbours: Vec<ItemId>) {
    after_render(move || {
        let Some(panel) = panel.get_untracked() else { return };
        if has_focus_inside(&panel) {
            return;
        }
        let rows = std::iter::once(id).chain(neighbours);
        let control = rows.into_iter().find_map(|row| first_control(&panel, row));
        if let Some(control) = control.or_else(|| find(&panel, ".caf-input")) {
            // Focusing can fail only for what cannot be focused.
            let _ = control.focus();
        }
    });
}

fn first_control(panel: &Element, row: ItemId) -> Option<HtmlElement> {
    find(panel, &format!("[data-row=\"{}\"] button", row.0))
        .or_else(|| find(panel, &format!("[data-row=\"{}\"]", row.0)))
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
