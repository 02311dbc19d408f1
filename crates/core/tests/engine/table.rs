//! The retry table and what surrounds it: each test is a line that the engine once did not keep.

use connect_attached_files_core::call::{Answer, Call, CallError, Operation};
use connect_attached_files_core::download::FetchEnd;
use connect_attached_files_core::error::{Code, Stage};
use connect_attached_files_core::event::{Effect, Event};
use connect_attached_files_core::item::{Download, ItemId};
use connect_attached_files_core::phase::{Patience, Phase, PhaseName, Ticket};
use connect_attached_files_core::pick::FileFacts;
use connect_attached_files_core::redact::SecretUrl;
use connect_attached_files_core::session::Config;
use connect_attached_files_core::wire::{
    AllowedExtension, ConfigurationAnswer, DownloadUrl, ExtensionConfiguration, FileMetadata,
};

use crate::driver::{Driver, case, contact, page, refused, started, statuses};

fn denied() -> CallError {
    refused(403, "AccessDeniedException")
}

fn unauthenticated() -> CallError {
    refused(401, "")
}

fn code(driver: &Driver, id: ItemId) -> Code {
    match &driver.item(id).phase {
        Phase::Error(failure) => failure.code,
        other => panic!("{:?} is no error", other.name()),
    }
}

/// Brings one file as far as its complete under way.
fn completing(driver: &mut Driver) -> ItemId {
    let id = driver.pick(&[9])[0];
    driver.answer(Operation::Start, Ok(started("f1")));
    driver.put_answered(200, "");
    assert_eq!(driver.under_way(Operation::Complete), 1);
    id
}

fn fetch_of(effects: &[Effect]) -> Ticket {
    let fetches = effects.iter().find_map(|effect| match effect {
        Effect::Fetch { ticket, .. } => Some(*ticket),
        _ => None,
    });
    fetches.expect("a download begins")
}

/// Lets Connect give a download URL.
fn fetch(driver: &mut Driver, size: u64) -> Ticket {
    let url = Some(SecretUrl::new("https://bucket.test/f1?sig=2"));
    let file = FileMetadata {
        download_url_metadata: Some(DownloadUrl { url, url_expiry: None }),
        file_size_in_bytes: Some(size),
        ..FileMetadata::default()
    };
    fetch_of(&driver.answer(Operation::Get, Ok(Answer::Get(file))))
}

#[test]
fn a_complete_canceled_on_its_way_was_called_canceled_though_its_file_stayed_on_the_case() {
    let mut driver = Driver::new();
    let id = completing(&mut driver);
    driver.feed(Event::Cancel(id));
    assert_eq!(driver.phase(id), PhaseName::Deleting);
    driver.answer(Operation::Delete, Err(denied()));
    // It may be there: what becomes of it is asked of Connect.
    assert_eq!(driver.phase(id), PhaseName::Scanning);
    assert_eq!(driver.item(id).notice.as_ref().map(|notice| notice.stage), Some(Stage::Delete));
    driver.wait(1_500);
    driver.answer(Operation::Batch, Ok(statuses(&[("f1", "APPROVED")])));
    assert_eq!(driver.phase(id), PhaseName::Approved);
}

#[test]
fn a_complete_canceled_before_it_was_sent_cannot_have_attached_anything() {
    let mut driver = Driver::new();
    let id = driver.pick(&[9])[0];
    driver.answer(Operation::Start, Ok(started("f1")));
    driver.feed(Event::Online(false));
    driver.put_answered(200, "");
    driver.feed(Event::Cancel(id));
    assert_eq!(driver.phase(id), PhaseName::Canceled);
}

fn html(driver: &mut Driver) -> ItemId {
    let facts = FileFacts { name: "page.html".to_owned(), ..driver.facts(9) };
    driver.picked(vec![facts]);
    driver.session.items().last().unwrap().id
}

fn allows_html() -> Answer {
    Answer::Describe(ConfigurationAnswer {
        extension_configuration: Some(ExtensionConfiguration {
            allowed_extensions: vec![AllowedExtension { extension: "html".to_owned() }],
        }),
        ..ConfigurationAnswer::default()
    })
}

