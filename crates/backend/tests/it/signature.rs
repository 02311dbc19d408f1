//! SigV4, worked out again by hand from what arrived: not by the library that made it.

use hmac::{Hmac, KeyInit as _, Mac as _};
use http::Method;
use sha2::{Digest as _, Sha256};

use crate::support::{ACCESS_KEY, Bench, DOMAIN, SECRET_KEY, Seen, case, files};

#[tokio::test]
async fn each_request_is_signed_for_its_service_over_what_is_sent() {
    let bench = Bench::new().await;
    // A space in the path is encoded twice in what is signed, a quote in the query once.
    let odd =
        format!("/attached-files/i%202/f%201?zeta=it's&associatedResourceArn={}&Alpha=", case("1"));
    for (method, target, body) in [
        (Method::PUT, files(""), r#"{"FileName":"ü.pdf"}"#),
        (Method::POST, files("/f1"), ""),
        (Method::DELETE, files("/f1"), ""),
        (Method::GET, odd, ""),
    ] {
        assert_eq!(bench.call(method, &target, body).await.status, 200, "{target}");
    }
    let seen = bench.connect.seen();
    assert_eq!(seen.len(), 4);
    for request in &seen {
        verify(request, "connect");
    }

    let related = format!("/domains/{DOMAIN}/cases/1/related-items-search");
    assert_eq!(bench.call(Method::POST, &related, "{}").await.status, 200);
    verify(&bench.cases.only(), "cases");
}

#[track_caller]
fn verify(request: &Seen, service: &str) {
    let header = |name: &str| request.headers[name].to_str().unwrap().trim().to_owned();
    let authorization = header("authorization");
    let field = |name: &str| {
        let (_, rest) = authorization.split_once(&format!("{name}=")).unwrap();
        rest.split(',').next().unwrap().trim().to_owned()
    };
    let time = header("x-amz-date");
    let scope = format!("{}/us-east-1/{service}/aws4_request", &time[..8]);
    assert_eq!(field("Credential"), format!("{ACCESS_KEY}/{scope}"));

    let signed = field("SignedHeaders");
    for name in ["host", "x-amz-date", "x-amz-security-token"] {
        assert!(signed.split(';').any(|signed| signed == name), "{name} is not signed: {signed}");
    }
    assert_eq!(signed.contains("content-type"), !request.body.is_empty());
    let headers: String =
        signed.split(';').map(|name| format!("{name}:{}\n", header(name))).collect();

    let (path, query) = request.target.split_once('?').unwrap_or((&request.target, ""));
    let path = path.replace('%', "%25");
    let mut query: Vec<&str> = query.split('&').collect();
    query.sort_unstable();
    let canonical = format!(
        "{}\n{path}\n{}\n{headers}\n{signed}\n{}",
        request.method,
        query.join("&"),
        hex(&Sha256::digest(&request.body))
    );
    let to_sign =
        format!("AWS4-HMAC-SHA256\n{time}\n{scope}\n{}", hex(&Sha256::digest(&canonical)));
    let key = scope
        .split('/')
        .fold(format!("AWS4{SECRET_KEY}").into_bytes(), |key, part| mac(&key, part));
    assert_eq!(field("Signature"), hex(&mac(&key, &to_sign)), "{canonical}");
}

fn mac(key: &[u8], message: &str) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).unwrap();
    mac.update(message.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[tokio::test]
async fn a_request_is_signed_for_the_time_it_is_made() {
    let bench = Bench::new().await;
    let mut days = Vec::new();
    for _ in 0..2 {
        let answer = bench.call(Method::GET, &files("/f1"), "").await;
        days.push(day(answer.header("date").unwrap()));
    }
    // Signed between the two answers, so on one of their days should midnight have passed.
    let signed = bench.connect.seen()[1].headers["x-amz-date"].to_str().unwrap()[..8].to_owned();
    assert!(days.contains(&signed), "{signed} is none of {days:?}");
}

/// `Sun, 06 Nov 1994 08:49:37 GMT` as `19941106`.
fn day(date: &str) -> String {
    const MONTHS: &str = "JanFebMarAprMayJunJulAugSepOctNovDec";
    let month = MONTHS.find(&date[8..11]).unwrap() / 3 + 1;
    format!("{}{month:02}{}", &date[12..16], &date[5..7])
}
