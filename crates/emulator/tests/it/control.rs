//! The control API itself.

use serde_json::{Value, json};

use crate::support::Bench;

#[tokio::test]
async fn state_shows_files_and_counts() {
    let bench = Bench::lifted().await;
    let start = bench.start("a.txt", 4).await;
    let before = bench.state().await;
    assert_eq!(before["files"][0]["stored"], false);
    bench.put(&start, b"good").await.ok();
    bench.complete(&start.id).await.ok();
    bench.describe("CASE").await.ok();
    bench.search(json!({})).await.ok();
    bench.advance(2000).await;
    bench.download(&bench.download_url(&start.id).await).await.ok();
    let state = bench.state().await;
    let file = &state["files"][0];
    assert_eq!(file["fileId"], start.id);
    assert_eq!(file["fileName"], "a.txt");
    assert_eq!(file["fileSizeInBytes"], 4);
    assert_eq!(file["status"], "APPROVED");
    assert_eq!(file["associatedResourceArn"], bench.info().case_arn);
    assert_eq!(file["stored"], true);
    assert_eq!(file["key"], bench.keys("").await[0]);
    assert!(file["createdBy"]["AWSIdentityArn"].is_string() && file["tags"].is_object());
    assert_eq!(
        state["calls"],
        json!({
            "StartAttachedFileUpload": 1, "PutObject": 1, "CompleteAttachedFileUpload": 1,
            "DescribeAttachedFilesConfiguration": 1, "SearchRelatedItems": 1, "GetAttachedFile": 1,
            "GetObject": 1,
        })
    );
    assert!(state["now"].as_i64().unwrap() > before["now"].as_i64().unwrap());
}

#[tokio::test]
async fn the_log_has_every_request_in_order() {
    let bench = Bench::lifted().await;
    let start = bench.start("a.txt", 4).await;
    bench.put(&start, b"longer").await.expect(403, "SignatureDoesNotMatch");
    bench.search(json!({})).await.ok();
    let log = bench.control("GET", "/requests", None).await;
    let log: Vec<(&Value, &Value, &Value)> = log
        .as_array()
        .unwrap()
        .iter()
        .map(|e| (&e["operation"], &e["status"], &e["error"]))
        .collect();
    assert_eq!(
        log,
        [
            (&json!("StartAttachedFileUpload"), &json!(200), &Value::Null),
            (&json!("PutObject"), &json!(403), &json!("SignatureDoesNotMatch")),
            (&json!("SearchRelatedItems"), &json!(200), &Value::Null),
        ]
    );
    let log = bench.control("GET", "/requests", None).await;
    let put = &log[1];
    assert_eq!(put["method"], "PUT");
    assert!(put["path"].as_str().unwrap().ends_with(&start.id));
    assert!(put["query"].as_str().unwrap().contains("X-Amz-Signature="));
    assert_eq!(put["headers"]["x-amz-acl"], "bucket-owner-full-control");
    assert_eq!(put["headers"]["content-length"], "6");
}

#[tokio::test]
async fn settings_take_a_subset_and_refuse_what_they_do_not_know() {
    let bench = Bench::lifted().await;
    let all = bench.control("PATCH", "/settings", Some(json!({ "scanDelayMs": 7 }))).await;
    assert_eq!(all["scanDelayMs"], 7);
    assert_eq!(all["maxFilesPerResource"], Value::Null);
    assert_eq!(bench.control("GET", "/settings", None).await, all);
    let url = format!("{}/settings", bench.info().control);
    for patch in
        [json!({ "scanDelay": 7 }), json!({ "scanDelayMs": "7" }), json!({ "urlStyle": "odd" })]
    {
        let answer = bench.http.patch(&url).json(&patch).send().await.unwrap();
        assert_eq!(answer.status(), 400, "{patch}");
    }
    assert_eq!(bench.control("GET", "/settings", None).await, all);
}

#[tokio::test]
async fn a_reset_goes_back_to_the_start() {
    let bench = Bench::lifted().await;
    bench.upload("a.txt", b"x").await;
    bench.set(json!({ "scanDelayMs": 7 })).await;
    bench.fault("PutObject", json!({ "kind": "lostAnswer" })).await;
    bench.advance(3_600_000).await;
    let before = bench.state().await["now"].as_i64().unwrap();
    bench.control("POST", "/reset", None).await;
    let state = bench.state().await;
    assert_eq!((&state["files"], &state["calls"]), (&json!([]), &json!({})));
    assert!(state["now"].as_i64().unwrap() < before);
    assert_eq!(bench.keys("").await, Vec::<String>::new());
    assert_eq!(bench.control("GET", "/faults", None).await, json!([]));
    let settings = bench.control("GET", "/settings", None).await;
    assert_eq!((&settings["scanDelayMs"], &settings["rateLimited"]), (&json!(1500), &json!(false)));
    bench.upload("a.txt", b"x").await;
}

#[tokio::test]
async fn pages_of_any_origin_may_drive_it() {
    let bench = Bench::lifted().await;
    let url = format!("{}/state", bench.info().control);
    let answer = bench.http.get(url).header("origin", "http://127.0.0.1:9").send().await.unwrap();
    assert!(answer.headers().contains_key("access-control-allow-origin"));
}

#[tokio::test]
async fn times_of_answers_follow_the_driven_clock() {
    let bench = Bench::lifted().await;
    let before = bench.get("f").await.headers["date"].clone();
    bench.advance(86_400_000).await;
    assert_ne!(bench.get("f").await.headers["date"], before);
    let start = bench.start("a.txt", 1).await;
    let put = bench.put(&start, b"x").await.ok();
    assert_eq!(
        put.headers["date"].to_str().unwrap()[..16],
        bench.get("f").await.headers["date"].to_str().unwrap()[..16]
    );
    assert_eq!(put.headers["server"], "AmazonS3");
}
