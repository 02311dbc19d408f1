//! Time as the engine sees it: readings that arrive with events, never a clock of its own.

/// Two readings taken at the same moment.
///
/// A monotonic clock may stand still while a machine sleeps, and a wall clock may be set by hand, so
/// neither alone can tell the age of a pre-signed URL.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Now {
    /// Milliseconds of a monotonic clock (`performance.now()` in a browser).
    pub mono_ms: u64,
    /// Milliseconds since the Unix epoch by the machine's wall clock.
    pub wall_ms: u64,
}

impl Now {
    /// The age of `earlier` in milliseconds: the larger of both clocks' differences.
    #[must_use]
    pub fn age_of(self, earlier: Now) -> u64 {
        self.steady_age_of(earlier).max(self.wall_ms.saturating_sub(earlier.wall_ms))
    }

    /// A reading from which nothing looks younger than from either, whichever clock was set meanwhile.
    #[must_use]
    pub fn earliest(self, other: Now) -> Now {
        Self { mono_ms: self.mono_ms.min(other.mono_ms), wall_ms: self.wall_ms.min(other.wall_ms) }
    }

    /// The age of `earlier` in milliseconds by the monotonic clock alone.
    ///
    /// For rules that punish a running transfer (stall), where a corrected wall clock must do no harm.
    #[must_use]
    pub fn steady_age_of(self, earlier: Now) -> u64 {
        self.mono_ms.saturating_sub(earlier.mono_ms)
    }
}

/// A moment in the future: so many milliseconds after a reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    from: Now,
    after_ms: u64,
}

impl Due {
    /// Due `after_ms` milliseconds after `from`.
    #[must_use]
    pub fn after(from: Now, after_ms: u64) -> Self {
        Self { from, after_ms }
    }

    /// Milliseconds left, 0 when due. A sleep of the machine counts as time passed.
    #[must_use]
    pub fn left(self, now: Now) -> u64 {
        self.after_ms.saturating_sub(now.age_of(self.from))
    }

    /// Whether the moment has come.
    #[must_use]
    pub fn is_past(self, now: Now) -> bool {
        self.left(now) == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sleep_ages_a_url_though_the_monotonic_clock_stood_still() {
        let issued = Now { mono_ms: 1_000, wall_ms: 50_000 };
        let woken = Now { mono_ms: 1_500, wall_ms: 450_000 };
        assert_eq!(woken.age_of(issued), 400_000);
        assert_eq!(woken.steady_age_of(issued), 500);
    }

    #[test]
    fn what_was_asked_before_and_after_the_wall_clock_was_set_back_is_as_old_as_either_says() {
        let before = Now { mono_ms: 1_000, wall_ms: 900_000 };
        let after = Now { mono_ms: 2_000, wall_ms: 100_000 };
        let woken = Now { mono_ms: 3_000, wall_ms: 700_000 };
        let asked = before.earliest(after);
        assert_eq!(asked, after.earliest(before));
        assert_eq!(woken.age_of(asked), 600_000);
        assert_eq!(woken.steady_age_of(asked), 2_000);
    }

    #[test]
    fn a_wall_clock_set_back_makes_nothing_younger_than_the_monotonic_clock_says() {
        let issued = Now { mono_ms: 0, wall_ms: 900_000 };
        let later = Now { mono_ms: 7_000, wall_ms: 100 };
        assert_eq!(later.age_of(issued), 7_000);
        assert!(Due::after(issued, 7_000).is_past(later));
        assert_eq!(Due::after(issued, 9_000).left(later), 2_000);
    }
}