#[test]
fn a_file_refused_by_default_limits_stayed_refused_when_the_instances_own_came() {
    let mut driver = Driver::bare(Config::default());
    driver.feed(Event::Resource(Some(case("1"))));
    driver.answer(Operation::Search, Ok(page(&[], None)));
    driver.answer(Operation::Describe, Err(denied()));
    let id = html(&mut driver);
    assert_eq!(driver.phase(id), PhaseName::Invalid);
    driver.feed(Event::Refresh);
    driver.answer(Operation::Describe, Ok(allows_html()));
    assert_eq!(driver.phase(id), PhaseName::Starting);
}

#[test]
fn a_file_too_many_is_taken_when_the_host_allows_more_and_those_before_it_keep_their_place() {
    let mut driver = Driver::new();
    driver.feed(Event::Concurrency(1));
    driver.feed(Event::MaxFiles(Some(2)));
    let ids = driver.pick(&[9, 9, 9]);
    assert_eq!(driver.phase(ids[2]), PhaseName::Invalid);
    driver.feed(Event::MaxFiles(Some(2)));
    assert_eq!(driver.phase(ids[1]), PhaseName::Queued);
    driver.feed(Event::MaxFiles(Some(3)));
    assert_eq!(driver.phase(ids[2]), PhaseName::Queued);
    driver.feed(Event::MaxFiles(Some(1)));
    assert_eq!(driver.phase(ids[1]), PhaseName::Invalid);
    assert_eq!(driver.phase(ids[2]), PhaseName::Invalid);
}

#[test]
fn limits_not_known_yet_lifted_a_refusal() {
    let mut driver = Driver::new();
    let id = html(&mut driver);
    driver.feed(Event::Resource(Some(contact())));
    driver.feed(Event::Resource(Some(case("1"))));
    driver.feed(Event::MaxFiles(Some(7)));
    assert!(driver.session.item(id).is_none_or(|item| item.phase.name() == PhaseName::Invalid));
}

#[test]
fn a_download_whose_bytes_never_came_was_awaited_for_ever() {
    let mut driver = Driver::new();
    let id = driver.send_approved("f1");
    driver.feed(Event::Download(id));
    for _ in 0..2 {
        let ticket = fetch(&mut driver, 20 << 20);
        // 20 MB over a poor line are given their time.
        driver.wait(600_000);
        assert!(!driver.said.contains(&Effect::Abort(ticket)));
        driver.wait(120_000);
        assert!(driver.said.contains(&Effect::Abort(ticket)));
    }
    assert_eq!(driver.item(id).download, Download::Idle);
    let notice = driver.item(id).notice.clone().unwrap();
    assert_eq!((notice.stage, notice.code), (Stage::Download, Code::NetworkLost));
}

#[test]
fn a_download_that_broke_or_met_a_busy_bucket_was_not_tried_once_more() {
    let busy = || FetchEnd::Refused { status: 503, body: String::new() };
    for end in [FetchEnd::NoAnswer, busy()] {
        let mut driver = Driver::new();
        let id = driver.send_approved("f1");
        driver.feed(Event::Download(id));
        let ticket = fetch(&mut driver, 9);
        driver.feed(Event::Fetched { ticket, end: end.clone() });
        let ticket = fetch(&mut driver, 9);
        assert_eq!(driver.item(id).notice, None);
        driver.feed(Event::Fetched { ticket, end });
        assert_eq!(driver.under_way(Operation::Get), 0, "once");
        assert!(driver.item(id).notice.is_some());
    }
}

#[test]
fn a_download_that_broke_with_the_network_waits_for_it() {
    let mut driver = Driver::new();
    let id = driver.send_approved("f1");
    driver.feed(Event::Download(id));
    for _ in 0..3 {
        let ticket = fetch(&mut driver, 9);
        driver.feed(Event::Online(false));
        driver.feed(Event::Fetched { ticket, end: FetchEnd::NoAnswer });
        assert_eq!(driver.under_way(Operation::Get), 0);
        driver.feed(Event::Online(true));
    }
    let ticket = fetch(&mut driver, 9);
    driver.feed(Event::Fetched { ticket, end: FetchEnd::Saved });
    assert_eq!(driver.item(id).notice, None);
}

