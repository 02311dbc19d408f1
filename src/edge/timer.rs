//! One timer at a time, cleared when dropped.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::prelude::*;

use super::task::spawn;

/// Longest delay `setTimeout` keeps; a longer one would fire at once.
const LONGEST_MS: u64 = i32::MAX as u64;

/// A running `setTimeout`.
pub(crate) struct Timeout {
    id: i32,
    _closure: Closure<dyn FnMut()>,
}

impl Timeout {
    /// Runs `run` once after `delay_ms` milliseconds.
    pub(crate) fn new(delay_ms: u64, run: impl FnOnce() + 'static) -> Option<Self> {
        Self::boxed(delay_ms, Box::new(run))
    }

    /// Compiled once for all.
    fn boxed(delay_ms: u64, run: Box<dyn FnOnce()>) -> Option<Self> {
        let closure = Closure::once(run);
        let delay = i32::try_from(delay_ms.min(LONGEST_MS)).unwrap_or(i32::MAX);
        let function = closure.as_ref().unchecked_ref();
        let id = web_sys::window()?
            .set_timeout_with_callback_and_timeout_and_arguments_0(function, delay)
            .ok()?;
        Some(Self { id, _closure: closure })
    }
}

impl Drop for Timeout {
    fn drop(&mut self) {
        if let Some(window) = web_sys::window() {
            window.clear_timeout_with_handle(self.id);
        }
    }
}

/// Runs `run` once after `delay_ms` milliseconds, whatever becomes of the caller. For cleaning up
/// behind things that outlive the widget.
pub(crate) fn later(delay_ms: u64, run: impl FnOnce() + 'static) {
    let timer = Rc::new(RefCell::new(None));
    let own = Rc::clone(&timer);
    // It holds itself until it has run.
    *timer.borrow_mut() = Timeout::new(delay_ms, move || {
        run();
        let done = own.take();
        // Not while it runs.
        spawn(async move { drop(done) });
    });
}
