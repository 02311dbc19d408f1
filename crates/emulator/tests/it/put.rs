//! Every bad PUT of the design's section 8, with S3's own XML (reference 2.4 and 2.5).

use serde_json::json;
use tokio::io::AsyncWriteExt;

use crate::support::{Bench, Started, element, raw_answer, raw_open, s3_answer};

async fn started(bench: &Bench) -> Started {
    bench.start("a.txt", 4).await
}

fn without(started: &Started, name: &str) -> Started {
    let mut changed = started.clone();
    changed.headers.retain(|(n, _)| !n.eq_ignore_ascii_case(name));
    changed
}

#[tokio::test]
async fn a_signed_header_missing_or_changed_is_a_wrong_signature() {
    let bench = Bench::lifted().await;
    let start = started(&bench).await;
    for (name, value) in &start.headers {
        if name == "Content-Length" {
            continue;
        }
        let missing = bench.put(&without(&start, name), b"good").await;
        let missing = missing.expect(403, "SignatureDoesNotMatch");
        for part in [
            "AWSAccessKeyId",
            "StringToSign",
            "SignatureProvided",
            "StringToSignBytes",
            "CanonicalRequest",
            "CanonicalRequestBytes",
        ] {
            assert!(missing.element(part).is_some_and(|text| !text.is_empty()), "{part}");
        }
        let mut changed = start.clone();
        changed.headers.retain(|(n, _)| n != name);
        changed.headers.push((name.clone(), format!("{value}x")));
        bench.put(&changed, b"good").await.expect(403, "SignatureDoesNotMatch");
    }
    assert_eq!(bench.keys("?staging=true").await, Vec::<String>::new(), "nothing was stored");
    bench.put(&start, b"good").await.ok();
}

#[tokio::test]
async fn a_signed_length_binds_the_body() {
    let bench = Bench::lifted().await;
    let start = started(&bench).await;
    for body in [&b"too long"[..], b"sh"] {
        bench.put(&start, body).await.expect(403, "SignatureDoesNotMatch");
    }
    let empty = bench.put_request(&start, b"").header("content-length", "0");
    s3_answer(empty).await.unwrap().expect(403, "SignatureDoesNotMatch");
}

#[tokio::test]
async fn an_unsigned_length_is_complete_s_to_judge() {
    let bench = Bench::patched(json!({ "headersToInclude": "minimal" })).await;
    let start = started(&bench).await;
    bench.put(&start, b"longer than four").await.ok();
    let answer = bench.complete(&start.id).await.expect(400, "InvalidRequestException");
    assert_eq!(answer.reason(), "INVALID_FILE_SIZE");
    bench.put(&start, b"four").await.ok();
    bench.complete(&start.id).await.ok();
}

#[tokio::test]
async fn a_content_type_in_two_spellings_is_a_wrong_signature() {
    let bench = Bench::lifted().await;
    let mut start = started(&bench).await;
    start.headers.push(("content-type".to_owned(), "text/plain".to_owned()));
    bench.put(&start, b"good").await.expect(403, "SignatureDoesNotMatch");
}

#[tokio::test]
async fn an_unsigned_content_type_passes_when_the_map_has_none() {
    let bench = Bench::patched(json!({ "headersToInclude": "withoutContentType" })).await;
    let start = started(&bench).await;
    assert!(!start.headers.iter().any(|(n, _)| n == "Content-Type"));
    let request = bench.put_request(&start, b"good").header("content-type", "text/x-own");
    s3_answer(request).await.unwrap().ok();
}

#[tokio::test]
async fn an_unsigned_amz_header_is_named() {
    let bench = Bench::lifted().await;
    let start = started(&bench).await;
    let request = bench
        .put_request(&start, b"good")
        .header("x-amz-checksum-crc32", "AAAAAA==")
        .header("x-amz-meta-mine", "1");
    let answer = s3_answer(request).await.unwrap().expect(403, "AccessDenied");
    assert_eq!(
        answer.element("HeadersNotSigned").unwrap(),
        "x-amz-checksum-crc32, x-amz-meta-mine"
    );
    assert_eq!(
        answer.element("Message").unwrap(),
        "There were headers present in the request which were not signed"
    );
}

