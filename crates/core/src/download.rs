//! Download: a fresh URL at every click, its answer checked before anything is saved.

use std::fmt;
use std::sync::Arc;

use crate::call::{Answer, Call, CallError};
use crate::clock::Now;
use crate::errand::Purpose;
use crate::error::{Code, Failure, Stage};
use crate::event::Effect;
use crate::item::{Download, ItemId};
use crate::phase::{Phase, Step, Ticket};
use crate::put::{S3Error, says_expired};
use crate::redact::printable_code;
use crate::retry::BACKGROUND;
use crate::session::Session;

/// How fetching and saving ended, as the edge reports it.
#[derive(Clone, PartialEq, Eq)]
pub enum FetchEnd {
    /// Status and length were right; the browser was given the file.
    Saved,
    /// S3 answered with an error.
    Refused {
        /// HTTP status.
        status: u16,
        /// The answer's text.
        body: String,
    },
    /// The body had another length than Connect says the file has.
    WrongLength {
        /// Bytes that came.
        got: u64,
    },
    /// The bytes are not those of the checksum.
    Changed,
    /// No readable answer.
    NoAnswer,
    /// The browser would not save it.
    SaveBlocked,
}

impl fmt::Debug for FetchEnd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused { status, body } => {
                let code = S3Error::read(body).code;
                write!(f, "Refused({status} {})", printable_code(&code))
            }
            Self::WrongLength { got } => write!(f, "WrongLength({got})"),
            Self::Saved => f.write_str("Saved"),
            Self::Changed => f.write_str("Changed"),
            Self::NoAnswer => f.write_str("NoAnswer"),
            Self::SaveBlocked => f.write_str("SaveBlocked"),
        }
    }
}

/// A download may take this long, in milliseconds, and
const FETCH_LIMIT_MS: u64 = 60_000;
/// a millisecond more for so many bytes: 256 kbit/s, slower than any line such a file was sent over.
/// The browser hands over whole downloads only, so that nothing but time tells one that stands still.
const FETCH_BYTES_PER_MS: u64 = 32;

impl Session {
    /// Begins a download, to save the file or to hand its bytes over. One of the other kind that is
    /// under way comes first; to save it twice at once is to save it once.
    pub(crate) fn download(&mut self, id: ItemId, hand: bool) {
        let item = self.items.get_mut(&id);
        let Some(item) = item.filter(|item| matches!(item.phase, Phase::Approved)) else {
            if let Some(item) = self.items.get_mut(&id).filter(|i| i.download == Download::Idle) {
                item.notice = Some(Failure::new(Stage::Download, Code::NotApproved, false));
                self.touch(id);
            }
            if hand {
                self.effects.push(Effect::NotHanded(id));
            }
            return;
        };
        if hand {
            item.hands += 1;
        } else {
            item.wants_save = true;
        }
        self.next_download(id);
    }

    /// Begins what is wanted of a row, unless a download of it is under way.
    fn next_download(&mut self, id: ItemId) {
        let Some(item) = self.items.get_mut(&id) else { return };
        if item.download == Download::Idle && (item.wants_save || item.hands > 0) {
            item.notice = None;
            item.download = Download::Asking { step: Step::Ready, renewed: false };
        }
        self.touch(id);
    }

    /// Gives up whatever is wanted of a row's file.
    fn want_nothing(&mut self, id: ItemId) {
        let Some(item) = self.items.get_mut(&id) else { return };
        item.wants_save = false;
        for _ in 0..std::mem::take(&mut item.hands) {
            self.effects.push(Effect::NotHanded(id));
        }
    }

    pub(crate) fn begin_get(&mut self, id: ItemId, now: Now) {
        let Some(item) = self.items.get(&id) else { return };
        let Some(file_id) = item.file_id.clone() else { return };
        let resource = Arc::clone(&item.resource);
        let call = Call::Get { file_id };
        if let Some(ticket) = self.call(Purpose::Get(id), &resource, call, now)
            && let Some(Download::Asking { step, .. }) =
                self.items.get_mut(&id).map(|item| &mut item.download)
        {
            *step = Step::Running(ticket);
        }
    }

