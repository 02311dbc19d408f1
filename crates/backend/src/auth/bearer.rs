//! One shared secret, sent as `Authorization: Bearer …`.

use std::fmt;

use http::{HeaderMap, header};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use super::{AuthError, Authenticate, Caller, Identity};

/// Shortest secret taken, in bytes: 128 random bits in hexadecimal.
const MIN_BYTES: usize = 32;

/// Compares the bearer token of a request with a shared secret.
///
/// Only the secret's digest is kept, and digests are compared: the comparison takes the same time whatever the
/// guess and however long it is.
pub struct Bearer {
    digest: [u8; 32],
    caller: Caller,
}

/// A secret that cannot serve as one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadSecret {
    /// Shorter than 32 bytes.
    TooShort,
    /// Holds something that cannot stand in a header: only visible ASCII without spaces can.
    Unprintable,
}

impl Bearer {
    /// An authenticator that takes every holder of `secret` as `caller`. White space around the secret, such as
    /// the line end of a file, does not count.
    ///
    /// # Errors
    /// [`BadSecret`].
    pub fn new(secret: &str, caller: Caller) -> Result<Self, BadSecret> {
        let secret = secret.trim();
        if secret.len() < MIN_BYTES {
            return Err(BadSecret::TooShort);
        }
        if !secret.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(BadSecret::Unprintable);
        }
        Ok(Self { digest: Sha256::digest(secret).into(), caller })
    }

    fn admit(&self, headers: &HeaderMap) -> Result<Caller, AuthError> {
        let token = bearer_token(headers).ok_or(AuthError::Unauthenticated)?;
        let guess: [u8; 32] = Sha256::digest(token).into();
        if bool::from(guess.ct_eq(&self.digest)) {
            Ok(self.caller.clone())
        } else {
            Err(AuthError::Unauthenticated)
        }
    }
}

/// The token of the one `Authorization` header; two of them are as bad as none.
fn bearer_token(headers: &HeaderMap) -> Option<&[u8]> {
    let mut values = headers.get_all(header::AUTHORIZATION).iter();
    let value = values.next().filter(|_| values.next().is_none())?.as_bytes();
    let (scheme, token) = value.split_at_checked(7)?;
    scheme.eq_ignore_ascii_case(b"bearer ").then(|| token.trim_ascii())
}

impl Authenticate for Bearer {
    fn authenticate<'a>(&'a self, headers: &'a HeaderMap) -> Identity<'a> {
        Box::pin(std::future::ready(self.admit(headers)))
    }
}

impl fmt::Debug for Bearer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Bearer").field("caller", &self.caller).finish_non_exhaustive()
    }
}

impl fmt::Display for BadSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooShort => write!(f, "the bearer secret is shorter than {MIN_BYTES} bytes"),
            Self::Unprintable => {
                f.write_str("the bearer secret may hold visible ASCII only, without spaces")
            }
        }
    }
}

impl std::error::Error for BadSecret {}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests may panic")]
mod tests {
    use super::*;

    const SECRET: &str = "0123456789abcdef0123456789abcdef";

    fn bearer() -> Bearer {
        let caller = Caller { subject: "agents".into(), connect_user_arn: None };
        Bearer::new(&format!("{SECRET}\n"), caller).unwrap()
    }

    fn with(values: &[&str]) -> HeaderMap {
        values.iter().map(|value| (header::AUTHORIZATION, value.parse().unwrap())).collect()
    }

    #[test]
    fn only_the_whole_secret_is_admitted() {
        assert_eq!(
            bearer().admit(&with(&[&format!("Bearer {SECRET}")])).unwrap().subject,
            "agents"
        );
        assert!(bearer().admit(&with(&[&format!("bearer {SECRET}")])).is_ok());
        for wrong in [
            String::new(),
            "Bearer ".into(),
            SECRET.into(),
            format!("Basic {SECRET}"),
            format!("Bearer {SECRET}0"),
            format!("Bearer {}", &SECRET[..31]),
            format!("Bearer {}", SECRET.to_uppercase()),
        ] {
            assert_eq!(
                bearer().admit(&with(&[&wrong])),
                Err(AuthError::Unauthenticated),
                "{wrong}"
            );
        }
        assert_eq!(bearer().admit(&HeaderMap::new()), Err(AuthError::Unauthenticated));
    }

    #[test]
    fn two_authorization_headers_are_refused_although_one_is_right() {
        let right = format!("Bearer {SECRET}");
        assert_eq!(bearer().admit(&with(&[&right, &right])), Err(AuthError::Unauthenticated));
    }

    #[test]
    fn a_secret_that_is_no_secret_is_refused() {
        let caller = Caller { subject: "agents".into(), connect_user_arn: None };
        assert_eq!(Bearer::new("short", caller.clone()).unwrap_err(), BadSecret::TooShort);
        assert_eq!(Bearer::new(&" ".repeat(64), caller.clone()).unwrap_err(), BadSecret::TooShort);
        assert_eq!(Bearer::new(&"a b".repeat(20), caller).unwrap_err(), BadSecret::Unprintable);
    }

    #[test]
    fn the_secret_is_not_in_the_debug_text() {
        assert!(!format!("{:?}", bearer()).contains("0123"));
    }
}
