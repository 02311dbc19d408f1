//! What is made of a file before anything is sent: its name, the rules, what is the same, what is odd.

use connect_attached_files_core::call::{Answer, Call, CallError, Operation};
use connect_attached_files_core::duplicates::Duplicates;
use connect_attached_files_core::event::{Event, HostEvent};
use connect_attached_files_core::item::ItemId;
use connect_attached_files_core::phase::{Phase, PhaseName};
use connect_attached_files_core::pick::FileFacts;
use connect_attached_files_core::validate::Refusal;
use connect_attached_files_core::warning::Warning;

use crate::driver::{Driver, case, page, refused, started, statuses};

/// Picks files of these names and sizes; their rows.
fn pick(driver: &mut Driver, files: &[(&str, u64)]) -> Vec<ItemId> {
    let before: Vec<ItemId> = driver.session.items().map(|item| item.id).collect();
    let facts = files
        .iter()
        .map(|(name, size)| FileFacts { name: (*name).to_owned(), ..driver.facts(*size) })
        .collect();
    driver.picked(facts);
    let ids = driver.session.items().map(|item| item.id);
    ids.filter(|id| !before.contains(id)).collect()
}

/// Nothing is started before the network is back.
fn offline() -> Driver {
    let mut driver = Driver::new();
    driver.feed(Event::Online(false));
    driver
}

fn refusals(driver: &Driver, id: ItemId) -> Vec<Refusal> {
    match &driver.item(id).phase {
        Phase::Invalid(refusals) => refusals.clone(),
        other => panic!("{:?} is not refused", other.name()),
    }
}

fn rename(driver: &mut Driver, id: ItemId, name: &str) {
    driver.feed(Event::Rename(id, name.to_owned(), String::new()));
}

fn names<'a>(driver: &'a Driver, ids: &[ItemId]) -> Vec<&'a str> {
    ids.iter().map(|id| driver.item(*id).name.as_str()).collect()
}

#[test]
fn a_name_is_cleaned_and_the_one_it_was_picked_with_kept() {
    let mut driver = Driver::new();
    let name_offenders = "\u{202e}".to_owned();
    let name = "a\u{202e}/b\u{202e}.txt. ".to_owned();
    let facts = FileFacts { name: name.clone(), name_offenders, ..driver.facts(9) };
    driver.picked(vec![facts]);
    let item = driver.session.items().next().unwrap();
    assert_eq!((item.name.as_str(), item.original_name.as_ref()), ("b.txt", Some(&name)));
    let (_, Call::Start(request)) = driver.take(Operation::Start) else { unreachable!() };
    assert_eq!(request.file_name, "b.txt");
    let clean = driver.pick(&[9])[0];
    assert_eq!(driver.item(clean).original_name, None);
}

#[test]
fn another_name_makes_a_refused_file_valid_and_sends_it() {
    let mut driver = Driver::new();
    let id = pick(&mut driver, &[("page.html", 9)])[0];
    assert_eq!(driver.phase(id), PhaseName::Invalid);
    rename(&mut driver, id, "page.htm");
    assert_eq!(refusals(&driver, id), [Refusal::Extension { extension: "htm".to_owned() }]);
    driver.feed(Event::Rename(id, "x/page\u{7}.txt".to_owned(), "\u{7}".to_owned()));
    assert_eq!(names(&driver, &[id]), ["page.txt"]);
    assert_eq!(driver.phase(id), PhaseName::Starting);
    assert_eq!(driver.item(id).original_name.as_deref(), Some("page.html"));
}

#[test]
fn a_queued_file_is_judged_by_its_new_name_and_the_first_name_is_no_change() {
    let mut driver = offline();
    let id = pick(&mut driver, &[("a.txt", 9)])[0];
    rename(&mut driver, id, "a.exe");
    assert_eq!(driver.phase(id), PhaseName::Invalid);
    rename(&mut driver, id, "a.txt");
    assert_eq!(driver.phase(id), PhaseName::Queued);
    assert_eq!(driver.item(id).original_name, None);
}

#[test]
fn what_is_on_its_way_keeps_its_name() {
    let mut driver = Driver::new();
    let id = pick(&mut driver, &[("a.txt", 9)])[0];
    rename(&mut driver, id, "b.txt");
    driver.answer(Operation::Start, Ok(started("f1")));
    rename(&mut driver, id, "b.txt");
    driver.put_answered(200, "");
    rename(&mut driver, id, "b.txt");
    assert_eq!(names(&driver, &[id]), ["a.txt"]);
}

