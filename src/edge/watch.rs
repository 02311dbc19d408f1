//! Something a script watches for us.

use std::any::Any;

use js_sys::Function;
use wasm_bindgen::JsValue;

/// Dropping it ends the watch.
pub(crate) struct Watch {
    stop: Function,
    _callbacks: Box<dyn Any>,
}

impl Watch {
    /// A watch that `stop` ends and that calls `callbacks` meanwhile.
    pub(crate) fn new(stop: Function, callbacks: impl Any) -> Self {
        Self { stop, _callbacks: Box::new(callbacks) }
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        // It does not throw.
        let _ = self.stop.call0(&JsValue::NULL);
    }
}
