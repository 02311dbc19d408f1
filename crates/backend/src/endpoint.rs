//! Where a service is: `https://host`, or plain `http` on loopback only.

use std::fmt;

use http::Uri;
use http::uri::{Authority, Scheme};

use crate::cors::is_loopback_host;
use crate::routes::Service;

/// Base URL of a service, without path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint {
    scheme: Scheme,
    authority: Authority,
}

/// Why text is not an endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadEndpoint {
    /// Not `https://host[:port]`.
    NotABaseUrl,
    /// Plain `http` to another machine: session tokens and the names of files would cross the network readably.
    Plain,
}

impl Endpoint {
    /// Reads `https://host[:port]`; `http://` is taken for loopback hosts.
    ///
    /// # Errors
    /// [`BadEndpoint`].
    pub fn parse(text: &str) -> Result<Self, BadEndpoint> {
        let parts = text
            .trim_end_matches('/')
            .parse::<Uri>()
            .map_err(|_| BadEndpoint::NotABaseUrl)?
            .into_parts();
        let bare = parts.path_and_query.as_ref().is_none_or(|rest| rest.as_str() == "/");
        let (Some(scheme), Some(authority), true) = (parts.scheme, parts.authority, bare) else {
            return Err(BadEndpoint::NotABaseUrl);
        };
        if authority.as_str().contains('@') || (scheme != Scheme::HTTP && scheme != Scheme::HTTPS) {
            return Err(BadEndpoint::NotABaseUrl);
        }
        let endpoint = Self { scheme, authority };
        if endpoint.scheme == Scheme::HTTP && !endpoint.is_loopback() {
            return Err(BadEndpoint::Plain);
        }
        Ok(endpoint)
    }

    /// The public endpoint of a service in a Region.
    ///
    /// # Errors
    /// The Region's name does not make a host name.
    pub fn of(service: Service, partition: &str, region: &str) -> Result<Self, BadEndpoint> {
        Self::parse(&format!(
            "https://{}.{region}.{}",
            service.signing_name(),
            dns_suffix(partition)
        ))
    }

    pub(crate) fn is_loopback(&self) -> bool {
        is_loopback_host(self.authority.as_str())
    }
}

/// Domain under which a partition's services live; the values of the SDKs' partition table.
fn dns_suffix(partition: &str) -> &'static str {
    match partition {
        "aws-cn" => "amazonaws.com.cn",
        "aws-eusc" => "amazonaws.eu",
        "aws-iso" => "c2s.ic.gov",
        "aws-iso-b" => "sc2s.sgov.gov",
        _ => "amazonaws.com",
    }
}

/// The partition a Region belongs to, by the beginning of its name.
#[must_use]
pub fn partition_of(region: &str) -> &'static str {
    const STARTS: [(&str, &str); 5] = [
        ("cn-", "aws-cn"),
        ("us-gov-", "aws-us-gov"),
        ("eusc-", "aws-eusc"),
        ("us-isob-", "aws-iso-b"),
        ("us-iso-", "aws-iso"),
    ];
    STARTS
        .into_iter()
        .find(|(start, _)| region.starts_with(start))
        .map_or("aws", |(_, partition)| partition)
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}", self.scheme, self.authority)
    }
}

impl fmt::Display for BadEndpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotABaseUrl => f.write_str("not of the form https://host[:port]"),
            Self::Plain => f.write_str("plain http is for loopback only"),
        }
    }
}

impl std::error::Error for BadEndpoint {}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests may panic")]
mod tests {
    use super::*;

    #[test]
    fn regions_lead_to_the_hosts_the_sdks_use() {
        for (region, host) in [
            ("us-east-1", "connect.us-east-1.amazonaws.com"),
            ("us-gov-west-1", "connect.us-gov-west-1.amazonaws.com"),
            ("cn-north-1", "connect.cn-north-1.amazonaws.com.cn"),
        ] {
            let endpoint = Endpoint::of(Service::Connect, partition_of(region), region).unwrap();
            assert_eq!(endpoint.to_string(), format!("https://{host}"));
        }
        let cases = Endpoint::of(Service::Cases, "aws", "eu-west-2").unwrap();
        assert_eq!(cases.to_string(), "https://cases.eu-west-2.amazonaws.com");
    }

    #[test]
    fn plain_http_leaves_this_machine_never() {
        assert_eq!(
            Endpoint::parse("http://127.0.0.1:4000/").unwrap().to_string(),
            "http://127.0.0.1:4000"
        );
        assert_eq!(Endpoint::parse("http://10.0.0.1"), Err(BadEndpoint::Plain));
        assert_eq!(Endpoint::parse("http://127.0.0.1.evil.example"), Err(BadEndpoint::Plain));
        for bad in [
            "",
            "connect.example",
            "https://",
            "ftp://127.0.0.1",
            "https://a@b",
            "https://a/b",
            "https://a?b",
        ] {
            assert_eq!(Endpoint::parse(bad), Err(BadEndpoint::NotABaseUrl), "{bad}");
        }
    }
}
