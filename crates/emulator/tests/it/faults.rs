//! Scripted faults of every kind, on both listeners.

use serde_json::json;

use crate::support::{Bench, s3_answer};

#[tokio::test]
async fn a_fault_fires_as_often_as_asked_after_as_many_as_asked() {
    let bench = Bench::lifted().await;
    let rule = json!({
        "operation": "BatchGetAttachedFileMetadata", "times": 2, "after": 1,
        "fault": { "kind": "status", "status": 500, "code": "InternalServiceException" },
    });
    assert_eq!(bench.control("POST", "/faults", Some(rule)).await, json!({ "id": 1 }));
    let mut statuses = Vec::new();
    for _ in 0..5 {
        statuses.push(bench.batch(&["f"]).await.status);
    }
    assert_eq!(statuses, [200, 500, 500, 200, 200]);
    let rules = bench.control("GET", "/faults", None).await;
    assert_eq!(rules[0]["fired"], 2);
    bench.control("DELETE", "/faults", None).await;
    assert_eq!(bench.control("GET", "/faults", None).await, json!([]));
}

#[tokio::test]
async fn a_fault_can_be_meant_for_one_file_or_for_always() {
    let bench = Bench::lifted().await;
    let rule = json!({
        "operation": "*", "times": null, "fileName": "unlucky",
        "fault": { "kind": "status", "status": 500, "code": "InternalError" },
    });
    let lucky = bench.start("lucky.txt", 1).await;
    let unlucky = bench.start("unlucky.txt", 1).await;
    bench.control("POST", "/faults", Some(rule)).await;
    for _ in 0..3 {
        assert_eq!(bench.put(&unlucky, b"x").await.status, 500);
        assert_eq!(bench.get(&unlucky.id).await.status, 500);
    }
    bench.put(&lucky, b"x").await.ok();
    assert_eq!(bench.start_with(json!({ "FileName": "unlucky 2.txt" })).await.status, 500);
}

#[tokio::test]
async fn s3_errors_can_be_scripted_in_its_own_shape() {
    let bench = Bench::lifted().await;
    let start = bench.start("a.txt", 4).await;
    for (status, code) in
        [(503, "SlowDown"), (500, "InternalError"), (400, "RequestTimeout"), (403, "AccessDenied")]
    {
        bench
            .fault("PutObject", json!({ "kind": "status", "status": status, "code": code, "headers": { "Retry-After": "3" } }))
            .await;
        let answer = bench.put(&start, b"good").await.expect(status, code);
        assert_eq!(answer.headers["retry-after"], "3");
    }
    bench.put(&start, b"good").await.ok();
}

#[tokio::test]
async fn a_delay_waits_on_the_driven_clock() {
    let bench = Bench::lifted().await;
    bench.fault("GetAttachedFile", json!({ "kind": "delay", "ms": 3_600_000 })).await;
    let (answer, ()) = tokio::join!(bench.get("f"), async {
        bench.arrived("GetAttachedFile", 1).await;
        bench.advance(3_600_000).await;
    });
    answer.expect(404, "ResourceNotFoundException");
}

#[tokio::test]
async fn a_reset_ends_the_connection_without_effect() {
    let bench = Bench::lifted().await;
    let path = bench.path(&bench.info().case_arn, "");
    bench.fault("StartAttachedFileUpload", json!({ "kind": "reset" })).await;
    let body = crate::support::start_body("a.txt", 1);
    assert!(bench.try_call("connect", "PUT", &path, Some(body)).await.is_err());
    assert_eq!(bench.state().await["files"], json!([]));

    let start = bench.start("a.txt", 300_000).await;
    let content = vec![7; 300_000];
    for after in [0, 1, 100_000, 300_000, 1_000_000] {
        bench.fault("PutObject", json!({ "kind": "reset", "afterBytes": after })).await;
        assert!(s3_answer(bench.put_request(&start, &content)).await.is_err(), "{after}");
        assert_eq!(bench.keys("?staging=true").await, Vec::<String>::new(), "{after}");
    }
    bench.put(&start, &content).await.ok();
}

#[tokio::test]
async fn a_lost_answer_takes_effect() {
    let bench = Bench::lifted().await;
    let path = bench.path(&bench.info().case_arn, "");
    bench.fault("StartAttachedFileUpload", json!({ "kind": "lostAnswer" })).await;
    let body = json!({
        "FileName": "a.txt", "FileSizeInBytes": 4, "FileUseCaseType": "ATTACHMENT", "ClientToken": "t",
    });
    let lost = bench.try_call("connect", "PUT", &path, Some(body.clone())).await;
    assert!(lost.is_err());
    let first = bench.state().await["files"][0]["fileId"].clone();
    let again = bench.call("PUT", &path, Some(body)).await.ok().json();
    assert_eq!(again["FileId"], first, "the token finds the file of the lost answer");

    let start = crate::support::started(again);
    bench.fault("PutObject", json!({ "kind": "lostAnswer" })).await;
    assert!(s3_answer(bench.put_request(&start, b"good")).await.is_err());
    assert_eq!(bench.keys("?staging=true").await.len(), 1);
    bench.complete(&start.id).await.ok();
}

