//! The checksum of a file: made before the start, kept as a tag, compared on download.

use connect_attached_files_core::call::{Answer, Call, Operation};
use connect_attached_files_core::checksum::ChecksumEnd;
use connect_attached_files_core::download::FetchEnd;
use connect_attached_files_core::error::Code;
use connect_attached_files_core::event::{Effect, Event};
use connect_attached_files_core::phase::{PhaseName, Ticket};
use connect_attached_files_core::redact::SecretUrl;
use connect_attached_files_core::wire::DownloadUrl;

use crate::driver::{Driver, metadata};

fn with_checksums() -> Driver {
    let mut driver = Driver::new();
    driver.feed(Event::ChecksumTag(Some("sha256".to_owned())));
    driver
}

fn reading(driver: &Driver) -> Vec<Ticket> {
    let ticket = |effect: &Effect| match effect {
        Effect::Checksum { ticket, .. } => Some(*ticket),
        _ => None,
    };
    driver.said.iter().filter_map(ticket).collect()
}

fn tags_of_start(driver: &mut Driver) -> Option<String> {
    let (_, Call::Start(request)) = driver.take(Operation::Start) else { unreachable!() };
    request.tags.and_then(|mut tags| tags.remove(&"sha256".to_owned()))
}

#[test]
fn a_file_is_read_before_its_start_and_the_checksum_goes_along() {
    let mut driver = with_checksums();
    let id = driver.pick(&[9])[0];
    assert_eq!(driver.phase(id), PhaseName::Hashing);
    assert_eq!(driver.sent(Some(Operation::Start)), 0);
    let ticket = reading(&driver)[0];
    driver.feed(Event::ChecksumMade { ticket, end: ChecksumEnd::Done("abc".to_owned()) });
    assert_eq!(tags_of_start(&mut driver).as_deref(), Some("abc"));
}

#[test]
fn without_the_setting_nothing_is_read_and_no_tag_is_sent() {
    let mut driver = Driver::new();
    driver.pick(&[9]);
    assert!(reading(&driver).is_empty());
    let (_, Call::Start(request)) = driver.take(Operation::Start) else { unreachable!() };
    assert_eq!(request.tags, None);
}

#[test]
fn no_more_files_are_read_at_a_time_than_sent() {
    let mut driver = with_checksums();
    driver.pick(&[9, 9, 9, 9, 9]);
    assert_eq!(reading(&driver).len(), 3);
}

#[test]
fn a_page_that_cannot_make_checksums_sends_the_file_without() {
    let mut driver = with_checksums();
    driver.pick(&[9]);
    let ticket = reading(&driver)[0];
    driver.feed(Event::ChecksumMade { ticket, end: ChecksumEnd::Unsupported });
    assert_eq!(tags_of_start(&mut driver), None);
}

#[test]
fn a_file_that_cannot_be_read_is_an_error_before_any_call() {
    let mut driver = with_checksums();
    let id = driver.pick(&[9])[0];
    let ticket = reading(&driver)[0];
    driver.feed(Event::ChecksumMade { ticket, end: ChecksumEnd::Unreadable });
    assert_eq!(driver.phase(id), PhaseName::Error);
    assert_eq!(driver.sent(Some(Operation::Start)), 0);
}

#[test]
fn a_cancel_while_a_file_is_read_ends_the_reading() {
    let mut driver = with_checksums();
    let id = driver.pick(&[9])[0];
    let ticket = reading(&driver)[0];
    let effects = driver.feed(Event::Cancel(id));
    assert!(effects.contains(&Effect::Abort(ticket)));
    driver.feed(Event::ChecksumMade { ticket, end: ChecksumEnd::Done("abc".to_owned()) });
    assert_eq!(driver.phase(id), PhaseName::Canceled);
    assert_eq!(driver.sent(Some(Operation::Start)), 0);
}

#[test]
fn a_download_is_compared_with_the_tag_and_a_difference_is_told() {
    let mut driver = Driver::new();
    let id = driver.send_approved("f1");
    driver.feed(Event::ChecksumTag(Some("sha256".to_owned())));
    driver.feed(Event::Download(id));
    let mut file = metadata("f1", "APPROVED");
    let url = Some(SecretUrl::new("https://bucket.test/f1".to_owned()));
    file.download_url_metadata = Some(DownloadUrl { url, url_expiry: None });
    file.tags = Some([("sha256".to_owned(), "abc".to_owned())].into_iter().collect());
    let effects = driver.answer(Operation::Get, Ok(Answer::Get(file)));
    let fetch = effects.iter().find_map(|effect| match effect {
        Effect::Fetch { ticket, checksum, .. } => Some((*ticket, checksum.clone())),
        _ => None,
    });
    let (ticket, checksum) = fetch.expect("a fetch");
    assert_eq!(checksum.as_deref(), Some("abc"));
    driver.feed(Event::Fetched { ticket, end: FetchEnd::Changed });
    let notice = driver.item(id).notice.as_ref().map(|failure| failure.code);
    assert_eq!(notice, Some(Code::DownloadChanged));
}

#[test]
fn a_file_being_read_woke_the_engine_at_the_end_of_time() {
    let mut driver = with_checksums();
    driver.pick(&[9]);
    assert_eq!(driver.session.next_wake(driver.now), None);
}
