//! What the page shows: a projection of the session, a signal a row, set only when a row changed.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;

use connect_attached_files_core::error::Failure;
use connect_attached_files_core::item::{Download, Item, ItemId};
use connect_attached_files_core::limits::Limits;
use connect_attached_files_core::phase::{Hold, Patience, Phase, PhaseName};
use connect_attached_files_core::progress::Progress;
use connect_attached_files_core::resource::Resource;
use connect_attached_files_core::session::Session;
use connect_attached_files_core::shelf::Listing;
use connect_attached_files_core::table::Table;
use connect_attached_files_core::tally::Tally;
use connect_attached_files_core::validate::Refusal;
use connect_attached_files_core::warning::Warning;

use crate::arrange::Arrangement;
use crate::config::Mode;
use crate::strings::Words;
use crate::watched::Watched;

/// One row as it is shown and told to the host.
#[derive(Clone, Debug, PartialEq)]
pub struct ItemView {
    /// Number of the row, unique in a widget.
    pub id: ItemId,
    /// The case or contact it belongs to.
    pub resource: Arc<Resource>,
    /// Whether that is another one than the widget shows now.
    pub is_elsewhere: bool,
    /// File name.
    pub name: String,
    /// Its name as it was picked, if that was changed.
    pub original_name: Option<String>,
    /// Size in bytes.
    pub size: u64,
    /// Whether it was picked here.
    pub is_local: bool,
    /// Whether its file is still here, so that it can be sent again.
    pub has_file: bool,
    /// Id of the file record.
    pub file_id: Option<String>,
    /// ISO 8601.
    pub created_at: Option<String>,
    /// ARN of who attached it.
    pub created_by: Option<String>,
    /// Where it stands.
    pub phase: PhaseName,
    /// Why it does not go on.
    pub hold: Hold,
    /// Whether no byte has moved for five seconds.
    pub stalled: bool,
    /// How long the verdict is outstanding.
    pub patience: Patience,
    /// Progress of the running attempt.
    pub progress: Option<Progress>,
    /// Rules it breaks.
    pub refusals: Vec<Refusal>,
    /// Why it ended in an error, or why a side action failed.
    pub failure: Option<Failure>,
    /// Whether a download is under way.
    pub is_downloading: bool,
    /// Whether the user paused it.
    pub is_paused: bool,
    /// What should be looked at before others do.
    pub warnings: Vec<Warning>,
    /// Whether its delete can still be taken back.
    pub may_restore: bool,
}

impl ItemView {
    /// Whether its upload is on its way. A file that waits for its verdict is uploaded.
    #[must_use]
    pub fn is_on_its_way(&self) -> bool {
        matches!(
            self.phase,
            PhaseName::Queued
                | PhaseName::Hashing
                | PhaseName::Starting
                | PhaseName::Uploading
                | PhaseName::Completing
        )
    }

    fn of(session: &Session, item: &Item) -> Self {
        let mut view = Self {
            id: item.id,
            resource: Arc::clone(&item.resource),
            is_elsewhere: session.resource() != Some(&item.resource),
            name: item.name.clone(),
            size: item.size,
            is_local: item.is_local,
            has_file: item.source.is_some(),
            file_id: item.file_id.clone(),
            created_at: item.created_at.clone(),
            created_by: item.created_by.clone(),
            phase: item.phase.name(),
            hold: session.hold(item),
            stalled: false,
            patience: Patience::Usual,
            progress: None,
            refusals: Vec::new(),
            failure: item.notice.clone(),
            is_downloading: item.download != Download::Idle,
            is_paused: item.is_paused,
            original_name: item.original_name.clone(),
            warnings: item.warnings.clone(),
            may_restore: item.may_restore(),
        };
        match &item.phase {
            Phase::Invalid(refusals) => view.refusals.clone_from(refusals),
            Phase::Error(failure) => view.failure = Some(failure.clone()),
            Phase::Scanning(scanning) => view.patience = scanning.patience,
            Phase::Uploading(uploading) => {
                view.progress = Some(uploading.progress);
                view.stalled = uploading.stalled;
            }
            _ => {}
        }
        view
    }
}

/// A row: its number and its state.
#[derive(Clone)]
pub(crate) struct RowHandle {
    pub(crate) id: ItemId,
    pub(crate) view: Watched<ItemView>,
    /// Its height when it was drawn last, in pixels; 0 when it never was.
    pub(crate) height: Rc<Cell<u32>>,
}

