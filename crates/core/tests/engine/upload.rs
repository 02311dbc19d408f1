//! Start, PUT and complete: what once went wrong on a file's way.

use connect_attached_files_core::call::{Answer, Call, CallError, Operation};
use connect_attached_files_core::error::{Code, Stage};
use connect_attached_files_core::event::{Effect, Event, HostEvent};
use connect_attached_files_core::phase::{Hold, Phase, PhaseName};
use connect_attached_files_core::put::{PutEnd, SourceState};

use crate::driver::{Driver, case, refused, started};

const BIG: u64 = 2 << 20;

#[test]
fn a_file_that_always_fails_at_its_end_was_sent_for_ever() {
    let mut driver = Driver::new();
    let id = driver.pick(&[BIG])[0];
    driver.answer(Operation::Start, Ok(started("f1")));
    for _ in 0..60 {
        if driver.phase(id) == PhaseName::Error {
            let Phase::Error(failure) = &driver.item(id).phase else { unreachable!() };
            assert_eq!((failure.code, failure.retryable), (Code::StorageError, true));
            return;
        }
        let ticket = driver.puts[0];
        driver.feed(Event::PutProgress { ticket, loaded: BIG });
        driver.put_answered(503, "<Error><Code>SlowDown</Code></Error>");
        driver.wait(20_000);
    }
    panic!("{} PUTs of one file", driver.sent(None));
}

#[test]
fn a_record_that_complete_never_finds_made_an_endless_round_of_starts() {
    let mut driver = Driver::new();
    let id = driver.pick(&[BIG])[0];
    for n in 0..20 {
        if driver.phase(id) == PhaseName::Error {
            let Phase::Error(failure) = &driver.item(id).phase else { unreachable!() };
            assert_eq!((failure.stage, failure.code), (Stage::Complete, Code::NotFound));
            assert!(n <= 3, "one start and two renewals");
            return;
        }
        driver.answer(Operation::Start, Ok(started(&format!("f{n}"))));
        let ticket = driver.puts[0];
        driver.feed(Event::PutProgress { ticket, loaded: BIG });
        driver.put_answered(200, "");
        driver.answer(Operation::Complete, Err(refused(404, "ResourceNotFoundException")));
    }
    panic!("still at it");
}

#[test]
fn an_attempt_that_gets_further_than_any_before_counts_anew() {
    let mut driver = Driver::new();
    let id = driver.pick(&[20 << 20])[0];
    driver.answer(Operation::Start, Ok(started("f1")));
    for n in 1..=12_u64 {
        assert_eq!(driver.phase(id), PhaseName::Uploading, "attempt {n}");
        let ticket = driver.puts[0];
        driver.feed(Event::PutProgress { ticket, loaded: n << 19 });
        driver.put_lost();
        driver.wait(1_000);
    }
}

#[test]
fn a_retry_of_a_row_paused_before_it_failed_stayed_paused() {
    let mut driver = Driver::new();
    let id = driver.pick(&[9])[0];
    driver.feed(Event::Pause(id));
    driver.answer(Operation::Start, Err(refused(403, "AccessDeniedException")));
    assert_eq!(driver.phase(id), PhaseName::Error);
    driver.feed(Event::Retry(id));
    assert_eq!(driver.phase(id), PhaseName::Starting);
}

#[test]
fn a_pause_longer_than_the_url_lives_counted_as_a_failure() {
    let mut driver = Driver::new();
    let id = driver.pick(&[9])[0];
    driver.answer(Operation::Start, Ok(started("f0")));
    for n in 1..6 {
        driver.feed(Event::Pause(id));
        driver.wait(400_000);
        driver.feed(Event::Resume(id));
        driver.answer(Operation::Start, Ok(started(&format!("f{n}"))));
        assert_eq!(driver.phase(id), PhaseName::Uploading, "pause {n}");
    }
}

#[test]
fn fewer_transfers_allowed_during_a_start_were_one_too_many() {
    let mut driver = Driver::new();
    driver.pick(&[9, 9]);
    driver.feed(Event::Concurrency(1));
    driver.answer(Operation::Start, Ok(started("f1")));
    driver.answer(Operation::Start, Ok(started("f2")));
    assert_eq!(driver.puts.len(), 1);
    driver.put_answered(200, "");
    assert_eq!(driver.puts.len(), 1, "the second one follows");
}

