//! The binary on its embedded emulator, and with `--aws` on an emulator of its own: a file's whole life, with the
//! bytes going straight to the emulated bucket.

use reqwest::{Client, Method, Response, StatusCode};
use serde_json::{Value, json};

use crate::process::{Process, until};
use crate::support::SECRET;

/// A page: where the gateway is, which instance and case it shows, and what it proves itself with.
struct Page {
    client: Client,
    endpoint: String,
    instance: String,
    case: String,
    domain: String,
    bearer: Option<&'static str>,
}

impl Page {
    fn new(endpoint: &str, emulator: &Value, bearer: Option<&'static str>) -> Self {
        let text = |key: &str| emulator[key].as_str().unwrap().to_owned();
        Self {
            client: Client::builder().no_proxy().build().unwrap(),
            endpoint: endpoint.to_owned(),
            instance: text("instanceId"),
            case: text("caseArn"),
            domain: text("domainId"),
            bearer,
        }
    }

    async fn send(&self, method: Method, url: String, body: Option<Value>) -> Response {
        let mut request = self.client.request(method, url);
        if let Some(secret) = self.bearer {
            request = request.bearer_auth(secret);
        }
        if let Some(body) = body {
            request = request.json(&body);
        }
        request.send().await.unwrap()
    }

    /// One of the five operations on the page's case.
    async fn files(&self, method: Method, rest: &str, body: Option<Value>) -> Response {
        let query =
            format!("associatedResourceArn={}", self.case.replace(':', "%3A").replace('/', "%2F"));
        let url = format!("{}/attached-files/{}{rest}?{query}", self.endpoint, self.instance);
        self.send(method, url, body).await
    }

    async fn status(&self, id: &str) -> Value {
        let batch = self.files(Method::POST, "", Some(json!({ "FileIds": [id] }))).await;
        assert_eq!(batch.status(), StatusCode::OK);
        batch.json::<Value>().await.unwrap()["Files"][0]["FileStatus"].clone()
    }

    async fn related_items(&self) -> Vec<Value> {
        let case = self.case.rsplit('/').next().unwrap();
        let url =
            format!("{}/domains/{}/cases/{case}/related-items-search", self.endpoint, self.domain);
        let answer =
            self.send(Method::POST, url, Some(json!({ "filters": [{ "file": {} }] }))).await;
        assert_eq!(answer.status(), StatusCode::OK);
        answer.json::<Value>().await.unwrap()["relatedItems"].as_array().unwrap().clone()
    }

    /// Start, PUT, complete, batch until approved, get, download, list, delete.
    async fn live_a_files_life(&self, control: &str) {
        let bytes = b"name,value\n\"a\",1\n".repeat(1000);
        let start = json!({
            "FileName": "report 1 \u{e4}.csv", "FileSizeInBytes": bytes.len(), "FileUseCaseType": "ATTACHMENT",
            "CreatedBy": {"ConnectUserArn": "arn:somebody-else"}
        });
        let started = self.files(Method::PUT, "", Some(start)).await;
        assert_eq!(started.status(), StatusCode::OK, "{}", started.text().await.unwrap());
        let started: Value = started.json().await.unwrap();
        let id = started["FileId"].as_str().unwrap();
        assert!(!started["CreatedBy"].to_string().contains("somebody-else"), "{started}");

        let mut put = self.client.put(started["UploadUrlMetadata"]["Url"].as_str().unwrap());
        for (name, value) in started["UploadUrlMetadata"]["HeadersToInclude"].as_object().unwrap() {
            if !name.eq_ignore_ascii_case("content-length") {
                put = put.header(name, value.as_str().unwrap());
            }
        }
        let put = put.body(bytes.clone()).send().await.unwrap();
        assert_eq!(put.status(), StatusCode::OK, "{}", put.text().await.unwrap());

        let rest = format!("/{id}");
        assert_eq!(self.files(Method::POST, &rest, None).await.status(), StatusCode::OK);
        assert_eq!(self.status(id).await, "PROCESSING");
        let clock =
            self.client.post(format!("{control}/clock")).json(&json!({ "advanceMs": 60_000 }));
        assert!(clock.send().await.unwrap().status().is_success());
        until("the scanner approves", async || self.status(id).await == "APPROVED").await;

        let got: Value = self.files(Method::GET, &rest, None).await.json().await.unwrap();
        assert_eq!(
            (&got["FileName"], &got["FileStatus"]),
            (&json!("report 1 \u{e4}.csv"), &json!("APPROVED"))
        );
        let download = self
            .client
            .get(got["DownloadUrlMetadata"]["Url"].as_str().unwrap())
            .send()
            .await
            .unwrap();
        assert_eq!(download.bytes().await.unwrap(), bytes);

        let listed = self.related_items().await;
        assert!(
            listed
                .iter()
                .any(|item| item["content"]["file"]["fileArn"].as_str().unwrap().ends_with(id))
        );
        assert_eq!(self.files(Method::DELETE, &rest, None).await.status(), StatusCode::OK);
        let gone = self.files(Method::GET, &rest, None).await;
        assert_eq!(
            (gone.status(), error_type(&gone)),
            (StatusCode::NOT_FOUND, "ResourceNotFoundException".into())
        );
    }
}

