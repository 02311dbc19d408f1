//! The widget's life: drawn, drawn anew in another language, torn down in the right order.

use std::cell::RefCell;
use std::rc::Rc;

use connect_attached_files_core::item::ItemId;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, Node};

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
    drawing: RefCell<Drawing>,
}

/// What is shown, in one language.
struct Drawing {
    /// None only outside a document.
    context: Option<Context>,
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
        let drawing = Drawing::new(target, &words, &live, &runner);
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
        let focused = self.context().and_then(|context| context.focused());
        // The old one goes first, with what it holds of the page.
        self.drawing.borrow_mut().end();
        self.drawing.replace(Drawing::new(&self.target, &words, &self.live, &self.runner));
        if let (Some(row), Some(context)) = (focused, self.context()) {
            context.focus(row);
        }
    }

    /// Opens the file picker. Browsers allow it only while they handle a click or a key.
    pub fn open_picker(&self) {
        if let Some(input) = self.picker() {
            input.click();
        }
    }

    /// Shows an approved file in a dialog, where there is something to show it.
    pub fn preview(&self, id: ItemId) {
        if let (Some(context), Some(view)) = (self.context(), self.runner.item(id)) {
            preview(&context, &view);
        }
    }

    /// Saves all approved files: in one archive where there is something to make it, else one by one.
    pub fn download_all(&self) {
        if let Some(context) = self.context() {
            download_all(&context);
        }
    }

    fn context(&self) -> Option<Context> {
        self.drawing.borrow().context.clone()
    }

    fn element(&self) -> Option<HtmlElement> {
        Some(self.context()?.panel().element().clone())
    }

    fn picker(&self) -> Option<HtmlElement> {
        let input = self.element()?.query_selector(".caf-input").ok().flatten();
        input.map(JsCast::unchecked_into)
    }
}

impl Drawing {
    fn new(target: &Node, words: &Words, live: &Live, runner: &Runner) -> Self {
        let context = panel(words, live, runner.clone());
        if let Some(context) = &context {
            let panel = context.panel().element();
            // Fails only for a node that takes no children, where there is nothing to show.
            let _ = target.append_child(panel);
            #[cfg(feature = "styles")]
            crate::ui::theme::adopt(panel);
        }
        Self { context }
    }

    fn end(&mut self) {
        if let Some(context) = self.context.take() {
            context.end();
        }
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        self.runner.dispose();
        self.drawing.borrow_mut().end();
    }
}
