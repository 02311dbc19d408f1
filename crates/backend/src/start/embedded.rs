//! The gateway on the emulator inside this process, for development and demos.

use std::path::PathBuf;
use std::sync::Arc;

use attached_files_emulator::{Config as EmulatorConfig, Emulator, Info};
use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;

use super::{StartError, authenticator, policy};
use crate::arn::Home;
use crate::auth::Open;
use crate::config::Config;
use crate::cors::Origins;
use crate::credentials::CachedCredentials;
use crate::endpoint::Endpoint;
use crate::gateway::{Gateway, Parts};
use crate::policy::Rules;

/// A gateway and the emulator it stands on; dropping the emulator stops it.
pub struct Embedded {
    /// To be served on loopback.
    pub gateway: Gateway,
    /// Kept for as long as the gateway serves.
    pub emulator: Emulator,
}

/// Starts an emulator and a gateway before it. Open to this machine unless the configuration has `[auth]`; the
/// emulator's own instance, domain and contacts unless it has `[policy]`.
///
/// # Errors
/// [`StartError`].
pub async fn embedded(config: &Config, data: Option<PathBuf>) -> Result<Embedded, StartError> {
    if !config.listen.address.is_loopback() {
        return Err(StartError::EmulatorNotOnLoopback);
    }
    let authenticator = authenticator(config)?.unwrap_or_else(|| Arc::new(Open));
    let configured = policy(config)?;
    let origins =
        Origins::listed(config.allowed_origins.clone()).map_err(StartError::Origin)?.and_loopback();

    let emulator = Emulator::start(EmulatorConfig { data, ..EmulatorConfig::default() })
        .await
        .map_err(StartError::Emulator)?;
    let info = emulator.info();
    let policy = match configured {
        Some(policy) => policy,
        None => Arc::new(own_world(info)?),
    };
    let endpoint = Endpoint::parse(&info.connect)
        .map_err(|error| StartError::Endpoint("the emulator's address", error))?;
    let credentials = Credentials::builder()
        .access_key_id(&info.access_key_id)
        .secret_access_key(&info.secret_access_key)
        .provider_name("emulator")
        .build();
    let home = Home {
        partition: "aws".to_owned(),
        region: info.region.clone(),
        account: info.account_id.clone(),
    };
    let gateway = Gateway::new(Parts {
        authenticator,
        policy,
        origins,
        connect: endpoint.clone(),
        cases: endpoint,
        credentials: CachedCredentials::new(SharedCredentialsProvider::new(credentials)),
        home,
    })
    .map_err(StartError::Client)?;
    Ok(Embedded { gateway, emulator })
}

/// Everything the emulator holds: it accepts any case of its domain and any contact of its instance.
fn own_world(info: &Info) -> Result<Rules, StartError> {
    let Info { instance_id, region, account_id, domain_id, .. } = info;
    let resources = [
        format!("arn:aws:cases:{region}:{account_id}:domain/{domain_id}/case/*"),
        format!("arn:aws:connect:{region}:{account_id}:instance/{instance_id}/contact/*"),
    ];
    Rules::new(vec![instance_id.clone()], &resources).map_err(StartError::Rules)
}
