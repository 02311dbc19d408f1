//! Uploads that an earlier page left behind.

use connect_attached_files_core::call::{Answer, Call, Operation};
use connect_attached_files_core::error::Code;
use connect_attached_files_core::event::{Effect, Event};
use connect_attached_files_core::item::ItemId;
use connect_attached_files_core::leftover::{Leftover, Trace};
use connect_attached_files_core::phase::{Phase, PhaseName};
use connect_attached_files_core::wire::ConfigurationAnswer;

use crate::driver::{Driver, case, page, refused, started, statuses, unknown_file};

fn leftover(file_id: Option<&str>, is_sent: bool) -> Leftover {
    Leftover {
        resource: case("1"),
        name: "left.txt".to_owned(),
        size: 9,
        file_id: file_id.map(str::to_owned),
        is_sent,
    }
}

fn adopt(driver: &mut Driver, leftover: Leftover) -> ItemId {
    driver.feed(Event::LeftBehind(vec![leftover]));
    driver.session.items().last().expect("a row").id
}

fn code(driver: &Driver, id: ItemId) -> Option<Code> {
    match &driver.item(id).phase {
        Phase::Error(failure) => Some(failure.code),
        _ => None,
    }
}

#[test]
fn what_is_kept_follows_the_upload_and_ends_with_it() {
    let mut driver = Driver::new();
    let id = driver.pick(&[9])[0];
    assert_eq!(driver.item(id).trace(), Trace::Unstarted);
    driver.answer(Operation::Start, Ok(started("f1")));
    assert_eq!(driver.item(id).trace(), Trace::Started);
    driver.put_answered(200, "");
    assert_eq!(driver.item(id).trace(), Trace::Sent);
    assert_eq!(driver.item(id).leftover().file_id.as_deref(), Some("f1"));
    driver.answer(Operation::Complete, Ok(Answer::Done));
    assert_eq!(driver.item(id).trace(), Trace::None);
}

#[test]
fn a_file_whose_bytes_arrived_is_completed_by_the_next_page() {
    let mut driver = Driver::new();
    let id = adopt(&mut driver, leftover(Some("f1"), true));
    driver.answer(Operation::Complete, Ok(Answer::Done));
    assert_eq!(driver.phase(id), PhaseName::Scanning);
}

#[test]
fn a_file_that_was_completed_just_before_the_crash_is_not_completed_into_an_error() {
    let mut driver = Driver::new();
    let id = adopt(&mut driver, leftover(Some("f1"), true));
    driver.answer(Operation::Complete, Err(refused(400, "InvalidRequestException")));
    assert_eq!(driver.phase(id), PhaseName::Scanning);
}

#[test]
fn an_interrupted_file_waits_to_be_chosen_again_and_its_old_record_goes() {
    let mut driver = Driver::new();
    let id = adopt(&mut driver, leftover(Some("f1"), false));
    assert_eq!(code(&driver, id), Some(Code::Interrupted));
    assert_eq!(driver.sent(Some(Operation::Start)), 0);
    let facts = driver.facts(9);
    driver.feed(Event::Replace(id, facts));
    assert!(driver.session.item(id).is_none());
    let (_, call) = driver.take(Operation::Delete);
    assert_eq!(call, Call::Delete { file_id: "f1".to_owned() });
    assert_eq!(driver.under_way(Operation::Start), 1);
}

#[test]
fn a_replacement_goes_to_the_case_of_the_row_not_to_the_one_shown_now() {
    let mut driver = Driver::new();
    let id = adopt(&mut driver, leftover(None, false));
    driver.feed(Event::Resource(Some(case("2"))));
    let facts = driver.facts(9);
    let effects = driver.feed(Event::Replace(id, facts));
    let start = effects.iter().find_map(|effect| match effect {
        Effect::Call { resource, call: Call::Start(_), .. } => Some(resource.clone()),
        _ => None,
    });
    assert_eq!(*start.expect("a start"), case("1"));
}

#[test]
fn a_replacement_elsewhere_was_refused_by_the_limits_of_the_case_shown() {
    let mut driver = Driver::new();
    let id = adopt(&mut driver, leftover(None, false));
    driver.feed(Event::Resource(Some(case("2"))));
    driver.answer(
        Operation::Describe,
        Ok(Answer::Describe(ConfigurationAnswer {
            maximum_size_limit_in_bytes: Some(5),
            extension_configuration: None,
        })),
    );
    let facts = driver.facts(9);
    driver.feed(Event::Replace(id, facts));
    assert_eq!(driver.under_way(Operation::Start), 1);
}

#[test]
fn a_replacement_for_a_row_that_went_on_meanwhile_is_let_go() {
    let mut driver = Driver::new();
    let id = driver.pick(&[9])[0];
    let facts = driver.facts(9);
    let source = facts.source;
    let effects = driver.feed(Event::Replace(id, facts));
    assert_eq!(effects, [Effect::Release(source)]);
    assert_eq!(driver.session.items().count(), 1);
}

#[test]
fn one_check_settles_what_connect_knows_of_an_interrupted_file() {
    for (status, phase) in [
        ("APPROVED", PhaseName::Approved),
        ("REJECTED", PhaseName::Rejected),
        ("PROCESSING", PhaseName::Error),
        ("PENDING_UPLOAD", PhaseName::Error),
    ] {
        let mut driver = Driver::new();
        let id = adopt(&mut driver, leftover(Some("f1"), false));
        driver.feed(Event::Retry(id));
        assert_eq!(driver.item(id).trace(), Trace::Started, "a crash during the check");
        driver.answer(Operation::Batch, Ok(statuses(&[("f1", status)])));
        assert_eq!(driver.phase(id), phase, "{status}");
        if phase == PhaseName::Error {
            assert_eq!(code(&driver, id), Some(Code::NotReceived), "{status}");
        }
    }
}

#[test]
fn a_check_of_a_record_that_is_gone_leaves_the_file_to_be_chosen_again() {
    let mut driver = Driver::new();
    let id = adopt(&mut driver, leftover(Some("f1"), false));
    driver.feed(Event::Retry(id));
    driver.answer(Operation::Batch, Ok(unknown_file("f1")));
    assert_eq!(code(&driver, id), Some(Code::NotReceived));
    assert_eq!(driver.item(id).file_id, None);
}

#[test]
fn a_check_that_is_denied_goes_back() {
    let mut driver = Driver::new();
    let id = adopt(&mut driver, leftover(Some("f1"), false));
    driver.feed(Event::Retry(id));
    driver.answer(Operation::Batch, Err(refused(403, "AccessDeniedException")));
    assert_eq!(code(&driver, id), Some(Code::Interrupted));
}

#[test]
fn a_file_the_case_already_lists_is_not_shown_twice() {
    let mut driver = Driver::bare(connect_attached_files_core::session::Config::default());
    driver.feed(Event::Resource(Some(case("1"))));
    driver.answer(Operation::Search, Ok(page(&["f1"], None)));
    driver.answer(Operation::Batch, Ok(statuses(&[("f1", "APPROVED")])));
    driver.feed(Event::LeftBehind(vec![leftover(Some("f1"), true)]));
    assert_eq!(driver.session.items().count(), 1);
}

#[test]
fn discarding_an_interrupted_file_deletes_its_record() {
    let mut driver = Driver::new();
    let id = adopt(&mut driver, leftover(Some("f1"), false));
    driver.feed(Event::Remove(id));
    assert!(driver.session.item(id).is_none());
    assert_eq!(driver.under_way(Operation::Delete), 1);
}
