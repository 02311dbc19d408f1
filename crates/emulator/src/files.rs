//! The attached files Connect knows, in memory and, when asked, one JSON file each on disk.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::clock::Millis;

/// Where a file is in its life.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub(crate) enum Stage {
    /// Started; no Complete yet.
    Pending,
    /// Completed; the scanner answers at `due`.
    Scanning { due: Millis, verdict: Verdict },
    /// May be downloaded.
    Approved,
    /// The scanner's no; its object is gone.
    Rejected,
    /// The scanner could not say.
    Failed,
}

/// What the scanner is going to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Verdict {
    Approve,
    Reject,
    Fail,
}

/// Who made a file: Connect's union.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum CreatedBy {
    ConnectUserArn(String),
    #[serde(rename = "AWSIdentityArn")]
    AwsIdentityArn(String),
}

/// One attached file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Record {
    pub(crate) id: String,
    /// Order of Start.
    pub(crate) number: u64,
    pub(crate) resource: String,
    pub(crate) name: String,
    /// Bytes, as given at Start.
    pub(crate) size: u64,
    pub(crate) use_case: String,
    pub(crate) created_by: CreatedBy,
    pub(crate) tags: BTreeMap<String, String>,
    pub(crate) client_token: Option<String>,
    pub(crate) created: Millis,
    /// Since when the case lists it.
    pub(crate) listed: Option<Millis>,
    /// Set by Delete while the case still lists it; everything else treats it as gone.
    pub(crate) deleted: Option<Millis>,
    pub(crate) stage: Stage,
    /// Key of the object the upload URL writes to.
    pub(crate) staging_key: String,
    /// Key Complete moves it to.
    pub(crate) final_key: String,
}

/// All files.
pub(crate) struct Files {
    records: HashMap<String, Record>,
    next: u64,
    folder: Option<PathBuf>,
}

impl Files {
    /// Reads what a former run left in `folder`.
    ///
    /// # Errors
    /// The folder cannot be made or read, or holds a record of another form.
    pub(crate) fn open(folder: Option<&Path>) -> std::io::Result<Self> {
        let mut records = HashMap::new();
        if let Some(folder) = folder {
            std::fs::create_dir_all(folder)?;
            for entry in std::fs::read_dir(folder)? {
                let path = entry?.path();
                if path.extension().is_none_or(|e| e != "json") {
                    continue;
                }
                let record: Record = serde_json::from_slice(&std::fs::read(&path)?)?;
                records.insert(record.id.clone(), record);
            }
        }
        let next = records.values().map(|r| r.number + 1).max().unwrap_or(1);
        Ok(Self { records, next, folder: folder.map(Path::to_owned) })
    }

    /// The number the next record gets.
    pub(crate) fn next_number(&mut self) -> u64 {
        let number = self.next;
        self.next += 1;
        number
    }

    /// A file that is there (not deleted).
    pub(crate) fn get(&self, id: &str) -> Option<&Record> {
        self.records.get(id).filter(|r| r.deleted.is_none())
    }

    /// Every file that is there, in no order.
    pub(crate) fn present(&self) -> impl Iterator<Item = &Record> {
        self.records.values().filter(|r| r.deleted.is_none())
    }

    /// Also those deleted but still listed by their case.
    pub(crate) fn with_ghosts(&self) -> impl Iterator<Item = &Record> {
        self.records.values()
    }

    /// The file whose objects have this key.
    pub(crate) fn by_key(&self, key: &str) -> Option<&Record> {
        let id = key.rsplit('/').next()?;
        self.records.get(id)
    }

    /// Adds or replaces a record, on disk too.
    ///
    /// # Errors
    /// The disk's.
    pub(crate) fn put(&mut self, record: Record) -> std::io::Result<()> {
        if let Some(path) = self.path(&record.id) {
            let half = path.with_extension("half");
            std::fs::write(&half, serde_json::to_vec_pretty(&record)?)?;
            std::fs::rename(&half, &path)?;
        }
        self.records.insert(record.id.clone(), record);
        Ok(())
    }

    /// Forgets a record, on disk too.
    ///
    /// # Errors
    /// The disk's.
    pub(crate) fn remove(&mut self, id: &str) -> std::io::Result<()> {
        if self.records.remove(id).is_some()
            && let Some(path) = self.path(id)
        {
            std::fs::remove_file(path)?;
        }
        Ok(())
    }

    /// Forgets everything, on disk too.
    ///
    /// # Errors
    /// The disk's.
    pub(crate) fn clear(&mut self) -> std::io::Result<()> {
        let ids: Vec<String> = self.records.keys().cloned().collect();
        ids.iter().try_for_each(|id| self.remove(id))
    }

    fn path(&self, id: &str) -> Option<PathBuf> {
        self.folder.as_ref().map(|f| f.join(format!("{id}.json")))
    }
}
