//! The drop zone: takes files only; text that someone drags is left to the host.

use std::cell::Cell;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{DataTransfer, DragEvent, Event};

use super::bind::Part;
use super::context::Context;
use crate::config::Mode;
use crate::edge::files::{Source, take_drop};

/// Brings the zone to life.
pub(super) fn dropzone(context: &Context) {
    let zone = context.panel.find(".caf-dropzone");
    // Enter and leave fire for every child; the zone is left when as many have left as entered.
    let depth = Rc::new(Cell::new(0_i32));
    for (kind, step) in [("dragenter", 1), ("dragover", 0), ("dragleave", -1), ("drop", i32::MIN)] {
        let (dragged, over, depth) = (context.clone(), zone.clone(), Rc::clone(&depth));
        context.on(&zone, kind, move |event| {
            let Some(data) = files(&event) else { return };
            // Even where files cannot be taken: the browser would leave the host's page to show them.
            event.prevent_default();
            let is_taken = takes(&dragged);
            data.set_drop_effect(if is_taken { "copy" } else { "none" });
            depth.set(depth.get().saturating_add(step).max(0));
            let state = match (depth.get(), is_taken) {
                (0, _) => "false",
                (_, true) => "true",
                (_, false) => "refused",
            };
            show_over(&over, state);
            if step == i32::MIN && is_taken {
                // Opening folders takes a while, in which the host may move on.
                let (runner, resource) = (dragged.runner.clone(), dragged.runner.resource());
                take_drop(&data, dragged.runner.extras(), move |picked| {
                    runner.add_to(resource, picked, Source::Drop);
                });
            }
        });
    }
}

fn show_over(zone: &Part, state: &str) {
    zone.attribute("data-over", state);
}

/// Whether there is a case, and someone may attach to it.
pub(super) fn takes(context: &Context) -> bool {
    context.shown.peek(|panel| panel.has_resource)
        && context.mode.peek(|mode| *mode == Mode::Normal)
}

/// What is dragged, if it is files.
fn files(event: &Event) -> Option<DataTransfer> {
    let data = event.dyn_ref::<DragEvent>()?.data_transfer()?;
    data.types().includes(&"Files".into(), 0).then_some(data)
}
