//! A panic on WebAssembly is a trap: whatever the module was doing stays half done. It is marked, so
//! that the facade can say so instead of going on with it.

use std::cell::Cell;

thread_local! {
    static POISONED: Cell<bool> = const { Cell::new(false) };
}

/// Marks the module when it panics.
pub(crate) fn watch() {
    std::panic::set_hook(Box::new(|_| POISONED.with(|poisoned| poisoned.set(true))));
}

/// Whether it has panicked.
pub(crate) fn is_poisoned() -> bool {
    POISONED.with(Cell::get)
}
