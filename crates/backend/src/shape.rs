//! The body on its way through: read within bounds, checked to be a JSON object, edited as a tree of values.
//!
//! No types of the operations here: members that AWS adds tomorrow pass without a release.

use std::time::Duration;

use axum::body::{Body, HttpBody as _};
use http::{HeaderMap, header};
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use serde_json::{Map, Value, json};

use crate::auth::Caller;
use crate::error::GatewayError;
use crate::routes::BodyRule;

/// Largest body taken, in bytes. The largest legal one, 100 file ids of 256 characters, fits twice.
pub(crate) const MAX_BODY: usize = 64 * 1024;

/// Longest time a body may take to arrive.
const BODY_TIME: Duration = Duration::from_secs(10);

/// Most that is swallowed of a body that is not wanted, in bytes.
const MAX_DRAIN: usize = 4 * MAX_BODY;

/// Longest wait for the rest of a body that is not wanted.
const DRAIN_TIME: Duration = Duration::from_secs(1);

/// Reads the body and makes it what the service should get; `None` is no body.
///
/// # Errors
/// `TooLarge`, `SlowBody`, or `Invalid` for anything but the JSON object the operation takes.
pub(crate) async fn shape(
    rule: BodyRule,
    headers: &HeaderMap,
    body: &mut Body,
    caller: &Caller,
) -> Result<Option<Vec<u8>>, GatewayError> {
    if rule == BodyRule::None {
        return Ok(None);
    }
    let bytes = read(headers, body).await?;
    if bytes.is_empty() && rule == BodyRule::Optional {
        return Ok(None);
    }
    let mut object: Map<String, Value> = serde_json::from_slice(&bytes)
        .map_err(|_| GatewayError::Invalid("The body must be a JSON object."))?;
    if rule == BodyRule::Upload {
        set_creator(&mut object, caller);
    }
    Ok(Some(Value::Object(object).to_string().into_bytes()))
}

async fn read(headers: &HeaderMap, body: &mut Body) -> Result<Vec<u8>, GatewayError> {
    let announced = headers
        .get(header::CONTENT_LENGTH)
        .and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
    if announced.is_some_and(|length| length > MAX_BODY) {
        return Err(GatewayError::TooLarge);
    }
    let collected = tokio::time::timeout(BODY_TIME, Limited::new(body, MAX_BODY).collect()).await;
    match collected.map_err(|_| GatewayError::SlowBody)? {
        Ok(collected) => Ok(collected.to_bytes().to_vec()),
        Err(error) if error.is::<LengthLimitError>() => Err(GatewayError::TooLarge),
        Err(_) => Err(GatewayError::Invalid("The body broke off.")),
    }
}

/// Reads what is left of a body that nobody wanted, within bounds; whether that was all of it.
///
/// A connection with half a body in it is closed under a client that means to use it again.
pub(crate) async fn drain(body: Body) -> bool {
    if body.is_end_stream() {
        return true;
    }
    let mut rest = Limited::new(body, MAX_DRAIN);
    let all = async {
        loop {
            match rest.frame().await {
                Some(Ok(_)) => {}
                Some(Err(_)) => return false,
                None => return true,
            }
        }
    };
    tokio::time::timeout(DRAIN_TIME, all).await.unwrap_or(false)
}

/// Who made the file is for the gateway to say: a page could name anybody. Without a Connect user the member stays
/// away and Connect derives the creator from the signing identity.
fn set_creator(object: &mut Map<String, Value>, caller: &Caller) {
    object.retain(|name, _| !name.eq_ignore_ascii_case("CreatedBy"));
    if let Some(arn) = &caller.connect_user_arn {
        object.insert("CreatedBy".to_owned(), json!({ "ConnectUserArn": arn }));
    }
}
