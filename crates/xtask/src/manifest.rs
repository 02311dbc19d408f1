//! The package's own `package.json`.

use std::collections::BTreeSet;
use std::fs;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::paths;

/// What `pkg/package.json` says.
pub(crate) struct Manifest(Value);

impl Manifest {
    pub(crate) fn read() -> Result<Self> {
        let path = paths::root().join("pkg").join("package.json");
        let name = paths::shown(&path);
        let text = fs::read_to_string(&path).with_context(|| format!("cannot read {name}"))?;
        let json: Value =
            serde_json::from_str(&text).with_context(|| format!("{name} is not JSON"))?;
        ensure!(json.is_object(), "{name} is not an object");
        Ok(Self(json))
    }

    /// The files that users can import, by their names in the package.
    pub(crate) fn exported(&self) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        let mut open: Vec<&Value> = self.0.get("exports").into_iter().collect();
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
        let mut json = self.0.clone();
        if let Some(table) = json.as_object_mut() {
            table.insert("version".to_owned(), version.into());
        }
        Ok(serde_json::to_string_pretty(&json)? + "\n")
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
        let found: Vec<_> = Manifest(json).exported().into_iter().collect();
        assert_eq!(found, ["a.wasm", "index.js", "types.d.ts"]);
    }
}
