//! What goes no further.

use axum::body::Body;
use http::{Method, Request};

use crate::support::{Bench, DOMAIN, INSTANCE, OTHER_INSTANCE, SECRET, case, contact, files};

#[tokio::test]
async fn without_the_bearer_nothing_goes_on() {
    let bench = Bench::new().await;
    for authorization in [
        "",
        "Bearer",
        "Bearer wrong",
        "AWS4-HMAC-SHA256 Credential=AKID/20260101/us-east-1/connect/aws4_request",
    ] {
        let request = Request::put(files(""))
            .header("authorization", authorization)
            .body("{}".into())
            .unwrap();
        let answer = bench.send(request).await;
        answer.is_error(401, "AccessDeniedException", "Message");
        assert_eq!(answer.header("www-authenticate"), Some("Bearer"));
    }
    let query =
        Request::get(format!("{}&token={SECRET}", files("/f1"))).body(Body::empty()).unwrap();
    bench.send(query).await.is_error(401, "AccessDeniedException", "Message");
    bench.nothing_arrived();
}

#[tokio::test]
async fn what_the_policy_does_not_name_stays_shut() {
    let bench = Bench::new().await;
    let target = |instance: &str, arn: String| {
        format!("/attached-files/{instance}/f1?associatedResourceArn={arn}")
    };
    for target in [
        target(INSTANCE, case("2")),
        // A prefix of an allowed ARN, and an allowed ARN as prefix.
        target(INSTANCE, case("12")),
        target(INSTANCE, case("1%2F2")),
        target(INSTANCE, case("")[..case("").len() - 3].to_owned()),
        target(INSTANCE, case("1").replace(DOMAIN, "other")),
        target(INSTANCE, case("1").replace("123456789012", "210987654321")),
        target(OTHER_INSTANCE, case("1")),
        // A contact of another instance, although the pattern takes every instance.
        target(INSTANCE, contact(OTHER_INSTANCE)),
        target(OTHER_INSTANCE, contact(OTHER_INSTANCE)),
        // Slashes that only appear once decoded.
        target(&format!("{INSTANCE}%2Fx"), case("1")),
        target(&format!("x%2F..%2F{INSTANCE}"), case("1")),
        format!(
            "/attached-files/{INSTANCE}/..%2F..%2F{OTHER_INSTANCE}?associatedResourceArn={}",
            case("1")
        ),
        format!("/attached-files-configurations/{INSTANCE}/..%2FCASE"),
    ] {
        bench.call(Method::GET, &target, "").await.is_error(
            403,
            "AccessDeniedException",
            "Message",
        );
    }
    let elsewhere = format!("/attached-files-configurations/{OTHER_INSTANCE}/CASE");
    bench.call(Method::GET, &elsewhere, "").await.is_error(403, "AccessDeniedException", "Message");
    bench.nothing_arrived();
}

#[tokio::test]
async fn a_case_is_judged_by_the_arn_built_from_its_path() {
    let bench = Bench::new().await;
    for path in
        ["aaaa/cases/1", &format!("{DOMAIN}/cases/12"), &format!("{DOMAIN}/cases/1%2F..%2F2")]
    {
        let target = format!("/domains/{path}/related-items-search");
        bench.call(Method::POST, &target, "{}").await.is_error(
            403,
            "AccessDeniedException",
            "message",
        );
    }
    // An ARN in the query does not speak for the case in the path.
    let claimed = format!(
        "/domains/{DOMAIN}/cases/12/related-items-search?associatedResourceArn={}",
        case("1")
    );
    bench.call(Method::POST, &claimed, "{}").await.is_error(
        403,
        "AccessDeniedException",
        "message",
    );
    bench.nothing_arrived();
}

#[tokio::test]
async fn a_request_that_no_sdk_would_make_is_refused() {
    let bench = Bench::new().await;
    let one = case("1");
    for (target, code) in [
        (format!("/attached-files/{INSTANCE}/f1"), "InvalidRequestException"),
        (
            format!("/attached-files/{INSTANCE}/f1?associatedResourceArn="),
            "InvalidRequestException",
        ),
        (
            format!(
                "/attached-files/{INSTANCE}/f1?associatedResourceArn={one}&associatedResourceArn={}",
                case("2")
            ),
            "InvalidRequestException",
        ),
        (
            format!("/attached-files/{INSTANCE}/..?associatedResourceArn={one}"),
            "InvalidRequestException",
        ),
        (
            format!("/attached-files/%2e%2e/f1?associatedResourceArn={one}"),
            "InvalidRequestException",
        ),
        (
            format!("/attached-files/{INSTANCE}/%80?associatedResourceArn={one}"),
            "InvalidRequestException",
        ),
        (format!("/attached-files-configurations/{INSTANCE}/.."), "InvalidParameterException"),
    ] {
        bench.call(Method::GET, &target, "").await.is_error(400, code, "Message");
    }
    bench.nothing_arrived();
}

#[tokio::test]
async fn there_are_seven_operations_and_no_other() {
    let bench = Bench::new().await;
    let one = case("1");
    for (method, target) in [
        (Method::GET, "/".to_owned()),
        (Method::GET, format!("/attached-files/{INSTANCE}?associatedResourceArn={one}")),
        (Method::PATCH, files("/f1")),
        (Method::PUT, files("/f1")),
        (Method::HEAD, files("/f1")),
        // Neighbours of the seven at Connect: update and list of the configuration, copying a recording.
        (Method::POST, format!("/attached-files-configurations/{INSTANCE}/CASE")),
        (Method::GET, format!("/attached-files-configurations/{INSTANCE}")),
        (Method::PUT, format!("/attached-files/{INSTANCE}/files")),
        (Method::POST, format!("/domains/{DOMAIN}/cases/1/related-items")),
        (Method::GET, format!("/attached-files/{INSTANCE}/?associatedResourceArn={one}")),
        (Method::GET, format!("/attached-files/{INSTANCE}/f1/?associatedResourceArn={one}")),
    ] {
        let answer = bench.call(method.clone(), &target, "{}").await;
        assert_eq!(answer.status.as_u16(), 404, "{method} {target}: {answer:?}");
        assert_eq!(answer.header("x-amzn-errortype"), Some("UnknownOperationException"));
    }
    bench.nothing_arrived();
}

#[tokio::test]
async fn a_service_that_is_down_is_a_503_with_a_constant_body_and_a_request_id() {
    let bench = Bench::without_services();
    let related = format!("/domains/{DOMAIN}/cases/1/related-items-search");
    for (method, target, code, key) in [
        (Method::GET, files("/f1"), "InternalServiceException", "Message"),
        (Method::POST, related, "InternalServerException", "message"),
    ] {
        let answer = bench.call(method, &target, "{}").await;
        answer.is_error(503, code, key);
        let body = answer.json();
        assert_eq!(body[key], "The service cannot be reached at present.");
        assert_eq!(body["RequestId"], answer.header("x-amzn-requestid").unwrap());
        assert_eq!(body.as_object().unwrap().len(), 2);
    }
}
