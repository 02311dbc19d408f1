//! Reference 7: what only a live instance could tell. Both outcomes of each can be chosen.

use serde_json::json;

use crate::support::{Bench, start_body};

#[tokio::test]
async fn headers_to_include_can_be_given() {
    let bench = Bench::patched(json!({
        "headersToInclude": { "X-Amz-Server-Side-Encryption": "aws:kms", "Content-Type": "a/b" }
    }))
    .await;
    let start = bench.start("a.txt", 4).await;
    assert_eq!(start.headers.len(), 2);
    bench.put(&start, b"good").await.ok();
}

#[tokio::test]
async fn a_raw_name_in_a_header_is_signed_by_its_bytes() {
    let bench = Bench::patched(json!({ "contentDispositionName": "raw" })).await;
    let start = bench.start("日本.txt", 4).await;
    assert!(start.headers.contains(&(
        "Content-Disposition".to_owned(),
        "attachment; filename=\"日本.txt\"".to_owned()
    )));
    bench.put(&start, b"good").await.ok();
    bench.complete(&start.id).await.ok();
    bench.advance(2000).await;
    let download = bench.download(&bench.download_url(&start.id).await).await.ok();
    assert_eq!(
        download.headers["content-disposition"].as_bytes(),
        "attachment; filename=\"日本.txt\"".as_bytes()
    );
}

#[tokio::test]
async fn the_status_before_complete_is_a_choice() {
    let bench = Bench::patched(json!({ "statusBeforeComplete": "PENDING_UPLOAD" })).await;
    let start = bench.start("a.txt", 4).await;
    assert_eq!(start.all["FileStatus"], "PENDING_UPLOAD");
    assert_eq!(bench.status(&start.id).await, "PENDING_UPLOAD");
    assert_eq!(bench.state().await["files"][0]["status"], "PENDING_UPLOAD");
}

#[tokio::test]
async fn pending_files_count_or_not() {
    for counts in [true, false] {
        let bench =
            Bench::patched(json!({ "pendingCounts": counts, "maxFilesPerResource": 1 })).await;
        bench.start("a.txt", 4).await;
        let second = bench.start_with(json!({})).await;
        assert_eq!(second.status, if counts { 402 } else { 200 });
    }
}

#[tokio::test]
async fn abandoned_files_stay_or_vanish() {
    let bench = Bench::lifted().await;
    let start = bench.start("a.txt", 4).await;
    bench.advance(86_400_000).await;
    bench.get(&start.id).await.ok();
    bench.set(json!({ "abandonedAfterMs": 3_600_000 })).await;
    bench.get(&start.id).await.expect(404, "ResourceNotFoundException");
}

#[tokio::test]
async fn complete_without_an_object() {
    let bench = Bench::lifted().await;
    let start = bench.start("a.txt", 4).await;
    bench.complete(&start.id).await.expect(400, "InvalidRequestException");
    bench.set(json!({ "completeWithoutObject": "accept" })).await;
    bench.complete(&start.id).await.ok();
    bench.advance(2000).await;
    assert_eq!(bench.status(&start.id).await, "FAILED");
}

#[tokio::test]
async fn complete_with_another_size_accepted() {
    let bench = Bench::patched(json!({
        "completeWithOtherSize": "accept", "headersToInclude": "minimal"
    }))
    .await;
    let start = bench.start("a.txt", 4).await;
    bench.put(&start, b"longer").await.ok();
    bench.complete(&start.id).await.ok();
    bench.advance(2000).await;
    assert_eq!(bench.status(&start.id).await, "FAILED");
}

#[tokio::test]
async fn complete_twice() {
    let bench = Bench::lifted().await;
    let id = bench.upload("a.txt", b"x").await;
    for (how, status) in [("ok", 200), ("invalidRequest", 400), ("conflict", 409)] {
        bench.set(json!({ "completeTwice": how })).await;
        assert_eq!(bench.complete(&id).await.status, status, "{how}");
    }
}

#[tokio::test]
async fn a_token_seen_before() {
    let bench = Bench::lifted().await;
    let start = async |name: &str| {
        let mut body = start_body(name, 4);
        body["ClientToken"] = json!("token");
        bench.start_on(&bench.info().case_arn, body).await
    };
    let first = start("a.txt").await.ok().json();
    let again = start("a.txt").await.ok().json();
    assert_eq!(again["FileId"], first["FileId"]);
    let changed = start("b.txt").await.ok().json();
    assert_eq!(changed["FileId"], first["FileId"], "the arguments of the first Start stay");

    bench.set(json!({ "tokenReplay": "conflictOnChange" })).await;
    assert_eq!(start("a.txt").await.ok().json()["FileId"], first["FileId"]);
    start("b.txt").await.expect(409, "ResourceConflictException");

    bench.set(json!({ "tokenReplay": "newFile" })).await;
    assert_ne!(start("a.txt").await.ok().json()["FileId"], first["FileId"]);
}

