//! What is kept of uploads under way, so that a later page can tell what a crash or a reload left
//! behind: names, sizes and ids in the local storage of the page's origin. A Web Lock, held for as long
//! as the widget lives, tells others that its records are not theirs.

use std::cell::RefCell;

use connect_attached_files_core::item::{Item, ItemId};
use connect_attached_files_core::json::Json;
use connect_attached_files_core::leftover::{Leftover, Trace};
use connect_attached_files_core::resource::Resource;
use connect_attached_files_core::table::Table;
use js_sys::{Function, JSON, Promise, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::Storage;

use super::{env, json};

/// Begins the name of every lock and record.
const PREFIX: &str = "connect-attached-files:";
/// Most records of one widget; the rest of a very long queue is not worth the space.
const MOST_RECORDS: usize = 200;
/// Nobody asks for records this old any more, in milliseconds: a week.
const KEPT_FOR_MS: u64 = 7 * 24 * 3_600_000;

#[wasm_bindgen]
extern "C" {
    /// `navigator.locks`, which `web_sys` counts as unstable.
    type LockManager;

    #[wasm_bindgen(method)]
    fn request(this: &LockManager, name: &str, granted: &Function) -> Promise;
}

/// Keeps the records of one widget. Dropping it ends its claim to them: what is left is left behind.
pub(crate) struct Keeper {
    storage: Storage,
    locks: LockManager,
    /// Name of its lock; its records are named by it, a colon and the row's number.
    name: String,
    kept: RefCell<Table<ItemId, Trace>>,
    /// Ends the promise that holds the lock.
    let_go: Function,
}

impl Keeper {
    /// `None` where the browser has no storage or no locks for this page.
    pub(crate) fn new() -> Option<Self> {
        let window = web_sys::window()?;
        let storage = window.local_storage().ok()??;
        let locks = Reflect::get(&window.navigator(), &"locks".into()).ok()?;
        let locks: LockManager = locks.is_object().then(|| locks.unchecked_into())?;
        let name = format!("{PREFIX}{}", window.crypto().ok()?.random_uuid());
        let mut let_go = None;
        let held = Promise::new(&mut |resolve, _| let_go = Some(resolve));
        let hold = Closure::once_into_js(move || held);
        let _ = locks.request(&name, hold.unchecked_ref());
        Some(Self { storage, locks, name, kept: RefCell::default(), let_go: let_go? })
    }

    /// Keeps what is to be kept of a row, nothing once its upload is over.
    pub(crate) fn note(&self, id: ItemId, item: Option<&Item>) {
        let trace = item.map_or(Trace::None, Item::trace);
        let mut kept = self.kept.borrow_mut();
        if kept.get(&id).copied().unwrap_or(Trace::None) == trace {
            return;
        }
        let key = format!("{}:{}", self.name, id.0);
        match item {
            Some(item) if trace != Trace::None => {
                if kept.get(&id).is_some() || kept.len() < MOST_RECORDS {
                    kept.insert(id, trace);
                    // Storage that is full keeps nothing, and the upload goes on.
                    let _ = self.storage.set_item(&key, &write(&item.leftover()));
                }
            }
            _ => {
                kept.remove(&id);
                let _ = self.storage.remove_item(&key);
            }
        }
    }

    /// Reports what others left behind on a resource, as soon as their end is certain. What `report`
    /// takes is theirs no more.
    pub(crate) fn take_up(
        &self,
        resource: &Resource,
        report: impl Fn(Vec<Leftover>) -> bool + Clone + 'static,
    ) {
        let mut asked: Vec<String> = Vec::new();
        for (key, _) in records(&self.storage, resource) {
            let Some((name, _)) = key.rsplit_once(':') else { continue };
            if name == self.name || asked.iter().any(|asked| asked == name) {
                continue;
            }
            asked.push(name.to_owned());
            let (storage, resource, report) =
                (self.storage.clone(), resource.clone(), report.clone());
            let owner = format!("{name}:");
            let granted = Closure::once_into_js(move || {
                let mut found = records(&storage, &resource);
                found.retain(|(key, _)| key.starts_with(&owner));
                if report(found.iter().map(|(_, leftover)| leftover.clone()).collect()) {
                    for (key, _) in found {
                        let _ = storage.remove_item(&key);
                    }
                }
            });
            let _ = self.locks.request(name, granted.unchecked_ref());
        }
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        let _ = self.let_go.call0(&JsValue::NULL);
    }
}

/// The records of one resource, by their keys; those of others are not held together in memory. What
/// cannot be read or is too old goes.
fn records(storage: &Storage, resource: &Resource) -> Vec<(String, Leftover)> {
    let count = storage.length().unwrap_or(0);
    let keys: Vec<String> = (0..count)
        .filter_map(|at| storage.key(at).ok()?)
        .filter(|key| key.starts_with(PREFIX))
        .collect();
    let mut records = Vec::new();
    for key in keys {
        match storage.get_item(&key).ok().flatten().as_deref().and_then(read) {
            Some(leftover) if leftover.resource == *resource => records.push((key, leftover)),
            Some(_) => {}
            None => drop(storage.remove_item(&key)),
        }
    }
    records
}

fn write(leftover: &Leftover) -> String {
    let record = Json::object([
        ("instanceId", leftover.resource.instance_id.as_str().into()),
        ("resource", leftover.resource.arn.as_str().into()),
        ("name", leftover.name.as_str().into()),
        ("size", leftover.size.into()),
        ("fileId", leftover.file_id.as_deref().into()),
        ("isSent", leftover.is_sent.into()),
        ("at", env::now().wall_ms.into()),
    ]);
    JSON::stringify(&json::to_js(&record)).map(String::from).unwrap_or_default()
}

fn read(text: &str) -> Option<Leftover> {
    let mut record = json::from_js(&JSON::parse(text).ok()?);
    if env::now().wall_ms.saturating_sub(record.take_number("at")?) > KEPT_FOR_MS {
        return None;
    }
    let instance_id = record.take_text("instanceId")?;
    Some(Leftover {
        resource: Resource::new(instance_id, record.take_text("resource")?).ok()?,
        name: record.take_text("name")?,
        size: record.take_number("size")?,
        file_id: record.take_text("fileId"),
        is_sent: matches!(record.take("isSent"), Json::Bool(true)),
    })
}
