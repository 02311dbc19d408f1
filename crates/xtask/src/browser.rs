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

    fn package(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox-esr",
        }
    }

    /// The program, installed when it is missing; none when Playwright brought its own Chromium.
    pub(crate) fn program(self, packages: &Packages) -> Result<Option<PathBuf>> {
        if let Some(path) = self.found() {
            step::say(self.package(), format!("{} is there", path.display()));
            return Ok(Some(path));
        }
        if apt_works() {
            step::say(self.package(), "installing Debian's package (half a minute)");
            apt(&["update"])
                .and_then(|()| apt(&["install", "-y", "--no-install-recommends", self.package()]))
                .with_context(|| format!("run `apt-get install {}`", self.package()))?;
            return self.found().map(Some).with_context(|| {
                format!("`apt-get install {}` brought no such program", self.package())
            });
        }
        if self == Self::Firefox {
            bail!(
                "Firefox is missing: install it or name it in FIREFOX_PATH (Debian: `apt-get install firefox-esr`)"
            );
        }
        step::say(self.package(), "installing Playwright's own");
        step::run(packages.program("playwright").args(["install", "chromium"]), INSTALL).context(
            "no Chromium: install one, name it in CHROMIUM_PATH, or run `npx playwright install chromium` in tests/",
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
        Command::new("apt-get").arg("-qq").args(arguments).env("DEBIAN_FRONTEND", "noninteractive"),
        INSTALL,
    )
}
