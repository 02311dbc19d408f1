//! A running emulator and a client that signs.

mod answers;
mod raw;
mod signer;

use attached_files_emulator::{Config, Emulator, Info, Settings};
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};

pub use answers::*;
pub use raw::*;
pub use signer::Signer;

pub struct Bench {
    pub emulator: Emulator,
    pub http: reqwest::Client,
}

impl Bench {
    /// Neither rate nor count limit.
    pub async fn lifted() -> Self {
        Self::with(Config { settings: Settings::lifted(), ..Config::default() }).await
    }

    /// Lifted, and patched.
    pub async fn patched(patch: Value) -> Self {
        let settings = Settings::lifted().patched(&patch).unwrap();
        Self::with(Config { settings, ..Config::default() }).await
    }

    pub async fn with(config: Config) -> Self {
        let emulator = Emulator::start(config).await.unwrap();
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        Self { emulator, http }
    }

    pub fn info(&self) -> &Info {
        self.emulator.info()
    }

    pub fn signer(&self) -> Signer {
        Signer::of(self.info())
    }

    // Connect

    /// A signed call that may fail on the way.
    pub async fn try_call(
        &self,
        service: &str,
        method: &str,
        path_and_query: &str,
        body: Option<Value>,
    ) -> reqwest::Result<Answer> {
        let url = format!("{}{path_and_query}", self.info().connect);
        let body = body.map_or(String::new(), |b| b.to_string());
        let headers = self.signer().headers(service, method, &url, body.as_bytes());
        let mut request = self.http.request(Method::from_bytes(method.as_bytes()).unwrap(), &url);
        for (name, value) in headers {
            request = request.header(name, value);
        }
        answer(request.body(body)).await
    }

    pub async fn call(&self, method: &str, path_and_query: &str, body: Option<Value>) -> Answer {
        self.try_call("connect", method, path_and_query, body).await.unwrap()
    }

    /// `/attached-files/{InstanceId}{rest}?associatedResourceArn={arn}`
    pub fn path(&self, arn: &str, rest: &str) -> String {
        let arn = percent_encoding::utf8_percent_encode(arn, percent_encoding::NON_ALPHANUMERIC);
        format!("/attached-files/{}{rest}?associatedResourceArn={arn}", self.info().instance_id)
    }

    pub async fn start_on(&self, arn: &str, body: Value) -> Answer {
        self.call("PUT", &self.path(arn, ""), Some(body)).await
    }

    /// Start on the first case with these members in place of the usual ones; null leaves one out.
    pub async fn start_with(&self, change: Value) -> Answer {
        let mut body = start_body("report.pdf", 4);
        for (name, value) in change.as_object().unwrap() {
            if value.is_null() {
                body.as_object_mut().unwrap().remove(name);
            } else {
                body[name] = value.clone();
            }
        }
        self.start_on(&self.info().case_arn, body).await
    }

    pub async fn start(&self, name: &str, size: usize) -> Started {
        let answer = self.start_on(&self.info().case_arn, start_body(name, size)).await.ok();
        started(answer.json())
    }

    pub async fn complete(&self, id: &str) -> Answer {
        self.call("POST", &self.path(&self.info().case_arn, &format!("/{id}")), None).await
    }

    pub async fn get(&self, id: &str) -> Answer {
        self.call("GET", &self.path(&self.info().case_arn, &format!("/{id}")), None).await
    }

    pub async fn delete(&self, id: &str) -> Answer {
        self.call("DELETE", &self.path(&self.info().case_arn, &format!("/{id}")), None).await
    }

    pub async fn batch(&self, ids: &[&str]) -> Answer {
        let body = json!({ "FileIds": ids });
        self.call("POST", &self.path(&self.info().case_arn, ""), Some(body)).await
    }

    pub async fn status(&self, id: &str) -> String {
        self.get(id).await.ok().json()["FileStatus"].as_str().unwrap().to_owned()
    }

    pub async fn describe(&self, scope: &str) -> Answer {
        let path = format!("/attached-files-configurations/{}/{scope}", self.info().instance_id);
        self.call("GET", &path, None).await
    }