    pub(crate) fn get_answered(&mut self, id: ItemId, result: Result<Answer, CallError>, now: Now) {
        let online = self.online;
        let Some(item) = self.items.get_mut(&id) else { return };
        let Download::Asking { step, renewed } = &mut item.download else { return };
        let renewed = *renewed;
        let file = match result {
            Ok(Answer::Get(file)) => file,
            Ok(_) => {
                let error = CallError::Unreadable { status: 200 };
                return self.download_ended(id, Some(error.failure(Stage::Download)));
            }
            Err(error) => {
                match item.tries.after(&BACKGROUND, &error, online, now, &mut self.dice) {
                    Some(next) => *step = next,
                    None => self.download_ended(id, Some(error.failure(Stage::Download))),
                }
                return;
            }
        };
        let Some(url) = file.download_url_metadata.and_then(|metadata| metadata.url) else {
            // A 200 without a URL: the file lost its approval.
            let failure = Failure::new(Stage::Download, Code::NotApproved, false);
            self.download_ended(id, Some(failure));
            return self.status_came(id, file.file_status.as_ref(), now);
        };
        let resource = Arc::clone(&item.resource);
        let name = file.file_name.unwrap_or_else(|| item.name.clone());
        let size = file.file_size_in_bytes.unwrap_or(item.size);
        let tag = self.config.checksum_tag.as_ref();
        let checksum = tag.and_then(|tag| file.tags?.remove(tag));
        let hand = !item.wants_save;
        let ticket = self.enter(Purpose::Fetch(id), &resource, None, now);
        if let Some(errand) = self.errands.get_mut(&ticket) {
            errand.limit_ms = FETCH_LIMIT_MS + size / FETCH_BYTES_PER_MS;
        }
        if let Some(item) = self.items.get_mut(&id) {
            item.download = Download::Fetching { ticket, renewed, hand };
        }
        self.touch(id);
        let hand = hand.then_some(id);
        self.effects.push(Effect::Fetch { ticket, url, name, size, checksum, hand });
    }

    pub(crate) fn fetched(&mut self, ticket: Ticket, end: FetchEnd) {
        let Some(&Purpose::Fetch(id)) = self.errands.get(&ticket).map(|errand| &errand.purpose)
        else {
            return;
        };
        self.errands.remove(&ticket);
        let Some(item) = self.items.get_mut(&id) else { return };
        let Download::Fetching { renewed, hand, .. } = item.download else { return };
        let waits = !self.online && matches!(end, FetchEnd::NoAnswer);
        let (status, error) = match &end {
            FetchEnd::Refused { status, body } => (*status, S3Error::read(body)),
            _ => (0, S3Error::default()),
        };
        let expired = says_expired(status, &error);
        let may_pass =
            expired || matches!(end, FetchEnd::NoAnswer) || matches!(status, 408 | 429 | 500..);
        if waits || !renewed && may_pass {
            // By a fresh URL; without a network nobody is to blame.
            item.download = Download::Asking { step: Step::Ready, renewed: !waits };
            return self.touch(id);
        }
        let failed = |code, retryable| Some(Failure::new(Stage::Download, code, retryable));
        let failure = match end {
            FetchEnd::Saved => {
                if hand {
                    item.hands = item.hands.saturating_sub(1);
                } else {
                    item.wants_save = false;
                }
                None
            }
            FetchEnd::NoAnswer => failed(Code::NetworkLost, true),
            FetchEnd::SaveBlocked => failed(Code::SaveBlocked, true),
            FetchEnd::Changed => failed(Code::DownloadChanged, true),
            FetchEnd::WrongLength { .. } => failed(Code::DownloadIncomplete, true),
            FetchEnd::Refused { .. } => {
                let code = match (expired, status) {
                    (true, _) => Code::UrlExpired,
                    (_, 403) => Code::StorageDenied,
                    (_, 404) => Code::NotFound,
                    (_, 500..) => Code::StorageError,
                    _ => Code::StorageRefused,
                };
                Some(Failure {
                    status: Some(status),
                    service_code: (!error.code.is_empty()).then_some(error.code),
                    request_id: error.request_id,
                    ..Failure::new(Stage::Download, code, true)
                })
            }
        };
        self.download_ended(id, failure);
    }

    fn download_ended(&mut self, id: ItemId, failure: Option<Failure>) {
        let Some(item) = self.items.get_mut(&id) else { return };
        let has_failed = failure.is_some();
        item.download = Download::Idle;
        item.notice = failure;
        item.tries.reset();
        if has_failed {
            self.want_nothing(id);
        }
        self.next_download(id);
    }

    /// Stops a download whose row goes away.
    pub(crate) fn stop_download(&mut self, id: ItemId) {
        let Some(item) = self.items.get_mut(&id) else { return };
        let ticket = match item.download {
            Download::Fetching { ticket, .. } => Some(ticket),
            Download::Asking { step, .. } => step.ticket(),
            Download::Idle => None,
        };
        item.download = Download::Idle;
        if let Some(ticket) = ticket {
            self.abort(ticket);
        }
        self.want_nothing(id);
    }
}
