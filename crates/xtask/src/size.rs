//! `cargo xtask size`: what a page loads for the element, against the budget.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;

use anyhow::{Context, Result, bail, ensure};
use serde::Serialize;

use crate::package::{self, Kind};
use crate::{dist, paths, stamp};

/// Most that wasm, scripts and style of the element may weigh, brotli 11, bytes.
const BUDGET: usize = 100_000;
/// What it should weigh.
const GOAL: usize = 80_000;
/// Where the element's module graph starts, the first that is there.
const ENTRIES: [&str; 2] = ["define.js", "index.js"];

/// Sizes in bytes.
#[derive(Serialize, Default, Clone, Copy)]
struct Size {
    raw: usize,
    gzip: usize,
    brotli: usize,
}

#[derive(Serialize)]
struct Report {
    files: Vec<(String, Size)>,
    total: Size,
    budget: usize,
    goal: usize,
}

/// Weighs the package and fails when it is over the budget.
pub(crate) fn size(json: bool) -> Result<()> {
    package::package(Kind::Release)?;
    let report = weigh()?;
    if json {
        println!("{}", serde_json::to_string(&report)?);
    } else {
        show(&report);
    }
    println!("element brotli {} bytes", report.total.brotli);
    report.verdict()
}

/// Weighs the package that is there, for the tests.
pub(crate) fn within_budget() -> Result<()> {
    let report = weigh()?;
    show(&report);
    report.verdict()
}

impl Report {
    fn verdict(&self) -> Result<()> {
        let total = self.total.brotli;
        ensure!(
            total <= self.budget,
            "the element is {} bytes over its budget",
            total - self.budget
        );
        Ok(())
    }
}

fn weigh() -> Result<Report> {
    let built = dist::read()?;
    if built.wasm_opt.is_none() || built.profile != "wasm-small" {
        bail!("pkg/dist was built without wasm-opt: run `cargo xtask package`");
    }
    let files = loaded()?;
    let files = files
        .into_iter()
        .map(|name| {
            let bytes = fs::read(paths::dist().join(&name))
                .with_context(|| format!("cannot read {name}"))?;
            Ok((name, of(&bytes)?))
        })
        .collect::<Result<Vec<_>>>()?;
    let total = files.iter().fold(Size::default(), |sum, (_, size)| Size {
        raw: sum.raw + size.raw,
        gzip: sum.gzip + size.gzip,
        brotli: sum.brotli + size.brotli,
    });
    Ok(Report { files, total, budget: BUDGET, goal: GOAL })
}

/// The files that the element's entry names, and those that they name in turn.
fn loaded() -> Result<BTreeSet<String>> {
    let dist = paths::dist();
    let all: BTreeSet<String> = stamp::files_below(&dist)
        .iter()
        .filter_map(|path| Some(path.strip_prefix(&dist).ok()?.to_str()?.replace('\\', "/")))
        .collect();
    let entry = ENTRIES.iter().find(|name| all.contains(**name));
    let entry = entry.context("pkg/dist has no define.js: the element's entry is missing")?;
    let mut found = BTreeSet::new();
    let mut open = vec![(*entry).to_owned()];
    while let Some(name) = open.pop() {
        if name.ends_with(".js") {
            let text = fs::read_to_string(dist.join(&name))?;
            open.extend(named(&text, &all).filter(|next| !found.contains(next) && *next != name));
        }
        found.insert(name);
    }
    Ok(found)
}

/// The files of the package that a script names in a string: imports and `new URL` alike.
fn named<'a>(text: &'a str, all: &'a BTreeSet<String>) -> impl Iterator<Item = String> + 'a {
    text.split(['"', '\'', '`'])
        .map(|piece| piece.trim_start_matches("./"))
        .filter(|piece| all.contains(*piece))
        .map(str::to_owned)
}

fn of(bytes: &[u8]) -> Result<Size> {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    gzip.write_all(bytes)?;
    let mut small = Vec::new();
    // Quality 11 and a window of 2^22 bytes are what `brotli --best` and the CDNs use.
    brotli::CompressorWriter::new(&mut small, 4096, 11, 22).write_all(bytes)?;
    Ok(Size { raw: bytes.len(), gzip: gzip.finish()?.len(), brotli: small.len() })
}

fn show(report: &Report) {
    println!("{:<32} {:>9} {:>9} {:>9}", "file", "raw", "gzip 9", "brotli 11");
    for (name, size) in &report.files {
        println!("{name:<32} {:>9} {:>9} {:>9}", size.raw, size.gzip, size.brotli);
    }
    let total = report.total;
    println!("{:<32} {:>9} {:>9} {:>9}", "total", total.raw, total.gzip, total.brotli);
    println!("{:<32} {:>29}", "budget", report.budget);
    println!("{:<32} {:>29}", "goal", report.goal);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_found_in_imports_and_in_urls_only_when_they_exist() {
        let all: BTreeSet<String> = ["init.js", "x_bg.wasm", "other.js"].map(str::to_owned).into();
        let text =
            "import{a}from\"./init.js\";new URL('x_bg.wasm',import.meta.url);import(`./gone.js`)";
        let found: Vec<_> = named(text, &all).collect();
        assert_eq!(found, ["init.js", "x_bg.wasm"]);
    }
}
