//! Cargo builds that say how far they are.

use std::env;
use std::io::Read;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::{paths, step};

/// How often a running build says how far it is.
const EVERY: Duration = Duration::from_secs(10);

/// The cargo that runs this xtask, in the root of the workspace.
pub(crate) fn command() -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(paths::root());
    command
}

/// Runs a cargo build; its own output is shown only when it fails.
///
/// The counts come from cargo's progress bar, which it draws on request even when nobody watches.
pub(crate) fn build(label: &str, arguments: &[&str]) -> Result<()> {
    watched(label, arguments, command())
}

/// The same with variables of the environment set.
pub(crate) fn build_with(
    label: &str,
    arguments: &[&str],
    environment: Option<(&str, &str)>,
) -> Result<()> {
    let mut command = command();
    command.envs(environment);
    watched(label, arguments, command)
}

/// The same with what another build leaves of the processor: the one that ends in a long link on one
/// core should get there first.
pub(crate) fn build_behind(label: &str, arguments: &[&str]) -> Result<()> {
    if !step::there("nice") {
        return build(label, arguments);
    }
    let cargo = command();
    let mut nice = Command::new("nice");
    nice.args(["-n", "10"]).arg(cargo.get_program()).current_dir(paths::root());
    watched(label, arguments, nice)
}

fn watched(label: &str, arguments: &[&str], mut command: Command) -> Result<()> {
    let mut child = command
        .args(arguments)
        .env("CARGO_TERM_PROGRESS_WHEN", "always")
        .env("CARGO_TERM_PROGRESS_WIDTH", "100")
        .env("CARGO_TERM_COLOR", "never")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .context("cargo cannot be started")?;
    let start = Instant::now();
    let mut said = start;
    let mut output = String::new();
    for line in Lines::new(child.stderr.take()) {
        match progress(&line) {
            Some((done, all)) if said.elapsed() >= EVERY => {
                said = Instant::now();
                let seconds = start.elapsed().as_secs();
                step::say(label, format!("{done} of {all} compiled after {seconds} s"));
            }
            Some(_) => {}
            None => {
                output.push_str(&line);
                output.push('\n');
            }
        }
    }
    let line = format!("cargo {}", arguments.join(" "));
    let status = step::wait(&mut child, step::LIMIT, &line)?;
    if !status.success() {
        eprintln!("{output}");
        bail!("`{line}` failed");
    }
    let compiled = output.matches("   Compiling ").count();
    let seconds = start.elapsed().as_secs();
    step::say(
        label,
        match compiled {
            0 => "nothing has changed".to_owned(),
            _ => format!("built in {seconds} s"),
        },
    );
    Ok(())
}

/// Reads `12/345` out of `Building [==>   ] 12/345: some, crates`.
fn progress(line: &str) -> Option<(u32, u32)> {
    let (_, rest) = line.trim_start().strip_prefix("Building [")?.split_once(']')?;
    let (done, all) = rest.split(':').next()?.trim().split_once('/')?;
    Some((done.parse().ok()?, all.parse().ok()?))
}

/// Lines that end in a line feed or, like those of a progress bar, in a carriage return.
struct Lines<R> {
    source: Option<R>,
    kept: Vec<u8>,
}

impl<R: Read> Lines<R> {
    fn new(source: Option<R>) -> Self {
        let kept = Vec::new();
        Self { source, kept }
    }

    fn cut(&mut self, end: usize) -> String {
        let rest = self.kept.split_off(end);
        let line = std::mem::replace(&mut self.kept, rest);
        String::from_utf8_lossy(&line).trim_end().to_owned()
    }
}

impl<R: Read> Iterator for Lines<R> {
    type Item = String;

    fn next(&mut self) -> Option<String> {
        loop {
            if let Some(end) = self.kept.iter().position(|byte| matches!(byte, b'\n' | b'\r')) {
                let line = self.cut(end + 1);
                if line.is_empty() {
                    continue;
                }
                return Some(line);
            }
            let mut block = [0; 4096];
            match self.source.as_mut().map(|source| source.read(&mut block)) {
                Some(Ok(size @ 1..)) => self.kept.extend(block.iter().take(size)),
                _ => self.source = None,
            }
            if self.source.is_none() {
                let end = self.kept.len();
                let line = self.cut(end);
                return (!line.is_empty()).then_some(line);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_bars_are_read_and_other_lines_are_not() {
        let bar = "    Building [=====>       ] 12/345: serde, tokio(build)";
        assert_eq!(progress(bar), Some((12, 345)));
        assert_eq!(progress("   Compiling serde v1.0.0"), None);
        assert_eq!(progress("    Building [=> ] soon"), None);
    }

    #[test]
    fn lines_end_at_carriage_returns_and_the_last_needs_no_end() {
        let text: &[u8] = b"one\r\rtwo\r\n\nthree";
        let lines: Vec<_> = Lines::new(Some(text)).collect();
        assert_eq!(lines, ["one", "two", "three"]);
    }
}
