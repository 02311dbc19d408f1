//! Runs one suite with its output shown and counts what passed and failed.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;

use anyhow::{Context, Result, anyhow, bail};

use crate::counts::{self, Counts};
use crate::node::Packages;
use crate::ready::Ready;
use crate::suite::Suite;
use crate::{cargo, paths, stamp, step};

/// Runs the tests of several crates in one go: cargo then compiles what they share once.
pub(crate) fn cargo_tests(crates: &[&str]) -> Result<Counts> {
    let mut command = cargo::command();
    command.args(["test", "--no-fail-fast"]);
    command.args(crates.iter().flat_map(|name| ["--package", name]));
    let line = step::shown(&command);
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .context("cargo cannot be started")?;
    let output = child.stdout.take().context("cargo has no output")?;
    let reader = thread::spawn(move || {
        let lines = BufReader::new(output).lines().map_while(Result::ok);
        lines
            .inspect(|line| println!("{line}"))
            .filter_map(|line| counts::libtest(&line))
            .sum::<Counts>()
    });
    let status = step::wait(&mut child, step::LIMIT, &line)?;
    let counts = reader.join().map_err(|_| anyhow!("the output of `{line}` was lost"))?;
    Ok(counts.with_exit(status.success()))
}

/// What a run is told through its environment, by name.
pub(crate) type Settings = [(&'static str, String)];

/// Runs a suite's `*.test.js` and `*.test.mjs` by Node's runner and its `*.spec.ts` by Playwright's.
pub(crate) fn node_tests(suite: Suite, ready: &Ready, settings: &Settings) -> Result<Counts> {
    ready.allows(suite)?;
    let packages = ready.packages.as_ref().map_err(|error| anyhow!("{error}"))?;
    let folder = folder(suite);
    let files = stamp::files_below(&folder);
    let ends =
        |path: &Path, ends: &[&str]| ends.iter().any(|end| path.to_string_lossy().ends_with(end));
    let plain: Vec<PathBuf> =
        files.iter().filter(|path| ends(path, &[".test.js", ".test.mjs"])).cloned().collect();
    let mut counts = Vec::new();
    if !plain.is_empty() {
        counts.push(by_node(suite, &plain, ready, settings)?);
    }
    if files.iter().any(|path| ends(path, &[".spec.ts"])) {
        counts.push(by_playwright(suite, packages, ready, settings)?);
    }
    if counts.is_empty() {
        bail!("there are no tests in {}", paths::shown(&folder));
    }
    Ok(counts.into_iter().sum())
}

fn folder(suite: Suite) -> PathBuf {
    match suite {
        Suite::Facade => paths::root().join("pkg").join("test"),
        other => paths::tests().join(other.name()),
    }
}

fn by_node(suite: Suite, files: &[PathBuf], ready: &Ready, settings: &Settings) -> Result<Counts> {
    let report = report(suite, "tap")?;
    let mut command = Command::new("node");
    command
        .args(["--test", "--test-reporter=spec", "--test-reporter-destination=stdout"])
        .args(["--test-reporter=tap", "--test-reporter-destination"])
        .arg(&report)
        .args(files)
        .current_dir(paths::tests());
    let success = run(command.envs(settings.iter().cloned()), ready)?;
    let text = fs::read_to_string(&report).unwrap_or_default();
    Ok(counts::tap(&text).with_exit(success))
}

fn by_playwright(
    suite: Suite,
    packages: &Packages,
    ready: &Ready,
    settings: &Settings,
) -> Result<Counts> {
    let report = report(suite, "json")?;
    let mut command = packages.program("playwright");
    command
        .args(["test", "--reporter=list,json", &format!("--project={}", suite.name())])
        .env("PLAYWRIGHT_JSON_OUTPUT_FILE", &report);
    let success = run(command.envs(settings.iter().cloned()), ready)?;
    let text = fs::read_to_string(&report).unwrap_or_default();
    Ok(counts::playwright(&text).with_exit(success))
}

/// Runs to the end with the output shown; true when the program was content.
fn run(command: &mut Command, ready: &Ready) -> Result<bool> {
    let line = step::shown(command);
    let mut child = command
        .envs(ready.browsers())
        .env("EMULATOR_BIN", paths::dev_program("attached-files-emulator"))
        .env("BACKEND_BIN", paths::dev_program("attached-files-backend"))
        // Not this very file: compiling the tests may have put another build in its place.
        .env("XTASK_BIN", paths::dev_program("xtask"))
        .stdin(Stdio::null())
        .spawn()
        .with_context(|| format!("`{line}` cannot be started"))?;
    Ok(step::wait(&mut child, step::LIMIT, &line)?.success())
}

/// Where a runner writes its report; one of an earlier run is removed, lest it be counted.
fn report(suite: Suite, end: &str) -> Result<PathBuf> {
    let path = paths::work().join("reports").join(format!("{}.{end}", suite.name()));
    stamp::clear(&path)?;
    Ok(path)
}
