//! The trunk demo laid out as trunk would: bindings, page and what the page names, in one folder.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::Bindgen;

use crate::stamp::{self, Inputs};
use crate::{bindings, paths, setup, step};

/// Stem of the module's files.
const NAME: &str = "demo";

/// The folder, served as `/trunk/` to the tests.
pub(crate) fn folder() -> PathBuf {
    paths::work().join("trunk")
}

/// Lays out the compiled demo.
pub(crate) fn assemble() -> Result<()> {
    let root = paths::root();
    let module = paths::target().join(setup::WASM).join("wasm-release");
    let module = module.join("connect-attached-files-www.wasm");
    let stamp = Inputs::default()
        .own_code()
        .file(&module)
        .file(&root.join("index.html"))
        .value("version", &bindings::version())
        .stamp();
    let stamp_file = paths::work().join("trunk.stamp");
    let index = folder().join("index.html");
    if stamp::fresh(&stamp_file, &stamp, std::slice::from_ref(&index)) {
        step::say("trunk demo", "laid out already");
        return Ok(());
    }
    stamp::clear(&stamp_file)?;
    let _ = fs::remove_dir_all(folder());
    let mut generator = Bindgen::new();
    generator.web(true)?.typescript(false).input_path(&module).out_name(NAME);
    let bound = generator
        .generate(folder())
        .with_context(|| format!("no bindings for {}", paths::shown(&module)));
    bound?;
    for asset in ["bare.css", "icon.svg"] {
        fs::copy(root.join("www").join(asset), folder().join(asset))?;
    }
    fs::write(index, page(&root)?)?;
    stamp::write(&stamp_file, &stamp)
}

/// The root's index.html with trunk's own links replaced by what trunk makes of them.
fn page(root: &Path) -> Result<String> {
    let text = fs::read_to_string(root.join("index.html")).context("index.html is missing")?;
    let start = format!(
        "<script type=\"module\">import init from \"./{NAME}.js\"; init({{ module_or_path: \"./{NAME}_bg.wasm\" }});</script>"
    );
    Ok(made_by_trunk(&text, &start))
}

fn made_by_trunk(text: &str, start: &str) -> String {
    let lines = text.lines().map(|line| match line.contains("data-trunk") {
        true if line.contains("rel=\"rust\"") => start.to_owned(),
        true => line
            .replace(" data-trunk", "")
            .replace("rel=\"css\"", "rel=\"stylesheet\"")
            .replace("href=\"www/", "href=\""),
        false => line.to_owned(),
    });
    lines.flat_map(|line| [line, "\n".to_owned()]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_of_trunk_become_what_a_browser_reads() {
        let text = "<head>\n<link data-trunk rel=\"rust\" href=\"www/Cargo.toml\">\n\
                    <link data-trunk rel=\"css\" href=\"www/bare.css\">\n</head>";
        let made = "<head>\nSTART\n<link rel=\"stylesheet\" href=\"bare.css\">\n</head>\n";
        assert_eq!(made_by_trunk(text, "START"), made);
    }
}
