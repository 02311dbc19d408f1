//! The loop: an event goes into the core, its effects are carried out. Decides nothing.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::{Rc, Weak};
use std::sync::Arc;

use connect_attached_files_core::checksum::ChecksumEnd;
use connect_attached_files_core::download::FetchEnd;
use connect_attached_files_core::error::Code;
use connect_attached_files_core::event::{Effect, Event, HostEvent};
use connect_attached_files_core::item::ItemId;
use connect_attached_files_core::json::Json;
use connect_attached_files_core::limits::Limits;
use connect_attached_files_core::phase::{Hold, Ticket};
use connect_attached_files_core::pick::FileFacts;
use connect_attached_files_core::put::{PutEnd, SourceState};
use connect_attached_files_core::resource::{Resource, ResourceError};
use connect_attached_files_core::session::Session;
use connect_attached_files_core::table::Table;
use connect_attached_files_core::text::Text;
use js_sys::{Array, Promise};
use wasm_bindgen::JsValue;

use crate::arrange::Arrangement;
use crate::edge::task::spawn;

use crate::config::{Config, HeaderSource};
use crate::edge::api::{AbortOnDrop, Http, Transport};
use crate::edge::checksum::sha256;
use crate::edge::env::{self, Promised, promised};
use crate::edge::files::{FileStore, Picked, Source, offenders};
use crate::edge::json::to_js;
use crate::edge::leftovers::Keeper;
use crate::edge::put::PutRequest;
use crate::edge::save::{fetch, save};
use crate::edge::timer::Timeout;
use crate::edge::watch::Watch;
use crate::extras::Extras;
use crate::model::{ItemView, Model, Shown};
use crate::strings::Words;

/// What the host hears.
#[derive(Clone, Debug, PartialEq)]
pub enum WidgetEvent {
    /// Something happened to a row.
    Item {
        /// What.
        event: HostEvent,
        /// The row after it.
        item: Box<ItemView>,
    },
    /// A row left the list.
    RowGone(ItemId),
    /// Nothing is on its way any more.
    QueueIdle(Vec<ItemView>),
    /// Whether files were attached to the resource and each of them is approved: only then may an email
    /// with them be sent.
    ApprovalChange(bool),
    /// Other limits are in force.
    LimitsChange(Limits),
}

