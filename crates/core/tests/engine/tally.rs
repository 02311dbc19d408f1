//! What is told of all rows together: busy, idle, and whether everything attached is approved.

use connect_attached_files_core::call::{Answer, Operation};
use connect_attached_files_core::event::{Effect, Event};
use connect_attached_files_core::wire::ConfigurationAnswer;

use crate::driver::{Driver, case, contact, started, statuses};

fn approvals(driver: &Driver) -> Vec<bool> {
    let told = |effect: &Effect| match effect {
        Effect::ApprovalChanged(approved) => Some(*approved),
        _ => None,
    };
    driver.said.iter().filter_map(told).collect()
}

#[test]
fn approval_is_told_when_the_last_file_is_approved_and_taken_back_with_the_next() {
    let mut driver = Driver::new();
    driver.feed(Event::Resource(Some(contact())));
    driver.answer(Operation::Describe, Ok(Answer::Describe(ConfigurationAnswer::default())));
    assert!(approvals(&driver).is_empty(), "nothing is attached, so nothing is approved");
    driver.pick(&[9, 9]);
    for file_id in ["f1", "f2"] {
        driver.answer(Operation::Start, Ok(started(file_id)));
    }
    for _ in 0..2 {
        driver.put_answered(200, "");
        driver.answer(Operation::Complete, Ok(Answer::Done));
    }
    driver.wait(1_200);
    driver.answer(Operation::Batch, Ok(statuses(&[("f1", "APPROVED"), ("f2", "PROCESSING")])));
    assert!(approvals(&driver).is_empty());
    driver.wait(2_400);
    driver.answer(Operation::Batch, Ok(statuses(&[("f2", "APPROVED")])));
    assert_eq!(approvals(&driver), [true]);
    driver.pick(&[9]);
    assert_eq!(approvals(&driver), [true, false]);
}

#[test]
fn a_rejected_file_keeps_the_approval_away_until_it_is_off_the_list() {
    let mut driver = Driver::new();
    driver.send_approved("f1");
    let bad = driver.send("f2");
    driver.wait(1_200);
    driver.answer(Operation::Batch, Ok(statuses(&[("f2", "REJECTED")])));
    assert_eq!(approvals(&driver), [true, false]);
    driver.feed(Event::Remove(bad));
    assert_eq!(approvals(&driver), [true, false, true]);
}

#[test]
fn refused_and_canceled_files_do_not_keep_the_approval_away() {
    let mut driver = Driver::new();
    driver.send_approved("f1");
    driver.pick(&[0]);
    let id = driver.pick(&[9])[0];
    driver.feed(Event::Cancel(id));
    assert_eq!(approvals(&driver), [true, false, true]);
}

#[test]
fn approval_is_that_of_the_resource_shown() {
    let mut driver = Driver::new();
    driver.send_approved("f1");
    driver.feed(Event::Resource(Some(case("2"))));
    assert_eq!(approvals(&driver), [true, false]);
}

#[test]
fn busy_and_idle_come_in_turns() {
    let mut driver = Driver::new();
    driver.send("f1");
    driver.send("f2");
    let turns: Vec<bool> = driver
        .said
        .iter()
        .filter_map(|effect| match effect {
            Effect::Busy => Some(true),
            Effect::Idle => Some(false),
            _ => None,
        })
        .collect();
    assert_eq!(turns, [true, false, true, false]);
}
