//! Pre-signed URLs made by `aws-sigv4`, an implementation the emulator does not share: each must be accepted as
//! it is and refused when its parameters are out of bounds.

use std::time::{Duration, UNIX_EPOCH};

use serde_json::json;

use crate::support::{Bench, S3Answer, s3_answer};

fn object(bench: &Bench, key: &str) -> String {
    format!("{}/amazon-connect-emulated/{key}", bench.info().s3)
}

async fn put(bench: &Bench, url: &str, headers: &[(&str, &str)]) -> S3Answer {
    let mut request = bench.http.put(url).body("good");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    s3_answer(request).await.unwrap()
}

#[tokio::test]
async fn urls_of_another_signer_are_accepted() {
    let bench = Bench::lifted().await;
    let headers = [
        ("content-type", "text/plain"),
        ("content-length", "4"),
        ("x-amz-meta-note", "two  blanks "),
    ];
    for key in ["plain", "with%20blank", "%C3%BC/%2B%281%29~"] {
        for query in ["", "?x-id=PutObject", "?a=1&a=0&b=%2F+%20"] {
            let url = format!("{}{query}", object(&bench, key));
            let url = bench.signer().presign("PUT", &url, &headers, 60);
            let sent = [headers[0], headers[2]];
            put(&bench, &url, &sent).await.ok();
        }
    }
}

#[tokio::test]
async fn our_urls_are_signed_as_another_signer_would() {
    let bench = Bench::lifted().await;
    let start = bench.start("Grüße.txt", 4).await;
    let mut signer = bench.signer();
    let query = |name: &str| {
        let url: reqwest::Url = start.url.parse().unwrap();
        let found = url.query_pairs().find(|(n, _)| n == name).map(|(_, v)| v.into_owned());
        found.unwrap()
    };
    let at = time::PrimitiveDateTime::parse(
        &query("X-Amz-Date"),
        time::macros::format_description!("[year][month][day]T[hour][minute][second]Z"),
    )
    .unwrap();
    signer.at = UNIX_EPOCH + Duration::from_secs(at.assume_utc().unix_timestamp().unsigned_abs());
    let headers: Vec<(&str, &str)> =
        start.headers.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    let bare = start.url.split('?').next().unwrap();
    let theirs = signer.presign("PUT", bare, &headers, 300);
    let signature = theirs.split("X-Amz-Signature=").nth(1).unwrap();
    assert_eq!(query("X-Amz-Signature"), signature.split('&').next().unwrap());
}

#[tokio::test]
async fn hoisted_headers_count_as_headers() {
    let bench = Bench::lifted().await;
    let url =
        format!("{}?x-amz-meta-note=hoisted", object(&bench, "connect/emulated/attachments/k"));
    let url = bench.signer().presign("PUT", &url, &[], 60);
    put(&bench, &url, &[]).await.ok();
    let get =
        bench.signer().presign("GET", &object(&bench, "connect/emulated/attachments/k"), &[], 60);
    let answer = bench.download(&get).await.ok();
    assert_eq!(answer.headers["x-amz-meta-note"], "hoisted");
}

/// The JS SDK's presigner puts the checksum of an empty body there; S3 is said to ignore it.
#[tokio::test]
async fn hoisted_checksums_are_ignored_or_compared_as_set() {
    let bench = Bench::lifted().await;
    let url = format!(
        "{}?x-amz-checksum-crc32=AAAAAA%3D%3D&x-amz-sdk-checksum-algorithm=CRC32",
        object(&bench, "k")
    );
    let url = bench.signer().presign("PUT", &url, &[], 60);
    put(&bench, &url, &[]).await.ok();
    bench.set(json!({ "s3HoistedChecksumsChecked": true })).await;
    put(&bench, &url, &[]).await.expect(400, "BadDigest");
}

/// As SDKs make them when they do not presign; s3s judges these, by the machine's clock.
#[tokio::test]
async fn calls_signed_in_the_header_reach_the_bucket() {
    let bench = Bench::lifted().await;
    let url = object(&bench, "k");
    for (method, body) in [("PUT", "good"), ("HEAD", ""), ("GET", ""), ("DELETE", "")] {
        let request = |signer: &crate::support::Signer| {
            let headers = signer.s3_headers(method, &url, body.as_bytes());
            let mut request = bench.http.request(method.parse().unwrap(), &url).body(body);
            for (name, value) in headers {
                request = request.header(name, value);
            }
            s3_answer(request)
        };
        let answer = request(&bench.signer()).await.unwrap();
        assert!(answer.status == 200 || answer.status == 204, "{method}: {}", answer.xml());
        let mut wrong = bench.signer();
        wrong.secret = "wrong".to_owned();
        assert_eq!(request(&wrong).await.unwrap().status, 403);
    }
}

