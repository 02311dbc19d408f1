//! The PUT: which headers go out, and what each of S3's answers means (ui-anchors 6.2).

use connect_attached_files_core::error::{Code, Failure};
use connect_attached_files_core::put::{
    PutEnd, PutHeaders, PutVerdict, S3Error, SourceState, headers_to_send, judge, says_expired,
};
use proptest::prelude::*;

fn headers(map: &[(&str, &str)]) -> PutHeaders {
    headers_to_send(&map.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect())
}

fn names(headers: &PutHeaders) -> Vec<&str> {
    headers.list.iter().map(|(name, _)| name.as_str()).collect()
}

#[test]
fn the_map_seen_in_chat_goes_out_as_it_is_but_for_the_length() {
    let sent = headers(&[
        ("Content-Disposition", "attachment; filename=\"a.txt\""),
        ("Content-Length", "9"),
        ("Content-Type", "text/plain"),
        ("x-amz-acl", "bucket-owner-full-control"),
        ("x-amz-meta-account_id", "123456789012"),
        ("x-amz-meta-contact_id", "c"),
        ("x-amz-meta-initial_contact_id", "c"),
        ("x-amz-meta-organization_id", "i"),
    ]);
    assert_eq!(sent.list.len(), 7);
    assert!(!names(&sent).contains(&"Content-Length"));
    assert_eq!(sent.list[0].1, "attachment; filename=\"a.txt\"");
    assert!(sent.has_content_type);
}

#[test]
fn every_name_a_page_cannot_set_is_left_out_whatever_its_case() {
    for name in [
        "Accept-Charset",
        "accept-encoding",
        "Access-Control-Request-Headers",
        "Access-Control-Request-Method",
        "Access-Control-Request-Private-Network",
        "Connection",
        "CONTENT-LENGTH",
        "Cookie",
        "Cookie2",
        "Date",
        "DNT",
        "Expect",
        "Host",
        "Keep-Alive",
        "Origin",
        "Permissions-Policy",
        "Referer",
        "Set-Cookie",
        "TE",
        "Trailer",
        "Transfer-Encoding",
        "Upgrade",
        "Via",
        "Proxy-Authorization",
        "proxy-x",
        "Sec-Fetch-Mode",
        "sec-anything",
    ] {
        assert_eq!(names(&headers(&[(name, "x")])), Vec::<&str>::new(), "{name}");
    }
    for name in ["x-amz-meta-host", "hosts", "security", "proxy", "content-lengths", "x-date"] {
        assert_eq!(names(&headers(&[(name, "x")])), [name]);
    }
}

#[test]
fn a_name_in_two_spellings_goes_out_once() {
    let sent = headers(&[("Content-Type", "text/plain"), ("content-type", "text/html")]);
    assert_eq!(sent.list, [("Content-Type".to_owned(), "text/plain".to_owned())]);
    assert!(sent.has_content_type);
}

#[test]
fn without_a_content_type_the_body_must_be_typeless() {
    assert!(!headers(&[("x-amz-acl", "a")]).has_content_type);
    assert!(headers(&[("CONTENT-TYPE", "a")]).has_content_type);
}

proptest! {
    #[test]
    fn no_map_makes_a_header_of_ours_or_changes_a_value(
        map in proptest::collection::btree_map("[A-Za-z-]{1,12}", "[ -~]{0,20}", 0..12),
    ) {
        let sent = headers_to_send(&map.clone().into_iter().collect());
        for (name, value) in &sent.list {
            prop_assert_eq!(map.get(name), Some(value));
        }
        let mut lower: Vec<String> = names(&sent).iter().map(|n| n.to_ascii_lowercase()).collect();
        let all = lower.len();
        lower.sort();
        lower.dedup();
        prop_assert_eq!(lower.len(), all);
    }
}

/// What is to become of a PUT, without the details.
#[derive(Debug, PartialEq)]
enum Short {
    Sent,
    Renew,
    Wait,
    Repeat(Code),
    Stop(Code, bool),
}

fn short(end: &PutEnd, url_is_old: bool) -> Short {
    match judge(end, url_is_old) {
        PutVerdict::Sent => Short::Sent,
        PutVerdict::Expired => Short::Renew,
        PutVerdict::NotYetValid => Short::Wait,
        PutVerdict::Passing(failure) => {
            assert!(failure.retryable);
            Short::Repeat(failure.code)
        }
        PutVerdict::Final(failure) => Short::Stop(failure.code, failure.retryable),
    }
}

macro_rules! s3 {
    ($name:literal) => {
        include_str!(concat!("../fixtures/s3/", $name, ".xml"))
    };
}

