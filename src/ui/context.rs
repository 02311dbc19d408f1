//! What every part of one widget's drawing needs.

use connect_attached_files_core::event::Event;
use connect_attached_files_core::item::ItemId;
use leptos::prelude::*;

use super::ids::Ids;
use crate::edge::files::Picked;
use crate::model::{ItemView, Shown};
use crate::runner::Runner;
use crate::strings::Words;

/// One widget's parts; cheap to copy.
#[derive(Clone, Copy)]
pub(crate) struct Context {
    pub(super) words: Words,
    pub(super) shown: Shown,
    pub(super) ids: Ids,
    /// The whole widget, from which everything in it is found.
    pub(super) panel: NodeRef<leptos::html::Section>,
    /// The file picker.
    pub(crate) input: NodeRef<leptos::html::Input>,
    /// The row that someone is asked about, before it is deleted.
    pub(super) asked: RwSignal<Option<ItemId>>,
    runner: StoredValue<Runner, LocalStorage>,
}

impl Context {
    /// The parts of the widget that `runner` runs, owned by the reactive owner at hand.
    pub(crate) fn new(words: Words, runner: Runner) -> Self {
        Self {
            words,
            shown: runner.shown(),
            ids: Ids::next(),
            panel: NodeRef::new(),
            input: NodeRef::new(),
            asked: RwSignal::new(None),
            runner: StoredValue::new_local(runner),
        }
    }

    pub(super) fn item(self, id: ItemId) -> Option<ItemView> {
        self.runner.try_with_value(|runner| runner.item(id)).flatten()
    }

    pub(super) fn dispatch(self, event: Event) {
        self.runner.try_with_value(|runner| runner.dispatch(event));
    }

    /// Ends every request, timer and listener of the widget.
    pub(crate) fn dispose(self) {
        self.runner.try_with_value(Runner::dispose);
    }

    pub(super) fn pick(self, picked: Vec<Picked>) {
        self.runner.try_with_value(|runner| runner.pick(picked));
    }
}
