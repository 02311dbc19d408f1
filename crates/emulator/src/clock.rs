//! The driven clock: real time plus an offset that only tests move.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use time::OffsetDateTime;
use time::format_description::StaticFormatDescription;
use time::macros::format_description;
use tokio::sync::watch;

const ISO: StaticFormatDescription =
    format_description!("[year]-[month]-[day]T[hour]:[minute]:[second].[subsecond digits:3]Z");
const ISO_SECONDS: StaticFormatDescription =
    format_description!("[year]-[month]-[day]T[hour]:[minute]:[second]Z");
const AMZ: StaticFormatDescription =
    format_description!("[year][month][day]T[hour][minute][second]Z");
const DAY: StaticFormatDescription = format_description!("[year]/[month]/[day]");

/// Milliseconds since the Unix epoch.
pub(crate) type Millis = i64;

/// Real time plus an offset. Scanner, URL expiry, rate buckets and every wait of the emulator read it, so that
/// moving it also wakes what is asleep.
pub(crate) struct Clock {
    offset: watch::Sender<Millis>,
}

impl Clock {
    pub(crate) fn new() -> Self {
        Self { offset: watch::Sender::new(0) }
    }

    /// Now, as the emulated services see it.
    pub(crate) fn now(&self) -> Millis {
        real_now().saturating_add(*self.offset.borrow())
    }

    /// Moves the clock forward (or back, when negative) and wakes every sleeper to look again.
    pub(crate) fn advance(&self, by: Millis) {
        self.offset.send_modify(|offset| *offset = offset.saturating_add(by));
    }

    /// Back to real time.
    pub(crate) fn reset(&self) {
        self.offset.send_replace(0);
    }

    /// Returns once this clock has reached `until`.
    pub(crate) async fn sleep_until(&self, until: Millis) {
        let mut moved = self.offset.subscribe();
        loop {
            let left = until.saturating_sub(self.now());
            let Ok(left) = u64::try_from(left) else {
                return;
            };
            if left == 0 {
                return;
            }
            tokio::select! {
                () = tokio::time::sleep(Duration::from_millis(left)) => {}
                _ = moved.changed() => {}
            }
        }
    }

    /// Returns after `ms` on this clock.
    pub(crate) async fn sleep(&self, ms: u64) {
        let until = self.now().saturating_add(Millis::try_from(ms).unwrap_or(Millis::MAX));
        self.sleep_until(until).await;
    }
}

/// The machine's own time: what SDKs and gateways sign with.
pub(crate) fn real_now() -> Millis {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .ok()
        .and_then(|d| Millis::try_from(d.as_millis()).ok())
        .unwrap_or(0)
}

pub(crate) fn system_time(at: Millis) -> SystemTime {
    UNIX_EPOCH + Duration::from_millis(u64::try_from(at).unwrap_or(0))
}

fn format(at: Millis, as_what: StaticFormatDescription) -> String {
    OffsetDateTime::from_unix_timestamp_nanos(i128::from(at) * 1_000_000)
        .unwrap_or(OffsetDateTime::UNIX_EPOCH)
        .format(as_what)
        .unwrap_or_default()
}

/// `2024-05-03T02:41:28.172Z`, Connect's form of times.
pub(crate) fn iso(at: Millis) -> String {
    format(at, ISO)
}

/// `2024-05-03T02:41:28Z`, S3's form of times in error bodies.
pub(crate) fn iso_seconds(at: Millis) -> String {
    format(at, ISO_SECONDS)
}

/// `20240503T024128Z`, SigV4's form.
pub(crate) fn amz(at: Millis) -> String {
    format(at, AMZ)
}

/// `2024/05/03`, the dated part of object keys.
pub(crate) fn day_path(at: Millis) -> String {
    format(at, DAY)
}

/// Reads SigV4's `20240503T024128Z`; `None` when it is anything else.
pub(crate) fn parse_amz(text: &str) -> Option<Millis> {
    let parsed = time::PrimitiveDateTime::parse(text, AMZ).ok()?;
    Some(parsed.assume_utc().unix_timestamp() * 1000)
}

/// The value of a `Date` header.
pub(crate) fn http_date(at: Millis) -> String {
    httpdate::fmt_http_date(system_time(at))
}
