//! Promises about what the engine sends.

use std::collections::{BTreeMap, BTreeSet};

use connect_attached_files_core::call::Call;
use connect_attached_files_core::clock::Now;
use connect_attached_files_core::item::Item;
use connect_attached_files_core::phase::{Phase, Step, Ticket};
use connect_attached_files_core::session::Session;

use super::connect::Connect;
use super::ledger::{Ledger, Token};
use super::world::{Broken, Open};

impl Ledger {
    pub(super) fn check_call(
        &mut self,
        session: &Session,
        ticket: Ticket,
        arn: &str,
        call: &Call,
        connect: &Connect,
    ) -> Result<(), Broken> {
        match call {
            Call::Start(request) => {
                // One that is only to tell what a canceled one made needs no slot.
                let is_rows = |item: &Item| item.phase.step() == Some(Step::Running(ticket));
                if session.items().any(is_rows) {
                    self.check_slots(session)?;
                }
                let name = &request.file_name;
                let new = Token {
                    request: request.clone(),
                    answered: false,
                    under_way: None,
                    sent: 0,
                    refused: false,
                };
                let token = self.tokens.entry(request.client_token.clone()).or_insert(new);
                promise!(token.request == *request, "a token of another start for {name}");
                promise!(!token.answered, "a token used again though answered: {name}");
                promise!(token.under_way.is_none(), "a token used twice at once: {name}");
                token.sent += 1;
                token.under_way = Some(ticket);
            }
            Call::Delete { file_id } => self.deletes.entry(file_id.clone()).or_default().0 += 1,
            Call::Complete { file_id } => {
                promise!(self.stored.contains(file_id), "complete of {file_id} before a 2xx PUT");
            }
            Call::Batch(request) => {
                let unique: BTreeSet<&String> = request.file_ids.iter().collect();
                promise!(
                    unique.len() == request.file_ids.len() && (1..=100).contains(&unique.len()),
                    "a batch of {} ids, {} of them different",
                    request.file_ids.len(),
                    unique.len()
                );
            }
            _ => {}
        }
        if let Call::Complete { file_id } | Call::Get { file_id } | Call::Delete { file_id } = call
            && let Some(record) = connect.records.get(file_id)
        {
            promise!(record.arn == arn, "{file_id} asked of {arn}, but it is on {}", record.arn);
        }
        Ok(())
    }

    pub(super) fn check_slots(&self, session: &Session) -> Result<(), Broken> {
        let transfers = session.items().filter(|item| {
            matches!(item.phase, Phase::Hashing(_) | Phase::Starting(_) | Phase::Uploading(_))
                && item.phase.step().is_some_and(|step| step.ticket().is_some())
        });
        let transfers = transfers.count();
        promise!(
            transfers == session.slots_taken(),
            "{transfers} transfers, but {} slots taken",
            session.slots_taken()
        );
        promise!(
            session.slots_taken() <= self.concurrency,
            "{} transfers, {} allowed",
            session.slots_taken(),
            self.concurrency
        );
        Ok(())
    }

    pub(super) fn check_poll(
        &mut self,
        ids: &[String],
        open: &BTreeMap<Ticket, Open>,
        asked: &mut BTreeSet<String>,
        now: Now,
    ) -> Result<(), Broken> {
        promise!(!self.hidden, "a poll while hidden");
        for other in open.values() {
            if let Open::Call { call: Call::Batch(request), is_poll: true, .. } = other {
                asked.extend(request.file_ids.iter().cloned());
            }
        }
        for id in ids {
            promise!(asked.insert(id.clone()), "{id} is asked for twice at the same time");
            let last = self.polled.insert(id.clone(), now);
            promise!(
                last.is_none_or(|last| now.age_of(last) >= 900),
                "{id} is asked for again after {} ms",
                last.map_or(0, |last| now.age_of(last))
            );
        }
        Ok(())
    }

    pub(super) fn check_attempts(
        &mut self,
        session: &Session,
        ticket: Ticket,
        size: u64,
        file_id: &str,
    ) -> Result<(), Broken> {
        let item = session.items().find(|item| match &item.phase {
            Phase::Uploading(uploading) => uploading.step == Step::Running(ticket),
            _ => false,
        });
        let item = item.ok_or_else(|| "a PUT that no row knows of".to_owned())?;
        promise!(item.file_id.as_deref() == Some(file_id), "a PUT for another record");
        promise!(item.source.is_some() && item.size == size, "a PUT without its file");
        promise!(!item.is_paused, "a PUT of a paused row");
        let attempts = self.attempts.entry(item.id).or_default();
        *attempts += 1;
        promise!(*attempts <= 45 + 14 * (size >> 18), "{attempts} PUTs and nobody was asked");
        Ok(())
    }

    pub(super) fn aborted(&mut self, ticket: Ticket) {
        for token in self.tokens.values_mut() {
            if token.under_way == Some(ticket) {
                token.under_way = None;
            }
        }
    }
}
