//! Running other programs, one plain line per step.

use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow, bail};

/// Longest that any one program may take before it is ended: well inside the limit of a CI run.
pub(crate) const LIMIT: Duration = Duration::from_secs(40 * 60);

/// Says what was done, what was skipped, or how far it is.
pub(crate) fn say(step: &str, text: impl AsRef<str>) {
    println!("{step}: {}", text.as_ref());
}

/// Runs a program with its output shown; an error names the command.
pub(crate) fn run(command: &mut Command, limit: Duration) -> Result<()> {
    let line = shown(command);
    let mut child = command
        .stdin(Stdio::null())
        .spawn()
        .with_context(|| format!("`{line}` cannot be started"))?;
    let status = wait(&mut child, limit, &line)?;
    if status.success() { Ok(()) } else { Err(anyhow!("`{line}` failed ({status})")) }
}

/// Runs a program in silence and gives back what it printed on standard output.
pub(crate) fn read(command: &mut Command) -> Result<String> {
    let line = shown(command);
    let output = command
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .with_context(|| format!("`{line}` cannot be started"))?;
    if !output.status.success() {
        bail!("`{line}` failed ({})", output.status);
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Waits for a child; ends it when the limit is over.
pub(crate) fn wait(child: &mut Child, limit: Duration, line: &str) -> Result<ExitStatus> {
    let start = Instant::now();
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(status);
        }
        if start.elapsed() > limit {
            let _ = child.kill();
            let _ = child.wait();
            bail!("`{line}` was ended after {} s", limit.as_secs());
        }
        sleep(Duration::from_millis(25));
    }
}

/// The command as a user would type it.
pub(crate) fn shown(command: &Command) -> String {
    let program = command.get_program().to_string_lossy();
    let program = program.rsplit('/').next().unwrap_or(&program).to_owned();
    command
        .get_args()
        .fold(program, |line, argument| format!("{line} {}", argument.to_string_lossy()))
}

/// Whether a program of this name answers to `--version`.
pub(crate) fn there(program: &str) -> bool {
    read(Command::new(program).arg("--version")).is_ok()
}
