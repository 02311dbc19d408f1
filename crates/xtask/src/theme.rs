//! The widget's style as a script: a page whose policy forbids style elements still takes a
//! constructed sheet, and a script is there before the wasm module is.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::node::Packages;
use crate::{optimise, paths};

/// The one style sheet, which the Leptos component includes as it is.
pub(crate) fn source() -> PathBuf {
    paths::root().join("src").join("ui").join("theme.css")
}

/// Writes the script whose default export is the sheet's text.
pub(crate) fn script(tools: Option<&Packages>) -> Result<PathBuf> {
    let source = source();
    let folder = paths::work();
    fs::create_dir_all(&folder)?;
    let small = folder.join("theme.css");
    match tools {
        Some(tools) => optimise::script(tools, &source, &small)?,
        None => fs::copy(&source, &small).map(drop)?,
    }
    let text = fs::read_to_string(&small)
        .with_context(|| format!("cannot read {}", paths::shown(&source)))?;
    let script = folder.join("theme.js");
    fs::write(&script, format!("export default {};\n", serde_json::to_string(text.trim())?))?;
    Ok(script)
}
