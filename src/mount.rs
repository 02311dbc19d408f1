//! The widget's life: drawn, drawn anew in another language, torn down in the right order.

use std::cell::RefCell;
use std::rc::Rc;

use connect_attached_files_core::item::ItemId;
use web_sys::Node;

use crate::config::{Config, HeaderSource};
use crate::extras::Extras;
use crate::runner::{Runner, WidgetEvent};
use crate::strings::{Strings, Words};
use crate::ui::context::Context;
use crate::ui::live::Live;
use crate::ui::panel::panel;
use crate::ui::preview::{download_all, preview};

/// A mounted widget. Dropping it ends every request, timer and listener and takes the drawing away.
///
/// Files whose upload is under way are lost to the drop, so a host that only moves the element must
/// keep it.
pub struct Mounted {
    runner: Runner,
    live: Live,
    /// What live region and errors speak.
    spoken: Rc<RefCell<Words>>,
    target: Node,
    /// What is shown, in one language.
    drawing: RefCell<Context>,
}

impl Mounted {
    /// Mounts a widget into `target`, an element or a shadow root. What is wrong with `config` is told
    /// by [`Config::resource`]; the widget waits for better settings.
    pub fn new(
        target: &Node,
        config: &Config,
        headers: HeaderSource,
        strings: Strings,
        extras: Extras,
        on_event: impl Fn(WidgetEvent) + 'static,
    ) -> Self {
        // Effects run as tasks of the browser's queue. Another widget may have said so already.
        let _ = any_spawner::Executor::init_wasm_bindgen();
        let words = Words::new(strings);
        let spoken = Rc::new(RefCell::new(words.clone()));
        let live = Live::new(Rc::clone(&spoken));
        let note = live.clone();
        let runner = Runner::new(config, headers, extras, Rc::clone(&spoken), move |event| {
            note.note(&event);
            on_event(event);
        });
        // Before the first drawing, so that the picker is usable from the start.
        let _ = runner.configure(config);
        let drawing = draw(target, &words, &live, &runner);
        let (target, drawing) = (target.clone(), RefCell::new(drawing));
        Self { runner, live, spoken, target, drawing }
    }

    /// The running widget.
    #[must_use]
    pub fn runner(&self) -> &Runner {
        &self.runner
    }

    /// Speaks other words from now on. Nothing that runs is touched; the drawing is made anew.
    pub fn set_strings(&self, strings: Strings) {
        let words = Words::new(strings);
        self.spoken.replace(words.clone());
        let old = self.context();
        let focused = old.focused();
        // The old one goes first, with what it holds of the page.
        old.end();
        self.drawing.replace(draw(&self.target, &words, &self.live, &self.runner));
        if let Some(row) = focused {
            self.context().focus(row);
        }
    }

    /// Opens the file picker. Browsers allow it only while they handle a click or a key.
    pub fn open_picker(&self) {
        self.context().panel().find(".caf-input").element().click();
    }

    /// Shows an approved file in a dialog, where there is something to show it.
    pub fn preview(&self, id: ItemId) {
        if let Some(view) = self.runner.item(id) {
            preview(&self.context(), &view);
        }
    }

    /// Saves all approved files: in one archive where there is something to make it, else one by one.
    pub fn download_all(&self) {
        download_all(&self.context());
    }

    fn context(&self) -> Context {
        self.drawing.borrow().clone()
    }
}

fn draw(target: &Node, words: &Words, live: &Live, runner: &Runner) -> Context {
    let context = panel(words, live, runner.clone());
    let panel = context.panel().element();
    // Fails only for a node that takes no children, where there is nothing to show.
    let _ = target.append_child(panel);
    #[cfg(feature = "styles")]
    crate::ui::theme::adopt(panel);
    context
}

impl Drop for Mounted {
    fn drop(&mut self) {
        self.runner.dispose();
        self.context().end();
    }
}
