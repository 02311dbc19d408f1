//! Ties elements to signals and events. Everything tied ends with the reactive owner at hand.

use leptos::prelude::*;
use leptos::reactive::effect::RenderEffect;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlElement};

use crate::edge::env::Listener;

/// An element of the drawing.
#[derive(Clone)]
pub(crate) struct Part(HtmlElement);

impl Part {
    pub(super) fn new(element: HtmlElement) -> Self {
        Self(element)
    }

    /// The element itself.
    pub(crate) fn element(&self) -> &HtmlElement {
        &self.0
    }

    /// A copy with everything inside, tied to nothing.
    pub(super) fn copy(&self) -> Option<Self> {
        self.0.clone_node_with_deep(true).ok()?.dyn_into().ok().map(Self)
    }

    /// The first element inside that matches a selector; itself when there is none, which a selector
    /// of our own markup never comes to.
    pub(super) fn find(&self, selector: &str) -> Self {
        let found = self.0.query_selector(selector).ok().flatten();
        Self(found.and_then(|element| element.dyn_into().ok()).unwrap_or_else(|| self.0.clone()))
    }

    /// Sets an attribute.
    pub(super) fn attribute(&self, name: &str, value: &str) {
        // Fails only for names that are none.
        let _ = self.0.set_attribute(name, value);
    }

    /// Sets the text.
    pub(super) fn say(&self, text: &str) {
        self.0.set_text_content(Some(text));
    }

    /// Keeps the text as `read` says.
    pub(super) fn saying(&self, read: impl Fn() -> String + 'static) {
        let part = self.0.clone();
        keep(Box::new(read), Box::new(move |text| part.set_text_content(Some(text))));
    }

    /// Keeps an attribute as `read` says.
    pub(super) fn setting(&self, name: &'static str, read: impl Fn() -> String + 'static) {
        let part = self.clone();
        keep(Box::new(read), Box::new(move |text| part.attribute(name, text)));
    }

    /// Keeps it scaled along the line to as many per cent as `read` says. Set through the object model, which
    /// a strict `style-src` allows.
    pub(super) fn filling(&self, read: impl Fn() -> String + 'static) {
        let style = self.0.style();
        let write = move |percent: &str| {
            drop(style.set_property("transform", &format!("scaleX(calc({percent}/100))")))
        };
        keep(Box::new(read), Box::new(write));
    }

    /// Keeps it out of sight and out of the accessible tree while `read` says so.
    pub(super) fn hidden_while(&self, read: impl Fn() -> bool + 'static) {
        let part = self.0.clone();
        each_time(Box::new(move || part.set_hidden(read())));
    }

    /// Calls `run` on each event of a kind.
    pub(super) fn on(&self, kind: &'static str, run: impl FnMut(Event) + 'static) {
        StoredValue::new_local(Listener::new(&self.0, kind, run));
    }
}

/// Writes what `read` says, whenever it says something else.
fn keep(read: Box<dyn Fn() -> String>, write: Box<dyn Fn(&str)>) {
    let written = std::cell::RefCell::new(None);
    each_time(Box::new(move || {
        let text = read();
        if written.borrow().as_ref() != Some(&text) {
            write(&text);
            *written.borrow_mut() = Some(text);
        }
    }));
}

/// Runs `run` now and whenever a signal it reads has changed.
pub(super) fn each_time(mut run: Box<dyn FnMut()>) {
    let effect = RenderEffect::new(move |_| run());
    on_cleanup(move || drop(effect));
}
