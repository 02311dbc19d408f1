//! A model of Amazon Connect: records, tokens, quotas, throttle, scanner, list.

use std::collections::BTreeMap;

use connect_attached_files_core::call::{Answer, AnswerHeaders, Call, CallError, ServiceError};
use connect_attached_files_core::clock::Now;
use connect_attached_files_core::redact::SecretUrl;
use connect_attached_files_core::resource::{Resource, ResourceKind};
use connect_attached_files_core::wire::{
    AllowedExtension, BatchAnswer, ConfigurationAnswer, CreatedBy, DownloadUrl, ErrorBody,
    ErrorReason, ExtensionConfiguration, FileError, FileMetadata, FileStatus, SearchAnswer,
    StartAnswer, StartRequest, UploadUrl,
};

use super::label::source_of;
use super::plan::{Plan, Replay, Twice};
use super::rng::Rng;

/// Extensions the instance allows: one that is among Connect's defaults, one that is not.
pub(crate) const ALLOWED: [&str; 2] = ["txt", "log"];

const VERDICTS: [&str; 5] = ["APPROVED", "APPROVED", "APPROVED", "REJECTED", "FAILED"];

/// A file record.
#[derive(Clone, Debug)]
pub(crate) struct Record {
    pub(crate) arn: String,
    pub(crate) name: String,
    pub(crate) size: u64,
    pub(crate) made_at: u64,
    pub(crate) stored: bool,
    pub(crate) completed_at: Option<u64>,
    verdict: &'static str,
    /// Time the scanner takes; `None` for one that never answers.
    scan_ms: Option<u64>,
    /// Whether it came through this widget.
    pub(crate) ours: bool,
    /// Which file of the user's it is, as its tag says: several may have the same name.
    pub(crate) source: Option<String>,
}

impl Record {
    pub(crate) fn status(&self, t: u64, plan: &Plan) -> FileStatus {
        let text = match (self.completed_at, self.scan_ms) {
            (None, _) => plan.before_complete,
            (Some(at), Some(scan)) if t >= at + scan => self.verdict,
            _ => "PROCESSING",
        };
        FileStatus::from(text.to_owned())
    }
}

/// An upload URL.
#[derive(Clone, Debug)]
pub(crate) struct Url {
    pub(crate) file_id: String,
    pub(crate) expires_at: u64,
    /// The engine's clocks when it sent the start that made this URL.
    pub(crate) asked: Now,
    pub(crate) lifetime_ms: u64,
}

/// The service.
#[derive(Debug, Default)]
pub(crate) struct Connect {
    pub(crate) records: BTreeMap<String, Record>,
    pub(crate) gone: BTreeMap<String, Record>,
    pub(crate) urls: BTreeMap<String, Url>,
    tokens: BTreeMap<String, (StartRequest, String, String)>,
    buckets: BTreeMap<usize, (u64, u64)>,
    number: u64,
}

pub(crate) fn refusal(status: u16, name: &str) -> CallError {
    refusal_because(status, name, None, None)
}

fn refusal_because(
    status: u16,
    name: &str,
    reason: Option<ErrorReason>,
    retry_after: Option<u64>,
) -> CallError {
    let headers = AnswerHeaders {
        error_type: Some(name.to_owned()),
        request_id: Some("r-1".to_owned()),
        retry_after: retry_after.map(|seconds| seconds.to_string()),
    };
    let body = ErrorBody { reason, ..ErrorBody::default() };
    CallError::Refused(ServiceError::read(status, headers, &body))
}

pub(crate) fn throttling(rng: &mut Rng) -> CallError {
    let retry_after = rng.chance(30).then(|| *rng.pick(&[0, 1, 2, 4, 90, 86_400]));
    refusal_because(429, "ThrottlingException", None, retry_after)
}

