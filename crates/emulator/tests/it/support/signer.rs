//! Signing as a client of the real services would.

use std::time::{Duration, SystemTime};

use attached_files_emulator::Info;
use aws_credential_types::Credentials;
use aws_sigv4::http_request::{
    PayloadChecksumKind, PercentEncodingMode, SignableBody, SignableRequest, SignatureLocation,
    SigningSettings, UriPathNormalizationMode, sign,
};
use aws_sigv4::sign::v4;

/// Who signs what; the tests of signatures change single members.
#[derive(Clone)]
pub struct Signer {
    pub key: String,
    pub secret: String,
    pub region: String,
    pub at: SystemTime,
}

impl Signer {
    pub fn of(info: &Info) -> Self {
        Self {
            key: info.access_key_id.clone(),
            secret: info.secret_access_key.clone(),
            region: info.region.clone(),
            at: SystemTime::now(),
        }
    }

    fn run(
        &self,
        service: &str,
        settings: SigningSettings,
        request: SignableRequest<'_>,
    ) -> aws_sigv4::http_request::SigningInstructions {
        let identity = Credentials::new(&self.key, &self.secret, None, None, "test").into();
        let params = v4::SigningParams::builder()
            .identity(&identity)
            .region(&self.region)
            .name(service)
            .time(self.at)
            .settings(settings)
            .build()
            .unwrap()
            .into();
        sign(request, &params).unwrap().into_parts().0
    }

    /// Authorization and the other headers of a signed call.
    pub fn headers(
        &self,
        service: &str,
        method: &str,
        url: &str,
        body: &[u8],
    ) -> Vec<(String, String)> {
        let headers = [("content-type", "application/json")];
        let request =
            SignableRequest::new(method, url, headers.into_iter(), SignableBody::Bytes(body))
                .unwrap();
        let instructions = self.run(service, SigningSettings::default(), request);
        let signed = instructions.headers().map(|(n, v)| (n.to_owned(), v.to_owned()));
        signed.chain([("content-type".to_owned(), "application/json".to_owned())]).collect()
    }

    /// The headers of an S3 call signed in the Authorization header.
    pub fn s3_headers(&self, method: &str, url: &str, body: &[u8]) -> Vec<(String, String)> {
        let mut settings = SigningSettings::default();
        settings.payload_checksum_kind = PayloadChecksumKind::XAmzSha256;
        settings.percent_encoding_mode = PercentEncodingMode::Single;
        settings.uri_path_normalization_mode = UriPathNormalizationMode::Disabled;
        let request =
            SignableRequest::new(method, url, std::iter::empty(), SignableBody::Bytes(body))
                .unwrap();
        let instructions = self.run("s3", settings, request);
        instructions.headers().map(|(n, v)| (n.to_owned(), v.to_owned())).collect()
    }

    /// A pre-signed S3 URL with these headers signed beside Host.
    pub fn presign(
        &self,
        method: &str,
        url: &str,
        headers: &[(&str, &str)],
        expires: u64,
    ) -> String {
        self.presign_payload(method, url, headers, expires, None)
    }

    /// The same with the body's SHA-256 signed.
    pub fn presign_payload(
        &self,
        method: &str,
        url: &str,
        headers: &[(&str, &str)],
        expires: u64,
        sha256: Option<&str>,
    ) -> String {
        let mut settings = SigningSettings::default();
        settings.signature_location = SignatureLocation::QueryParams;
        settings.expires_in = Some(Duration::from_secs(expires));
        settings.percent_encoding_mode = PercentEncodingMode::Single;
        settings.uri_path_normalization_mode = UriPathNormalizationMode::Disabled;
        let request = SignableRequest::new(
            method,
            url,
            headers.iter().copied(),
            sha256.map_or(SignableBody::UnsignedPayload, |hash| {
                SignableBody::Precomputed(hash.to_owned())
            }),
        )
        .unwrap();
        let instructions = self.run("s3", settings, request);
        let mut request = http::Request::builder().uri(url).body(()).unwrap();
        instructions.apply_to_request_http1x(&mut request);
        request.uri().to_string()
    }
}
