//! Waiting for the scanner.

use connect_attached_files_core::call::{Answer, Call, CallError, Operation};
use connect_attached_files_core::event::{Event, HostEvent};
use connect_attached_files_core::phase::{Patience, Phase, PhaseName};
use connect_attached_files_core::wire::{BatchAnswer, FileMetadata};

use crate::driver::{Driver, metadata, page, refused, statuses, throttled, unknown_file};

fn patience(driver: &Driver, id: connect_attached_files_core::item::ItemId) -> Patience {
    match &driver.item(id).phase {
        Phase::Scanning(scanning) => scanning.patience,
        other => panic!("{:?}", other.name()),
    }
}

#[test]
fn a_poll_under_way_undid_a_delete() {
    let mut driver = Driver::new();
    let id = driver.send("f1");
    driver.wait(1_200);
    driver.feed(Event::Delete(id));
    driver.answer(Operation::Batch, Ok(statuses(&[("f1", "APPROVED")])));
    assert_eq!(driver.phase(id), PhaseName::Deleting);
    driver.answer(Operation::Delete, Ok(Answer::Done));
    assert_eq!(driver.session.item(id), None);
}

#[test]
fn a_refresh_during_a_poll_began_a_second_schedule() {
    let mut driver = Driver::new();
    driver.send("f1");
    driver.wait(1_200);
    driver.feed(Event::Refresh);
    driver.answer(Operation::Search, Ok(page(&[], None)));
    assert_eq!(driver.under_way(Operation::Batch), 1, "the one of before is still out");
    driver.answer(Operation::Batch, Ok(statuses(&[("f1", "PROCESSING")])));
    for _ in 0..5 {
        driver.wait(10_000);
        assert_eq!(driver.under_way(Operation::Batch), 1);
        driver.answer(Operation::Batch, Ok(statuses(&[("f1", "PROCESSING")])));
    }
}

#[test]
fn a_verdict_taken_back_by_the_list_was_never_asked_for_again() {
    let mut driver = Driver::new();
    let id = driver.send_approved("f1");
    driver.feed(Event::Refresh);
    driver.answer(Operation::Search, Ok(page(&["f1"], None)));
    driver.answer(Operation::Batch, Ok(statuses(&[("f1", "PROCESSING")])));
    assert_eq!(driver.phase(id), PhaseName::Scanning);
    driver.wait(1_500);
    driver.answer(Operation::Batch, Ok(statuses(&[("f1", "REJECTED")])));
    assert_eq!(driver.phase(id), PhaseName::Rejected);
}

#[test]
fn a_quarter_of_an_hour_in_the_background_ended_the_wait_unasked() {
    let mut driver = Driver::new();
    let id = driver.send("f1");
    driver.feed(Event::Visible(false));
    driver.wait(3_600_000);
    assert_eq!(driver.sent(Some(Operation::Batch)), 0, "no poll while hidden");
    driver.feed(Event::Visible(true));
    driver.answer(Operation::Batch, Ok(statuses(&[("f1", "APPROVED")])));
    assert_eq!(driver.phase(id), PhaseName::Approved);
}

#[test]
fn a_sleep_ended_the_wait_unasked() {
    let mut driver = Driver::new();
    let id = driver.send("f1");
    driver.sleep(3_600_000);
    driver.answer(Operation::Batch, Ok(statuses(&[("f1", "APPROVED")])));
    assert_eq!(driver.phase(id), PhaseName::Approved);
}

#[test]
fn a_first_poll_that_fails_after_a_long_absence_is_not_the_last() {
    let mut driver = Driver::new();
    let id = driver.send("f1");
    driver.feed(Event::Visible(false));
    driver.wait(3_600_000);
    driver.feed(Event::Visible(true));
    driver.answer(Operation::Batch, Err(CallError::NoAnswer));
    driver.wait(3_000);
    driver.answer(Operation::Batch, Ok(statuses(&[("f1", "REJECTED")])));
    assert_eq!(driver.phase(id), PhaseName::Rejected);
}

#[test]
fn the_wait_grows_slow_and_ends_and_begins_anew_on_demand() {
    let mut driver = Driver::new();
    let id = driver.send("f1");
    let mut polls = 0;
    while patience(&driver, id) != Patience::AskedNoMore {
        driver.wait(10_000);
        if driver.under_way(Operation::Batch) > 0 {
            polls += 1;
            driver.answer(Operation::Batch, Ok(statuses(&[("f1", "PROCESSING")])));
        }
        assert!(polls < 200);
    }
    assert!((20..40).contains(&polls), "every eight seconds, later every minute, not {polls}");
    assert_eq!(driver.session.next_wake(driver.now), None);
    driver.feed(Event::Retry(id));
    assert_eq!(driver.under_way(Operation::Batch), 1);
    assert_eq!(patience(&driver, id), Patience::Usual);
}

#[test]
fn polls_that_only_fail_end_as_well() {
    for error in [CallError::NoAnswer, throttled()] {
        let mut driver = Driver::new();
        let id = driver.send("f1");
        for _ in 0..2_000 {
            if patience(&driver, id) == Patience::AskedNoMore {
                break;
            }
            driver.wait(1_000);
            if driver.under_way(Operation::Batch) > 0 {
                driver.answer(Operation::Batch, Err(error.clone()));
            }
        }
        assert_eq!(patience(&driver, id), Patience::AskedNoMore);
    }
}

