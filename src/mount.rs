//! The widget's life: made in an owner of its own, torn down in the right order.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, Node};

use crate::config::{Config, HeaderSource};
use crate::runner::{Runner, WidgetEvent};
use crate::strings::{Strings, Words};
use crate::ui::live::Live;
use crate::ui::panel::panel;

/// A mounted widget. Dropping it ends every request, timer and listener and takes the drawing away.
///
/// Files whose upload is under way are lost to the drop, so a host that only moves the element must
/// keep it.
pub struct Mounted {
    runner: Runner,
    panel: Option<HtmlElement>,
    owner: Owner,
}

impl Mounted {
    /// Mounts a widget into `target`, an element or a shadow root. What is wrong with `config` is told
    /// by [`Config::resource`]; the widget waits for better settings.
    pub fn new(
        target: &Node,
        config: &Config,
        headers: HeaderSource,
        strings: Strings,
        on_event: impl Fn(WidgetEvent) + 'static,
    ) -> Self {
        // Effects run as tasks of the browser's queue. Another widget may have said so already.
        let _ = any_spawner::Executor::init_wasm_bindgen();
        let owner = Owner::new();
        let (runner, panel) = owner.with(|| {
            let words = Words::new(strings);
            let live = Live::new(words);
            let note = live.clone();
            let runner = Runner::new(config, headers, move |event| {
                note.note(&event);
                on_event(event);
            });
            // Before the first drawing, so that the picker is usable from the start.
            let _ = runner.configure(config);
            let panel = panel(words, &live, runner.clone());
            (runner, panel.map(|panel| panel.element().clone()))
        });
        if let Some(panel) = &panel {
            // Fails only for a node that takes no children, where there is nothing to show.
            let _ = target.append_child(panel);
            #[cfg(feature = "styles")]
            crate::ui::theme::adopt(panel);
        }
        Self { runner, panel, owner }
    }

    /// The running widget.
    #[must_use]
    pub fn runner(&self) -> &Runner {
        &self.runner
    }

    /// Opens the file picker. Browsers allow it only while they handle a click or a key.
    pub fn open_picker(&self) {
        let input = self.panel.as_ref().and_then(|panel| panel.query_selector(".caf-input").ok());
        if let Some(input) = input.flatten().and_then(|input| input.dyn_into::<HtmlElement>().ok())
        {
            input.click();
        }
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        self.runner.dispose();
        self.owner.cleanup();
        if let Some(panel) = self.panel.take() {
            panel.remove();
        }
    }
}
