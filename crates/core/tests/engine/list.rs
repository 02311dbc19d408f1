//! Limits, the list of the case, and switching between cases.

use connect_attached_files_core::call::{Answer, Call, CallError, Operation};
use connect_attached_files_core::event::{Event, HostEvent};
use connect_attached_files_core::item::ItemId;
use connect_attached_files_core::phase::PhaseName;
use connect_attached_files_core::session::Config;
use connect_attached_files_core::shelf::Listing;
use connect_attached_files_core::wire::{
    AllowedExtension, ConfigurationAnswer, ExtensionConfiguration,
};

use crate::driver::{Driver, case, contact, page, refused, started, statuses, unknown_file};

fn limits(max_bytes: u64, extension: &str) -> Answer {
    let allowed = AllowedExtension { extension: extension.to_owned() };
    Answer::Describe(ConfigurationAnswer {
        maximum_size_limit_in_bytes: Some(max_bytes),
        extension_configuration: Some(ExtensionConfiguration { allowed_extensions: vec![allowed] }),
    })
}

/// The row of a listed file.
fn row(driver: &Driver, file_id: &str) -> Option<ItemId> {
    let own =
        |item: &&connect_attached_files_core::item::Item| item.file_id.as_deref() == Some(file_id);
    driver.session.items().find(own).map(|item| item.id)
}

/// Refreshes and answers with this list.
fn list(driver: &mut Driver, files: &[(&str, &str)]) {
    driver.feed(Event::Refresh);
    let ids: Vec<&str> = files.iter().map(|(id, _)| *id).collect();
    driver.answer(Operation::Search, Ok(page(&ids, None)));
    if !ids.is_empty() {
        driver.answer(Operation::Batch, Ok(statuses(files)));
    }
}

#[test]
fn files_picked_before_the_limits_were_known_were_refused_by_defaults() {
    let mut driver = Driver::bare(Config::default());
    driver.feed(Event::Resource(Some(case("1"))));
    let ids = driver.pick(&[50 << 20, 120 << 20]);
    assert_eq!(driver.phase(ids[0]), PhaseName::Queued);
    driver.answer(Operation::Describe, Ok(limits(100 << 20, "txt")));
    assert_eq!(driver.phase(ids[0]), PhaseName::Starting, "within the instance's 100 MB");
    assert_eq!(driver.phase(ids[1]), PhaseName::Invalid);
    assert_eq!(driver.told(ids[1], HostEvent::FileInvalid), 1);
}

#[test]
fn the_limits_of_the_next_resource_refused_what_was_queued_for_the_last() {
    let mut driver = Driver::bare(Config::default());
    driver.feed(Event::Resource(Some(case("1"))));
    driver.answer(Operation::Describe, Ok(limits(100 << 20, "txt")));
    let ids = driver.pick(&[50 << 20; 4]);
    assert_eq!(driver.phase(ids[3]), PhaseName::Queued);
    driver.feed(Event::Resource(Some(contact())));
    driver.answer(Operation::Describe, Ok(limits(1 << 20, "pdf")));
    assert_eq!(driver.phase(ids[3]), PhaseName::Queued);
}

#[test]
fn where_too_many_were_queued_the_oldest_were_refused() {
    let mut driver = Driver::new();
    driver.feed(Event::Online(false));
    let ids = driver.pick(&[9; 4]);
    driver.feed(Event::MaxFiles(Some(2)));
    let phases: Vec<PhaseName> = ids.iter().map(|id| driver.phase(*id)).collect();
    use PhaseName::{Invalid, Queued};
    assert_eq!(phases, [Queued, Queued, Invalid, Invalid]);
}

#[test]
fn a_page_without_files_ended_the_search_and_dropped_rows() {
    let mut driver = Driver::new();
    list(&mut driver, &[("f1", "APPROVED")]);
    driver.feed(Event::Refresh);
    driver.answer(Operation::Search, Ok(page(&[], Some("2"))));
    let (ticket, call) = driver.take(Operation::Search);
    assert!(matches!(call, Call::Search(request) if request.next_token.as_deref() == Some("2")));
    driver.feed(Event::Answered { ticket, result: Ok(page(&["f1"], None)) });
    driver.answer(Operation::Batch, Ok(statuses(&[("f1", "APPROVED")])));
    assert!(row(&driver, "f1").is_some());
}

