//! What is kept of uploads under way, so that a later page can tell what a crash or a reload left
//! behind: names, sizes and ids.

use std::cell::RefCell;

use connect_attached_files_core::item::{Item, ItemId};
use connect_attached_files_core::json::Json;
use connect_attached_files_core::leftover::{Leftover, Trace};
use connect_attached_files_core::resource::Resource;
use connect_attached_files_core::table::Table;
use js_sys::{Array, Function};
use wasm_bindgen::prelude::*;

use super::json;
use super::watch::callback;
use crate::extras::{Extra, Extras};

/// Most records of one widget; the rest of a very long queue is not worth the space.
const MOST_RECORDS: usize = 200;

#[wasm_bindgen]
extern "C" {
    type Claim;

    #[wasm_bindgen(method)]
    fn note(this: &Claim, row: f64, record: &JsValue);

    #[wasm_bindgen(method, js_name = takeUp)]
    fn take_up(this: &Claim, instance_id: &str, resource: &str, report: &Function);

    #[wasm_bindgen(method)]
    fn end(this: &Claim);
}

/// Keeps the records of one widget. Dropping it ends its claim to them: what is left is left behind.
pub(crate) struct Keeper {
    claim: Claim,
    kept: RefCell<Table<ItemId, Trace>>,
}

impl Keeper {
    /// `None` where the browser has no storage or no locks for this page.
    pub(crate) async fn new(extras: &Extras) -> Option<Self> {
        let claim = extras.call(Extra::Claim, &Array::new()).await?;
        let claim = claim.is_object().then(|| claim.unchecked_into())?;
        Some(Self { claim, kept: RefCell::default() })
    }

    /// Keeps what is to be kept of a row, nothing once its upload is over.
    pub(crate) fn note(&self, id: ItemId, item: Option<&Item>) {
        let trace = item.map_or(Trace::None, Item::trace);
        let mut kept = self.kept.borrow_mut();
        let known = kept.get(&id).copied();
        if known.unwrap_or(Trace::None) == trace {
            return;
        }
        #[expect(clippy::cast_precision_loss, reason = "rows are numbered from one")]
        let row = id.0 as f64;
        match item {
            Some(item) if trace != Trace::None => {
                if known.is_some() || kept.len() < MOST_RECORDS {
                    kept.insert(id, trace);
                    self.claim.note(row, &write(&item.leftover()));
                }
            }
            _ => {
                kept.remove(&id);
                self.claim.note(row, &JsValue::UNDEFINED);
            }
        }
    }

    /// Reports what others left behind on a resource, as soon as their end is certain. What `report`
    /// takes is theirs no more.
    pub(crate) fn take_up(
        &self,
        resource: &Resource,
        report: impl Fn(Vec<Leftover>) -> bool + 'static,
    ) {
        let wanted = resource.clone();
        let report = callback(move |records, _| {
            let records = match json::from_js(&records) {
                Json::List(records) => records,
                _ => Vec::new(),
            };
            report(records.into_iter().filter_map(|record| read(record, &wanted)).collect()).into()
        });
        // The locks may be granted long after this.
        let report = report.into_js_value();
        self.claim.take_up(&resource.instance_id, &resource.arn, report.unchecked_ref());
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        self.claim.end();
    }
}

fn write(leftover: &Leftover) -> JsValue {
    json::to_js(&Json::object([
        ("instanceId", leftover.resource.instance_id.as_str().into()),
        ("resource", leftover.resource.arn.as_str().into()),
        ("name", leftover.name.as_str().into()),
        ("size", leftover.size.into()),
        ("fileId", leftover.file_id.as_deref().into()),
        ("isSent", leftover.is_sent.into()),
    ]))
}

fn read(mut record: Json, resource: &Resource) -> Option<Leftover> {
    Some(Leftover {
        resource: resource.clone(),
        name: record.take_text("name")?,
        size: record.take_number("size")?,
        file_id: record.take_text("fileId"),
        is_sent: matches!(record.take("isSent"), Json::Bool(true)),
    })
}
