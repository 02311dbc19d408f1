//! Clocks, randomness, the network's and the page's state.

use connect_attached_files_core::clock::Now;
use js_sys::Function;
use wasm_bindgen::prelude::*;
use web_sys::EventTarget;

use super::watch::{Callback, Watch, callback};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = performance, js_name = now)]
    fn monotonic() -> f64;
}

#[wasm_bindgen(module = "/src/edge/env.js")]
extern "C" {
    #[wasm_bindgen(js_name = seed)]
    fn random() -> Vec<u64>;

    fn is(state: &str) -> bool;

    /// The origin of the page; `*` for a page without one, such as a sandboxed frame.
    pub(crate) fn origin() -> String;

    #[wasm_bindgen(js_name = watchPage)]
    fn watch_page(tell: &JsValue) -> Function;

    #[wasm_bindgen(js_name = watchSize)]
    fn watch_size(tell: &JsValue) -> Function;

    #[wasm_bindgen(js_name = guardPage)]
    fn guard_page() -> Function;

    /// Lets the page do something else.
    pub(crate) async fn pause();

    /// A promise with what settles it.
    pub(crate) type Promised;

    /// A new one.
    pub(crate) fn promised() -> Promised;

    #[wasm_bindgen(method, getter)]
    pub(crate) fn promise(this: &Promised) -> js_sys::Promise;

    #[wasm_bindgen(method)]
    pub(crate) fn resolve(this: &Promised, value: &JsValue);

    #[wasm_bindgen(method)]
    pub(crate) fn reject(this: &Promised, reason: &JsValue);
}

/// Reads both clocks.
pub(crate) fn now() -> Now {
    Now { mono_ms: whole(monotonic()), wall_ms: whole(js_sys::Date::now()) }
}

/// 128 random bits of the browser's cryptographic source.
pub(crate) fn seed() -> [u64; 2] {
    random().try_into().unwrap_or_default()
}

/// Whether the browser believes there is a network.
pub(crate) fn is_online() -> bool {
    is("online")
}

/// Whether the page can be seen.
pub(crate) fn is_visible() -> bool {
    is("visible")
}

/// Date and time, ISO 8601 in UTC.
pub(crate) fn date() -> String {
    js_sys::Date::new_0().to_iso_string().into()
}

/// Tells when network or page have changed.
pub(crate) fn page(tell: impl Fn() + 'static) -> Watch {
    told(watch_page, tell)
}

/// Tells when the window takes another size.
pub(crate) fn window_size(tell: impl Fn() + 'static) -> Watch {
    told(watch_size, tell)
}

fn told(watch: fn(&JsValue) -> Function, tell: impl Fn() + 'static) -> Watch {
    let tell = callback(move |_, _| {
        tell();
        JsValue::UNDEFINED
    });
    Watch::new(watch(tell.as_ref()), vec![tell])
}

/// Asks before the page is left, as long as the answer is held.
pub(crate) fn guard() -> Watch {
    Watch::new(guard_page(), Vec::new())
}

/// A listener that is removed when dropped.
pub(crate) struct Listener {
    target: EventTarget,
    kind: &'static str,
    callback: Callback,
}

impl Listener {
    /// Listens to `kind` on `target`.
    pub(crate) fn new(
        target: &EventTarget,
        kind: &'static str,
        mut run: impl FnMut() + 'static,
    ) -> Self {
        let callback = callback(move |_, _| {
            run();
            JsValue::UNDEFINED
        });
        let function = callback.as_ref().unchecked_ref();
        // Adding a listener fails for no target that exists.
        let _ = target.add_event_listener_with_callback(kind, function);
        Self { target: target.clone(), kind, callback }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let function = self.callback.as_ref().unchecked_ref();
        let _ = self.target.remove_event_listener_with_callback(self.kind, function);
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clocks are positive and far below 2^53"
)]
fn whole(ms: f64) -> u64 {
    ms as u64
}
