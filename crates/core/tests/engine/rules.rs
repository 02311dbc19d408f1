//! Rules over whole tables: the edges between phases, and what late answers may do.

use connect_attached_files_core::call::{Answer, Operation};
use connect_attached_files_core::download::FetchEnd;
use connect_attached_files_core::event::{Effect, Event};
use connect_attached_files_core::item::Download;
use connect_attached_files_core::phase::PhaseName::{
    self, Approved, Canceled, Completing, Deleted, Deleting, Error, Failed, Hashing, Invalid,
    Queued, Rejected, Scanning, Starting, Uploading,
};
use connect_attached_files_core::phase::Ticket;
use connect_attached_files_core::put::PutEnd;
use connect_attached_files_core::redact::SecretUrl;
use connect_attached_files_core::wire::{DownloadUrl, FileMetadata};

use crate::driver::{Driver, started, statuses};

/// The edges as a picture: a row for each phase, a mark for each phase it may become.
const EDGES: &[(PhaseName, &[PhaseName])] = &[
    (Invalid, &[Queued, Deleted]),
    (Queued, &[Invalid, Hashing, Starting, Error, Canceled]),
    (Hashing, &[Starting, Error, Canceled]),
    (Starting, &[Uploading, Error, Canceled]),
    (Uploading, &[Starting, Completing, Error, Canceled]),
    (Completing, &[Starting, Scanning, Error, Canceled, Deleting]),
    (Scanning, &[Approved, Rejected, Failed, Error, Deleting, Deleted]),
    (Approved, &[Scanning, Approved, Rejected, Failed, Error, Deleting, Deleted]),
    (Rejected, &[Scanning, Approved, Rejected, Failed, Error, Deleting, Deleted]),
    (Failed, &[Queued, Scanning, Approved, Rejected, Error, Deleting, Deleted]),
    (Error, &[Queued, Completing, Scanning, Approved, Rejected, Failed, Deleted]),
    (Canceled, &[Queued, Deleted]),
    (Deleting, &[Scanning, Approved, Rejected, Failed, Canceled, Deleted]),
    (Deleted, &[]),
];

#[test]
fn only_these_edges_exist() {
    for (from, allowed) in EDGES {
        for (to, _) in EDGES {
            assert_eq!(from.may_become(*to), allowed.contains(to), "{from:?} to {to:?}");
        }
    }
}

#[test]
fn approval_has_no_way_in_but_from_what_the_server_says() {
    let doors: Vec<PhaseName> =
        EDGES.iter().filter(|(from, _)| from.may_become(Approved)).map(|(from, _)| *from).collect();
    assert_eq!(doors, [Scanning, Approved, Rejected, Failed, Error, Deleting]);
}

#[test]
fn events_with_numbers_nobody_gave_change_nothing() {
    let mut driver = Driver::new();
    driver.pick(&[9, 9]);
    driver.answer(Operation::Start, Ok(started("f1")));
    let before: Vec<_> = driver.session.items().cloned().collect();
    let ticket = Ticket(999);
    for event in [
        Event::Answered { ticket, result: Ok(Answer::Done) },
        Event::PutProgress { ticket, loaded: 5 },
        Event::PutEnded { ticket, end: PutEnd::Unsendable },
        Event::Fetched { ticket, end: FetchEnd::Saved },
    ] {
        assert_eq!(driver.feed(event), []);
        assert!(driver.session.items().eq(before.iter()));
    }
}

#[test]
fn progress_ends_at_99_per_cent_and_begins_anew_with_the_next_attempt() {
    let mut driver = Driver::new();
    let id = driver.pick(&[1_000])[0];
    driver.answer(Operation::Start, Ok(started("f1")));
    let percent = |driver: &Driver| match &driver.item(id).phase {
        connect_attached_files_core::phase::Phase::Uploading(uploading) => {
            uploading.progress.percent()
        }
        other => panic!("{:?}", other.name()),
    };
    let ticket = driver.puts[0];
    for (loaded, shown) in [(500, 50), (400, 50), (1_000, 99), (5_000, 99)] {
        driver.feed(Event::PutProgress { ticket, loaded });
        assert_eq!(percent(&driver), shown);
    }
    driver.put_lost();
    driver.wait(1_000);
    assert_eq!(percent(&driver), 0);
}

