//! The start call: asked for just before a slot is used, since an upload URL lives minutes.

use std::sync::Arc;

use crate::call::{Answer, Call, CallError};
use crate::checksum::Checksum;
use crate::clock::{Due, Now};
use crate::errand::Purpose;
use crate::error::{Code, Failure, Stage};
use crate::event::HostEvent;
use crate::item::{Item, ItemId};
use crate::phase::{Grant, Phase, Starting, Step, Uploading};
use crate::progress::Progress;
use crate::put::headers_to_send;
use crate::retry::STEP;
use crate::session::Session;
use crate::table::Table;
use crate::wire::{FileUseCase, StartAnswer, StartRequest, TAGS_MAX, URL_EXPIRY_SECONDS};

/// New URLs asked for without any real progress between them, before a person is asked.
const MAX_RENEWALS: u8 = 2;

impl Session {
    /// Begins or repeats the start of one item. Whether a call went out.
    pub(crate) fn begin_start(&mut self, id: ItemId, now: Now) -> bool {
        let Some(item) = self.items.get(&id) else { return false };
        let (token, renews, unsure, asked_at) = match &item.phase {
            Phase::Starting(starting) => {
                // A repeat may bring back the URL that a lost answer already held.
                let asked_at = if starting.unsure { starting.asked_at.earliest(now) } else { now };
                (starting.token.clone(), starting.renews, starting.unsure, asked_at)
            }
            _ => match &item.unanswered {
                Some((token, at)) => (token.clone(), false, true, at.earliest(now)),
                None => (self.dice.token(), false, false, now),
            },
        };
        let request = self.start_request(item, token.clone());
        let resource = Arc::clone(&item.resource);
        let Some(ticket) = self.call(Purpose::Start(id), &resource, Call::Start(request), now)
        else {
            return false;
        };
        let step = Step::Running(ticket);
        if let Some(item) = self.items.get_mut(&id) {
            item.unanswered = None;
        }
        let starting = Starting { token, step, asked_at, renews, unsure };
        self.set_phase(id, Phase::Starting(starting));
        true
    }

    pub(crate) fn start_request(&self, item: &Item, client_token: String) -> StartRequest {
        let mut tags = Table::default();
        if let (Some(tag), Checksum::Known(checksum)) = (&self.config.checksum_tag, &item.checksum)
        {
            tags.insert(tag.clone(), checksum.clone());
        }
        for (key, value) in &item.tags {
            if tags.len() < TAGS_MAX && tags.get(key).is_none() {
                tags.insert(key.clone(), value.clone());
            }
        }
        StartRequest {
            client_token,
            file_name: item.name.clone(),
            file_size_in_bytes: item.size,
            file_use_case_type: FileUseCase::Attachment,
            url_expiry_in_seconds: self.url_expiry_seconds(),
            tags: (!tags.is_empty()).then_some(tags),
        }
    }

    /// Notes on the row the start that is not waited for any more, if it may have made a record.
    pub(crate) fn leave_start(&mut self, id: ItemId) {
        let Some(item) = self.items.get_mut(&id) else { return };
        let Phase::Starting(starting) = &item.phase else { return };
        if starting.unsure || starting.step.ticket().is_some() {
            item.unanswered = Some((starting.token.clone(), starting.asked_at));
        }
    }

    /// Replaces a URL that is of no use any more: a new start with a new token, and the record of the
    /// old one is deleted as well as can be. Ends in `failure` when that was done too often.
    pub(crate) fn renew(&mut self, id: ItemId, failure: Failure, now: Now) {
        let Some(item) = self.items.get_mut(&id) else { return };
        let abandoned = item.file_id.take();
        let resource = Arc::clone(&item.resource);
        if item.renewals >= MAX_RENEWALS {
            self.abandon(&resource, abandoned);
            self.fail(id, failure);
            return;
        }
        item.renewals += 1;
        self.abandon(&resource, abandoned);
        let token = self.dice.token();
        let step = Step::Ready;
        let starting = Starting { token, step, asked_at: now, renews: true, unsure: false };
        self.set_phase(id, Phase::Starting(starting));
    }

    pub(crate) fn start_answered(
        &mut self,
        id: ItemId,
        result: Result<Answer, CallError>,
        now: Now,
    ) {
        let error = match result {
            Ok(Answer::Start(answer)) => return self.started(id, answer, now),
            Ok(_) => CallError::Unreadable { status: 200 },
            Err(error) => error,
        };
        let online = self.online;
        let Some(item) = self.items.get_mut(&id) else { return };
        let Phase::Starting(starting) = &mut item.phase else { return };
        starting.unsure |= error.is_ambiguous();
        starting.step = Step::Ready;
        // The name may be taken by the very record that this start replaces, until that is deleted.
        let in_our_way = matches!(&error, CallError::Refused(refused) if refused.code == Code::Conflict)
            && self.orphans.iter().any(|orphan| orphan.resource == item.resource);
        let again = if in_our_way {
            starting.token = self.dice.token();
            let pause = item.tries.failed(&STEP, now, None, &mut self.dice);
            pause.map(|pause| Step::Backoff(Due::after(now, pause)))
        } else {
            item.tries.after(&STEP, &error, online, now, &mut self.dice)
        };
        match again {
            Some(step) => {
                starting.step = step;
                self.touch(id);
                if matches!(step, Step::Backoff(_)) {
                    self.tell(HostEvent::UploadRetry, id);
                }
            }
            None => {
                self.leave_start(id);
                self.fail(id, error.failure(Stage::Start));
            }
        }
    }

    fn started(&mut self, id: ItemId, answer: StartAnswer, now: Now) {
        let Some(item) = self.items.get_mut(&id) else { return };
        let Phase::Starting(starting) = &item.phase else { return };
        let asked_at = starting.asked_at;
        item.file_id.clone_from(&answer.file_id);
        item.created_at = answer.creation_time.or(item.created_at.take());
        if let Some(created_by) = answer.created_by {
            item.created_by = created_by.connect_user_arn.or(created_by.aws_identity_arn);
        }
        let upload = answer.upload_url_metadata.unwrap_or_default();
        let (Some(file_id), Some(url)) = (answer.file_id, upload.url) else {
            return self.fail(id, Failure::new(Stage::Start, Code::UnexpectedAnswer, true));
        };
        let listed = file_id.clone();
        let headers = headers_to_send(&upload.headers_to_include);
        let progress = Progress::new(item.size, now);
        item.tries.reset();
        self.set_phase(
            id,
            Phase::Uploading(Uploading {
                grant: Grant { file_id, url, headers, asked_at },
                step: Step::Ready,
                progress,
                moved_at: now,
                stalled: false,
                doubted: false,
            }),
        );
        self.drop_listed(&listed);
        // The slot that the start held goes straight over to the PUT, unless fewer are allowed by now.
        if self.has_free_slot() {
            self.begin_put(id, now);
        }
    }

    pub(crate) fn url_expiry_seconds(&self) -> u16 {
        let (least, most) = (*URL_EXPIRY_SECONDS.start(), *URL_EXPIRY_SECONDS.end());
        self.config.url_expiry_seconds.clamp(least, most)
    }

    /// Ends an upload in an error that stays on its row.
    pub(crate) fn fail(&mut self, id: ItemId, failure: Failure) {
        if let Some(item) = self.items.get_mut(&id) {
            item.tries.reset();
        }
        self.set_phase(id, Phase::Error(failure));
    }
}
