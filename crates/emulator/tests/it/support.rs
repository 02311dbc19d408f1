//! A running emulator and a client that signs.

use std::time::{Duration, SystemTime};

use attached_files_emulator::{Config, Emulator, Info, Settings};
use aws_credential_types::Credentials;
use aws_sigv4::http_request::{
    PayloadChecksumKind, PercentEncodingMode, SignableBody, SignableRequest, SignatureLocation,
    SigningSettings, UriPathNormalizationMode, sign,
};
use aws_sigv4::sign::v4;
use http::HeaderMap;
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// Who signs what; the tests of signatures change single members.
#[derive(Clone)]
pub struct Signer {
    pub key: String,
    pub secret: String,
    pub region: String,
    pub at: SystemTime,
}

impl Signer {
    pub fn of(info: &Info) -> Self {
        Self {
            key: info.access_key_id.clone(),
            secret: info.secret_access_key.clone(),
            region: info.region.clone(),
            at: SystemTime::now(),
        }
    }

    fn run(
        &self,
        service: &str,
        settings: SigningSettings,
        request: SignableRequest<'_>,
    ) -> aws_sigv4::http_request::SigningInstructions {
        let identity = Credentials::new(&self.key, &self.secret, None, None, "test").into();
        let params = v4::SigningParams::builder()
            .identity(&identity)
            .region(&self.region)
            .name(service)
            .time(self.at)
            .settings(settings)
            .build()
            .unwrap()
            .into();
        sign(request, &params).unwrap().into_parts().0
    }

    /// Authorization and the other headers of a signed call.
    pub fn headers(
        &self,
        service: &str,
        method: &str,
        url: &str,
        body: &[u8],
    ) -> Vec<(String, String)> {
        let headers = [("content-type", "application/json")];
        let request =
            SignableRequest::new(method, url, headers.into_iter(), SignableBody::Bytes(body))
                .unwrap();
        let instructions = self.run(service, SigningSettings::default(), request);
        let signed = instructions.headers().map(|(n, v)| (n.to_owned(), v.to_owned()));
        signed.chain([("content-type".to_owned(), "application/json".to_owned())]).collect()
    }

    /// The headers of an S3 call signed in the Authorization header.
    pub fn s3_headers(&self, method: &str, url: &str, body: &[u8]) -> Vec<(String, String)> {
        let mut settings = SigningSettings::default();
        settings.payload_checksum_kind = PayloadChecksumKind::XAmzSha256;
        settings.percent_encoding_mode = PercentEncodingMode::Single;
        settings.uri_path_normalization_mode = UriPathNormalizationMode::Disabled;
        let request =
            SignableRequest::new(method, url, std::iter::empty(), SignableBody::Bytes(body))
                .unwrap();
        let instructions = self.run("s3", settings, request);
        instructions.headers().map(|(n, v)| (n.to_owned(), v.to_owned())).collect()
    }

    /// A pre-signed S3 URL with these headers signed beside Host.
    pub fn presign(
        &self,
        method: &str,
        url: &str,
        headers: &[(&str, &str)],
        expires: u64,
    ) -> String {
        self.presign_payload(method, url, headers, expires, None)
    }

    /// The same with the body's SHA-256 signed.
    pub fn presign_payload(
        &self,
        method: &str,
        url: &str,
        headers: &[(&str, &str)],
        expires: u64,
        sha256: Option<&str>,
    ) -> String {
        let mut settings = SigningSettings::default();
        settings.signature_location = SignatureLocation::QueryParams;
        settings.expires_in = Some(Duration::from_secs(expires));
        settings.percent_encoding_mode = PercentEncodingMode::Single;
        settings.uri_path_normalization_mode = UriPathNormalizationMode::Disabled;
        let request = SignableRequest::new(
            method,
            url,
            headers.iter().copied(),
            sha256.map_or(SignableBody::UnsignedPayload, |hash| {
                SignableBody::Precomputed(hash.to_owned())
            }),
        )
        .unwrap();
        let instructions = self.run("s3", settings, request);
        let mut request = http::Request::builder().uri(url).body(()).unwrap();
        instructions.apply_to_request_http1x(&mut request);
        request.uri().to_string()
    }
}

