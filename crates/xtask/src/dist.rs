//! `pkg/dist`: the files of the npm package, flat, and the note of how they were made.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::bindings::{self, Bound, NAME};
use crate::node::Packages;
use crate::stamp::{self, Inputs};
use crate::{optimise, paths, step, theme};

/// How `pkg/dist` was made: `pkg/dist/build.json`.
#[derive(Serialize, Deserialize, Clone, PartialEq, Eq, Debug)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Built {
    /// Cargo's profile.
    pub(crate) profile: String,
    /// Version of the package, which is that of the workspace.
    pub(crate) version: String,
    /// Version of wasm-bindgen.
    pub(crate) wasm_bindgen: String,
    /// Version of binaryen's wasm-opt; none when the module was not made small.
    pub(crate) wasm_opt: Option<String>,
    /// Version of the minifier; none when the scripts are as they were written.
    pub(crate) esbuild: Option<String>,
    /// Hash of everything that went in.
    pub(crate) inputs: String,
}

/// Name of the note in the package.
const NOTE: &str = "build.json";

/// Puts the package together; the note is written last, so that an interrupted run starts again.
pub(crate) fn assemble(
    profile: &str,
    bound: &Bound,
    wasm: &Path,
    tools: Option<&Packages>,
) -> Result<Built> {
    let mut sources = sources(bound, wasm);
    sources.insert("theme.js".to_owned(), theme::script(tools)?);
    let mut built = Built {
        profile: profile.to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        wasm_bindgen: bindings::version(),
        wasm_opt: tools.map(optimise::wasm_opt_version).transpose()?,
        esbuild: tools.map(|tools| tools.version_of("esbuild")).transpose()?,
        inputs: String::new(),
    };
    let kinds = serde_json::to_string(&built)?;
    let inputs =
        sources.iter().fold(Inputs::default().value("built", &kinds), |inputs, (name, path)| {
            inputs.value(name, &path.display().to_string()).file(path)
        });
    built.inputs = inputs.stamp();
    let outputs: Vec<PathBuf> = sources.keys().map(|name| paths::dist().join(name)).collect();
    if read().is_ok_and(|kept| kept == built) && outputs.iter().all(|output| output.exists()) {
        step::say("package", format!("{} is up to date", paths::shown(&paths::dist())));
        return Ok(built);
    }
    write(&sources, &built, tools)?;
    step::say(
        "package",
        format!("{} files in {}", sources.len() + 1, paths::shown(&paths::dist())),
    );
    Ok(built)
}

/// Reads the note of the package that is there.
pub(crate) fn read() -> Result<Built> {
    let path = paths::dist().join(NOTE);
    let text = fs::read_to_string(&path).with_context(|| {
        format!("{} is missing: run `cargo xtask package`", paths::shown(&path))
    })?;
    serde_json::from_str(&text).with_context(|| {
        format!("{} is of another version: run `cargo xtask package`", paths::shown(&path))
    })
}

/// What goes in, by the name it has in the package.
fn sources(bound: &Bound, wasm: &Path) -> BTreeMap<String, PathBuf> {
    let root = paths::root();
    let scripts = root.join("pkg").join("js");
    let mut sources: BTreeMap<String, PathBuf> = stamp::files_below(&scripts)
        .into_iter()
        .filter_map(|path| {
            let name = path.strip_prefix(&scripts).ok()?.to_str()?.replace('\\', "/");
            // Declarations beside the scripts serve the type check only; types.d.ts is the package's.
            (!name.ends_with(".d.ts")).then_some((name, path))
        })
        .collect();
    sources.insert(format!("{NAME}.js"), bound.glue.clone());
    sources.insert(format!("{NAME}_bg.wasm"), wasm.to_path_buf());
    let others = [
        ("package.json", root.join("pkg/package.json")),
        ("README.md", root.join("pkg/README.md")),
        ("types.d.ts", root.join("pkg/types.d.ts")),
        ("styles.css", theme::source()),
        ("LICENSE-APACHE", root.join("LICENSE-APACHE")),
        ("LICENSE-MIT", root.join("LICENSE-MIT")),
    ];
    sources.extend(
        others
            .into_iter()
            .filter(|(_, path)| path.exists())
            .map(|(name, path)| (name.to_owned(), path)),
    );
    sources
}

fn write(
    sources: &BTreeMap<String, PathBuf>,
    built: &Built,
    tools: Option<&Packages>,
) -> Result<()> {
    let dist = paths::dist();
    let note = dist.join(NOTE);
    stamp::clear(&note)?;
    let wanted: Vec<PathBuf> = sources.keys().map(|name| dist.join(name)).collect();
    for stale in stamp::files_below(&dist).iter().filter(|file| !wanted.contains(file)) {
        fs::remove_file(stale).with_context(|| format!("cannot remove {}", paths::shown(stale)))?;
    }
    for (name, from) in sources {
        let to = dist.join(name);
        if let Some(folder) = to.parent() {
            fs::create_dir_all(folder)?;
        }
        match tools {
            _ if name == "package.json" => fs::write(&to, manifest(from, &built.version)?)?,
            Some(tools) if name.ends_with(".js") => optimise::script(tools, from, &to)?,
            _ => fs::copy(from, &to)
                .map(drop)
                .with_context(|| format!("cannot copy {}", paths::shown(from)))?,
        }
    }
    let modules =
        wanted.iter().filter(|path| path.extension().is_some_and(|end| end == "wasm")).count();
    if modules != 1 {
        bail!("the package must hold one wasm file, not {modules}");
    }
    fs::write(&note, serde_json::to_string_pretty(built)? + "\n")?;
    Ok(())
}

/// The package's manifest with the version of the workspace: there is one place to raise it.
fn manifest(path: &Path, version: &str) -> Result<String> {
    let text = fs::read_to_string(path)?;
    let mut json: Value = serde_json::from_str(&text)
        .with_context(|| format!("{} is not JSON", paths::shown(path)))?;
    let table =
        json.as_object_mut().with_context(|| format!("{} is not an object", paths::shown(path)))?;
    table.insert("version".to_owned(), version.into());
    Ok(serde_json::to_string_pretty(&json)? + "\n")
}