#[tokio::test]
async fn an_unsigned_content_sha256_passes_only_when_set() {
    let bench = Bench::lifted().await;
    let start = started(&bench).await;
    let request =
        || bench.put_request(&start, b"good").header("x-amz-content-sha256", "UNSIGNED-PAYLOAD");
    let answer = s3_answer(request()).await.unwrap().expect(403, "AccessDenied");
    assert_eq!(answer.element("HeadersNotSigned").unwrap(), "x-amz-content-sha256");
    bench.set(json!({ "s3UnsignedSha256Allowed": true })).await;
    s3_answer(request()).await.unwrap().ok();
}

#[tokio::test]
async fn a_changed_signature_path_or_method_is_refused() {
    let bench = Bench::lifted().await;
    let start = started(&bench).await;
    let mut forged = start.clone();
    let last = forged.url.pop().unwrap();
    forged.url.push(if last == '0' { '1' } else { '0' });
    bench.put(&forged, b"good").await.expect(403, "SignatureDoesNotMatch");
    let mut elsewhere = start.clone();
    elsewhere.url = elsewhere.url.replace("/staging/", "/attachments/");
    bench.put(&elsewhere, b"good").await.expect(403, "SignatureDoesNotMatch");
    let mut request = bench.http.get(&start.url);
    for (name, value) in start.headers.iter().filter(|(n, _)| n != "Content-Length") {
        request = request.header(name, value);
    }
    s3_answer(request).await.unwrap().expect(403, "SignatureDoesNotMatch");
}

#[tokio::test]
async fn no_signature_at_all_is_denied() {
    let bench = Bench::lifted().await;
    let start = started(&bench).await;
    let bare = start.url.split('?').next().unwrap().to_owned();
    let answer = s3_answer(bench.http.put(bare).body("good")).await.unwrap();
    let answer = answer.expect(403, "AccessDenied");
    assert_eq!(answer.element("Message").unwrap(), "Access Denied");
}

#[tokio::test]
async fn expiry_follows_the_driven_clock() {
    let bench = Bench::lifted().await;
    let start = bench.start_with(json!({ "UrlExpiryInSeconds": 5, "FileName": "a.txt" })).await;
    let start = crate::support::started(start.ok().json());
    bench.put(&start, b"good").await.ok();
    bench.advance(6_500).await;
    let answer = bench.put(&start, b"good").await.expect(403, "AccessDenied");
    assert_eq!(answer.element("Message").unwrap(), "Request has expired");
    assert_eq!(answer.element("X-Amz-Expires").unwrap(), "5");
    for part in ["Expires", "ServerTime"] {
        let time = answer.element(part).unwrap();
        assert!(time.len() == 20 && time.ends_with('Z'), "{part}: {time}");
    }
    assert!(answer.element("ServerTime") > answer.element("Expires"));
}

#[tokio::test]
async fn a_url_of_the_future_is_not_yet_valid() {
    let bench = Bench::lifted().await;
    bench.fault("StartAttachedFileUpload", json!({ "kind": "clockSkew", "ms": 60_000 })).await;
    let start = started(&bench).await;
    let answer = bench.put(&start, b"good").await.expect(403, "AccessDenied");
    assert_eq!(answer.element("Message").unwrap(), "Request is not yet valid");
    for part in ["X-Amz-Date", "Expires", "ServerTime"] {
        assert!(answer.element(part).is_some(), "{part}");
    }
    bench.advance(60_000).await;
    bench.put(&start, b"good").await.ok();
}

#[tokio::test]
async fn a_body_without_length_is_411_or_501() {
    let bench = Bench::lifted().await;
    let start = without(&started(&bench).await, "content-length");
    let mut headers = start.headers.clone();
    headers.push(("Connection".to_owned(), "close".to_owned()));
    let none = raw_open(&start.url, "PUT", &headers).await;
    let (status, xml) = raw_answer(none).await;
    assert_eq!((status, element(&xml, "Code").as_deref()), (411, Some("MissingContentLength")));

    headers.push(("Transfer-Encoding".to_owned(), "chunked".to_owned()));
    for (setting, status, code) in [
        ("missingContentLength", 411, "MissingContentLength"),
        ("notImplemented", 501, "NotImplemented"),
    ] {
        bench.set(json!({ "s3ChunkedPut": setting })).await;
        let mut stream = raw_open(&start.url, "PUT", &headers).await;
        stream.write_all(b"4\r\ngood\r\n0\r\n\r\n").await.unwrap();
        let (found, xml) = raw_answer(stream).await;
        assert_eq!((found, element(&xml, "Code").as_deref()), (status, Some(code)));
    }
}

