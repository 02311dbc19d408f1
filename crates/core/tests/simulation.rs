//! Random histories of users, networks, clocks and services, each from one seed. As many as asked:
//! `cargo xtask simulate`.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "tests may panic"
)]

mod sim;

#[test]
fn every_history_keeps_every_promise() {
    assert_eq!(sim::run_many(0, 2_000), 0, "a promise was broken");
}

#[test]
fn a_seed_replays_to_the_same_trace() {
    for seed in 0..20 {
        let (one, two) = (sim::run(seed, true), sim::run(seed, true));
        assert!(one.trace.len() > 10, "seed {seed} hardly lived");
        assert_eq!(one.trace, two.trace, "seed {seed}");
    }
}
