//! From configuration to a gateway: on AWS, or on the embedded emulator. Which of the two is only ever said by the
//! caller; credentials or a file lying about never switch it.

use std::sync::Arc;
use std::{env, fmt, fs, io};

use crate::arn::Arn;
use crate::auth::{Authenticate, BadSecret, Bearer, Caller};
use crate::config::{AuthConfig, BearerConfig, Config};
use crate::cors::BadOrigin;
use crate::endpoint::BadEndpoint;
use crate::gateway::NoClient;
use crate::policy::{BadRules, Policy, Rules};

#[cfg(feature = "aws")]
mod aws;
mod embedded;

#[cfg(feature = "aws")]
pub use aws::on_aws;
pub use embedded::{Embedded, embedded};

/// Why no gateway starts. Each text is one sentence that says what to change.
#[derive(Debug)]
#[non_exhaustive]
pub enum StartError {
    /// AWS mode without `[auth]`.
    NoAuthenticator,
    /// AWS mode without `[policy]`.
    NoPolicy,
    /// Neither or both of `token_file` and `token_env`.
    SecretSource,
    /// The secret's file cannot be read.
    SecretFile(String, io::Error),
    /// The secret's environment variable is not set.
    SecretVariable(String),
    /// The secret cannot serve as one.
    Secret(BadSecret),
    /// The Connect user is not named by a user's ARN.
    ConnectUser,
    /// The rules cannot serve as a policy.
    Rules(BadRules),
    /// An origin is misspelt.
    Origin(BadOrigin),
    /// An endpoint is misspelt; the name is the setting's.
    Endpoint(&'static str, BadEndpoint),
    /// No Region in the configuration, nor where the SDKs look.
    NoRegion,
    /// No account in the configuration, or not twelve digits.
    NoAccount,
    /// The chain found no credentials.
    NoCredentials(String),
    /// The HTTP client cannot be set up.
    Client(NoClient),
    /// The embedded emulator is not for other machines.
    EmulatorNotOnLoopback,
    /// The emulator did not start.
    Emulator(attached_files_emulator::StartError),
}

fn authenticator(config: &Config) -> Result<Option<Arc<dyn Authenticate>>, StartError> {
    match &config.auth {
        None => Ok(None),
        Some(AuthConfig::Bearer(bearer)) => {
            let connect_user_arn = bearer.connect_user_arn.clone();
            let in_instance =
                |arn: &String| Arn::parse(arn).is_ok_and(|arn| arn.instance_id().is_some());
            if !connect_user_arn.as_ref().is_none_or(in_instance) {
                return Err(StartError::ConnectUser);
            }
            let caller = Caller { subject: bearer.subject.clone(), connect_user_arn };
            let bearer = Bearer::new(&secret(bearer)?, caller).map_err(StartError::Secret)?;
            Ok(Some(Arc::new(bearer)))
        }
    }
}

fn secret(bearer: &BearerConfig) -> Result<String, StartError> {
    match (&bearer.token_file, &bearer.token_env) {
        (Some(path), None) => fs::read_to_string(path)
            .map_err(|error| StartError::SecretFile(path.display().to_string(), error)),
        (None, Some(name)) => env::var(name).map_err(|_| StartError::SecretVariable(name.clone())),
        (None, None) | (Some(_), Some(_)) => Err(StartError::SecretSource),
    }
}

fn policy(config: &Config) -> Result<Option<Arc<dyn Policy>>, StartError> {
    match &config.policy {
        None => Ok(None),
        Some(section) => {
            let rules = Rules::new(section.instances.clone(), &section.resources)
                .map_err(StartError::Rules)?;
            Ok(Some(Arc::new(rules)))
        }
    }
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoAuthenticator => f.write_str(
                "--aws needs an authenticator: add a section [auth] to the configuration, or leave --aws away to \
                 serve the embedded emulator",
            ),
            Self::NoPolicy => f.write_str(
                "--aws needs a policy: add a section [policy] with the instances and resources that callers may touch",
            ),
            Self::SecretSource => f.write_str("[auth] takes exactly one of token_file and token_env"),
            Self::SecretFile(path, error) => write!(f, "[auth] token_file {path} cannot be read: {error}"),
            Self::SecretVariable(name) => write!(f, "[auth] token_env {name} is not set in the environment"),
            Self::Secret(error) => write!(f, "[auth] {error}"),
            Self::ConnectUser => f.write_str("[auth] connect_user_arn is not the ARN of something in a Connect instance"),
            Self::Rules(error) => error.fmt(f),
            Self::Origin(error) => write!(f, "allowed_origins: {error}"),
            Self::Endpoint(name, error) => write!(f, "{name} is wrong: {error}"),
            Self::NoRegion => f.write_str("no Region: set region in [aws], or AWS_REGION"),
            Self::NoAccount => f.write_str("[aws] account is needed, the twelve digits of the Cases domain's account"),
            Self::NoCredentials(error) => write!(f, "no AWS credentials: {error}"),
            Self::Client(error) => error.fmt(f),
            Self::EmulatorNotOnLoopback => f.write_str(
                "the embedded emulator serves this machine only: remove [listen] address, or use --aws",
            ),
            Self::Emulator(error) => write!(f, "the embedded emulator does not start: {error}"),
        }
    }
}

impl std::error::Error for StartError {}