#[test]
fn a_file_whose_name_connect_refused_is_sent_under_another() {
    let mut driver = Driver::new();
    let id = pick(&mut driver, &[("a.txt", 9)])[0];
    driver.answer(Operation::Start, Err(refused(409, "ResourceConflictException")));
    assert_eq!(driver.phase(id), PhaseName::Error);
    rename(&mut driver, id, "b.txt");
    let (_, Call::Start(request)) = driver.take(Operation::Start) else { unreachable!() };
    assert_eq!(request.file_name, "b.txt");
}

#[test]
fn a_start_without_an_answer_is_not_repeated_under_another_name_but_its_record_deleted() {
    let mut driver = Driver::new();
    let id = pick(&mut driver, &[("a.txt", 9)])[0];
    let (ticket, Call::Start(first)) = driver.take(Operation::Start) else { unreachable!() };
    let unreadable = Err(CallError::Unreadable { status: 200 });
    driver.feed(Event::Answered { ticket, result: unreadable });
    assert_eq!(driver.phase(id), PhaseName::Error);
    rename(&mut driver, id, "b.txt");
    let mut sent = Vec::new();
    for file_id in ["f1", "f2"] {
        let (ticket, Call::Start(request)) = driver.take(Operation::Start) else { unreachable!() };
        let is_old = request.file_name == "a.txt";
        assert_eq!(request.client_token == first.client_token, is_old);
        sent.push((is_old, file_id));
        driver.feed(Event::Answered { ticket, result: Ok(started(file_id)) });
    }
    let old = sent.iter().find(|(is_old, _)| *is_old).expect("the old one is asked for").1;
    let (_, call) = driver.take(Operation::Delete);
    assert_eq!(call, Call::Delete { file_id: old.to_owned() });
    assert_ne!(driver.item(id).file_id.as_deref(), Some(old));
}

#[test]
fn a_canceled_file_takes_a_name_and_stays_canceled_until_it_is_retried() {
    let mut driver = offline();
    let id = pick(&mut driver, &[("a.txt", 9)])[0];
    driver.feed(Event::Cancel(id));
    rename(&mut driver, id, "a.exe");
    assert_eq!(driver.phase(id), PhaseName::Canceled);
    driver.feed(Event::Retry(id));
    assert_eq!(driver.phase(id), PhaseName::Invalid);
}

#[test]
fn a_file_of_a_taken_name_is_sent_with_a_warning() {
    let mut driver = Driver::new();
    let ids = pick(&mut driver, &[("a.txt", 9), ("A.TXT", 9), ("b.txt", 9)]);
    let warnings: Vec<&[Warning]> =
        ids.iter().map(|id| driver.item(*id).warnings.as_slice()).collect();
    assert_eq!(warnings, [&[][..], &[Warning::Duplicate][..], &[][..]]);
    assert_eq!(driver.phase(ids[1]), PhaseName::Starting);
}

#[test]
fn the_same_file_twice_is_skipped_and_another_of_its_name_is_not() {
    let mut driver = offline();
    driver.feed(Event::Duplicates(Duplicates::Skip));
    let ids = pick(&mut driver, &[("a.txt", 9), ("a.txt", 9), ("a.txt", 10)]);
    assert_eq!(driver.phase(ids[0]), PhaseName::Queued);
    assert_eq!(refusals(&driver, ids[1]), [Refusal::Duplicate]);
    assert_eq!(driver.told(ids[1], HostEvent::FileInvalid), 1);
    assert_eq!(driver.phase(ids[2]), PhaseName::Queued);
    assert_eq!(driver.item(ids[2]).warnings, [Warning::Duplicate]);
}

#[test]
fn a_taken_name_gets_a_number_that_is_free() {
    let mut driver = offline();
    driver.feed(Event::Duplicates(Duplicates::Rename));
    let files = [("a.txt", 9), ("a.txt", 9), ("A.txt", 9), ("a (4).txt", 9), ("a.txt", 9)];
    let ids = pick(&mut driver, &files);
    let expected = ["a.txt", "a (2).txt", "A (3).txt", "a (4).txt", "a (5).txt"];
    assert_eq!(names(&driver, &ids), expected);
    assert_eq!(driver.item(ids[1]).original_name.as_deref(), Some("a.txt"));
    assert_eq!(driver.item(ids[1]).warnings, []);
}

