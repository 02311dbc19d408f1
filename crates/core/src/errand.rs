//! Requests under way: who waits for which answer, and what becomes of those that stay without one.

use std::sync::Arc;

use crate::call::{Answer, Call, CallError, Operation};
use crate::clock::Now;
use crate::download::FetchEnd;
use crate::error::Code;
use crate::event::Effect;
use crate::gate::Pass;
use crate::item::{Item, ItemId};
use crate::phase::Ticket;
use crate::resource::Resource;
use crate::session::Session;

/// A call without an answer after this many milliseconds counts as lost.
pub const CALL_TIMEOUT_MS: u64 = 30_000;

/// Of what has rules of its own, or none.
pub(crate) const NO_LIMIT: u64 = u64::MAX;

/// Who waits for the answer of a request.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Purpose {
    Start(ItemId),
    Checksum(ItemId),
    Put(ItemId),
    Complete(ItemId),
    Poll(Vec<String>),
    Get(ItemId),
    Fetch(ItemId),
    Delete(ItemId),
    /// By the key of the orphan.
    Orphan(String),
    Describe,
    Search,
    Details(Vec<String>),
}

/// A request under way.
#[derive(Clone, Debug)]
pub(crate) struct Errand {
    pub(crate) purpose: Purpose,
    pub(crate) resource: Arc<Resource>,
    /// The operation of a call and how it came through its gate, `None` for transfers to and from S3.
    pub(crate) operation: Option<(Operation, Pass)>,
    pub(crate) sent_at: Now,
    /// It counts as lost after this long, in milliseconds.
    pub(crate) limit_ms: u64,
}

impl Session {
    /// Sends a call if network and gate allow.
    pub(crate) fn call(
        &mut self,
        purpose: Purpose,
        resource: &Arc<Resource>,
        call: Call,
        now: Now,
    ) -> Option<Ticket> {
        if !self.online {
            return None;
        }
        let operation = call.operation();
        let pass = self.gates.pass(operation, now)?;
        let ticket = self.enter(purpose, resource, Some((operation, pass)), now);
        if let Some(errand) = self.errands.get_mut(&ticket) {
            errand.limit_ms = CALL_TIMEOUT_MS;
        }
        self.effects.push(Effect::Call { ticket, resource: Arc::clone(resource), call });
        Some(ticket)
    }

    /// Notes a request that goes out.
    pub(crate) fn enter(
        &mut self,
        purpose: Purpose,
        resource: &Arc<Resource>,
        operation: Option<(Operation, Pass)>,
        now: Now,
    ) -> Ticket {
        let ticket = Ticket(self.next_number());
        let resource = Arc::clone(resource);
        let errand = Errand { purpose, resource, operation, sent_at: now, limit_ms: NO_LIMIT };
        self.errands.insert(ticket, errand);
        ticket
    }

    /// Ends a request whose answer is not wanted any more.
    pub(crate) fn abort(&mut self, ticket: Ticket) {
        if let Some(errand) = self.errands.remove(&ticket) {
            if let Some((operation, pass)) = errand.operation {
                self.gates.forgotten(operation, pass);
            }
            self.effects.push(Effect::Abort(ticket));
        }
    }

    pub(crate) fn answered(&mut self, ticket: Ticket, result: Result<Answer, CallError>, now: Now) {
        let Some(errand) = self.errands.remove(&ticket) else { return };
        if let Some((operation, pass)) = errand.operation {
            let was_closed = self.gates.is_closed(operation);
            match &result {
                Err(CallError::Refused(error)) if error.code == Code::Throttled => {
                    let retry_after_ms = error.retry_after_ms;
                    self.gates.throttled(operation, pass, now, retry_after_ms, &mut self.dice);
                }
                _ => self.gates.answered(operation, pass, now),
            }
            if self.gates.is_closed(operation) != was_closed {
                self.touch_waiting(operation);
            }
        }
        let resource = errand.resource;
        match errand.purpose {
            Purpose::Start(id) => self.start_answered(id, result, now),
            Purpose::Complete(id) => self.complete_answered(id, result, now),
            Purpose::Poll(ids) => self.poll_answered(&resource, &ids, result, now),
            Purpose::Get(id) => self.get_answered(id, result, now),
            Purpose::Delete(id) => self.delete_answered(id, result, now),
            Purpose::Orphan(key) => self.orphan_answered(&key, result, now),
            Purpose::Describe => self.describe_answered(result, now),
            Purpose::Search => self.search_answered(result, now),
            Purpose::Details(ids) => self.details_answered(ids, result, now),
            // Transfers end by events of their own.
            Purpose::Checksum(_) | Purpose::Put(_) | Purpose::Fetch(_) => {}
        }
    }

    /// Treats calls and downloads that stay without an answer as lost.
    pub(crate) fn time_out(&mut self, now: Now) {
        let late: Vec<Ticket> = self
            .errands
            .iter()
            .filter(|(_, errand)| now.steady_age_of(errand.sent_at) >= errand.limit_ms)
            .map(|(&ticket, _)| ticket)
            .collect();
        for ticket in late {
            self.effects.push(Effect::Abort(ticket));
            // Each knows its own tickets.
            self.fetched(ticket, FetchEnd::NoAnswer);
            self.answered(ticket, Err(CallError::NoAnswer), now);
        }
    }

    /// Shows a gate that opened or closed on the rows that wait at it.
    fn touch_waiting(&mut self, operation: Operation) {
        let waits = |item: &&Item| item.next_call() == Some(operation);
        let waiting: Vec<ItemId> = self.items().filter(waits).map(|item| item.id).collect();
        for id in waiting {
            self.touch(id);
        }
    }
}
