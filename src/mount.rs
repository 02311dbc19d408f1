//! The widget's life: made in an owner of its own, torn down in the right order.

use std::any::Any;

use leptos::mount::mount_to;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, Node};

use crate::config::{Config, HeaderSource};
use crate::runner::{Runner, WidgetEvent};
use crate::strings::{Strings, Words};
use crate::ui::context::Context;
use crate::ui::live::Live;
use crate::ui::panel::panel;

/// A running widget, not drawn yet. Belongs to the reactive owner that was at hand.
#[derive(Clone)]
pub(crate) struct Widget {
    pub(crate) runner: Runner,
    live: Live,
    context: Context,
}

impl Widget {
    /// Starts a widget. It stops when its owner is cleaned up.
    pub(crate) fn start(
        config: &Config,
        headers: HeaderSource,
        strings: Strings,
        on_event: impl Fn(WidgetEvent) + 'static,
    ) -> Self {
        let words = Words::new(strings);
        let live = Live::new(words);
        let note = live.clone();
        let runner = Runner::new(config, headers, move |event| {
            note.note(&event);
            on_event(event);
        });
        let context = Context::new(words, runner.clone());
        // Before the first drawing, so that the picker is usable from the start. What is wrong with
        // the settings is told to whoever asks `Config::resource`.
        let _ = runner.configure(config);
        on_cleanup(move || context.dispose());
        Self { runner, live, context }
    }

    /// Draws it.
    pub(crate) fn draw(self) -> impl IntoView {
        panel(self.context, &self.live)
    }
}

/// A mounted widget. Dropping it ends every request, timer and listener and takes the drawing away.
///
/// Files whose upload is under way are lost to the drop, so a host that only moves the element must
/// keep it.
pub struct Mounted {
    widget: Widget,
    /// The drawing, taken away when dropped; `Some` until then.
    drawing: Option<Box<dyn Any>>,
    owner: Owner,
}

impl Mounted {
    /// Mounts a widget into `target`, an element or a shadow root.
    pub fn new(
        target: &Node,
        config: &Config,
        headers: HeaderSource,
        strings: Strings,
        on_event: impl Fn(WidgetEvent) + 'static,
    ) -> Self {
        let owner = Owner::new();
        // Mounting only appends children, which a shadow root takes just as well.
        let parent: HtmlElement = target.clone().unchecked_into();
        let (widget, drawing) = owner.with(|| {
            let widget = Widget::start(config, headers, strings, on_event);
            let drawn = widget.clone();
            (widget, mount_to(parent, move || drawn.draw()))
        });
        Self { widget, drawing: Some(Box::new(drawing)), owner }
    }

    /// The running widget.
    #[must_use]
    pub fn runner(&self) -> &Runner {
        &self.widget.runner
    }

    /// Opens the file picker. Browsers allow it only while they handle a click or a key.
    pub fn open_picker(&self) {
        if let Some(input) = self.widget.context.input.get_untracked() {
            input.click();
        }
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        // The owner first: a scoped task keeps it alive, so dropping the handle alone would leave
        // tasks, effects and requests running.
        self.owner.cleanup();
        drop(self.drawing.take());
    }
}
