//! A request read once: what it asks for, and the path and query under which it goes on.
//!
//! Everything is decoded once, judged, and encoded once again, so that what the policy saw is what the service reads.

use std::borrow::Cow;
use std::fmt::Write as _;

use http::Uri;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use crate::arn::{Arn, Home};
use crate::error::GatewayError;
use crate::policy::Access;
use crate::routes::Operation;

/// All but RFC 3986's unreserved characters: the encoding SigV4 signs.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Query parameter that names the case or contact in all five operations on files.
const RESOURCE: &str = "associatedResourceArn";

/// A request that can be judged and forwarded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Call {
    pub(crate) operation: Operation,
    pub(crate) access: Access,
    /// Path and, after a `?`, query; encoded.
    pub(crate) target: String,
}

impl Call {
    /// Reads path and query.
    ///
    /// # Errors
    /// `Invalid` for what no SDK would send, `Denied` for what looks like an attempt to be read in two ways.
    pub(crate) fn read(operation: Operation, uri: &Uri, home: &Home) -> Result<Self, GatewayError> {
        let path =
            uri.path().split('/').skip(1).map(decode_segment).collect::<Result<Vec<_>, _>>()?;
        let query = read_query(uri.query().unwrap_or_default())?;
        let names: Vec<&str> = path.iter().map(AsRef::as_ref).collect();
        let access = match (operation, names.as_slice()) {
            (Operation::DescribeAttachedFilesConfiguration, [_, instance, _scope]) => {
                Access::Limits { instance: (*instance).to_owned() }
            }
            (Operation::SearchRelatedItems, [_, domain, _, case, _]) => Access::Case {
                resource: Arn::case(home, domain, case).map_err(|_| GatewayError::Denied)?,
            },
            (_, [_, instance] | [_, instance, _]) => {
                let arn = Arn::parse(resource(&query)?).map_err(|_| {
                    GatewayError::Invalid("associatedResourceArn is not a plain ARN.")
                })?;
                Access::files((*instance).to_owned(), arn).map_err(|_| GatewayError::Denied)?
            }
            _ => return Err(GatewayError::UnknownOperation),
        };
        Ok(Self { operation, access, target: encode_target(&path, &query) })
    }
}

/// One path segment, decoded.
fn decode_segment(raw: &str) -> Result<Cow<'_, str>, GatewayError> {
    let segment = percent_decode_str(raw)
        .decode_utf8()
        .map_err(|_| GatewayError::Invalid("The path is not UTF-8."))?;
    if segment.contains(['/', '\\']) {
        return Err(GatewayError::Denied);
    }
    if matches!(segment.as_ref(), "" | "." | "..") || segment.contains(char::is_control) {
        return Err(GatewayError::Invalid("The path has an empty or relative segment."));
    }
    Ok(segment)
}

type Query<'a> = Vec<(Cow<'a, str>, Cow<'a, str>)>;

/// The query without a caller's own signature (`X-Amz-*`). Names unknown today pass: AWS may add some.
fn read_query(raw: &str) -> Result<Query<'_>, GatewayError> {
    let mut query = Query::new();
    for pair in raw.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let name = decode_query(name)?;
        let signature = name.get(..6).is_some_and(|start| start.eq_ignore_ascii_case("x-amz-"));
        if !signature {
            query.push((name, decode_query(value)?));
        }
    }
    Ok(query)
}

fn decode_query(raw: &str) -> Result<Cow<'_, str>, GatewayError> {
    let not_utf8 = |_| GatewayError::Invalid("The query is not UTF-8.");
    if raw.contains('+') {
        let spaced = raw.replace('+', " ");
        return percent_decode_str(&spaced)
            .decode_utf8()
            .map(|text| Cow::Owned(text.into_owned()))
            .map_err(not_utf8);
    }
    percent_decode_str(raw).decode_utf8().map_err(not_utf8)
}

