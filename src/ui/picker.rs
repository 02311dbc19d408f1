//! The file picker: the browser's own input is the control, the button only its face.

use connect_attached_files_core::limits::Limits;
use connect_attached_files_core::text::Text;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use super::bind::Part;
use super::context::Context;
use crate::config::Mode;
use crate::edge::files::{Picked, Source};

/// Brings both to life.
pub(super) fn picker(context: &Context) {
    let (panel, words) = (&context.panel, &context.words);
    panel.find(".caf-button-main").say(&words.get(Text::ChooseFiles));
    panel.find(".caf-button-folder").say(&words.get(Text::ChooseFolder));
    let inputs = [".caf-input", ".caf-folder", ".caf-again"].map(|class| panel.find(class));
    let takes: [fn(&Context, Vec<Picked>); 3] = [add, add, Context::replace];
    for (part, take) in inputs.iter().zip(takes) {
        part.attribute("aria-describedby", &context.ids.of("limits"));
        chosen(context, part, take);
    }
    let picks = panel.find(".caf-top");
    let followed = context.clone();
    context.each_time(move || {
        let (accept, has_resource) =
            followed.shown.with(|panel| (accept(&panel.limits), panel.has_resource));
        let mode = followed.mode.with(|mode| *mode);
        let capture = followed.capture.with(Clone::clone);
        picks.show(mode != Mode::ReadOnly);
        for part in &inputs {
            part.attribute("accept", &accept);
            let input: &HtmlInputElement = part.element().unchecked_ref();
            input.set_disabled(!has_resource || mode != Mode::Normal);
        }
        // No camera makes a folder.
        let [files, _, again] = &inputs;
        for part in [files, again] {
            if capture.is_empty() {
                // Fails for no attribute.
                let _ = part.element().remove_attribute("capture");
            } else {
                part.attribute("capture", &capture);
            }
        }
    });
}

fn add(context: &Context, picked: Vec<Picked>) {
    context.runner.add(picked, Source::Picker);
}

/// Hands over what is chosen in an input.
fn chosen(context: &Context, part: &Part, take: fn(&Context, Vec<Picked>)) {
    let input: HtmlInputElement = part.element().clone().unchecked_into();
    let picked = context.clone();
    context.on(part, "change", move || {
        let files = input.files().map(|files| Picked::list(&files)).unwrap_or_default();
        // Emptied, so that choosing the same file once more is a change again.
        input.set_value("");
        take(&picked, files);
    });
}

/// What the picker offers first. A person can still choose anything, so the rules are checked again.
fn accept(limits: &Limits) -> String {
    let mut list = String::new();
    for extension in &limits.extensions {
        list.push_str(if list.is_empty() { "." } else { ",." });
        list.push_str(extension);
    }
    list
}
