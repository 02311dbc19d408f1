//! The configuration file; `attached-files-backend.example.toml` explains every line.

use std::net::{IpAddr, Ipv4Addr};
use std::path::{Path, PathBuf};
use std::{fmt, fs, io};

use serde::Deserialize;

/// The whole file. An unknown name is an error: a misspelt rule must not go unnoticed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// Address and port to listen on.
    pub listen: Listen,
    /// Pages that may call, as their browsers name them.
    pub allowed_origins: Vec<String>,
    /// Where the services are; read with `--aws` only.
    pub aws: AwsConfig,
    /// How callers prove who they are.
    pub auth: Option<AuthConfig>,
    /// What they may touch.
    pub policy: Option<PolicyConfig>,
}

/// Section `[listen]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Listen {
    /// Loopback unless said otherwise.
    pub address: IpAddr,
    /// 0 takes a free one.
    pub port: u16,
}

impl Default for Listen {
    fn default() -> Self {
        Self { address: Ipv4Addr::LOCALHOST.into(), port: 8787 }
    }
}

/// Section `[aws]`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct AwsConfig {
    /// The chain of the SDKs when absent.
    pub region: Option<String>,
    /// Twelve digits; the Cases route needs it to name its case.
    pub account: Option<String>,
    /// Told from the Region when absent.
    pub partition: Option<String>,
    /// Instead of Connect's public endpoint.
    pub connect_endpoint: Option<String>,
    /// Instead of the public endpoint of Cases.
    pub cases_endpoint: Option<String>,
}

/// Section `[auth]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum AuthConfig {
    /// One shared secret.
    Bearer(BearerConfig),
}

/// `kind = "bearer"`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BearerConfig {
    /// File that holds the secret, such as a mounted one.
    pub token_file: Option<PathBuf>,
    /// Name of the environment variable that holds the secret.
    pub token_env: Option<String>,
    /// Name of these callers for policies.
    #[serde(default = "shared_subject")]
    pub subject: String,
    /// Connect user under whom their files are filed.
    pub connect_user_arn: Option<String>,
}

/// Section `[policy]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PolicyConfig {
    /// Ids of the instances that may be touched.
    pub instances: Vec<String>,
    /// ARN patterns of the cases and contacts that may be touched; `*` is one whole segment.
    pub resources: Vec<String>,
}

/// A file that cannot be used.
#[derive(Debug)]
pub enum BadFile {
    /// It cannot be read.
    Unreadable(PathBuf, io::Error),
    /// It is not what the example shows.
    Wrong(PathBuf, toml::de::Error),
}

impl Config {
    /// Reads a file.
    ///
    /// # Errors
    /// [`BadFile`], whose text names file, line and reason.
    pub fn read(path: &Path) -> Result<Self, BadFile> {
        let text = fs::read_to_string(path)
            .map_err(|error| BadFile::Unreadable(path.to_owned(), error))?;
        toml::from_str(&text).map_err(|error| BadFile::Wrong(path.to_owned(), error))
    }
}

fn shared_subject() -> String {
    "shared-secret".to_owned()
}

impl fmt::Display for BadFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(path, error) => {
                write!(f, "the configuration {} cannot be read: {error}", path.display())
            }
            Self::Wrong(path, error) => {
                write!(f, "the configuration {} is wrong: {error}", path.display())
            }
        }
    }
}

impl std::error::Error for BadFile {}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests may panic")]
mod tests {
    use super::*;

    #[test]
    fn the_example_file_is_a_valid_configuration() {
        let example =
            Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/attached-files-backend.example.toml"));
        let config = Config::read(example).unwrap();
        assert!(matches!(config.auth, Some(AuthConfig::Bearer(_))));
        assert!(
            config.policy.is_some()
                && config.aws.account.is_some()
                && !config.allowed_origins.is_empty()
        );
    }

    #[test]
    fn a_misspelt_name_is_refused_everywhere() {
        for text in [
            "allowed_origin = []",
            "[aws]\nregio = 'x'",
            "[listen]\nports = 1",
            "[policy]\ninstances = []\nresources = []\nresource = []",
            "[auth]\nkind = 'bearer'\ntoken_fil = 'x'",
            "[auth]\nkind = 'open'",
        ] {
            assert!(toml::from_str::<Config>(text).is_err(), "{text}");
        }
        assert!(toml::from_str::<Config>("").is_ok());
    }
}
