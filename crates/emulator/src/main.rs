//! The emulator on its own: prints where it listens, then serves until it is stopped.

use std::path::PathBuf;
use std::process::ExitCode;

use attached_files_emulator::{Config, Emulator, Settings};
use clap::Parser;

/// Stand-in for Amazon Connect's attached files, Cases' related items and S3, on 127.0.0.1 only.
#[derive(Parser)]
#[command(name = "attached-files-emulator", version)]
struct Args {
    /// Port of the Connect (and Cases) listener; 0 takes a free one.
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// Port of the S3 listener; 0 takes a free one.
    #[arg(long, default_value_t = 0)]
    s3_port: u16,
    /// Port of the control API; 0 takes a free one.
    #[arg(long, default_value_t = 0)]
    control_port: u16,
    /// Keep files and objects in this folder instead of forgetting them.
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Lift the rate limit and the limit of files per resource.
    #[arg(long)]
    lifted: bool,
    /// Print one line of JSON once ready.
    #[arg(long)]
    json: bool,
}

#[tokio::main]
async fn main() -> ExitCode {
    let args = Args::parse();
    let config = Config {
        port: args.port,
        s3_port: args.s3_port,
        control_port: args.control_port,
        data: args.data,
        settings: if args.lifted { Settings::lifted() } else { Settings::default() },
    };
    let emulator = match Emulator::start(config).await {
        Ok(emulator) => emulator,
        Err(error) => {
            eprintln!("attached-files-emulator: {error}");
            return ExitCode::FAILURE;
        }
    };
    let info = emulator.info();
    if args.json {
        println!("{}", serde_json::json!(info));
    } else {
        println!("Connect and Cases  {}", info.connect);
        println!("S3                 {}", info.s3);
        println!("Control            {}", info.control);
    }
    stopped().await;
    ExitCode::SUCCESS
}

/// Returns when the process is asked to end, so that the temporary folder is removed. Without a handler there is
/// only the hard way, which loses nothing else.
async fn stopped() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = tokio::signal::ctrl_c() => {}
            }
            return;
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}
