//! DeleteAttachedFile: `DELETE /attached-files/{InstanceId}/{FileId}`.

use super::error::Refusal;
use super::{Call, Reply};

/// Removes the file and its objects; the case may list it a while longer.
pub(crate) async fn delete(call: &Call<'_>, instance: &str, id: &str) -> Reply {
    let mut record = call.file(instance, id)?;
    let keys = [record.staging_key.clone(), record.final_key.clone()];
    {
        let mut files = call.world.files();
        let done = if call.settings.related_item_lingers_ms > 0 && record.listed.is_some() {
            record.deleted = Some(call.world.clock.now());
            files.put(record)
        } else {
            files.remove(id)
        };
        done.map_err(|_| Refusal::internal())?;
    }
    for key in keys {
        let gone = call.world.bucket.delete(&key).await;
        gone.map_err(|_| Refusal::internal())?;
    }
    Ok(None)
}
