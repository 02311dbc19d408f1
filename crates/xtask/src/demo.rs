//! `cargo xtask demo`: backend with its embedded emulator, and the demo page on an origin of its own.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, anyhow, bail};
use serde_json::Value;

use crate::package::{self, Kind};
use crate::{cargo, pages, paths, setup, step};

/// The page's port where it is free; Trunk.toml names the same two.
pub(crate) const PAGE: u16 = 7070;
/// The backend's port where it is free.
pub(crate) const BACKEND: u16 = 7071;

const PROGRAM: &str = "attached-files-backend";

/// Builds what has changed, starts both servers and keeps them until Ctrl-C.
pub(crate) fn demo(page_port: u16, backend_port: u16) -> Result<()> {
    let _only = alone()?;
    setup::wasm_target()?;
    build()?;
    let (mut backend, known) = Backend::start(backend_port)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let result = runtime.block_on(serve(page_port, &known, &mut backend));
    backend.end();
    result
}

/// Two demos would write to one folder: the lock is the system's and ends with this process.
fn alone() -> Result<File> {
    let path = paths::target().join("demo.lock");
    let file =
        File::create(&path).with_context(|| format!("cannot write {}", paths::shown(&path)))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(_) => bail!("a demo of this folder is running already: end it with Ctrl-C first"),
    }
}

/// Two builds side by side: one links for a minute on one core while the other compiles.
fn build() -> Result<()> {
    let backend = thread::spawn(|| {
        cargo::build("backend", &["build", "--package", PROGRAM, "--no-default-features"])
    });
    let package = package::package(Kind::Demo);
    let backend = backend.join().map_err(|_| anyhow!("the build of the backend broke off"))?;
    package?;
    backend
}

async fn serve(port: u16, known: &Value, backend: &mut Backend) -> Result<()> {
    let (listener, origin) = pages::listen(port).await?;
    let server = axum::serve(listener, pages::app(Some(for_the_page(known))));
    let endpoint = known.get("endpoint").and_then(Value::as_str).unwrap_or_default();
    println!();
    println!("  demo page  {origin}/");
    println!(
        "  backend    {endpoint} (Amazon Connect and S3 are emulated, files are kept in {})",
        paths::shown(&data())
    );
    println!("  Ctrl-C ends both");
    tokio::select! {
        served = server.into_future() => served.context("the page server stopped"),
        () = asked_to_end() => Ok(()),
        () = backend.ended() => bail!("the backend stopped by itself"),
    }
}

fn data() -> std::path::PathBuf {
    paths::target().join("demo-data")
}

/// What the page may know: all but the emulator's keys, as in real life.
fn for_the_page(known: &Value) -> Value {
    let mut page = known.clone();
    if let Some(table) = page.as_object_mut() {
        table.retain(|key, _| key != "accessKeyId" && key != "secretAccessKey");
    }
    page
}

async fn asked_to_end() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}

/// The backend's process; ends with this value.
struct Backend(Child);

impl Backend {
    /// Starts it and waits for the line in which it says where it is.
    fn start(port: u16) -> Result<(Self, Value)> {
        let program = paths::dev_program(PROGRAM);
        let child = Command::new(&program)
            .args(["--json", "--log", "warn", "--port", &free(port).to_string()])
            .arg("--emulator-data")
            .arg(data())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("{} cannot be started", paths::shown(&program)))?;
        let mut backend = Self(child);
        let output = backend.0.stdout.take().context("the backend has no output")?;
        let line = first_line(output, &program)?;
        let known =
            serde_json::from_str(&line).with_context(|| format!("the backend said `{line}`"))?;
        Ok((backend, known))
    }

    /// Comes back when the process has ended.
    async fn ended(&mut self) {
        while matches!(self.0.try_wait(), Ok(None)) {
            tokio::time::sleep(Duration::from_millis(300)).await;
        }
    }

    /// Asks the process to end and, when it does not, ends it.
    fn end(&mut self) {
        #[cfg(unix)]
        let _ = Command::new("kill").args(["-TERM", &self.0.id().to_string()]).status();
        let _ = step::wait(&mut self.0, Duration::from_secs(5), PROGRAM);
    }
}

impl Drop for Backend {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Reads the first line and leaves a thread behind that reads the rest, lest the pipe fills up.
fn first_line(output: ChildStdout, program: &Path) -> Result<String> {
    let mut output = BufReader::new(output);
    let mut line = String::new();
    output.read_line(&mut line)?;
    if line.trim().is_empty() {
        bail!("the backend did not start: run `{} --json` to see why", paths::shown(program));
    }
    thread::spawn(move || std::io::copy(&mut output, &mut std::io::sink()));
    Ok(line.trim().to_owned())
}

/// The wanted port when it is free, else 0: any.
fn free(port: u16) -> u16 {
    match TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
        Ok(_) => port,
        Err(_) => 0,
    }
}