/// An answer of Connect or Cases.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub text: String,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or(Value::Null)
    }

    pub fn code(&self) -> &str {
        self.headers.get("x-amzn-errortype").map_or("", |v| v.to_str().unwrap())
    }

    /// The one value inside the union `Reason`.
    pub fn reason(&self) -> String {
        let body = self.json();
        let Some(reason) = body["Reason"].as_object() else {
            return String::new();
        };
        assert_eq!(reason.len(), 1, "a union has one member");
        reason.values().next().unwrap().as_str().unwrap().to_owned()
    }

    #[track_caller]
    pub fn expect(self, status: u16, code: &str) -> Self {
        assert_eq!((self.status, self.code()), (status, code), "{}", self.text);
        self
    }

    #[track_caller]
    pub fn ok(self) -> Self {
        assert_eq!(self.status, 200, "{}", self.text);
        self
    }
}

/// An answer of S3.
#[derive(Debug)]
pub struct S3Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl S3Answer {
    pub fn xml(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The text of an element of the error.
    pub fn element(&self, name: &str) -> Option<String> {
        element(&self.xml(), name)
    }

    #[track_caller]
    pub fn expect(self, status: u16, code: &str) -> Self {
        let found = self.element("Code").unwrap_or_default();
        assert_eq!((self.status, found.as_str()), (status, code), "{}", self.xml());
        assert_eq!(self.headers["content-type"], "application/xml");
        assert!(self.element("RequestId").is_some_and(|id| id == self.headers["x-amz-request-id"]));
        assert!(self.element("HostId").is_some_and(|id| id == self.headers["x-amz-id-2"]));
        self
    }

    #[track_caller]
    pub fn ok(self) -> Self {
        assert_eq!(self.status, 200, "{}", self.xml());
        self
    }
}

pub fn element(xml: &str, name: &str) -> Option<String> {
    let (_, rest) = xml.split_once(&format!("<{name}>"))?;
    let (text, _) = rest.split_once(&format!("</{name}>"))?;
    Some(text.to_owned())
}

/// A started upload.
#[derive(Debug, Clone)]
pub struct Started {
    pub id: String,
    pub url: String,
    pub headers: Vec<(String, String)>,
    pub all: Value,
}

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

pub fn started(all: Value) -> Started {
    let upload = &all["UploadUrlMetadata"];
    let headers = upload["HeadersToInclude"].as_object().unwrap();
    Started {
        id: all["FileId"].as_str().unwrap().to_owned(),
        url: upload["Url"].as_str().unwrap().to_owned(),
        headers: headers
            .iter()
            .map(|(name, value)| (name.clone(), value.as_str().unwrap().to_owned()))
            .collect(),
        all,
    }
}

pub async fn answer(request: RequestBuilder) -> reqwest::Result<Answer> {
    let answer = request.send().await?;
    Ok(Answer {
        status: answer.status().as_u16(),
        headers: answer.headers().clone(),
        text: answer.text().await?,
    })
}

pub async fn s3_answer(request: RequestBuilder) -> reqwest::Result<S3Answer> {
    let answer = request.send().await?;
    Ok(S3Answer {
        status: answer.status().as_u16(),
        headers: answer.headers().clone(),
        body: answer.bytes().await?.to_vec(),
    })
}

/// A request written by hand, for what no proper client sends: head without its body and blank line.
pub async fn raw_open(url: &str, method: &str, headers: &[(String, String)]) -> TcpStream {
    let url: http::Uri = url.parse().unwrap();
    let host = url.authority().unwrap().as_str();
    let mut stream = TcpStream::connect(host).await.unwrap();
    let mut head =
        format!("{method} {} HTTP/1.1\r\nHost: {host}\r\n", url.path_and_query().unwrap());
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str("\r\n");
    stream.write_all(head.as_bytes()).await.unwrap();
    stream
}

/// Status, and everything after the head of an answer; reads to the end of the connection.
pub async fn raw_answer(mut stream: TcpStream) -> (u16, String) {
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).await.unwrap();
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let status = text.split_whitespace().nth(1).and_then(|s| s.parse().ok()).unwrap_or(0);
    let body = text.split_once("\r\n\r\n").map_or("", |(_, body)| body);
    (status, body.to_owned())
}
