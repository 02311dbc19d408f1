//! How many tests passed and failed, read from what the test runners say.

use std::iter::Sum;
use std::ops::Add;

use serde_json::Value;

/// Tests that passed and failed; skipped ones are neither.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub(crate) struct Counts {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
}

impl Counts {
    /// One thing that could not be done at all.
    pub(crate) const BROKEN: Self = Self { passed: 0, failed: 1 };

    /// Counts a check of our own and says how it went.
    pub(crate) fn check(name: &str, result: anyhow::Result<()>) -> Self {
        match result {
            Ok(()) => {
                println!("ok      {name}");
                Self { passed: 1, failed: 0 }
            }
            Err(error) => {
                println!("FAILED  {name}: {error:#}");
                Self::BROKEN
            }
        }
    }

    /// Takes the runner's exit into account: a runner that failed without a failed test (it did not
    /// compile, it crashed) and one that ran nothing count as one failure.
    pub(crate) fn with_exit(self, success: bool) -> Self {
        let silent = self.failed == 0 && (!success || self.passed == 0);
        if silent { self + Self::BROKEN } else { self }
    }
}

impl Add for Counts {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { passed: self.passed + other.passed, failed: self.failed + other.failed }
    }
}

impl Sum for Counts {
    fn sum<I: Iterator<Item = Self>>(counts: I) -> Self {
        counts.fold(Self::default(), Self::add)
    }
}

/// A line of `cargo test`: `test result: ok. 12 passed; 0 failed; …`.
pub(crate) fn libtest(line: &str) -> Option<Counts> {
    let (_, rest) = line.trim().strip_prefix("test result: ")?.split_once(". ")?;
    let mut parts = rest.split("; ");
    let passed = parts.next()?.strip_suffix(" passed")?.parse().ok()?;
    let failed = parts.next()?.strip_suffix(" failed")?.parse().ok()?;
    Some(Counts { passed, failed })
}

/// The end of a TAP report by `node --test`: `# pass 12`, `# fail 0`, `# cancelled 0`.
pub(crate) fn tap(report: &str) -> Counts {
    let number = |name: &str| {
        let mut lines = report.lines().rev();
        let value =
            lines.find_map(|line| line.strip_prefix("# ")?.strip_prefix(name)?.strip_prefix(' '));
        value.and_then(|value| value.trim().parse().ok()).unwrap_or(0)
    };
    Counts { passed: number("pass"), failed: number("fail") + number("cancelled") }
}

/// Playwright's JSON report. A flaky test failed once: with no retries there are none.
pub(crate) fn playwright(report: &str) -> Counts {
    let Ok(report) = serde_json::from_str::<Value>(report) else {
        return Counts::BROKEN;
    };
    let number =
        |name: &str| report.pointer(&format!("/stats/{name}")).and_then(Value::as_u64).unwrap_or(0);
    let errors =
        report.get("errors").and_then(Value::as_array).map_or(0, |errors| errors.len() as u64);
    Counts { passed: number("expected"), failed: number("unexpected") + number("flaky") + errors }
}

#[cfg(test)]
#[path = "counts_tests.rs"]
mod tests;
