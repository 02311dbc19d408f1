//! The log of what arrived, for tests to look at.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Mutex;

use http::HeaderMap;
use http::request::Parts;
use serde::Serialize;

use crate::world::lock;

/// Older entries are dropped beyond this many; the counts keep everything.
const KEPT: usize = 20_000;

/// One request as it arrived, and how it was answered (`status` stays null while it runs or when it never was).
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Entry {
    #[serde(skip)]
    number: u64,
    operation: String,
    method: String,
    path: String,
    query: String,
    headers: BTreeMap<String, String>,
    status: Option<u16>,
    error: Option<String>,
}

#[derive(Default)]
struct Inner {
    next: u64,
    entries: VecDeque<Entry>,
    counts: BTreeMap<String, u64>,
}

/// Request log and counts by operation.
#[derive(Default)]
pub(crate) struct Requests {
    inner: Mutex<Inner>,
}

impl Requests {
    /// Notes an arrival; the number is for [`Requests::answered`].
    pub(crate) fn arrived(&self, operation: &str, parts: &Parts) -> u64 {
        let mut inner = lock(&self.inner);
        inner.next += 1;
        let number = inner.next;
        *inner.counts.entry(operation.to_owned()).or_default() += 1;
        if inner.entries.len() >= KEPT {
            inner.entries.pop_front();
        }
        inner.entries.push_back(Entry {
            number,
            operation: operation.to_owned(),
            method: parts.method.to_string(),
            path: parts.uri.path().to_owned(),
            query: parts.uri.query().unwrap_or_default().to_owned(),
            headers: readable(&parts.headers),
            status: None,
            error: None,
        });
        number
    }

    /// Notes how an arrival was answered.
    pub(crate) fn answered(&self, number: u64, status: u16, error: Option<&str>) {
        let mut inner = lock(&self.inner);
        if let Some(entry) = inner.entries.iter_mut().rev().find(|e| e.number == number) {
            entry.status = Some(status);
            entry.error = error.map(str::to_owned);
        }
    }

    pub(crate) fn all(&self) -> Vec<Entry> {
        lock(&self.inner).entries.iter().cloned().collect()
    }

    pub(crate) fn counts(&self) -> BTreeMap<String, u64> {
        lock(&self.inner).counts.clone()
    }

    pub(crate) fn clear(&self) {
        let mut inner = lock(&self.inner);
        inner.entries.clear();
        inner.counts.clear();
    }
}

fn readable(headers: &HeaderMap) -> BTreeMap<String, String> {
    let mut all: BTreeMap<String, String> = BTreeMap::new();
    for (name, value) in headers {
        let value = String::from_utf8_lossy(value.as_bytes());
        all.entry(name.as_str().to_owned())
            .and_modify(|have| {
                have.push_str(", ");
                have.push_str(&value);
            })
            .or_insert_with(|| value.into_owned());
    }
    all
}
