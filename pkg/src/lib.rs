//! The WebAssembly module inside the npm package: decode, call, encode, and nothing else.
//!
//! The facade in `pkg/js` is the package's face; what is exported here is between the two of them.

mod convert;
mod headers;

use connect_attached_files::Config;
use connect_attached_files::core::event::Event;
use connect_attached_files::core::item::ItemId;
use connect_attached_files::mount::Mounted;
use connect_attached_files::runner::WidgetEvent;
use connect_attached_files::strings::Strings;
use js_sys::{Array, Function};
use wasm_bindgen::prelude::*;

/// A mounted widget. `free()` ends it.
#[wasm_bindgen]
pub struct Widget(Mounted);

/// Draws a widget into `root` (an element or a shadow root). `onEvent` gets the name and the detail of
/// each event.
///
/// # Errors
/// A tagged object when `config` cannot be read or names no resource.
#[wasm_bindgen]
pub fn mount(
    root: &web_sys::Node,
    config: JsValue,
    get_headers: Option<Function>,
    on_event: Function,
    _extras: JsValue,
) -> Result<Widget, JsValue> {
    let config = convert::config(&config);
    check(&config)?;
    let tell = move |event: WidgetEvent| {
        let (name, detail) = convert::event(&event);
        // A host whose handler throws has its error in the console; the widget goes on.
        let _ = on_event.call2(&JsValue::NULL, &name.into(), &detail);
    };
    let headers = headers::source(get_headers);
    Ok(Widget(Mounted::new(root, &config, headers, Strings::default(), tell)))
}

fn check(config: &Config) -> Result<(), JsValue> {
    let resource = config.resource();
    resource.map(drop).map_err(|error| convert::tagged("invalid_config", &error.to_string()))
}

#[wasm_bindgen]
impl Widget {
    /// Takes over changed settings.
    ///
    /// # Errors
    /// As [`mount`]; what can be taken over is.
    pub fn configure(&self, config: JsValue) -> Result<(), JsValue> {
        let config = convert::config(&config);
        // What can be taken over is; the rest is told.
        let _ = self.0.runner().configure(&config);
        check(&config)
    }

    /// Hands in files; anything else in the list is passed over. Those that are among `folders` too are
    /// what a browser hands over for a dropped folder.
    #[wasm_bindgen(js_name = addFiles)]
    pub fn add_files(&self, files: &Array, folders: &Array, _source: String, _tags: JsValue) {
        let files = files.iter().filter_map(|file| file.dyn_into().ok()).collect();
        self.0.runner().add_files(files, folders);
    }

    /// Opens the file picker.
    pub fn open(&self) {
        self.0.open_picker();
    }

    /// Pauses one upload, or all.
    pub fn pause(&self, id: Option<f64>) {
        self.each(id, Event::Pause);
    }

    /// Resumes one upload, or all.
    pub fn resume(&self, id: Option<f64>) {
        self.each(id, Event::Resume);
    }

    /// Cancels one upload, or all that are on their way.
    pub fn cancel(&self, id: Option<f64>) {
        if id.is_some() {
            return self.each(id, Event::Cancel);
        }
        // A file that waits for its verdict is uploaded: it is deleted by name, never in a sweep.
        self.0.runner().for_each(|item| item.is_on_its_way().then_some(Event::Cancel(item.id)));
    }

    /// Tries again one file, or all that can be.
    pub fn retry(&self, id: Option<f64>) {
        self.each(id, Event::Retry);
    }

    /// Takes an ended row off the list.
    pub fn remove(&self, id: f64) {
        self.each(Some(id), Event::Remove);
    }

    /// Deletes a stored file for good.
    pub fn delete(&self, id: f64) {
        self.each(Some(id), Event::Delete);
    }

    /// Downloads a file.
    pub fn download(&self, id: f64) {
        self.each(Some(id), Event::Download);
    }

    /// Asks anew for limits, list and verdicts.
    pub fn refresh(&self) {
        self.0.runner().dispatch(Event::Refresh);
    }

    #[wasm_bindgen(js_name = setWords)]
    pub fn set_words(&self, _texts: JsValue, _tag: String) {}

    /// All rows.
    #[must_use]
    pub fn items(&self) -> JsValue {
        convert::items(&self.0.runner().items())
    }

    /// The limits in force.
    #[must_use]
    pub fn limits(&self) -> JsValue {
        convert::limits(&self.0.runner().limits())
    }

    fn each(&self, id: Option<f64>, event: impl Fn(ItemId) -> Event) {
        match id {
            Some(id) => self.0.runner().dispatch(event(convert::item_id(id))),
            None => self.0.runner().for_each(|item| Some(event(item.id))),
        }
    }
}