#[test]
fn another_mode_holds_for_what_still_waits() {
    let mut driver = offline();
    let ids = pick(&mut driver, &[("a.txt", 9), ("a.txt", 9), ("a.txt", 8)]);
    driver.feed(Event::Duplicates(Duplicates::Skip));
    assert_eq!(driver.phase(ids[0]), PhaseName::Queued, "the first to come has the name");
    assert_eq!(driver.phase(ids[1]), PhaseName::Invalid);
    driver.feed(Event::Duplicates(Duplicates::Rename));
    assert_eq!(names(&driver, &ids), ["a.txt", "a (3).txt", "a (2).txt"]);
    assert_eq!(driver.phase(ids[1]), PhaseName::Queued);
}

#[test]
fn only_what_is_or_will_be_on_the_same_case_takes_a_name() {
    let mut driver = offline();
    let gone = pick(&mut driver, &[("a.txt", 9), ("a.txt", 0)]);
    driver.feed(Event::Cancel(gone[0]));
    let id = pick(&mut driver, &[("a.txt", 9)])[0];
    assert_eq!(driver.item(id).warnings, []);
    driver.feed(Event::Resource(Some(case("2"))));
    let other = pick(&mut driver, &[("a.txt", 9)])[0];
    assert_eq!(driver.item(other).warnings, []);
}

#[test]
fn a_name_the_case_turns_out_to_hold_is_seen_on_what_still_waits() {
    let mut driver = Driver::new();
    driver.feed(Event::Concurrency(1));
    driver.feed(Event::Refresh);
    let ids = pick(&mut driver, &[("other.txt", 9), ("f1.txt", 9)]);
    driver.answer(Operation::Search, Ok(page(&["f1"], None)));
    driver.answer(Operation::Batch, Ok(statuses(&[("f1", "APPROVED")])));
    assert_eq!(driver.item(ids[1]).warnings, [Warning::Duplicate]);
    assert_eq!(driver.item(ids[0]).warnings, []);
}

#[test]
fn a_retry_whose_own_record_the_list_shows_was_refused_as_its_duplicate() {
    let mut driver = Driver::new();
    driver.feed(Event::Duplicates(Duplicates::Skip));
    let id = pick(&mut driver, &[("f1.txt", 9)])[0];
    driver.answer(Operation::Start, Err(CallError::Unreadable { status: 200 }));
    driver.feed(Event::Refresh);
    driver.answer(Operation::Search, Ok(page(&["f1"], None)));
    driver.answer(Operation::Batch, Ok(statuses(&[("f1", "PENDING_UPLOAD")])));
    driver.feed(Event::Retry(id));
    assert_eq!(driver.phase(id), PhaseName::Starting);
}

#[test]
fn a_retry_of_what_was_sent_meanwhile_is_refused() {
    let mut driver = Driver::new();
    driver.feed(Event::Duplicates(Duplicates::Skip));
    driver.feed(Event::Online(false));
    let first = pick(&mut driver, &[("a.txt", 9)])[0];
    driver.feed(Event::Cancel(first));
    pick(&mut driver, &[("a.txt", 9)]);
    driver.feed(Event::Retry(first));
    assert_eq!(refusals(&driver, first), [Refusal::Duplicate]);
}

#[test]
fn files_are_refused_that_would_be_too_much_together() {
    let mut driver = offline();
    driver.feed(Event::MaxTotalBytes(Some(100)));
    assert_eq!(driver.session.limits().max_total_bytes, Some(100));
    let ids = pick(&mut driver, &[("a.txt", 60), ("b.txt", 50), ("c.txt", 40)]);
    assert_eq!(refusals(&driver, ids[1]), [Refusal::TotalSize { max_bytes: 100 }]);
    assert_eq!(driver.phase(ids[2]), PhaseName::Queued);
    driver.feed(Event::MaxTotalBytes(Some(160)));
    assert_eq!(driver.phase(ids[1]), PhaseName::Queued);
    driver.feed(Event::MaxTotalBytes(None));
    driver.feed(Event::MaxTotalBytes(Some(59)));
    assert_eq!(driver.phase(ids[0]), PhaseName::Invalid);
}

