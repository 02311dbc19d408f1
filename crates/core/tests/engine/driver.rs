//! A runner for tests: keeps what is under way and answers by hand.

use connect_attached_files_core::call::{
    Answer, AnswerHeaders, Call, CallError, Operation, ServiceError,
};
use connect_attached_files_core::clock::Now;
use connect_attached_files_core::event::{Effect, Event, HostEvent};
use connect_attached_files_core::item::{Item, ItemId};
use connect_attached_files_core::phase::{PhaseName, Ticket};
use connect_attached_files_core::pick::{FileFacts, SourceId};
use connect_attached_files_core::put::{PutEnd, SourceState};
use connect_attached_files_core::redact::SecretUrl;
use connect_attached_files_core::resource::Resource;
use connect_attached_files_core::session::{Config, Session};
use connect_attached_files_core::wire::{
    BatchAnswer, ConfigurationAnswer, ErrorBody, FileError, FileMetadata, FileStatus, SearchAnswer,
    StartAnswer, UploadUrl,
};

pub(crate) struct Driver {
    pub(crate) session: Session,
    pub(crate) now: Now,
    /// Calls under way, oldest first.
    pub(crate) calls: Vec<(Ticket, Call)>,
    /// PUTs under way, oldest first.
    pub(crate) puts: Vec<Ticket>,
    /// Everything the engine ever said.
    pub(crate) said: Vec<Effect>,
    files: u64,
}

pub(crate) fn case(id: &str) -> Resource {
    Resource::new("i", format!("arn:aws:cases:r:1:domain/d/case/{id}")).unwrap()
}

pub(crate) fn contact() -> Resource {
    Resource::new("i", "arn:aws:connect:r:1:instance/i/contact/c").unwrap()
}

pub(crate) fn refused(status: u16, name: &str) -> CallError {
    let headers = AnswerHeaders { error_type: Some(name.to_owned()), ..AnswerHeaders::default() };
    CallError::Refused(ServiceError::read(status, headers, &ErrorBody::default()))
}

pub(crate) fn throttled() -> CallError {
    refused(429, "ThrottlingException")
}

/// The record `f1` is the one of the first start, and so on.
pub(crate) fn started(file_id: &str) -> Answer {
    let url = Some(SecretUrl::new(format!("https://bucket.test/{file_id}?sig=1")));
    Answer::Start(StartAnswer {
        file_id: Some(file_id.to_owned()),
        upload_url_metadata: Some(UploadUrl { url, ..UploadUrl::default() }),
        ..StartAnswer::default()
    })
}

pub(crate) fn metadata(file_id: &str, status: &str) -> FileMetadata {
    FileMetadata {
        file_id: Some(file_id.to_owned()),
        file_name: Some(format!("{file_id}.txt")),
        file_size_in_bytes: Some(9),
        file_status: Some(FileStatus::from(status.to_owned())),
        ..FileMetadata::default()
    }
}

pub(crate) fn statuses(files: &[(&str, &str)]) -> Answer {
    let files = files.iter().map(|(id, status)| metadata(id, status)).collect();
    Answer::Batch(BatchAnswer { files, errors: Vec::new() })
}

pub(crate) fn unknown_file(file_id: &str) -> Answer {
    let error = FileError {
        error_code: Some("ResourceNotFoundException".to_owned()),
        error_message: None,
        file_id: Some(file_id.to_owned()),
    };
    Answer::Batch(BatchAnswer { files: Vec::new(), errors: vec![error] })
}

pub(crate) fn page(ids: &[&str], next_token: Option<&str>) -> Answer {
    Answer::Search(SearchAnswer {
        file_arns: ids
            .iter()
            .map(|id| format!("arn:aws:connect:r:1:instance/i/file/{id}"))
            .collect(),
        next_token: next_token.map(str::to_owned),
    })
}

impl Driver {
    /// On case 1, whose limits are Connect's defaults and whose list is empty.
    pub(crate) fn new() -> Self {
        let mut driver = Self::bare(Config::default());
        driver.feed(Event::Resource(Some(case("1"))));
        driver.answer(Operation::Describe, Ok(Answer::Describe(ConfigurationAnswer::default())));
        driver.answer(Operation::Search, Ok(page(&[], None)));
        driver
    }

    /// Without a resource.
    pub(crate) fn bare(config: Config) -> Self {
        Self {
            session: Session::new(config, [1, 2]),
            now: Now { mono_ms: 5_000, wall_ms: 1_700_000_000_000 },
            calls: Vec::new(),
            puts: Vec::new(),
            said: Vec::new(),
            files: 0,
        }
    }

    pub(crate) fn feed(&mut self, event: Event) -> Vec<Effect> {
        let effects = self.session.handle(event, self.now);
        for effect in &effects {
            match effect {
                Effect::Call { ticket, call, .. } => self.calls.push((*ticket, call.clone())),
                Effect::Put { ticket, .. } => self.puts.push(*ticket),
                Effect::Abort(ticket) => {
                    self.calls.retain(|(own, _)| own != ticket);
                    self.puts.retain(|own| own != ticket);
                }
                _ => {}
            }
        }
        self.said.extend(effects.iter().cloned());
        effects
    }

