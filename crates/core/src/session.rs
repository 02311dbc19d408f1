//! All files of one widget: takes events, keeps the state, says what is to be done.
//!
//! The data's way is spread over the files named after its steps; each adds its part to
//! [`Session`]: `pick → start → put → complete → watch → shelf`, then `download` and `remove`.

use std::sync::Arc;

use crate::clock::Now;
use crate::dice::Dice;
use crate::duplicates::Duplicates;
pub use crate::errand::CALL_TIMEOUT_MS;
use crate::errand::{Errand, NO_LIMIT, Purpose};
use crate::event::{Effect, Event, HostEvent};
use crate::gate::Gates;
use crate::item::{Item, ItemId};
use crate::limits::Limits;
use crate::names::Names;
use crate::phase::{Hold, Phase, PhaseName, Ticket};
use crate::remove::Orphan;
use crate::resource::Resource;
use crate::shelf::Shelf;
use crate::table::Table;
use crate::tally::{Pace, Tally};
use crate::transfer::stall_left;
use crate::wake::Wake;
use crate::watch::{Watches, patience_left};

/// Settings of a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// Files sent at the same time, at least 1. Three: enough to fill an office line, few enough to
    /// leave the page the rest of its six connections per host.
    pub concurrency: usize,
    /// Life asked for upload URLs, 5 to 300 seconds.
    pub url_expiry_seconds: u16,
    /// Most files on one resource, when the host knows.
    pub max_files: Option<usize>,
    /// Most bytes on one resource, when the host says so.
    pub max_total_bytes: Option<u64>,
    /// What becomes of files whose name is taken.
    pub duplicates: Duplicates,
    /// Whether files wait to be started by hand.
    pub manual_start: bool,
    /// Key of the tag that keeps a file's checksum, 1 to 128 characters; no checksum without it.
    pub checksum_tag: Option<String>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            concurrency: 3,
            url_expiry_seconds: 300,
            max_files: None,
            max_total_bytes: None,
            duplicates: Duplicates::Allow,
            manual_start: false,
            checksum_tag: None,
        }
    }
}

/// The engine of one widget. See the [crate documentation](crate).
#[derive(Debug)]
pub struct Session {
    pub(crate) config: Config,
    pub(crate) resource: Option<Arc<Resource>>,
    pub(crate) limits: Limits,
    pub(crate) items: Table<ItemId, Box<Item>>,
    pub(crate) names: Names,
    pub(crate) errands: Table<Ticket, Errand>,
    pub(crate) gates: Gates,
    pub(crate) watches: Watches,
    pub(crate) shelf: Shelf,
    pub(crate) orphans: Vec<Orphan>,
    /// Records deleted in this session.
    pub(crate) gone: Vec<String>,
    pub(crate) dice: Dice,
    pub(crate) online: bool,
    pub(crate) visible: bool,
    /// Whether the bucket has ever answered, which tells a broken line from a missing CORS rule.
    pub(crate) bucket_answered: bool,
    pub(crate) effects: Vec<Effect>,
    changed: Table<ItemId, ()>,
    /// Rows with something under way or to be waited for, as of the last event that was no progress:
    /// every event asks about them, and thousands of others may be queued or done.
    active: Vec<ItemId>,
    active_is_stale: bool,
    last_number: u64,
    /// When the last event came.
    seen: Now,
    pub(crate) tally: Tally,
    pub(crate) pace: Pace,
}

/// Without any event for this long, in milliseconds, the machine has slept: no pause of a retry and
/// no limit of a call is longer.
const SLEPT_AFTER_MS: u64 = 150_000;

impl Session {
    /// An empty session. `seed` is 128 random bits; everything random follows from it.
    #[must_use]
    pub fn new(config: Config, seed: [u64; 2]) -> Self {
        let limits = Limits {
            max_files: config.max_files,
            max_total_bytes: config.max_total_bytes,
            ..Limits::default()
        };
        Self {
            config,
            resource: None,
            limits,
            items: Table::default(),
            names: Names::default(),
            errands: Table::default(),
            gates: Gates::default(),
            watches: Watches::default(),
            shelf: Shelf::default(),
            orphans: Vec::new(),
            gone: Vec::new(),
            dice: Dice::new(seed),
            online: true,
            visible: true,
            bucket_answered: false,
            effects: Vec::new(),
            changed: Table::default(),
            active: Vec::new(),
            active_is_stale: false,
            last_number: 0,
            seen: Now::default(),
            tally: Tally::default(),
            pace: Pace::default(),
        }
    }

