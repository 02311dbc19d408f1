//! A service that answers by script, a gateway before it, and requests as the widget makes them.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use attached_files_backend::arn::Home;
use attached_files_backend::auth::{Bearer, Caller};
use attached_files_backend::cors::Origins;
use attached_files_backend::credentials::CachedCredentials;
use attached_files_backend::endpoint::Endpoint;
use attached_files_backend::policy::Rules;
use attached_files_backend::{Gateway, Parts, app};
use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::response::Response;
use http::{HeaderMap, Method, StatusCode};
use serde_json::Value;
use tokio::net::{TcpListener, TcpSocket};
use tokio::sync::oneshot;
use tower::ServiceExt as _;

pub(crate) const SECRET: &str = "0123456789abcdef0123456789abcdef";
pub(crate) const ACCESS_KEY: &str = "AKIDEXAMPLE";
pub(crate) const SECRET_KEY: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
pub(crate) const SESSION_TOKEN: &str = "session-token";
pub(crate) const INSTANCE: &str = "11111111-2222-3333-4444-555555555555";
pub(crate) const OTHER_INSTANCE: &str = "99999999-2222-3333-4444-555555555555";
pub(crate) const DOMAIN: &str = "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee";
pub(crate) const USER: &str = "arn:aws:connect:us-east-1:123456789012:instance/i/agent/u";
pub(crate) const PAGE: &str = "https://app.example.com";

/// ARN of a case, percent-encoded as a query value.
pub(crate) fn case(id: &str) -> String {
    encode(&format!("arn:aws:cases:us-east-1:123456789012:domain/{DOMAIN}/case/{id}"))
}

/// ARN of a contact, percent-encoded as a query value.
pub(crate) fn contact(instance: &str) -> String {
    encode(&format!("arn:aws:connect:us-east-1:123456789012:instance/{instance}/contact/c1"))
}

fn encode(arn: &str) -> String {
    arn.replace(':', "%3A").replace('/', "%2F")
}

/// A path under the instance with a case in the query.
pub(crate) fn files(rest: &str) -> String {
    format!("/attached-files/{INSTANCE}{rest}?associatedResourceArn={}", case("1"))
}

/// A request as the service got it.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    pub(crate) method: Method,
    pub(crate) target: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Seen {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }
}

#[derive(Clone, Default)]
pub(crate) struct Service {
    seen: Arc<Mutex<Vec<Seen>>>,
    script: Arc<Mutex<VecDeque<Response>>>,
    held: Arc<Mutex<Option<oneshot::Receiver<()>>>>,
}

impl Service {
    /// Starts listening; unscripted requests get an empty 200.
    pub(crate) async fn start(&self) -> Endpoint {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let endpoint =
            Endpoint::parse(&format!("http://{}", listener.local_addr().unwrap())).unwrap();
        let router = Router::new().fallback(play).with_state(self.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        endpoint
    }

    pub(crate) fn will_answer(&self, response: Response) {
        self.script.lock().unwrap().push_back(response);
    }

    /// The next answer waits until the sender is used.
    pub(crate) fn will_hold(&self) -> oneshot::Sender<()> {
        let (release, held) = oneshot::channel();
        *self.held.lock().unwrap() = Some(held);
        release
    }

    pub(crate) fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }

    pub(crate) fn only(&self) -> Seen {
        let mut seen = self.seen();
        assert_eq!(seen.len(), 1, "{seen:?}");
        seen.remove(0)
    }
}

async fn play(State(service): State<Service>, request: Request) -> Response {
    let (head, body) = request.into_parts();
    let seen = Seen {
        method: head.method,
        target: head.uri.to_string(),
        headers: head.headers,
        body: to_bytes(body, usize::MAX).await.unwrap(),
    };
    service.seen.lock().unwrap().push(seen);
    let held = service.held.lock().unwrap().take();
    if let Some(held) = held {
        held.await.unwrap();
    }
    service.script.lock().unwrap().pop_front().unwrap_or_default()
}

/// A gateway with a bearer secret, one instance, every case of one domain up to case 1, every contact.
pub(crate) struct Bench {
    pub(crate) connect: Service,
    pub(crate) cases: Service,
    router: Router,
    _deaf: Option<TcpSocket>,
}

