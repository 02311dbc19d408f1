//! Dropping and pasting.

use super::bind::Tie;
use super::context::Context;
use crate::config::Mode;
use crate::edge::intake::intake as watch;

/// Brings both to life.
pub(super) fn intake(context: &Context) {
    let (asked, taker) = (context.clone(), context.clone());
    let watch = watch(
        context.panel.element(),
        move || takes(&asked),
        move |source, dropped| {
            // Opening folders takes a while, in which the host may move on.
            let (runner, resource) = (taker.runner.clone(), taker.runner.resource());
            dropped.unfold(taker.runner.extras(), move |picked| {
                runner.add_to(resource, picked, source);
            });
        },
    );
    context.tie(Tie::Watch(watch));
}

/// Whether there is a case, and someone may attach to it.
fn takes(context: &Context) -> bool {
    context.shown.peek(|panel| panel.has_resource)
        && context.mode.peek(|mode| *mode == Mode::Normal)
}