#[tokio::test]
async fn two_starts_with_one_token_at_once_make_one_file() {
    let bench = Bench::lifted().await;
    let start = async || {
        let mut body = start_body("a.txt", 4);
        body["ClientToken"] = json!("token");
        bench.start_on(&bench.info().case_arn, body).await.ok().json()["FileId"].clone()
    };
    let (one, other) = tokio::join!(start(), start());
    assert_eq!(one, other);
}

#[tokio::test]
async fn what_batch_says_to_missing_and_rejected_files() {
    let bench = Bench::patched(json!({ "batchErrorCode": "FILE_NOT_FOUND" })).await;
    let rejected = bench.scanned("virus.txt", b"x").await;
    let found = bench.batch(&[&rejected, "f"]).await.ok().json();
    assert_eq!(found["Files"][0]["FileStatus"], "REJECTED");
    assert_eq!(found["Errors"][0]["ErrorCode"], "FILE_NOT_FOUND");
    bench.set(json!({ "batchRejected": "error" })).await;
    let found = bench.batch(&[&rejected]).await.ok().json();
    assert_eq!((&found["Files"], &found["Errors"][0]["FileId"]), (&json!([]), &json!(rejected)));
}

#[tokio::test]
async fn when_the_case_lists_a_file() {
    let bench = Bench::lifted().await;
    let late = bench.start("late.txt", 4).await;
    assert!(bench.listed().await.is_empty());
    bench.put(&late, b"good").await.ok();
    bench.complete(&late.id).await.ok();
    assert_eq!(bench.listed().await, [late.id.as_str()]);
    bench.set(json!({ "relatedItemAppears": "start" })).await;
    let early = bench.start("early.txt", 4).await;
    assert_eq!(bench.listed().await, [late.id.clone(), early.id.clone()]);

    bench.delete(&early.id).await.ok();
    assert_eq!(bench.listed().await, [late.id.as_str()]);
    bench.set(json!({ "relatedItemLingersMs": 5000 })).await;
    bench.delete(&late.id).await.ok();
    assert_eq!(bench.listed().await, [late.id.as_str()], "listed, though it is gone");
    let batch = bench.batch(&[&late.id]).await.ok().json();
    assert_eq!(batch["Errors"][0]["FileId"], late.id);
    bench.get(&late.id).await.expect(404, "ResourceNotFoundException");
    bench.advance(5000).await;
    assert!(bench.listed().await.is_empty());
}

#[tokio::test]
async fn the_list_may_be_sparse() {
    let bench = Bench::patched(json!({ "relatedItemsSparse": true })).await;
    bench.upload("a.txt", b"x").await;
    let found = bench.search(json!({})).await.ok().json();
    assert_eq!(found["relatedItems"][0], json!(null));
    assert_eq!(found["relatedItems"][1]["type"], "File");
}

#[tokio::test]
async fn two_files_of_one_name() {
    let bench = Bench::lifted().await;
    bench.start("a.txt", 4).await;
    bench.start("a.txt", 4).await;
    bench.set(json!({ "duplicateNames": "conflict" })).await;
    let third = bench.start_with(json!({ "FileName": "a.txt" })).await;
    third.expect(409, "ResourceConflictException");
    bench.start_with(json!({ "FileName": "A.txt" })).await.ok();
    bench.start_on(&bench.info().second_case_arn, start_body("a.txt", 4)).await.ok();
}

#[tokio::test]
async fn the_unit_of_a_names_length() {
    let emoji = format!("{}.txt", "😀".repeat(126));
    let umlauts = format!("{}.txt", "ü".repeat(140));
    for (unit, emoji_status, umlaut_status) in
        [("codePoints", 200, 200), ("utf16", 200, 200), ("bytes", 400, 400)]
    {
        let bench = Bench::patched(json!({ "nameUnit": unit })).await;
        let one = bench.start_with(json!({ "FileName": emoji })).await.status;
        let other = bench.start_with(json!({ "FileName": umlauts })).await.status;
        assert_eq!((one, other), (emoji_status, umlaut_status), "{unit}");
    }
    let long = format!("{}.txt", "😀".repeat(127));
    for (unit, status) in [("codePoints", 200), ("utf16", 400)] {
        let bench = Bench::patched(json!({ "nameUnit": unit })).await;
        assert_eq!(bench.start_with(json!({ "FileName": long })).await.status, status, "{unit}");
    }
}

#[tokio::test]
async fn a_foreign_resource_is_400_or_403() {
    let bench = Bench::lifted().await;
    let arn = bench.info().case_arn.replace("123456789012", "210987654321");
    bench.start_on(&arn, start_body("a.txt", 1)).await.expect(400, "InvalidRequestException");
    bench.set(json!({ "foreignResource": "accessDenied" })).await;
    bench.start_on(&arn, start_body("a.txt", 1)).await.expect(403, "AccessDeniedException");
}
