//! Dates as the reader writes them; the browser knows how.

use wasm_bindgen::JsValue;

/// An ISO 8601 time, with or without milliseconds, as a short local date and time.
pub(crate) fn when(iso: &str) -> Option<String> {
    let date = js_sys::Date::new(&JsValue::from_str(iso));
    if date.get_time().is_nan() {
        return None;
    }
    let options = js_sys::Object::new();
    for (name, value) in [("dateStyle", "medium"), ("timeStyle", "short")] {
        js_sys::Reflect::set(&options, &name.into(), &value.into()).ok()?;
    }
    Some(date.to_locale_string("default", &options).into())
}
