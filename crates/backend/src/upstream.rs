//! The way to the services and back.

use std::time::Duration;

use axum::body::Body;
use axum::response::Response;
use http::{HeaderName, HeaderValue, header};

use crate::call::Call;
use crate::endpoint::Endpoint;
use crate::error::{ERROR_TYPE, GatewayError, REQUEST_ID, causes};
use crate::routes::Service;
use crate::sign::Signer;

const CONNECT_TIME: Duration = Duration::from_secs(3);
const TOTAL_TIME: Duration = Duration::from_secs(15);
/// Shorter than a load balancer keeps an idle connection, so that none is reused just as it closes.
const IDLE_TIME: Duration = Duration::from_secs(20);

/// Headers of the service's answer that go on to the caller.
const PASSED: [HeaderName; 5] =
    [header::CONTENT_TYPE, header::DATE, header::RETRY_AFTER, ERROR_TYPE, REQUEST_ID];

/// Both services, and how to sign for them.
#[derive(Debug)]
pub(crate) struct Upstream {
    client: reqwest::Client,
    connect: Endpoint,
    cases: Endpoint,
    signer: Signer,
}

impl Upstream {
    /// # Errors
    /// The HTTP client cannot be set up, for instance without trusted certificates on the machine.
    pub(crate) fn new(
        connect: Endpoint,
        cases: Endpoint,
        signer: Signer,
    ) -> Result<Self, reqwest::Error> {
        let builder = reqwest::Client::builder()
            .connect_timeout(CONNECT_TIME)
            .timeout(TOTAL_TIME)
            .pool_idle_timeout(IDLE_TIME)
            .redirect(reqwest::redirect::Policy::none())
            .user_agent(concat!("attached-files-backend/", env!("CARGO_PKG_VERSION")));
        // A proxy of the environment is for the way to AWS; it cannot know this machine's loopback.
        let builder =
            if connect.is_loopback() && cases.is_loopback() { builder.no_proxy() } else { builder };
        Ok(Self { client: builder.build()?, connect, cases, signer })
    }

    /// Signs, sends, and hands back what the service says: status, body byte for byte, the headers that matter.
    ///
    /// # Errors
    /// `Unsigned`, `Unreachable`, `NoAnswer`.
    pub(crate) async fn send(
        &self,
        call: &Call,
        body: Option<Vec<u8>>,
    ) -> Result<Response, GatewayError> {
        let service = call.operation.service();
        let endpoint = match service {
            Service::Connect => &self.connect,
            Service::Cases => &self.cases,
        };
        let url = format!("{endpoint}{}", call.target);
        let method = call.operation.method();
        let headers = self.signer.headers(service, &method, &url, body.as_deref()).await?;
        let mut request = self.client.request(method, url).headers(headers);
        if let Some(body) = body {
            request = request.body(body);
        }
        let answer = request.send().await.map_err(failed)?;
        let mut response = Response::new(Body::empty());
        *response.status_mut() = answer.status();
        for name in PASSED {
            for value in answer.headers().get_all(&name) {
                response.headers_mut().append(name.clone(), value.clone());
            }
        }
        // Answers hold pre-signed URLs, which are secrets.
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        *response.body_mut() = Body::from(answer.bytes().await.map_err(failed)?);
        Ok(response)
    }
}

/// Logs the causes without the URL, whose query names a customer's case.
fn failed(error: reqwest::Error) -> GatewayError {
    let error = error.without_url();
    tracing::warn!(causes = causes(&error), "no answer from the service");
    if error.is_connect() { GatewayError::Unreachable } else { GatewayError::NoAnswer }
}