fn error_type(response: &Response) -> String {
    response.headers()["x-amzn-errortype"].to_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_file_lives_its_life_on_the_embedded_emulator() {
    let process = Process::start("", &[], &[]);
    let control = process.line["control"].as_str().unwrap();
    Page::new(process.endpoint(), &process.line, None).live_a_files_life(control).await;
}

#[cfg(feature = "aws")]
#[tokio::test]
async fn a_file_lives_its_life_in_aws_mode_with_the_chains_credentials() {
    let emulator =
        attached_files_emulator::Emulator::start(attached_files_emulator::Config::default())
            .await
            .unwrap();
    let info = serde_json::to_value(emulator.info()).unwrap();
    let text = |key: &str| info[key].as_str().unwrap();
    let config = format!(
        "[aws]\naccount = '{}'\nconnect_endpoint = '{connect}'\ncases_endpoint = '{connect}'\n\
         [auth]\nkind = 'bearer'\ntoken_env = 'TOKEN'\n\
         [policy]\ninstances = ['{}']\nresources = ['{}']\n",
        text("accountId"),
        text("instanceId"),
        text("caseArn"),
        connect = text("connect")
    );
    let environment = [
        ("AWS_ACCESS_KEY_ID", text("accessKeyId")),
        ("AWS_SECRET_ACCESS_KEY", text("secretAccessKey")),
        ("AWS_REGION", text("region")),
        ("TOKEN", SECRET),
    ];
    let process = Process::start(&config, &["--aws"], &environment);
    Page::new(process.endpoint(), &info, Some(SECRET)).live_a_files_life(text("control")).await;

    let mut other = Page::new(process.endpoint(), &info, Some(SECRET));
    other.case = text("secondCaseArn").to_owned();
    let denied = other.files(Method::GET, "/f1", None).await;
    assert_eq!(
        (denied.status(), error_type(&denied)),
        (StatusCode::FORBIDDEN, "AccessDeniedException".into())
    );
}

#[tokio::test]
async fn credentials_lying_about_do_not_switch_to_aws() {
    let lying_about = [
        ("AWS_ACCESS_KEY_ID", "AKIDFROMENV"),
        ("AWS_SECRET_ACCESS_KEY", "secret-from-env"),
        ("AWS_REGION", "eu-west-1"),
        ("AWS_ENDPOINT_URL", "http://127.0.0.1:1"),
    ];
    let aws_section = "[aws]\nregion = 'eu-west-1'\naccount = '210987654321'\nconnect_endpoint = 'http://127.0.0.1:1'";
    let process = Process::start(aws_section, &[], &lying_about);
    let page = Page::new(process.endpoint(), &process.line, None);
    assert!(page.related_items().await.is_empty());
    process.terminate();
    let (_, log) = process.ended();
    assert!(log.contains("EMULATOR, not AWS"), "{log}");
}

#[tokio::test]
async fn the_open_mode_is_for_this_machines_pages_only() {
    let process = Process::start("", &[], &[]);
    let page = Page::new(process.endpoint(), &process.line, None);
    let limits = format!("{}/attached-files-configurations/{}/CASE", page.endpoint, page.instance);
    for (name, value, expected) in [
        ("origin", "http://localhost:5173", StatusCode::OK),
        ("origin", "https://evil.example", StatusCode::FORBIDDEN),
        ("host", "rebound.evil.example", StatusCode::FORBIDDEN),
    ] {
        let answer = page.client.get(&limits).header(name, value).send().await.unwrap();
        let allowed = answer
            .headers()
            .get("access-control-allow-origin")
            .map(|value| value.to_str().unwrap());
        assert_eq!(answer.status(), expected, "{name}: {value}");
        assert_eq!(allowed, (name == "origin" && expected == StatusCode::OK).then_some(value));
    }
}

#[tokio::test]
async fn a_configured_bearer_and_policy_hold_on_the_emulator_too() {
    let config = "[auth]\nkind = 'bearer'\ntoken_env = 'TOKEN'\n[policy]\ninstances = ['other']\n\
                  resources = ['arn:aws:cases:us-east-1:123456789012:domain/d/case/*']\n";
    let process = Process::start(config, &[], &[("TOKEN", SECRET)]);
    let stranger = Page::new(process.endpoint(), &process.line, None);
    assert_eq!(stranger.files(Method::GET, "/f1", None).await.status(), StatusCode::UNAUTHORIZED);
    let known = Page::new(process.endpoint(), &process.line, Some(SECRET));
    assert_eq!(known.files(Method::GET, "/f1", None).await.status(), StatusCode::FORBIDDEN);
}

#[test]
fn the_emulator_is_not_served_to_other_machines() {
    let text = crate::process::refusal("[listen]\naddress = '0.0.0.0'", &[], &[]);
    assert!(text.contains("serves this machine only"), "{text}");
}
