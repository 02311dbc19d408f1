//! CompleteAttachedFileUpload: `POST /attached-files/{InstanceId}/{FileId}`.

use super::error::{FileReason, Refusal};
use super::{Call, Reply};
use crate::files::{Record, Stage, Verdict};
use crate::life;
use crate::settings::{BadComplete, CompleteTwice};

/// Moves the object out of the reach of its upload URL and hands it to the scanner.
pub(crate) async fn complete(call: &Call<'_>, instance: &str, id: &str) -> Reply {
    let _one_at_a_time = call.world.completing.lock().await;
    let record = call.file(instance, id)?;
    if record.stage != Stage::Pending {
        return again(call);
    }
    let bucket = &call.world.bucket;
    // A link cut between the move and the note of it leaves the object where it belongs.
    let was_moved = bucket.size(&record.final_key).await.is_some();
    let verdict = match bucket.size(&record.staging_key).await {
        _ if was_moved => judge(call, &record).await?,
        Some(size) if size == record.size => {
            let moved = bucket.rename(&record.staging_key, &record.final_key).await;
            moved.map_err(|_| Refusal::internal())?;
            judge(call, &record).await?
        }
        Some(_) => unfit(
            call.settings.complete_with_other_size,
            Refusal::invalid_file(
                FileReason::Size,
                "The uploaded object has another size than FileSizeInBytes.",
            ),
        )?,
        None => unfit(
            call.settings.complete_without_object,
            Refusal::invalid("Nothing was uploaded yet."),
        )?,
    };
    let now = call.world.clock.now();
    let mut files = call.world.files();
    // A Delete may have come while the object moved.
    let Some(mut record) = files.get(id).cloned() else {
        return Err(Refusal::not_found("The attached file was not found."));
    };
    record.listed = record.listed.or(Some(now));
    record.stage = Stage::Scanning { due: now + call.settings.scan_delay_ms, verdict };
    files.put(record).map_err(|_| Refusal::internal())?;
    Ok(None)
}

async fn judge(call: &Call<'_>, record: &Record) -> Result<Verdict, Refusal> {
    let eicar = call.world.bucket.contains(&record.final_key, life::EICAR).await;
    let eicar = eicar.map_err(|_| Refusal::internal())?;
    Ok(life::verdict(call.settings, &record.name, eicar))
}

fn unfit(how: BadComplete, refusal: Refusal) -> Result<Verdict, Refusal> {
    match how {
        BadComplete::InvalidRequest => Err(refusal),
        BadComplete::Accept => Ok(Verdict::Fail),
    }
}

fn again(call: &Call<'_>) -> Reply {
    match call.settings.complete_twice {
        CompleteTwice::Ok => Ok(None),
        CompleteTwice::InvalidRequest => Err(Refusal::invalid("The upload was completed before.")),
        CompleteTwice::Conflict => Err(Refusal::conflict("The upload was completed before.")),
    }
}
