//! The languages as scripts: the widget wants its texts by position, people translate them by key.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use connect_attached_files_core::text::Text;

use crate::{paths, stamp};

/// Phrases with this mark are no part of the first load: in English the scripts that need them have them.
const LATE: &str = "late-";

/// Texts by key.
type Texts = BTreeMap<String, String>;

/// Every file the scripts are made from.
pub(crate) fn sources() -> Vec<PathBuf> {
    let mut files = stamp::files_below(&folder());
    files.push(phrases_file());
    files
}

/// The scripts, by their paths in the package: the keys in the order of the widget's texts, one module for
/// each language and one that finds them, and the facade's own English phrases.
pub(crate) fn scripts() -> Result<BTreeMap<String, String>> {
    let phrases = read(&phrases_file())?;
    let first: Texts =
        phrases.clone().into_iter().filter(|(key, _)| !key.starts_with(LATE)).collect();
    let keys: Vec<_> = Text::ALL.iter().map(|text| text.key()).collect();
    let english: Vec<_> = Text::ALL.iter().map(|text| text.english()).collect();
    let mut scripts = BTreeMap::from([
        ("phrases.js".to_owned(), module(&first)?),
        ("texts.js".to_owned(), module(&english)?),
        ("keys.js".to_owned(), module(&keys)?),
    ]);
    let mut index = String::from("export default {\n");
    for (tag, texts) in languages()? {
        // What is not translated yet is better read in English than not at all; a test counts it.
        let all: Vec<_> = Text::ALL
            .iter()
            .map(|text| texts.get(text.key()).map_or(text.english(), String::as_str))
            .collect();
        let own: BTreeMap<_, _> =
            texts.iter().filter(|(key, _)| phrases.contains_key(*key)).collect();
        let own = serde_json::to_string(&own)?;
        scripts.insert(
            format!("locales/{tag}.js"),
            format!("{}export const phrases = {own};\n", module(&all)?),
        );
        index.push_str(&format!("  \"{tag}\": () => import(\"./{tag}.js\"),\n"));
    }
    scripts.insert("locales/index.js".to_owned(), index + "};\n");
    Ok(scripts)
}

/// The translations. English comes with the scripts that load first.
fn languages() -> Result<BTreeMap<String, Texts>> {
    let mut all = BTreeMap::new();
    for file in stamp::files_below(&folder()) {
        let name = file.file_stem().and_then(|stem| stem.to_str());
        let name = name.with_context(|| format!("{} has no name", paths::shown(&file)))?;
        all.insert(name.to_owned(), read(&file)?);
    }
    Ok(all)
}

fn module(content: &impl serde::Serialize) -> Result<String> {
    Ok(format!("export default {};\n", serde_json::to_string(content)?))
}

fn read(path: &Path) -> Result<Texts> {
    let name = paths::shown(path);
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {name}"))?;
    serde_json::from_str(&text).with_context(|| format!("{name} is not a flat object of texts"))
}

fn folder() -> PathBuf {
    paths::root().join("src").join("locales")
}

fn phrases_file() -> PathBuf {
    paths::root().join("pkg").join("phrases.json")
}

#[cfg(test)]
#[path = "words_tests.rs"]
mod tests;
