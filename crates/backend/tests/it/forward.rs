//! What goes on to the service, and what comes back.

use axum::body::Body;
use axum::response::Response;
use http::{Method, StatusCode};
use serde_json::json;

use crate::support::{Bench, DOMAIN, INSTANCE, case, contact, files, request};

#[tokio::test]
async fn each_of_the_seven_arrives_with_its_method_path_query_and_body() {
    let limits = format!("/attached-files-configurations/{INSTANCE}/CASE");
    let related = format!("/domains/{DOMAIN}/cases/1/related-items-search");
    let mail = format!("/attached-files/{INSTANCE}/f1?associatedResourceArn={}", contact(INSTANCE));
    let download = format!("{}&urlExpiryInSeconds=60&urlContentDisposition=INLINE", files("/f1"));
    for (method, target, body, to_cases) in [
        (Method::PUT, files(""), r#"{"FileName":"a.pdf"}"#, false),
        (Method::POST, files(""), r#"{"FileIds":["f1"]}"#, false),
        (Method::POST, files("/f1"), "", false),
        (Method::GET, download, "", false),
        (Method::DELETE, files("/f1"), "", false),
        (Method::GET, mail, "", false),
        (Method::GET, limits, "", false),
        (Method::POST, related, r#"{"filters":[{"file":{}}]}"#, true),
    ] {
        let bench = Bench::with_user(None).await;
        let answer = bench.call(method.clone(), &target, body).await;
        assert_eq!(answer.status, StatusCode::OK, "{target}: {answer:?}");
        let (used, idle) =
            if to_cases { (&bench.cases, &bench.connect) } else { (&bench.connect, &bench.cases) };
        let seen = used.only();
        assert!(idle.seen().is_empty());
        assert_eq!(
            (seen.method, seen.target.as_str(), &seen.body[..]),
            (method, target.as_str(), body.as_bytes())
        );
    }
}

#[tokio::test]
async fn only_headers_of_the_gateways_own_making_reach_the_service() {
    let bench = Bench::new().await;
    let inbound = request(Method::POST, &files(""))
        .header("x-amz-date", "20000101T000000Z")
        .header("x-amz-security-token", "theirs")
        .header("x-amz-content-sha256", "UNSIGNED-PAYLOAD")
        .header("x-amz-target", "Other.Operation")
        .header("x-forwarded-for", "10.0.0.1")
        .header("cookie", "session=secret")
        .header("origin", "https://app.example.com")
        .header("content-type", "text/plain")
        .body(Body::from(r#"{"FileIds":[]}"#))
        .unwrap();
    assert_eq!(bench.send(inbound).await.status, StatusCode::OK);

    let headers = bench.connect.only().headers;
    let mut names: Vec<&str> = headers.keys().map(|name| name.as_str()).collect();
    names.sort_unstable();
    assert_eq!(
        names,
        [
            "accept",
            "authorization",
            "content-length",
            "content-type",
            "host",
            "user-agent",
            "x-amz-date",
            "x-amz-security-token"
        ]
    );
    assert!(
        headers["authorization"]
            .to_str()
            .unwrap()
            .starts_with("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/")
    );
    assert_eq!(headers["x-amz-security-token"], "session-token");
    assert_ne!(headers["x-amz-date"], "20000101T000000Z");
    assert_eq!(headers["content-type"], "application/json");
}

#[tokio::test]
async fn an_inbound_signature_in_the_query_is_dropped_and_unknown_names_pass() {
    let bench = Bench::new().await;
    let target = format!(
        "/attached-files/{INSTANCE}/f1?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature=0&x-amz-security-token=t\
         &associatedResourceArn={}&urlNewThing=a+b",
        case("1")
    );
    assert_eq!(bench.call(Method::GET, &target, "").await.status, StatusCode::OK);
    let expected = format!("{}&urlNewThing=a%20b", files("/f1"));
    assert_eq!(bench.connect.only().target, expected);
}

#[tokio::test]
async fn path_segments_are_encoded_once_on_their_way() {
    let bench = Bench::new().await;
    let target = format!("/attached-files/i%202/f%25%41?associatedResourceArn={}", case("1"));
    assert_eq!(bench.call(Method::GET, &target, "").await.status, StatusCode::OK);
    let expected = format!("/attached-files/i%202/f%25A?associatedResourceArn={}", case("1"));
    assert_eq!(bench.connect.only().target, expected);
}

#[tokio::test]
async fn the_answer_passes_byte_for_byte_with_the_headers_that_matter() {
    let bench = Bench::new().await;
    let body = "{ \"FileStatus\" : \"BRAND_NEW\",\n\"b\":1.0,\"a\":\"\\u00e9\" }";
    bench.connect.will_answer(
        Response::builder()
            .status(200)
            .header("content-type", "application/json; charset=utf-8")
            .header("x-amzn-requestid", "theirs")
            .header("date", "Sun, 06 Nov 1994 08:49:37 GMT")
            .header("x-amzn-trace-id", "internal")
            .header("set-cookie", "a=b")
            .body(Body::from(body))
            .unwrap(),
    );
    let answer = bench.call(Method::GET, &files("/f1"), "").await;
    assert_eq!(answer.body, body);
    assert_eq!(answer.header("content-type"), Some("application/json; charset=utf-8"));
    assert_eq!(answer.header("x-amzn-requestid"), Some("theirs"));
    assert_eq!(answer.header("date"), Some("Sun, 06 Nov 1994 08:49:37 GMT"));
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    assert_eq!((answer.header("x-amzn-trace-id"), answer.header("set-cookie")), (None, None));
}

#[tokio::test]
async fn errors_of_the_service_pass_typed_with_retry_after() {
    let bench = Bench::new().await;
    let throttled = r#"{"Message":"Rate exceeded"}"#;
    bench.connect.will_answer(
        Response::builder()
            .status(429)
            .header("x-amzn-errortype", "ThrottlingException:http://internal.amazon.com/")
            .header("retry-after", "7")
            .body(Body::from(throttled))
            .unwrap(),
    );
    let answer = bench.call(Method::GET, &files("/f1"), "").await;
    assert_eq!((answer.status.as_u16(), answer.header("retry-after")), (429, Some("7")));
    assert_eq!(
        answer.header("x-amzn-errortype"),
        Some("ThrottlingException:http://internal.amazon.com/")
    );
    assert_eq!(answer.body, throttled);
    assert!(
        answer.header("x-amzn-requestid").is_some(),
        "an answer without an id gets the gateway's"
    );

    let quota =
        r#"{"Message":"m","Reason":{"AttachedFileServiceQuotaExceededExceptionReason":"NEW_ONE"}}"#;
    bench.connect.will_answer(Response::builder().status(402).body(Body::from(quota)).unwrap());
    let answer = bench.call(Method::PUT, &files(""), "{}").await;
    assert_eq!((answer.status.as_u16(), &answer.body[..]), (402, quota.as_bytes()));
}

#[tokio::test]
async fn a_redirect_of_the_service_is_not_followed() {
    let bench = Bench::new().await;
    bench.connect.will_answer(
        Response::builder().status(307).header("location", "/x").body(Body::empty()).unwrap(),
    );
    let answer = bench.call(Method::GET, &files("/f1"), "").await;
    assert_eq!((answer.status.as_u16(), answer.header("location")), (307, None));
    assert_eq!(bench.connect.seen().len(), 1);
}

#[tokio::test]
async fn the_health_check_needs_no_bearer_and_no_service() {
    let bench = Bench::without_services();
    let answer = bench.send(http::Request::get("/healthz").body(Body::empty()).unwrap()).await;
    assert_eq!((answer.status, &answer.body[..]), (StatusCode::OK, &b"ok\n"[..]));
    assert_eq!(json!(bench.connect.seen().len()), 0);
}