    pub async fn search(&self, body: Value) -> Answer {
        let case = self.info().case_arn.rsplit('/').next().unwrap().to_owned();
        self.search_in(&self.info().domain_id, &case, body).await
    }

    pub async fn search_in(&self, domain: &str, case: &str, body: Value) -> Answer {
        let path = format!("/domains/{domain}/cases/{case}/related-items-search");
        self.try_call("cases", "POST", &path, Some(body)).await.unwrap()
    }

    /// Names listed by the first case, by file id.
    pub async fn listed(&self) -> Vec<String> {
        let found = self.search(json!({ "filters": [{ "file": {} }] })).await.ok().json();
        let items = found["relatedItems"].as_array().unwrap();
        items
            .iter()
            .filter_map(|item| item["content"]["file"]["fileArn"].as_str())
            .map(|arn| arn.rsplit('/').next().unwrap().to_owned())
            .collect()
    }

    /// Start, PUT and Complete.
    pub async fn upload(&self, name: &str, content: &[u8]) -> String {
        let started = self.start(name, content.len()).await;
        self.put(&started, content).await.ok();
        self.complete(&started.id).await.ok();
        started.id
    }

    /// As [`Bench::upload`], and past the verdict.
    pub async fn scanned(&self, name: &str, content: &[u8]) -> String {
        let id = self.upload(name, content).await;
        self.advance(2000).await;
        id
    }

    pub async fn download_url(&self, id: &str) -> String {
        let got = self.get(id).await.ok().json();
        got["DownloadUrlMetadata"]["Url"].as_str().unwrap().to_owned()
    }

    // S3

    pub fn put_request(&self, started: &Started, content: &[u8]) -> RequestBuilder {
        let mut request = self.http.put(&started.url).body(content.to_vec());
        for (name, value) in &started.headers {
            if !name.eq_ignore_ascii_case("content-length") {
                request = request.header(name, value);
            }
        }
        request
    }

    pub async fn put(&self, started: &Started, content: &[u8]) -> S3Answer {
        s3_answer(self.put_request(started, content)).await.unwrap()
    }

    pub async fn download(&self, url: &str) -> S3Answer {
        s3_answer(self.http.get(url)).await.unwrap()
    }

    // Control

    pub async fn control(&self, method: &str, path: &str, body: Option<Value>) -> Value {
        let url = format!("{}{path}", self.info().control);
        let mut request = self.http.request(Method::from_bytes(method.as_bytes()).unwrap(), url);
        if let Some(body) = body {
            request = request.json(&body);
        }
        let answer = request.send().await.unwrap();
        assert!(answer.status().is_success(), "{path}: {}", answer.text().await.unwrap());
        answer.json().await.unwrap()
    }

    pub async fn advance(&self, ms: i64) {
        self.control("POST", "/clock", Some(json!({ "advanceMs": ms }))).await;
    }

    pub async fn set(&self, patch: Value) {
        self.control("PATCH", "/settings", Some(patch)).await;
    }

    pub async fn fault(&self, operation: &str, fault: Value) {
        self.control("POST", "/faults", Some(json!({ "operation": operation, "fault": fault })))
            .await;
    }

    pub async fn state(&self) -> Value {
        self.control("GET", "/state", None).await
    }

    /// Keys of the objects under the final (or the staging) prefix.
    pub async fn keys(&self, query: &str) -> Vec<String> {
        let objects = self.control("GET", &format!("/objects{query}"), None).await;
        let objects = objects.as_array().unwrap().iter();
        objects.map(|o| o["key"].as_str().unwrap().to_owned()).collect()
    }

    /// Returns once an operation arrived this often: what a test waits for instead of sleeping.
    pub async fn arrived(&self, operation: &str, times: u64) {
        while self.state().await["calls"][operation].as_u64().unwrap_or(0) < times {
            tokio::task::yield_now().await;
        }
    }
}

pub fn start_body(name: &str, size: usize) -> Value {
    json!({ "FileName": name, "FileSizeInBytes": size, "FileUseCaseType": "ATTACHMENT" })
}
