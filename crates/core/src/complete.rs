//! The complete call, only ever after S3 said 2xx.

use std::sync::Arc;

use crate::call::{Answer, Call, CallError};
use crate::clock::Now;
use crate::errand::Purpose;
use crate::error::{Code, Stage};
use crate::event::HostEvent;
use crate::item::ItemId;
use crate::phase::{Phase, Scanning, Step};
use crate::retry::STEP;
use crate::session::Session;

impl Session {
    pub(crate) fn begin_complete(&mut self, id: ItemId, now: Now) {
        let Some(item) = self.items.get(&id) else { return };
        let Some(file_id) = item.file_id.clone() else { return };
        let resource = Arc::clone(&item.resource);
        let call = Call::Complete { file_id };
        if let Some(ticket) = self.call(Purpose::Complete(id), &resource, call, now)
            && let Some(step) = self.items.get_mut(&id).and_then(|item| item.phase.step_mut())
        {
            *step = Step::Running(ticket);
            self.touch(id);
        }
    }

    pub(crate) fn complete_answered(
        &mut self,
        id: ItemId,
        result: Result<Answer, CallError>,
        now: Now,
    ) {
        let error = match result {
            // A 2xx is the word, whatever stands in its body.
            Ok(_) | Err(CallError::Unreadable { .. }) => return self.await_verdict(id, now),
            Err(error) => error,
        };
        let online = self.online;
        let Some(item) = self.items.get_mut(&id) else { return };
        let Phase::Completing(completing) = &mut item.phase else { return };
        if let CallError::Refused(refused) = &error {
            match refused.code {
                // Somebody completed it before us, most likely an earlier try of ours: the status tells.
                Code::Conflict => return self.await_verdict(id, now),
                Code::InvalidRequest if completing.unsure => return self.await_verdict(id, now),
                // The record is gone; the file is still here.
                Code::NotFound if item.source.is_some() => {
                    return self.renew(id, error.failure(Stage::Complete), now);
                }
                _ => {}
            }
        }
        completing.unsure |= error.is_ambiguous();
        match item.tries.after(&STEP, &error, online, now, &mut self.dice) {
            Some(step) => {
                completing.step = step;
                self.touch(id);
                if matches!(step, Step::Backoff(_)) {
                    self.tell(HostEvent::UploadRetry, id);
                }
            }
            None => {
                let mut failure = error.failure(Stage::Complete);
                // The bytes can be sent anew, whatever Connect missed.
                failure.retryable |= item.source.is_some();
                self.fail(id, failure);
            }
        }
    }

    /// The bytes are there as far as is known: Connect's word is waited for.
    pub(crate) fn await_verdict(&mut self, id: ItemId, now: Now) {
        let Some(item) = self.items.get_mut(&id) else { return };
        item.tries.reset();
        item.run = self.pace.run;
        let resource = Arc::clone(&item.resource);
        self.set_phase(id, Phase::Scanning(Scanning::new(now, None)));
        self.watch(&resource, now);
    }
}
