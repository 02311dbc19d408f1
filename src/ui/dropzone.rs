//! The drop zone: takes files only; text that someone drags is left to the host.

use std::cell::Cell;
use std::rc::Rc;

use leptos::ev::DragEvent;
use leptos::prelude::*;
use web_sys::DataTransfer;

use super::context::Context;
use super::erased::drag;
use crate::edge::files::Picked;

/// What the zone does with each kind of drag event, and whether something is over it.
pub(super) struct Dropzone {
    pub(super) is_over: RwSignal<bool>,
    pub(super) enter: Box<dyn FnMut(DragEvent)>,
    pub(super) over: Box<dyn FnMut(DragEvent)>,
    pub(super) leave: Box<dyn FnMut(DragEvent)>,
    pub(super) drop: Box<dyn FnMut(DragEvent)>,
}

/// A zone that hands dropped files to the widget.
pub(super) fn dropzone(context: Context) -> Dropzone {
    // Enter and leave fire for every child; the zone is left when as many have left as entered.
    let depth = Rc::new(Cell::new(0_u32));
    let is_over = RwSignal::new(false);
    let moved = move |change: fn(u32) -> u32| {
        depth.set(change(depth.get()));
        is_over.set(depth.get() > 0);
    };
    let (entered, left, dropped) = (moved.clone(), moved.clone(), moved);
    let has_resource = move || context.shown.panel.with_untracked(|panel| panel.has_resource);
    let takes = move |event: &DragEvent| -> Option<DataTransfer> {
        let data = event.data_transfer()?;
        if !data.types().includes(&"Files".into(), 0) {
            return None;
        }
        // Even where files cannot be taken: the browser would leave the host's page to show them.
        event.prevent_default();
        data.set_drop_effect(if has_resource() { "copy" } else { "none" });
        has_resource().then_some(data)
    };
    Dropzone {
        is_over,
        enter: drag(move |event| {
            if takes(&event).is_some() {
                entered(|depth| depth + 1);
            }
        }),
        over: drag(move |event| {
            takes(&event);
        }),
        leave: drag(move |event| {
            if takes(&event).is_some() {
                left(|depth| depth.saturating_sub(1));
            }
        }),
        drop: drag(move |event| {
            if let Some(data) = takes(&event) {
                dropped(|_| 0);
                context.pick(Picked::dropped(&data));
            }
        }),
    }
}
