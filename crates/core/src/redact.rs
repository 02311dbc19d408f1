//! Printing of URLs without what makes them a key to a file.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A pre-signed URL. Whoever holds it may read or write the object until it expires, so it is a
/// secret: its `Debug` shows neither query nor path, and it is never logged, stored or put in an event.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
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

    /// Scheme, host and port: enough to name a firewall rule, useless to a thief.
    #[must_use]
    pub fn origin(&self) -> &str {
        let after_scheme = self.0.find("://").map_or(0, |at| at + 3);
        let end = self
            .0
            .char_indices()
            .skip_while(|(at, _)| *at < after_scheme)
            .find(|(_, c)| matches!(c, '/' | '?' | '#'))
            .map_or(self.0.len(), |(at, _)| at);
        self.0.get(..end).unwrap_or_default()
    }
}

impl fmt::Debug for SecretUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/…", self.origin())
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
        assert_eq!(SecretUrl::new("nonsense").origin(), "nonsense");
    }
}
