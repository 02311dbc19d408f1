//! Files that wait to be started by hand.

use connect_attached_files_core::call::Operation;
use connect_attached_files_core::event::Event;
use connect_attached_files_core::phase::{Hold, PhaseName};
use connect_attached_files_core::pick::FileFacts;

use crate::driver::{Driver, refused};

fn manual() -> Driver {
    let mut driver = Driver::new();
    driver.feed(Event::ManualStart(true));
    driver
}

#[test]
fn files_wait_until_each_is_started() {
    let mut driver = manual();
    let ids = driver.pick(&[9, 9]);
    assert_eq!(driver.sent(Some(Operation::Start)), 0);
    assert_eq!(driver.session.hold(driver.item(ids[0])), Hold::Manual);
    assert_eq!((driver.session.tally().waiting, driver.session.tally().running), (2, 0));
    driver.feed(Event::Resume(ids[1]));
    assert_eq!(driver.phase(ids[1]), PhaseName::Starting);
    assert_eq!(driver.phase(ids[0]), PhaseName::Queued);
    assert_eq!((driver.session.tally().waiting, driver.session.tally().running), (1, 1));
}

#[test]
fn a_file_that_was_started_does_not_wait_again() {
    let mut driver = manual();
    let id = driver.pick(&[9])[0];
    driver.feed(Event::Resume(id));
    driver.answer(Operation::Start, Err(refused(409, "ResourceConflictException")));
    driver.feed(Event::Retry(id));
    assert_eq!(driver.phase(id), PhaseName::Starting);
    driver.answer(Operation::Start, Err(refused(409, "ResourceConflictException")));
    let facts = driver.facts(9);
    driver.feed(Event::Replace(id, facts));
    assert_eq!(driver.under_way(Operation::Start), 1);
}

#[test]
fn a_canceled_one_is_started_by_its_retry() {
    let mut driver = manual();
    let id = driver.pick(&[9])[0];
    driver.feed(Event::Cancel(id));
    driver.feed(Event::Retry(id));
    assert_eq!(driver.phase(id), PhaseName::Starting);
}

#[test]
fn a_refused_file_that_gets_a_good_name_waits_like_the_others() {
    let mut driver = manual();
    let facts = FileFacts { name: "a.html".to_owned(), ..driver.facts(9) };
    driver.picked(vec![facts]);
    let id = driver.session.items().next().unwrap().id;
    driver.feed(Event::Rename(id, "a.txt".to_owned(), String::new()));
    assert_eq!(driver.session.hold(driver.item(id)), Hold::Manual);
    assert_eq!(driver.sent(Some(Operation::Start)), 0);
}

#[test]
fn ending_it_starts_what_waits() {
    let mut driver = manual();
    let id = driver.pick(&[9])[0];
    driver.feed(Event::ManualStart(false));
    assert_eq!(driver.phase(id), PhaseName::Starting);
    assert_eq!(driver.session.tally().waiting, 0);
}

#[test]
fn a_paused_one_is_paused_until_it_is_resumed() {
    let mut driver = manual();
    let id = driver.pick(&[9])[0];
    driver.feed(Event::Pause(id));
    assert_eq!(driver.session.hold(driver.item(id)), Hold::Paused);
    driver.feed(Event::ManualStart(false));
    assert_eq!(driver.sent(Some(Operation::Start)), 0);
    driver.feed(Event::Resume(id));
    assert_eq!(driver.phase(id), PhaseName::Starting);
}
