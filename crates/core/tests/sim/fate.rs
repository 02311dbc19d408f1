//! What goes wrong with a request, and what S3 and Connect then say.

use connect_attached_files_core::call::{Answer, Call, CallError};
use connect_attached_files_core::clock::Now;
use connect_attached_files_core::download::FetchEnd;
use connect_attached_files_core::redact::SecretUrl;
use connect_attached_files_core::resource::Resource;
use connect_attached_files_core::wire::FileError;

use super::connect::{refusal, throttling};
use super::plan::Stubborn;
use super::world::World;

/// How a call fares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum CallFate {
    Good,
    /// Never reaches Connect.
    Lost,
    /// Takes effect, its answer never comes.
    AnswerLost,
    /// Takes effect, its answer takes so long.
    Slow(u64),
    /// Fails without effect.
    Refused(u16, &'static str),
    /// Takes effect and fails all the same.
    RefusedAfter(u16, &'static str),
    Throttled,
    Unreadable,
    /// A batch that leaves out some files and errs about others.
    Patchy,
}

pub(crate) fn latency(world: &mut World<'_>) -> u64 {
    world.rng.between(5, 400)
}

/// Draws the fate of a call.
pub(crate) fn of_call(world: &mut World<'_>, call: &Call) -> CallFate {
    if let Some(fate) = stubborn(world.plan.stubborn, call).filter(|_| world.stubborn_on()) {
        return fate;
    }
    if !world.faults_on || !world.rng.chance(world.plan.faults) {
        return CallFate::Good;
    }
    let rng = &mut world.rng;
    match rng.between(0, 13) {
        0 | 1 => CallFate::Lost,
        2 | 3 => CallFate::AnswerLost,
        4 => CallFate::Slow(rng.between(1_000, 45_000)),
        5 => CallFate::Refused(500, "InternalServiceException"),
        6 => CallFate::Refused(503, ""),
        7 => CallFate::RefusedAfter(500, "InternalServiceException"),
        8 => CallFate::Throttled,
        9 => match call {
            Call::Complete { .. } => CallFate::Refused(409, "ResourceConflictException"),
            _ => CallFate::Refused(403, "AccessDeniedException"),
        },
        10 => CallFate::Unreadable,
        11 => CallFate::Refused(401, ""),
        12 => CallFate::Refused(408, ""),
        _ => CallFate::Patchy,
    }
}

fn stubborn(kind: Option<Stubborn>, call: &Call) -> Option<CallFate> {
    let broken = CallFate::Refused(500, "InternalServiceException");
    match (kind?, call) {
        (Stubborn::StartFails, Call::Start(_))
        | (Stubborn::CompleteFails, Call::Complete { .. })
        | (Stubborn::BatchFails, Call::Batch(_))
        | (Stubborn::DeleteFails, Call::Delete { .. })
        | (Stubborn::ListFails, Call::Search(_) | Call::Describe) => Some(broken),
        (Stubborn::StartThrottled, Call::Start(_)) | (Stubborn::BatchThrottled, Call::Batch(_)) => {
            Some(CallFate::Throttled)
        }
        (Stubborn::CompleteMissing, Call::Complete { .. }) => {
            Some(CallFate::Refused(404, "ResourceNotFoundException"))
        }
        (Stubborn::BatchBlind, Call::Batch(_)) => Some(CallFate::Patchy),
        _ => None,
    }
}

/// What Connect does with a call that arrived, and says.
pub(crate) fn serve(
    world: &mut World<'_>,
    resource: &Resource,
    call: &Call,
    asked: Now,
    fate: &CallFate,
) -> Result<Answer, CallError> {
    let t = world.t;
    match fate {
        CallFate::Refused(status, name) => return Err(refusal(*status, name)),
        CallFate::Throttled => return Err(throttling(&mut world.rng)),
        _ => {}
    }
    if world.plan.throttled && !world.connect.admits(t, call.operation() as usize) {
        return Err(throttling(&mut world.rng));
    }
    let result = world.connect.serve(t, resource, call, asked, &world.plan, &mut world.rng);
    match (fate, result) {
        (CallFate::RefusedAfter(status, name), _) => Err(refusal(*status, name)),
        (CallFate::Unreadable, Ok(_)) => Err(CallError::Unreadable { status: 200 }),
        (CallFate::Patchy, Ok(Answer::Batch(mut answer))) => {
            if world.rng.chance(50) {
                answer.files.clear();
            }
            let trouble = || Some("InternalServiceException".to_owned());
            while answer.files.len() > 1
                && let Some(file) = answer.files.pop()
            {
                let error = FileError { error_code: trouble(), ..FileError::default() };
                answer.errors.push(FileError { file_id: file.file_id, ..error });
            }
            // Every member is optional in the model.
            if world.rng.chance(50) {
                answer.files.iter_mut().for_each(|file| file.file_status = None);
            }
            Ok(Answer::Batch(answer))
        }
        (_, result) => result,
    }
}

/// How a download ends; `None` is one that never does.
pub(crate) fn of_fetch(world: &mut World<'_>, url: &SecretUrl, size: u64) -> Option<FetchEnd> {
    assert!(url.expose().contains("/final/"));
    if !world.faults_on || !world.rng.chance(world.plan.faults) {
        return Some(FetchEnd::Saved);
    }
    let expired = "<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>";
    let end = match world.rng.between(0, 6) {
        0 => FetchEnd::NoAnswer,
        1 => FetchEnd::Refused { status: 403, body: expired.to_owned() },
        2 => FetchEnd::Refused { status: 503, body: String::new() },
        3 => FetchEnd::WrongLength { got: size / 2 },
        4 => FetchEnd::Refused { status: 404, body: String::new() },
        5 => return None,
        _ => FetchEnd::SaveBlocked,
    };
    Some(end)
}
