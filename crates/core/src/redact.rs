//! Printing of URLs without what makes them a key to a file.

use std::fmt;

/// A pre-signed URL. Whoever holds it may read or write the object until it expires, so it is a
/// secret: its `Debug` shows neither query nor path, and it is never logged, stored or put in an event.
#[derive(Clone, PartialEq, Eq)]
pub struct SecretUrl(String);

impl SecretUrl {
    /// Takes a URL into custody.
    #[must_use]
    pub fn new(url: impl Into<String>) -> Self {
        Self(url.into())
    }

    /// The URL itself, for the one request it was made for.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Scheme, host and port: enough to name a firewall rule, useless to a thief. Empty for a text that
    /// is no plain absolute URL.
    #[must_use]
    pub fn origin(&self) -> &str {
        let Some((scheme, rest)) = self.0.split_once("://") else { return "" };
        let host = rest.split(['/', '?', '#', '\\']).next().unwrap_or_default();
        // "://" may as well stand in a query, and a password before the host.
        let is_scheme = scheme.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if !is_scheme || scheme.is_empty() || host.contains('@') {
            return "";
        }
        self.0.get(..scheme.len() + 3 + host.len()).unwrap_or_default()
    }
}

impl fmt::Debug for SecretUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/…", self.origin())
    }
}

/// An error code for `Debug`, as opposed to the foreign text around it: S3's `SignatureDoesNotMatch`
/// repeats the signature and the signed query.
pub(crate) fn printable_code(code: &str) -> &str {
    if code.bytes().all(|byte| byte.is_ascii_alphabetic()) { code } else { "…" }
}

/// The names of headers for `Debug`: their values were signed.
pub(crate) struct HeaderNames<I>(pub(crate) I);

impl<'a, I: Iterator<Item = &'a String> + Clone> fmt::Debug for HeaderNames<I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.clone()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn printing_a_presigned_url_shows_its_origin_only() {
        let url =
            SecretUrl::new("https://b.s3.amazonaws.com:8443/staging/x.png?X-Amz-Signature=abc");
        assert_eq!(url.origin(), "https://b.s3.amazonaws.com:8443");
        assert_eq!(format!("{url:?}"), "https://b.s3.amazonaws.com:8443/…");
        assert!(url.expose().ends_with("abc"));
        assert_eq!(SecretUrl::new("http://h?q").origin(), "http://h");
        for none in [
            "nonsense",
            "key?sig=1&u=http://x",
            "https://user:word@host/",
            "//host/key",
            "://host/key",
        ] {
            assert_eq!(SecretUrl::new(none).origin(), "", "{none}");
        }
    }
}