#[test]
fn a_sign_in_that_ran_out_failed_a_call_without_asking_the_host_for_another() {
    let mut driver = Driver::new();
    let id = driver.pick(&[9])[0];
    let (ticket, call) = driver.take(Operation::Start);
    driver.feed(Event::Answered { ticket, result: Err(unauthenticated()) });
    let (ticket, again) = driver.take(Operation::Start);
    assert_eq!(call, again, "the same start by the same token");
    driver.feed(Event::Answered { ticket, result: Err(unauthenticated()) });
    assert_eq!(code(&driver, id), Code::Unauthenticated);
    assert_eq!(driver.sent(Some(Operation::Start)), 2, "exactly once more");
}

#[test]
fn every_operation_is_asked_once_more_after_a_401() {
    let mut driver = Driver::bare(Config::default());
    driver.feed(Event::Resource(Some(case("1"))));
    driver.answer(Operation::Describe, Err(unauthenticated()));
    driver.answer(Operation::Describe, Ok(Answer::Describe(ConfigurationAnswer::default())));
    driver.answer(Operation::Search, Err(unauthenticated()));
    driver.answer(Operation::Search, Ok(page(&[], None)));
    let id = completing(&mut driver);
    driver.answer(Operation::Complete, Err(unauthenticated()));
    driver.answer(Operation::Complete, Ok(Answer::Done));
    driver.wait(1_500);
    driver.answer(Operation::Batch, Err(unauthenticated()));
    driver.answer(Operation::Batch, Ok(statuses(&[("f1", "APPROVED")])));
    driver.feed(Event::Download(id));
    driver.answer(Operation::Get, Err(unauthenticated()));
    let ticket = fetch(&mut driver, 9);
    driver.feed(Event::Fetched { ticket, end: FetchEnd::Saved });
    driver.feed(Event::Delete(id));
    driver.answer(Operation::Delete, Err(unauthenticated()));
    driver.answer(Operation::Delete, Ok(Answer::Done));
    assert_eq!(driver.session.item(id), None);
    assert_eq!(driver.session.requests_under_way(), 0);
}

#[test]
fn a_401_that_comes_without_a_network_waits_for_it() {
    let mut driver = Driver::new();
    let id = driver.pick(&[9])[0];
    driver.feed(Event::Online(false));
    driver.answer(Operation::Start, Err(unauthenticated()));
    assert_eq!((driver.phase(id), driver.calls.len()), (PhaseName::Starting, 0));
    driver.feed(Event::Online(true));
    driver.answer(Operation::Start, Ok(started("f1")));
    assert_eq!(driver.phase(id), PhaseName::Uploading);
}

