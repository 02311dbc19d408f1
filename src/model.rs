//! What the page shows: a projection of the session, a signal a row, set only when a row changed.

use std::sync::Arc;

use connect_attached_files_core::error::Failure;
use connect_attached_files_core::item::{Download, Item, ItemId};
use connect_attached_files_core::limits::Limits;
use connect_attached_files_core::phase::{Hold, Patience, Phase, PhaseName};
use connect_attached_files_core::progress::Progress;
use connect_attached_files_core::resource::Resource;
use connect_attached_files_core::session::Session;
use connect_attached_files_core::shelf::Shelf;
use connect_attached_files_core::table::Table;
use connect_attached_files_core::validate::Refusal;
use leptos::prelude::*;

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
}

impl ItemView {
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

/// A row: its number and the signal of its state. Counted, so a late read finds it alive.
#[derive(Clone)]
pub(crate) struct RowHandle {
    pub(crate) id: ItemId,
    pub(crate) view: ArcRwSignal<ItemView>,
}

/// Everything the page shows.
#[derive(Clone, Copy)]
pub(crate) struct Model {
    /// Rows in the order to show.
    pub(crate) rows: RwSignal<Vec<RowHandle>>,
    /// Limits in force.
    pub(crate) limits: RwSignal<Limits>,
    /// State of the list.
    pub(crate) shelf: RwSignal<Shelf>,
    /// Whether there is a case or contact to attach to.
    pub(crate) has_resource: RwSignal<bool>,
    /// Whether there is a network.
    pub(crate) online: RwSignal<bool>,
    by_id: StoredValue<Table<ItemId, ArcRwSignal<ItemView>>>,
    /// Rows that went away in the last update, for the host who is told about it.
    gone: StoredValue<Vec<ItemView>>,
}

impl Model {
    /// An empty model, owned by the reactive owner at hand.
    pub(crate) fn new() -> Self {
        Self {
            rows: RwSignal::new(Vec::new()),
            limits: RwSignal::new(Limits::default()),
            shelf: RwSignal::new(Shelf::default()),
            has_resource: RwSignal::new(false),
            online: RwSignal::new(true),
            by_id: StoredValue::new(Table::default()),
            gone: StoredValue::new(Vec::new()),
        }
    }

    /// Takes over the rows that changed; makes, reorders and drops rows where needed.
    pub(crate) fn update(&self, session: &mut Session) {
        let mut reordered = false;
        self.gone.try_update_value(Vec::clear);
        for id in session.take_changed() {
            let view = session.item(id).map(|item| ItemView::of(session, item));
            let known = self.by_id.try_with_value(|rows| rows.get(&id).cloned()).flatten();
            match (view, known) {
                (Some(view), Some(row)) => {
                    if row.read_untracked() != view {
                        row.set(view);
                    }
                }
                (Some(view), None) => {
                    let row = ArcRwSignal::new(view);
                    self.by_id.try_update_value(|rows| rows.insert(id, row));
                    reordered = true;
                }
                (None, Some(row)) => {
                    let last = ItemView { phase: PhaseName::Deleted, ..row.get_untracked() };
                    self.gone.try_update_value(|gone| gone.push(last));
                    self.by_id.try_update_value(|rows| rows.remove(&id));
                    reordered = true;
                }
                (None, None) => {}
            }
        }
        if reordered {
            let order = session.rows();
            let rows = self.by_id.try_with_value(|known| {
                let row = |id| Some(RowHandle { id, view: known.get(&id)?.clone() });
                order.into_iter().filter_map(row).collect::<Vec<_>>()
            });
            self.rows.try_set(rows.unwrap_or_default());
        }
        if self.online.try_get_untracked() != Some(session.is_online()) {
            self.online.try_set(session.is_online());
        }
        let has_resource = session.resource().is_some();
        if self.has_resource.try_get_untracked() != Some(has_resource) {
            self.has_resource.try_set(has_resource);
        }
    }

    /// One row as it stands, or as it stood when it went away just now.
    pub(crate) fn item(&self, id: ItemId) -> Option<ItemView> {
        let row = self.by_id.try_with_value(|rows| rows.get(&id).map(|row| row.get_untracked()));
        row.flatten().or_else(|| {
            let gone =
                self.gone.try_with_value(|gone| gone.iter().find(|row| row.id == id).cloned());
            gone.flatten()
        })
    }

    /// All rows as they stand, in the order shown.
    pub(crate) fn items(&self) -> Vec<ItemView> {
        let rows = self.rows.try_get_untracked().unwrap_or_default();
        rows.iter().map(|row| row.view.get_untracked()).collect()
    }
}