#[test]
fn progress_is_told_four_times_a_second_at_most() {
    let mut driver = Driver::new();
    let id = driver.pick(&[1_000_000])[0];
    driver.answer(Operation::Start, Ok(started("f1")));
    let ticket = driver.puts[0];
    for n in 1..=100 {
        driver.skip(10);
        driver.feed(Event::PutProgress { ticket, loaded: n * 100 });
    }
    let told = driver.told(id, connect_attached_files_core::event::HostEvent::UploadProgress);
    assert!((3..=5).contains(&told), "{told}");
}

#[test]
fn a_download_asks_for_a_fresh_url_at_every_click_and_once_more_when_it_ran_out() {
    let mut driver = Driver::new();
    let id = driver.send_approved("f1");
    let answer = || {
        let url = Some(SecretUrl::new("https://bucket.test/f1?sig=2"));
        let download_url_metadata = Some(DownloadUrl { url, url_expiry: None });
        let file_size_in_bytes = Some(9);
        Ok(Answer::Get(FileMetadata {
            download_url_metadata,
            file_size_in_bytes,
            ..FileMetadata::default()
        }))
    };
    let fetch = |effects: &[Effect]| {
        effects.iter().find_map(|effect| match effect {
            Effect::Fetch { ticket, .. } => Some(*ticket),
            _ => None,
        })
    };
    let expired = || FetchEnd::Refused {
        status: 403,
        body: "<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>"
            .to_owned(),
    };
    driver.feed(Event::Download(id));
    driver.feed(Event::Download(id));
    assert_eq!(driver.under_way(Operation::Get), 1, "one at a time");
    let ticket = fetch(&driver.answer(Operation::Get, answer())).unwrap();
    driver.feed(Event::Fetched { ticket, end: expired() });
    let ticket = fetch(&driver.answer(Operation::Get, answer())).unwrap();
    driver.feed(Event::Fetched { ticket, end: expired() });
    assert_eq!(driver.item(id).download, Download::Idle);
    assert!(driver.item(id).notice.is_some());
    driver.feed(Event::Download(id));
    let ticket = fetch(&driver.answer(Operation::Get, answer())).unwrap();
    driver.feed(Event::Fetched { ticket, end: FetchEnd::WrongLength { got: 4 } });
    assert!(driver.item(id).notice.is_some(), "a short body is not saved silently");
}

#[test]
fn a_download_of_a_file_that_lost_its_approval_follows_its_status() {
    let mut driver = Driver::new();
    let id = driver.send_approved("f1");
    driver.feed(Event::Download(id));
    let file = crate::driver::metadata("f1", "PROCESSING");
    driver.answer(Operation::Get, Ok(Answer::Get(file)));
    assert_eq!(driver.phase(id), PhaseName::Scanning);
    driver.wait(1_500);
    driver.answer(Operation::Batch, Ok(statuses(&[("f1", "REJECTED")])));
    assert_eq!(driver.phase(id), PhaseName::Rejected);
}

#[test]
fn a_delete_of_what_is_gone_already_is_a_success() {
    let mut driver = Driver::new();
    let id = driver.send_approved("f1");
    driver.feed(Event::Delete(id));
    driver.answer(Operation::Delete, Err(crate::driver::refused(404, "ResourceNotFoundException")));
    assert_eq!(driver.session.item(id), None);
}

#[test]
fn a_2xx_with_a_body_nobody_asked_for_counted_as_a_failure() {
    use connect_attached_files_core::call::CallError;
    let unreadable = || Err(CallError::Unreadable { status: 200 });
    let mut driver = Driver::new();
    let id = driver.pick(&[9])[0];
    driver.answer(Operation::Start, Ok(started("f1")));
    driver.put_answered(200, "");
    driver.answer(Operation::Complete, unreadable());
    assert_eq!(driver.phase(id), PhaseName::Scanning);
    driver.feed(Event::Delete(id));
    driver.answer(Operation::Delete, unreadable());
    assert_eq!(driver.session.item(id), None);
}

#[test]
fn a_delete_that_is_refused_leads_back_to_the_verdict_and_says_why() {
    let mut driver = Driver::new();
    let id = driver.send_approved("f1");
    driver.feed(Event::Delete(id));
    driver.answer(Operation::Delete, Err(crate::driver::refused(403, "AccessDeniedException")));
    assert_eq!(driver.phase(id), PhaseName::Approved);
    assert!(driver.item(id).notice.is_some());
}