fn start_token(call: &Call) -> String {
    match call {
        Call::Start(request) => request.client_token.clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_start_canceled_after_its_answer_was_lost_left_a_record_nobody_knew() {
    let mut driver = Driver::new();
    let id = driver.pick(&[9])[0];
    let (ticket, first) = driver.take(Operation::Start);
    driver.feed(Event::Answered { ticket, result: Err(CallError::NoAnswer) });
    driver.feed(Event::Cancel(id));
    assert_eq!(driver.phase(id), PhaseName::Canceled);
    driver.wait(1_000);
    let (ticket, again) = driver.take(Operation::Start);
    assert_eq!(start_token(&first), start_token(&again));
    driver.feed(Event::Answered { ticket, result: Ok(started("f1")) });
    let (_, call) = driver.take(Operation::Delete);
    assert_eq!(call, Call::Delete { file_id: "f1".to_owned() });
    assert_eq!(driver.sent(None), 0);
}

#[test]
fn a_start_canceled_on_its_way_whose_answer_is_lost_is_asked_for_again_too() {
    let mut driver = Driver::new();
    let id = driver.pick(&[9])[0];
    driver.feed(Event::Cancel(id));
    for error in [CallError::NoAnswer, CallError::Unreadable { status: 200 }] {
        driver.answer(Operation::Start, Err(error));
        driver.wait(2_000);
    }
    driver.answer(Operation::Start, Ok(started("f1")));
    driver.answer(Operation::Delete, Ok(Answer::Done));
    assert_eq!(driver.session.requests_under_way(), 0);
    assert_eq!(driver.session.next_wake(driver.now), None);
}

#[test]
fn a_canceled_start_that_was_refused_is_not_sent_again() {
    let mut driver = Driver::new();
    let id = driver.pick(&[9])[0];
    driver.feed(Event::Cancel(id));
    driver.answer(Operation::Start, Err(denied()));
    driver.wait(60_000);
    assert_eq!(driver.sent(Some(Operation::Start)), 1);
}

#[test]
fn a_start_given_up_without_an_answer_was_retried_by_another_token_beside_its_own_record() {
    let mut driver = Driver::new();
    let id = driver.pick(&[9])[0];
    let mut first = None;
    while driver.phase(id) == PhaseName::Starting {
        let (ticket, call) = driver.take(Operation::Start);
        first.get_or_insert(start_token(&call));
        driver.feed(Event::Answered { ticket, result: Err(CallError::NoAnswer) });
        driver.wait(20_000);
    }
    assert_eq!(code(&driver, id), Code::BackendUnreachable);
    driver.feed(Event::Retry(id));
    let (ticket, call) = driver.take(Operation::Start);
    assert_eq!(first, Some(start_token(&call)));
    driver.feed(Event::Answered { ticket, result: Ok(started("f1")) });
    // The URL may be as old as the first try, so it depends on its age whether it is used.
    assert!(matches!(driver.phase(id), PhaseName::Uploading | PhaseName::Starting));
}

#[test]
fn a_start_given_up_without_an_answer_and_removed_leaves_no_record_behind() {
    let mut driver = Driver::new();
    let id = driver.pick(&[9])[0];
    driver.answer(Operation::Start, Err(CallError::Unreadable { status: 200 }));
    assert_eq!(driver.phase(id), PhaseName::Error);
    driver.feed(Event::Remove(id));
    driver.answer(Operation::Start, Ok(started("f1")));
    driver.answer(Operation::Delete, Ok(Answer::Done));
}

#[test]
fn a_start_given_up_without_an_answer_and_refused_by_other_limits_left_its_record_behind() {
    let mut driver = Driver::new();
    driver.feed(Event::Concurrency(1));
    let ids = driver.pick(&[9, 9]);
    driver.answer(Operation::Start, Err(CallError::Unreadable { status: 200 }));
    driver.feed(Event::Retry(ids[0]));
    assert_eq!(driver.phase(ids[0]), PhaseName::Queued);
    driver.feed(Event::MaxFiles(Some(1)));
    assert_eq!(driver.phase(ids[0]), PhaseName::Invalid);
    driver.take(Operation::Start);
    driver.answer(Operation::Start, Ok(started("f1")));
    driver.answer(Operation::Delete, Ok(Answer::Done));
}

#[test]
fn a_backend_away_for_a_minute_cost_the_files_their_retries() {
    let mut driver = Driver::new();
    let id = driver.pick(&[9])[0];
    for _ in 0..120 {
        driver.wait(500);
        if driver.under_way(Operation::Start) > 0 {
            driver.answer(Operation::Start, Err(CallError::NoAnswer));
        }
    }
    assert_eq!(driver.phase(id), PhaseName::Starting);
    driver.wait(20_000);
    driver.answer(Operation::Start, Ok(started("f1")));
    assert_eq!(driver.phase(id), PhaseName::Uploading);
}

#[test]
fn a_link_away_for_a_minute_without_the_browsers_knowing_cost_a_put_its_retries() {
    let mut driver = Driver::new();
    driver.send_approved("f0");
    let id = driver.pick(&[9])[0];
    driver.answer(Operation::Start, Ok(started("f1")));
    for _ in 0..120 {
        driver.wait(500);
        if !driver.puts.is_empty() {
            driver.put_lost();
        }
    }
    assert_eq!(driver.phase(id), PhaseName::Uploading);
}

#[test]
fn time_in_the_background_used_up_the_retries() {
    let mut driver = Driver::new();
    let id = driver.pick(&[9])[0];
    driver.feed(Event::Visible(false));
    // A hidden page's timers may run once a minute.
    for _ in 0..6 {
        driver.answer(Operation::Start, Err(CallError::NoAnswer));
        driver.skip(100_000);
        driver.feed(Event::Tick);
    }
    driver.feed(Event::Visible(true));
    driver.answer(Operation::Start, Err(CallError::NoAnswer));
    assert_eq!(driver.phase(id), PhaseName::Starting);
}

#[test]
fn a_sleep_in_which_the_monotonic_clock_went_on_used_up_the_retries() {
    let mut driver = Driver::new();
    let id = driver.pick(&[9])[0];
    driver.answer(Operation::Start, Err(CallError::NoAnswer));
    driver.skip(3_600_000);
    driver.feed(Event::Tick);
    driver.answer(Operation::Start, Err(CallError::NoAnswer));
    assert_eq!(driver.phase(id), PhaseName::Starting);
}

#[test]
fn an_answer_of_2xx_to_half_a_file_was_taken_for_the_whole() {
    let mut driver = Driver::new();
    let id = driver.pick(&[1_000])[0];
    driver.answer(Operation::Start, Ok(started("f1")));
    let ticket = driver.puts[0];
    driver.feed(Event::PutProgress { ticket, loaded: 400 });
    driver.put_answered(200, "");
    assert_eq!(driver.phase(id), PhaseName::Uploading);
    driver.wait(1_000);
    let ticket = driver.puts[0];
    driver.feed(Event::PutProgress { ticket, loaded: 1_000 });
    driver.put_answered(200, "");
    assert_eq!(driver.phase(id), PhaseName::Completing);
}

#[test]
fn a_browser_that_never_reports_the_last_byte_sends_a_file_twice_at_most() {
    let mut driver = Driver::new();
    let id = driver.pick(&[1_000])[0];
    driver.answer(Operation::Start, Ok(started("f1")));
    for _ in 0..2 {
        let ticket = driver.puts[0];
        driver.feed(Event::PutProgress { ticket, loaded: 400 });
        driver.put_answered(200, "");
        driver.wait(1_000);
    }
    assert_eq!(driver.phase(id), PhaseName::Completing, "now Connect is asked");
    // One that reports nothing at all is believed.
    let id = driver.pick(&[1_000])[0];
    driver.answer(Operation::Start, Ok(started("f2")));
    driver.put_answered(200, "");
    assert_eq!(driver.phase(id), PhaseName::Completing);
}

#[test]
fn a_retry_after_connect_found_no_bytes_completed_the_same_nothing_again() {
    let mut driver = Driver::new();
    let id = completing(&mut driver);
    driver.answer(Operation::Complete, Err(refused(400, "InvalidRequestException")));
    let Phase::Error(failure) = &driver.item(id).phase else { panic!("not in error") };
    assert_eq!((failure.code, failure.retryable), (Code::InvalidRequest, true));
    driver.feed(Event::Retry(id));
    assert_eq!((driver.phase(id), driver.under_way(Operation::Delete)), (PhaseName::Starting, 1));
}

#[test]
fn a_silent_scanner_was_asked_every_eight_seconds_for_a_quarter_of_an_hour() {
    let mut driver = Driver::new();
    let id = driver.send("f1");
    let poll = |driver: &mut Driver, ms: u64| {
        let before = driver.sent(Some(Operation::Batch));
        for _ in 0..ms / 500 {
            driver.wait(500);
            while driver.under_way(Operation::Batch) > 0 {
                let (ticket, call) = driver.take(Operation::Batch);
                let Call::Batch(request) = call else { unreachable!() };
                let files: Vec<(&str, &str)> =
                    request.file_ids.iter().map(|id| (id.as_str(), "PROCESSING")).collect();
                driver.feed(Event::Answered { ticket, result: Ok(statuses(&files)) });
            }
        }
        driver.sent(Some(Operation::Batch)) - before
    };
    assert!((10..=16).contains(&poll(&mut driver, 90_000)));
    let Phase::Scanning(scanning) = &driver.item(id).phase else { panic!("not scanning") };
    assert_eq!(scanning.patience, Patience::Slow);
    poll(&mut driver, 10_000);
    assert!((4..=6).contains(&poll(&mut driver, 300_000)), "about once a minute");
    // A file that comes meanwhile does not wait for that minute.
    driver.send("f2");
    assert!(poll(&mut driver, 10_000) >= 1);
}
