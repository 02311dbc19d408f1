//! The trunk demo: the crate is built as trunk would, and what trunk reads is checked; trunk itself
//! takes ten minutes to install and is not asked for.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};

use crate::counts::Counts;
use crate::ready::Ready;
use crate::{cargo, demo, paths, remap, setup};

/// Compiles the demo for the browser.
pub(crate) fn build() -> Result<()> {
    setup::wasm_target()?;
    cargo::build(
        "trunk demo",
        &[
            "build",
            "--package=connect-attached-files-www",
            "--target",
            setup::WASM,
            "--profile=wasm-release",
            &remap::argument(&[])?,
        ],
    )
}

/// The three things that must hold for `trunk serve` to work.
pub(crate) fn test(ready: &Ready) -> Counts {
    let built = ready.www.clone().map_err(anyhow::Error::msg);
    [
        Counts::check("the trunk demo compiles for wasm", built),
        Counts::check("index.html names files that exist", index_html(&paths::root())),
        Counts::check("Trunk.toml names the demo's ports", trunk_toml(&paths::root())),
    ]
    .into_iter()
    .sum()
}

fn index_html(root: &Path) -> Result<()> {
    let text = fs::read_to_string(root.join("index.html")).context("index.html is missing")?;
    let links: Vec<&str> = tags(&text, "link").filter(|tag| has(tag, "data-trunk")).collect();
    let rust = links.iter().find(|tag| attribute(tag, "rel") == Some("rust"));
    let rust = rust.context("index.html has no <link data-trunk rel=\"rust\">")?;
    let manifest = attribute(rust, "href").context("the rust link of index.html has no href")?;
    let manifest = fs::read_to_string(root.join(manifest))
        .with_context(|| format!("index.html names {manifest}, which cannot be read"))?;
    ensure!(
        manifest.contains("name = \"connect-attached-files-www\""),
        "the rust link of index.html names another crate than the demo"
    );
    for link in links {
        let href = attribute(link, "href").unwrap_or_default();
        ensure!(root.join(href).exists(), "index.html names {href}, which is not there");
    }
    Ok(())
}

fn trunk_toml(root: &Path) -> Result<()> {
    let text = fs::read_to_string(root.join("Trunk.toml")).context("Trunk.toml is missing")?;
    let table: toml::Table = text.parse().context("Trunk.toml is not TOML")?;
    let build = table.get("build").and_then(toml::Value::as_table);
    let target = build.and_then(|build| build.get("target")).and_then(toml::Value::as_str);
    let target = target.context("Trunk.toml names no build.target")?;
    ensure!(root.join(target).exists(), "Trunk.toml names {target}, which is not there");
    let proxies = table.get("proxy").and_then(toml::Value::as_array);
    let named: BTreeSet<u16> = proxies
        .into_iter()
        .flatten()
        .filter_map(|proxy| port(proxy.get("backend")?.as_str()?))
        .collect();
    let served = BTreeSet::from([demo::PAGE, demo::BACKEND]);
    if named != served {
        bail!("Trunk.toml proxies to ports {named:?}, `cargo xtask demo` serves {served:?}");
    }
    Ok(())
}

/// The port of `http://127.0.0.1:7070/some/path`.
fn port(url: &str) -> Option<u16> {
    url.strip_prefix("http://127.0.0.1:")?.split('/').next()?.parse().ok()
}

/// The insides of all tags of one name.
fn tags<'a>(html: &'a str, name: &'a str) -> impl Iterator<Item = &'a str> {
    html.split('<').skip(1).filter_map(move |piece| piece.split('>').next()?.strip_prefix(name))
}

fn has(tag: &str, name: &str) -> bool {
    tag.split_whitespace().any(|piece| piece.trim_end_matches('/') == name)
}

/// The value of a quoted attribute.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    rest.split('"').next()
}

#[cfg(test)]
#[path = "trunk_tests.rs"]
mod tests;
