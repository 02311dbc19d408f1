//! What every part of one widget's drawing needs.

use connect_attached_files_core::event::Event;
use connect_attached_files_core::item::ItemId;
use leptos::prelude::*;

use super::bind::Part;
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
    /// The row that someone is asked about, before it is deleted.
    pub(super) asked: RwSignal<Option<ItemId>>,
    runner: StoredValue<Runner, LocalStorage>,
    /// The whole widget, from which everything in it is found.
    panel: StoredValue<Part, LocalStorage>,
}

impl Context {
    /// The parts of the widget that `runner` runs and `panel` shows, owned by the reactive owner at
    /// hand.
    pub(super) fn new(words: Words, runner: Runner, panel: Part) -> Self {
        Self {
            words,
            shown: runner.shown(),
            ids: Ids::next(),
            asked: RwSignal::new(None),
            runner: StoredValue::new_local(runner),
            panel: StoredValue::new_local(panel),
        }
    }

    /// The whole widget, while it is there.
    pub(super) fn panel(self) -> Option<Part> {
        self.panel.try_get_value()
    }

    pub(super) fn item(self, id: ItemId) -> Option<ItemView> {
        self.runner.try_with_value(|runner| runner.item(id)).flatten()
    }

    pub(super) fn dispatch(self, event: Event) {
        self.runner.try_with_value(|runner| runner.dispatch(event));
    }

    pub(super) fn pick(self, picked: Vec<Picked>) {
        self.runner.try_with_value(|runner| runner.pick(picked));
    }
}
