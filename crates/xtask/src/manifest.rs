//! The package's own `package.json`.

use std::collections::BTreeSet;
use std::fs;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::paths;

/// What `pkg/package.json` says, and how: the conditions of an export count in the order they are
/// written in, which a parsed object does not keep.
pub(crate) struct Manifest {
    text: String,
    json: Value,
}

impl Manifest {
    pub(crate) fn read() -> Result<Self> {
        let path = paths::root().join("pkg").join("package.json");
        let name = paths::shown(&path);
        let text = fs::read_to_string(&path).with_context(|| format!("cannot read {name}"))?;
        let json: Value =
            serde_json::from_str(&text).with_context(|| format!("{name} is not JSON"))?;
        ensure!(json.is_object(), "{name} is not an object");
        Ok(Self { text, json })
    }

    /// The files that users can import, by their names in the package.
    pub(crate) fn exported(&self) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        let mut open: Vec<&Value> = self.json.get("exports").into_iter().collect();
        while let Some(value) = open.pop() {
            match value {
                Value::String(file) => {
                    found.insert(file.trim_start_matches("./").to_owned());
                }
                Value::Object(conditions) => open.extend(conditions.values()),
                _ => {}
            }
        }
        found
    }

    /// The text with the version of the workspace: there is one place to raise it.
    pub(crate) fn with_version(&self, version: &str) -> Result<String> {
        let old = self.json.get("version").context("pkg/package.json has no version")?;
        let (old, new) = (format!("\"version\": {old}"), format!("\"version\": \"{version}\""));
        ensure!(self.text.matches(&old).count() == 1, "pkg/package.json must have one {old}");
        Ok(self.text.replace(&old, &new))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exported_files_are_found_under_conditions() {
        let json = serde_json::json!({
            "main": "./other.js",
            "exports": { ".": { "types": "./types.d.ts", "default": "./index.js" }, "./wasm": "./a.wasm" },
        });
        let manifest = Manifest { text: String::new(), json };
        let found: Vec<_> = manifest.exported().into_iter().collect();
        assert_eq!(found, ["a.wasm", "index.js", "types.d.ts"]);
    }

    #[test]
    fn conditions_keep_their_order_when_the_version_is_raised() -> Result<()> {
        let text = r#"{ "version": "0.1.0", "exports": { "types": "./b", "default": "./a" } }"#;
        let manifest = Manifest { text: text.to_owned(), json: serde_json::from_str(text)? };
        assert_eq!(manifest.with_version("0.2.0")?, text.replace("0.1.0", "0.2.0"));
        Ok(())
    }
}