/// A request under way; dropping it stops it.
enum Running {
    Call(#[expect(dead_code, reason = "held for its drop")] AbortOnDrop),
    Put(#[expect(dead_code, reason = "held for its drop")] PutRequest),
}

/// The running widget. Cheap to clone; the last clone's drop ends every request and timer.
#[derive(Clone)]
pub struct Runner(Rc<Inner>);

struct Inner {
    session: RefCell<Session>,
    model: RefCell<Model>,
    files: RefCell<FileStore>,
    transport: RefCell<Rc<dyn Transport>>,
    running: RefCell<Table<Ticket, Running>>,
    timer: RefCell<Option<Timeout>>,
    page: RefCell<Option<Watch>>,
    /// Asks before the page is left, while that would lose something.
    guard: RefCell<Option<Watch>>,
    keeper: RefCell<Option<Keeper>>,
    pending: RefCell<VecDeque<Event>>,
    is_dispatching: Cell<bool>,
    is_disposed: Cell<bool>,
    /// Who waits for a file's bytes.
    handing: RefCell<Vec<(ItemId, Promised)>>,
    tags: RefCell<Vec<(String, String)>>,
    extras: Extras,
    words: Rc<RefCell<Words>>,
    headers: HeaderSource,
    on_event: Box<dyn Fn(WidgetEvent)>,
}

impl Runner {
    /// A widget for `config`.
    pub(crate) fn new(
        config: &Config,
        headers: HeaderSource,
        extras: Extras,
        words: Rc<RefCell<Words>>,
        on_event: impl Fn(WidgetEvent) + 'static,
    ) -> Self {
        let transport = Http { endpoint: config.endpoint.clone(), headers: headers.clone() };
        let runner = Self(Rc::new(Inner {
            session: RefCell::new(Session::new(config.session(), env::seed())),
            model: RefCell::new(Model::new(Rc::clone(&words))),
            files: RefCell::default(),
            transport: RefCell::new(Rc::new(transport)),
            running: RefCell::default(),
            timer: RefCell::default(),
            page: RefCell::default(),
            guard: RefCell::default(),
            keeper: RefCell::default(),
            pending: RefCell::default(),
            is_dispatching: Cell::new(false),
            is_disposed: Cell::new(false),
            handing: RefCell::default(),
            tags: RefCell::default(),
            extras,
            words,
            headers,
            on_event: Box::new(on_event),
        }));
        runner.listen();
        runner.begin_keeping();
        runner.dispatch(Event::Online(env::is_online()));
        runner.dispatch(Event::Visible(env::is_visible()));
        runner
    }

    /// Takes over changed settings. Files on their way stay with the case they were dropped on.
    ///
    /// # Errors
    /// [`ResourceError`] when the ids name no case and no contact; everything else is taken over.
    pub fn configure(&self, config: &Config) -> Result<(), ResourceError> {
        let headers = self.0.headers.clone();
        let endpoint = config.endpoint.clone();
        *self.0.transport.borrow_mut() = Rc::new(Http { endpoint, headers });
        let Shown { mode, density, capture, .. } = self.shown();
        mode.set(config.mode);
        density.set(config.density.clone());
        capture.set(config.capture.clone());
        *self.0.tags.borrow_mut() = config.tags.clone();
        self.dispatch(Event::Many(vec![
            Event::Concurrency(config.session().concurrency),
            Event::MaxFiles(config.max_files),
            Event::MaxTotalBytes(config.max_total_bytes),
            Event::Duplicates(config.duplicates),
            Event::ManualStart(config.manual_start),
            Event::ChecksumTag(config.checksum_tag()),
        ]));
        // Without a backend there is nobody to ask; the case waits until there is one.
        let resource = if config.endpoint.is_empty() { Ok(None) } else { config.resource() };
        self.dispatch(Event::Resource(resource.clone().unwrap_or_default()));
        if let Ok(Some(resource)) = &resource {
            self.take_up(resource);
        }
        resource.map(|_| ())
    }

    /// From when the records are at hand on, keeps what is under way by then.
    fn begin_keeping(&self) {
        let (weak, extras) = (Rc::downgrade(&self.0), self.0.extras.clone());
        spawn(async move {
            let Some(keeper) = Keeper::new(&extras).await else { return };
            let Some(runner) = weak.upgrade().map(Self).filter(|runner| !runner.is_disposed())
            else {
                return;
            };
            for item in runner.0.session.borrow().items() {
                keeper.note(item.id, Some(item));
            }
            *runner.0.keeper.borrow_mut() = Some(keeper);
            if let Some(resource) = runner.resource() {
                runner.take_up(&resource);
            }
        });
    }

    /// Shows what a page that is gone left behind on a resource, unless another one is shown by then.
    fn take_up(&self, resource: &Resource) {
        let keeper = self.0.keeper.borrow();
        let Some(keeper) = keeper.as_ref() else { return };
        let (weak, wanted) = (Rc::downgrade(&self.0), resource.clone());
        keeper.take_up(resource, move |leftovers| {
            let Some(inner) = weak.upgrade().filter(|inner| !inner.is_disposed.get()) else {
                return false;
            };
            let is_shown = inner.session.borrow().resource().is_some_and(|shown| **shown == wanted);
            if is_shown && !leftovers.is_empty() {
                Self(inner).dispatch(Event::LeftBehind(leftovers));
            }
            is_shown
        });
    }

    /// Hands in files. `folders` are those among them that stand for a dropped folder; `tags` go with
    /// them beside those of [`Config::tags`].
    pub fn add_files(
        &self,
        files: &Array,
        folders: &Array,
        source: Source,
        mut tags: Vec<(String, String)>,
    ) {
        for tag in &*self.0.tags.borrow() {
            if tags.iter().all(|(key, _)| *key != tag.0) {
                tags.push(tag.clone());
            }
        }
        self.take_in(self.resource(), Picked::array(files, folders), source, tags);
    }

    /// Hands in files for the resource that is shown now.
    pub(crate) fn add(&self, picked: Vec<Picked>, source: Source) {
        self.add_to(self.resource(), picked, source);
    }

    pub(crate) fn add_to(
        &self,
        resource: Option<Arc<Resource>>,
        picked: Vec<Picked>,
        source: Source,
    ) {
        let tags = self.0.tags.borrow().clone();
        self.take_in(resource, picked, source, tags);
    }

    pub(crate) fn is_disposed(&self) -> bool {
        self.0.is_disposed.get()
    }

    pub(crate) fn extras(&self) -> &Extras {
        &self.0.extras
    }

    pub(crate) fn resource(&self) -> Option<Arc<Resource>> {
        self.0.session.borrow().resource().cloned()
    }

    /// Takes a file into custody.
    pub(crate) fn keep(&self, picked: Picked) -> FileFacts {
        self.0.files.borrow_mut().admit(picked)
    }

    /// A row's file, as long as it is here.
    pub(crate) fn local_file(&self, id: ItemId) -> Option<web_sys::File> {
        let source = self.0.session.borrow().item(id)?.source?;
        self.0.files.borrow().get(source)
    }

    /// Gives a file that was not sent yet another name.
    pub fn rename(&self, id: ItemId, name: String) {
        let offenders = offenders(&name);
        self.dispatch(Event::Rename(id, name, offenders));
    }

    /// The bytes of an approved file, as a promise of a `Blob`. Rejected with an object: `code` says what
    /// went wrong, and `message` says it in words.
    pub fn fetch(&self, id: ItemId) -> Promise {
        let promised = promised();
        let promise = promised.promise();
        self.0.handing.borrow_mut().push((id, promised));
        self.dispatch(Event::Hand(id));
        promise
    }

    /// Keeps the promises about a file: hands the bytes over, or says that there are none.
    fn hand_over(&self, id: ItemId, bytes: Option<&JsValue>) {
        let all = std::mem::take(&mut *self.0.handing.borrow_mut());
        for (wanted, promised) in all {
            if wanted != id {
                self.0.handing.borrow_mut().push((wanted, promised));
            } else if let Some(bytes) = bytes {
                promised.resolve(bytes);
            } else {
                let failure = self.item(id).and_then(|item| item.failure);
                let code = failure.map_or(Code::NotApproved, |failure| failure.code);
                let words = self.0.words.borrow().get(Text::of_code(code));
                let members = [("code", code.as_str().into()), ("message", words.as_str().into())];
                promised.reject(&to_js(&Json::object(members)));
            }
        }
    }

    /// How rows are shown.
    pub(crate) fn arrangement(&self) -> Arrangement {
        self.0.model.borrow().arrangement
    }

    /// Shows rows in another order, or others.
    pub(crate) fn arrange(&self, arrangement: Arrangement) {
        self.0.model.borrow_mut().arrange(arrangement);
    }

    /// Sends a file in place of one that cannot go on.
    pub(crate) fn replace(&self, id: ItemId, file: Picked) {
        let facts = self.keep(file);
        self.dispatch(Event::Replace(id, facts));
    }

    /// Does something with one row, or with all that it applies to: `pause`, `resume`, `upload` (of what waits
    /// for someone to start it), `cancel`, `retry`, `remove`, `delete` or `download`.
    pub fn act(&self, what: &str, id: Option<ItemId>) {
        let event = match what {
            "pause" => Event::Pause,
            "resume" | "upload" => Event::Resume,
            "cancel" => Event::Cancel,
            "retry" => Event::Retry,
            "remove" => Event::Remove,
            "delete" => Event::Delete,
            "download" => Event::Download,
            _ => return,
        };
        if let Some(id) = id {
            return self.dispatch(event(id));
        }
        let mut events = Vec::new();
        for item in self.items() {
            let is_meant = match what {
                // A file that waits for its verdict is uploaded: it is deleted by name, never in a sweep.
                "cancel" | "pause" => item.is_on_its_way(),
                "upload" => item.hold == Hold::Manual,
                "resume" => item.hold != Hold::Manual,
                _ => true,
            };
            if is_meant {
                events.push(event(item.id));
            }
        }
        self.dispatch(Event::Many(events));
    }

    /// All rows as they stand, in the order shown.
    #[must_use]
    pub fn items(&self) -> Vec<ItemView> {
        self.0.model.borrow().items()
    }

    /// The limits in force.
    #[must_use]
    pub fn limits(&self) -> Limits {
        self.0.session.borrow().limits().clone()
    }

    pub(crate) fn shown(&self) -> Shown {
        self.0.model.borrow().shown.clone()
    }

    pub(crate) fn item(&self, id: ItemId) -> Option<ItemView> {
        self.0.model.borrow().item(id)
    }

    /// Feeds the core. Events that arise while an event is being handled, such as a host calling
    /// back from a handler, wait their turn.
    pub fn dispatch(&self, event: Event) {
        self.0.pending.borrow_mut().push_back(event);
        if self.0.is_dispatching.replace(true) {
            return;
        }
        let mut may_wake_sooner = false;
        while let Some(event) = self.next_event() {
            // Progress only puts off what the timer waits for; it then wakes for nothing, once.
            may_wake_sooner |= !matches!(event, Event::PutProgress { .. });
            let effects = {
                let mut session = self.0.session.borrow_mut();
                let effects = session.handle(event, env::now());
                let changed = session.take_changed();
                self.0.model.borrow_mut().update(&session, &changed);
                if let Some(keeper) = &*self.0.keeper.borrow() {
                    for id in changed {
                        keeper.note(id, session.item(id));
                    }
                }
                effects
            };
            let gone = self.0.model.borrow().gone();
            for effect in effects {
                self.carry_out(effect);
            }
            for id in gone {
                (self.0.on_event)(WidgetEvent::RowGone(id));
            }
        }
        self.0.is_dispatching.set(false);
        if may_wake_sooner {
            self.set_timer();
        }
    }

    /// Ends every request, timer and listener. Nothing happens afterwards.
    pub(crate) fn dispose(&self) {
        self.0.is_disposed.set(true);
        self.0.pending.borrow_mut().clear();
        self.0.page.borrow_mut().take();
        self.0.timer.borrow_mut().take();
        self.0.guard.borrow_mut().take();
        self.0.keeper.borrow_mut().take();
        let running = std::mem::take(&mut *self.0.running.borrow_mut());
        drop(running);
    }

    fn next_event(&self) -> Option<Event> {
        if self.0.is_disposed.get() {
            return None;
        }
        self.0.pending.borrow_mut().pop_front()
    }

    fn weak(&self) -> impl Fn(Event) + Clone + 'static + use<> {
        let weak: Weak<Inner> = Rc::downgrade(&self.0);
        move |event| {
            if let Some(inner) = weak.upgrade().filter(|inner| !inner.is_disposed.get()) {
                Runner(inner).dispatch(event);
            }
        }
    }

    fn carry_out(&self, effect: Effect) {
        match effect {
            Effect::Call { ticket, resource, call } => {
                let Some(abort) = AbortOnDrop::new() else { return };
                let transport = Rc::clone(&*self.0.transport.borrow());
                let answer = transport.call(resource, call, abort.signal());
                self.0.running.borrow_mut().insert(ticket, Running::Call(abort));
                let ended = self.ended(ticket);
                spawn(async move {
                    let result = answer.await;
                    ended(Event::Answered { ticket, result });
                });
            }
            Effect::Put { ticket, source, size, url, headers } => {
                let file = self.0.files.borrow().get(source);
                let Some(file) = file else {
                    let end = PutEnd::NoAnswer { source: SourceState::Unreadable };
                    return self.dispatch(Event::PutEnded { ticket, end });
                };
                let progress = self.weak();
                let ended = self.ended(ticket);
                let put = PutRequest::send(
                    &url,
                    &headers,
                    &file,
                    size,
                    move |loaded| progress(Event::PutProgress { ticket, loaded }),
                    move |end| ended(Event::PutEnded { ticket, end }),
                );
                match put {
                    Ok(put) => {
                        self.0.running.borrow_mut().insert(ticket, Running::Put(put));
                    }
                    Err(_) => {
                        self.dispatch(Event::PutEnded { ticket, end: PutEnd::Unsendable });
                    }
                }
            }
            Effect::Checksum { ticket, source } => {
                let file = self.0.files.borrow().get(source);
                let (report, extras) = (self.weak(), self.0.extras.clone());
                // Reading cannot be stopped; the core passes over what comes too late.
                spawn(async move {
                    let end = match file {
                        Some(file) => sha256(&extras, &file).await,
                        None => ChecksumEnd::Unreadable,
                    };
                    report(Event::ChecksumMade { ticket, end });
                });
            }
            Effect::NotHanded(id) => self.hand_over(id, None),
            Effect::Fetch { ticket, url, name, size, checksum, hand } => {
                let Some(abort) = AbortOnDrop::new() else { return };
                let extras = self.0.extras.clone();
                let fetch = fetch(url, size, checksum, extras, abort.signal());
                self.0.running.borrow_mut().insert(ticket, Running::Call(abort));
                let (ended, runner) = (self.ended(ticket), Rc::downgrade(&self.0));
                spawn(async move {
                    let end = match (fetch.await, hand) {
                        (Err(end), _) => end,
                        (Ok(file), None) => save(&file, &name),
                        (Ok(file), Some(id)) => {
                            if let Some(inner) = runner.upgrade() {
                                Self(inner).hand_over(id, Some(&file));
                            }
                            FetchEnd::Saved
                        }
                    };
                    ended(Event::Fetched { ticket, end });
                });
            }
            Effect::Abort(ticket) => {
                let running = self.0.running.borrow_mut().remove(&ticket);
                drop(running);
            }
            Effect::Release(source) => self.0.files.borrow_mut().release(source),
            Effect::Tell { event, item } => self.tell(event, item),
            Effect::Busy => {
                *self.0.guard.borrow_mut() = Some(env::guard());
            }
            Effect::Idle => {
                self.0.guard.borrow_mut().take();
                (self.0.on_event)(WidgetEvent::QueueIdle(self.items()));
            }
            Effect::ApprovalChanged(all) => (self.0.on_event)(WidgetEvent::ApprovalChange(all)),
            Effect::LimitsChanged => {
                (self.0.on_event)(WidgetEvent::LimitsChange(self.limits()));
            }
        }
    }

    /// Reports the end of a request, once its guard is gone.
    fn ended(&self, ticket: Ticket) -> impl Fn(Event) + 'static + use<> {
        let weak = Rc::downgrade(&self.0);
        let report = self.weak();
        move |event| {
            let guard = weak.upgrade().and_then(|i| i.running.borrow_mut().remove(&ticket));
            report(event);
            // A request reports its end from inside its own handler: its guard outlives the call.
            drop(guard);
        }
    }

    fn tell(&self, event: HostEvent, id: ItemId) {
        if let Some(item) = self.item(id) {
            (self.0.on_event)(WidgetEvent::Item { event, item: Box::new(item) });
        }
    }

    fn set_timer(&self) {
        if self.0.is_disposed.get() {
            return;
        }
        let left = self.0.session.borrow().next_wake(env::now());
        let report = self.weak();
        let timer = left.map(|left| Timeout::new(left, move || report(Event::Tick)));
        let old = std::mem::replace(&mut *self.0.timer.borrow_mut(), timer);
        drop(old);
    }

    fn listen(&self) {
        let report = self.weak();
        *self.0.page.borrow_mut() = Some(env::page(move || {
            report(Event::Online(env::is_online()));
            report(Event::Visible(env::is_visible()));
        }));
    }
}
