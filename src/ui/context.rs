//! What every part of one widget's drawing needs.

use connect_attached_files_core::event::Event;
use connect_attached_files_core::item::ItemId;
use connect_attached_files_core::text::Text;
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::bind::Part;
use super::ids::Ids;
use super::live::Live;
use crate::edge::clipboard::copy;
use crate::edge::files::Picked;
use crate::model::{ItemView, PanelView, RowHandle, Shown};
use crate::runner::Runner;
use crate::strings::Words;
use crate::watched::{Followed, Watched};

/// One widget's parts; cheap to copy.
#[derive(Clone, Copy)]
pub(crate) struct Context {
    pub(super) words: Words,
    pub(super) rows: Followed<Vec<RowHandle>>,
    pub(super) shown: Followed<PanelView>,
    pub(super) ids: Ids,
    /// The row that someone is asked about, before it is deleted.
    pub(super) asked: Followed<Option<ItemId>>,
    /// The row that another file is being chosen for.
    choosing: Followed<Option<ItemId>>,
    /// What is spoken.
    said: Followed<String>,
    runner: StoredValue<Runner, LocalStorage>,
    /// The whole widget, from which everything in it is found.
    panel: StoredValue<Part, LocalStorage>,
}

impl Context {
    /// The parts of the widget that `runner` runs and `panel` shows, owned by the reactive owner at
    /// hand.
    pub(super) fn new(words: Words, live: &Live, runner: Runner, panel: Part) -> Self {
        let Shown { rows, panel: shown } = runner.shown();
        Self {
            words,
            rows: Followed::new(rows),
            shown: Followed::new(shown),
            ids: Ids::next(),
            asked: Followed::new(Watched::new(None)),
            choosing: Followed::new(Watched::new(None)),
            said: Followed::new(live.said()),
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

    pub(super) fn for_each(self, event: impl Fn(&ItemView) -> Option<Event>) {
        self.runner.try_with_value(|runner| runner.for_each(event));
    }

    /// Lets someone choose a file in place of a row's.
    pub(super) fn choose_again(self, id: ItemId) {
        self.choosing.set(Some(id));
        if let Some(panel) = self.panel() {
            panel.find(".caf-again").element().click();
        }
    }

    /// The file is chosen.
    pub(super) fn replace(self, picked: Vec<Picked>) {
        if let (Some(id), Some(file)) = (self.choosing.peek(|id| *id), picked.into_iter().next()) {
            self.runner.try_with_value(|runner| runner.replace(id, file));
        }
    }

    /// Copies a text and says so.
    pub(super) fn copy(self, text: String) {
        spawn_local(async move {
            let text = if copy(&text).await { Text::LiveCopied } else { Text::LiveNotCopied };
            self.said.set(self.words.get(text));
        });
    }

    pub(super) fn pick(self, picked: Vec<Picked>) {
        self.runner.try_with_value(|runner| runner.pick(picked));
    }
}