impl Bench {
    pub(crate) async fn new() -> Self {
        Self::with_user(Some(USER.to_owned())).await
    }

    pub(crate) async fn with_user(connect_user_arn: Option<String>) -> Self {
        let (connect, cases) = (Service::default(), Service::default());
        let endpoints = (connect.start().await, cases.start().await);
        Self { router: router(endpoints, connect_user_arn), connect, cases, _deaf: None }
    }

    /// A gateway whose services refuse connections.
    pub(crate) fn without_services() -> Self {
        // Bound but not listening: the port is nobody else's, and connections are refused.
        let deaf = TcpSocket::new_v4().unwrap();
        deaf.bind(SocketAddr::from(([127, 0, 0, 1], 0))).unwrap();
        let endpoint = Endpoint::parse(&format!("http://{}", deaf.local_addr().unwrap())).unwrap();
        Self { _deaf: Some(deaf), ..Self::before(endpoint) }
    }

    /// A gateway before somebody else's service.
    pub(crate) fn before(service: Endpoint) -> Self {
        let (connect, cases) = (Service::default(), Service::default());
        Self { router: router((service.clone(), service), None), connect, cases, _deaf: None }
    }

    /// Serves the gateway on a port until the test ends.
    pub(crate) async fn listen(&self) -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let router = self.router.clone();
        tokio::spawn(async move { axum::serve(listener, router).await });
        address
    }

    pub(crate) async fn send(&self, request: Request) -> Answer {
        Answer::of(self.router.clone().oneshot(request).await.unwrap()).await
    }

    /// Sends with the right bearer.
    pub(crate) async fn call(&self, method: Method, target: &str, body: impl Into<Body>) -> Answer {
        self.send(request(method, target).body(body.into()).unwrap()).await
    }

    /// Both services were left alone.
    pub(crate) fn nothing_arrived(&self) {
        assert!(self.connect.seen().is_empty() && self.cases.seen().is_empty());
    }
}

/// A request with the right bearer.
pub(crate) fn request(method: Method, target: &str) -> http::request::Builder {
    Request::builder()
        .method(method)
        .uri(target)
        .header("authorization", format!("Bearer {SECRET}"))
}

fn router((connect, cases): (Endpoint, Endpoint), connect_user_arn: Option<String>) -> Router {
    let caller = Caller { subject: "agents".into(), connect_user_arn };
    let resources = [
        format!("arn:aws:cases:us-east-1:123456789012:domain/{DOMAIN}/case/1"),
        "arn:aws:connect:us-east-1:123456789012:instance/*/contact/*".to_owned(),
    ];
    let credentials =
        Credentials::new(ACCESS_KEY, SECRET_KEY, Some(SESSION_TOKEN.into()), None, "test");
    let parts = Parts {
        authenticator: Arc::new(Bearer::new(SECRET, caller).unwrap()),
        policy: Arc::new(Rules::new(vec![INSTANCE.into(), "i 2".into()], &resources).unwrap()),
        origins: Origins::listed(vec![PAGE.into()]).unwrap(),
        connect,
        cases,
        credentials: CachedCredentials::new(SharedCredentialsProvider::new(credentials)),
        home: Home {
            partition: "aws".into(),
            region: "us-east-1".into(),
            account: "123456789012".into(),
        },
    };
    app(Gateway::new(parts).unwrap())
}

/// What the page gets.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Answer {
    async fn of(response: Response) -> Self {
        let (head, body) = response.into_parts();
        Self {
            status: head.status,
            headers: head.headers,
            body: to_bytes(body, usize::MAX).await.unwrap(),
        }
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }

    /// The gateway's own error: status, type in the header, a message under `key`, and a request id.
    #[track_caller]
    pub(crate) fn is_error(&self, status: u16, code: &str, key: &str) {
        assert_eq!(
            (self.status.as_u16(), self.header("x-amzn-errortype")),
            (status, Some(code)),
            "{self:?}"
        );
        assert_eq!(self.header("content-type"), Some("application/json"));
        assert!(self.header("x-amzn-requestid").is_some_and(|id| id.len() == 36), "{self:?}");
        assert!(self.json()[key].is_string(), "{self:?}");
    }
}
