//! What kind of world a history happens in. Where AWS leaves its behaviour open, both ways occur.

use connect_attached_files_core::duplicates::Duplicates;
use connect_attached_files_core::session::Config;

use super::rng::Rng;

/// What a repeated client token brings back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Replay {
    SameUrl,
    FreshUrl,
    NewFile,
}

/// What a second complete is answered with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Twice {
    Fine,
    Conflict,
    Invalid,
}

/// A fault that stays until everything is healed: retries must end all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stubborn {
    StartFails,
    StartThrottled,
    BucketSilent,
    BucketBusyAfterBody,
    UrlAlwaysExpired,
    CompleteFails,
    CompleteMissing,
    BatchFails,
    BatchThrottled,
    BatchBlind,
    DeleteFails,
    ListFails,
}

const STUBBORN: &[Stubborn] = &[
    Stubborn::StartFails,
    Stubborn::StartThrottled,
    Stubborn::BucketSilent,
    Stubborn::BucketBusyAfterBody,
    Stubborn::UrlAlwaysExpired,
    Stubborn::CompleteFails,
    Stubborn::CompleteMissing,
    Stubborn::BatchFails,
    Stubborn::BatchThrottled,
    Stubborn::BatchBlind,
    Stubborn::DeleteFails,
    Stubborn::ListFails,
];

pub(crate) const MODES: [Duplicates; 3] = [Duplicates::Allow, Duplicates::Skip, Duplicates::Rename];

/// Settings of one history.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    pub(crate) throttled: bool,
    pub(crate) replay: Replay,
    pub(crate) names_conflict: bool,
    pub(crate) twice: Twice,
    /// Whether a complete without bytes is taken, to end as FAILED.
    pub(crate) accepts_empty: bool,
    /// Status of a record that was not completed yet.
    pub(crate) before_complete: &'static str,
    pub(crate) listed_at_start: bool,
    /// Whether a deleted record is told as a status of its own rather than as an error.
    pub(crate) tells_deleted: bool,
    /// Records that were never completed are gone after this long.
    pub(crate) forgets_after_ms: Option<u64>,
    pub(crate) quota: usize,
    pub(crate) host_max_files: Option<usize>,
    pub(crate) host_max_bytes: Option<u64>,
    pub(crate) duplicates: Duplicates,
    pub(crate) manual_start: bool,
    /// Limits of the first case, the second case and the contact's scope: bytes, and whether only
    /// text files pass.
    pub(crate) max_bytes: [u64; 2],
    pub(crate) describe_denied: bool,
    /// Files on a page of the search, of 25 possible related items.
    pub(crate) page: usize,
    /// Whether pages of the search may hold nothing but other related items.
    pub(crate) barren_pages: bool,
    pub(crate) mono_stands_in_sleep: bool,
    pub(crate) url_expiry_seconds: u16,
    pub(crate) concurrency: usize,
    /// Faults in a hundred requests.
    pub(crate) faults: u64,
    pub(crate) stubborn: Option<Stubborn>,
    /// Verdicts that never come, in a hundred.
    pub(crate) silent: u64,
    /// Whether S3's refusals carry CORS headers, so that a page can read them.
    pub(crate) refusals_readable: bool,
    /// Files that were on the first case before.
    pub(crate) stored_before: usize,
    pub(crate) active_ms: u64,
    pub(crate) actions: u64,
    /// Clicks on what is just under way, in a hundred requests.
    pub(crate) temptation: u64,
    /// Whether files are read for a checksum first.
    pub(crate) checksums: bool,
}

impl Plan {
    /// The settings of a page in this world.
    pub(crate) fn config(&self) -> Config {
        Config {
            concurrency: self.concurrency,
            url_expiry_seconds: self.url_expiry_seconds,
            max_files: self.host_max_files,
            max_total_bytes: self.host_max_bytes,
            duplicates: self.duplicates,
            manual_start: self.manual_start,
            checksum_tag: self.checksums.then(|| "sha256".to_owned()),
        }
    }

    pub(crate) fn draw(rng: &mut Rng) -> Self {
        let replay = *rng.pick(&[Replay::SameUrl, Replay::FreshUrl, Replay::NewFile]);
        let crowded = rng.chance(1);
        let active_ms = *rng.pick(&[5_000, 30_000, 120_000, 900_000]);
        Self {
            throttled: rng.chance(60),
            replay,
            names_conflict: replay != Replay::NewFile && rng.chance(20),
            twice: *rng.pick(&[Twice::Fine, Twice::Conflict, Twice::Invalid]),
            accepts_empty: rng.chance(50),
            before_complete: *rng.pick(&["PROCESSING", "PENDING_UPLOAD", "SOMETHING_NEW"]),
            listed_at_start: rng.chance(40),
            tells_deleted: rng.chance(20),
            forgets_after_ms: rng.chance(40).then_some(600_000),
            quota: if rng.chance(20) { 6 } else { 500 },
            host_max_files: rng.chance(15).then_some(5),
            host_max_bytes: rng.chance(15).then_some(3 << 20),
            duplicates: *rng.pick(&MODES),
            manual_start: rng.chance(25),
            max_bytes: [*rng.pick(&[20 << 20, 100 << 20]), *rng.pick(&[20 << 20, 1 << 20])],
            describe_denied: rng.chance(15),
            page: usize::try_from(rng.between(2, 25)).unwrap(),
            barren_pages: rng.chance(30),
            mono_stands_in_sleep: rng.chance(50),
            url_expiry_seconds: *rng.pick(&[300, 300, 60, 10]),
            concurrency: usize::try_from(rng.between(1, 5)).unwrap(),
            faults: *rng.pick(&[0, 5, 20, 45]),
            stubborn: rng.chance(25).then(|| *rng.pick(STUBBORN)),
            silent: if rng.chance(20) { 30 } else { 0 },
            refusals_readable: rng.chance(60),
            stored_before: if crowded { 130 } else { usize::try_from(rng.between(0, 6)).unwrap() },
            active_ms,
            actions: rng.between(3, 40),
            temptation: *rng.pick(&[0, 0, 3, 15]),
            checksums: rng.chance(20),
        }
    }
}
