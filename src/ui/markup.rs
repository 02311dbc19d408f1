//! What never changes of the drawing: a tree of tags, made once and cloned.
//!
//! Views written with `view!` are compiled type by type, which made a third of the module; a tree in
//! the data section costs its own letters. It is built with `createElement`, so it also works where a
//! page forbids markup from strings (`require-trusted-types-for 'script'`).

use wasm_bindgen::JsCast;
use web_sys::{Document, HtmlElement, Node};

use super::bind::Part;

/// One element of the tree.
pub(super) struct Tag {
    name: &'static str,
    class: &'static str,
    attributes: &'static [(&'static str, &'static str)],
    children: &'static [Tag],
}

/// An element named `name` with its classes, attributes and children.
pub(super) const fn tag(
    name: &'static str,
    class: &'static str,
    attributes: &'static [(&'static str, &'static str)],
    children: &'static [Tag],
) -> Tag {
    Tag { name, class, attributes, children }
}

impl Tag {
    /// Builds the tree. `None` only outside a document.
    pub(super) fn build(&self) -> Option<Part> {
        let document = web_sys::window()?.document()?;
        self.element(&document).map(Part::new)
    }

    fn element(&self, document: &Document) -> Option<HtmlElement> {
        let element: HtmlElement = document.create_element(self.name).ok()?.unchecked_into();
        element.set_class_name(self.class);
        for (name, value) in self.attributes {
            element.set_attribute(name, value).ok()?;
        }
        for child in self.children {
            let child: Node = child.element(document)?.into();
            element.append_child(&child).ok()?;
        }
        Some(element)
    }
}