/// The one resource named. A second one, also in other letter case, could be the one the service reads.
fn resource<'q>(query: &'q Query<'_>) -> Result<&'q str, GatewayError> {
    let mut named = query.iter().filter(|(name, _)| name.eq_ignore_ascii_case(RESOURCE));
    match (named.next(), named.next()) {
        (Some((name, value)), None) if name == RESOURCE => Ok(value),
        _ => Err(GatewayError::Invalid("Exactly one associatedResourceArn is needed.")),
    }
}

fn encode_target(path: &[Cow<'_, str>], query: &Query<'_>) -> String {
    let encoded = |text| utf8_percent_encode(text, RESERVED);
    let mut target = String::new();
    // Writing to a String cannot fail.
    for segment in path {
        let _ = write!(target, "/{}", encoded(segment));
    }
    for (index, (name, value)) in query.iter().enumerate() {
        let separator = if index == 0 { '?' } else { '&' };
        let _ = write!(target, "{separator}{}={}", encoded(name), encoded(value));
    }
    target
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests may panic")]
mod tests {
    use super::*;

    const CASE: &str = "arn%3Aaws%3Acases%3Aus-east-1%3A123456789012%3Adomain%2Fd1%2Fcase%2F1";

    fn read(operation: Operation, uri: &str) -> Result<Call, GatewayError> {
        let home = Home {
            partition: "aws".into(),
            region: "us-east-1".into(),
            account: "123456789012".into(),
        };
        Call::read(operation, &uri.parse().unwrap(), &home)
    }

    fn get(path: &str, query: &str) -> Result<Call, GatewayError> {
        read(Operation::GetAttachedFile, &format!("/attached-files/{path}?{query}"))
    }

    #[test]
    fn path_and_query_are_decoded_once_and_encoded_once() {
        let call =
            get("i1/a%20b%41%252e~!", &format!("associatedResourceArn={CASE}&later=a+b%2Bc'"))
                .unwrap();
        let expected = format!(
            "/attached-files/i1/a%20bA%252e~%21?associatedResourceArn={CASE}&later=a%20b%2Bc%27"
        );
        assert_eq!(call.target, expected);
    }

    #[test]
    fn a_signature_in_the_query_goes_no_further_but_unknown_names_do() {
        let query = format!(
            "X-Amz-Signature=s&x-amz-date=d&associatedResourceArn={CASE}&urlNewThing=1&flag"
        );
        let target = get("i1/f1", &query).unwrap().target;
        assert_eq!(
            target,
            format!("/attached-files/i1/f1?associatedResourceArn={CASE}&urlNewThing=1&flag=")
        );
    }

    #[test]
    fn a_segment_that_could_climb_is_refused() {
        let query = format!("associatedResourceArn={CASE}");
        for path in ["i1/..", "i1/%2e%2E", "i1/.", "/f1", "i1/", "i1/%00", "i1/%ff"] {
            assert!(matches!(get(path, &query), Err(GatewayError::Invalid(_))), "{path}");
        }
        for path in ["i1/a%2Fb", "i1/..%2f..%2Fx", "i1%2Ff2/f1", "i1/a%5Cb"] {
            assert_eq!(get(path, &query), Err(GatewayError::Denied), "{path}");
        }
    }

    #[test]
    fn a_second_resource_in_the_query_is_refused() {
        for query in [
            String::new(),
            format!("associatedresourcearn={CASE}"),
            format!("associatedResourceArn={CASE}&associatedResourceArn={CASE}2"),
            format!("associatedResourceArn={CASE}&AssociatedResourceArn={CASE}2"),
            format!("associatedResourceArn={CASE}&associated%52esourceArn={CASE}2"),
            format!("associatedResourceArn={CASE}%2F.."),
        ] {
            assert!(matches!(get("i1/f1", &query), Err(GatewayError::Invalid(_))), "{query}");
        }
    }

    #[test]
    fn the_case_arn_is_built_from_home_and_path() {
        let call = read(Operation::SearchRelatedItems, "/domains/d1/cases/1/related-items-search")
            .unwrap();
        let resource = Arn::parse("arn:aws:cases:us-east-1:123456789012:domain/d1/case/1").unwrap();
        assert_eq!(call.access, Access::Case { resource });
        assert_eq!(call.target, "/domains/d1/cases/1/related-items-search");
    }
}
