//! Connect's throttle: 2 calls a second, burst 5, for each operation of the whole account.

use connect_attached_files_core::call::{Answer, CallError, Operation};
use connect_attached_files_core::event::Event;
use connect_attached_files_core::phase::{Hold, PhaseName};

use crate::driver::{Driver, page, refused, started, throttled};

/// Brings a listing to where its next call is the one that tries out a closed gate.
fn probing_search() -> Driver {
    let mut driver = Driver::new();
    driver.feed(Event::Refresh);
    driver.answer(Operation::Search, Err(throttled()));
    driver.wait(800);
    assert_eq!(driver.under_way(Operation::Search), 1, "the gate is tried out");
    driver
}

#[test]
fn an_aborted_probe_left_its_gate_closed_for_ever() {
    let mut driver = probing_search();
    // The call that tries out the gate is aborted by a second refresh.
    driver.feed(Event::Refresh);
    driver.wait(2_000);
    assert_eq!(driver.under_way(Operation::Search), 1);
    driver.answer(Operation::Search, Ok(page(&[], None)));
}

#[test]
fn canceling_during_a_probing_complete_left_every_later_complete_waiting() {
    let mut driver = Driver::new();
    let ids = driver.pick(&[9, 9]);
    for file in ["f1", "f2"] {
        driver.answer(Operation::Start, Ok(started(file)));
    }
    driver.put_answered(200, "");
    driver.answer(Operation::Complete, Err(throttled()));
    driver.wait(800);
    assert_eq!(driver.under_way(Operation::Complete), 1);
    driver.put_answered(200, "");
    driver.feed(Event::Cancel(ids[0]));
    driver.wait(1_000);
    driver.answer(Operation::Complete, Ok(Answer::Done));
    assert_eq!(driver.phase(ids[1]), PhaseName::Scanning);
}

#[test]
fn one_burst_of_429s_doubled_the_pause_once_per_call() {
    let mut driver = Driver::new();
    let rows: Vec<_> = (0..12).map(|n| driver.send_approved(&format!("f{n}"))).collect();
    for id in rows {
        driver.feed(Event::Delete(id));
    }
    assert_eq!(driver.under_way(Operation::Delete), 12, "an open gate lets all pass");
    for _ in 0..5 {
        driver.answer(Operation::Delete, Ok(Answer::Done));
    }
    for _ in 0..7 {
        driver.answer(Operation::Delete, Err(throttled()));
    }
    // The documented pace is two a second; a second and a half more is granted for jitter.
    for _ in 0..7 {
        driver.wait(1_500);
        assert_eq!(driver.under_way(Operation::Delete), 1);
        driver.answer(Operation::Delete, Ok(Answer::Done));
    }
    assert_eq!(driver.session.items().count(), 0);
}

#[test]
fn a_gate_lets_one_call_try_at_a_time_and_slows_down_when_it_fails() {
    let mut driver = Driver::new();
    driver.pick(&[9, 9, 9]);
    for _ in 0..3 {
        driver.answer(Operation::Start, Err(throttled()));
    }
    let mut pauses = Vec::new();
    for _ in 0..4 {
        let before = driver.now.mono_ms;
        while driver.under_way(Operation::Start) == 0 {
            let left = driver.session.next_wake(driver.now).expect("somebody waits");
            driver.wait(left);
        }
        assert_eq!(driver.under_way(Operation::Start), 1, "one at a time");
        pauses.push(driver.now.mono_ms - before);
        driver.answer(Operation::Start, Err(throttled()));
    }
    // Half a pace to one and a half, the pace doubling from 500 ms.
    for (n, pause) in pauses.iter().enumerate() {
        let pace = 500 << n;
        assert!((pace / 2..=pace * 3 / 2).contains(pause), "{pauses:?}");
    }
}

#[test]
fn retry_after_wins_over_the_drawn_pause() {
    let mut driver = Driver::new();
    driver.pick(&[9]);
    let CallError::Refused(mut error) = throttled() else { unreachable!() };
    error.retry_after_ms = Some(7_000);
    driver.answer(Operation::Start, Err(CallError::Refused(error)));
    driver.wait(6_900);
    assert_eq!(driver.under_way(Operation::Start), 0);
    driver.wait(200);
    assert_eq!(driver.under_way(Operation::Start), 1);
}

#[test]
fn a_closed_gate_shows_on_every_row_that_waits_at_it() {
    let mut driver = Driver::new();
    let ids = driver.pick(&[9; 5]);
    driver.answer(Operation::Start, Err(throttled()));
    let hold = |driver: &Driver, n: usize| driver.session.hold(driver.item(ids[n]));
    assert_eq!(hold(&driver, 0), Hold::Throttled);
    assert_eq!(hold(&driver, 1), Hold::None, "its call is under way");
    assert_eq!(hold(&driver, 4), Hold::Throttled);
}

#[test]
fn rows_that_waited_at_a_gate_went_on_showing_what_held_them_before() {
    let mut driver = Driver::new();
    let ids = driver.pick(&[9; 5]);
    driver.session.take_changed();
    driver.answer(Operation::Start, Err(throttled()));
    assert!(driver.session.take_changed().contains(&ids[4]), "it closed");
    let mut opened = false;
    for n in 0..60 {
        if driver.session.hold(driver.item(ids[4])) != Hold::Throttled {
            opened = driver.session.take_changed().contains(&ids[4]);
            break;
        }
        driver.session.take_changed();
        driver.wait(1_000);
        let id = driver.pick(&[9])[0];
        if driver.under_way(Operation::Start) > 0 {
            driver.answer(Operation::Start, Ok(started(&format!("f{n}"))));
        }
        while !driver.puts.is_empty() {
            driver.put_answered(403, "");
        }
        driver.feed(Event::Cancel(id));
    }
    assert!(opened, "it opened");
}

#[test]
fn a_throttle_without_end_ends_a_start_all_the_same() {
    let mut driver = Driver::new();
    let id = driver.pick(&[9])[0];
    for _ in 0..200 {
        if driver.phase(id) == PhaseName::Error {
            return;
        }
        driver.answer(Operation::Start, Err(throttled()));
        driver.wait(60_000);
    }
    panic!("still {:?}", driver.phase(id));
}

#[test]
fn other_operations_pass_while_one_is_throttled() {
    let mut driver = Driver::new();
    let done = driver.send_approved("f1");
    let id = driver.pick(&[9])[0];
    driver.answer(Operation::Start, Err(throttled()));
    driver.feed(Event::Delete(done));
    assert_eq!(driver.under_way(Operation::Delete), 1);
    driver.answer(Operation::Delete, Err(refused(403, "AccessDeniedException")));
    assert_eq!(driver.phase(id), PhaseName::Starting);
}
