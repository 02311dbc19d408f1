//! The gateway to real AWS.

use aws_config::BehaviorVersion;

use super::{StartError, authenticator, policy};
use crate::arn::Home;
use crate::config::{AwsConfig, Config};
use crate::cors::Origins;
use crate::credentials::CachedCredentials;
use crate::endpoint::{BadEndpoint, Endpoint, partition_of};
use crate::error::causes;
use crate::gateway::{Gateway, Parts};
use crate::routes::Service;

/// A gateway with the credentials of the SDKs' standard chain.
///
/// # Errors
/// [`StartError`]. What the configuration lacks is told before anything is asked of AWS; then the chain is asked
/// once, so that a gateway without credentials fails here and not at its first request.
pub async fn on_aws(config: &Config) -> Result<Gateway, StartError> {
    let authenticator = authenticator(config)?.ok_or(StartError::NoAuthenticator)?;
    let policy = policy(config)?.ok_or(StartError::NoPolicy)?;
    let origins = Origins::listed(config.allowed_origins.clone()).map_err(StartError::Origin)?;
    let account = account(&config.aws)?;

    let sdk = aws_config::load_defaults(BehaviorVersion::latest()).await;
    let chain_region = || sdk.region().map(ToString::to_string);
    let region = config.aws.region.clone().or_else(chain_region).ok_or(StartError::NoRegion)?;
    let partition =
        config.aws.partition.clone().unwrap_or_else(|| partition_of(&region).to_owned());
    let endpoint = |name, given: &Option<String>, service| {
        given
            .as_deref()
            .map_or_else(|| Endpoint::of(service, &partition, &region), Endpoint::parse)
            .map_err(|error: BadEndpoint| StartError::Endpoint(name, error))
    };
    let connect =
        endpoint("[aws] connect_endpoint", &config.aws.connect_endpoint, Service::Connect)?;
    let cases = endpoint("[aws] cases_endpoint", &config.aws.cases_endpoint, Service::Cases)?;
    let credentials = sdk
        .credentials_provider()
        .ok_or_else(|| StartError::NoCredentials("the chain is empty".to_owned()))?;
    let credentials = CachedCredentials::load(credentials)
        .await
        .map_err(|error| StartError::NoCredentials(causes(&error)))?;

    tracing::info!(%connect, %cases, region, no_page_may_call = origins.is_empty(), "signing for AWS");
    let home = Home { partition, region, account };
    Gateway::new(Parts { authenticator, policy, origins, connect, cases, credentials, home })
        .map_err(StartError::Client)
}

fn account(aws: &AwsConfig) -> Result<String, StartError> {
    let digits = |account: &&String| {
        account.len() == 12 && account.bytes().all(|byte| byte.is_ascii_digit())
    };
    aws.account.as_ref().filter(digits).cloned().ok_or(StartError::NoAccount)
}