#[tokio::test]
async fn parameters_out_of_bounds_are_named() {
    let bench = Bench::lifted().await;
    let good = bench.signer().presign("PUT", &object(&bench, "k"), &[], 60);
    let changed = |from: &str, to: &str| {
        let url = good.replace(from, to);
        assert_ne!(url, good, "{from} is not in the URL");
        url
    };
    for (url, says) in [
        (changed("X-Amz-Expires=60", "X-Amz-Expires=604801"), "less than a week"),
        (changed("X-Amz-Expires=60", "X-Amz-Expires=-1"), "non-negative"),
        (changed("X-Amz-Expires=60", "X-Amz-Expires=soon"), "should be a number"),
        (changed("&X-Amz-Expires=60", ""), "requires the X-Amz-Algorithm"),
        (changed("AWS4-HMAC-SHA256", "AWS4-HMAC-SHA1"), "only supports"),
        (changed("%2Fus-east-1%2F", "%2Feu-west-1%2F"), "region 'eu-west-1' is wrong"),
        (changed("%2Fs3%2F", "%2Fec2%2F"), "incorrect service"),
        (changed("X-Amz-Date=2", "X-Amz-Date=x"), "ISO8601"),
    ] {
        let answer = put(&bench, &url, &[]).await.expect(400, "AuthorizationQueryParametersError");
        assert!(answer.element("Message").unwrap().contains(says), "{}", answer.xml());
    }
    put(&bench, &good, &[]).await.ok();
}

#[tokio::test]
async fn an_unknown_key_id_is_named() {
    let bench = Bench::lifted().await;
    let mut signer = bench.signer();
    signer.key = "SOMEBODYELSE".to_owned();
    let url = signer.presign("PUT", &object(&bench, "k"), &[], 60);
    let answer = put(&bench, &url, &[]).await.expect(403, "InvalidAccessKeyId");
    assert_eq!(answer.element("AWSAccessKeyId").unwrap(), "SOMEBODYELSE");
}

#[tokio::test]
async fn a_host_that_is_not_signed_is_refused() {
    let bench = Bench::lifted().await;
    let url = bench.signer().presign("PUT", &object(&bench, "k"), &[("content-type", "a/b")], 60);
    let url = url.replace("content-type%3Bhost", "content-type");
    let answer = put(&bench, &url, &[("content-type", "a/b")]).await.expect(403, "AccessDenied");
    assert_eq!(answer.element("HeadersNotSigned").unwrap(), "host");
}

#[tokio::test]
async fn a_signed_hash_binds_the_content() {
    let bench = Bench::lifted().await;
    let hash = hex::encode(<sha2::Sha256 as sha2::Digest>::digest(b"good"));
    for (hash, status) in [(hash.as_str(), 200), (&"0".repeat(64), 400)] {
        let url = format!("{}?X-Amz-Content-Sha256={hash}", object(&bench, "k"));
        let url = bench.signer().presign_payload("PUT", &url, &[], 60, Some(hash));
        let answer = put(&bench, &url, &[]).await;
        assert_eq!(answer.status, status, "{}", answer.xml());
        if status == 400 {
            answer.expect(400, "XAmzContentSHA256Mismatch");
        }
    }
}

#[tokio::test]
async fn virtual_host_urls_name_the_bucket_in_the_host() {
    let bench = Bench::patched(json!({ "urlStyle": "virtualHost" })).await;
    let start = bench.start("a.txt", 4).await;
    let (_, port) = bench.info().s3.rsplit_once(':').unwrap();
    let host = format!("amazon-connect-emulated.localhost:{port}");
    assert!(start.url.starts_with(&format!("http://{host}/connect/emulated/staging/")));
    // Resolving *.localhost is the client's business; here the address is given.
    let mut by_address = start.clone();
    by_address.url = start.url.replace(&host, &format!("127.0.0.1:{port}"));
    let request = bench.put_request(&by_address, b"good").header("host", host);
    s3_answer(request).await.unwrap().ok();
    bench.complete(&start.id).await.ok();
}

#[tokio::test]
async fn a_missing_object_is_named() {
    let bench = Bench::lifted().await;
    let url = bench.signer().presign("GET", &object(&bench, "not/there"), &[], 60);
    let answer = bench.download(&url).await.expect(404, "NoSuchKey");
    assert_eq!(answer.element("Key").unwrap(), "not/there");
}
