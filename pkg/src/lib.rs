//! The WebAssembly module inside the npm package: decode, call, encode, and nothing else.
//!
//! The facade in `pkg/js` is the package's face; what is exported here is between the two of them.

mod convert;
mod headers;

use connect_attached_files::core::event::Event;
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
    texts: JsValue,
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
    let strings = Strings::in_order(convert::list(&texts), tag);
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
    pub fn set_words(&self, texts: JsValue, tag: String) {
        self.0.set_strings(Strings::in_order(convert::list(&texts), tag));
    }

    /// Gives a file that was not sent yet another name.
    pub fn rename(&self, id: f64, name: String) {
        self.0.runner().rename(convert::item_id(id), name);
    }

    /// The bytes of an approved file.
    pub fn fetch(&self, id: f64) -> Promise {
        self.0.runner().fetch(convert::item_id(id))
    }

    /// Does something with one row, with all that it applies to, or with the widget.
    pub fn act(&self, what: &str, id: Option<f64>) {
        let runner = self.0.runner();
        let id = id.map(convert::item_id);
        match (what, id) {
            ("open", _) => self.0.open_picker(),
            ("refresh", _) => runner.dispatch(Event::Refresh),
            ("downloadAll", _) => self.0.download_all(),
            ("preview", Some(id)) => self.0.preview(id),
            _ => runner.act(what, id),
        }
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
}
