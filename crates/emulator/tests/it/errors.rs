//! Errors as the SDKs read them: type in header and body, Message, the union Reason, statuses (reference 1.4).

use serde_json::{Value, json};

use crate::support::{Answer, Bench};

/// Every error the model lists, with its status, for each operation it lists it for.
const MODELLED: [(&str, &[(&str, u16)]); 7] = [
    (
        "StartAttachedFileUpload",
        &[
            ("AccessDeniedException", 403),
            ("InvalidRequestException", 400),
            ("InternalServiceException", 500),
            ("ThrottlingException", 429),
            ("ResourceConflictException", 409),
            ("ServiceQuotaExceededException", 402),
        ],
    ),
    ("CompleteAttachedFileUpload", COMMON),
    ("GetAttachedFile", COMMON),
    ("BatchGetAttachedFileMetadata", COMMON),
    ("DeleteAttachedFile", COMMON),
    (
        "DescribeAttachedFilesConfiguration",
        &[
            ("InvalidParameterException", 400),
            ("ResourceNotFoundException", 404),
            ("AccessDeniedException", 403),
            ("ThrottlingException", 429),
            ("InternalServiceException", 500),
        ],
    ),
    (
        "SearchRelatedItems",
        &[
            ("ValidationException", 400),
            ("AccessDeniedException", 403),
            ("ResourceNotFoundException", 404),
            ("ThrottlingException", 429),
            ("InternalServerException", 500),
        ],
    ),
];

const COMMON: &[(&str, u16)] = &[
    ("AccessDeniedException", 403),
    ("InvalidRequestException", 400),
    ("InternalServiceException", 500),
    ("ResourceNotFoundException", 404),
    ("ThrottlingException", 429),
];

async fn any(bench: &Bench, operation: &str) -> Answer {
    match operation {
        "StartAttachedFileUpload" => bench.start_with(json!({})).await,
        "CompleteAttachedFileUpload" => bench.complete("f").await,
        "GetAttachedFile" => bench.get("f").await,
        "BatchGetAttachedFileMetadata" => bench.batch(&["f"]).await,
        "DeleteAttachedFile" => bench.delete("f").await,
        "DescribeAttachedFilesConfiguration" => bench.describe("CASE").await,
        _ => bench.search(json!({})).await,
    }
}

#[tokio::test]
async fn every_modelled_error_can_be_scripted_for_its_operation() {
    let bench = Bench::lifted().await;
    for (operation, errors) in MODELLED {
        for (code, status) in errors {
            bench
                .fault(
                    operation,
                    json!({ "kind": "status", "status": status, "code": code, "message": "on purpose" }),
                )
                .await;
            let answer = any(&bench, operation).await.expect(*status, code);
            let member = if operation == "SearchRelatedItems" { "message" } else { "Message" };
            assert_eq!(answer.json()[member], "on purpose");
            assert_eq!(answer.json()["__type"], *code);
            assert!(answer.headers.contains_key("x-amzn-requestid"));
            assert_eq!(answer.headers["content-type"], "application/json");
        }
    }
}

#[tokio::test]
async fn a_scripted_error_carries_headers_and_reason() {
    let bench = Bench::lifted().await;
    let reason = json!({ "SomeNewReason": "NEW" });
    bench
        .fault(
            "StartAttachedFileUpload",
            json!({
                "kind": "status", "status": 429, "code": "ThrottlingException",
                "headers": { "Retry-After": "7" }, "reason": reason,
            }),
        )
        .await;
    let answer = bench.start_with(json!({})).await.expect(429, "ThrottlingException");
    assert_eq!(answer.headers["retry-after"], "7");
    assert_eq!(answer.json()["Reason"], reason);
}

#[tokio::test]
async fn the_type_of_an_error_is_where_the_setting_says() {
    let bench = Bench::lifted().await;
    for (style, header, body) in [
        ("plain", json!("ResourceNotFoundException"), json!("ResourceNotFoundException")),
        (
            "suffixed",
            json!(
                "ResourceNotFoundException:http://internal.amazon.com/coral/com.amazonaws.connect/"
            ),
            json!("com.amazonaws.connect#ResourceNotFoundException"),
        ),
        ("headerOnly", json!("ResourceNotFoundException"), Value::Null),
        ("bodyOnly", json!(""), json!("ResourceNotFoundException")),
    ] {
        bench.set(json!({ "errorType": style })).await;
        let answer = bench.get("unknown").await;
        assert_eq!(answer.status, 404);
        assert_eq!((json!(answer.code()), answer.json()["__type"].clone()), (header, body));
    }
}

/// 402, not 429: reference 1.4.
#[tokio::test]
async fn a_full_resource_answers_402_with_the_quota() {
    let bench = Bench::patched(json!({ "maxFilesPerResource": 2 })).await;
    for name in ["1.txt", "2.txt"] {
        bench.start(name, 1).await;
    }
    let full = bench.start_with(json!({})).await.expect(402, "ServiceQuotaExceededException");
    assert_eq!(full.reason(), "TOTAL_FILE_COUNT_EXCEEDED");
    assert!(full.json()["Reason"]["AttachedFileServiceQuotaExceededExceptionReason"].is_string());

    bench.set(json!({ "maxFilesPerResource": null, "maxTotalBytes": 10 })).await;
    bench.start_with(json!({ "FileSizeInBytes": 8 })).await.ok();
    let heavy = bench.start_with(json!({ "FileSizeInBytes": 1 })).await;
    let heavy = heavy.expect(402, "ServiceQuotaExceededException");
    assert_eq!(heavy.reason(), "TOTAL_FILE_SIZE_EXCEEDED");
}

#[tokio::test]
async fn the_default_quota_is_50_files_and_a_deleted_one_makes_room() {
    let bench = Bench::patched(json!({ "maxFilesPerResource": 50 })).await;
    let first = bench.start("0.txt", 1).await.id;
    for n in 1..50 {
        bench.start(&format!("{n}.txt"), 1).await;
    }
    bench.start_with(json!({})).await.expect(402, "ServiceQuotaExceededException");
    bench.delete(&first).await.ok();
    bench.start_with(json!({})).await.ok();
}

#[tokio::test]
async fn describe_can_be_denied() {
    let bench = Bench::patched(json!({ "describeDenied": true })).await;
    bench.describe("CASE").await.expect(403, "AccessDeniedException");
}

#[tokio::test]
async fn unknown_methods_and_paths_are_no_operation() {
    let bench = Bench::lifted().await;
    for (method, path) in [
        ("GET", "/attached-files/x"),
        ("PUT", "/attached-files/x/y"),
        ("POST", "/attached-files"),
        ("GET", "/"),
        ("POST", "/attached-files-configurations/x/CASE"),
    ] {
        bench.call(method, path, None).await.expect(404, "UnknownOperationException");
    }
}
