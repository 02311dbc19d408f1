//! Work that goes on by itself.

use crate::edge::api::LocalFuture;

/// Runs a future to its end. The machinery behind it is compiled once, not for each kind of future.
pub(crate) fn spawn(future: impl Future<Output = ()> + 'static) {
    spawn_boxed(Box::pin(future));
}

fn spawn_boxed(future: LocalFuture<()>) {
    wasm_bindgen_futures::spawn_local(future);
}