#[tokio::test]
async fn expired_urls_can_be_handed_out_or_judged_so() {
    let bench = Bench::lifted().await;
    bench.fault("StartAttachedFileUpload", json!({ "kind": "expired" })).await;
    let start = bench.start("a.txt", 4).await;
    let answer = bench.put(&start, b"good").await.expect(403, "AccessDenied");
    assert_eq!(answer.element("Message").unwrap(), "Request has expired");

    let start = bench.start("b.txt", 4).await;
    bench.fault("PutObject", json!({ "kind": "expired" })).await;
    bench.put(&start, b"good").await.expect(403, "AccessDenied");
    bench.put(&start, b"good").await.ok();
    bench.complete(&start.id).await.ok();
    bench.advance(2000).await;

    bench.fault("GetAttachedFile", json!({ "kind": "expired" })).await;
    let url = bench.download_url(&start.id).await;
    bench.download(&url).await.expect(403, "AccessDenied");
    bench.download(&bench.download_url(&start.id).await).await.ok();
}

#[tokio::test]
async fn a_skewed_clock_makes_urls_early_on_either_side() {
    let bench = Bench::lifted().await;
    let start = bench.start("a.txt", 4).await;
    bench.fault("PutObject", json!({ "kind": "clockSkew", "ms": 60_000 })).await;
    let answer = bench.put(&start, b"good").await.expect(403, "AccessDenied");
    assert_eq!(answer.element("Message").unwrap(), "Request is not yet valid");
    bench.fault("PutObject", json!({ "kind": "clockSkew", "ms": -600_000 })).await;
    let answer = bench.put(&start, b"good").await.expect(403, "AccessDenied");
    assert_eq!(answer.element("Message").unwrap(), "Request has expired");
    bench.set(json!({ "s3EarlyToleranceMs": 900_000 })).await;
    bench.fault("PutObject", json!({ "kind": "clockSkew", "ms": 60_000 })).await;
    bench.put(&start, b"good").await.ok();
}

#[tokio::test]
async fn a_stall_says_nothing_until_the_client_gives_up() {
    let bench = Bench::lifted().await;
    let start = bench.start("a.txt", 4).await;
    for (operation, after) in
        [("PutObject", json!(null)), ("PutObject", json!(2)), ("PutObject", json!(0))]
    {
        bench.fault(operation, json!({ "kind": "stall", "afterBytes": after })).await;
        let arrived = bench.state().await["calls"][operation].as_u64().unwrap_or(0) + 1;
        let answer = tokio::select! {
            answer = s3_answer(bench.put_request(&start, b"good")) => Some(answer),
            () = async {
                bench.arrived(operation, arrived).await;
                bench.advance(60_000).await;
                bench.state().await;
            } => None,
        };
        assert!(answer.is_none(), "answered after {after}");
    }
    bench.fault("GetAttachedFile", json!({ "kind": "stall" })).await;
    tokio::select! {
        answer = bench.get(&start.id) => panic!("answered {answer:?}"),
        () = bench.arrived("GetAttachedFile", 1) => {}
    }
    bench.get(&start.id).await.ok();
}

#[tokio::test]
async fn a_short_body_breaks_off_before_the_announced_length() {
    let bench = Bench::lifted().await;
    let content = vec![7; 200_000];
    let id = bench.scanned("a.txt", &content).await;
    let url = bench.download_url(&id).await;
    for fault in [
        json!({ "kind": "shortBody" }),
        json!({ "kind": "shortBody", "bytes": 0 }),
        json!({ "kind": "reset", "afterBytes": 1000 }),
    ] {
        bench.fault("GetObject", fault.clone()).await;
        let answer = bench.http.get(&url).send().await;
        if let Ok(answer) = answer {
            assert_eq!(answer.content_length(), Some(200_000));
            assert!(answer.bytes().await.is_err(), "{fault}");
        }
    }
    assert_eq!(bench.download(&url).await.body, content);
}

#[tokio::test]
async fn slow_reading_keeps_the_pace_set() {
    let bench =
        Bench::patched(json!({ "s3BytesPerSecond": 1, "s3IdleTimeoutMs": 100_000_000 })).await;
    let start = bench.start("a.txt", 4000).await;
    let content = vec![7; 4000];
    let put = s3_answer(bench.put_request(&start, &content));
    let (answer, ()) = tokio::join!(put, async {
        bench.arrived("PutObject", 1).await;
        while bench.keys("?staging=true").await.is_empty() {
            bench.advance(1_000_000).await;
        }
    });
    answer.unwrap().ok();
}

#[tokio::test]
async fn an_unknown_fault_is_refused() {
    let bench = Bench::lifted().await;
    let url = format!("{}/faults", bench.info().control);
    for fault in [json!({ "kind": "gremlin" }), json!({ "kind": "delay", "ms": 1, "typo": 2 })] {
        let rule = json!({ "operation": "PutObject", "fault": fault });
        let answer = bench.http.post(&url).json(&rule).send().await.unwrap();
        assert_eq!(answer.status(), 422);
    }
}
