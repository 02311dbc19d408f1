//! One request from end to end: authenticate, read, ask the policy, shape, sign and forward.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::Request;
use axum::response::Response;
use http::{HeaderValue, header, request};
use tokio::sync::Semaphore;
use tracing::Instrument as _;

use crate::arn::Home;
use crate::auth::{AuthError, Authenticate};
use crate::call::Call;
use crate::cors::Origins;
use crate::credentials::CachedCredentials;
use crate::endpoint::Endpoint;
use crate::error::{GatewayError, RequestId};
use crate::policy::Policy;
use crate::routes::Operation;
use crate::shape::{drain, shape};
use crate::sign::Signer;
use crate::upstream::Upstream;

/// Requests under way at once before more are turned away with 429. Each holds little, but the services behind take
/// two a second: a longer queue could not be served in time.
const MAX_UNDER_WAY: usize = 256;

/// All that a gateway needs; there is no default for any of it.
pub struct Parts {
    /// Who is calling.
    pub authenticator: Arc<dyn Authenticate>,
    /// Who may do what.
    pub policy: Arc<dyn Policy>,
    /// Which pages may call.
    pub origins: Origins,
    /// Base URL of Amazon Connect.
    pub connect: Endpoint,
    /// Base URL of Amazon Connect Cases.
    pub cases: Endpoint,
    /// What to sign with.
    pub credentials: CachedCredentials,
    /// Where the cases live; its Region is also the one signed for.
    pub home: Home,
}

/// The gateway. Holds no state between requests but connections and credentials.
pub struct Gateway {
    authenticator: Arc<dyn Authenticate>,
    policy: Arc<dyn Policy>,
    origins: Origins,
    upstream: Upstream,
    home: Home,
    under_way: Semaphore,
}

/// The HTTP client could not be set up.
#[derive(Debug)]
pub struct NoClient(reqwest::Error);

impl Gateway {
    /// Puts the parts together.
    ///
    /// # Errors
    /// [`NoClient`].
    pub fn new(parts: Parts) -> Result<Self, NoClient> {
        let Parts { authenticator, policy, origins, connect, cases, credentials, home } = parts;
        let signer = Signer::new(credentials, home.region.clone());
        let upstream = Upstream::new(connect, cases, signer).map_err(NoClient)?;
        Ok(Self {
            authenticator,
            policy,
            origins,
            upstream,
            home,
            under_way: Semaphore::new(MAX_UNDER_WAY),
        })
    }

    pub(crate) fn origins(&self) -> &Origins {
        &self.origins
    }

    pub(crate) async fn answer(&self, operation: Operation, request: Request) -> Response {
        let id = RequestId::new();
        let (head, mut body) = request.into_parts();
        // Names the request in the lines that are logged on its way.
        let span = tracing::info_span!("request", %id);
        let mut response = match self.forward(operation, &head, &mut body).instrument(span).await {
            Ok(response) => response,
            Err(error) => error.respond(operation.dialect(), id),
        };
        id.mark(&mut response);
        if !drain(body).await {
            response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
        }
        response
    }

    async fn forward(
        &self,
        operation: Operation,
        head: &request::Parts,
        body: &mut Body,
    ) -> Result<Response, GatewayError> {
        let _place = self.under_way.try_acquire().map_err(|_| GatewayError::Busy)?;
        // The router lets HEAD in where GET is; Connect knows no HEAD, and forwarding it as GET would cost a call.
        if head.method != operation.method() {
            return Err(GatewayError::UnknownOperation);
        }
        let caller =
            self.authenticator.authenticate(&head.headers).await.map_err(|error| match error {
                AuthError::Unauthenticated => GatewayError::Unauthenticated,
                AuthError::Forbidden => GatewayError::Denied,
            })?;
        let call = Call::read(operation, &head.uri, &self.home)?;
        self.policy.decide(&caller, &call.access).await.map_err(|_| GatewayError::Denied)?;
        let body = shape(operation.body_rule(), &head.headers, body, &caller).await?;
        self.upstream.send(&call, body).await
    }
}

impl std::fmt::Display for NoClient {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "the HTTP client cannot be set up: {}", self.0)
    }
}

impl std::error::Error for NoClient {}
