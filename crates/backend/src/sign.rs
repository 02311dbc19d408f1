//! SigV4, as Connect and Cases want it: path encoded twice, no payload header.

use std::time::SystemTime;

use aws_sigv4::http_request::{SignableBody, SignableRequest, SigningSettings, sign};
use aws_sigv4::sign::v4;
use http::{HeaderMap, HeaderName, HeaderValue, Method, header};

use crate::credentials::CachedCredentials;
use crate::error::GatewayError;
use crate::routes::Service;

/// Signs with the credentials of one provider for one Region.
#[derive(Debug)]
pub(crate) struct Signer {
    credentials: CachedCredentials,
    region: String,
}

impl Signer {
    pub(crate) fn new(credentials: CachedCredentials, region: String) -> Self {
        Self { credentials, region }
    }

    /// All headers of the signed request; the host is the URL's.
    ///
    /// # Errors
    /// `Unsigned` when there are no credentials, or when they do not make a header.
    pub(crate) async fn headers(
        &self,
        service: Service,
        method: &Method,
        url: &str,
        body: Option<&[u8]>,
    ) -> Result<HeaderMap, GatewayError> {
        let now = SystemTime::now();
        let identity = self.credentials.at(now).await?.into();
        let parameters = v4::SigningParams::builder()
            .identity(&identity)
            .region(&self.region)
            .name(service.signing_name())
            .time(now)
            .settings(SigningSettings::default())
            .build()
            .map_err(unsigned)?
            .into();
        let content_type = body.map(|_| (header::CONTENT_TYPE.as_str(), "application/json"));
        let signable = SignableRequest::new(
            method.as_str(),
            url,
            content_type.into_iter(),
            SignableBody::Bytes(body.unwrap_or_default()),
        )
        .map_err(unsigned)?;
        let (instructions, _signature) =
            sign(signable, &parameters).map_err(unsigned)?.into_parts();
        let mut headers = HeaderMap::new();
        for (name, value) in content_type.into_iter().chain(instructions.headers()) {
            let name = HeaderName::try_from(name).map_err(unsigned)?;
            headers.insert(name, HeaderValue::try_from(value).map_err(unsigned)?);
        }
        Ok(headers)
    }
}

fn unsigned(error: impl std::fmt::Display) -> GatewayError {
    tracing::error!(%error, "a request could not be signed");
    GatewayError::Unsigned
}
