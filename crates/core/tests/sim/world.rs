//! Time, the network, and the loop that stands for the widget's runner.

use std::collections::BTreeMap;
use std::sync::Arc;

use connect_attached_files_core::call::{Answer, Call, CallError};
use connect_attached_files_core::checksum::ChecksumEnd;
use connect_attached_files_core::clock::Now;
use connect_attached_files_core::download::FetchEnd;
use connect_attached_files_core::event::{Effect, Event};
use connect_attached_files_core::item::ItemId;
use connect_attached_files_core::phase::Ticket;
use connect_attached_files_core::pick::SourceId;
use connect_attached_files_core::put::{PutEnd, SourceState};
use connect_attached_files_core::redact::SecretUrl;
use connect_attached_files_core::resource::Resource;
use connect_attached_files_core::session::Session;

use super::connect::Connect;
use super::fate::{self, CallFate};
use super::ledger::Ledger;
use super::plan::Plan;
use super::rng::Rng;
use super::storage::Transfer;
use super::user::User;

/// What a broken promise is reported as.
pub(crate) type Broken = String;

/// Something that will happen.
#[derive(Debug)]
pub(crate) enum Happening {
    /// The runner's timer, with its number: a later one replaces it.
    Timer(u64),
    /// A call reaches Connect.
    Arrives { ticket: Ticket, resource: Arc<Resource>, call: Call, asked: Now, fate: CallFate },
    /// A PUT reaches S3.
    PutArrives(Ticket),
    /// A PUT under way moves.
    PutMoves(Ticket),
    /// An event reaches the engine.
    Deliver(Event),
    /// The user, the network, the clock or a colleague does something.
    Act,
    /// Somebody clicks on a row while a request of it is under way.
    Pounce,
}

impl Happening {
    /// Whether it needs the machine awake.
    fn is_at_client(&self) -> bool {
        !matches!(self, Self::Arrives { .. })
    }
}

/// What the runner has under way for a ticket.
#[derive(Clone, Debug)]
pub(crate) enum Open {
    Call { call: Call, is_poll: bool },
    Put { file_id: String },
    Checksum,
    Fetch { hand: Option<ItemId> },
}

pub(crate) struct World<'a> {
    pub(crate) plan: Plan,
    pub(crate) rng: Rng,
    pub(crate) session: Session,
    pub(crate) connect: Connect,
    pub(crate) ledger: Ledger,
    pub(crate) user: User,
    pub(crate) open: BTreeMap<Ticket, Open>,
    pub(crate) transfers: BTreeMap<Ticket, Transfer>,
    pub(crate) queue: BTreeMap<(u64, u64), Happening>,
    pub(crate) t: u64,
    pub(crate) link_up: bool,
    pub(crate) faults_on: bool,
    pub(crate) steps: usize,
    mono_behind: u64,
    wall_off: i64,
    asleep_until: u64,
    number: u64,
    timer: u64,
    pub(crate) trace: Option<&'a mut Vec<String>>,
}

impl<'a> World<'a> {
    pub(crate) fn new(seed: u64, trace: Option<&'a mut Vec<String>>) -> Self {
        let mut rng = Rng::new(seed);
        let plan = Plan::draw(&mut rng);
        let session = Session::new(plan.config(), [rng.roll(), rng.roll()]);
        let mut world = Self {
            session,
            connect: Connect::default(),
            ledger: Ledger::new(&plan),
            user: User::default(),
            open: BTreeMap::new(),
            transfers: BTreeMap::new(),
            queue: BTreeMap::new(),
            t: 1_000_000,
            link_up: true,
            faults_on: true,
            steps: 0,
            mono_behind: 990_000,
            wall_off: 1_700_000_000_000,
            asleep_until: 0,
            number: 0,
            timer: 0,
            trace,
            plan,
            rng,
        };
        world.note(|w| format!("{:?}", w.plan));
        world
    }

    pub(crate) fn note(&mut self, line: impl FnOnce(&Self) -> String) {
        if self.trace.is_some() {
            let line = line(self);
            if let Some(trace) = &mut self.trace {
                trace.push(line);
            }
        }
    }

    pub(crate) fn now(&self) -> Now {
        Now {
            mono_ms: self.t - self.mono_behind,
            wall_ms: self.t.checked_add_signed(self.wall_off).unwrap(),
        }
    }

    pub(crate) fn after(&mut self, ms: u64, happening: Happening) {
        self.number += 1;
        self.queue.insert((self.t + ms, self.number), happening);
    }

