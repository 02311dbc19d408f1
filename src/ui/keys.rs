//! Clicks and keys on rows, listened to once for the whole list.
//!
//! | key | on a row or its buttons |
//! |---|---|
//! | up, down | to the next row |
//! | page up, page down | ten rows on |
//! | home, end | to the first or last row |
//! | Enter | on a row: what its main button does |
//! | Delete | what its last button does: delete, cancel, remove from the list |
//! | F2 | rename, where that is offered |

use wasm_bindgen::JsCast;
use web_sys::{Element, Event, KeyboardEvent};

use super::action::{Action, Place};
use super::bind::Part;
use super::context::Context;
use super::focus::row_of;
use super::rename::{left, typed};
use crate::model::ItemView;

/// Rows that page up and page down pass.
const PAGE: isize = 10;

/// Brings rows to life.
pub(super) fn keys(context: &Context, list: &Part) {
    let clicked = context.clone();
    context.on(list, "click", move |event| {
        click(&clicked, &event);
    });
    let pressed = context.clone();
    context.on(list, "keydown", move |event| {
        if let Some(event) = event.dyn_ref::<KeyboardEvent>()
            && !typed(&pressed, event)
            && press(&pressed, event).is_some()
        {
            event.prevent_default();
        }
    });
    let quit = context.clone();
    context.on(list, "focusout", move |event| left(&quit, &event));
}

/// A click on a button does what the button says.
fn click(context: &Context, event: &Event) -> Option<()> {
    let target: Element = event.target()?.dyn_into().ok()?;
    let button = target.closest("button").ok()??;
    let place = Place::ALL.into_iter().find(|place| button.matches(place.class()).unwrap_or(false));
    act(context, &target, &|context, view| place?.action(context, view))
}

fn press(context: &Context, event: &KeyboardEvent) -> Option<()> {
    if event.ctrl_key() || event.alt_key() || event.meta_key() || event.shift_key() {
        return None;
    }
    let target: Element = event.target()?.dyn_into().ok()?;
    let steps = match event.key().as_str() {
        "ArrowDown" => 1,
        "ArrowUp" => -1,
        "PageDown" => PAGE,
        "PageUp" => -PAGE,
        "Home" => isize::MIN,
        "End" => isize::MAX,
        // A button that has the focus does its own.
        "Enter" if target.tag_name() == "LI" => {
            return act(context, &target, &|context, view| Place::Forward.action(context, view));
        }
        "Delete" => {
            return act(context, &target, &|context, view| Place::Backward.action(context, view));
        }
        "F2" => {
            let rename = |action: &Action| *action == Action::Rename;
            return act(context, &target, &|context, view| {
                Place::Aside.action(context, view).filter(rename)
            });
        }
        _ => return None,
    };
    let list = context.list.borrow().clone()?;
    // Fails only for what cannot be focused.
    list.reveal(list.away(steps)?)?.focus().ok()
}

fn act(
    context: &Context,
    target: &Element,
    choose: &dyn Fn(&Context, &ItemView) -> Option<Action>,
) -> Option<()> {
    let view = context.runner.item(row_of(target)?)?;
    choose(context, &view)?.run(context, &view);
    Some(())
}
