//! What every part of one widget's drawing needs.

use std::cell::{Cell, RefCell};
use std::ops::Deref;
use std::rc::Rc;

use connect_attached_files_core::event::Event;
use connect_attached_files_core::item::ItemId;
use connect_attached_files_core::text::{Text, decimal};

use super::bind::{Part, Tie, each_time};
use super::ids::Ids;
use super::list::List;
use super::live::Live;
use crate::config::Mode;
use crate::edge::env::Listener;
use crate::edge::files::Picked;
use crate::edge::rows::{has_focus, keep_near};
use crate::edge::task::spawn;
use crate::extras::Extra;
use crate::model::{PanelView, RowHandle, Shown};
use crate::runner::Runner;
use crate::strings::Words;
use crate::watched::Watched;

/// One widget's parts; cheap to clone.
#[derive(Clone)]
pub(crate) struct Context(Rc<Inner>);

pub(crate) struct Inner {
    pub(super) words: Words,
    pub(super) live: Live,
    pub(super) rows: Watched<Vec<RowHandle>>,
    pub(super) shown: Watched<PanelView>,
    pub(super) mode: Watched<Mode>,
    pub(super) density: Watched<String>,
    pub(super) capture: Watched<String>,
    pub(super) ids: Ids,
    /// The row that someone is asked about, before it is deleted.
    pub(super) asked: Watched<Option<ItemId>>,
    /// The row that another file is being chosen for.
    choosing: Cell<Option<ItemId>>,
    pub(super) runner: Runner,
    /// The whole widget, from which everything in it is found.
    pub(super) panel: Part,
    pub(super) list: RefCell<Option<Rc<List>>>,
    /// What holds the drawing to values and events.
    ties: RefCell<Vec<Tie>>,
    /// Names of users by their ARN, empty until they are known.
    people: RefCell<Vec<(String, Watched<String>)>>,
}

impl Deref for Context {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.0
    }
}

impl Context {
    /// The parts of the widget that `runner` runs and `panel` shows.
    pub(super) fn new(words: Words, live: &Live, runner: Runner, panel: Part) -> Self {
        let Shown { rows, panel: shown, mode, density, capture } = runner.shown();
        Self(Rc::new(Inner {
            words,
            live: live.clone(),
            rows,
            shown,
            mode,
            density,
            capture,
            ids: Ids::next(),
            asked: Watched::new(None),
            choosing: Cell::new(None),
            runner,
            panel,
            list: RefCell::new(None),
            ties: RefCell::default(),
            people: RefCell::default(),
        }))
    }

    /// Holds a tie until the drawing ends.
    pub(super) fn tie(&self, tie: Tie) {
        self.ties.borrow_mut().push(tie);
    }

    /// Runs `run` now and whenever a value it reads has changed.
    pub(super) fn each_time(&self, run: impl FnMut() + 'static) {
        self.tie(each_time(Box::new(run)));
    }

    /// Keeps the focus near a row. Call it before what may take the focus away: the rows beside it are
    /// those of now.
    pub(super) fn keep_near(&self, id: ItemId) {
        let neighbours = self.list.borrow().as_ref().map(|list| list.neighbours(id));
        let rows = std::iter::once(id).chain(neighbours.unwrap_or_default());
        let rows = rows.filter_map(|row| u32::try_from(row.0).ok());
        keep_near(self.panel.element(), rows.collect());
    }

    /// Offers a control of a row or not; of no row with the number 0. The focus does not go with it.
    pub(super) fn offer(&self, control: &Part, is_offered: bool, row: ItemId) {
        if !is_offered && control.element().matches(":focus").unwrap_or(false) {
            self.keep_near(row);
        }
        control.show(is_offered);
    }

    /// The row with the focus, or the number 0 while it is elsewhere in the widget; `None` outside.
    pub(crate) fn focused(&self) -> Option<ItemId> {
        let row = || self.list.borrow().as_ref().and_then(|list| list.focused());
        has_focus(self.panel.element()).then(|| row().unwrap_or(ItemId(0)))
    }

    /// Gives the focus to a row, wherever in the list it is.
    pub(crate) fn focus(&self, row: ItemId) {
        if let Some(list) = &*self.list.borrow() {
            list.reveal(row);
        }
        self.keep_near(row);
    }

    /// Calls `run` on each event of a kind.
    pub(super) fn on(&self, part: &Part, kind: &'static str, run: impl FnMut() + 'static) {
        self.tie(Tie::Listener(Listener::new(part.element(), kind, run)));
    }

    /// Takes the drawing off the page. What it is made of holds this context until then.
    pub(crate) fn end(&self) {
        let ties = self.ties.take();
        drop(ties);
        self.list.take();
        self.panel.element().remove();
    }

    /// The whole widget.
    pub(crate) fn panel(&self) -> &Part {
        &self.panel
    }

    /// A row that is drawn.
    pub(super) fn row(&self, id: ItemId) -> Part {
        self.panel.find(&["[data-row=\"", &decimal(id.0), "\"]"].concat())
    }

    /// Who a user is, as far as the host says; empty until it has, and followed.
    pub(super) fn person(&self, arn: &str) -> String {
        let known = self.people.borrow().iter().find(|(who, _)| who == arn).cloned();
        if let Some((_, known)) = known {
            return known.with(Clone::clone);
        }
        // A host that names nobody now may do so later.
        if !self.runner.extras().has(Extra::ResolveUser) {
            return String::new();
        }
        let name = Watched::new(String::new());
        self.people.borrow_mut().push((arn.to_owned(), name.clone()));
        let resolved =
            self.runner.extras().call(Extra::ResolveUser, &js_sys::Array::of1(&arn.into()));
        let found = name.clone();
        spawn(async move {
            if let Some(person) = resolved.await.and_then(|person| person.as_string()) {
                found.set(person);
            }
        });
        name.with(Clone::clone)
    }

    pub(super) fn dispatch(&self, event: Event) {
        self.runner.dispatch(event);
    }

    /// Lets someone choose a file in place of a row's.
    pub(super) fn choose_again(&self, id: ItemId) {
        self.choosing.set(Some(id));
        self.panel.find(".caf-again").element().click();
    }

    /// The file is chosen.
    pub(super) fn replace(&self, picked: Vec<Picked>) {
        if let (Some(id), Some(file)) = (self.choosing.get(), picked.into_iter().next()) {
            self.runner.replace(id, file);
        }
    }

    /// Copies a text and says so.
    pub(super) fn copy(&self, text: String) {
        let context = self.clone();
        let copied = self.runner.extras().call(Extra::Copy, &js_sys::Array::of1(&text.into()));
        spawn(async move {
            let is_copied = copied.await.is_some_and(|copied| copied.is_truthy());
            let text = if is_copied { Text::LiveCopied } else { Text::LiveNotCopied };
            context.live.say_now(context.words.get(text));
        });
    }
}
