//! The gateway's own errors, in the envelope of the service that was addressed, so that SDKs stay typed.

use std::fmt;

use axum::response::{IntoResponse, Response};
use http::{HeaderName, HeaderValue, StatusCode, header};
use serde_json::json;

/// Header in which AWS names the error type.
pub(crate) const ERROR_TYPE: HeaderName = HeaderName::from_static("x-amzn-errortype");
/// Header in which AWS names the request.
pub(crate) const REQUEST_ID: HeaderName = HeaderName::from_static("x-amzn-requestid");

/// Everything this gateway refuses or fails at by itself. What the service answers is not an error here: it passes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum GatewayError {
    /// 401: no caller.
    Unauthenticated,
    /// 403: a caller, but not for this.
    Denied,
    /// 400: the request cannot be what the operation takes; the text says why and holds nothing of the request.
    Invalid(&'static str),
    /// 413: the body is larger than any of the operations needs.
    TooLarge,
    /// 408: the body did not arrive in time.
    SlowBody,
    /// 404: none of the routes.
    UnknownOperation,
    /// 429: as many requests under way as this gateway takes.
    Busy,
    /// 500: no credentials to sign with.
    Unsigned,
    /// 503: no connection to the service.
    Unreachable,
    /// 502: a connection, but no whole answer.
    NoAnswer,
}

/// An error and all its sources in one line; libraries tell their reason in the sources only.
pub(crate) fn causes(error: &dyn std::error::Error) -> String {
    std::iter::successors(Some(error), |error| error.source())
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(": ")
}

/// How the addressed service words its errors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// The five operations on attached files.
    Files,
    /// The configuration of attached files.
    Configuration,
    /// Amazon Connect Cases, which spells `message` in lower case.
    Cases,
}

/// Identifies a request in the log and in the gateway's own answers.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RequestId(uuid::Uuid);

impl RequestId {
    pub(crate) fn new() -> Self {
        Self(uuid::Uuid::new_v4())
    }

    /// Names this request in an answer that carries no id yet.
    pub(crate) fn mark(self, response: &mut Response) {
        if let Ok(value) = HeaderValue::try_from(self.to_string()) {
            response.headers_mut().entry(REQUEST_ID).or_insert(value);
        }
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl GatewayError {
    fn status(self) -> StatusCode {
        match self {
            Self::Unauthenticated => StatusCode::UNAUTHORIZED,
            Self::Denied => StatusCode::FORBIDDEN,
            Self::Invalid(_) => StatusCode::BAD_REQUEST,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::SlowBody => StatusCode::REQUEST_TIMEOUT,
            Self::UnknownOperation => StatusCode::NOT_FOUND,
            Self::Busy => StatusCode::TOO_MANY_REQUESTS,
            Self::Unsigned => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Unreachable => StatusCode::SERVICE_UNAVAILABLE,
            Self::NoAnswer => StatusCode::BAD_GATEWAY,
        }
    }

    fn code(self, dialect: Dialect) -> &'static str {
        match self {
            Self::Unauthenticated | Self::Denied => "AccessDeniedException",
            Self::Invalid(_) | Self::TooLarge | Self::SlowBody => match dialect {
                Dialect::Files => "InvalidRequestException",
                Dialect::Configuration => "InvalidParameterException",
                Dialect::Cases => "ValidationException",
            },
            Self::UnknownOperation => "UnknownOperationException",
            Self::Busy => "ThrottlingException",
            Self::Unsigned | Self::Unreachable | Self::NoAnswer => match dialect {
                Dialect::Files | Dialect::Configuration => "InternalServiceException",
                Dialect::Cases => "InternalServerException",
            },
        }
    }

    fn message(self) -> &'static str {
        match self {
            Self::Unauthenticated => {
                "Sign in first: the request carries no valid proof of who is calling."
            }
            Self::Denied => "This caller may not do this here.",
            Self::Invalid(why) => why,
            Self::TooLarge => "The request body is too large.",
            Self::SlowBody => "The request body did not arrive in time.",
            Self::UnknownOperation => "The gateway has no such operation.",
            Self::Busy => "Too many requests at once. Try again shortly.",
            Self::Unsigned => "The gateway cannot sign requests at present.",
            Self::Unreachable => "The service cannot be reached at present.",
            Self::NoAnswer => "The service did not answer.",
        }
    }

    /// The answer: status, error type, a message, and for 5xx the request id in the body too, since that is what
    /// people copy into a ticket.
    pub(crate) fn respond(self, dialect: Dialect, id: RequestId) -> Response {
        let status = self.status();
        let key = if dialect == Dialect::Cases { "message" } else { "Message" };
        let mut body = json!({ key: self.message() });
        if let (true, Some(fields)) = (status.is_server_error(), body.as_object_mut()) {
            fields.insert("RequestId".to_owned(), id.to_string().into());
        }
        let headers = [
            (header::CONTENT_TYPE, "application/json"),
            (header::CACHE_CONTROL, "no-store"),
            (ERROR_TYPE, self.code(dialect)),
        ];
        let mut response = (status, headers, body.to_string()).into_response();
        let extra = match self {
            Self::Unauthenticated => Some((header::WWW_AUTHENTICATE, "Bearer")),
            Self::Busy => Some((header::RETRY_AFTER, "1")),
            _ => None,
        };
        response
            .headers_mut()
            .extend(extra.map(|(name, value)| (name, HeaderValue::from_static(value))));
        id.mark(&mut response);
        response
    }
}
