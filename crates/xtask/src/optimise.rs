//! Making the package small with the tools of `tests/node_modules`.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result};

use crate::bindings::Bound;
use crate::node::Packages;
use crate::stamp::{self, Inputs};
use crate::{paths, step};

/// Smallest size; names and producers help nobody in a browser.
const WASM_OPT: &[&str] = &["-Oz", "--strip-debug", "--strip-producers", "--strip-target-features"];

/// Whitespace and syntax only: names stay as they are, so that traces still mean something.
const ESBUILD: &[&str] = &[
    "--minify-whitespace",
    "--minify-syntax",
    "--legal-comments=none",
    "--target=es2022",
    "--format=esm",
    "--log-level=warning",
];

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

/// Minifies one script or style sheet.
pub(crate) fn script(tools: &Packages, input: &Path, output: &Path) -> Result<()> {
    let mut command = tools.program("esbuild");
    command.args(ESBUILD).arg(input).arg(format!("--outfile={}", output.display()));
    step::run(&mut command, Duration::from_secs(60))
        .with_context(|| format!("cannot minify {}", paths::shown(input)))
}
