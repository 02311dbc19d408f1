//! The binary with `--aws`, its services replaced by scripted ones on loopback.

use http::StatusCode;
use tokio::net::TcpStream;

use crate::process::{Process, refusal, until};
use crate::support::{DOMAIN, INSTANCE, SECRET, Service, files};

const AUTH: &str = "[auth]\nkind = 'bearer'\ntoken_env = 'TOKEN'\n";
const TOKEN: (&str, &str) = ("TOKEN", SECRET);
const ENVIRONMENT: [(&str, &str); 5] = [
    ("AWS_ACCESS_KEY_ID", "AKIDFROMENV"),
    ("AWS_SECRET_ACCESS_KEY", "secret-from-env"),
    ("AWS_SESSION_TOKEN", "session-from-env"),
    ("AWS_REGION", "us-east-1"),
    TOKEN,
];

fn policy() -> String {
    format!(
        "[policy]\ninstances = ['{INSTANCE}']\n\
         resources = ['arn:aws:cases:us-east-1:123456789012:domain/{DOMAIN}/case/*']\n"
    )
}

async fn config(connect: &Service, cases: &Service) -> String {
    let (connect, cases) = (connect.start().await, cases.start().await);
    format!(
        "[aws]\naccount = '123456789012'\nconnect_endpoint = '{connect}'\ncases_endpoint = '{cases}'\n{AUTH}{}",
        policy()
    )
}

#[test]
fn aws_mode_refuses_to_start_without_authenticator_policy_or_credentials() {
    let account = "[aws]\naccount = '123456789012'\n";
    let complete = format!("{account}{AUTH}{}", policy());
    let region = ("AWS_REGION", "us-east-1");
    let short = ("TOKEN", "short");
    for (config, environment, expected) in [
        (account.to_owned(), vec![TOKEN], "--aws needs an authenticator"),
        (format!("{account}{}", policy()), vec![TOKEN], "--aws needs an authenticator"),
        (format!("{account}{AUTH}"), vec![TOKEN], "--aws needs a policy"),
        (
            format!("{account}{AUTH}[policy]\ninstances = []\nresources = []"),
            vec![TOKEN],
            "names no instance",
        ),
        (
            complete.replace("kind", "connect_user_arn = 'arn:aws:iam::1:user/x'\nkind"),
            vec![TOKEN],
            "connect_user_arn is not",
        ),
        (complete.clone(), vec![], "token_env TOKEN is not set"),
        (complete.clone(), vec![short], "shorter than 32 bytes"),
        (
            format!("{account}[auth]\nkind = 'open'\n{}", policy()),
            vec![TOKEN],
            "unknown variant `open`",
        ),
        (
            format!("{account}[auth]\nkind = 'bearer'\n{}", policy()),
            vec![TOKEN],
            "exactly one of token_file",
        ),
        (format!("{AUTH}{}", policy()), vec![TOKEN, region], "account is needed"),
        (
            format!("allowed_origins = ['*']\n{complete}"),
            vec![TOKEN, region],
            "`*` is not an origin",
        ),
        (complete.clone(), vec![TOKEN], "no Region"),
        (
            complete.replace("[aws]", "[aws]\nconnect_endpoint = 'http://connect.example'"),
            vec![TOKEN, region],
            "connect_endpoint is wrong: plain http is for loopback only",
        ),
        (complete.clone(), vec![TOKEN, region], "no AWS credentials"),
    ] {
        let text = refusal(&config, &["--aws"], &environment);
        assert!(text.contains(expected), "expected {expected:?}, got {text:?}");
        assert_eq!(
            text.trim().lines().filter(|line| line.starts_with("attached-files-backend:")).count(),
            1
        );
    }
}

#[tokio::test]
async fn credentials_and_region_come_from_the_standard_chain() {
    let (connect, cases) = (Service::default(), Service::default());
    let process = Process::start(&config(&connect, &cases).await, &["--aws"], &ENVIRONMENT);
    let answer = reqwest::Client::new()
        .put(format!("{}{}", process.endpoint(), files("")))
        .bearer_auth(SECRET)
        .body("{}")
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), StatusCode::OK);
    let headers = connect.only().headers;
    let authorization = headers["authorization"].to_str().unwrap();
    assert!(
        authorization.starts_with("AWS4-HMAC-SHA256 Credential=AKIDFROMENV/"),
        "{authorization}"
    );
    assert!(authorization.contains("/us-east-1/connect/aws4_request"), "{authorization}");
    assert_eq!(headers["x-amz-security-token"], "session-from-env");
    assert!(
        process.line.as_object().unwrap().len() == 1,
        "no secrets in the line: {}",
        process.line
    );
}

#[tokio::test]
async fn the_log_holds_no_token_no_query_and_no_file_name() {
    let (connect, cases) = (Service::default(), Service::default());
    let process =
        Process::start(&config(&connect, &cases).await, &["--aws", "--log", "trace"], &ENVIRONMENT);
    let client = reqwest::Client::new();
    let target = format!("{}{}", process.endpoint(), files(""));
    let body = r#"{"FileName":"medical-record.pdf"}"#;
    let answer = client.put(&target).bearer_auth(SECRET).body(body).send().await.unwrap();
    let id = answer.headers()["x-amzn-requestid"].to_str().unwrap().to_owned();
    client.put(&target).bearer_auth("a-wrong-secret").body(body).send().await.unwrap();

    process.terminate();
    let (_, log) = process.ended();
    let line = log
        .lines()
        .find(|line| line.contains(&id))
        .unwrap_or_else(|| panic!("{id} is not in {log}"));
    for part in ["PUT", "/attached-files/{InstanceId}", "200", "duration_ms"] {
        assert!(line.contains(part), "{part} is not in {line}");
    }
    for secret in
        [SECRET, "a-wrong-secret", "secret-from-env", "session-from-env", "medical", "arn", DOMAIN]
    {
        assert!(!log.contains(secret), "{secret} is in {log}");
    }
}

#[tokio::test]
async fn on_sigterm_a_request_under_way_is_finished_and_no_new_one_taken() {
    let (connect, cases) = (Service::default(), Service::default());
    let held = connect.will_hold();
    let process = Process::start(&config(&connect, &cases).await, &["--aws"], &ENVIRONMENT);
    let request = reqwest::Client::new()
        .delete(format!("{}{}", process.endpoint(), files("/f1")))
        .bearer_auth(SECRET);
    let under_way = tokio::spawn(request.send());
    until("the request arrives", async || !connect.seen().is_empty()).await;

    process.terminate();
    let address = process.endpoint().strip_prefix("http://").unwrap().to_owned();
    until("no connection is taken", async || TcpStream::connect(&address).await.is_err()).await;
    held.send(()).unwrap();
    assert_eq!(under_way.await.unwrap().unwrap().status(), StatusCode::OK);
    let (ended_well, _) = process.ended();
    assert!(ended_well);
}

#[test]
fn a_taken_port_is_told_in_one_sentence() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let config = format!("[aws]\naccount = '123456789012'\n{AUTH}{}", policy());
    let text = refusal(&config, &["--aws", "--port", &port], &ENVIRONMENT);
    assert!(text.contains(&format!("cannot listen on 127.0.0.1:{port}")), "{text}");
}