#[test]
fn tokens_without_end_are_not_followed_without_end() {
    let mut driver = Driver::new();
    driver.feed(Event::Refresh);
    for _ in 0..100 {
        if driver.under_way(Operation::Search) == 0 {
            assert_eq!(driver.session.shelf().listing, Listing::Done);
            return;
        }
        driver.answer(Operation::Search, Ok(page(&["f1"], Some("again"))));
        if driver.under_way(Operation::Batch) > 0 {
            driver.answer(Operation::Batch, Ok(statuses(&[("f1", "APPROVED")])));
        }
    }
    panic!("still searching");
}

#[test]
fn a_list_under_way_brought_back_a_file_that_was_deleted_meanwhile() {
    let mut driver = Driver::new();
    list(&mut driver, &[("f1", "APPROVED")]);
    driver.feed(Event::Refresh);
    driver.answer(Operation::Search, Ok(page(&["f1"], None)));
    driver.feed(Event::Delete(row(&driver, "f1").unwrap()));
    driver.answer(Operation::Delete, Ok(Answer::Done));
    driver.answer(Operation::Batch, Ok(statuses(&[("f1", "APPROVED")])));
    assert_eq!(row(&driver, "f1"), None);
}

#[test]
fn a_list_under_way_brought_back_a_canceled_upload() {
    let mut driver = Driver::new();
    let id = driver.pick(&[9])[0];
    driver.answer(Operation::Start, Ok(started("f1")));
    driver.feed(Event::Refresh);
    driver.answer(Operation::Search, Ok(page(&["f1"], None)));
    driver.feed(Event::Cancel(id));
    driver.answer(Operation::Delete, Ok(Answer::Done));
    driver.answer(Operation::Batch, Ok(statuses(&[("f1", "PENDING_UPLOAD")])));
    assert_eq!(row(&driver, "f1"), None);
}

#[test]
fn a_start_whose_answer_was_lost_got_a_second_row_from_the_list() {
    let mut driver = Driver::new();
    let id = driver.pick(&[9])[0];
    driver.answer(Operation::Start, Err(CallError::NoAnswer));
    list(&mut driver, &[("f1", "PENDING_UPLOAD")]);
    assert_ne!(row(&driver, "f1"), Some(id), "not known yet to be the same");
    driver.wait(1_000);
    driver.answer(Operation::Start, Ok(started("f1")));
    let rows: Vec<ItemId> = driver.session.items().map(|item| item.id).collect();
    assert_eq!(rows, [id]);
}

#[test]
fn a_switch_of_case_lost_a_delete_that_was_not_through_yet() {
    let mut driver = Driver::new();
    list(&mut driver, &[("f1", "APPROVED")]);
    driver.feed(Event::Online(false));
    driver.feed(Event::Delete(row(&driver, "f1").unwrap()));
    driver.feed(Event::Resource(Some(case("2"))));
    driver.feed(Event::Online(true));
    let (_, call) = driver.take(Operation::Delete);
    assert_eq!(call, Call::Delete { file_id: "f1".to_owned() });
}

#[test]
fn a_switch_of_case_stopped_a_download() {
    let mut driver = Driver::new();
    list(&mut driver, &[("f1", "APPROVED")]);
    let id = row(&driver, "f1").unwrap();
    driver.feed(Event::Download(id));
    driver.feed(Event::Resource(Some(case("2"))));
    assert_eq!(driver.under_way(Operation::Get), 1);
    assert!(driver.session.item(id).is_some());
}

#[test]
fn a_listed_row_in_error_could_not_become_approved() {
    let mut driver = Driver::new();
    list(&mut driver, &[("f1", "PROCESSING")]);
    let id = row(&driver, "f1").unwrap();
    for _ in 0..5 {
        driver.wait(10_000);
        driver.answer(Operation::Batch, Ok(unknown_file("f1")));
    }
    assert_eq!(driver.phase(id), PhaseName::Error);
    list(&mut driver, &[("f1", "APPROVED")]);
    assert_eq!(driver.phase(id), PhaseName::Approved);
}

