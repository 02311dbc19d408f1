//! The browsers of the tests: the system's, else Debian's packages, else Playwright's own.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::node::Packages;
use crate::step;

const INSTALL: Duration = Duration::from_secs(900);

/// The two browsers that the tests drive.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Browser {
    /// Driven by Playwright.
    Chromium,
    /// Driven by WebDriver BiDi.
    Firefox,
}

impl Browser {
    /// The variable that names the program, for the tests and from the user.
    pub(crate) fn variable(self) -> &'static str {
        match self {
            Self::Chromium => "CHROMIUM_PATH",
            Self::Firefox => "FIREFOX_PATH",
        }
    }

    fn names(self) -> &'static [&'static str] {
        match self {
            Self::Chromium => {
                &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
            }
            Self::Firefox => &["firefox-esr", "firefox"],
        }
    }

    /// Debian's packages; the first one is what the steps are named after. Chromium only
    /// recommends fonts, and without any it draws no text. Arabic and Hebrew are in `DejaVu`, Chinese,
    /// Japanese and Korean in the small fallback font: boxes in their place would have other widths.
    fn packages(self) -> &'static [&'static str] {
        match self {
            Self::Chromium => {
                &["chromium", "fonts-liberation", "fonts-dejavu-core", "fonts-droid-fallback"]
            }
            Self::Firefox => &["firefox-esr"],
        }
    }

    fn label(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
        }
    }

    /// The program, installed when it is missing; none when Playwright brought its own Chromium.
    pub(crate) fn program(self, node: &Packages) -> Result<Option<PathBuf>> {
        if let Some(path) = self.found() {
            step::say(self.label(), format!("{} is there", path.display()));
            return Ok(Some(path));
        }
        let by_hand = format!("apt-get install {}", self.packages().join(" "));
        if apt_works() {
            step::say(self.label(), format!("installing by `{by_hand}` (a minute)"));
            // An index that cannot be refreshed may still name the package.
            let _ = apt(&["update"]);
            let installed =
                apt(&[&["install", "--yes", "--no-install-recommends"], self.packages()].concat());
            match (installed, self.found()) {
                (Ok(()), Some(path)) => return Ok(Some(path)),
                (result, _) => step::say(self.label(), format!("that did not work ({result:?})")),
            }
        }
        if self == Self::Firefox {
            bail!("Firefox is missing: run `{by_hand}`, or name a Firefox in FIREFOX_PATH");
        }
        step::say(self.label(), "installing Playwright's own");
        step::run(node.program("playwright").args(["install", "chromium"]), INSTALL).with_context(
            || format!("Chromium is missing: run `{by_hand}`, or name a Chromium in CHROMIUM_PATH"),
        )?;
        Ok(None)
    }

    fn found(self) -> Option<PathBuf> {
        if let Some(named) = env::var_os(self.variable()).filter(|value| !value.is_empty()) {
            return Some(named.into());
        }
        let path = env::var_os("PATH").unwrap_or_default();
        let folders: Vec<PathBuf> = env::split_paths(&path).collect();
        let programs = self
            .names()
            .iter()
            .flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
        programs.into_iter().find(|program| program.is_file())
    }
}

fn apt_works() -> bool {
    let root = step::read(Command::new("id").arg("-u")).is_ok_and(|user| user == "0");
    root && Path::new("/usr/bin/apt-get").exists()
}

fn apt(arguments: &[&str]) -> Result<()> {
    step::run(
        Command::new("apt-get")
            .args(["-qq", "-o", "DPkg::Lock::Timeout=300"])
            .args(arguments)
            .env("DEBIAN_FRONTEND", "noninteractive"),
        INSTALL,
    )
}
