//! The WebAssembly module inside the npm package: decode, call, encode, and nothing else.
//!
//! The facade in `pkg/js` is the package's face; what is exported here is between the two of them.

mod convert;
mod headers;

use connect_attached_files::core::event::Event;
use connect_attached_files::core::item::ItemId;
use connect_attached_files::core::phase::Hold;
use connect_attached_files::extras::Extras;
use connect_attached_files::mount::Mounted;
use connect_attached_files::runner::WidgetEvent;
use connect_attached_files::strings::Strings;
use connect_attached_files::{Config, Source};
use js_sys::{Array, Function, Promise};
use wasm_bindgen::prelude::*;

/// Half as large as the standard library's allocator, and as quick: what it does takes constant time.
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// A mounted widget. `free()` ends it.
#[wasm_bindgen]
pub struct Widget(Mounted);

/// Draws a widget into `root` (an element or a shadow root). `onEvent` gets the name and the detail of
/// each event; `extras` has the functions of [`connect_attached_files::extras::Extra`]; `texts` are all texts
/// in the order of the core's table, in the language `tag`.
///
/// # Errors
/// A tagged object when `config` cannot be read or names no resource.
#[wasm_bindgen]
pub fn mount(
    root: &web_sys::Node,
    config: JsValue,
    get_headers: Option<Function>,
    on_event: Function,
    extras: JsValue,
    texts: Vec<String>,
    tag: String,
) -> Result<Widget, JsValue> {
    let config = convert::config(&config);
    check(&config)?;
    let tell = move |event: WidgetEvent| {
        let (name, detail) = convert::event(&event);
        // A host whose handler throws has its error in the console; the widget goes on.
        let _ = on_event.call2(&JsValue::NULL, &name.into(), &detail);
    };
    let headers = headers::source(get_headers);
    let extras = Extras::new(extras);
    let strings = Strings::in_order(texts, tag);
    Ok(Widget(Mounted::new(root, &config, headers, strings, extras, tell)))
}

fn check(config: &Config) -> Result<(), JsValue> {
    let resource = config.resource();
    resource.map(drop).map_err(|error| convert::tagged("invalid_config", error.message()))
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
    pub fn add_files(&self, files: &Array, folders: &Array, source: &str, tags: JsValue) {
        let source = match source {
            "drop" => Source::Drop,
            "picker" => Source::Picker,
            "paste" => Source::Paste,
            _ => Source::Api,
        };
        self.0.runner().add_files(files, folders, source, convert::texts(&tags));
    }

    /// Takes over texts, all in the order of the core's table, in the language `tag`.
    #[wasm_bindgen(js_name = setWords)]
    pub fn set_words(&self, texts: Vec<String>, tag: String) {
        self.0.set_strings(Strings::in_order(texts, tag));
    }

    /// Starts what waits for someone to start it.
    pub fn upload(&self) {
        self.0
            .runner()
            .for_each(|item| (item.hold == Hold::Manual).then_some(Event::Resume(item.id)));
    }

    /// Gives a file that was not sent yet another name.
    pub fn rename(&self, id: f64, name: String) {
        self.0.runner().rename(convert::item_id(id), name);
    }

    /// The bytes of an approved file.
    pub fn fetch(&self, id: f64) -> Promise {
        self.0.runner().fetch(convert::item_id(id))
    }

    /// Shows an approved file in a dialog.
    pub fn preview(&self, id: f64) {
        self.0.preview(convert::item_id(id));
    }

    /// Saves all approved files.
    #[wasm_bindgen(js_name = downloadAll)]
    pub fn download_all(&self) {
        self.0.download_all();
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
