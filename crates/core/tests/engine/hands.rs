//! Downloads whose bytes are handed over instead of saved: each ends, in bytes or without.

use connect_attached_files_core::call::{Answer, CallError, Operation};
use connect_attached_files_core::download::FetchEnd;
use connect_attached_files_core::event::{Effect, Event};
use connect_attached_files_core::item::{Download, ItemId};
use connect_attached_files_core::phase::Ticket;
use connect_attached_files_core::redact::SecretUrl;
use connect_attached_files_core::wire::{DownloadUrl, FileMetadata};

use crate::driver::{Driver, case, metadata, refused};

/// Lets Connect give a URL: the fetch, and whose hand it is for.
fn fetch(driver: &mut Driver) -> (Ticket, Option<ItemId>) {
    let url = Some(SecretUrl::new("https://bucket.test/f1?sig=2"));
    let file = FileMetadata {
        download_url_metadata: Some(DownloadUrl { url, url_expiry: None }),
        ..metadata("f1", "APPROVED")
    };
    let effects = driver.answer(Operation::Get, Ok(Answer::Get(file)));
    let fetches = effects.iter().find_map(|effect| match effect {
        Effect::Fetch { ticket, hand, .. } => Some((*ticket, *hand)),
        _ => None,
    });
    fetches.expect("a fetch")
}

fn ended(driver: &mut Driver, ticket: Ticket, end: FetchEnd) {
    driver.feed(Event::Fetched { ticket, end });
}

fn not_handed(driver: &Driver, id: ItemId) -> usize {
    driver.said.iter().filter(|effect| **effect == Effect::NotHanded(id)).count()
}

fn approved() -> (Driver, ItemId) {
    let mut driver = Driver::new();
    let id = driver.send_approved("f1");
    (driver, id)
}

#[test]
fn bytes_are_handed_over_once() {
    let (mut driver, id) = approved();
    driver.feed(Event::Hand(id));
    let (ticket, hand) = fetch(&mut driver);
    assert_eq!(hand, Some(id));
    ended(&mut driver, ticket, FetchEnd::Saved);
    assert_eq!((not_handed(&driver, id), driver.under_way(Operation::Get)), (0, 0));
    assert_eq!(driver.item(id).download, Download::Idle);
}

#[test]
fn a_save_and_a_hand_over_wait_for_each_other() {
    let (mut driver, id) = approved();
    driver.feed(Event::Download(id));
    driver.feed(Event::Hand(id));
    driver.feed(Event::Hand(id));
    let mut hands = Vec::new();
    for _ in 0..3 {
        assert_eq!(driver.under_way(Operation::Get), 1);
        let (ticket, hand) = fetch(&mut driver);
        hands.push(hand);
        ended(&mut driver, ticket, FetchEnd::Saved);
    }
    assert_eq!(hands, [None, Some(id), Some(id)]);
    assert_eq!((not_handed(&driver, id), driver.under_way(Operation::Get)), (0, 0));
}

#[test]
fn a_save_asked_for_during_a_hand_over_was_lost() {
    let (mut driver, id) = approved();
    driver.feed(Event::Hand(id));
    let (ticket, _) = fetch(&mut driver);
    driver.feed(Event::Download(id));
    ended(&mut driver, ticket, FetchEnd::Saved);
    let (ticket, hand) = fetch(&mut driver);
    assert_eq!(hand, None);
    ended(&mut driver, ticket, FetchEnd::Saved);
    assert_eq!(driver.under_way(Operation::Get), 0);
}

#[test]
fn a_failure_ends_every_hand_over_and_says_why() {
    let (mut driver, id) = approved();
    driver.feed(Event::Hand(id));
    driver.feed(Event::Hand(id));
    driver.answer(Operation::Get, Err(refused(403, "AccessDeniedException")));
    assert_eq!(not_handed(&driver, id), 2);
    assert!(driver.item(id).notice.is_some());
    assert_eq!(driver.session.requests_under_way(), 0);
}

#[test]
fn a_broken_fetch_is_tried_once_more_before_it_comes_to_nothing() {
    let (mut driver, id) = approved();
    driver.feed(Event::Hand(id));
    for tries in [0, 1] {
        assert_eq!(not_handed(&driver, id), 0, "after {tries}");
        let (ticket, _) = fetch(&mut driver);
        ended(&mut driver, ticket, FetchEnd::NoAnswer);
    }
    assert_eq!(not_handed(&driver, id), 1);
}

#[test]
fn nothing_is_handed_over_of_what_is_not_approved_or_not_there() {
    let mut driver = Driver::new();
    let id = driver.send("f1");
    driver.feed(Event::Hand(id));
    driver.feed(Event::Hand(ItemId(999)));
    assert_eq!((not_handed(&driver, id), not_handed(&driver, ItemId(999))), (1, 1));
    assert!(driver.item(id).notice.is_some());
    assert_eq!(driver.sent(Some(Operation::Get)), 0);
}

#[test]
fn a_delete_ends_a_hand_over_under_way() {
    for event in [Event::Delete, Event::DeleteSoon] {
        let (mut driver, id) = approved();
        driver.feed(Event::Hand(id));
        let (ticket, _) = fetch(&mut driver);
        driver.feed(event(id));
        assert!(driver.said.contains(&Effect::Abort(ticket)));
        assert_eq!(not_handed(&driver, id), 1);
        ended(&mut driver, ticket, FetchEnd::Saved);
        assert_eq!(not_handed(&driver, id), 1);
    }
}

#[test]
fn a_row_that_goes_takes_its_hand_over_along() {
    let (mut driver, id) = approved();
    driver.feed(Event::Hand(id));
    driver.feed(Event::Refresh);
    let page = crate::driver::page(&[], None);
    driver.answer(Operation::Search, Ok(page));
    driver.answer(Operation::Batch, Ok(crate::driver::unknown_file("f1")));
    assert_eq!(driver.session.item(id), None);
    assert_eq!(not_handed(&driver, id), 1);
}

#[test]
fn a_switch_of_case_does_not_stop_it() {
    let (mut driver, id) = approved();
    driver.feed(Event::Hand(id));
    driver.feed(Event::Resource(Some(case("2"))));
    let (ticket, hand) = fetch(&mut driver);
    assert_eq!(hand, Some(id));
    ended(&mut driver, ticket, FetchEnd::Saved);
    assert_eq!(not_handed(&driver, id), 0);
}

#[test]
fn a_call_without_an_answer_comes_to_an_end() {
    let (mut driver, id) = approved();
    driver.feed(Event::Hand(id));
    for _ in 0..9 {
        if driver.under_way(Operation::Get) > 0 {
            driver.answer(Operation::Get, Err(CallError::NoAnswer));
        }
        driver.wait(21_000);
    }
    assert_eq!(not_handed(&driver, id), 1);
}
