//! The bucket's CORS rule, as Connect's guide asks for it: PUT and GET, origins and headers as set.

use axum::body::Body;
use http::header::{self, HeaderMap, HeaderName, HeaderValue};
use http::{Method, Response, StatusCode};

use super::error::S3Error;
use crate::settings::Settings;

const METHODS: &str = "PUT, GET";
const VARY: &str = "Origin, Access-Control-Request-Headers, Access-Control-Request-Method";

/// Puts the headers of a matching rule on an answer; without an Origin or a rule for it nothing happens, so the
/// browser hides the answer from the page.
pub(crate) fn decorate(
    settings: &Settings,
    request: &HeaderMap,
    method: &Method,
    answer: &mut HeaderMap,
) {
    if *method != Method::PUT && *method != Method::GET {
        return;
    }
    let Some(origin) = request.get(header::ORIGIN) else {
        return;
    };
    if let Some(rule) = matching(settings, origin) {
        rule.write(answer);
    }
}

/// Answers a preflight: S3 echoes the requested headers rather than naming those allowed.
///
/// # Errors
/// 400 without Origin or method, 403 when no rule matches.
pub(crate) fn preflight(
    settings: &Settings,
    request: &HeaderMap,
) -> Result<Response<Body>, S3Error> {
    let missing = |name: &str| {
        S3Error::new(
            StatusCode::BAD_REQUEST,
            "BadRequest",
            &format!("Insufficient information. {name} request header needed."),
        )
    };
    let origin = request.get(header::ORIGIN).ok_or_else(|| missing("Origin"))?;
    let method = request
        .get(header::ACCESS_CONTROL_REQUEST_METHOD)
        .and_then(|m| m.to_str().ok())
        .ok_or_else(|| missing("Access-Control-Request-Method"))?;
    let asked = request.get(header::ACCESS_CONTROL_REQUEST_HEADERS);
    let names: Vec<String> = asked
        .and_then(|h| h.to_str().ok())
        .unwrap_or_default()
        .split(',')
        .map(|name| name.trim().to_ascii_lowercase())
        .filter(|name| !name.is_empty())
        .collect();
    let headers_allowed =
        names.iter().all(|name| settings.s3_cors_headers.iter().any(|p| fits(p, name)));
    let rule = matching(settings, origin);
    let Some(rule) = rule.filter(|_| headers_allowed && ["PUT", "GET"].contains(&method)) else {
        return Err(refused(settings, method));
    };
    let mut answer = Response::new(Body::empty());
    rule.write(answer.headers_mut());
    if let Ok(echo) = HeaderValue::from_str(&names.join(", "))
        && !names.is_empty()
    {
        answer.headers_mut().insert(header::ACCESS_CONTROL_ALLOW_HEADERS, echo);
    }
    Ok(answer)
}

/// The refusal of a preflight that no rule allows.
pub(crate) fn refused(settings: &Settings, method: &str) -> S3Error {
    let message = if settings.s3_cors_origins.is_empty() {
        "CORSResponse: CORS is not enabled for this bucket."
    } else {
        "CORSResponse: This CORS request is not allowed. This is usually because the evalution of Origin, request \
         method / Access-Control-Request-Method or Access-Control-Request-Headers are not whitelisted by the \
         resource's CORS spec."
    };
    S3Error::new(StatusCode::FORBIDDEN, "AccessForbidden", message)
        .with("Method", method)
        .with("ResourceType", "OBJECT")
}

enum Rule<'a> {
    Anyone,
    Origin(&'a HeaderValue),
}

impl Rule<'_> {
    fn write(&self, headers: &mut HeaderMap) {
        let mut put = |name: HeaderName, value: HeaderValue| {
            headers.insert(name, value);
        };
        match self {
            Self::Anyone => put(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*")),
            Self::Origin(origin) => {
                put(header::ACCESS_CONTROL_ALLOW_ORIGIN, (*origin).clone());
                put(header::ACCESS_CONTROL_ALLOW_CREDENTIALS, HeaderValue::from_static("true"));
            }
        }
        put(header::ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static(METHODS));
        put(header::VARY, HeaderValue::from_static(VARY));
    }
}

fn matching<'a>(settings: &Settings, origin: &'a HeaderValue) -> Option<Rule<'a>> {
    let text = origin.to_str().ok()?;
    let pattern = settings.s3_cors_origins.iter().find(|p| fits(p, text))?;
    Some(if pattern == "*" { Rule::Anyone } else { Rule::Origin(origin) })
}

/// S3's patterns: at most one `*` stands for anything.
fn fits(pattern: &str, text: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern.eq_ignore_ascii_case(text),
        Some((head, tail)) => {
            text.len() >= head.len() + tail.len() && text.starts_with(head) && text.ends_with(tail)
        }
    }
}
