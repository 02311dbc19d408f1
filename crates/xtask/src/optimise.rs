//! Making the package small with the tools of `tests/node_modules`.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result};

use crate::bindings::Bound;
use crate::node::Packages;
use crate::stamp::{self, Inputs};
use crate::{paths, step};

/// What makes the module smallest once it is compressed, by trial; names and producers help nobody in
/// a browser.
const WASM_OPT: &[&str] = &[
    // Without nested expressions the passes that follow find more.
    "--flatten",
    "--rereloop",
    // -Oz packs more tightly but leaves brotli less to find; the second round still gains.
    "-Os",
    "-Os",
    // Sharing small repeated expressions hides repetitions that brotli finds, and so does moving code.
    "--skip-pass=local-cse",
    "--skip-pass=code-pushing",
    // How a load is aligned is a hint that no engine of today heeds, and costs bits.
    "--dealign",
    // Rust's linker puts the stack first, so that the lowest kilobyte is the very end of a full stack.
    "--low-memory-unused",
    "--strip-debug",
    "--strip-producers",
    "--strip-target-features",
];

/// One module per entry and one for what they share: fewer requests, and what no entry uses is gone.
const ESBUILD: &[&str] = &[
    "--bundle",
    "--splitting",
    "--format=esm",
    "--minify",
    "--target=es2022",
    // Modules are UTF-8 by definition; escapes would double the weight of most languages.
    "--charset=utf8",
    "--legal-comments=none",
    "--log-level=warning",
];

/// The generated glue is full of functions that need no `this`: as arrows and methods they are a kilobyte
/// less of text, 3 % of what is left after brotli. The bundler does not rewrite them.
const TERSER: &[&str] =
    &["--module", "--mangle", "--compress", "passes=3,ecma=2020,unsafe_arrows,unsafe_methods"];

/// The version of binaryen, which numbers its releases by one integer.
pub(crate) fn wasm_opt_version(tools: &Packages) -> Result<String> {
    tools.version_of("binaryen")
}

/// Runs wasm-opt on the bound module and returns where the small one is.
pub(crate) fn wasm(tools: &Packages, bound: &Bound) -> Result<PathBuf> {
    let version = wasm_opt_version(tools)?;
    let output = paths::work().join("small.wasm");
    let stamp_file = paths::work().join("small.stamp");
    let stamp = Inputs::default()
        .file(&bound.wasm)
        .value("version", &version)
        .value("options", &WASM_OPT.join(" "))
        .stamp();
    if stamp::fresh(&stamp_file, &stamp, std::slice::from_ref(&output)) {
        step::say("wasm-opt", "nothing has changed");
        return Ok(output);
    }
    stamp::clear(&stamp_file)?;
    let mut command = tools.program("wasm-opt");
    command.args(WASM_OPT).arg(&bound.wasm).arg("-o").arg(&output);
    step::run(&mut command, Duration::from_secs(600))?;
    stamp::write(&stamp_file, &stamp)?;
    let size = |path: &Path| fs::metadata(path).map(|data| data.len()).unwrap_or(0);
    let (before, after) = (size(&bound.wasm), size(&output));
    step::say("wasm-opt", format!("{before} bytes to {after} (binaryen {version})"));
    Ok(output)
}

/// Bundles the entries that lie in one folder into another, and makes what is loaded at first smaller still.
pub(crate) fn scripts(tools: &Packages, from: &Path, entries: &[String], to: &Path) -> Result<()> {
    let mut command = tools.program("esbuild");
    command.args(entries.iter().map(|entry| from.join(entry)));
    command.args(ESBUILD).arg(format!("--outdir={}", to.display()));
    // The scripts lie elsewhere than the one library among them.
    command.env("NODE_PATH", tools.folder());
    step::run(&mut command, Duration::from_secs(60)).context("cannot bundle the scripts")?;
    for script in stamp::files_below(to) {
        let name = script.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.starts_with("chunk-") || entries.contains(&name) {
            let mut command = tools.program("terser");
            command.arg(&script).args(TERSER).arg("--output").arg(&script);
            step::run(&mut command, Duration::from_secs(60))
                .with_context(|| format!("cannot make {name} smaller"))?;
        }
    }
    Ok(())
}

/// Minifies the style sheet.
pub(crate) fn style(tools: &Packages, input: &Path, output: &Path) -> Result<()> {
    let mut command = tools.program("esbuild");
    command.arg(input).args(["--minify", "--log-level=warning"]);
    command.arg(format!("--outfile={}", output.display()));
    step::run(&mut command, Duration::from_secs(60))
        .with_context(|| format!("cannot minify {}", paths::shown(input)))
}
