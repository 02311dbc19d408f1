//! The stylesheet, adopted into whatever tree the component stands in: a document or a shadow root.

use wasm_bindgen::JsCast;
use web_sys::{CssStyleSheet, Document, Node, ShadowRoot};

thread_local! {
    /// One sheet for all widgets of a page.
    static SHEET: Option<CssStyleSheet> = {
        let sheet = CssStyleSheet::new().ok();
        sheet.filter(|sheet| sheet.replace_sync(include_str!("theme.css")).is_ok())
    };
}

/// Adopts the sheet into the root of `node`, once. Allowed under `style-src 'self'`, where `<style>`
/// elements are not.
pub(crate) fn adopt(node: &Node) {
    SHEET.with(|sheet| {
        let Some(sheet) = sheet else { return };
        let root = node.get_root_node();
        let sheets = match root.dyn_ref::<ShadowRoot>() {
            Some(shadow) => shadow.adopted_style_sheets(),
            None => match root.dyn_ref::<Document>() {
                Some(document) => document.adopted_style_sheets(),
                None => return,
            },
        };
        if !sheets.includes(sheet, 0) {
            sheets.push(sheet);
        }
    });
}
