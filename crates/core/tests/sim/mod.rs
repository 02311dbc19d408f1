//! A deterministic simulator: a model of the world around the engine, driven by one seed.
//!
//! `plan` draws what kind of world it is, `world` is time and the loop that stands for the runner,
//! `connect` and `storage` are the services, `fate` what goes wrong, `user` what people do, `reload` a page that goes away. After
//! every step `ledger` holds the engine to its promises, those about what it sends in `requests`, those
//! about its rows in `rows`, those about what people asked for in `wishes`; `finish` says what must hold in the end.

/// Ends a check with what was broken.
macro_rules! promise {
    ($holds:expr, $($text:tt)*) => {
        if !$holds {
            return Err(format!($($text)*));
        }
    };
}

mod connect;
mod fate;
mod finish;
mod label;
mod ledger;
mod many;
mod plan;
mod reload;
mod requests;
mod rng;
mod rows;
mod storage;
mod user;
mod wishes;
mod world;

use std::panic::{AssertUnwindSafe, catch_unwind};

pub(crate) use many::run_many;
use world::{Broken, World};

/// How a history went.
pub(crate) struct History {
    pub(crate) steps: usize,
    pub(crate) broken: Option<Broken>,
    pub(crate) trace: Vec<String>,
}

/// Runs the history of one seed. The trace is kept when asked for; a panic counts as a broken promise.
pub(crate) fn run(seed: u64, keep_trace: bool) -> History {
    let mut trace = Vec::new();
    let told = catch_unwind(AssertUnwindSafe(|| {
        let mut world = World::new(seed, keep_trace.then_some(&mut trace));
        let result = live(&mut world);
        (world.steps, result.err())
    }));
    let (steps, broken) = told.unwrap_or_else(|panic| {
        let text = panic
            .downcast_ref::<String>()
            .cloned()
            .or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()));
        (0, Some(format!("panic: {}", text.unwrap_or_default())))
    });
    History { steps, broken, trace }
}

fn live(world: &mut World<'_>) -> Result<(), Broken> {
    world.begin()?;
    while world.user.left > 0 && world.advance()? {}
    world.finish()
}
