//! Errors of Connect and Cases as the SDKs read them: status, type, message, reason.

use std::collections::BTreeMap;

use axum::body::Body;
use http::header::{HeaderMap, HeaderName, HeaderValue};
use http::{Response, StatusCode};
use serde_json::{Map, Value, json};

use crate::faults::StatusFault;
use crate::settings::ErrorTypeStyle;

/// Why a file is refused, with the message's own text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FileReason {
    Size,
    Type,
    Name,
}

/// Which quota is used up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum QuotaReason {
    TotalSize,
    TotalCount,
}

/// Which service speaks: Cases spells `message` in lower case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Service {
    Connect,
    Cases,
}

/// An error answer.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Refusal {
    pub(crate) status: StatusCode,
    pub(crate) code: String,
    message: String,
    /// Members of the body beside type and message.
    more: Map<String, Value>,
    headers: BTreeMap<String, String>,
}

impl Refusal {
    pub(crate) fn new(status: StatusCode, code: &str, message: impl Into<String>) -> Self {
        Self {
            status,
            code: code.to_owned(),
            message: message.into(),
            more: Map::new(),
            headers: BTreeMap::new(),
        }
    }

    fn with(mut self, name: &str, value: Value) -> Self {
        self.more.insert(name.to_owned(), value);
        self
    }

    pub(crate) fn invalid(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "InvalidRequestException", message)
    }

    /// 400 with the union `Reason`.
    pub(crate) fn invalid_file(reason: FileReason, message: impl Into<String>) -> Self {
        let reason = match reason {
            FileReason::Size => "INVALID_FILE_SIZE",
            FileReason::Type => "INVALID_FILE_TYPE",
            FileReason::Name => "INVALID_FILE_NAME",
        };
        Self::invalid(message)
            .with("Reason", json!({ "AttachedFileInvalidRequestExceptionReason": reason }))
    }

    /// 402 with the union `Reason`.
    pub(crate) fn quota(reason: QuotaReason, message: impl Into<String>) -> Self {
        let reason = match reason {
            QuotaReason::TotalSize => "TOTAL_FILE_SIZE_EXCEEDED",
            QuotaReason::TotalCount => "TOTAL_FILE_COUNT_EXCEEDED",
        };
        Self::new(StatusCode::PAYMENT_REQUIRED, "ServiceQuotaExceededException", message)
            .with("Reason", json!({ "AttachedFileServiceQuotaExceededExceptionReason": reason }))
    }

    pub(crate) fn conflict(message: impl Into<String>) -> Self {
        Self::new(StatusCode::CONFLICT, "ResourceConflictException", message)
    }

    pub(crate) fn not_found(message: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, "ResourceNotFoundException", message)
    }

    /// Cases names what it did not find.
    pub(crate) fn case_not_found(kind: &str, id: &str) -> Self {
        Self::not_found(format!("{kind} not found: {id}"))
            .with("resourceId", json!(id))
            .with("resourceType", json!(kind))
    }

    pub(crate) fn denied(message: impl Into<String>) -> Self {
        Self::new(StatusCode::FORBIDDEN, "AccessDeniedException", message)
    }

    pub(crate) fn throttled() -> Self {
        Self::new(StatusCode::TOO_MANY_REQUESTS, "ThrottlingException", "Rate exceeded")
    }

    pub(crate) fn internal() -> Self {
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "InternalServiceException",
            "Request processing failed because of an error or failure with the service.",
        )
    }

    /// A body that is not JSON of the expected kinds.
    pub(crate) fn serialization(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "SerializationException", message)
    }

    /// What Cases says to a bad argument.
    pub(crate) fn validation(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "ValidationException", message)
    }

    /// What Describe says to a bad argument.
    pub(crate) fn parameter(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "InvalidParameterException", message)
    }

    /// The error a scripted fault asks for.
    pub(crate) fn scripted(fault: StatusFault) -> Self {
        let status =
            StatusCode::from_u16(fault.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let message = fault.message.unwrap_or_else(|| fault.code.clone());
        let mut refusal = Self::new(status, &fault.code, message);
        if let Some(reason) = fault.reason {
            refusal = refusal.with("Reason", reason);
        }
        refusal.headers = fault.headers;
        refusal
    }

    pub(crate) fn answer(&self, service: Service, style: ErrorTypeStyle) -> Response<Body> {
        let (name, namespace) = match service {
            Service::Connect => ("Message", "com.amazonaws.connect"),
            Service::Cases => ("message", "com.amazonaws.connectcases"),
        };
        let mut body = self.more.clone();
        body.insert(name.to_owned(), json!(self.message));
        let code = &self.code;
        let (in_header, in_body) = match style {
            ErrorTypeStyle::Plain => (Some(code.clone()), Some(code.clone())),
            ErrorTypeStyle::Suffixed => (
                Some(format!("{code}:http://internal.amazon.com/coral/{namespace}/")),
                Some(format!("{namespace}#{code}")),
            ),
            ErrorTypeStyle::HeaderOnly => (Some(code.clone()), None),
            ErrorTypeStyle::BodyOnly => (None, Some(code.clone())),
        };
        if let Some(in_body) = in_body {
            body.insert("__type".to_owned(), json!(in_body));
        }
        let mut answer = Response::new(Body::from(Value::Object(body).to_string()));
        *answer.status_mut() = self.status;
        let headers = answer.headers_mut();
        set(headers, "content-type", "application/json");
        if let Some(in_header) = in_header {
            set(headers, "x-amzn-errortype", &in_header);
        }
        for (name, value) in &self.headers {
            set(headers, name, value);
        }
        answer
    }
}

/// Sets a header whose value may turn out to be none; then it is left out.
pub(crate) fn set(headers: &mut HeaderMap, name: &str, value: &str) {
    let name = HeaderName::from_bytes(name.as_bytes());
    if let (Ok(name), Ok(value)) = (name, HeaderValue::from_str(value)) {
        headers.insert(name, value);
    }
}