    /// Lets time pass on both clocks, waking the engine whenever it asks for it.
    pub(crate) fn wait(&mut self, ms: u64) {
        let end = self.now.mono_ms + ms;
        while let Some(left) = self.session.next_wake(self.now) {
            assert!(left > 0, "a busy loop");
            if self.now.mono_ms + left > end {
                break;
            }
            self.skip(left);
            self.feed(Event::Tick);
        }
        self.skip(end - self.now.mono_ms);
        self.feed(Event::Tick);
    }

    /// Moves both clocks without anybody noticing.
    pub(crate) fn skip(&mut self, ms: u64) {
        self.now.mono_ms += ms;
        self.now.wall_ms += ms;
    }

    /// A sleep in which the monotonic clock stands still.
    pub(crate) fn sleep(&mut self, ms: u64) {
        self.now.wall_ms += ms;
        self.feed(Event::Tick);
    }

    /// Picks text files of so many bytes each; their rows.
    pub(crate) fn pick(&mut self, sizes: &[u64]) -> Vec<ItemId> {
        let before: Vec<ItemId> = self.session.items().map(|item| item.id).collect();
        let facts = sizes.iter().map(|&size| self.facts(size)).collect();
        self.picked(facts);
        let ids = self.session.items().map(|item| item.id);
        ids.filter(|id| !before.contains(id)).collect()
    }

    /// Someone picks these files for the resource shown.
    pub(crate) fn picked(&mut self, facts: Vec<FileFacts>) -> Vec<Effect> {
        let resource = self.session.resource().cloned().unwrap();
        self.feed(Event::Picked(resource, facts))
    }

    pub(crate) fn facts(&mut self, size: u64) -> FileFacts {
        self.files += 1;
        FileFacts {
            source: SourceId(self.files),
            name: format!("n{}.txt", self.files),
            size,
            name_offenders: String::new(),
            is_folder: false,
            refused: None,
            tags: Vec::new(),
        }
    }

    /// The oldest call of an operation, taken out.
    pub(crate) fn take(&mut self, operation: Operation) -> (Ticket, Call) {
        let at = self.calls.iter().position(|(_, call)| call.operation() == operation);
        self.calls.remove(at.unwrap_or_else(|| panic!("no {operation:?} under way")))
    }

    pub(crate) fn under_way(&self, operation: Operation) -> usize {
        self.calls.iter().filter(|(_, call)| call.operation() == operation).count()
    }

    /// Answers the oldest call of an operation.
    pub(crate) fn answer(
        &mut self,
        operation: Operation,
        result: Result<Answer, CallError>,
    ) -> Vec<Effect> {
        let (ticket, _) = self.take(operation);
        self.feed(Event::Answered { ticket, result })
    }

    /// Ends the oldest PUT.
    pub(crate) fn put_ended(&mut self, end: PutEnd) -> Vec<Effect> {
        let ticket = self.puts.remove(0);
        self.feed(Event::PutEnded { ticket, end })
    }

    pub(crate) fn put_answered(&mut self, status: u16, body: &str) -> Vec<Effect> {
        self.put_ended(PutEnd::Answered { status, body: body.to_owned() })
    }

    pub(crate) fn put_lost(&mut self) -> Vec<Effect> {
        self.put_ended(PutEnd::NoAnswer { source: SourceState::Readable })
    }

    /// Brings one small file as far as waiting for its verdict.
    pub(crate) fn send(&mut self, file_id: &str) -> ItemId {
        let id = self.pick(&[9])[0];
        self.answer(Operation::Start, Ok(started(file_id)));
        self.put_answered(200, "");
        self.answer(Operation::Complete, Ok(Answer::Done));
        assert_eq!(self.phase(id), PhaseName::Scanning);
        id
    }

    /// Brings one small file to its approval.
    pub(crate) fn send_approved(&mut self, file_id: &str) -> ItemId {
        let id = self.send(file_id);
        self.wait(1_200);
        self.answer(Operation::Batch, Ok(statuses(&[(file_id, "APPROVED")])));
        assert_eq!(self.phase(id), PhaseName::Approved);
        id
    }

    pub(crate) fn item(&self, id: ItemId) -> &Item {
        self.session.item(id).expect("the row is there")
    }

    pub(crate) fn phase(&self, id: ItemId) -> PhaseName {
        self.item(id).phase.name()
    }

    pub(crate) fn told(&self, id: ItemId, event: HostEvent) -> usize {
        let told = |effect: &&Effect| **effect == Effect::Tell { event, item: id };
        self.said.iter().filter(told).count()
    }

    /// How many PUTs and calls of an operation were ever sent.
    pub(crate) fn sent(&self, operation: Option<Operation>) -> usize {
        let of = |effect: &&Effect| match effect {
            Effect::Call { call, .. } => Some(call.operation()) == operation,
            Effect::Put { .. } => operation.is_none(),
            _ => false,
        };
        self.said.iter().filter(of).count()
    }
}
