//! Giving a file another name, in its place in the row. Enter and leaving the field take the new name
//! over, Escape does not.

use connect_attached_files_core::text::Text;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlInputElement, KeyboardEvent};

use super::context::Context;
use super::focus::{keep_near, row_of};
use super::markup::{Tag, tag};
use crate::model::ItemView;

/// Its markup.
const FIELD: Tag = tag(
    "input",
    "caf-rename",
    &[("part", "rename"), ("type", "text"), ("maxlength", "256"), ("autocomplete", "off")],
    &[],
);

/// Puts a text field in place of a row's name.
pub(super) fn rename(context: &Context, view: &ItemView) {
    let row = context.row(view.id);
    let (Some(field), name) = (FIELD.build(), row.find(".caf-name")) else { return };
    field.attribute("aria-label", &context.words.named(Text::RenameLabel, &view.name));
    let Some(input) = as_field(field.element().clone()) else { return };
    input.set_value(&view.name);
    name.show(false);
    // Fails only for a row that is in no tree.
    let _ = name.element().after_with_node_1(&input);
    let _ = input.focus();
    // The name without its extension, which is what people change.
    let stem = view.name.rfind('.').and_then(|at| view.name.get(..at)).unwrap_or(&view.name);
    let end = u32::try_from(stem.encode_utf16().count()).unwrap_or(0);
    let _ = input.set_selection_range(0, end);
}

/// A key was pressed; whether it was in such a field.
pub(super) fn typed(context: &Context, event: &KeyboardEvent) -> bool {
    let Some(field) = event.target().and_then(as_field) else { return false };
    match event.key().as_str() {
        // The Enter that ends the choice of a letter in an input method is not meant for the field.
        "Enter" if !event.is_composing() => end(context, &field, true),
        "Escape" => end(context, &field, false),
        _ => return true,
    }
    // Nothing of the host's around it ends as well.
    event.prevent_default();
    event.stop_propagation();
    true
}

/// The focus has left something in the list.
pub(super) fn left(context: &Context, event: &Event) {
    if let Some(field) = event.target().and_then(as_field) {
        end(context, &field, true);
    }
}

fn as_field<T: JsCast>(element: T) -> Option<HtmlInputElement> {
    element.dyn_into().ok().filter(|input: &HtmlInputElement| input.class_name() == "caf-rename")
}

fn end(context: &Context, field: &HtmlInputElement, is_taken: bool) {
    // Taking the field away makes it lose the focus, which would end it once more.
    field.set_class_name("");
    let Some(id) = row_of(field) else { return };
    keep_near(context, id);
    context.row(id).find(".caf-name").show(true);
    field.remove();
    if is_taken {
        context.runner.rename(id, field.value());
    }
}
