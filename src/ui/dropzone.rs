//! The drop zone: takes files only; text that someone drags is left to the host.

use std::cell::Cell;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{DataTransfer, DragEvent, Event};

use super::bind::Part;
use super::context::Context;
use crate::edge::files::Picked;

/// Brings the zone to life.
pub(super) fn dropzone(context: Context, panel: &Part) {
    let zone = panel.find(".caf-dropzone");
    // Enter and leave fire for every child; the zone is left when as many have left as entered.
    let depth = Rc::new(Cell::new(0_u32));
    let moved = {
        let zone = zone.clone();
        move |change: fn(u32) -> u32| {
            depth.set(change(depth.get()));
            zone.attribute("data-over", if depth.get() > 0 { "true" } else { "false" });
        }
    };
    let (entered, left, dropped) = (moved.clone(), moved.clone(), moved);
    zone.on("dragenter", move |event| {
        if taken(context, &event).is_some() {
            entered(|depth| depth + 1);
        }
    });
    zone.on("dragover", move |event| {
        taken(context, &event);
    });
    zone.on("dragleave", move |event| {
        if taken(context, &event).is_some() {
            left(|depth| depth.saturating_sub(1));
        }
    });
    zone.on("drop", move |event| {
        if let Some(data) = taken(context, &event) {
            dropped(|_| 0);
            context.pick(Picked::dropped(&data));
        }
    });
}

/// What is dragged, if it is files and there is a case to take them.
fn taken(context: Context, event: &Event) -> Option<DataTransfer> {
    let data = event.dyn_ref::<DragEvent>()?.data_transfer()?;
    if !data.types().includes(&"Files".into(), 0) {
        return None;
    }
    // Even where files cannot be taken: the browser would leave the host's page to show them.
    event.prevent_default();
    let takes = context.shown.peek(|panel| panel.has_resource);
    data.set_drop_effect(if takes { "copy" } else { "none" });
    takes.then_some(data)
}
