//! Credentials kept for as long as they are good.
//!
//! A provider of the AWS chain asks its source on every call: a file, a process, the instance's metadata service.

use std::time::{Duration, SystemTime};

use aws_credential_types::Credentials;
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider};
use tokio::sync::Mutex;

use crate::error::{GatewayError, causes};

/// Renew this long before the end, so that a request under way does not outlive its credentials.
const MARGIN: Duration = Duration::from_secs(120);
/// Credentials without an end (a profile, the environment) are looked up again after this time, so that new ones in
/// a file are seen.
const UNBOUNDED_LIFE: Duration = Duration::from_secs(15 * 60);
/// Longest wait for the provider.
const LOAD_TIME: Duration = Duration::from_secs(5);

/// After a failure the provider is left alone for this long, so that requests do not queue up behind it.
const PAUSE: Duration = Duration::from_secs(5);

/// A provider and what it last gave.
#[derive(Debug)]
pub struct CachedCredentials {
    provider: SharedCredentialsProvider,
    kept: Mutex<Kept>,
}

#[derive(Debug)]
struct Kept {
    credentials: Option<Credentials>,
    ask_again_at: SystemTime,
}

impl CachedCredentials {
    /// Asks the provider when the first request comes.
    #[must_use]
    pub fn new(provider: SharedCredentialsProvider) -> Self {
        let kept = Kept { credentials: None, ask_again_at: SystemTime::UNIX_EPOCH };
        Self { provider, kept: Mutex::new(kept) }
    }

    /// Asks the provider now, so that a gateway without credentials fails at its start.
    ///
    /// # Errors
    /// The provider's own.
    pub async fn load(provider: SharedCredentialsProvider) -> Result<Self, CredentialsError> {
        let mut kept = Kept { credentials: None, ask_again_at: SystemTime::UNIX_EPOCH };
        kept.keep(provider.provide_credentials().await?, SystemTime::now());
        Ok(Self { provider, kept: Mutex::new(kept) })
    }

    /// Credentials that are good at `now`. One request asks the provider, the others wait for it.
    ///
    /// # Errors
    /// `Unsigned` when the provider fails and nothing kept is good any more; the cause is logged.
    pub(crate) async fn at(&self, now: SystemTime) -> Result<Credentials, GatewayError> {
        let mut kept = self.kept.lock().await;
        if now >= kept.ask_again_at {
            kept.renew(&self.provider, now).await;
        }
        let good = |credentials: &&Credentials| credentials.expiry().is_none_or(|end| now < end);
        kept.credentials.as_ref().filter(good).cloned().ok_or(GatewayError::Unsigned)
    }
}

impl Kept {
    /// Replaces the credentials, or leaves them until the next try.
    async fn renew(&mut self, provider: &SharedCredentialsProvider, now: SystemTime) {
        self.ask_again_at = now + PAUSE;
        match tokio::time::timeout(LOAD_TIME, provider.provide_credentials()).await {
            Ok(Ok(credentials)) => self.keep(credentials, now),
            Ok(Err(error)) => {
                tracing::warn!(causes = causes(&error), "no credentials from the provider")
            }
            Err(_) => tracing::warn!("no credentials from the provider in time"),
        }
    }

    fn keep(&mut self, credentials: Credentials, now: SystemTime) {
        self.ask_again_at = match credentials.expiry() {
            // A source that hands out the last minutes of a life is still not asked for every request.
            Some(end) => end.checked_sub(MARGIN).unwrap_or(now).max(now + PAUSE),
            None => now + UNBOUNDED_LIFE,
        };
        self.credentials = Some(credentials);
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests may panic")]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use aws_credential_types::provider::future;

    use super::*;

    /// Gives credentials named 1, 2, 3 …, each good for an hour, until `gives` are used up.
    #[derive(Clone, Debug)]
    struct Source {
        asked: Arc<AtomicUsize>,
        gives: usize,
        life: Option<Duration>,
        start: SystemTime,
    }

    impl ProvideCredentials for Source {
        fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
        where
            Self: 'a,
        {
            let turn = self.asked.fetch_add(1, Ordering::SeqCst) + 1;
            future::ProvideCredentials::ready(if turn > self.gives {
                Err(CredentialsError::provider_error("dry"))
            } else {
                let mut builder = Credentials::builder()
                    .access_key_id(turn.to_string())
                    .secret_access_key("s")
                    .provider_name("test");
                builder.set_expiry(self.life.map(|life| self.start + life));
                Ok(builder.build())
            })
        }
    }

    fn cache(
        gives: usize,
        life: Option<Duration>,
    ) -> (CachedCredentials, SystemTime, Arc<AtomicUsize>) {
        let start = SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000);
        let asked = Arc::<AtomicUsize>::default();
        let source = Source { asked: Arc::clone(&asked), gives, life, start };
        (CachedCredentials::new(SharedCredentialsProvider::new(source)), start, asked)
    }

    async fn key(cache: &CachedCredentials, now: SystemTime) -> Result<String, GatewayError> {
        cache.at(now).await.map(|credentials| credentials.access_key_id().to_owned())
    }

    const MINUTE: Duration = Duration::from_secs(60);

    #[tokio::test]
    async fn the_provider_is_not_asked_for_every_request() {
        let (cache, start, _) = cache(9, Some(60 * MINUTE));
        assert_eq!(key(&cache, start).await.unwrap(), "1");
        assert_eq!(key(&cache, start + 57 * MINUTE).await.unwrap(), "1");
        assert_eq!(key(&cache, start + 59 * MINUTE).await.unwrap(), "2");
    }

    #[tokio::test]
    async fn credentials_without_an_end_are_looked_up_again_after_a_while() {
        let (cache, start, _) = cache(9, None);
        assert_eq!(key(&cache, start).await.unwrap(), "1");
        assert_eq!(key(&cache, start + 14 * MINUTE).await.unwrap(), "1");
        assert_eq!(key(&cache, start + 16 * MINUTE).await.unwrap(), "2");
    }

    #[tokio::test]
    async fn requests_do_not_queue_up_behind_a_provider_that_fails() {
        let (cache, start, asked) = cache(0, None);
        for second in 0..5 {
            assert_eq!(
                key(&cache, start + Duration::from_secs(second)).await,
                Err(GatewayError::Unsigned)
            );
        }
        assert_eq!(asked.load(Ordering::SeqCst), 1);
        assert_eq!(key(&cache, start + PAUSE).await, Err(GatewayError::Unsigned));
        assert_eq!(asked.load(Ordering::SeqCst), 2);
    }

    #[tokio::test]
    async fn a_failing_provider_is_bridged_until_the_kept_credentials_end() {
        let (cache, start, _) = cache(1, Some(60 * MINUTE));
        assert_eq!(key(&cache, start).await.unwrap(), "1");
        assert_eq!(key(&cache, start + 59 * MINUTE).await.unwrap(), "1");
        assert_eq!(key(&cache, start + 61 * MINUTE).await, Err(GatewayError::Unsigned));
    }
}
