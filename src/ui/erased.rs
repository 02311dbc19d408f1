//! Closures without a type of their own.
//!
//! Leptos compiles its machinery anew for every type of closure in a view, 3 kB of WebAssembly each.
//! Views of this widget hand it these few types only.

use leptos::ev::{DragEvent, Event, MouseEvent};

type Text = Box<dyn FnMut() -> String + Send>;
type Flag = Box<dyn FnMut() -> bool + Send>;

/// A text that changes.
pub(super) fn text(read: impl FnMut() -> String + Send + 'static) -> Text {
    Box::new(read)
}

/// A yes or no that changes.
pub(super) fn flag(read: impl FnMut() -> bool + Send + 'static) -> Flag {
    Box::new(read)
}

/// What a click does.
pub(super) fn click(run: impl Fn() + 'static) -> Box<dyn FnMut(MouseEvent)> {
    Box::new(move |_| run())
}

/// What a change of an input does.
pub(super) fn change(run: impl Fn() + 'static) -> Box<dyn FnMut(Event)> {
    Box::new(move |_| run())
}

/// What a drag does.
pub(super) fn drag(run: impl Fn(DragEvent) + 'static) -> Box<dyn FnMut(DragEvent)> {
    Box::new(run)
}
