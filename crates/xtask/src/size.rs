//! `cargo xtask size`: what a page loads for the element, against the budget, and what it fetches later.

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
/// Scripts that are fetched by themselves and yet at once, with the first widget: they count.
const AT_ONCE: [&str; 2] = ["late", "leftovers"];

/// Sizes in bytes.
#[derive(Serialize, Default, Clone, Copy)]
struct Size {
    raw: usize,
    gzip: usize,
    brotli: usize,
}

#[derive(Serialize)]
struct Report {
    /// What is loaded at first.
    files: Vec<(String, Size)>,
    total: Size,
    /// What is fetched when it is needed, outside the budget.
    lazy: Vec<(String, Size)>,
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
    let loaded = loaded()?;
    let (files, lazy) = (sizes(loaded.first)?, sizes(loaded.later)?);
    let total = files.iter().fold(Size::default(), |sum, (_, size)| Size {
        raw: sum.raw + size.raw,
        gzip: sum.gzip + size.gzip,
        brotli: sum.brotli + size.brotli,
    });
    Ok(Report { files, total, lazy, budget: BUDGET, goal: GOAL })
}

fn sizes(names: BTreeSet<String>) -> Result<Vec<(String, Size)>> {
    let weigh = |name: String| {
        let bytes =
            fs::read(paths::dist().join(&name)).with_context(|| format!("cannot read {name}"))?;
        Ok((name, of(&bytes)?))
    };
    names.into_iter().map(weigh).collect()
}

/// The files that the element's entry names, and those that they name in turn.
#[derive(Default, PartialEq, Eq, Debug)]
struct Loaded {
    first: BTreeSet<String>,
    /// Those that only `import()` leads to.
    later: BTreeSet<String>,
}

fn loaded() -> Result<Loaded> {
    let dist = paths::dist();
    let all: BTreeSet<String> = stamp::files_below(&dist)
        .iter()
        .filter_map(|path| Some(path.strip_prefix(&dist).ok()?.to_str()?.replace('\\', "/")))
        .collect();
    let entry = ENTRIES.iter().find(|name| all.contains(**name));
    let entry = entry.context("pkg/dist has no define.js: the element's entry is missing")?;
    let read = |name: &str| match name.ends_with(".js") {
        true => fs::read_to_string(dist.join(name)).with_context(|| format!("cannot read {name}")),
        false => Ok(String::new()),
    };
    follow(entry, &all, read)
}

/// The name of a script without the hash that the bundler adds.
fn stem(name: &str) -> &str {
    name.split(['-', '.']).next().unwrap_or(name)
}

/// Follows what is imported at once to its end, and only then what is imported later.
fn follow(
    entry: &str,
    all: &BTreeSet<String>,
    read: impl Fn(&str) -> Result<String>,
) -> Result<Loaded> {
    let mut loaded = Loaded::default();
    let mut waiting = vec![entry.to_owned()];
    let mut later = Vec::new();
    while let Some((name, is_first)) =
        waiting.pop().map(|name| (name, true)).or_else(|| Some((later.pop()?, false)))
    {
        if loaded.first.contains(&name) || loaded.later.contains(&name) {
            continue;
        }
        for (next, is_lazy) in named(&read(&name)?, all) {
            let is_at_once = !is_lazy || AT_ONCE.contains(&stem(&next));
            if is_first && is_at_once { &mut waiting } else { &mut later }.push(next);
        }
        if is_first { &mut loaded.first } else { &mut loaded.later }.insert(name);
    }
    Ok(loaded)
}

/// The files of the package that a script names in a string, imports and `new URL` alike, and whether it is
/// in an `import()`.
fn named(text: &str, all: &BTreeSet<String>) -> Vec<(String, bool)> {
    let mut before = "";
    let mut found = Vec::new();
    for piece in text.split(['"', '\'', '`']) {
        let name = piece.trim_start_matches("./");
        if all.contains(name) {
            found.push((name.to_owned(), before.trim_end().ends_with("import(")));
        }
        before = piece;
    }
    found
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
    println!("\n{:<32} {:>9} {:>9} {:>9}", "fetched when used", "raw", "gzip 9", "brotli 11");
    for (name, size) in &report.lazy {
        println!("{name:<32} {:>9} {:>9} {:>9}", size.raw, size.gzip, size.brotli);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn files_are_found_in_imports_and_in_urls_only_when_they_exist() {
        let all: BTreeSet<String> = ["init.js", "x_bg.wasm", "other.js"].map(str::to_owned).into();
        let text =
            "import{a}from\"./init.js\";new URL('x_bg.wasm',import.meta.url);import(`./gone.js`)";
        let found = named(text, &all);
        assert_eq!(found, [("init.js".to_owned(), false), ("x_bg.wasm".to_owned(), false)]);
    }

    #[test]
    fn what_only_a_lazy_import_leads_to_does_not_count_for_the_first_load() -> Result<()> {
        let files: BTreeMap<&str, &str> = [
            ("a.js", "import\"./shared.js\";import(\"./then.js\");import(`./also.js`)"),
            ("shared.js", "import(\"./also.js\")"),
            ("then.js", "import\"./shared.js\";import\"./then-part.js\";import('./a.js')"),
            ("then-part.js", ""),
            ("also.js", ""),
        ]
        .into();
        let all: BTreeSet<String> = files.keys().map(|&name| name.to_owned()).collect();
        let loaded = follow("a.js", &all, |name| {
            files.get(name).map(|&text| text.to_owned()).context("no such file")
        })?;
        assert_eq!(loaded.first, ["a.js", "shared.js"].map(str::to_owned).into());
        assert_eq!(loaded.later, ["also.js", "then-part.js", "then.js"].map(str::to_owned).into());
        Ok(())
    }

    #[test]
    fn what_is_fetched_at_once_counts_though_it_is_imported_later() -> Result<()> {
        let all: BTreeSet<String> = ["a.js", "late-X1.js", "zip-Y2.js"].map(str::to_owned).into();
        let text = |name: &str| match name {
            "a.js" => Ok("import(`./late-X1.js`)".to_owned()),
            "late-X1.js" => Ok("import(`./zip-Y2.js`)".to_owned()),
            _ => Ok(String::new()),
        };
        let loaded = follow("a.js", &all, text)?;
        assert_eq!(loaded.first, ["a.js", "late-X1.js"].map(str::to_owned).into());
        assert_eq!(loaded.later, ["zip-Y2.js".to_owned()].into());
        Ok(())
    }
}
