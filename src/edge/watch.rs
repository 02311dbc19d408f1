//! Functions of ours that scripts call, and what they watch for us.

use js_sys::Function;
use wasm_bindgen::prelude::*;

/// A function for a script. All have this one form, so that its machinery is there once.
pub(crate) type Callback = Closure<dyn FnMut(JsValue, JsValue) -> JsValue>;

/// Makes one. It can be called as long as it is held.
pub(crate) fn callback(run: impl FnMut(JsValue, JsValue) -> JsValue + 'static) -> Callback {
    boxed(Box::new(run))
}

fn boxed(run: Box<dyn FnMut(JsValue, JsValue) -> JsValue>) -> Callback {
    Closure::wrap(run)
}

/// Something a script watches. Dropping it ends the watch.
pub(crate) struct Watch {
    stop: Function,
    _callbacks: Vec<Callback>,
}

impl Watch {
    /// A watch that `stop` ends and that calls `callbacks` meanwhile.
    pub(crate) fn new(stop: Function, callbacks: Vec<Callback>) -> Self {
        Self { stop, _callbacks: callbacks }
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        // It does not throw.
        let _ = self.stop.call0(&JsValue::NULL);
    }
}
