//! Deletes that may be called off, and cancels that end in a delete.

use connect_attached_files_core::call::{Answer, CallError, Operation};
use connect_attached_files_core::event::{Event, HostEvent};
use connect_attached_files_core::item::ItemId;
use connect_attached_files_core::phase::{Hold, PhaseName, UNDO_MS};

use crate::driver::{Driver, case, started, statuses};

/// An approved file whose delete may still be called off.
fn pending() -> (Driver, ItemId) {
    let mut driver = Driver::new();
    let id = driver.send_approved("f1");
    driver.feed(Event::DeleteSoon(id));
    assert_eq!(driver.phase(id), PhaseName::Deleting);
    assert!(driver.item(id).may_restore());
    (driver, id)
}

#[test]
fn a_delete_goes_out_after_its_pause_and_not_before() {
    let (mut driver, id) = pending();
    driver.wait(UNDO_MS - 1);
    assert_eq!(driver.sent(Some(Operation::Delete)), 0);
    assert_eq!(driver.session.hold(driver.item(id)), Hold::None, "it does what it should");
    driver.wait(1);
    assert_eq!(driver.under_way(Operation::Delete), 1);
    assert!(!driver.item(id).may_restore());
    driver.answer(Operation::Delete, Ok(Answer::Done));
    assert_eq!(driver.session.item(id), None);
    assert_eq!(driver.told(id, HostEvent::FileDeleted), 1);
}

#[test]
fn a_delete_called_off_is_never_sent_and_the_file_is_as_before() {
    let (mut driver, id) = pending();
    driver.wait(UNDO_MS - 1);
    driver.feed(Event::Restore(id));
    assert_eq!(driver.phase(id), PhaseName::Approved);
    driver.wait(60_000);
    assert_eq!(driver.sent(Some(Operation::Delete)), 0);
    assert_eq!(driver.told(id, HostEvent::FileApproved), 1, "known already");
}

#[test]
fn what_waited_for_its_verdict_waits_on() {
    let mut driver = Driver::new();
    let id = driver.send("f1");
    driver.feed(Event::DeleteSoon(id));
    driver.wait(4_000);
    assert_eq!(driver.under_way(Operation::Batch), 0);
    driver.feed(Event::Restore(id));
    driver.wait(10_000);
    driver.answer(Operation::Batch, Ok(statuses(&[("f1", "APPROVED")])));
    assert_eq!(driver.phase(id), PhaseName::Approved);
}

#[test]
fn it_is_too_late_once_the_delete_is_out() {
    let (mut driver, id) = pending();
    driver.wait(UNDO_MS);
    driver.feed(Event::Restore(id));
    assert_eq!(driver.phase(id), PhaseName::Deleting);
    driver.answer(Operation::Delete, Err(CallError::NoAnswer));
    driver.feed(Event::Restore(id));
    assert_eq!(driver.phase(id), PhaseName::Deleting, "it may have taken effect");
}

#[test]
fn a_delete_at_once_ends_the_pause() {
    let (mut driver, id) = pending();
    driver.feed(Event::Delete(id));
    assert_eq!(driver.under_way(Operation::Delete), 1);
    driver.feed(Event::Delete(id));
    driver.feed(Event::DeleteSoon(id));
    assert_eq!(driver.under_way(Operation::Delete), 1);
    assert!(!driver.item(id).may_restore());
}

#[test]
fn a_network_that_comes_back_cut_the_pause_short() {
    let (mut driver, id) = pending();
    driver.feed(Event::Online(false));
    driver.feed(Event::Online(true));
    assert_eq!(driver.sent(Some(Operation::Delete)), 0);
    driver.feed(Event::Online(false));
    driver.wait(60_000);
    driver.feed(Event::Restore(id));
    assert_eq!(driver.phase(id), PhaseName::Approved, "nothing has gone out yet");
}

#[test]
fn a_pending_delete_outlives_a_switch_of_case() {
    let (mut driver, id) = pending();
    driver.feed(Event::Resource(Some(case("2"))));
    driver.wait(UNDO_MS);
    driver.answer(Operation::Delete, Ok(Answer::Done));
    assert_eq!(driver.session.item(id), None);
}

/// A file whose complete is under way.
fn completing() -> (Driver, ItemId) {
    let mut driver = Driver::new();
    let id = driver.pick(&[9])[0];
    driver.answer(Operation::Start, Ok(started("f1")));
    driver.put_answered(200, "");
    (driver, id)
}

#[test]
fn a_file_canceled_while_it_was_completed_was_gone_from_the_list() {
    let (mut driver, id) = completing();
    driver.feed(Event::Cancel(id));
    driver.answer(Operation::Delete, Ok(Answer::Done));
    assert_eq!(driver.phase(id), PhaseName::Canceled);
    assert_eq!(driver.told(id, HostEvent::FileDeleted), 0);
    assert!(driver.item(id).source.is_some() && driver.item(id).file_id.is_none());
    driver.feed(Event::Retry(id));
    assert_eq!(driver.phase(id), PhaseName::Starting);
}

#[test]
fn a_complete_on_its_way_brought_back_a_file_that_was_being_deleted() {
    let (mut driver, id) = completing();
    let (ticket, _) = driver.calls[0].clone();
    driver.feed(Event::Delete(id));
    driver.feed(Event::Answered { ticket, result: Ok(Answer::Done) });
    assert_eq!(driver.phase(id), PhaseName::Deleting);
}

#[test]
fn what_is_not_sent_yet_cannot_be_deleted_later() {
    let (mut driver, id) = completing();
    driver.feed(Event::DeleteSoon(id));
    assert_eq!(driver.phase(id), PhaseName::Completing);
}
