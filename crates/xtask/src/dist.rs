//! `pkg/dist`: the files of the npm package, flat, and the note of how they were made.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use serde::{Deserialize, Serialize};

use crate::bindings::{self, Bound, NAME};
use crate::manifest::Manifest;
use crate::node::Packages;
use crate::stamp::{self, Inputs};
use crate::{optimise, paths, stage, step, words};

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
    /// Version of the bundler; none when the scripts are as they were written.
    pub(crate) esbuild: Option<String>,
    /// Version of the minifier; none when the scripts are as they were written.
    pub(crate) terser: Option<String>,
    /// Version of the library that makes zips, which is bundled; none when the scripts are as they were
    /// written, and then there are no zips.
    pub(crate) client_zip: Option<String>,
    /// Hash of everything that went in.
    pub(crate) inputs: String,
}

/// The note with the names of the files it speaks of.
#[derive(Serialize, Deserialize)]
struct Note {
    #[serde(flatten)]
    built: Built,
    files: Vec<String>,
}

/// Name of the note in the package; npm does not publish it.
const NOTE: &str = "build.json";

/// Puts the package together; the note is written last, so that an interrupted run starts again.
pub(crate) fn assemble(
    profile: &str,
    bound: &Bound,
    wasm: &Path,
    tools: Option<&Packages>,
) -> Result<Built> {
    let manifest = Manifest::read()?;
    let mut built = Built {
        profile: profile.to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        wasm_bindgen: bindings::version(),
        wasm_opt: tools.map(optimise::wasm_opt_version).transpose()?,
        esbuild: tools.map(|tools| tools.version_of("esbuild")).transpose()?,
        terser: tools.map(|tools| tools.version_of("terser")).transpose()?,
        client_zip: tools.map(|tools| tools.version_of("client-zip")).transpose()?,
        inputs: String::new(),
    };
    let plain = plain(wasm, tools);
    let scripts = [stage::facade(), stage::extras(), stage::edge(), words::sources()].concat();
    built.inputs = scripts
        .iter()
        .chain(plain.values())
        .chain([&bound.glue, &stage::style()])
        .fold(
            Inputs::default().own_code().value("built", &serde_json::to_string(&built)?),
            |inputs, path| inputs.file(path),
        )
        .value("manifest", &manifest.with_version(&built.version)?)
        .stamp();
    if note().is_ok_and(|note| note.built == built && note.files.iter().all(exists)) {
        step::say("package", format!("{} is up to date", paths::shown(&paths::dist())));
        return Ok(built);
    }
    stamp::clear(&paths::dist().join(NOTE))?;
    let scripts = stage::scripts(bound, &manifest, tools)?;
    let mut files = plain;
    for script in stamp::files_below(&scripts) {
        files.insert(name(script.strip_prefix(&scripts)?), script);
    }
    write(&files, &manifest, built.clone())?;
    step::say("package", format!("{} files in {}", files.len() + 2, paths::shown(&paths::dist())));
    Ok(built)
}

/// Reads the note of the package that is there.
pub(crate) fn read() -> Result<Built> {
    note().map(|note| note.built)
}

fn note() -> Result<Note> {
    let path = paths::dist().join(NOTE);
    let advice = || format!("{} is missing: run `cargo xtask package`", paths::shown(&path));
    let text = fs::read_to_string(&path).with_context(advice)?;
    serde_json::from_str(&text).with_context(advice)
}

fn exists(file: &String) -> bool {
    paths::dist().join(file).exists()
}

/// A path as the package writes it.
fn name(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

/// The files that are copied as they are, by the names they have in the package.
fn plain(wasm: &Path, tools: Option<&Packages>) -> BTreeMap<String, PathBuf> {
    let root = paths::root();
    let files = [
        ("README.md", root.join("pkg/README.md")),
        ("types.d.ts", root.join("pkg/types.d.ts")),
        ("LICENSE-APACHE", root.join("LICENSE-APACHE")),
        ("LICENSE-MIT", root.join("LICENSE-MIT")),
        ("styles.css", stage::style()),
    ];
    let files = files.into_iter().filter(|(_, path)| path.exists());
    let mut files: BTreeMap<_, _> = files.map(|(name, path)| (name.to_owned(), path)).collect();
    files.insert(format!("{NAME}_bg.wasm"), wasm.to_path_buf());
    if let Some(tools) = tools {
        let license = tools.folder().join("client-zip").join("LICENSE.txt");
        files.insert("LICENSE-client-zip".to_owned(), license);
    }
    files
}

fn write(files: &BTreeMap<String, PathBuf>, manifest: &Manifest, built: Built) -> Result<()> {
    let dist = paths::dist();
    for stale in stamp::files_below(&dist) {
        if !files.contains_key(&name(stale.strip_prefix(&dist)?)) {
            fs::remove_file(&stale)
                .with_context(|| format!("cannot remove {}", paths::shown(&stale)))?;
        }
    }
    for (name, from) in files {
        let to = dist.join(name);
        if let Some(folder) = to.parent() {
            fs::create_dir_all(folder)?;
        }
        stage::copy(from, &to)?;
    }
    fs::write(dist.join("package.json"), manifest.with_version(&built.version)?)?;
    for file in manifest.exported() {
        ensure!(exists(&file), "pkg/package.json exports {file}, which the package does not hold");
    }
    let modules = files.keys().filter(|name| name.ends_with(".wasm")).count();
    ensure!(modules == 1, "the package must hold one wasm file, not {modules}");
    let files = files.keys().cloned().chain(["package.json".to_owned()]).collect();
    let note = Note { built, files };
    fs::write(dist.join(NOTE), serde_json::to_string_pretty(&note)? + "\n")?;
    Ok(())
}
