//! Who is calling. One trait, one file per way of proving it.

use std::future::Future;
use std::pin::Pin;

use http::HeaderMap;

mod bearer;
mod open;

pub use bearer::{BadSecret, Bearer};
pub(crate) use open::Open;

/// An authenticated caller.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    /// Name for logs and policies; never a secret.
    pub subject: String,
    /// The Connect user on whose behalf files are made; becomes `CreatedBy.ConnectUserArn` of an upload.
    pub connect_user_arn: Option<String>,
}

/// Why a request has no caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuthError {
    /// No proof, or a wrong one: 401.
    Unauthenticated,
    /// Known for what it is and still not welcome: 403.
    Forbidden,
}

/// What an authenticator promises.
pub type Identity<'a> = Pin<Box<dyn Future<Output = Result<Caller, AuthError>> + Send + 'a>>;

/// Finds the caller of a request from its headers. Runs before anything else of the request is looked at.
pub trait Authenticate: Send + Sync + 'static {
    /// The caller, or why there is none.
    fn authenticate<'a>(&'a self, headers: &'a HeaderMap) -> Identity<'a>;
}