    /// The machine sleeps; only the servers go on.
    pub(crate) fn sleep(&mut self, ms: u64) {
        self.asleep_until = self.t + ms;
        if self.plan.mono_stands_in_sleep {
            // Nothing reads the clocks before waking, so this one never runs backwards.
            self.mono_behind += ms;
        }
    }

    pub(crate) fn wake_up(&mut self) {
        self.t = self.t.max(self.asleep_until);
    }

    /// Somebody sets the wall clock.
    pub(crate) fn set_wall(&mut self, by: i64) {
        self.wall_off += by;
        self.ledger.clock_was_set();
    }

    /// Lets the next thing happen; false when nothing is left.
    pub(crate) fn advance(&mut self) -> Result<bool, Broken> {
        let Some(((t, _), happening)) = self.queue.pop_first() else { return Ok(false) };
        self.t = self.t.max(t);
        if self.t < self.asleep_until && happening.is_at_client() {
            let rest = self.asleep_until - self.t + self.rng.between(0, 50);
            self.after(rest, happening);
            return Ok(true);
        }
        self.connect.forget(self.t, &self.plan);
        match happening {
            Happening::Timer(number) if number == self.timer => self.handle(Event::Tick)?,
            Happening::Timer(_) => {}
            Happening::Arrives { ticket, resource, call, asked, fate } => {
                self.arrives(ticket, &resource, &call, asked, fate);
            }
            Happening::PutArrives(ticket) => self.put_arrives(ticket),
            Happening::PutMoves(ticket) => self.put_moves(ticket)?,
            Happening::Deliver(event) => self.deliver(event)?,
            Happening::Act => self.act()?,
            Happening::Pounce => self.pounce()?,
        }
        Ok(true)
    }

    /// Hands an answer over, or shows that one to an ended request changes nothing.
    fn deliver(&mut self, event: Event) -> Result<(), Broken> {
        let (Event::Answered { ticket, .. }
        | Event::ChecksumMade { ticket, .. }
        | Event::PutProgress { ticket, .. }
        | Event::PutEnded { ticket, .. }
        | Event::Fetched { ticket, .. }) = event
        else {
            return self.handle(event);
        };
        if self.open.contains_key(&ticket) {
            let is_end = !matches!(event, Event::PutProgress { .. });
            let Some(open) = self.open.get(&ticket).cloned() else { return Ok(()) };
            if is_end {
                self.open.remove(&ticket);
                self.transfers.remove(&ticket);
            }
            self.ledger.learn(&open, &event)?;
            return self.handle(event);
        }
        // Aborted meanwhile. A runner drops it; should one slip through, nothing may change.
        self.handle(Event::Tick)?;
        self.note(|w| format!("{} late {event:?}", w.t));
        let effects = self.session.handle(event, self.now());
        let same = self.ledger.is_as_before(&self.session);
        if !effects.is_empty() || !same {
            return Err(format!("a late answer to {ticket:?} changed something: {effects:?}"));
        }
        Ok(())
    }

    /// Feeds the engine one event and does what it says.
    pub(crate) fn handle(&mut self, event: Event) -> Result<(), Broken> {
        self.steps += 1;
        let now = self.now();
        self.ledger.before(&event);
        self.note(|w| format!("{} {now:?} {event:?}", w.t));
        let effects = self.session.handle(event, now);
        let moved: Vec<String> = match &self.trace {
            Some(_) => self.ledger.moved(&self.session),
            None => Vec::new(),
        };
        if !moved.is_empty() {
            self.note(|_| format!("    {}", moved.join(", ")));
        }
        for effect in &effects {
            self.note(|_| format!("    {effect:?}"));
        }
        let changed = self.session.take_changed();
        self.ledger.follow(&self.session, &effects, &self.connect, &self.open, &changed, now)?;
        for effect in effects {
            self.carry_out(effect)?;
        }
        self.set_timer()
    }

    fn set_timer(&mut self) -> Result<(), Broken> {
        self.timer += 1;
        match self.session.next_wake(self.now()) {
            Some(0) => Err("next_wake says 0: a busy loop".to_owned()),
            Some(ms) => {
                let late = if self.rng.chance(20) { self.rng.between(1, 1_500) } else { 0 };
                self.after(ms + late, Happening::Timer(self.timer));
                Ok(())
            }
            None => Ok(()),
        }
    }

