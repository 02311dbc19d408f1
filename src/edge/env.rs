//! Clocks, randomness, the network's and the page's state.

use connect_attached_files_core::clock::Now;
use wasm_bindgen::prelude::*;
use web_sys::{Event, EventTarget, VisibilityState};

/// Reads both clocks.
pub(crate) fn now() -> Now {
    let mono = web_sys::window().and_then(|window| window.performance()).map_or(0.0, |p| p.now());
    Now { mono_ms: whole(mono), wall_ms: whole(js_sys::Date::now()) }
}

/// 128 random bits of the browser's cryptographic source.
pub(crate) fn seed() -> [u64; 2] {
    let mut bytes = [0_u8; 16];
    let filled = web_sys::window()
        .and_then(|window| window.crypto().ok())
        .is_some_and(|crypto| crypto.get_random_values_with_u8_array(&mut bytes).is_ok());
    if !filled {
        // Unheard of in a browser; two clocks still keep two widgets apart.
        let now = now();
        return [now.mono_ms, now.wall_ms];
    }
    let bits = u128::from_le_bytes(bytes);
    [(bits >> 64) as u64, (bits & u128::from(u64::MAX)) as u64]
}

/// Whether the browser believes there is a network.
pub(crate) fn is_online() -> bool {
    web_sys::window().is_none_or(|window| window.navigator().on_line())
}

/// Whether the page can be seen.
pub(crate) fn is_visible() -> bool {
    web_sys::window()
        .and_then(|window| window.document())
        .is_none_or(|document| document.visibility_state() != VisibilityState::Hidden)
}

/// The origin of the page, what a bucket's CORS rule must allow; `*` for a page without one, such as a
/// sandboxed frame.
pub(crate) fn origin() -> String {
    let origin = js_sys::Reflect::get(&js_sys::global(), &"origin".into()).ok();
    let origin = origin.and_then(|origin| origin.as_string()).filter(|origin| origin != "null");
    origin.unwrap_or_else(|| "*".to_owned())
}

/// Date and time, ISO 8601 in UTC.
pub(crate) fn date() -> String {
    js_sys::Date::new_0().to_iso_string().into()
}

/// A listener that is removed when dropped.
pub(crate) struct Listener {
    target: EventTarget,
    kind: &'static str,
    closure: Closure<dyn FnMut(Event)>,
}

impl Listener {
    /// Listens to `kind` on `target`.
    pub(crate) fn new(
        target: &EventTarget,
        kind: &'static str,
        run: impl FnMut(Event) + 'static,
    ) -> Self {
        Self::boxed(target, kind, Box::new(run))
    }

    /// Compiled once for all.
    fn boxed(target: &EventTarget, kind: &'static str, run: Box<dyn FnMut(Event)>) -> Self {
        let closure = Closure::wrap(run);
        let function = closure.as_ref().unchecked_ref();
        // Adding a listener fails for no target that exists.
        let _ = target.add_event_listener_with_callback(kind, function);
        Self { target: target.clone(), kind, closure }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let function = self.closure.as_ref().unchecked_ref();
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