#[test]
fn a_retry_finds_its_place_taken() {
    let mut driver = offline();
    driver.feed(Event::MaxFiles(Some(1)));
    let first = pick(&mut driver, &[("a.txt", 9)])[0];
    driver.feed(Event::Cancel(first));
    pick(&mut driver, &[("b.txt", 9)]);
    driver.feed(Event::Retry(first));
    assert_eq!(refusals(&driver, first), [Refusal::TooMany { max_files: 1 }]);
}

#[test]
fn what_the_host_refuses_stays_refused_whatever_its_name() {
    let mut driver = Driver::new();
    let message = "Only scans, please.".to_owned();
    let facts = FileFacts { refused: Some(message.clone()), ..driver.facts(9) };
    driver.picked(vec![facts]);
    let id = driver.session.items().next().unwrap().id;
    assert_eq!(refusals(&driver, id), [Refusal::Host { message: message.clone() }]);
    rename(&mut driver, id, "scan.txt");
    assert_eq!(refusals(&driver, id), [Refusal::Host { message }]);
}

#[test]
fn a_double_extension_is_warned_of_until_the_name_is_another() {
    let mut driver = offline();
    let id = pick(&mut driver, &[("invoice.exe.pdf", 9)])[0];
    assert_eq!(driver.item(id).warnings, [Warning::DoubleExtension]);
    assert_eq!(driver.phase(id), PhaseName::Queued);
    rename(&mut driver, id, "invoice.pdf");
    assert_eq!(driver.item(id).warnings, []);
}

#[test]
fn content_that_contradicts_the_name_is_warned_of_until_the_name_says_so() {
    let mut driver = offline();
    let id = pick(&mut driver, &[("a.png", 9)])[0];
    let source = driver.item(id).source.unwrap();
    driver.feed(Event::Sniffed(source, "png".to_owned()));
    assert_eq!(driver.item(id).warnings, []);
    for found in ["pdf", "jpg"] {
        driver.feed(Event::Sniffed(source, found.to_owned()));
        assert_eq!(driver.item(id).warnings, [Warning::Content { found: found.to_owned() }]);
    }
    rename(&mut driver, id, "b.png");
    assert_eq!(driver.item(id).warnings.len(), 1);
    rename(&mut driver, id, "b.jpeg");
    assert_eq!(driver.item(id).warnings, []);
}

#[test]
fn tags_go_with_the_start_and_the_checksum_wins_over_one_of_its_name() {
    let mut driver = Driver::new();
    let tag = |n: usize| (format!("k{n:02}"), "v".to_owned());
    let mut tags: Vec<(String, String)> = (0..60).map(tag).collect();
    tags.insert(0, ("sum".to_owned(), "mine".to_owned()));
    driver.feed(Event::ChecksumTag(Some("sum".to_owned())));
    let facts = FileFacts { tags, ..driver.facts(9) };
    driver.picked(vec![facts]);
    let ticket = driver.said.iter().find_map(|effect| match effect {
        connect_attached_files_core::event::Effect::Checksum { ticket, .. } => Some(*ticket),
        _ => None,
    });
    let end = connect_attached_files_core::checksum::ChecksumEnd::Done("abc".to_owned());
    driver.feed(Event::ChecksumMade { ticket: ticket.expect("read"), end });
    let (_, Call::Start(request)) = driver.take(Operation::Start) else { unreachable!() };
    let tags = request.tags.expect("tags");
    assert_eq!(tags.len(), 50);
    assert_eq!(tags.get(&"sum".to_owned()).map(String::as_str), Some("abc"));
    assert!(tags.get(&"k48".to_owned()).is_some() && tags.get(&"k49".to_owned()).is_none());
}

#[test]
fn a_repeated_start_carries_the_same_tags() {
    let mut driver = Driver::new();
    let facts = FileFacts { tags: vec![("a".to_owned(), "b".to_owned())], ..driver.facts(9) };
    driver.picked(vec![facts]);
    let (ticket, first) = driver.take(Operation::Start);
    driver.feed(Event::Answered { ticket, result: Err(CallError::NoAnswer) });
    driver.wait(1_000);
    let (ticket, again) = driver.take(Operation::Start);
    assert_eq!(first, again);
    driver.feed(Event::Answered { ticket, result: Ok(started("f1")) });
    driver.put_answered(200, "");
    driver.answer(Operation::Complete, Ok(Answer::Done));
}