    /// Takes one event and says what is to be done, in this order.
    pub fn handle(&mut self, event: Event, now: Now) -> Vec<Effect> {
        let schedule = !matches!(event, Event::PutProgress { .. });
        let passed = now.age_of(self.seen);
        if !self.visible && passed > 0 || passed >= SLEPT_AFTER_MS {
            self.forgive();
        }
        self.seen = now;
        self.apply(event, now);
        if schedule {
            self.note_active();
            self.time_out(now);
            self.watch_transfers(now);
            self.lose_patience(now);
            self.pump(now);
            self.note_active();
        }
        // Of progress what is told is counted.
        if schedule || !self.effects.is_empty() {
            self.count(now);
        }
        std::mem::take(&mut self.effects)
    }

    fn apply(&mut self, event: Event, now: Now) {
        match event {
            Event::Many(events) => {
                for event in events {
                    self.apply(event, now);
                }
            }
            Event::Resource(resource) => self.resource_set(resource),
            Event::Picked(resource, files) => {
                self.pick_for(&resource, files, self.config.manual_start);
            }
            Event::Cancel(id) => self.cancel(id),
            Event::Retry(id) => self.retry(id, now),
            Event::Pause(id) => self.pause(id),
            Event::Resume(id) => self.resume(id),
            Event::Replace(id, facts) => self.replaced(id, facts),
            Event::LeftBehind(leftovers) => self.left_behind(leftovers),
            Event::Remove(id) => self.remove(id),
            Event::Delete(id) => self.delete(id, None),
            Event::DeleteSoon(id) => self.delete(id, Some(now)),
            Event::Restore(id) => self.restore(id, now),
            Event::Download(id) => self.download(id, false),
            Event::Hand(id) => self.download(id, true),
            Event::Rename(id, name, offenders) => self.rename(id, &name, &offenders, now),
            Event::Sniffed(source, found) => self.sniffed(source, &found),
            Event::Refresh => self.refresh(now),
            Event::Concurrency(most) => self.config.concurrency = most.max(1),
            Event::MaxFiles(most) => self.cap(most, self.limits.max_total_bytes),
            Event::MaxTotalBytes(most) => self.cap(self.limits.max_files, most),
            Event::Duplicates(duplicates) => self.duplicates_set(duplicates),
            Event::ManualStart(manual) => self.manual_start_set(manual),
            Event::ChecksumTag(tag) => self.config.checksum_tag = tag,
            Event::Online(online) => self.link_changed(online),
            Event::Visible(visible) => self.visible = visible,
            Event::Answered { ticket, result } => self.answered(ticket, result, now),
            Event::ChecksumMade { ticket, end } => self.checksum_made(ticket, end),
            Event::PutProgress { ticket, loaded } => self.put_progress(ticket, loaded, now),
            Event::PutEnded { ticket, end } => self.put_ended(ticket, &end, now),
            Event::Fetched { ticket, end } => self.fetched(ticket, end),
            Event::Tick => {}
        }
    }

    /// Milliseconds until [`Event::Tick`] is due, `None` when nothing waits for time to pass.
    #[must_use]
    pub fn next_wake(&self, now: Now) -> Option<u64> {
        let mut wake = Wake::new(now);
        for errand in self.errands.values().filter(|errand| errand.limit_ms != NO_LIMIT) {
            let age = now.steady_age_of(errand.sent_at);
            wake.after(errand.limit_ms.saturating_sub(age).max(1));
        }
        for item in self.active() {
            wake.step(item.phase.step());
            wake.step(item.download_step());
            match &item.phase {
                Phase::Uploading(uploading) if uploading.step.ticket().is_some() => {
                    wake.after(stall_left(uploading, now));
                }
                Phase::Scanning(scanning) => wake.after(patience_left(scanning, now)),
                _ => {}
            }
        }
        for orphan in &self.orphans {
            wake.step(Some(orphan.step));
        }
        for step in self.shelf.steps() {
            wake.step(step);
        }
        self.gates.note(&mut wake);
        self.note_polls(&mut wake);
        wake.soonest()
    }

    /// Every row, by number.
    pub fn items(&self) -> impl Iterator<Item = &Item> {
        self.items.values().map(AsRef::as_ref)
    }

    /// One row.
    #[must_use]
    pub fn item(&self, id: ItemId) -> Option<&Item> {
        self.items.get(&id).map(AsRef::as_ref)
    }

    /// The rows in the order to show: picked here, newest first, then what the case held, newest first.
    #[must_use]
    pub fn rows(&self) -> Vec<ItemId> {
        let mut stored: Vec<&Item> = Vec::new();
        for item in self.items.values().filter(|item| !item.is_local) {
            let at = stored.partition_point(|other| other.created_at >= item.created_at);
            stored.insert(at, item);
        }
        let local = self.items.values().rev().filter(|item| item.is_local);
        local.map(|item| item.id).chain(stored.into_iter().map(|item| item.id)).collect()
    }