/// What the panel shows beside the rows.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct PanelView {
    /// Limits in force.
    pub(crate) limits: Limits,
    /// State of the list.
    pub(crate) listing: Listing,
    /// Whether there is a case or contact to attach to.
    pub(crate) has_resource: bool,
    /// Whether the network is away.
    pub(crate) is_offline: bool,
    /// The rows summed up.
    pub(crate) tally: Tally,
    /// How many rows there are, shown or not.
    pub(crate) rows: usize,
}

impl PanelView {
    fn of(session: &Session) -> Self {
        Self {
            limits: session.limits().clone(),
            listing: session.shelf().listing.clone(),
            has_resource: session.resource().is_some(),
            is_offline: !session.is_online(),
            tally: session.tally(),
            rows: session.count_rows(),
        }
    }
}

/// What everything shown hangs on.
#[derive(Clone)]
pub(crate) struct Shown {
    /// Rows in the order to show.
    pub(crate) rows: Watched<Vec<RowHandle>>,
    /// The rest of the session.
    pub(crate) panel: Watched<PanelView>,
    /// What people may do.
    pub(crate) mode: Watched<Mode>,
    /// See [`crate::config::Config::density`].
    pub(crate) density: Watched<String>,
    /// See [`crate::config::Config::capture`].
    pub(crate) capture: Watched<String>,
}

/// The projection.
pub(crate) struct Model {
    pub(crate) shown: Shown,
    /// All rows, newest first.
    rows: Vec<RowHandle>,
    by_id: Table<ItemId, RowHandle>,
    pub(crate) arrangement: Arrangement,
    words: Rc<RefCell<Words>>,
    /// Rows that went away in the last update, for the host who is told about it.
    gone: Vec<ItemView>,
}

impl Model {
    /// An empty model.
    pub(crate) fn new(words: Rc<RefCell<Words>>) -> Self {
        let shown = Shown {
            rows: Watched::new(Vec::new()),
            panel: Watched::new(PanelView::default()),
            mode: Watched::new(Mode::default()),
            density: Watched::new(String::new()),
            capture: Watched::new(String::new()),
        };
        Self {
            shown,
            rows: Vec::new(),
            by_id: Table::default(),
            arrangement: Arrangement::default(),
            words,
            gone: Vec::new(),
        }
    }

    /// Shows rows in another order, or others.
    pub(crate) fn arrange(&mut self, arrangement: Arrangement) {
        self.arrangement = arrangement;
        self.show_rows();
    }

    fn show_rows(&self) {
        self.shown.rows.set(self.arrangement.of(&self.rows, &self.words.borrow()));
    }

    /// Takes over the rows that changed; makes, reorders and drops rows where needed.
    pub(crate) fn update(&mut self, session: &Session, changed: &[ItemId]) {
        let (mut is_other, mut is_moved) = (false, false);
        self.gone.clear();
        for &id in changed {
            let view = session.item(id).map(|item| ItemView::of(session, item));
            match (view, self.by_id.get(&id)) {
                (Some(view), Some(row)) => {
                    let (is_same, is_same_phase) =
                        row.view.peek(|before| (*before == view, before.phase == view.phase));
                    if !is_same {
                        row.view.set(view);
                    }
                    is_moved |= !is_same_phase && self.arrangement.depends_on_phase();
                }
                (Some(view), None) => {
                    let view = Watched::new(view);
                    self.by_id.insert(id, RowHandle { id, view, height: Rc::default() });
                    is_other = true;
                }
                (None, Some(row)) => {
                    let last =
                        ItemView { phase: PhaseName::Deleted, ..row.view.peek(Clone::clone) };
                    self.gone.push(last);
                    self.by_id.remove(&id);
                    is_other = true;
                }
                (None, None) => {}
            }
        }
        if is_other {
            let rows = session.rows().into_iter();
            self.rows = rows.filter_map(|id| self.by_id.get(&id).cloned()).collect();
        }
        if is_other || is_moved {
            self.show_rows();
        }
        let panel = PanelView::of(session);
        if self.shown.panel.peek(|before| *before != panel) {
            self.shown.panel.set(panel);
        }
    }

    /// Numbers of the rows that went away in the last update.
    pub(crate) fn gone(&self) -> Vec<ItemId> {
        self.gone.iter().map(|row| row.id).collect()
    }

    /// One row as it stands, or as it stood when it went away just now.
    pub(crate) fn item(&self, id: ItemId) -> Option<ItemView> {
        match self.by_id.get(&id) {
            Some(row) => Some(row.view.peek(Clone::clone)),
            None => self.gone.iter().find(|row| row.id == id).cloned(),
        }
    }

    /// All rows as they stand, newest first.
    pub(crate) fn items(&self) -> Vec<ItemView> {
        self.rows.iter().map(|row| row.view.peek(Clone::clone)).collect()
    }
}
