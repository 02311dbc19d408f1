//! Ties elements to values and events, for as long as the tie is held.

use leptos::reactive::effect::RenderEffect;
use web_sys::HtmlElement;

use crate::edge::env::Listener;
use crate::edge::markup;
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

    /// The first element inside that matches a selector; itself when there is none, which a selector
    /// of our own markup never comes to.
    pub(crate) fn find(&self, selector: &str) -> Self {
        Self(markup::find(&self.0, selector))
    }

    /// Sets an attribute.
    pub(super) fn attribute(&self, name: &str, value: &str) {
        markup::attribute(&self.0, name, value);
    }

    /// Sets the text.
    pub(super) fn say(&self, text: &str) {
        markup::say(&self.0, text);
    }

    /// Sets the text and shows it; hides it while there is none.
    pub(super) fn say_or_hide(&self, text: &str) {
        self.say(text);
        self.show(!text.is_empty());
    }

    /// Scales it along the line.
    pub(super) fn fill_up(&self, percent: &str) {
        self.style("transform", &["scaleX(calc(", percent, "/100))"].concat());
    }

    /// Sets a property of its style.
    pub(super) fn style(&self, property: &str, value: &str) {
        markup::style(&self.0, property, value);
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
