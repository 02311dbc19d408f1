//! What becomes of the body on its way.

use axum::body::Body;
use http::{Method, StatusCode};
use serde_json::json;

use crate::support::{Bench, DOMAIN, USER, files, request};

#[tokio::test]
async fn members_that_nobody_knows_yet_survive() {
    let bench = Bench::with_user(None).await;
    let body = json!({
        "FileName": "ü \u{1f4c4}.pdf", "FileSizeInBytes": 9_007_199_254_740_993_u64, "FileUseCaseType": "BRAND_NEW",
        "Tags": {"a": "b"}, "BrandNew": {"Deep": [1, 0.1, -5, null, true, ""]}
    });
    let answer = bench.call(Method::PUT, &files(""), body.to_string()).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(bench.connect.only().json(), body);
}

#[tokio::test]
async fn the_page_cannot_say_who_made_the_file() {
    let claims = r#"{"FileName":"a","CreatedBy":{"ConnectUserArn":"arn:someone-else"},"createdBy":1,
                     "CreatedBy":{"AWSIdentityArn":"arn:root"}}"#;
    let bench = Bench::new().await;
    bench.call(Method::PUT, &files(""), claims).await;
    let expected = json!({"FileName": "a", "CreatedBy": {"ConnectUserArn": USER}});
    assert_eq!(bench.connect.only().json(), expected);

    let bench = Bench::with_user(None).await;
    bench.call(Method::PUT, &files(""), claims).await;
    assert_eq!(bench.connect.only().json(), json!({"FileName": "a"}));
}

#[tokio::test]
async fn only_an_upload_has_a_creator() {
    let bench = Bench::new().await;
    bench.call(Method::POST, &files(""), r#"{"FileIds":["f1"],"CreatedBy":1}"#).await;
    assert_eq!(bench.connect.only().json(), json!({"FileIds": ["f1"], "CreatedBy": 1}));
}

#[tokio::test]
async fn a_member_named_twice_reaches_the_service_once() {
    let bench = Bench::new().await;
    bench.call(Method::POST, &files(""), r#"{"FileIds":["mine"],"FileIds":["yours"]}"#).await;
    assert_eq!(bench.connect.only().body, r#"{"FileIds":["yours"]}"#);
}

#[tokio::test]
async fn anything_but_a_json_object_is_refused() {
    for body in
        ["", "[]", "null", "\"x\"", "{", "{}{}", "a=b", "\u{feff}{}", &"{\"a\":".repeat(500)]
    {
        let bench = Bench::new().await;
        let answer = bench.call(Method::PUT, &files(""), body.to_owned()).await;
        answer.is_error(400, "InvalidRequestException", "Message");
        bench.nothing_arrived();
    }
    let bench = Bench::new().await;
    let related = format!("/domains/{DOMAIN}/cases/1/related-items-search");
    bench.call(Method::POST, &related, "[]").await.is_error(400, "ValidationException", "message");
    bench.nothing_arrived();
}

#[tokio::test]
async fn complete_goes_without_a_body_or_with_an_object() {
    let bench = Bench::new().await;
    assert_eq!(bench.call(Method::POST, &files("/f1"), "").await.status, StatusCode::OK);
    assert_eq!(
        bench.call(Method::POST, &files("/f1"), r#"{"New":1}"#).await.status,
        StatusCode::OK
    );
    bench.call(Method::POST, &files("/f1"), "x").await.is_error(
        400,
        "InvalidRequestException",
        "Message",
    );
    let seen = bench.connect.seen();
    assert_eq!(seen.len(), 2);
    assert_eq!((&seen[0].body[..], &seen[1].body[..]), (&b""[..], &br#"{"New":1}"#[..]));
}

#[tokio::test]
async fn a_body_where_none_belongs_goes_no_further() {
    let bench = Bench::new().await;
    assert_eq!(bench.call(Method::GET, &files("/f1"), "{}").await.status, StatusCode::OK);
    assert_eq!(bench.call(Method::DELETE, &files("/f1"), "{}").await.status, StatusCode::OK);
    assert!(bench.connect.seen().iter().all(|seen| seen.body.is_empty()));
}

#[tokio::test]
async fn a_body_over_64_kib_is_refused_announced_or_not() {
    let fits = format!("{{\"a\":\"{}\"}}", "x".repeat(65_536 - 8));
    let over = format!("{{\"a\":\"{}\"}}", "x".repeat(65_536 - 7));
    let bench = Bench::with_user(None).await;
    assert_eq!(bench.call(Method::PUT, &files(""), fits.clone()).await.status, StatusCode::OK);
    assert_eq!(bench.connect.only().body, fits);

    let bench = Bench::new().await;
    bench.call(Method::PUT, &files(""), over).await.is_error(
        413,
        "InvalidRequestException",
        "Message",
    );
    let announced = request(Method::PUT, &files(""))
        .header("content-length", "65537")
        .body(Body::empty())
        .unwrap();
    bench.send(announced).await.is_error(413, "InvalidRequestException", "Message");
    bench.nothing_arrived();
}