#[tokio::test]
async fn a_body_shorter_than_announced_is_incomplete() {
    let bench = Bench::lifted().await;
    let start = started(&bench).await;
    let mut stream = raw_open(&start.url, "PUT", &start.headers).await;
    stream.write_all(b"go").await.unwrap();
    stream.shutdown().await.unwrap();
    let (status, xml) = raw_answer(stream).await;
    assert_eq!((status, element(&xml, "Code").as_deref()), (400, Some("IncompleteBody")), "{xml}");
    assert!(element(&xml, "RequestId").is_some());
    assert_eq!(bench.keys("?staging=true").await, Vec::<String>::new());
}

#[tokio::test]
async fn a_body_that_stands_still_times_out_on_the_driven_clock() {
    let bench = Bench::lifted().await;
    let start = started(&bench).await;
    let mut stream = raw_open(&start.url, "PUT", &start.headers).await;
    stream.write_all(b"go").await.unwrap();
    bench.arrived("PutObject", 1).await;
    let reading = tokio::spawn(raw_answer(stream));
    // The server may look at its clock only after this moved it; so move it until the answer is there.
    while !reading.is_finished() {
        bench.advance(20_000).await;
    }
    let (status, xml) = reading.await.unwrap();
    assert_eq!((status, element(&xml, "Code").as_deref()), (400, Some("RequestTimeout")), "{xml}");
    assert_eq!(bench.keys("?staging=true").await, Vec::<String>::new());
}

#[tokio::test]
async fn more_than_five_gib_is_too_large() {
    let bench = Bench::lifted().await;
    let start = without(&started(&bench).await, "content-length");
    let mut headers = start.headers.clone();
    headers.push(("Content-Length".to_owned(), (5_u64 * 1024 * 1024 * 1024 + 1).to_string()));
    let mut stream = raw_open(&start.url, "PUT", &headers).await;
    // S3 reads what is sent before it answers; ending early is enough here.
    stream.shutdown().await.unwrap();
    let (status, xml) = raw_answer(stream).await;
    assert_eq!((status, element(&xml, "Code").as_deref()), (400, Some("EntityTooLarge")), "{xml}");
}

/// An answer over an unread body ends in a reset, and a browser then shows a network failure instead of the 403.
#[tokio::test]
async fn a_refusal_waits_for_the_body_so_that_the_client_can_read_it() {
    let bench = Bench::lifted().await;
    let size = 16 * 1024 * 1024;
    let start = bench.start("big.pdf", size).await;
    let mut headers = without(&start, "x-amz-acl").headers;
    headers.push(("Connection".to_owned(), "close".to_owned()));
    let mut stream = raw_open(&start.url, "PUT", &headers).await;
    stream.write_all(&vec![7; size]).await.unwrap();
    let (status, xml) = raw_answer(stream).await;
    assert_eq!((status, element(&xml, "Code").as_deref()), (403, Some("SignatureDoesNotMatch")));
}

#[tokio::test]
async fn a_wrong_md5_is_a_bad_digest() {
    let bench = Bench::lifted().await;
    let start = started(&bench).await;
    let request =
        bench.put_request(&start, b"good").header("content-md5", "AAAAAAAAAAAAAAAAAAAAAA==");
    s3_answer(request).await.unwrap().expect(400, "BadDigest");
}

#[tokio::test]
async fn an_expired_download_is_refused_and_a_fresh_one_works() {
    let bench = Bench::lifted().await;
    let id = bench.scanned("a.txt", b"good").await;
    let url = bench.download_url(&id).await;
    bench.download(&url).await.ok();
    bench.advance(302_000).await;
    let answer = bench.download(&url).await.expect(403, "AccessDenied");
    assert_eq!(answer.element("Message").unwrap(), "Request has expired");
    bench.download(&bench.download_url(&id).await).await.ok();
}
