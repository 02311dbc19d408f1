//! Project commands: `cargo xtask demo`, `test`, `package`, `size`, `simulate`, `soak`, `bench`,
//! `pictures`, `check`.

mod bench;
mod bindings;
mod browser;
mod cargo;
mod check;
mod counts;
mod demo;
mod dist;
mod manifest;
mod node;
mod optimise;
mod package;
mod pages;
mod paths;
mod pictures;
mod ready;
mod remap;
mod rename;
mod runner;
mod setup;
mod simulate;
mod site;
mod size;
mod small;
mod soak;
mod stage;
mod stamp;
mod step;
mod suite;
mod test;
#[cfg(test)]
mod testing;
mod trunk;
mod words;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Commands of this project. Each does the set-up it needs, skips what is done already, and can be
/// interrupted and run again.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Build and serve the demo: page, backend and emulated Amazon Connect and S3; needs Rust only
    Demo {
        /// Port of the page; another one is taken when it is in use
        #[arg(long, default_value_t = demo::PAGE)]
        port: u16,
        /// Port of the backend; another one is taken when it is in use
        #[arg(long, default_value_t = demo::BACKEND)]
        backend_port: u16,
    },
    /// Run every test, or the named suites, and end with the line `N passed, N failed`
    Test {
        /// Suites to run; all when none is named
        suites: Vec<suite::Suite>,
    },
    /// Build the npm package into pkg/dist; needs Node for wasm-opt
    Package {
        /// Quick build with debug information, without wasm-opt
        #[arg(long)]
        dev: bool,
    },
    /// Weigh what a page loads for the element; fails when over the budget
    Size {
        /// Print the table as one line of JSON
        #[arg(long)]
        json: bool,
    },
    /// Upload many files in one tab under a mix of faults; a short one is part of `test`
    Soak(soak::Soak),
    /// Measure in Chromium; see `cargo xtask bench --help`
    #[command(subcommand)]
    Bench(bench::Bench),
    /// Run random histories of the engine; a broken promise names its seed and fails
    Simulate {
        /// How many; a single one prints its whole trace
        #[arg(long, default_value_t = 10_000)]
        histories: u64,
        /// Seed of the first, the next ones count up; drawn from the clock when not given
        #[arg(long)]
        seed: Option<u64>,
    },
    /// Take the screenshots of README and guide anew, into docs/
    Pictures,
    /// Check format, lints on host and wasm, documentation, and the types of the scripts
    Check,
    /// Serve www/ at / and pkg/dist under /pkg/, for tests
    #[command(hide = true)]
    Pages {
        /// Port; 0 takes a free one
        #[arg(long, default_value_t = 0)]
        port: u16,
        /// Print the origin as one line of JSON
        #[arg(long)]
        json: bool,
        /// JSON to serve as /demo.json
        #[arg(value_parser = parse_json, long, value_name = "JSON")]
        demo_json: Option<serde_json::Value>,
    },
}

/// Clap would otherwise take the text for a JSON string.
fn parse_json(text: &str) -> serde_json::Result<serde_json::Value> {
    serde_json::from_str(text)
}

fn main() -> ExitCode {
    let result = match Cli::parse().command {
        Command::Demo { port, backend_port } => demo::demo(port, backend_port),
        Command::Test { suites } => {
            return match test::test(&suites) {
                true => ExitCode::SUCCESS,
                false => ExitCode::FAILURE,
            };
        }
        Command::Soak(soak) => soak.run(),
        Command::Bench(bench) => bench.run(),
        Command::Pictures => pictures::pictures(),
        Command::Check => check::check(),
        Command::Simulate { histories, seed } => match simulate::simulate(histories, seed) {
            Ok(code) => return code,
            Err(error) => Err(error),
        },
        Command::Package { dev: true } => package::package(package::Kind::Dev).map(drop),
        Command::Package { dev: false } => package::package(package::Kind::Release).map(drop),
        Command::Size { json } => size::size(json),
        Command::Pages { port, json, demo_json } => pages::serve(port, json, demo_json),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