    fn carry_out(&mut self, effect: Effect) -> Result<(), Broken> {
        if matches!(effect, Effect::Call { .. } | Effect::Put { .. }) {
            self.tempt();
        }
        match effect {
            Effect::Call { ticket, resource, call } => self.send(ticket, resource, call),
            Effect::Put { ticket, source, size, url, .. } => {
                let file_id = self.connect.urls.get(url.expose()).map(|url| url.file_id.clone());
                let file_id = file_id.ok_or_else(|| format!("PUT to an unknown URL {url:?}"))?;
                self.open.insert(ticket, Open::Put { file_id });
                if self.user.unreadable.contains(&source) {
                    let end = PutEnd::NoAnswer { source: SourceState::Unreadable };
                    self.after(3, Happening::Deliver(Event::PutEnded { ticket, end }));
                } else {
                    let transfer = Transfer::new(url.expose(), size, self);
                    self.transfers.insert(ticket, transfer);
                    let latency = fate::latency(self);
                    self.after(latency, Happening::PutArrives(ticket));
                }
            }
            Effect::Checksum { ticket, source } => self.read(ticket, source),
            Effect::Fetch { ticket, url, size, hand, .. } => self.fetch(ticket, &url, size, hand),
            Effect::Abort(ticket) => {
                if self.open.remove(&ticket).is_none() {
                    return Err(format!("abort of {ticket:?}, which is not under way"));
                }
                // The last bytes may have left the machine before.
                if self.rng.chance(70) {
                    self.transfers.remove(&ticket);
                }
            }
            Effect::Release(source) => {
                let was_held = self.user.held.remove(&source);
                was_held.then_some(()).ok_or_else(|| format!("{source:?} let go of twice"))?;
            }
            // The rest is for people.
            _ => {}
        }
        Ok(())
    }

    fn send(&mut self, ticket: Ticket, resource: Arc<Resource>, call: Call) {
        let is_poll = self.ledger.is_poll(&self.session, ticket, &call);
        let open = Open::Call { call: call.clone(), is_poll };
        self.open.insert(ticket, open);
        let fate = fate::of_call(self, &call);
        let asked = self.now();
        if !self.link_up || fate == CallFate::Lost {
            return self.no_answer(ticket);
        }
        let latency = fate::latency(self);
        self.after(latency, Happening::Arrives { ticket, resource, call, asked, fate });
    }

    fn arrives(
        &mut self,
        ticket: Ticket,
        resource: &Resource,
        call: &Call,
        asked: Now,
        fate: CallFate,
    ) {
        if !self.open.contains_key(&ticket) && self.rng.chance(50) {
            return;
        }
        let result = fate::serve(self, resource, call, asked, &fate);
        let latency = fate::latency(self);
        match fate {
            CallFate::AnswerLost => self.no_answer(ticket),
            CallFate::Slow(ms) => {
                self.after(ms, Happening::Deliver(Event::Answered { ticket, result }));
            }
            _ if !self.link_up => self.no_answer(ticket),
            _ => self.after(latency, Happening::Deliver(Event::Answered { ticket, result })),
        }
    }

    /// The client hears of a loss soon, or never.
    fn no_answer(&mut self, ticket: Ticket) {
        if self.rng.chance(60) {
            let latency = fate::latency(self);
            let result: Result<Answer, CallError> = Err(CallError::NoAnswer);
            self.after(latency, Happening::Deliver(Event::Answered { ticket, result }));
        }
    }

    fn read(&mut self, ticket: Ticket, source: SourceId) {
        self.open.insert(ticket, Open::Checksum);
        let end = if self.user.unreadable.contains(&source) {
            ChecksumEnd::Unreadable
        } else if self.rng.chance(10) {
            ChecksumEnd::Unsupported
        } else {
            ChecksumEnd::Done(format!("{:064}", source.0))
        };
        let latency = fate::latency(self);
        self.after(latency, Happening::Deliver(Event::ChecksumMade { ticket, end }));
    }

    fn fetch(&mut self, ticket: Ticket, url: &SecretUrl, size: u64, hand: Option<ItemId>) {
        self.open.insert(ticket, Open::Fetch { hand });
        let end = fate::of_fetch(self, url, size);
        let end = if self.link_up { end } else { Some(FetchEnd::NoAnswer) };
        let latency = fate::latency(self) * 3;
        if let Some(end) = end {
            self.after(latency, Happening::Deliver(Event::Fetched { ticket, end }));
        }
    }
}
