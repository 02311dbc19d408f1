//! `cargo xtask test`: all set-up, then every test, and at the end one line with the sums.

use anyhow::Result;
use clap::ValueEnum;

use crate::counts::Counts;
use crate::ready::Ready;
use crate::suite::Suite;
use crate::{runner, size, step, trunk};

/// Runs the given suites, or all; true when every test passed and there were any.
pub(crate) fn test(chosen: &[Suite]) -> bool {
    let suites = match chosen {
        [] => Suite::value_variants(),
        chosen => chosen,
    };
    let ready = Ready::set_up(suites);
    let mut sums = Vec::new();
    let crates: Vec<&str> = suites.iter().filter_map(|suite| suite.package()).collect();
    if !crates.is_empty() {
        sums.push(("rust".to_owned(), outcome(runner::cargo_tests(&crates))));
    }
    for suite in suites.iter().filter(|suite| suite.package().is_none()) {
        println!();
        step::say("suite", suite.name());
        let counts = match suite {
            Suite::Www => trunk::test(&ready) + outcome(runner::node_tests(*suite, &ready, &[])),
            Suite::Packaging => outcome(runner::node_tests(*suite, &ready, &[])) + budget(&ready),
            other => outcome(runner::node_tests(*other, &ready, &[])),
        };
        sums.push((suite.name(), counts));
    }
    println!();
    for (name, counts) in &sums {
        step::say(name, format!("{} passed, {} failed", counts.passed, counts.failed));
    }
    let sum: Counts = sums.into_iter().map(|(_, counts)| counts).sum();
    println!("{} passed, {} failed", sum.passed, sum.failed);
    sum.failed == 0 && sum.passed > 0
}

/// A suite that could not run is a failure; the sentence says what would help.
fn outcome(result: Result<Counts>) -> Counts {
    result.unwrap_or_else(|error| {
        println!("could not run: {error:#}");
        Counts::BROKEN
    })
}

fn budget(ready: &Ready) -> Counts {
    if ready.package.is_err() {
        return Counts::BROKEN;
    }
    Counts::check("the element is within its size budget", size::within_budget())
}
