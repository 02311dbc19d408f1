//! Random histories of users, networks, clocks and services, each from one seed.
//!
//! `HISTORIES=n` runs that many, `SEED=n` begins at that seed; with `SEED` alone one history is run
//! and its trace printed.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "tests may panic"
)]

mod sim;

use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::thread;
use std::time::Instant;

const HISTORIES: u64 = 2_000;

fn setting(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|text| text.parse().expect("a number"))
}

/// The first seed of `from..from + many` that breaks a promise, with the number of steps taken.
fn search(from: u64, many: u64) -> (Option<u64>, usize) {
    let (next, found, steps) =
        (AtomicU64::new(from), AtomicU64::new(u64::MAX), AtomicUsize::new(0));
    let workers = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                loop {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed >= from.saturating_add(many).min(found.load(Ordering::Relaxed)) {
                        return;
                    }
                    let history = sim::run(seed, false);
                    steps.fetch_add(history.steps, Ordering::Relaxed);
                    if history.broken.is_some() {
                        found.fetch_min(seed, Ordering::Relaxed);
                    }
                }
            });
        }
    });
    let found = found.into_inner();
    ((found != u64::MAX).then_some(found), steps.into_inner())
}

#[test]
fn every_history_keeps_every_promise() {
    let seed = setting("SEED");
    let many = setting("HISTORIES").unwrap_or(if seed.is_some() { 1 } else { HISTORIES });
    let from = seed.unwrap_or(0);
    let began = Instant::now();
    let (broken, steps) = search(from, many);
    println!("{many} histories, {steps} steps, {:.1} s", began.elapsed().as_secs_f64());
    let shown = broken.or(seed.filter(|_| many == 1));
    let Some(shown) = shown else { return };
    let history = sim::run(shown, true);
    let tail = if seed.is_some() { 0 } else { history.trace.len().saturating_sub(120) };
    for line in &history.trace[tail..] {
        println!("{line}");
    }
    if let Some(broken) = history.broken {
        panic!("SEED={shown}: {broken}");
    }
}

#[test]
fn a_seed_replays_to_the_same_trace() {
    for seed in 0..20 {
        let (one, two) = (sim::run(seed, true), sim::run(seed, true));
        assert!(one.trace.len() > 10, "seed {seed} hardly lived");
        assert_eq!(one.trace, two.trace, "seed {seed}");
    }
}
