//! Short names for what the wasm module imports and exports, the same in the module and in its glue.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Result, ensure};

/// Old names and their new ones.
#[derive(Default)]
pub(crate) struct Renames(BTreeMap<String, String>);

impl Renames {
    /// The short name that stands for this one from now on.
    pub(crate) fn shorten(&mut self, name: &str) -> String {
        let next = format!("_{}", self.0.len());
        self.0.entry(name.to_owned()).or_insert(next).clone()
    }

    /// The script with the new names. Refuses when a name is not in it, or is there as something
    /// else already: the generator must have changed its ways then.
    pub(crate) fn apply(&self, script: &str) -> Result<String> {
        let words: BTreeSet<&str> =
            words(script).filter(|(is_name, _)| *is_name).map(|(_, word)| word).collect();
        for (old, new) in &self.0 {
            ensure!(words.contains(old.as_str()), "the glue does not name the import {old}");
            ensure!(!words.contains(new.as_str()), "the glue has a name {new} of its own");
        }
        Ok(words_replaced(script, &self.0))
    }
}

fn words_replaced(script: &str, names: &BTreeMap<String, String>) -> String {
    words(script)
        .map(|(is_name, word)| match names.get(word) {
            Some(new) if is_name => new.as_str(),
            _ => word,
        })
        .collect()
}

/// Cuts a script into names and what is between them.
fn words(script: &str) -> impl Iterator<Item = (bool, &str)> {
    let in_name = |character: char| character.is_alphanumeric() || matches!(character, '_' | '$');
    let mut rest = script;
    std::iter::from_fn(move || {
        let is_name = in_name(rest.chars().next()?);
        let end = rest.find(|character| in_name(character) != is_name).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        rest = after;
        Some((is_name, word))
    })
}

#[cfg(test)]
#[path = "rename_tests.rs"]
mod tests;
