//! What is told of all rows together: busy, idle, and whether everything attached is approved.

use connect_attached_files_core::call::{Answer, Operation};
use connect_attached_files_core::event::{Effect, Event};
use connect_attached_files_core::put::PutEnd;
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

fn run(driver: &Driver) -> (u64, u64, usize, usize) {
    let run = driver.session.tally().run;
    (run.sent_bytes, run.total_bytes, run.done, run.files)
}

#[test]
fn a_run_sums_up_what_was_sent_since_the_widget_was_idle() {
    let mut driver = Driver::new();
    driver.send("f0");
    assert_eq!(run(&driver), (9, 9, 1, 1), "shown until the next begins");
    let ids = driver.pick(&[1_000, 3_000, 0]);
    assert_eq!(run(&driver), (0, 4_000, 0, 2));
    for file in ["f1", "f2"] {
        driver.answer(Operation::Start, Ok(started(file)));
    }
    let ticket = driver.puts[0];
    driver.feed(Event::PutProgress { ticket, loaded: 400 });
    assert_eq!(run(&driver), (400, 4_000, 0, 2), "told as it moves");
    driver.put_answered(200, "");
    driver.wait(1_000);
    let ticket = driver.puts.pop().unwrap();
    driver.feed(Event::PutProgress { ticket, loaded: 1_000 });
    driver.feed(Event::PutEnded {
        ticket,
        end: PutEnd::Answered { status: 200, body: String::new() },
    });
    assert_eq!(run(&driver), (1_000, 4_000, 0, 2));
    driver.answer(Operation::Complete, Ok(Answer::Done));
    assert_eq!(run(&driver), (1_000, 4_000, 1, 2));
    driver.feed(Event::Cancel(ids[1]));
    assert_eq!(run(&driver), (1_000, 1_000, 1, 1));
}

#[test]
fn files_that_wait_to_be_started_are_not_in_the_run() {
    let mut driver = Driver::new();
    driver.feed(Event::ManualStart(true));
    let ids = driver.pick(&[1_000, 3_000]);
    assert_eq!(run(&driver), (0, 0, 0, 0));
    driver.feed(Event::Resume(ids[0]));
    assert_eq!(run(&driver), (0, 1_000, 0, 1));
}

#[test]
fn time_left_is_that_of_all_files_and_nothing_is_said_of_a_standstill() {
    let mut driver = Driver::new();
    driver.pick(&[1_000_000, 1_000_000]);
    for file in ["f1", "f2"] {
        driver.answer(Operation::Start, Ok(started(file)));
    }
    assert_eq!(driver.session.tally().seconds_left, None);
    for step in 1..=20 {
        driver.skip(250);
        for ticket in driver.puts.clone() {
            driver.feed(Event::PutProgress { ticket, loaded: step * 12_500 });
        }
    }
    // 2,000,000 bytes at 100,000 a second, of which 5 seconds are over.
    let left = driver.session.tally().seconds_left.expect("a time");
    assert!((14..=16).contains(&left), "{left}");
    driver.wait(6_000);
    assert_eq!(driver.session.tally().seconds_left, None);
}

#[test]
fn a_pause_of_all_files_is_no_slow_transfer() {
    let mut driver = Driver::new();
    let id = driver.pick(&[10_000_000])[0];
    driver.answer(Operation::Start, Ok(started("f1")));
    let steps = |driver: &mut Driver| {
        let ticket = driver.puts[0];
        for step in 1..=8 {
            driver.skip(250);
            driver.feed(Event::PutProgress { ticket, loaded: step * 25_000 });
        }
    };
    steps(&mut driver);
    driver.feed(Event::Pause(id));
    assert_eq!(driver.session.tally().seconds_left, None);
    driver.wait(60_000);
    driver.feed(Event::Resume(id));
    steps(&mut driver);
    let left = driver.session.tally().seconds_left.expect("a time");
    assert!((95..=105).contains(&left), "{left}");
}

#[test]
fn what_the_resource_holds_or_is_about_to_hold_is_counted() {
    let mut driver = Driver::new();
    driver.send_approved("f1");
    driver.pick(&[9, 0]);
    assert_eq!(driver.session.tally().stored, 2);
    driver.feed(Event::Resource(Some(case("2"))));
    assert_eq!(driver.session.tally().stored, 0);
}
