//! Retry as data and pure functions: how often, how long, and after what pause.

use crate::call::CallError;
use crate::clock::{Due, Now};
use crate::dice::Dice;
use crate::error::Code;
use crate::phase::Step;

/// Full jitter: a pause is a random number between 0 and a ceiling that doubles from try to try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Policy {
    /// Ceiling of the first pause, in milliseconds.
    pub base_ms: u64,
    /// Ceiling of every pause, in milliseconds.
    pub cap_ms: u64,
    /// Repeats allowed.
    pub max_repeats: u32,
    /// Further ones, each after half the cap at least: what comes back within a minute, such as a
    /// restarted backend or a tunnel, is waited for.
    pub patient_repeats: u32,
    /// Time allowed from the first failure on, in milliseconds; a sleep does not count.
    pub max_elapsed_ms: u64,
}

/// For start, PUT, complete and delete.
pub const STEP: Policy = Policy {
    base_ms: 500,
    cap_ms: 20_000,
    max_repeats: 6,
    patient_repeats: 7,
    max_elapsed_ms: 300_000,
};

/// For PUTs to a bucket that has never answered: most likely it never will, and that is worth saying.
pub const STRANGER: Policy = Policy { patient_repeats: 0, ..STEP };

/// For limits, listings and downloads, which can be asked for again at any time.
pub const BACKGROUND: Policy =
    Policy { base_ms: 1_000, max_repeats: 4, patient_repeats: 0, max_elapsed_ms: 120_000, ..STEP };

/// For deleting records nobody wants any more. No person waits, so only the count ends it.
pub const CLEANUP: Policy = Policy { base_ms: 1_000, max_elapsed_ms: u64::MAX, ..STEP };

/// An attempt that moved at least this many bytes starts the count anew.
pub const REAL_PROGRESS_BYTES: u64 = 256 * 1_024;

impl Policy {
    /// Ceiling of the pause before repeat number `repeat` (from 0), in milliseconds.
    #[must_use]
    pub fn ceiling(&self, repeat: u32) -> u64 {
        let factor = 1_u64.checked_shl(repeat).unwrap_or(u64::MAX);
        self.base_ms.saturating_mul(factor).min(self.cap_ms)
    }
}

/// Answers of 429 that one step takes before giving up. They do not count as repeats, since the
/// operation's gate spaces them, but nothing may go on for ever.
const MAX_THROTTLES: u32 = 60;

/// How often one step has failed in a row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tries {
    repeats: u32,
    throttles: u32,
    first_failure: Option<Now>,
    /// Whether the caller was turned away once already.
    denied: bool,
}

impl Tries {
    /// Notes a failure. The pause before the next try in milliseconds, or `None` when the budget of
    /// `policy` is used up. A `Retry-After` of the service wins over the drawn pause.
    pub fn failed(
        &mut self,
        policy: &Policy,
        now: Now,
        retry_after_ms: Option<u64>,
        dice: &mut Dice,
    ) -> Option<u64> {
        let first = *self.first_failure.get_or_insert(now);
        let most = policy.max_repeats + policy.patient_repeats;
        if self.repeats >= most || now.steady_age_of(first) >= policy.max_elapsed_ms {
            return None;
        }
        let pause = retry_after_ms.unwrap_or_else(|| {
            let ceiling = policy.ceiling(self.repeats);
            let least = if self.repeats < policy.max_repeats { 0 } else { ceiling / 2 };
            least + dice.up_to(ceiling - least)
        });
        self.repeats += 1;
        Some(pause)
    }

    /// The step after a failed call: again at once when something else holds it back (throttle, no
    /// network), again after a pause when the cause may pass, `None` when it is to fail.
    pub fn after(
        &mut self,
        policy: &Policy,
        error: &CallError,
        online: bool,
        now: Now,
        dice: &mut Dice,
    ) -> Option<Step> {
        let retry_after_ms = match error {
            CallError::Refused(refused) if refused.code == Code::Throttled => {
                self.throttles += 1;
                return (self.throttles <= MAX_THROTTLES).then_some(Step::Ready);
            }
            // A sign-in that has run out: the edge asks the host for headers at each call, so the same
            // call is sent once more at once. A second 401 stands.
            CallError::Refused(refused) if refused.code == Code::Unauthenticated => {
                return (!std::mem::replace(&mut self.denied, true)).then_some(Step::Ready);
            }
            CallError::Refused(refused) => refused.retry_after_ms,
            CallError::NoAnswer if !online => return Some(Step::Ready),
            CallError::NoAnswer | CallError::Unreadable { .. } => None,
        };
        if !error.is_passing() {
            return None;
        }
        let pause = self.failed(policy, now, retry_after_ms, dice)?;
        Some(Step::Backoff(Due::after(now, pause)))
    }

    /// How many repeats have been granted since the last success.
    #[must_use]
    pub fn repeats(&self) -> u32 {
        self.repeats
    }

    /// Starts the time of the budget anew, but not its count.
    pub(crate) fn forgive(&mut self) {
        self.first_failure = None;
    }

    /// Starts the count anew, after real progress.
    pub fn reset(&mut self) {
        *self = Self::default();
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests may panic")]
mod tests {
    use super::*;

    #[test]
    fn ceilings_double_up_to_the_cap() {
        let ceilings: Vec<u64> = (0..8).map(|n| STEP.ceiling(n)).collect();
        assert_eq!(ceilings, [500, 1_000, 2_000, 4_000, 8_000, 16_000, 20_000, 20_000]);
        assert_eq!(STEP.ceiling(200), 20_000);
    }

    #[test]
    fn the_budget_ends_by_count() {
        let (mut tries, mut dice, now) = (Tries::default(), Dice::new([1, 1]), Now::default());
        for _ in 0..STEP.max_repeats {
            assert!(tries.failed(&STEP, now, None, &mut dice).is_some());
        }
        assert_eq!(tries.failed(&STRANGER, now, None, &mut dice), None);
        for _ in 0..STEP.patient_repeats {
            let pause = tries.failed(&STEP, now, None, &mut dice).unwrap();
            assert!((STEP.cap_ms / 2..=STEP.cap_ms).contains(&pause));
        }
        assert_eq!(tries.failed(&STEP, now, None, &mut dice), None);
        tries.reset();
        assert!(tries.failed(&STEP, now, None, &mut dice).is_some());
    }

    #[test]
    fn the_budget_ends_by_time() {
        let (mut tries, mut dice) = (Tries::default(), Dice::new([1, 1]));
        let late = Now { mono_ms: STEP.max_elapsed_ms, wall_ms: 0 };
        assert!(tries.failed(&STEP, Now::default(), None, &mut dice).is_some());
        assert_eq!(tries.failed(&STEP, late, None, &mut dice), None);
    }

    #[test]
    fn retry_after_wins_over_the_drawn_pause() {
        let (mut tries, mut dice) = (Tries::default(), Dice::new([1, 1]));
        assert_eq!(tries.failed(&STEP, Now::default(), Some(7_000), &mut dice), Some(7_000));
    }

    proptest::proptest! {
        #[test]
        fn every_pause_lies_below_its_ceiling(seed: [u64; 2], repeat in 0_u32..40) {
            let mut dice = Dice::new(seed);
            let pause = dice.up_to(STEP.ceiling(repeat));
            proptest::prop_assert!(pause <= STEP.ceiling(repeat));
        }
    }
}
