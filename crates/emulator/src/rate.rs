//! Connect's throttle: one token bucket per operation, refilled by the driven clock.

use std::collections::HashMap;
use std::sync::Mutex;

use crate::clock::Millis;
use crate::world::lock;

struct Bucket {
    tokens: f64,
    filled_at: Millis,
}

/// Token buckets by operation name.
#[derive(Default)]
pub(crate) struct Rates {
    buckets: Mutex<HashMap<&'static str, Bucket>>,
}

impl Rates {
    /// Takes one token; `false` when the operation has none left.
    pub(crate) fn admit(
        &self,
        operation: &'static str,
        per_second: f64,
        burst: f64,
        now: Millis,
    ) -> bool {
        let mut buckets = lock(&self.buckets);
        let bucket = buckets.entry(operation).or_insert(Bucket { tokens: burst, filled_at: now });
        let elapsed = f64::from(i32::try_from(now - bucket.filled_at).unwrap_or(i32::MAX)) / 1000.0;
        bucket.tokens = (bucket.tokens + elapsed.max(0.0) * per_second).min(burst);
        bucket.filled_at = now;
        if bucket.tokens < 1.0 {
            return false;
        }
        bucket.tokens -= 1.0;
        true
    }

    pub(crate) fn clear(&self) {
        lock(&self.buckets).clear();
    }
}
