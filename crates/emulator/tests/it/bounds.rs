//! Every length, pattern and count of the model (reference 1.2 and 4).

use serde_json::{Value, json};

use crate::support::{Bench, start_body};

/// What a changed Start is refused with.
async fn refused(bench: &Bench, change: Value) -> (String, String) {
    let answer = bench.start_with(change.clone()).await;
    assert_eq!(answer.status, 400, "{change} was taken");
    (answer.code().to_owned(), answer.reason())
}

#[tokio::test]
async fn names_outside_the_pattern_are_refused_with_the_reason() {
    let bench = Bench::lifted().await;
    let long = format!("{}.txt", "a".repeat(253));
    for name in [
        "",
        &long,
        "tab\t.txt",
        "joined\u{200d}.txt",
        "bidi\u{202e}.txt",
        "private\u{e000}.txt",
        "unassigned\u{378}.txt",
        "nul\0.txt",
    ] {
        let (code, reason) = refused(&bench, json!({ "FileName": name })).await;
        assert_eq!(
            (code.as_str(), reason.as_str()),
            ("InvalidRequestException", "INVALID_FILE_NAME"),
            "{name:?}"
        );
    }
}

#[tokio::test]
async fn names_within_the_pattern_are_taken() {
    let bench = Bench::lifted().await;
    let longest = format!("{}.txt", "漢".repeat(252));
    for name in [
        longest.as_str(),
        "Ümläut und blank.PDF",
        "日本語.txt",
        "smile 😀.png",
        "<img onerror=x>.txt",
        "a'\"b.txt",
    ] {
        bench.start_with(json!({ "FileName": name })).await.ok();
    }
}

#[tokio::test]
async fn types_are_told_by_the_extension() {
    let bench = Bench::lifted().await;
    for name in ["a.exe", "pdf", "a.", "a.pdf.zip", ".", "a.pdf "] {
        let (code, reason) = refused(&bench, json!({ "FileName": name })).await;
        assert_eq!(
            (code.as_str(), reason.as_str()),
            ("InvalidRequestException", "INVALID_FILE_TYPE"),
            "{name:?}"
        );
    }
}

#[tokio::test]
async fn sizes_go_from_one_to_the_limit() {
    let bench = Bench::lifted().await;
    let limit = 20 * 1024 * 1024;
    for size in [0_i64, -1, limit + 1, i64::MAX] {
        let (code, reason) = refused(&bench, json!({ "FileSizeInBytes": size })).await;
        assert_eq!(
            (code.as_str(), reason.as_str()),
            ("InvalidRequestException", "INVALID_FILE_SIZE"),
            "{size}"
        );
    }
    for size in [1, limit] {
        bench.start_with(json!({ "FileSizeInBytes": size })).await.ok();
    }
}

#[tokio::test]
async fn other_members_of_start_have_their_bounds() {
    let bench = Bench::lifted().await;
    let tags = |count: usize| -> Value {
        (0..count).map(|n| (format!("k{n}"), json!("v"))).collect::<serde_json::Map<_, _>>().into()
    };
    let long_key = "k".repeat(129);
    for change in [
        json!({ "FileName": null }),
        json!({ "FileSizeInBytes": null }),
        json!({ "FileUseCaseType": null }),
        json!({ "FileUseCaseType": "EMAIL_MESSAGE" }),
        json!({ "FileUseCaseType": "ATTACHMENTS" }),
        json!({ "UrlExpiryInSeconds": 4 }),
        json!({ "UrlExpiryInSeconds": 301 }),
        json!({ "ClientToken": "t".repeat(501) }),
        json!({ "Tags": {} }),
        json!({ "Tags": tags(51) }),
        json!({ "Tags": { "": "v" } }),
        json!({ "Tags": { long_key: "v" } }),
        json!({ "Tags": { "aws:k": "v" } }),
        json!({ "Tags": { "k!": "v" } }),
        json!({ "Tags": { "k": "v".repeat(257) } }),
        json!({ "CreatedBy": {} }),
        json!({ "CreatedBy": { "ConnectUserArn": "me" } }),
        json!({ "CreatedBy": { "AWSIdentityArn": "arn:aws:iam::1:user/me" } }),
        json!({ "CreatedBy": { "ConnectUserArn": "arn:a", "AWSIdentityArn": "arn:b" } }),
    ] {
        let (code, reason) = refused(&bench, change.clone()).await;
        assert_eq!((code.as_str(), reason.as_str()), ("InvalidRequestException", ""), "{change}");
    }
    for change in [
        json!({ "UrlExpiryInSeconds": 5 }),
        json!({ "UrlExpiryInSeconds": 300 }),
        json!({ "ClientToken": "t".repeat(500) }),
        json!({ "Tags": tags(50) }),
        json!({ "Tags": { "k".repeat(128): "v".repeat(256) } }),
        json!({ "Tags": { "Ümläut 1_.:/=+-@": "" } }),
        json!({ "SomethingNew": true }),
    ] {
        bench.start_with(change).await.ok();
    }
}

#[tokio::test]
async fn values_of_the_wrong_kind_are_a_serialization_error() {
    let bench = Bench::lifted().await;
    for change in [
        json!({ "FileSizeInBytes": "4" }),
        json!({ "FileSizeInBytes": 1.5 }),
        json!({ "FileName": 7 }),
        json!({ "Tags": ["k"] }),
    ] {
        let (code, _) = refused(&bench, change.clone()).await;
        assert_eq!(code, "SerializationException", "{change}");
    }
}

