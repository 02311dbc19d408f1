//! The scripts of the package: the facade, the glue and the style, and what bundling makes of them.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::bindings::{Bound, NAME};
use crate::manifest::Manifest;
use crate::node::Packages;
use crate::{optimise, paths, stamp, words};

/// The one style sheet, which the Leptos component includes as it is.
pub(crate) fn style() -> PathBuf {
    paths::root().join("src").join("ui").join("theme.css")
}

/// The scripts that are written by hand; declarations beside them serve the type check only.
pub(crate) fn facade() -> Vec<PathBuf> {
    let mut files = stamp::files_below(&folder());
    files.retain(|path| path.extension().is_some_and(|end| end == "js"));
    files
}

/// The scripts that the Leptos component binds too, each complete in itself.
pub(crate) fn extras() -> Vec<PathBuf> {
    stamp::files_below(&extras_folder())
}

/// The scripts that the widget's own code calls, each beside the module that does.
pub(crate) fn edge() -> Vec<PathBuf> {
    let mut files = stamp::files_below(&edge_folder());
    files.retain(|path| path.extension().is_some_and(|end| end == "js"));
    files
}

fn extras_folder() -> PathBuf {
    paths::root().join("src").join("extras")
}

fn edge_folder() -> PathBuf {
    paths::root().join("src").join("edge")
}

fn folder() -> PathBuf {
    paths::root().join("pkg").join("js")
}

/// Brings the scripts together in one folder, bundles them when the tools are there, and returns
/// the folder whose files are those of the package.
pub(crate) fn scripts(
    bound: &Bound,
    manifest: &Manifest,
    tools: Option<&Packages>,
) -> Result<PathBuf> {
    let plain = paths::work().join("scripts");
    clean(&plain)?;
    for script in facade() {
        copy(&script, &place(&plain.join(script.strip_prefix(folder())?))?)?;
    }
    for script in extras() {
        let to = plain.join("extras").join(script.strip_prefix(extras_folder())?);
        copy(&script, &place(&to)?)?;
    }
    for script in edge() {
        let to = plain.join("edge").join(script.strip_prefix(edge_folder())?);
        copy(&script, &place(&to)?)?;
    }
    for (name, text) in words::scripts()? {
        fs::write(place(&plain.join(name))?, text)?;
    }
    copy(&bound.glue, &plain.join(format!("{NAME}.js")))?;
    fs::write(plain.join("theme.js"), theme(tools)?)?;
    let Some(tools) = tools else {
        return Ok(plain);
    };
    let bundled = paths::work().join("bundled");
    clean(&bundled)?;
    let mut entries: Vec<String> = manifest.exported().into_iter().collect();
    entries.retain(|entry| entry.ends_with(".js"));
    optimise::scripts(tools, &plain, &entries, &bundled)?;
    Ok(bundled)
}

/// The style as a script: a page whose policy forbids style elements still takes a constructed
/// sheet, and a script is there before the wasm module is.
fn theme(tools: Option<&Packages>) -> Result<String> {
    let source = match tools {
        None => style(),
        Some(tools) => {
            let small = paths::work().join("theme.css");
            optimise::style(tools, &style(), &small)?;
            small
        }
    };
    let text = fs::read_to_string(&source)
        .with_context(|| format!("cannot read {}", paths::shown(&source)))?;
    Ok(format!("export default {};\n", serde_json::to_string(text.trim())?))
}

/// The path, with the folder it lies in made.
fn place(path: &Path) -> Result<PathBuf> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    Ok(path.to_path_buf())
}

fn clean(folder: &Path) -> Result<()> {
    let _ = fs::remove_dir_all(folder);
    fs::create_dir_all(folder).with_context(|| format!("cannot create {}", paths::shown(folder)))
}

/// Copies a file; an error names it.
pub(crate) fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::copy(from, to).map(drop).with_context(|| format!("cannot copy {}", paths::shown(from)))
}
