//! What clicks and keys on rows do.

use connect_attached_files_core::item::ItemId;

use super::action::{Action, Place};
use super::bind::{Part, Tie};
use super::context::Context;
use crate::edge::keys::rows;

/// Brings rows to life.
pub(super) fn keys(context: &Context, list: &Part) {
    let (actor, walker) = (context.clone(), context.clone());
    let watch = rows(
        list.element(),
        move |row, what| act(&actor, row, what).is_some(),
        move |steps| walk(&walker, steps).is_some(),
    );
    context.tie(Tie::Watch(watch));
}

/// Does what a button says, by its place; what is no place renames.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a row's number comes back as it went out, and a place is small"
)]
fn act(context: &Context, row: f64, what: f64) -> Option<()> {
    let view = context.runner.item(ItemId(row as u64))?;
    let action = match Place::ALL.get(what as usize) {
        Some(place) => place.action(context, &view),
        None => Place::Aside.action(context, &view).filter(|action| *action == Action::Rename),
    };
    action?.run(context, &view);
    Some(())
}

/// Moves the focus by so many rows.
#[expect(clippy::cast_possible_truncation, reason = "whole and small")]
fn walk(context: &Context, steps: f64) -> Option<()> {
    let list = context.list.borrow().clone()?;
    // Fails only for what cannot be focused.
    list.reveal(list.away(steps as isize)?)?.focus().ok()
}