#[test]
fn a_replayed_start_made_its_url_look_younger_than_it_may_be() {
    let mut driver = Driver::new();
    let id = driver.pick(&[9])[0];
    // The answer is lost; the repeat, with the same token, may bring back the same URL.
    driver.wait(29_000);
    driver.answer(Operation::Start, Err(CallError::NoAnswer));
    driver.feed(Event::Pause(id));
    driver.wait(280_000);
    driver.feed(Event::Resume(id));
    let (first, second) = {
        let starts = driver.said.iter().filter_map(|effect| match effect {
            Effect::Call { call: Call::Start(start), .. } => Some(start.client_token.clone()),
            _ => None,
        });
        let tokens: Vec<String> = starts.collect();
        (tokens[0].clone(), tokens[1].clone())
    };
    assert_eq!(first, second, "an unanswered start is repeated as it was");
    driver.answer(Operation::Start, Ok(started("f1")));
    assert_eq!(driver.sent(None), 0, "a URL that may be 309 s old is not used");
    assert_eq!(driver.session.hold(driver.item(id)), Hold::UrlExpired);
    driver.answer(Operation::Start, Ok(started("f2")));
    assert_eq!(driver.puts.len(), 1);
}

#[test]
fn a_renewed_start_failed_because_the_record_it_replaces_still_had_the_name() {
    let mut driver = Driver::new();
    let id = driver.pick(&[9])[0];
    driver.answer(Operation::Start, Ok(started("f1")));
    driver.put_answered(403, "<Error><Code>RequestExpired</Code></Error>");
    let conflict = || Err(refused(409, "ResourceConflictException"));
    driver.answer(Operation::Start, conflict());
    assert_eq!(driver.phase(id), PhaseName::Starting);
    driver.answer(Operation::Delete, Ok(Answer::Done));
    driver.wait(1_000);
    driver.answer(Operation::Start, Ok(started("f2")));
    assert_eq!(driver.phase(id), PhaseName::Uploading);
    // Without such a record the name belongs to somebody else.
    let other = driver.pick(&[9])[0];
    driver.answer(Operation::Start, conflict());
    assert_eq!(driver.phase(other), PhaseName::Error);
}

#[test]
fn a_wall_clock_set_back_between_two_tries_of_a_start_hid_a_sleep_from_its_url() {
    let mut driver = Driver::new();
    let id = driver.pick(&[9])[0];
    driver.answer(Operation::Start, Err(CallError::NoAnswer));
    driver.now.wall_ms -= 86_400_000;
    driver.wait(1_000);
    driver.sleep(3_600_000);
    driver.answer(Operation::Start, Ok(started("f1")));
    assert_eq!((driver.sent(None), driver.phase(id)), (0, PhaseName::Starting));
}

#[test]
fn a_throttled_start_does_not_age_its_url() {
    let mut driver = Driver::new();
    driver.pick(&[9]);
    driver.answer(Operation::Start, Err(crate::driver::throttled()));
    driver.feed(Event::Online(false));
    driver.wait(400_000);
    driver.feed(Event::Online(true));
    driver.answer(Operation::Start, Ok(started("f1")));
    assert_eq!(driver.puts.len(), 1, "a 429 made no URL");
}

#[test]
fn a_sleep_used_up_the_retries() {
    let mut driver = Driver::new();
    let id = driver.pick(&[9])[0];
    driver.answer(Operation::Start, Err(CallError::NoAnswer));
    driver.sleep(3_600_000);
    driver.answer(Operation::Start, Err(CallError::NoAnswer));
    assert_eq!(driver.phase(id), PhaseName::Starting);
}

#[test]
fn a_url_that_ran_out_in_a_sleep_is_renewed_before_the_put() {
    let mut driver = Driver::new();
    let id = driver.pick(&[9])[0];
    driver.answer(Operation::Start, Ok(started("f1")));
    driver.feed(Event::Online(false));
    driver.put_lost();
    driver.sleep(3_600_000);
    driver.feed(Event::Online(true));
    assert_eq!(driver.phase(id), PhaseName::Starting);
    assert_eq!(driver.sent(None), 1);
    assert_eq!(driver.under_way(Operation::Delete), 1, "the first record goes");
}

#[test]
fn a_deleted_records_cleanup_ended_with_a_sleep() {
    let mut driver = Driver::new();
    let id = driver.pick(&[9])[0];
    driver.answer(Operation::Start, Ok(started("f1")));
    driver.feed(Event::Cancel(id));
    for _ in 0..3 {
        driver.answer(Operation::Delete, Err(CallError::NoAnswer));
        driver.skip(200_000);
        driver.feed(Event::Tick);
    }
    assert_eq!(driver.under_way(Operation::Delete), 1);
}

#[test]
fn a_canceled_start_is_heard_out_and_its_record_deleted() {
    let mut driver = Driver::new();
    let id = driver.pick(&[9])[0];
    driver.feed(Event::Cancel(id));
    assert_eq!(driver.phase(id), PhaseName::Canceled);
    driver.answer(Operation::Start, Ok(started("f1")));
    let (_, call) = driver.take(Operation::Delete);
    assert_eq!(call, Call::Delete { file_id: "f1".to_owned() });
    assert_eq!(driver.sent(None), 0);
}

