//! JSON between the browser and the core: the browser parses and writes the text.
//!
//! Reading goes over the values themselves: `serde_wasm_bindgen`'s reader brings 20 kB of words for
//! what a value is instead of what was expected, and here a value that does not fit is just missing.

use connect_attached_files_core::json::Json;
use js_sys::{Array, Object};
use serde::Serialize;
use wasm_bindgen::{JsCast, JsValue};

/// How deep an answer may be nested; Connect's are nested four deep.
const DEEPEST: u8 = 16;

/// A plain value of the browser as a tree. What JSON has no word for reads as null.
#[must_use]
pub fn from_js(value: &JsValue) -> Json {
    read(value, DEEPEST)
}

fn read(value: &JsValue, depth: u8) -> Json {
    let Some(depth) = depth.checked_sub(1) else { return Json::Null };
    if let Some(text) = value.as_string() {
        Json::Text(text)
    } else if let Some(number) = value.as_f64() {
        // The cast saturates, and nothing here is below zero or has a fraction.
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "see above")]
        Json::Number(number as u64)
    } else if let Some(flag) = value.as_bool() {
        Json::Bool(flag)
    } else if let Some(list) = value.dyn_ref::<Array>() {
        Json::List(list.iter().map(|value| read(&value, depth)).collect())
    } else if let Some(object) = value.dyn_ref::<Object>() {
        let members = Object::entries(object);
        let member = |entry: JsValue| {
            let entry: Array = entry.unchecked_into();
            Some((entry.get(0).as_string()?, read(&entry.get(1), depth)))
        };
        Json::Object(members.iter().filter_map(member).collect())
    } else {
        Json::Null
    }
}

/// A tree as a plain value of the browser.
#[must_use]
pub fn to_js(value: &Json) -> JsValue {
    // Serialising a tree of texts, numbers and lists cannot fail.
    value.serialize(&serde_wasm_bindgen::Serializer::json_compatible()).unwrap_or(JsValue::NULL)
}
