//! What a browser is allowed to do and to read.

use axum::body::Body;
use http::{Method, Request, StatusCode};

use crate::support::{Answer, Bench, PAGE, files, request};

async fn preflight(bench: &Bench, origin: &str) -> Answer {
    let request = Request::options(files(""))
        .header("origin", origin)
        .header("access-control-request-method", "PUT")
        .header("access-control-request-headers", "authorization,content-type")
        .body(Body::empty())
        .unwrap();
    bench.send(request).await
}

#[tokio::test]
async fn a_preflight_needs_no_bearer_and_allows_the_listed_page() {
    let bench = Bench::new().await;
    let answer = preflight(&bench, PAGE).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.header("access-control-allow-origin"), Some(PAGE));
    assert_eq!(answer.header("access-control-allow-headers"), Some("authorization,content-type"));
    assert_eq!(answer.header("access-control-allow-methods"), Some("GET,PUT,POST,DELETE"));
    assert_eq!(answer.header("access-control-max-age"), Some("7200"));
    assert_eq!(answer.header("access-control-allow-credentials"), None);
    assert!(answer.header("vary").is_some_and(|vary| vary.contains("origin")));
    bench.nothing_arrived();
}

#[tokio::test]
async fn a_page_that_is_not_listed_is_not_allowed() {
    let bench = Bench::new().await;
    for origin in [
        "https://app.example.com.evil",
        "https://app.example",
        "http://app.example.com",
        "null",
        "*",
    ] {
        assert_eq!(
            preflight(&bench, origin).await.header("access-control-allow-origin"),
            None,
            "{origin}"
        );
    }
    // Loopback is for the embedded emulator only.
    assert_eq!(
        preflight(&bench, "http://localhost:8080").await.header("access-control-allow-origin"),
        None
    );
}

#[tokio::test]
async fn the_page_can_read_answers_and_errors_with_their_headers() {
    let bench = Bench::new().await;
    let good =
        request(Method::GET, &files("/f1")).header("origin", PAGE).body(Body::empty()).unwrap();
    let unauthenticated =
        Request::get(files("/f1")).header("origin", PAGE).body(Body::empty()).unwrap();
    let unknown = Request::get("/nowhere").header("origin", PAGE).body(Body::empty()).unwrap();
    let health = Request::get("/healthz").header("origin", PAGE).body(Body::empty()).unwrap();
    for (request, status) in [(good, 200), (unauthenticated, 401), (unknown, 404), (health, 200)] {
        let answer = bench.send(request).await;
        assert_eq!(answer.status.as_u16(), status);
        assert_eq!(answer.header("access-control-allow-origin"), Some(PAGE));
        let exposed = answer.header("access-control-expose-headers").unwrap();
        let mut exposed: Vec<&str> = exposed.split(',').collect();
        exposed.sort_unstable();
        assert_eq!(exposed, ["date", "retry-after", "x-amzn-errortype", "x-amzn-requestid"]);
        assert!(answer.header("vary").is_some_and(|vary| vary.contains("origin")));
    }
}
