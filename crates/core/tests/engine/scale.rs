//! Ten thousand rows: what one event costs.

use std::time::Instant;

use connect_attached_files_core::call::Operation;
use connect_attached_files_core::event::Event;

use crate::driver::{Driver, started};

#[test]
#[ignore = "prints times: cargo test --release --test engine scale -- --ignored --nocapture"]
fn ten_thousand_rows() {
    let mut driver = Driver::new();
    let facts: Vec<_> = (0..10_000).map(|_| driver.facts(100 << 10)).collect();
    let began = Instant::now();
    driver.feed(Event::Picked(facts));
    println!("picking 10,000 files: {:?}", began.elapsed());
    driver.answer(Operation::Start, Ok(started("f1")));
    let ticket = driver.puts[0];
    let time = |what: &str, driver: &mut Driver, act: &mut dyn FnMut(&mut Driver, u64)| {
        let began = Instant::now();
        for n in 1..=1_000 {
            act(driver, n);
        }
        println!("{what}: {:?}", began.elapsed() / 1_000);
    };
    time("progress", &mut driver, &mut |driver, n| {
        let event = Event::PutProgress { ticket, loaded: n * 10 };
        driver.session.handle(event, driver.now);
    });
    time("tick", &mut driver, &mut |driver, _| {
        driver.session.handle(Event::Tick, driver.now);
    });
    time("next_wake", &mut driver, &mut |driver, _| {
        assert!(driver.session.next_wake(driver.now).is_some());
    });
    let began = Instant::now();
    driver.feed(Event::Concurrency(4));
    println!("a start among 10,000: {:?}", began.elapsed());
    time("rows", &mut driver, &mut |driver, _| {
        assert_eq!(driver.session.rows().len(), 10_000);
    });
    driver.feed(Event::Online(false));
    let ids: Vec<_> = driver.session.items().map(|item| item.id).collect();
    for id in ids {
        driver.feed(Event::Cancel(id));
    }
    let began = Instant::now();
    driver.feed(Event::Resource(None));
    println!("dropping 10,000 rows: {:?}", began.elapsed());
    assert_eq!(driver.session.items().count(), 0);
}

#[test]
fn ten_thousand_files_make_ten_thousand_rows_and_three_starts() {
    let mut driver = Driver::new();
    let ids = driver.pick(&[9; 10_000]);
    assert_eq!((ids.len(), driver.under_way(Operation::Start)), (10_000, 3));
}
