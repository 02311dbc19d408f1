//! SigV4 of the Connect calls.

use std::time::Duration;

use serde_json::json;

use crate::support::{Answer, Bench, Signer, answer, start_body};

/// Batch with headers signed as the caller likes.
async fn batch(bench: &Bench, headers: Vec<(String, String)>, body: &str) -> Answer {
    let url = url(bench);
    let mut request = bench.http.post(url).body(body.to_owned());
    for (name, value) in headers {
        request = request.header(name, value);
    }
    answer(request).await.unwrap()
}

fn url(bench: &Bench) -> String {
    format!("{}{}", bench.info().connect, bench.path(&bench.info().case_arn, ""))
}

const BODY: &str = r#"{"FileIds":["f"]}"#;

async fn signed_by(bench: &Bench, signer: &Signer, service: &str) -> Answer {
    let headers = signer.headers(service, "POST", &url(bench), BODY.as_bytes());
    batch(bench, headers, BODY).await
}

#[tokio::test]
async fn the_accounts_signature_is_accepted() {
    let bench = Bench::lifted().await;
    signed_by(&bench, &bench.signer(), "connect").await.ok();
}

#[tokio::test]
async fn a_call_without_a_signature_is_refused() {
    let bench = Bench::lifted().await;
    batch(&bench, vec![], BODY).await.expect(403, "MissingAuthenticationTokenException");
    let garbage = vec![("authorization".to_owned(), "Bearer x".to_owned())];
    batch(&bench, garbage, BODY).await.expect(403, "IncompleteSignatureException");
}

#[tokio::test]
async fn other_keys_regions_services_and_times_are_refused() {
    let bench = Bench::lifted().await;
    let good = bench.signer();
    let with = |change: fn(&mut Signer)| {
        let mut signer = good.clone();
        change(&mut signer);
        signer
    };
    let wrong_key = with(|s| s.key = "ANOTHERKEY".to_owned());
    signed_by(&bench, &wrong_key, "connect").await.expect(403, "UnrecognizedClientException");
    for (signer, service) in [
        (with(|s| s.secret = "wrong".to_owned()), "connect"),
        (with(|s| s.region = "eu-west-1".to_owned()), "connect"),
        (with(|s| s.at -= Duration::from_secs(600)), "connect"),
        (with(|s| s.at += Duration::from_secs(600)), "connect"),
        (good.clone(), "cases"),
    ] {
        signed_by(&bench, &signer, service).await.expect(403, "InvalidSignatureException");
    }
}

#[tokio::test]
async fn a_changed_body_or_header_breaks_the_signature() {
    let bench = Bench::lifted().await;
    let headers = bench.signer().headers("connect", "POST", &url(&bench), BODY.as_bytes());
    let other = batch(&bench, headers.clone(), r#"{"FileIds":["g"]}"#).await;
    other.expect(403, "InvalidSignatureException");
    let mut changed = headers;
    for (name, value) in &mut changed {
        if name == "content-type" {
            *value = "text/plain".to_owned();
        }
    }
    batch(&bench, changed, BODY).await.expect(403, "InvalidSignatureException");
}

/// Signers keep real time while a test drives the emulator's clock.
#[tokio::test]
async fn moving_the_clock_does_not_outdate_signatures() {
    let bench = Bench::lifted().await;
    bench.advance(3_600_000).await;
    signed_by(&bench, &bench.signer(), "connect").await.ok();
    let mut corrected = bench.signer();
    corrected.at += Duration::from_secs(3600);
    signed_by(&bench, &corrected, "connect").await.ok();
}

#[tokio::test]
async fn a_refused_call_changes_nothing() {
    let bench = Bench::lifted().await;
    let url = url(&bench);
    let body = start_body("a.txt", 1).to_string();
    bench.http.put(url).body(body).send().await.unwrap();
    assert_eq!(bench.state().await["files"], json!([]));
}
