//! The JS glue around the wasm module, made in-process by the library behind wasm-bindgen's own
//! command: its version comes from Cargo.lock and so cannot differ from the crate's.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use walrus::ir::{InstrLocId, Unreachable};
use walrus::passes::gc;
use walrus::{FunctionKind, Module};
use wasm_bindgen_cli_support::{Bindgen, Output};

use crate::rename::Renames;
use crate::stamp::{self, Inputs};
use crate::{paths, step};

/// Stem of both files: `NAME.js` and `NAME_bg.wasm`.
pub(crate) const NAME: &str = "connect_attached_files";

/// Part of the names of three classes that Leptos' stream library exports into every module.
const FOREIGN: &str = "intounderlying";

/// Part of the names of the exports through which the browser calls closures.
const CLOSURES: &str = "___convert__closures_";

/// The glue and the module that belongs to it.
pub(crate) struct Bound {
    pub(crate) glue: PathBuf,
    pub(crate) wasm: PathBuf,
}

/// The version of the generator, which is that of the `wasm-bindgen` crate.
pub(crate) fn version() -> String {
    let lock = fs::read_to_string(paths::root().join("Cargo.lock")).unwrap_or_default();
    locked_version(&lock, "wasm-bindgen-cli-support").unwrap_or_else(|| "unknown".to_owned())
}

fn locked_version(lock: &str, package: &str) -> Option<String> {
    let (_, rest) = lock.split_once(&format!("name = \"{package}\"\nversion = \""))?;
    rest.split('"').next().map(str::to_owned)
}

/// Generates glue and module for the web target into the work folder.
pub(crate) fn generate(module: &Path, debug: bool) -> Result<Bound> {
    let folder = paths::work().join("bindings");
    let bound = Bound {
        glue: folder.join(format!("{NAME}.js")),
        wasm: folder.join(format!("{NAME}_bg.wasm")),
    };
    let stamp = Inputs::default()
        .own_code()
        .file(module)
        .value("version", &version())
        .value("debug", if debug { "yes" } else { "no" })
        .stamp();
    let stamp_file = paths::work().join("bindings.stamp");
    if stamp::fresh(&stamp_file, &stamp, &[bound.glue.clone(), bound.wasm.clone()]) {
        step::say("bindings", "nothing has changed");
        return Ok(bound);
    }
    stamp::clear(&stamp_file)?;
    let _ = fs::remove_dir_all(&folder);
    let mut output = Bindgen::new()
        .web(true)?
        .typescript(false)
        .debug(debug)
        .keep_debug(debug)
        .remove_name_section(!debug)
        .remove_producers_section(!debug)
        .input_path(module)
        .out_name(NAME)
        .generate_output()
        .with_context(|| format!("no bindings for {}", paths::shown(module)))?;
    let (names, unused) = if debug { Default::default() } else { slim(&mut output) };
    output.emit(&folder)?;
    let glue = without(&fs::read_to_string(&bound.glue)?, &unused)?;
    fs::write(&bound.glue, own_snippets(&droppable(&names.apply(&glue)?))?)?;
    stamp::write(&stamp_file, &stamp)?;
    step::say("bindings", format!("wasm-bindgen {}", version()));
    Ok(bound)
}

/// Takes out of the module what only costs bytes: exports that no script of ours can reach, and the
/// long names of imports and closures, with hashes that no compressor can shorten, in module and glue.
///
/// Answers with the new names, and with the imports that nothing uses any more.
fn slim(output: &mut Output) -> (Renames, BTreeSet<String>) {
    let module = output.wasm_mut();
    let foreign: Vec<_> = module
        .exports
        .iter()
        .filter(|export| export.name.contains(FOREIGN))
        .map(|export| export.id())
        .collect();
    foreign.into_iter().for_each(|export| module.exports.delete(export));
    // What they did is still in the table of functions, where nothing can reach it either.
    for function in module.funcs.iter_mut() {
        let name = function.name.as_deref().unwrap_or_default();
        if let (true, FunctionKind::Local(local)) = (is_foreign(name), &mut function.kind) {
            let entry = local.entry_block();
            let trap = (Unreachable {}.into(), InstrLocId::default());
            local.block_mut(entry).instrs = vec![trap];
        }
    }
    let imports =
        |module: &Module| module.imports.iter().map(|import| import.name.clone()).collect();
    let before: BTreeSet<String> = imports(module);
    gc::run(module);
    let unused = before.difference(&imports(module)).cloned().collect();
    let mut names = Renames::default();
    for import in module.imports.iter_mut() {
        import.name = names.shorten(&import.name);
    }
    for export in module.exports.iter_mut().filter(|export| export.name.contains(CLOSURES)) {
        export.name = names.shorten(&export.name);
    }
    (names, unused)
}

