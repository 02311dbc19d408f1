//! Which pages may call from a browser, and what they may read.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::Arc;
use std::time::Duration;

use http::uri::Authority;
use http::{HeaderValue, Method, Uri, header};
use tower_http::cors::{AllowOrigin, CorsLayer};

use crate::error::{ERROR_TYPE, REQUEST_ID};

/// How long a browser may keep the answer to a preflight: as long as Chromium does at most.
const PREFLIGHT_LIFE: Duration = Duration::from_secs(2 * 60 * 60);

/// The origins that get CORS headers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origins {
    listed: Vec<String>,
    loopback: bool,
}

/// Text that no browser would send as an `Origin`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadOrigin(pub String);

impl Origins {
    /// Origins named one by one, as a browser sends them: `https://host[:port]`, lower case, no slash at the end.
    ///
    /// # Errors
    /// [`BadOrigin`], also for `*`: a page that may call is always named.
    pub fn listed(origins: Vec<String>) -> Result<Self, BadOrigin> {
        match origins.iter().find(|origin| !is_origin(origin)) {
            Some(bad) => Err(BadOrigin(bad.clone())),
            None => Ok(Self { listed: origins, loopback: false }),
        }
    }

    /// The same, and every page served from this machine.
    #[must_use]
    pub(crate) fn and_loopback(self) -> Self {
        Self { loopback: true, ..self }
    }

    /// Whether no page at all may call.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.listed.is_empty() && !self.loopback
    }

    fn allow(&self, origin: &HeaderValue) -> bool {
        origin.to_str().is_ok_and(|origin| {
            self.listed.iter().any(|listed| listed == origin)
                || (self.loopback && is_loopback_origin(origin))
        })
    }

    /// The layer that answers preflights and adds the headers. No credentials: callers send a bearer, not cookies.
    pub(crate) fn layer(&self) -> CorsLayer {
        let origins = Arc::new(self.clone());
        CorsLayer::new()
            .allow_origin(AllowOrigin::predicate(move |origin, _| origins.allow(origin)))
            .allow_methods([Method::GET, Method::PUT, Method::POST, Method::DELETE])
            .allow_headers([header::AUTHORIZATION, header::CONTENT_TYPE])
            .expose_headers([header::DATE, header::RETRY_AFTER, REQUEST_ID, ERROR_TYPE])
            .max_age(PREFLIGHT_LIFE)
    }
}

fn is_origin(text: &str) -> bool {
    let lower = !text.contains(|c: char| c.is_ascii_uppercase());
    lower
        && text.split_once("://").is_some_and(|(scheme, host)| {
            matches!(scheme, "http" | "https")
                && !host.contains(['*', '@'])
                && host.parse::<Authority>().is_ok()
        })
}

/// Whether a page with this `Origin` was served from this machine.
pub(crate) fn is_loopback_origin(origin: &str) -> bool {
    is_origin(origin)
        && origin.parse::<Uri>().is_ok_and(|uri| uri.host().is_some_and(is_loopback_name))
}

/// Whether `host[:port]` means this machine.
pub(crate) fn is_loopback_host(authority: &str) -> bool {
    authority.parse::<Authority>().is_ok_and(|authority| is_loopback_name(authority.host()))
}

fn is_loopback_name(host: &str) -> bool {
    let bare = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(host);
    match bare.parse() {
        Ok(IpAddr::V4(address)) => Ipv4Addr::is_loopback(&address),
        Ok(IpAddr::V6(address)) => Ipv6Addr::is_loopback(&address),
        // RFC 6761: browsers resolve these to loopback without asking a name server.
        Err(_) => host == "localhost" || host.ends_with(".localhost"),
    }
}

impl std::fmt::Display for BadOrigin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "`{}` is not an origin of the form https://host[:port] in lower case", self.0)
    }
}

impl std::error::Error for BadOrigin {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loopback_is_told_from_names_that_only_look_like_it() {
        for origin in
            ["http://localhost:5173", "http://127.0.0.1", "https://a.localhost", "http://[::1]:80"]
        {
            assert!(is_loopback_origin(origin), "{origin}");
        }
        for origin in [
            "null",
            "http://localhost.evil.example",
            "http://127.0.0.1.evil.example",
            "http://127.0.0.1@evil.example",
            "http://evil.example/#localhost",
            "file://localhost",
            "localhost",
            "http://10.0.0.1",
        ] {
            assert!(!is_loopback_origin(origin), "{origin}");
        }
    }

    #[test]
    fn a_list_takes_only_what_a_browser_would_send() {
        assert!(
            Origins::listed(vec!["https://app.example".into(), "http://10.0.0.1:81".into()])
                .is_ok()
        );
        for bad in [
            "*",
            "https://*.example",
            "https://app.example/",
            "https://App.example",
            "app.example",
            "null",
        ] {
            assert_eq!(Origins::listed(vec![bad.into()]), Err(BadOrigin(bad.into())));
        }
    }
}
