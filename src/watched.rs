//! Values that the drawing follows. A Leptos signal is compiled anew for each type of value; here all
//! values share Leptos' one trigger type, which tells the effects that read them when they change.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::*;

/// A value and who follows it. Counted: whoever holds one can read it, however late.
pub(crate) struct Watched<T> {
    value: Rc<RefCell<T>>,
    changed: ArcTrigger,
}

impl<T> Watched<T> {
    pub(crate) fn new(value: T) -> Self {
        Self { value: Rc::new(RefCell::new(value)), changed: ArcTrigger::new() }
    }

    /// Reads it; the effect at hand runs again when it changes.
    pub(crate) fn with<R>(&self, read: impl FnOnce(&T) -> R) -> R {
        self.changed.track();
        self.peek(read)
    }

    /// Reads it without following it.
    pub(crate) fn peek<R>(&self, read: impl FnOnce(&T) -> R) -> R {
        read(&self.value.borrow())
    }

    /// Replaces it.
    pub(crate) fn set(&self, value: T) {
        self.value.replace(value);
        self.changed.notify();
    }
}

impl<T> Clone for Watched<T> {
    fn clone(&self) -> Self {
        Self { value: Rc::clone(&self.value), changed: self.changed.clone() }
    }
}

/// The same for a drawing, which ends with its owner: cheap to copy into each of its closures.
pub(crate) struct Followed<T: 'static>(StoredValue<Watched<T>, LocalStorage>);

impl<T> Followed<T> {
    /// Follows a value as long as the reactive owner at hand lives.
    pub(crate) fn new(watched: Watched<T>) -> Self {
        Self(StoredValue::new_local(watched))
    }

    /// As [`Watched::with`].
    pub(crate) fn with<R>(self, read: impl FnOnce(&T) -> R) -> R {
        self.0.with_value(|watched| watched.with(read))
    }

    /// As [`Watched::peek`].
    pub(crate) fn peek<R>(self, read: impl FnOnce(&T) -> R) -> R {
        self.0.with_value(|watched| watched.peek(read))
    }

    /// As [`Watched::set`]; nothing once the owner is gone.
    pub(crate) fn set(self, value: T) {
        // Handed out first, for an effect that runs meanwhile may read it.
        if let Some(watched) = self.0.try_get_value() {
            watched.set(value);
        }
    }
}

impl<T> Clone for Followed<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Followed<T> {}
