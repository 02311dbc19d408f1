//! No authentication, for the embedded emulator on loopback only.

use http::{HeaderMap, HeaderValue, header};

use super::{AuthError, Authenticate, Caller, Identity};
use crate::cors::{is_loopback_host, is_loopback_origin};

/// Takes everybody on this machine as the same caller.
///
/// A page from elsewhere, open in a browser on this machine, can reach loopback too. It shows by its `Origin`, or,
/// when it has bent its own name to loopback, by `Host`; both are refused.
#[derive(Debug)]
pub(crate) struct Open;

impl Open {
    fn admit(headers: &HeaderMap) -> Result<Caller, AuthError> {
        let fits = |name, test: fn(&str) -> bool| {
            headers.get_all(name).iter().all(|value: &HeaderValue| value.to_str().is_ok_and(test))
        };
        if fits(header::ORIGIN, is_loopback_origin) && fits(header::HOST, is_loopback_host) {
            Ok(Caller { subject: "anyone-on-this-machine".to_owned(), connect_user_arn: None })
        } else {
            Err(AuthError::Forbidden)
        }
    }
}

impl Authenticate for Open {
    fn authenticate<'a>(&'a self, headers: &'a HeaderMap) -> Identity<'a> {
        Box::pin(std::future::ready(Self::admit(headers)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn admitted(name: header::HeaderName, value: &'static str) -> bool {
        Open::admit(&HeaderMap::from_iter([(name, HeaderValue::from_static(value))])).is_ok()
    }

    #[test]
    fn a_page_from_elsewhere_is_refused_even_when_its_name_points_to_loopback() {
        assert!(Open::admit(&HeaderMap::new()).is_ok());
        assert!(admitted(header::ORIGIN, "http://localhost:8080"));
        assert!(!admitted(header::ORIGIN, "https://evil.example"));
        assert!(!admitted(header::ORIGIN, "null"));
        assert!(admitted(header::HOST, "127.0.0.1:8787"));
        assert!(!admitted(header::HOST, "rebound.evil.example:8787"));
    }
}
