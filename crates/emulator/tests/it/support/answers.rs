//! Answers, and what tests ask of them.

use http::HeaderMap;
use reqwest::RequestBuilder;
use serde_json::Value;

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
