//! Nothing that is printed may be a key to a file.

use std::fmt::Debug;

use connect_attached_files_core::call::{Answer, Operation};
use connect_attached_files_core::download::FetchEnd;
use connect_attached_files_core::event::Event;
use connect_attached_files_core::phase::Ticket;
use connect_attached_files_core::put::PutEnd;
use connect_attached_files_core::redact::SecretUrl;
use connect_attached_files_core::wire::{DownloadUrl, FileMetadata, StartAnswer, UploadUrl};
use proptest::prelude::*;

use crate::driver::Driver;

/// Stands in every part of a request that must not be seen.
const SECRET: &str = "5ecre7";

fn url() -> impl Strategy<Value = String> {
    let base = prop_oneof![
        Just("https://bucket.s3.us-east-1.amazonaws.com/".to_owned()),
        Just("http://127.0.0.1:9000/bucket/".to_owned()),
        Just(String::new()),
        Just("/".to_owned()),
        "[a-z]{0,8}(://)?[a-z.:@?#]{0,12}[/?#]",
    ];
    // The host may be seen, so the secret must not stand in its place.
    let is_after_host = |start: &String| {
        let host = start.split_once("://").map(|(_, rest)| rest);
        host.is_none_or(|rest| rest.contains(['/', '?', '#']))
    };
    let start = (base, "[a-z/]{0,9}").prop_map(|(base, path)| format!("{base}{path}"));
    (start.prop_filter("a host", is_after_host), "[ -~]{0,20}").prop_map(|(start, tail)| {
        format!("{start}{SECRET}?X-Amz-Signature={SECRET}&u=https://x/{SECRET}{tail}")
    })
}

fn refusal() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(format!(
            "<Error><Code>SignatureDoesNotMatch</Code><StringToSign>{SECRET}</StringToSign>\
             <SignatureProvided>{SECRET}</SignatureProvided></Error>"
        )),
        Just(format!("<Error><Code>{SECRET}</Code></Error>")),
        Just(format!("<html>{SECRET}</html>")),
    ]
}

fn shows_nothing(what: &impl Debug) -> Result<(), TestCaseError> {
    for text in [format!("{what:?}"), format!("{what:#?}")] {
        prop_assert!(!text.contains(SECRET), "{}", text);
    }
    Ok(())
}

proptest! {
    #[test]
    fn no_event_effect_or_row_prints_a_secret(upload in url(), download in url(), body in refusal()) {
        let mut driver = Driver::new();
        let id = driver.pick(&[9])[0];
        let headers = [("x-amz-meta-a", SECRET), ("Content-Type", SECRET)];
        let answer = Ok(Answer::Start(StartAnswer {
            file_id: Some("f1".to_owned()),
            upload_url_metadata: Some(UploadUrl {
                url: Some(SecretUrl::new(upload)),
                headers_to_include: headers
                    .map(|(name, value)| (name.to_owned(), value.to_owned()))
                    .into_iter()
                    .collect(),
                ..UploadUrl::default()
            }),
            ..StartAnswer::default()
        }));
        let (ticket, _) = driver.take(Operation::Start);
        let event = Event::Answered { ticket, result: answer };
        shows_nothing(&event)?;
        let effects = driver.feed(event);
        shows_nothing(&effects)?;
        shows_nothing(driver.item(id))?;
        shows_nothing(&driver.session)?;

        let end = PutEnd::Answered { status: 403, body: body.clone() };
        shows_nothing(&Event::PutEnded { ticket: Ticket(1), end })?;
        let end = FetchEnd::Refused { status: 403, body };
        shows_nothing(&Event::Fetched { ticket: Ticket(1), end })?;

        driver.put_answered(200, "");
        driver.answer(Operation::Complete, Ok(Answer::Done));
        driver.wait(1_200);
        driver.answer(Operation::Batch, Ok(crate::driver::statuses(&[("f1", "APPROVED")])));
        driver.feed(Event::Download(id));
        let (ticket, _) = driver.take(Operation::Get);
        let file = FileMetadata {
            download_url_metadata: Some(DownloadUrl {
                url: Some(SecretUrl::new(download)),
                url_expiry: None,
            }),
            ..FileMetadata::default()
        };
        let event = Event::Answered { ticket, result: Ok(Answer::Get(file)) };
        shows_nothing(&event)?;
        let effects = driver.feed(event);
        shows_nothing(&effects)?;
        shows_nothing(&driver.session)?;
    }
}