#[tokio::test]
async fn resources_that_are_not_ours_are_refused() {
    let bench = Bench::lifted().await;
    let ours = bench.info().case_arn.clone();
    let foreign = [
        ours.replace("us-east-1", "eu-west-1"),
        ours.replace("123456789012", "210987654321"),
        ours.replace(&bench.info().domain_id, "another-domain"),
        ours.replace(":cases:", ":connect:"),
        format!("{ours}/more"),
        bench.info().contact_arn.replace(&bench.info().instance_id, "another-instance"),
    ];
    for arn in &foreign {
        let start = bench.start_on(arn, start_body("a.txt", 1)).await;
        start.expect(400, "InvalidRequestException");
        let path = bench.path(arn, "");
        let batch = bench.call("POST", &path, Some(json!({ "FileIds": ["x"] }))).await;
        batch.expect(404, "ResourceNotFoundException");
    }
    for arn in ["", "case/1", "arn:aws:cases"] {
        bench.start_on(arn, start_body("a.txt", 1)).await.expect(400, "InvalidRequestException");
    }
    let none = format!("/attached-files/{}", bench.info().instance_id);
    let none = bench.call("PUT", &none, Some(start_body("a.txt", 1))).await;
    none.expect(400, "InvalidRequestException");
}

#[tokio::test]
async fn labels_of_the_path_have_their_bounds() {
    let bench = Bench::lifted().await;
    let arn = bench.info().case_arn.clone();
    let long_file = bench.path(&arn, &format!("/{}", "f".repeat(257)));
    bench.call("GET", &long_file, None).await.expect(400, "InvalidRequestException");
    let instance = |path: &str, id: &str| path.replace(&bench.info().instance_id, id);
    let long = instance(&bench.path(&arn, "/f"), &"i".repeat(101));
    bench.call("GET", &long, None).await.expect(400, "InvalidRequestException");
    let other = instance(&bench.path(&arn, "/f"), "another-instance");
    bench.call("GET", &other, None).await.expect(404, "ResourceNotFoundException");
    let start = instance(&bench.path(&arn, ""), "another-instance");
    let start = bench.call("PUT", &start, Some(start_body("a.txt", 1))).await;
    start.expect(400, "InvalidRequestException");
}

#[tokio::test]
async fn batch_takes_1_to_100_ids() {
    let bench = Bench::lifted().await;
    let long = "f".repeat(257);
    for ids in [vec![], vec!["f"; 101], vec![""], vec![long.as_str()]] {
        bench.batch(&ids).await.expect(400, "InvalidRequestException");
    }
    bench.batch(&["f"; 100]).await.ok();
    let path = bench.path(&bench.info().case_arn, "");
    bench.call("POST", &path, Some(json!({}))).await.expect(400, "InvalidRequestException");
}

#[tokio::test]
async fn get_bounds_its_query() {
    let bench = Bench::lifted().await;
    let id = bench.scanned("a.txt", b"x").await;
    let path = bench.path(&bench.info().case_arn, &format!("/{id}"));
    for (more, code) in [
        ("urlExpiryInSeconds=4", "InvalidRequestException"),
        ("urlExpiryInSeconds=301", "InvalidRequestException"),
        ("urlExpiryInSeconds=x", "SerializationException"),
        ("urlContentDisposition=inline", "InvalidRequestException"),
    ] {
        bench.call("GET", &format!("{path}&{more}"), None).await.expect(400, code);
    }
    bench.call("GET", &format!("{path}&urlExpiryInSeconds=5"), None).await.ok();
}

#[tokio::test]
async fn describe_knows_four_scopes() {
    let bench = Bench::lifted().await;
    for scope in ["EMAIL", "CHAT", "CASE", "TASK"] {
        bench.describe(scope).await.ok();
    }
    bench.describe("case").await.expect(400, "InvalidParameterException");
    let other = bench.call("GET", "/attached-files-configurations/another/CASE", None).await;
    other.expect(404, "ResourceNotFoundException");
}

#[tokio::test]
async fn the_search_bounds_its_members() {
    let bench = Bench::lifted().await;
    for body in [
        json!({ "maxResults": 0 }),
        json!({ "maxResults": 26 }),
        json!({ "nextToken": "of another list" }),
        json!({ "filters": vec![json!({ "file": {} }); 11] }),
        json!({ "filters": [{}] }),
        json!({ "filters": [{ "file": {}, "comment": {} }] }),
        json!({ "filters": [{ "unheardOf": {} }] }),
        json!({ "filters": [{ "file": { "fileArn": "" } }] }),
        json!({ "filters": [{ "file": { "fileArn": "f".repeat(501) } }] }),
    ] {
        let answer = bench.search(body.clone()).await;
        let answer = answer.expect(400, "ValidationException");
        assert!(answer.json()["message"].is_string(), "Cases spells message in lower case");
    }
    let domain = bench.info().domain_id.clone();
    let long = "c".repeat(501);
    bench.search_in(&domain, &long, json!({})).await.expect(400, "ValidationException");
    let other = bench.search_in("another", "c", json!({})).await;
    let other = other.expect(404, "ResourceNotFoundException").json();
    assert_eq!(
        (&other["resourceId"], &other["resourceType"]),
        (&json!("another"), &json!("Domain"))
    );
}
