//! Ties elements to values and events, for as long as the tie is held.

use leptos::reactive::effect::RenderEffect;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::edge::env::Listener;
use crate::edge::watch::Watch;

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
        self.0.clone_node_with_deep(true).ok().map(|node| Self(node.unchecked_into()))
    }

    /// The first element inside that matches a selector; itself when there is none, which a selector
    /// of our own markup never comes to.
    pub(super) fn find(&self, selector: &str) -> Self {
        let found = self.0.query_selector(selector).ok().flatten();
        Self(found.map_or_else(|| self.0.clone(), JsCast::unchecked_into))
    }

    /// Sets an attribute, if it is not so already.
    pub(super) fn attribute(&self, name: &str, value: &str) {
        if self.0.get_attribute(name).as_deref() != Some(value) {
            // Fails only for names that are none.
            let _ = self.0.set_attribute(name, value);
        }
    }

    /// Sets the text, if it is not so already: what is not touched is neither drawn nor read out again.
    pub(super) fn say(&self, text: &str) {
        if self.0.text_content().as_deref() != Some(text) {
            self.0.set_text_content(Some(text));
        }
    }

    /// Sets the text and shows it; hides it while there is none.
    pub(super) fn say_or_hide(&self, text: &str) {
        self.say(text);
        self.show(!text.is_empty());
    }

    /// Scales it along the line. Set through the object model, which a strict `style-src` allows.
    pub(super) fn fill_up(&self, percent: &str) {
        self.style("transform", &["scaleX(calc(", percent, "/100))"].concat());
    }

    /// Sets a property of its style.
    pub(super) fn style(&self, property: &str, value: &str) {
        let _ = self.0.style().set_property(property, value);
    }

    /// Keeps it in sight, or out of sight and out of the accessible tree.
    pub(super) fn show(&self, is_shown: bool) {
        self.0.set_hidden(!is_shown);
    }
}

/// Something that holds a part to a value or to its events. Dropping it lets go.
#[expect(dead_code, reason = "held for its drop")]
pub(super) enum Tie {
    Effect(RenderEffect<()>),
    Listener(Listener),
    Watch(Watch),
}

/// Runs `run` now and whenever a value it reads has changed.
pub(super) fn each_time(mut run: Box<dyn FnMut()>) -> Tie {
    Tie::Effect(RenderEffect::new(move |_| run()))
}
