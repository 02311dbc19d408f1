//! `cargo xtask package`: from Rust and plain JS to the npm package in `pkg/dist`.

use std::path::PathBuf;

use anyhow::Result;

use crate::dist::{self, Built};
use crate::node::Packages;
use crate::{bindings, cargo, optimise, paths, remap, setup, small, step};

/// How the package is to be built.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Small: a standard library of its own, wasm-opt and the minifier; needs Node.
    Release,
    /// What the demo serves: the release profile, made small only when the tools are there already.
    Demo,
    /// Quick to rebuild and full of debug information, for work on the widget.
    Dev,
}

impl Kind {
    fn profile(self) -> &'static str {
        match self {
            Self::Dev => "dev",
            Self::Demo => "wasm-release",
            Self::Release => "wasm-small",
        }
    }

    /// The wasm module as cargo leaves it.
    fn module(self) -> PathBuf {
        let folder = match self {
            Self::Dev => "debug",
            Self::Demo | Self::Release => self.profile(),
        };
        let folder = paths::target().join(setup::WASM).join(folder);
        folder.join("connect_attached_files_pkg.wasm")
    }

    /// The tools that make it small, where this kind wants them.
    fn tools(self) -> Result<Option<Packages>> {
        match self {
            Self::Release => Packages::installed().map(Some),
            Self::Demo => Ok(Packages::found()),
            Self::Dev => Ok(None),
        }
    }
}

/// Brings `pkg/dist` up to date; every step whose inputs are unchanged is skipped.
pub(crate) fn package(kind: Kind) -> Result<Built> {
    setup::wasm_target()?;
    let tools = kind.tools()?;
    let bound = bindings::generate(&module(kind)?, kind == Kind::Dev)?;
    let wasm = match &tools {
        Some(tools) => optimise::wasm(tools, &bound)?,
        None => bound.wasm.clone(),
    };
    let built = dist::assemble(kind.profile(), &bound, &wasm, tools.as_ref())?;
    if tools.is_none() && kind == Kind::Demo {
        step::say("package", "not made small: for that, run `cargo xtask package`");
    }
    Ok(built)
}

/// Compiles the wasm module, without bindings yet.
fn module(kind: Kind) -> Result<PathBuf> {
    let profile = format!("--profile={}", kind.profile());
    let target = format!("--target={}", setup::WASM);
    let package = "--package=connect-attached-files-pkg";
    let mut arguments = vec!["build", package, &target, &profile];
    let (further, environment) = match kind {
        // While working on the widget one wants paths that an editor opens.
        Kind::Dev => (Vec::new(), None),
        Kind::Demo => (vec![remap::argument(&[])?], None),
        Kind::Release => {
            small::sources()?;
            (small::arguments()?, Some(small::ENVIRONMENT))
        }
    };
    arguments.extend(further.iter().map(String::as_str));
    cargo::build_with("wasm module", &arguments, environment)?;
    let module = kind.module();
    if kind == Kind::Release {
        remap::warn(&module)?;
    }
    Ok(module)
}