#[test]
fn a_listed_file_told_as_deleted_or_expired_was_an_edge_nobody_listed() {
    for status in ["APPROVED", "REJECTED", "FAILED"] {
        let mut driver = Driver::new();
        list(&mut driver, &[("f1", status), ("f2", status)]);
        list(&mut driver, &[("f1", "DELETED"), ("f2", "UPLOAD_EXPIRED")]);
        assert_eq!(row(&driver, "f1"), None);
        assert_eq!(driver.phase(row(&driver, "f2").unwrap()), PhaseName::Error);
    }
}

#[test]
fn a_file_sent_from_here_and_deleted_elsewhere_stayed_approved() {
    let mut driver = Driver::new();
    let id = driver.send_approved("f1");
    driver.feed(Event::Refresh);
    driver.answer(Operation::Search, Ok(page(&[], None)));
    driver.answer(Operation::Batch, Ok(unknown_file("f1")));
    assert_eq!(driver.session.item(id), None);
    assert_eq!(driver.told(id, HostEvent::FileDeleted), 1);
}

#[test]
fn a_file_that_the_search_does_not_bring_yet_is_looked_up_before_it_is_dropped() {
    let mut driver = Driver::new();
    let id = driver.send_approved("f1");
    driver.feed(Event::Refresh);
    driver.answer(Operation::Search, Ok(page(&[], None)));
    driver.answer(Operation::Batch, Ok(statuses(&[("f1", "APPROVED")])));
    assert_eq!(driver.phase(id), PhaseName::Approved);
}

#[test]
fn a_row_in_error_stayed_so_though_the_list_knows_it_is_approved() {
    let mut driver = Driver::new();
    let id = driver.pick(&[9])[0];
    driver.answer(Operation::Start, Ok(started("f1")));
    driver.put_answered(200, "");
    // It took effect, but all we ever hear is that it did not.
    driver.answer(Operation::Complete, Err(refused(403, "AccessDeniedException")));
    assert_eq!(driver.phase(id), PhaseName::Error);
    list(&mut driver, &[("f1", "PROCESSING")]);
    assert_eq!(driver.phase(id), PhaseName::Error, "it may as well never have been completed");
    list(&mut driver, &[("f1", "APPROVED")]);
    assert_eq!(driver.phase(id), PhaseName::Approved);
}

#[test]
fn rows_the_case_no_longer_holds_go() {
    let mut driver = Driver::new();
    list(&mut driver, &[("f1", "APPROVED"), ("f2", "APPROVED")]);
    list(&mut driver, &[("f2", "APPROVED")]);
    assert_eq!((row(&driver, "f1"), row(&driver, "f2").is_some()), (None, true));
}

#[test]
fn an_answer_for_the_case_before_is_not_shown_on_the_next() {
    let mut driver = Driver::new();
    driver.feed(Event::Refresh);
    let (ticket, _) = driver.take(Operation::Search);
    driver.feed(Event::Resource(Some(case("2"))));
    driver.feed(Event::Answered { ticket, result: Ok(page(&["f1"], None)) });
    assert!(matches!(driver.session.shelf().listing, Listing::Searching { .. }));
    assert_eq!(driver.session.items().count(), 0);
}

#[test]
fn a_contact_is_not_searched() {
    let mut driver = Driver::bare(Config::default());
    driver.feed(Event::Resource(Some(contact())));
    assert_eq!(driver.under_way(Operation::Search), 0);
    assert_eq!(driver.session.shelf().listing, Listing::None);
}

#[test]
fn limits_that_cannot_be_read_fall_back_to_the_defaults() {
    let mut driver = Driver::bare(Config::default());
    driver.feed(Event::Resource(Some(case("1"))));
    let id = driver.pick(&[9])[0];
    assert_eq!(driver.phase(id), PhaseName::Queued, "nothing is started before");
    driver.answer(Operation::Describe, Err(refused(403, "AccessDeniedException")));
    assert_eq!(driver.phase(id), PhaseName::Starting);
    assert!(driver.session.shelf().limits_failure.is_some());
}