#[test]
fn each_answer_of_s3_has_its_consequence() {
    let rows: &[(u16, &str, Short)] = &[
        (200, "", Short::Sent),
        (204, "", Short::Sent),
        // Re-sign, then again.
        (403, s3!("expired"), Short::Renew),
        (400, s3!("expired_token"), Short::Renew),
        (403, "<Error><Code>RequestExpired</Code></Error>", Short::Renew),
        // The signer's clock is ahead.
        (403, s3!("not_yet_valid"), Short::Wait),
        // Repeat on the same URL.
        (400, s3!("request_timeout"), Short::Repeat(Code::StorageError)),
        (503, s3!("slow_down"), Short::Repeat(Code::StorageError)),
        (408, "", Short::Repeat(Code::StorageError)),
        (429, "", Short::Repeat(Code::StorageError)),
        (500, "<Error><Code>InternalError</Code></Error>", Short::Repeat(Code::StorageError)),
        (502, "<html>Bad Gateway</html>", Short::Repeat(Code::StorageError)),
        (503, "<Error><Code>ServiceUnavailable</Code></Error>", Short::Repeat(Code::StorageError)),
        // The connection lost part of the body.
        (400, "<Error><Code>IncompleteBody</Code></Error>", Short::Repeat(Code::StorageError)),
        // Never.
        (403, s3!("signature"), Short::Stop(Code::SignatureMismatch, false)),
        (403, s3!("headers_not_signed"), Short::Stop(Code::HeadersNotSigned, false)),
        (403, s3!("denied"), Short::Stop(Code::StorageDenied, true)),
        (403, "", Short::Stop(Code::StorageDenied, true)),
        (400, s3!("too_large"), Short::Stop(Code::StorageRefused, false)),
        (404, s3!("no_such_bucket"), Short::Stop(Code::StorageRefused, false)),
        (
            411,
            "<Error><Code>MissingContentLength</Code></Error>",
            Short::Stop(Code::StorageRefused, false),
        ),
        (
            301,
            "<Error><Code>PermanentRedirect</Code></Error>",
            Short::Stop(Code::StorageRefused, false),
        ),
    ];
    for (status, body, expected) in rows {
        // An answer tells more than the age of the URL.
        for url_is_old in [false, true] {
            let end = PutEnd::Answered { status: *status, body: (*body).to_owned() };
            assert_eq!(short(&end, url_is_old), *expected, "{status} {body}");
        }
    }
}

#[test]
fn silence_is_judged_by_the_file_and_by_the_age_of_the_url() {
    let lost = |source| PutEnd::NoAnswer { source };
    let readable = lost(SourceState::Readable);
    assert_eq!(short(&readable, false), Short::Repeat(Code::NetworkLost));
    assert_eq!(short(&readable, true), Short::Renew);
    for old in [false, true] {
        let unreadable = lost(SourceState::Unreadable);
        assert_eq!(short(&unreadable, old), Short::Stop(Code::FileUnreadable, false));
        assert_eq!(short(&PutEnd::Unsendable, old), Short::Stop(Code::UnexpectedAnswer, false));
    }
}

#[test]
fn an_error_keeps_s3s_code_and_request_id_and_nothing_secret() {
    let end = PutEnd::Answered { status: 403, body: s3!("signature").to_owned() };
    let PutVerdict::Final(Failure { status, service_code, request_id, .. }) = judge(&end, false)
    else {
        panic!("not final");
    };
    assert_eq!(status, Some(403));
    assert_eq!(service_code.as_deref(), Some("SignatureDoesNotMatch"));
    assert_eq!(request_id.as_deref(), Some("EXAMPLEREQUEST03"));
    assert!(!format!("{end:?}").contains("1111"));
}

#[test]
fn elements_are_read_with_the_blanks_around_them_left_out() {
    let error = S3Error::read(s3!("headers_not_signed"));
    assert_eq!((error.code.as_str(), error.headers_not_signed), ("AccessDenied", true));
    assert_eq!(error.request_id.as_deref(), Some("EXAMPLEREQUEST04"));
}

#[test]
fn an_empty_request_id_is_none() {
    assert_eq!(S3Error::read(s3!("slow_down")).request_id, None);
}

#[test]
fn what_is_no_s3_error_reads_as_empty() {
    for body in ["", "<html><body>403</body></html>", "<Code>", "</Code><Code>", "{\"Code\":1}"] {
        assert_eq!(S3Error::read(body), S3Error::default(), "{body}");
    }
}

#[test]
fn a_download_reads_expiry_the_same_way() {
    assert!(says_expired(403, &S3Error::read(s3!("expired"))));
    assert!(!says_expired(403, &S3Error::read(s3!("denied"))));
    assert!(!says_expired(404, &S3Error::read(s3!("expired"))), "only a 403 speaks of the URL");
}

proptest! {
    #[test]
    fn no_body_whatever_makes_reading_panic(body in "[<>/CodeErMsag \\PC]{0,80}", status: u16) {
        let _ = judge(&PutEnd::Answered { status, body }, false);
    }
}
