//! Honest progress: bytes of one attempt, a smoothed speed, the time left.

use crate::clock::Now;

/// How much of the past the smoothed speed remembers: a reading that took as long as this counts as
/// much as all before it.
const MEMORY_MS: f64 = 2_000.0;
/// Speed is meaningless before this much time has passed, in milliseconds.
const WARM_UP_MS: u64 = 500;

/// Progress of one PUT attempt. Never falls, never exceeds the file.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Progress {
    total: u64,
    sent: u64,
    began: Now,
    last: Now,
    /// Bytes sent by then: several reports may come in one millisecond.
    sent_by_last: u64,
    bytes_per_ms: Option<f64>,
}

impl Progress {
    /// No byte sent of `total`.
    #[must_use]
    pub fn new(total: u64, now: Now) -> Self {
        Self { total, sent: 0, began: now, last: now, sent_by_last: 0, bytes_per_ms: None }
    }

    /// The browser reports `loaded` bytes in all. Whether that is more than before.
    pub fn advance(&mut self, loaded: u64, now: Now) -> bool {
        let loaded = loaded.min(self.total);
        if loaded <= self.sent {
            return false;
        }
        let elapsed = now.steady_age_of(self.last);
        if elapsed > 0 {
            #[expect(clippy::cast_precision_loss, reason = "sizes and times stay far below 2^53")]
            let (bytes, elapsed) = ((loaded - self.sent_by_last) as f64, elapsed as f64);
            let fresh = bytes / elapsed;
            let keep = MEMORY_MS / (MEMORY_MS + elapsed);
            self.bytes_per_ms =
                Some(self.bytes_per_ms.map_or(fresh, |old| old * keep + fresh * (1.0 - keep)));
            self.last = now;
            self.sent_by_last = loaded;
        }
        self.sent = loaded;
        true
    }

    /// Bytes sent in this attempt.
    #[must_use]
    pub fn sent(&self) -> u64 {
        self.sent
    }

    /// Bytes of the file.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.total
    }

    /// Whether the browser has reported the last byte.
    #[must_use]
    pub fn is_all_sent(&self) -> bool {
        self.sent >= self.total
    }

    /// Whole per cent, at most 99: the last one belongs to S3's answer.
    #[must_use]
    pub fn percent(&self) -> u8 {
        if self.total == 0 {
            return 0;
        }
        let percent = self.sent.saturating_mul(100) / self.total;
        u8::try_from(percent.min(99)).unwrap_or(99)
    }

    /// Smoothed speed in bytes a second, once there is something to say.
    #[must_use]
    pub fn bytes_per_second(&self) -> Option<u64> {
        if self.last.steady_age_of(self.began) < WARM_UP_MS {
            return None;
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a speed is positive and far below 2^53"
        )]
        self.bytes_per_ms.map(|speed| (speed * 1_000.0) as u64)
    }

    /// Seconds left at that speed.
    #[must_use]
    pub fn seconds_left(&self) -> Option<u64> {
        self.seconds_for(self.total - self.sent)
    }

    /// Seconds that so many bytes take at that speed.
    pub(crate) fn seconds_for(&self, bytes: u64) -> Option<u64> {
        let speed = self.bytes_per_second().filter(|&speed| speed > 0)?;
        Some(bytes.div_ceil(speed))
    }

    /// Milliseconds since bytes last moved.
    pub(crate) fn idle_ms(&self, now: Now) -> u64 {
        now.steady_age_of(self.last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(ms: u64) -> Now {
        Now { mono_ms: ms, wall_ms: ms }
    }

    #[test]
    fn reports_beyond_the_file_or_backwards_change_nothing() {
        let mut progress = Progress::new(100, at(0));
        assert!(progress.advance(60, at(10)));
        assert!(!progress.advance(40, at(20)));
        assert!(progress.advance(900, at(30)));
        assert_eq!((progress.sent(), progress.percent()), (100, 99));
    }

    #[test]
    fn a_steady_speed_is_told_as_it_is() {
        let mut progress = Progress::new(100_000, at(0));
        for step in 1..=20_u64 {
            progress.advance(step * 1_000, at(step * 100));
        }
        assert_eq!(progress.bytes_per_second(), Some(10_000));
        assert_eq!(progress.seconds_left(), Some(8));
    }

    #[test]
    fn what_came_in_the_same_millisecond_was_left_out_of_the_speed() {
        let mut progress = Progress::new(100_000, at(0));
        progress.advance(1_000, at(100));
        for step in 2..=20_u64 {
            progress.advance(step * 1_000 - 500, at(step * 100 - 50));
            progress.advance(step * 1_000 - 100, at(step * 100));
            progress.advance(step * 1_000, at(step * 100));
        }
        let speed = progress.bytes_per_second().unwrap_or_default();
        assert!((9_900..=10_100).contains(&speed), "{speed}");
    }

    #[test]
    fn nothing_is_said_before_there_is_something_to_say() {
        let mut progress = Progress::new(100_000, at(0));
        progress.advance(5_000, at(100));
        assert_eq!(progress.seconds_left(), None);
    }
}
