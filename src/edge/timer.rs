//! One timer at a time, cleared when dropped.

use wasm_bindgen::prelude::*;

use super::watch::{Callback, callback};

/// Longest delay `setTimeout` keeps; a longer one would fire at once.
const LONGEST_MS: u64 = i32::MAX as u64;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(run: &JsValue, delay_ms: i32) -> f64;

    #[wasm_bindgen(js_name = clearTimeout)]
    fn clear_timeout(id: f64);
}

/// A running `setTimeout`.
pub(crate) struct Timeout {
    id: f64,
    _callback: Callback,
}

impl Timeout {
    /// Runs `run` once after `delay_ms` milliseconds.
    pub(crate) fn new(delay_ms: u64, run: impl FnOnce() + 'static) -> Self {
        let mut run = Some(run);
        let callback = callback(move |_, _| {
            if let Some(run) = run.take() {
                run();
            }
            JsValue::UNDEFINED
        });
        let delay = i32::try_from(delay_ms.min(LONGEST_MS)).unwrap_or(i32::MAX);
        Self { id: set_timeout(callback.as_ref(), delay), _callback: callback }
    }
}

impl Drop for Timeout {
    fn drop(&mut self) {
        clear_timeout(self.id);
    }
}