impl Connect {
    /// A file that was there before, or that someone else attaches.
    pub(crate) fn attach(&mut self, t: u64, arn: &str, name: &str, ours: bool, rng: &mut Rng) {
        let id = self.fresh_id();
        let record = Record {
            stored: true,
            completed_at: Some(t),
            ..new_record(t, arn, name, 7, ours, 0, rng)
        };
        self.records.insert(id, record);
    }

    fn fresh_id(&mut self) -> String {
        self.number += 1;
        format!("file-{}", self.number)
    }

    /// Removes what was started and never finished.
    pub(crate) fn forget(&mut self, t: u64, plan: &Plan) {
        let Some(after) = plan.forgets_after_ms else { return };
        let old = |record: &Record| record.completed_at.is_none() && t > record.made_at + after;
        let ids: Vec<String> =
            self.records.iter().filter(|(_, r)| old(r)).map(|(id, _)| id.clone()).collect();
        for id in ids {
            self.remove(&id);
        }
    }

    pub(crate) fn remove(&mut self, id: &str) -> bool {
        let record = self.records.remove(id);
        let was_there = record.is_some();
        self.gone.extend(record.map(|record| (id.to_owned(), record)));
        was_there
    }

    /// Files of a resource that count and show.
    pub(crate) fn listed(&self, arn: &str, plan: &Plan) -> Vec<String> {
        let mut found: Vec<(&String, &Record)> = self
            .records
            .iter()
            .filter(|(_, r)| r.arn == arn && (plan.listed_at_start || r.completed_at.is_some()))
            .collect();
        found.sort_by_key(|(id, r)| (r.made_at, id.len(), (*id).clone()));
        found.into_iter().map(|(id, _)| id.clone()).collect()
    }

    /// The account's throttle: 2 a second, burst 5, for each operation.
    pub(crate) fn admits(&mut self, t: u64, operation: usize) -> bool {
        let (tokens, at) = self.buckets.entry(operation).or_insert((5_000, t));
        *tokens = (*tokens + (t - *at) * 2).min(5_000);
        *at = t;
        if *tokens < 1_000 {
            return false;
        }
        *tokens -= 1_000;
        true
    }

    /// Carries a call out.
    pub(crate) fn serve(
        &mut self,
        t: u64,
        resource: &Resource,
        call: &Call,
        asked: Now,
        plan: &Plan,
        rng: &mut Rng,
    ) -> Result<Answer, CallError> {
        match call {
            Call::Start(request) => {
                self.start(t, resource, request, asked, plan, rng).map(Answer::Start)
            }
            Call::Complete { file_id } => {
                self.complete(t, &resource.arn, file_id, plan).map(|()| Answer::Done)
            }
            Call::Batch(request) => {
                Ok(Answer::Batch(self.batch(t, &resource.arn, &request.file_ids, plan)))
            }
            Call::Get { file_id } => self.get(t, &resource.arn, file_id, plan).map(Answer::Get),
            Call::Delete { file_id } => {
                let mine = self.records.get(file_id).is_some_and(|r| r.arn == resource.arn);
                if mine && self.remove(file_id) {
                    Ok(Answer::Done)
                } else {
                    Err(refusal(404, "ResourceNotFoundException"))
                }
            }
            Call::Describe => Self::describe(resource, plan).map(Answer::Describe),
            Call::Search(request) => {
                let from = request.next_token.as_deref().map_or(0, |token| token.parse().unwrap());
                Ok(Answer::Search(self.search(resource, from, plan)))
            }
        }
    }

