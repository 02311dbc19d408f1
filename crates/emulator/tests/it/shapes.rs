//! S3's error bodies, element by element, as they were seen in the wild. Only the shapes are taken from there.

use serde_json::json;

use crate::support::{Bench, S3Answer, s3_answer};

/// Names of the elements inside `Error`, in order.
fn elements(answer: &S3Answer) -> Vec<String> {
    let xml = answer.xml();
    let inner = xml.split_once("<Error>").unwrap().1.split_once("</Error>").unwrap().0;
    let mut names = Vec::new();
    let mut rest = inner;
    while let Some((_, open)) = rest.split_once('<') {
        let (name, after) = open.split_once('>').unwrap();
        let (_, after) = after.split_once(&format!("</{name}>")).unwrap();
        names.push(name.to_owned());
        rest = after;
    }
    names
}

/// Threads aws-sdk-php#1333 and react-slack-clone#27.
#[tokio::test]
async fn expired() {
    let bench = Bench::lifted().await;
    let start = bench.start("a.txt", 4).await;
    bench.advance(301_000).await;
    let answer = bench.put(&start, b"good").await.expect(403, "AccessDenied");
    assert_eq!(
        elements(&answer),
        ["Code", "Message", "X-Amz-Expires", "Expires", "ServerTime", "RequestId", "HostId"]
    );
}

/// Threads minio#2638 and s3-signer#16: the date is a number of milliseconds.
#[tokio::test]
async fn not_yet_valid() {
    let bench = Bench::lifted().await;
    let start = bench.start("a.txt", 4).await;
    bench.advance(-60_000).await;
    let answer = bench.put(&start, b"good").await.expect(403, "AccessDenied");
    assert_eq!(
        elements(&answer),
        ["Code", "Message", "X-Amz-Date", "Expires", "ServerTime", "RequestId", "HostId"]
    );
    assert!(answer.element("X-Amz-Date").unwrap().parse::<u64>().is_ok());
}

/// Thread minio#5630 (reference 2.5).
#[tokio::test]
async fn wrong_signature() {
    let bench = Bench::lifted().await;
    let start = bench.start("a.txt", 4).await;
    let answer = bench.put(&start, b"longer").await.expect(403, "SignatureDoesNotMatch");
    assert_eq!(
        elements(&answer),
        [
            "Code",
            "Message",
            "AWSAccessKeyId",
            "StringToSign",
            "SignatureProvided",
            "StringToSignBytes",
            "CanonicalRequest",
            "CanonicalRequestBytes",
            "RequestId",
            "HostId",
        ]
    );
}

/// Threads soto#374 and arrow-rs-object-store#484: names joined by comma and blank.
#[tokio::test]
async fn headers_not_signed() {
    let bench = Bench::lifted().await;
    let start = bench.start("a.txt", 4).await;
    let request = bench.put_request(&start, b"good").header("x-amz-tagging", "a=b");
    let answer = s3_answer(request).await.unwrap().expect(403, "AccessDenied");
    assert_eq!(elements(&answer), ["Code", "Message", "HeadersNotSigned", "RequestId", "HostId"]);
}

/// Thread aws-sdk-go#3063.
#[tokio::test]
async fn chunked() {
    let bench = Bench::patched(json!({ "s3ChunkedPut": "notImplemented" })).await;
    let start = bench.start("a.txt", 4).await;
    let request = bench.http.put(&start.url).header("transfer-encoding", "chunked").body("good");
    let answer = s3_answer(request).await.unwrap().expect(501, "NotImplemented");
    assert_eq!(elements(&answer), ["Code", "Message", "Header", "RequestId", "HostId"]);
    assert_eq!(answer.element("Header").unwrap(), "Transfer-Encoding");
}

/// Thread versitygw#2083.
#[tokio::test]
async fn preflight_refused() {
    let bench = Bench::patched(json!({ "s3CorsOrigins": ["https://other.example"] })).await;
    let start = bench.start("a.txt", 4).await;
    let request = bench
        .http
        .request(reqwest::Method::OPTIONS, &start.url)
        .header("origin", "https://app.example")
        .header("access-control-request-method", "PUT");
    let answer = s3_answer(request).await.unwrap().expect(403, "AccessForbidden");
    assert_eq!(
        elements(&answer),
        ["Code", "Message", "Method", "ResourceType", "RequestId", "HostId"]
    );
}
