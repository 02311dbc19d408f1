//! The life of a file after Complete: the scanner's verdict, and what is forgotten with time.

use crate::clock::Millis;
use crate::files::{Record, Stage, Verdict};
use crate::settings::Settings;
use crate::world::World;

/// The part of the EICAR test string that names it. Kept without its head, so that a scanner on the developer's
/// machine leaves this file alone.
pub(crate) const EICAR: &[u8] = b"$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*";

/// What the scanner will say about a completed file, given whether its content holds [`EICAR`].
pub(crate) fn verdict(settings: &Settings, name: &str, eicar: bool) -> Verdict {
    let named = |parts: &[String]| parts.iter().any(|p| !p.is_empty() && name.contains(p));
    if (settings.reject_eicar && eicar) || named(&settings.reject_names) {
        Verdict::Reject
    } else if named(&settings.fail_names) {
        Verdict::Fail
    } else {
        Verdict::Approve
    }
}

/// What time does to one file: `None` for nothing.
enum Change {
    Becomes(Stage),
    Forgotten,
}

fn change(settings: &Settings, record: &Record, now: Millis) -> Option<Change> {
    if let Some(deleted) = record.deleted {
        return (now >= deleted + settings.related_item_lingers_ms).then_some(Change::Forgotten);
    }
    match record.stage {
        Stage::Pending => {
            let limit = settings.abandoned_after_ms?;
            (now >= record.created + limit).then_some(Change::Forgotten)
        }
        Stage::Scanning { due, verdict } if now >= due && !settings.scanner_silent => {
            Some(Change::Becomes(match verdict {
                Verdict::Approve => Stage::Approved,
                Verdict::Reject => Stage::Rejected,
                Verdict::Fail => Stage::Failed,
            }))
        }
        _ => None,
    }
}

/// Brings every file up to the driven clock. Called before anything looks at files or objects, so no task of its
/// own has to run and a test that moves the clock sees the verdict at once.
///
/// # Errors
/// The disk's.
pub(crate) async fn settle(world: &World) -> std::io::Result<()> {
    let settings = world.settings();
    let now = world.clock.now();
    let mut stale = Vec::new();
    {
        let mut files = world.files();
        let changes: Vec<(Record, Change)> = files
            .with_ghosts()
            .filter_map(|r| change(&settings, r, now).map(|c| (r.clone(), c)))
            .collect();
        for (mut record, change) in changes {
            match change {
                Change::Forgotten => {
                    stale.push(record.staging_key.clone());
                    files.remove(&record.id)?;
                }
                Change::Becomes(stage) => {
                    // A rejected file loses its objects under both prefixes (admin guide, attachment scanning).
                    if stage == Stage::Rejected {
                        stale.push(record.staging_key.clone());
                        stale.push(record.final_key.clone());
                    }
                    record.stage = stage;
                    files.put(record)?;
                }
            }
        }
    }
    for key in stale {
        world.bucket.delete(&key).await?;
    }
    Ok(())
}
