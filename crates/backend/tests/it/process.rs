//! The binary as a process: how it starts, refuses to start, logs and stops.

use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::Value;
use tempfile::TempDir;

/// A started binary; dropping it ends it.
pub(crate) struct Process {
    child: Child,
    /// The line on stdout.
    pub(crate) line: Value,
    _folder: TempDir,
}

/// The binary with an environment of its own: nothing of the machine's AWS set-up is seen.
pub(crate) fn command(folder: &TempDir, config: &str, arguments: &[&str]) -> Command {
    let file = folder.path().join("backend.toml");
    std::fs::write(&file, config).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_attached-files-backend"));
    command
        .env_clear()
        .env("HOME", folder.path())
        .env("ATTACHED_FILES_PORT", "0")
        .env("AWS_EC2_METADATA_DISABLED", "true")
        .args(["--json", "--config"])
        .arg(file)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

impl Process {
    /// Starts and waits for the line that says it is ready.
    pub(crate) fn start(config: &str, arguments: &[&str], environment: &[(&str, &str)]) -> Self {
        let folder = TempDir::new().unwrap();
        let mut child =
            command(&folder, config, arguments).envs(environment.iter().copied()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        let Ok(line) = serde_json::from_str(&line) else {
            panic!("not ready: {}", stderr(child));
        };
        Self { child, line, _folder: folder }
    }

    pub(crate) fn endpoint(&self) -> &str {
        self.line["endpoint"].as_str().unwrap()
    }

    pub(crate) fn terminate(&self) {
        let status = Command::new("kill").arg(self.child.id().to_string()).status().unwrap();
        assert!(status.success());
    }

    /// Waits for its end after [`Process::terminate`]: whether it ended well, and what it logged.
    pub(crate) fn ended(mut self) -> (bool, String) {
        let ended_well = self.child.wait().unwrap().success();
        let mut log = String::new();
        self.child.stderr.take().unwrap().read_to_string(&mut log).unwrap();
        (ended_well, log)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // Fails only when it has ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn stderr(mut child: Child) -> String {
    let mut text = String::new();
    child.stderr.take().unwrap().read_to_string(&mut text).unwrap();
    let _ = child.wait();
    text
}

/// What it says when it refuses to start.
pub(crate) fn refusal(config: &str, arguments: &[&str], environment: &[(&str, &str)]) -> String {
    let folder = TempDir::new().unwrap();
    let mut child =
        command(&folder, config, arguments).envs(environment.iter().copied()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    if !line.is_empty() {
        child.kill().unwrap();
        panic!("started: {line}");
    }
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    String::from_utf8(output.stderr).unwrap()
}

/// Waits for a condition of another process; gives up loudly after half a minute.
pub(crate) async fn until(what: &str, mut condition: impl AsyncFnMut() -> bool) {
    for _ in 0..3000 {
        if condition().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("never happened: {what}");
}
