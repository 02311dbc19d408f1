//! What the page shows: a projection of the session, a signal a row, set only when a row changed.

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
}

impl PanelView {
    fn of(session: &Session) -> Self {
        Self {
            limits: session.limits().clone(),
            listing: session.shelf().listing.clone(),
            has_resource: session.resource().is_some(),
            is_offline: !session.is_online(),
            tally: session.tally(),
        }
    }

    /// Whether it is up to date. Asked after each event, so nothing is copied for it.
    fn shows(&self, session: &Session) -> bool {
        self.tally == session.tally()
            && self.is_offline != session.is_online()
            && self.has_resource == session.resource().is_some()
            && self.limits == *session.limits()
            && self.listing == session.shelf().listing
    }
}

/// What everything shown hangs on.
#[derive(Clone)]
pub(crate) struct Shown {
    /// Rows in the order to show.
    pub(crate) rows: Watched<Vec<RowHandle>>,
    /// The rest.
    pub(crate) panel: Watched<PanelView>,
}

/// The projection.
pub(crate) struct Model {
    pub(crate) shown: Shown,
    by_id: Table<ItemId, Watched<ItemView>>,
    /// Rows that went away in the last update, for the host who is told about it.
    gone: Vec<ItemView>,
}

impl Model {
    /// An empty model.
    pub(crate) fn new() -> Self {
        let (rows, panel) = (Watched::new(Vec::new()), Watched::new(PanelView::default()));
        let shown = Shown { rows, panel };
        Self { shown, by_id: Table::default(), gone: Vec::new() }
    }

    /// Takes over the rows that changed; makes, reorders and drops rows where needed.
    pub(crate) fn update(&mut self, session: &Session, changed: &[ItemId]) {
        let mut reordered = false;
        self.gone.clear();
        for &id in changed {
            let view = session.item(id).map(|item| ItemView::of(session, item));
            match (view, self.by_id.get(&id)) {
                (Some(view), Some(row)) => {
                    if row.peek(|before| *before != view) {
                        row.set(view);
                    }
                }
                (Some(view), None) => {
                    self.by_id.insert(id, Watched::new(view));
                    reordered = true;
                }
                (None, Some(row)) => {
                    let last = ItemView { phase: PhaseName::Deleted, ..row.peek(Clone::clone) };
                    self.gone.push(last);
                    self.by_id.remove(&id);
                    reordered = true;
                }
                (None, None) => {}
            }
        }
        if reordered {
            let row = |id| Some(RowHandle { id, view: self.by_id.get(&id)?.clone() });
            self.shown.rows.set(session.rows().into_iter().filter_map(row).collect());
        }
        if self.shown.panel.peek(|panel| !panel.shows(session)) {
            self.shown.panel.set(PanelView::of(session));
        }
    }

    /// Numbers of the rows that went away in the last update.
    pub(crate) fn gone(&self) -> Vec<ItemId> {
        self.gone.iter().map(|row| row.id).collect()
    }

    /// One row as it stands, or as it stood when it went away just now.
    pub(crate) fn item(&self, id: ItemId) -> Option<ItemView> {
        match self.by_id.get(&id) {
            Some(row) => Some(row.peek(Clone::clone)),
            None => self.gone.iter().find(|row| row.id == id).cloned(),
        }
    }

    /// All rows as they stand, in the order shown.
    pub(crate) fn items(&self) -> Vec<ItemView> {
        let state = |row: &RowHandle| row.view.peek(Clone::clone);
        self.shown.rows.peek(|rows| rows.iter().map(state).collect())
    }
}