#[test]
fn of_more_than_a_hundred_files_those_behind_were_never_asked_for_through_a_closed_gate() {
    let mut driver = Driver::new();
    let ids: Vec<String> = (0..250).map(|n| format!("f{n:03}")).collect();
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    driver.feed(Event::Refresh);
    driver.answer(Operation::Search, Ok(page(&ids, None)));
    for chunk in ids.chunks(100) {
        let files: Vec<(&str, &str)> = chunk.iter().map(|id| (*id, "PROCESSING")).collect();
        driver.answer(Operation::Batch, Ok(statuses(&files)));
    }
    driver.wait(1_200);
    assert_eq!(driver.under_way(Operation::Batch), 3);
    for _ in 0..3 {
        driver.answer(Operation::Batch, Err(throttled()));
    }
    let mut asked = std::collections::BTreeSet::new();
    for _ in 0..12 {
        driver.wait(3_000);
        if driver.under_way(Operation::Batch) == 0 {
            continue;
        }
        let (ticket, call) = driver.take(Operation::Batch);
        let Call::Batch(request) = call else { unreachable!() };
        let files = request.file_ids.iter().map(|id| metadata(id, "PROCESSING")).collect();
        asked.extend(request.file_ids);
        let result = Ok(Answer::Batch(BatchAnswer { files, errors: Vec::new() }));
        driver.feed(Event::Answered { ticket, result });
    }
    assert_eq!(asked.len(), 250);
}

#[test]
fn a_batch_takes_every_waiting_file_of_a_resource_at_once() {
    let mut driver = Driver::new();
    for n in 0..5 {
        driver.send(&format!("f{n}"));
    }
    driver.wait(1_200);
    let (_, call) = driver.take(Operation::Batch);
    assert!(matches!(call, Call::Batch(request) if request.file_ids.len() == 5));
    assert_eq!(driver.under_way(Operation::Batch), 0);
}

#[test]
fn a_file_not_found_at_first_is_asked_for_again_before_it_is_an_error() {
    let mut driver = Driver::new();
    let id = driver.send("f1");
    for _ in 0..4 {
        driver.wait(10_000);
        driver.answer(Operation::Batch, Ok(unknown_file("f1")));
        assert_eq!(driver.phase(id), PhaseName::Scanning);
    }
    driver.wait(10_000);
    driver.answer(Operation::Batch, Ok(unknown_file("f1")));
    assert_eq!(driver.phase(id), PhaseName::Error);
}

#[test]
fn trouble_of_the_service_with_a_file_counted_as_if_there_were_none() {
    let mut driver = Driver::new();
    let id = driver.send("f1");
    for _ in 0..8 {
        driver.wait(10_000);
        let Answer::Batch(mut answer) = unknown_file("f1") else { unreachable!() };
        answer.errors[0].error_code = Some("InternalServiceException".to_owned());
        driver.answer(Operation::Batch, Ok(Answer::Batch(answer)));
        assert_eq!(driver.phase(id), PhaseName::Scanning);
    }
}

#[test]
fn a_status_nobody_knows_keeps_the_row_scanning_and_is_shown_as_it_is() {
    let mut driver = Driver::new();
    let id = driver.send("f1");
    driver.wait(1_200);
    driver.answer(Operation::Batch, Ok(statuses(&[("f1", "HALLUCINATING")])));
    let Phase::Scanning(scanning) = &driver.item(id).phase else { panic!("not scanning") };
    assert_eq!(scanning.raw.as_ref().map(|raw| raw.as_str()), Some("HALLUCINATING"));
}

#[test]
fn a_file_told_without_a_status_is_not_approved() {
    let mut driver = Driver::new();
    let id = driver.send("f1");
    driver.wait(1_200);
    let file = FileMetadata { file_status: None, ..metadata("f1", "") };
    let answer = Answer::Batch(BatchAnswer { files: vec![file], errors: Vec::new() });
    driver.answer(Operation::Batch, Ok(answer));
    assert_eq!(driver.phase(id), PhaseName::Scanning);
}

#[test]
fn success_is_told_twice_when_sent_and_when_approved() {
    let mut driver = Driver::new();
    let id = driver.send("f1");
    let told = |driver: &Driver| {
        (driver.told(id, HostEvent::UploadComplete), driver.told(id, HostEvent::FileApproved))
    };
    assert_eq!(told(&driver), (1, 0));
    driver.wait(1_200);
    driver.answer(Operation::Batch, Ok(statuses(&[("f1", "APPROVED")])));
    assert_eq!(told(&driver), (1, 1));
}

#[test]
fn a_refusal_of_the_poll_leaves_the_verdict_open_and_says_why() {
    let mut driver = Driver::new();
    let id = driver.send("f1");
    driver.wait(1_200);
    driver.answer(Operation::Batch, Err(refused(403, "AccessDeniedException")));
    assert_eq!(patience(&driver, id), Patience::AskedNoMore);
    assert!(driver.item(id).notice.is_some());
    driver.wait(100_000);
    assert_eq!(driver.sent(Some(Operation::Batch)), 1);
}