    fn start(
        &mut self,
        t: u64,
        resource: &Resource,
        request: &StartRequest,
        asked: Now,
        plan: &Plan,
        rng: &mut Rng,
    ) -> Result<StartAnswer, CallError> {
        if let Some((known, id, url)) = self.tokens.get(&request.client_token).cloned() {
            assert_eq!(known, *request, "a token must not come back with another payload");
            match plan.replay {
                Replay::SameUrl => return Ok(self.start_answer(t, &id, url)),
                Replay::FreshUrl => {
                    let url = self.sign(t, &id, request, asked);
                    return Ok(self.start_answer(t, &id, url));
                }
                Replay::NewFile => {}
            }
        }
        let same: Vec<&Record> = self.records.values().filter(|r| r.arn == resource.arn).collect();
        if same.len() >= plan.quota {
            let quota = Some("TOTAL_FILE_COUNT_EXCEEDED".to_owned());
            let reason = Some(ErrorReason { quota, ..ErrorReason::default() });
            return Err(refusal_because(402, "ServiceQuotaExceededException", reason, None));
        }
        if plan.names_conflict && same.iter().any(|r| r.name == request.file_name) {
            return Err(refusal(409, "ResourceConflictException"));
        }
        let too_large = request.file_size_in_bytes > limit(resource, plan);
        let extension = request.file_name.rsplit('.').next().unwrap_or_default();
        if too_large || !ALLOWED.contains(&extension) {
            let why = if too_large { "INVALID_FILE_SIZE" } else { "INVALID_FILE_TYPE" };
            let invalid_request = Some(why.to_owned());
            let reason = Some(ErrorReason { invalid_request, ..ErrorReason::default() });
            return Err(refusal_because(400, "InvalidRequestException", reason, None));
        }
        let id = self.fresh_id();
        let name = &request.file_name;
        let size = request.file_size_in_bytes;
        let record = Record {
            source: source_of(request),
            ..new_record(t, &resource.arn, name, size, true, plan.silent, rng)
        };
        self.records.insert(id.clone(), record);
        let url = self.sign(t, &id, request, asked);
        self.tokens
            .insert(request.client_token.clone(), (request.clone(), id.clone(), url.clone()));
        Ok(self.start_answer(t, &id, url))
    }

    fn sign(&mut self, t: u64, id: &str, request: &StartRequest, asked: Now) -> String {
        self.number += 1;
        let url = format!("https://bucket.test/staging/{id}?X-Amz-Signature={}", self.number);
        let lifetime_ms = u64::from(request.url_expiry_in_seconds) * 1_000;
        let file_id = id.to_owned();
        self.urls
            .insert(url.clone(), Url { file_id, expires_at: t + lifetime_ms, asked, lifetime_ms });
        url
    }

    fn start_answer(&self, t: u64, id: &str, url: String) -> StartAnswer {
        StartAnswer {
            file_id: Some(id.to_owned()),
            creation_time: Some(format!("t{t}")),
            created_by: Some(CreatedBy {
                connect_user_arn: Some("u".to_owned()),
                ..CreatedBy::default()
            }),
            upload_url_metadata: Some(UploadUrl {
                url: Some(SecretUrl::new(url)),
                ..UploadUrl::default()
            }),
            ..StartAnswer::default()
        }
    }

    fn complete(&mut self, t: u64, arn: &str, id: &str, plan: &Plan) -> Result<(), CallError> {
        let record = self.records.get_mut(id).filter(|record| record.arn == arn);
        let record = record.ok_or_else(|| refusal(404, "ResourceNotFoundException"))?;
        match (record.completed_at, plan.twice) {
            (Some(_), Twice::Fine) => return Ok(()),
            (Some(_), Twice::Conflict) => return Err(refusal(409, "ResourceConflictException")),
            (Some(_), Twice::Invalid) => return Err(refusal(400, "InvalidRequestException")),
            (None, _) => {}
        }
        if !record.stored {
            if !plan.accepts_empty {
                return Err(refusal(400, "InvalidRequestException"));
            }
            record.verdict = "FAILED";
            record.scan_ms = Some(0);
        }
        record.completed_at = Some(t);
        Ok(())
    }

