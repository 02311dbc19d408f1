//! The bucket's CORS rule as a browser meets it (reference 3, and S3's echo of requested headers).

use http::HeaderMap;
use reqwest::Method;
use serde_json::json;

use crate::support::{Bench, S3Answer, Started, s3_answer};

const APP: &str = "https://app.example";

async fn preflight(
    bench: &Bench,
    url: &str,
    origin: &str,
    method: &str,
    headers: &str,
) -> S3Answer {
    let request = bench
        .http
        .request(Method::OPTIONS, url)
        .header("origin", origin)
        .header("access-control-request-method", method)
        .header("access-control-request-headers", headers);
    s3_answer(request).await.unwrap()
}

async fn start(bench: &Bench) -> Started {
    bench.start("a.txt", 4).await
}

async fn put_from(bench: &Bench, start: &Started, origin: &str, body: &[u8]) -> S3Answer {
    s3_answer(bench.put_request(start, body).header("origin", origin)).await.unwrap()
}

fn readable(headers: &HeaderMap) -> bool {
    headers.contains_key("access-control-allow-origin")
}

#[tokio::test]
async fn a_preflight_echoes_the_requested_headers() {
    let bench = Bench::lifted().await;
    let url = start(&bench).await.url;
    let answer = preflight(&bench, &url, APP, "PUT", "content-type,X-Amz-Acl").await.ok();
    assert_eq!(answer.headers["access-control-allow-headers"], "content-type, x-amz-acl");
    assert_eq!(answer.headers["access-control-allow-methods"], "PUT, GET");
    assert_eq!(answer.headers["access-control-allow-origin"], "*");
    assert!(!answer.headers.contains_key("access-control-allow-credentials"));
    assert!(!answer.headers.contains_key("access-control-expose-headers"));
    assert_eq!(
        answer.headers["vary"],
        "Origin, Access-Control-Request-Headers, Access-Control-Request-Method"
    );
    assert_eq!(bench.state().await["calls"]["Preflight"], 1);
}

#[tokio::test]
async fn a_listed_origin_is_echoed_and_others_are_refused() {
    let bench = Bench::patched(json!({ "s3CorsOrigins": [APP, "https://*.mine.example"] })).await;
    let start = start(&bench).await;
    for origin in [APP, "https://a.mine.example"] {
        let answer = preflight(&bench, &start.url, origin, "PUT", "content-type").await.ok();
        assert_eq!(answer.headers["access-control-allow-origin"], origin);
        assert_eq!(answer.headers["access-control-allow-credentials"], "true");
        let put = put_from(&bench, &start, origin, b"good").await.ok();
        assert_eq!(put.headers["access-control-allow-origin"], origin);
    }
    for origin in ["https://app.example.evil", "http://app.example", "null"] {
        let answer = preflight(&bench, &start.url, origin, "PUT", "content-type").await;
        let answer = answer.expect(403, "AccessForbidden");
        assert!(!readable(&answer.headers));
        assert_eq!(answer.element("Method").unwrap(), "PUT");
        let put = put_from(&bench, &start, origin, b"good").await.ok();
        assert!(!readable(&put.headers), "done, but the page may not know");
    }
}

#[tokio::test]
async fn methods_and_headers_outside_the_rule_are_refused() {
    let bench = Bench::patched(json!({ "s3CorsHeaders": ["content-*", "x-amz-acl"] })).await;
    let url = start(&bench).await.url;
    preflight(&bench, &url, APP, "DELETE", "").await.expect(403, "AccessForbidden");
    preflight(&bench, &url, APP, "PUT", "content-type, x-amz-acl").await.ok();
    preflight(&bench, &url, APP, "PUT", "x-amz-meta-a").await.expect(403, "AccessForbidden");
}

#[tokio::test]
async fn a_preflight_without_its_headers_is_a_bad_request() {
    let bench = Bench::lifted().await;
    let url = start(&bench).await.url;
    let bare = bench.http.request(Method::OPTIONS, &url);
    s3_answer(bare).await.unwrap().expect(400, "BadRequest");
}

#[tokio::test]
async fn without_a_rule_everything_is_refused() {
    let bench = Bench::patched(json!({ "s3CorsOrigins": [] })).await;
    let url = start(&bench).await.url;
    let answer = preflight(&bench, &url, APP, "PUT", "").await.expect(403, "AccessForbidden");
    assert!(answer.element("Message").unwrap().contains("not enabled for this bucket"));
}

#[tokio::test]
async fn errors_are_readable_to_the_page_or_not_as_set() {
    for shown in [true, false] {
        let bench = Bench::patched(json!({ "s3CorsOnErrors": shown })).await;
        let start = start(&bench).await;
        let answer = put_from(&bench, &start, APP, b"longer than four").await;
        assert_eq!(readable(&answer.expect(403, "SignatureDoesNotMatch").headers), shown);
        assert!(readable(&put_from(&bench, &start, APP, b"good").await.ok().headers));
    }
}

#[tokio::test]
async fn answers_without_an_origin_have_no_cors_headers() {
    let bench = Bench::lifted().await;
    let start = start(&bench).await;
    assert!(!readable(&bench.put(&start, b"good").await.ok().headers));
}

#[tokio::test]
async fn no_cors_hides_the_answer_and_refuses_the_preflight() {
    let bench = Bench::lifted().await;
    let start = start(&bench).await;
    bench.fault("Preflight", json!({ "kind": "noCors" })).await;
    preflight(&bench, &start.url, APP, "PUT", "").await.expect(403, "AccessForbidden");
    preflight(&bench, &start.url, APP, "PUT", "").await.ok();
    bench.fault("PutObject", json!({ "kind": "noCors" })).await;
    assert!(!readable(&put_from(&bench, &start, APP, b"good").await.ok().headers));
    assert!(readable(&put_from(&bench, &start, APP, b"good").await.ok().headers));
}