    /// Rows that changed since this was last asked; among them those that are gone.
    pub fn take_changed(&mut self) -> Vec<ItemId> {
        std::mem::take(&mut self.changed).iter().map(|(&id, ())| id).collect()
    }

    /// How many rows there are.
    #[must_use]
    pub fn count_rows(&self) -> usize {
        self.items.len()
    }

    /// Why a row does not go on.
    #[must_use]
    pub fn hold(&self, item: &Item) -> Hold {
        let is_closed = |operation| self.gates.is_closed(operation);
        item.hold(self.online, item.next_call().is_some_and(is_closed))
    }

    /// The limits in force.
    #[must_use]
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// What is known of the list of files the resource holds.
    #[must_use]
    pub fn shelf(&self) -> &Shelf {
        &self.shelf
    }

    /// The resource new files go to.
    #[must_use]
    pub fn resource(&self) -> Option<&Arc<Resource>> {
        self.resource.as_ref()
    }

    /// Whether the network is there, as far as the browser knows.
    #[must_use]
    pub fn is_online(&self) -> bool {
        self.online
    }

    /// Requests under way. Empty when everything is at rest.
    #[must_use]
    pub fn requests_under_way(&self) -> usize {
        self.errands.len()
    }

    /// Transfers under way, never more than the configured concurrency.
    #[must_use]
    pub fn slots_taken(&self) -> usize {
        let holds = |errand: &&Errand| {
            matches!(errand.purpose, Purpose::Checksum(_) | Purpose::Start(_) | Purpose::Put(_))
        };
        self.errands.values().filter(holds).count()
    }

    pub(crate) fn next_number(&mut self) -> u64 {
        self.last_number += 1;
        self.last_number
    }

    pub(crate) fn touch(&mut self, id: ItemId) {
        self.changed.insert(id, ());
        self.active_is_stale = true;
    }

    pub(crate) fn tell(&mut self, event: HostEvent, id: ItemId) {
        self.effects.push(Effect::Tell { event, item: id });
    }

    /// The one place where phases change: keeps to the listed edges and tells the host.
    pub(crate) fn set_phase(&mut self, id: ItemId, phase: Phase) {
        let Some(item) = self.items.get_mut(&id) else { return };
        let (from, to) = (item.phase.name(), phase.name());
        debug_assert!(from == to || from.may_become(to), "no edge from {from:?} to {to:?}");
        item.phase = phase;
        self.phase_changed(id, from, to);
    }

    /// Tells the host of a change.
    pub(crate) fn phase_changed(&mut self, id: ItemId, from: PhaseName, to: PhaseName) {
        self.touch(id);
        if from != to {
            self.tell(HostEvent::StatusChange(from), id);
            if let Some(event) = HostEvent::on_edge(from, to) {
                self.tell(event, id);
            }
        }
    }

    /// Time asleep or in the background is nobody's failure: the time of every budget begins anew.
    /// Their counts go on, so that retries end there too.
    fn forgive(&mut self) {
        for id in &self.active {
            if let Some(item) = self.items.get_mut(id) {
                item.tries.forgive();
            }
        }
    }

    fn link_changed(&mut self, online: bool) {
        let is_back = online && !self.online;
        self.online = online;
        let waiting: Vec<ItemId> = self.rows_where(&|item| item.phase.is_busy());
        for id in waiting {
            self.touch(id);
            if is_back && let Some(item) = self.items.get_mut(&id) {
                // Time without a network is nobody's failure: what waits goes at once, with a full budget.
                item.tries.reset();
                item.renewals = 0;
                if !item.may_restore()
                    && let Some(step @ crate::phase::Step::Backoff(_)) = item.phase.step_mut()
                {
                    *step = crate::phase::Step::Ready;
                }
            }
        }
    }

    /// The rows that an event other than their own may concern.
    /// The numbers of the rows that `keep` wants, in their order. Not generic: each use of its own
    /// would be compiled anew.
    pub(crate) fn rows_where(&self, keep: &dyn Fn(&Item) -> bool) -> Vec<ItemId> {
        self.items().filter(|item| keep(item)).map(|item| item.id).collect()
    }

    /// Like [`Self::rows_where`], among the rows that have something to do or to wait for.
    pub(crate) fn active_where(&self, keep: &dyn Fn(&Item) -> bool) -> Vec<ItemId> {
        self.active().filter(|item| keep(item)).map(|item| item.id).collect()
    }

    pub(crate) fn active(&self) -> impl Iterator<Item = &Item> {
        self.active.iter().filter_map(|&id| self.item(id))
    }

    fn note_active(&mut self) {
        if std::mem::take(&mut self.active_is_stale) {
            self.active = self.rows_where(&Item::is_active);
        }
    }
}