    fn metadata(&self, t: u64, id: &str, plan: &Plan) -> Option<FileMetadata> {
        let told = |record: &Record, status| FileMetadata {
            file_id: Some(id.to_owned()),
            file_name: Some(record.name.clone()),
            file_size_in_bytes: Some(record.size),
            file_status: Some(status),
            creation_time: Some(format!("t{}", record.made_at)),
            ..FileMetadata::default()
        };
        match (self.records.get(id), self.gone.get(id)) {
            (Some(record), _) => Some(told(record, record.status(t, plan))),
            (None, Some(record)) if plan.tells_deleted => Some(told(record, FileStatus::Deleted)),
            _ => None,
        }
    }

    fn batch(&self, t: u64, arn: &str, ids: &[String], plan: &Plan) -> BatchAnswer {
        let mut answer = BatchAnswer::default();
        for id in ids {
            let mine = self.records.get(id).or(self.gone.get(id)).is_some_and(|r| r.arn == arn);
            match self.metadata(t, id, plan).filter(|_| mine) {
                Some(file) => answer.files.push(file),
                None => answer.errors.push(FileError {
                    error_code: Some("ResourceNotFoundException".to_owned()),
                    error_message: None,
                    file_id: Some(id.clone()),
                }),
            }
        }
        answer
    }

    fn get(&self, t: u64, arn: &str, id: &str, plan: &Plan) -> Result<FileMetadata, CallError> {
        let mine = self.records.get(id).filter(|record| record.arn == arn);
        let record = mine.ok_or_else(|| refusal(404, "ResourceNotFoundException"))?;
        let mut file = self.metadata(t, id, plan).unwrap_or_default();
        if record.status(t, plan) == FileStatus::Approved {
            let url = Some(SecretUrl::new(format!("https://bucket.test/final/{id}?sig=1")));
            file.download_url_metadata = Some(DownloadUrl { url, url_expiry: None });
        }
        Ok(file)
    }

    fn describe(resource: &Resource, plan: &Plan) -> Result<ConfigurationAnswer, CallError> {
        if plan.describe_denied {
            return Err(refusal(403, "AccessDeniedException"));
        }
        let allowed = ALLOWED.map(|e| AllowedExtension { extension: e.to_owned() });
        Ok(ConfigurationAnswer {
            maximum_size_limit_in_bytes: Some(limit(resource, plan)),
            extension_configuration: Some(ExtensionConfiguration {
                allowed_extensions: allowed.into(),
            }),
        })
    }

    fn search(&self, resource: &Resource, from: usize, plan: &Plan) -> SearchAnswer {
        let all = self.listed(&resource.arn, plan);
        // Every other page holds nothing new: related items of other kinds.
        let (page, barren) =
            if plan.barren_pages { (from / 2, from.is_multiple_of(2)) } else { (from, false) };
        let rest: Vec<&String> = all.iter().skip(page * plan.page).collect();
        let file_arns = if barren {
            Vec::new()
        } else {
            let arn = |id: &&String| format!("arn:aws:connect:r:1:instance/i/file/{id}");
            rest.iter().take(plan.page).map(arn).collect()
        };
        let more = barren || rest.len() > plan.page;
        SearchAnswer { file_arns, next_token: more.then(|| (from + 1).to_string()) }
    }
}

/// The size limit in force for a resource.
pub(crate) fn limit(resource: &Resource, plan: &Plan) -> u64 {
    match resource.kind() {
        ResourceKind::Case { .. } => plan.max_bytes[0],
        ResourceKind::Contact => plan.max_bytes[1],
    }
}

fn new_record(
    t: u64,
    arn: &str,
    name: &str,
    size: u64,
    ours: bool,
    silent: u64,
    rng: &mut Rng,
) -> Record {
    Record {
        arn: arn.to_owned(),
        name: name.to_owned(),
        size,
        made_at: t,
        stored: false,
        completed_at: None,
        verdict: VERDICTS[usize::try_from(rng.between(0, 4)).unwrap()],
        scan_ms: (!rng.chance(silent)).then(|| rng.between(0, 70_000)),
        ours,
        source: None,
    }
}