#[test]
fn a_put_answered_403_is_never_completed() {
    let mut driver = Driver::new();
    let id = driver.pick(&[9])[0];
    driver.answer(Operation::Start, Ok(started("f1")));
    driver.put_answered(403, "<Error><Code>SignatureDoesNotMatch</Code></Error>");
    assert_eq!(driver.phase(id), PhaseName::Error);
    assert_eq!(driver.sent(Some(Operation::Complete)), 0);
}

#[test]
fn a_changed_file_stops_at_once_even_offline() {
    let mut driver = Driver::new();
    let id = driver.pick(&[9])[0];
    driver.answer(Operation::Start, Ok(started("f1")));
    driver.feed(Event::Online(false));
    driver.put_ended(PutEnd::NoAnswer { source: SourceState::Unreadable });
    let Phase::Error(failure) = &driver.item(id).phase else { panic!("not in error") };
    assert_eq!((failure.code, failure.retryable), (Code::FileUnreadable, false));
}

#[test]
fn offline_in_the_middle_of_a_put_waits_for_the_stall_rule_and_goes_on_afterwards() {
    let mut driver = Driver::new();
    let id = driver.pick(&[BIG])[0];
    driver.answer(Operation::Start, Ok(started("f1")));
    driver.feed(Event::Online(false));
    assert_eq!(driver.puts.len(), 1, "not aborted on a browser's word");
    driver.wait(6_000);
    assert_eq!(driver.told(id, HostEvent::UploadStalled), 1);
    driver.wait(30_000);
    assert_eq!((driver.puts.len(), driver.phase(id)), (0, PhaseName::Uploading));
    assert_eq!(driver.session.hold(driver.item(id)), Hold::Offline);
    driver.feed(Event::Online(true));
    assert_eq!(driver.puts.len(), 1);
}

#[test]
fn after_the_last_byte_an_answer_is_awaited_for_two_minutes() {
    let mut driver = Driver::new();
    let id = driver.pick(&[9])[0];
    driver.answer(Operation::Start, Ok(started("f1")));
    let ticket = driver.puts[0];
    driver.feed(Event::PutProgress { ticket, loaded: 9 });
    driver.wait(119_000);
    assert_eq!((driver.sent(None), driver.told(id, HostEvent::UploadStalled)), (1, 0));
    driver.wait(2_000);
    assert_eq!(driver.sent(None), 2, "a lost answer: sent again while the URL lives");
}

#[test]
fn when_no_put_ever_got_an_answer_the_bucket_is_named() {
    let mut driver = Driver::new();
    let id = driver.pick(&[9])[0];
    driver.answer(Operation::Start, Ok(started("f1")));
    for _ in 0..7 {
        driver.put_lost();
        driver.wait(20_000);
    }
    let Phase::Error(failure) = &driver.item(id).phase else { panic!("not in error") };
    assert_eq!(failure.code, Code::BucketUnreachable);
}

#[test]
fn a_complete_without_an_answer_is_followed_by_its_status_not_by_a_failure() {
    for second in
        [refused(409, "ResourceConflictException"), refused(400, "InvalidRequestException")]
    {
        let mut driver = Driver::new();
        let id = driver.pick(&[9])[0];
        driver.answer(Operation::Start, Ok(started("f1")));
        driver.put_answered(200, "");
        driver.answer(Operation::Complete, Err(CallError::NoAnswer));
        driver.wait(1_000);
        driver.answer(Operation::Complete, Err(second));
        assert_eq!(driver.phase(id), PhaseName::Scanning);
    }
}

#[test]
fn completes_go_before_new_starts() {
    let mut driver = Driver::new();
    driver.pick(&[9; 6]);
    for n in 0..3 {
        driver.answer(Operation::Start, Ok(started(&format!("f{n}"))));
    }
    let effects = driver.put_answered(200, "");
    let calls: Vec<Operation> = effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Call { call, .. } => Some(call.operation()),
            _ => None,
        })
        .collect();
    assert_eq!(calls, [Operation::Complete, Operation::Start]);
}

#[test]
fn a_file_stays_with_its_case_when_the_host_turns_to_another() {
    let mut driver = Driver::new();
    let id = driver.pick(&[9])[0];
    driver.feed(Event::Resource(Some(case("2"))));
    driver.answer(Operation::Start, Ok(started("f1")));
    driver.put_answered(200, "");
    driver.answer(Operation::Complete, Ok(Answer::Done));
    assert_eq!(*driver.item(id).resource, case("1"));
    let to_case_2 = driver.said.iter().any(|effect| {
        matches!(effect, Effect::Call { resource, call: Call::Start(_) | Call::Complete { .. }, .. }
            if **resource == case("2"))
    });
    assert!(!to_case_2);
}
