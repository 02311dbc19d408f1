//! SigV4's canonical request of a pre-signed URL, built from the request as it arrived.
//!
//! S3's error for a wrong signature shows the string to sign, which `aws-sigv4` keeps to itself; so it is put
//! together here and only signed there. The URLs to check are made by `aws-sigv4` and by other SDKs, so a
//! mistake here would not go unseen.

use http::HeaderMap;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use sha2::{Digest, Sha256};

/// What SigV4 leaves as it is: unreserved characters.
const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
const IN_PATH: &AsciiSet = &UNRESERVED.remove(b'/');

/// A query string, decoded, in the order it came.
pub(crate) struct Query(Vec<(String, String)>);

impl Query {
    /// A plus stands for a blank, as everywhere in AWS's query strings.
    pub(crate) fn parse(raw: &str) -> Self {
        Self(form_urlencoded::parse(raw.as_bytes()).into_owned().collect())
    }

    /// The first value of a name.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        let pair = self.0.iter().find(|(n, _)| n == name);
        pair.map(|(_, value)| value.as_str())
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(n, v)| (n.as_str(), v.as_str()))
    }

    /// Encoded strictly and sorted, without the signature.
    fn canonical(&self) -> String {
        let mut pairs: Vec<(String, String)> = self
            .iter()
            .filter(|(name, _)| *name != "X-Amz-Signature")
            .map(|(name, value)| (encode(name), encode(value)))
            .collect();
        pairs.sort();
        join(pairs.iter().map(|(n, v)| format!("{n}={v}")), "&")
    }
}

/// Percent-encodes everything but unreserved characters.
pub(crate) fn encode(text: &str) -> String {
    utf8_percent_encode(text, UNRESERVED).to_string()
}

/// The canonical request; a signed header that is missing stands there with an empty value.
pub(crate) fn request(
    method: &str,
    raw_path: &str,
    query: &Query,
    headers: &HeaderMap,
    signed: &[&str],
    payload: &str,
) -> String {
    let path = percent_decode_str(raw_path).decode_utf8_lossy();
    let path = utf8_percent_encode(&path, IN_PATH);
    let lines = signed.iter().map(|name| format!("{name}:{}\n", header_value(headers, name)));
    format!(
        "{method}\n{path}\n{}\n{}\n{}\n{payload}",
        query.canonical(),
        join(lines, ""),
        signed.join(";"),
    )
}

/// All values of a header, joined by commas, runs of blanks made one.
fn header_value(headers: &HeaderMap, name: &str) -> String {
    let values = headers.get_all(name).iter().map(|value| {
        let text = String::from_utf8_lossy(value.as_bytes());
        join(text.split_whitespace().map(str::to_owned), " ")
    });
    join(values, ",")
}

fn join(parts: impl Iterator<Item = String>, with: &str) -> String {
    parts.collect::<Vec<_>>().join(with)
}

/// What is signed in the end.
pub(crate) fn string_to_sign(amz_date: &str, scope: &str, canonical: &str) -> String {
    let hash = hex::encode(Sha256::digest(canonical.as_bytes()));
    format!("AWS4-HMAC-SHA256\n{amz_date}\n{scope}\n{hash}")
}