/// Whether a function is the body of one of `FOREIGN`: the promise made of what the stream does.
fn is_foreign(name: &str) -> bool {
    name.contains("future_to_promise")
        && name.contains("into_underlying")
        && !name.contains("drop_in_place")
}

/// The glue without these imports: they stand in one object, each over lines of its own.
fn without(glue: &str, imports: &BTreeSet<String>) -> Result<String> {
    let (mut out, mut found, mut is_left_out) = (String::with_capacity(glue.len()), 0, false);
    for line in glue.lines() {
        let name = line.strip_prefix("        ").and_then(|rest| rest.split_once(": function("));
        if name.is_some_and(|(name, _)| imports.contains(name)) {
            (found, is_left_out) = (found + 1, true);
        }
        if !is_left_out {
            out.push_str(line);
            out.push('\n');
        }
        is_left_out &= !line.starts_with("        }");
    }
    ensure!(found == imports.len(), "the glue names {found} of {} unused imports", imports.len());
    Ok(out)
}

/// The glue with nothing beside its classes that a bundler must keep, and with them those of `FOREIGN`:
/// nobody disposes of a handle by `using`, and a registry that nothing is entered in has no effect.
fn droppable(glue: &str) -> String {
    let kept = glue.lines().filter(|line| !line.starts_with("if (Symbol.dispose) "));
    let kept: String = kept.flat_map(|line| [line, "\n"]).collect();
    kept.replace(": new FinalizationRegistry(", ": /* @__PURE__ */ new FinalizationRegistry(")
}

/// The glue with our own snippets where the facade has them too: one copy of each, under a short name.
fn own_snippets(glue: &str) -> Result<String> {
    let mut out = String::with_capacity(glue.len());
    for line in glue.lines() {
        match line.split_once("'./snippets/") {
            None => out.push_str(line),
            Some((before, path)) => match path.split_once("/src/edge/") {
                Some((krate, file)) if krate.starts_with("connect-attached-files-") => {
                    out.push_str(&format!("{before}'./edge/{file}"));
                }
                _ => {
                    bail!("a dependency imports a JS snippet, which would be one file more: {line}")
                }
            },
        }
        out.push('\n');
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_keeps_an_unused_class_is_taken_out_of_the_glue() {
        let glue = "class A {}\nif (Symbol.dispose) A.prototype[Symbol.dispose] = A.prototype.free;\n\
                    const B = x\n    : new FinalizationRegistry(f);\n";
        let kept = "class A {}\nconst B = x\n    : /* @__PURE__ */ new FinalizationRegistry(f);\n";
        assert_eq!(droppable(glue), kept);
    }

    #[test]
    fn imports_that_nothing_uses_are_taken_out_of_the_glue() {
        let glue = "x\n        a: function() {\n            1;\n        },\n        b: function() {\n        },\n";
        let kept = "x\n        b: function() {\n        },\n";
        assert_eq!(without(glue, &BTreeSet::from(["a".to_owned()])).ok().as_deref(), Some(kept));
        assert!(without(glue, &BTreeSet::from(["c".to_owned()])).is_err());
    }

    #[test]
    fn our_snippets_are_imported_from_beside_and_those_of_others_refused() {
        let own =
            "import { a } from './snippets/connect-attached-files-12ab/src/edge/intl.js';\nx\n";
        let beside = "import { a } from './edge/intl.js';\nx\n";
        assert_eq!(own_snippets(own).ok().as_deref(), Some(beside));
        assert!(own_snippets("import { a } from './snippets/other-12ab/inline0.js';").is_err());
    }

    #[test]
    fn the_version_of_the_named_package_is_read() {
        let lock = "[[package]]\nname = \"a-b\"\nversion = \"1.0.0\"\n\n[[package]]\nname = \"a\"\nversion = \"2.0.0\"\n";
        assert_eq!(locked_version(lock, "a").as_deref(), Some("2.0.0"));
        assert_eq!(locked_version(lock, "a-b").as_deref(), Some("1.0.0"));
        assert_eq!(locked_version(lock, "b"), None);
    }
}
