//! `attached-files-backend`: the gateway as a process.

use std::error::Error;
use std::io::Write as _;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use attached_files_backend::config::Config;
use attached_files_backend::serve::{listen, serve};
use attached_files_backend::{Gateway, app, install_log, start};
use clap::Parser;
use serde_json::{Value, json};
use tracing::level_filters::LevelFilter;

/// Signing gateway between the connect-attached-files widget and Amazon Connect.
///
/// Without --aws it serves an emulator of Connect and S3 inside this process, to this machine only.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// Port to listen on; 0 takes a free one. Wins over the configuration file.
    #[arg(long, env = "ATTACHED_FILES_PORT")]
    port: Option<u16>,
    /// Configuration file (TOML).
    #[arg(long, env = "ATTACHED_FILES_CONFIG")]
    config: Option<PathBuf>,
    /// Sign for real AWS, with the credentials the AWS SDKs would find. Needs [auth] and [policy].
    #[arg(long)]
    aws: bool,
    /// Folder in which the embedded emulator keeps its files; without it they end with the process.
    #[arg(long, conflicts_with = "aws")]
    emulator_data: Option<PathBuf>,
    /// Print one line of JSON on stdout once ready.
    #[arg(long)]
    json: bool,
    /// Log level of the gateway's own lines: off, error, warn, info, debug.
    #[arg(long, env = "ATTACHED_FILES_LOG", default_value = "info")]
    log: LevelFilter,
}

#[tokio::main]
async fn main() -> ExitCode {
    match run(Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("attached-files-backend: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: Arguments) -> Result<(), Box<dyn Error>> {
    install_log(arguments.log)?;
    let config = arguments.config.as_deref().map_or_else(|| Ok(Config::default()), Config::read)?;
    let address =
        SocketAddr::new(config.listen.address, arguments.port.unwrap_or(config.listen.port));
    if arguments.aws {
        return serve_on(address, on_aws(&config).await?, json!({}), arguments.json).await;
    }
    let embedded = start::embedded(&config, arguments.emulator_data).await?;
    let info = serde_json::to_value(embedded.emulator.info())?;
    eprintln!(
        "attached-files-backend: EMULATOR, not AWS. Files stay on this machine, anyone on it may call. \
         Use --aws for Amazon Connect."
    );
    serve_on(address, embedded.gateway, info, arguments.json).await
}

async fn serve_on(
    address: SocketAddr,
    gateway: Gateway,
    mut line: Value,
    json: bool,
) -> Result<(), Box<dyn Error>> {
    let listener = listen(address).await?;
    let endpoint = format!("http://{}", listener.local_addr()?);
    eprintln!("attached-files-backend: listening on {endpoint}");
    if let (true, Some(fields)) = (json, line.as_object_mut()) {
        fields.insert("endpoint".to_owned(), endpoint.into());
        writeln!(std::io::stdout(), "{line}")?;
    }
    Ok(serve(listener, app(gateway)).await?)
}

#[cfg(feature = "aws")]
async fn on_aws(config: &Config) -> Result<Gateway, Box<dyn Error>> {
    Ok(start::on_aws(config).await?)
}

#[cfg(not(feature = "aws"))]
async fn on_aws(_config: &Config) -> Result<Gateway, Box<dyn Error>> {
    Err("this binary was built without AWS; build it with the feature `aws`".into())
}
