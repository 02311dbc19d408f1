//! The set-up of the tests. What fails is kept, so that the suites that do not need it still run.

use std::path::PathBuf;
use std::thread;

use anyhow::{Result, anyhow};
use clap::ValueEnum;

use crate::browser::Browser;
use crate::node::Packages;
use crate::package::{self, Kind};
use crate::suite::Suite;
use crate::{cargo, trunk};

/// What came of one part of the set-up: the sentence tells what would help.
type Outcome<T> = Result<T, String>;

/// What the chosen suites run on; parts that none of them needs are untouched.
pub(crate) struct Ready {
    /// The Node packages.
    pub(crate) packages: Outcome<Packages>,
    /// `pkg/dist`.
    pub(crate) package: Outcome<()>,
    /// Emulator and backend.
    pub(crate) servers: Outcome<()>,
    /// The trunk demo, compiled.
    pub(crate) www: Outcome<()>,
    chromium: Outcome<Option<PathBuf>>,
    firefox: Outcome<Option<PathBuf>>,
}

impl Ready {
    /// Sets up in two lanes: one compiles for the host while the other installs, compiles and links
    /// for the browser, where the longest step keeps one core only.
    pub(crate) fn set_up(suites: &[Suite]) -> Self {
        let any = |needs: fn(Suite) -> bool| suites.iter().any(|suite| needs(*suite));
        thread::scope(|scope| {
            let servers = any(Suite::needs_servers);
            let host = scope.spawn(move || compile(suites, servers));
            let packages = part(any(Suite::needs_node), Packages::installed);
            let browser = |browser: Browser| {
                let needed = suites.iter().any(|suite| suite.browser() == Some(browser));
                let packages = packages.as_ref().map_err(Clone::clone)?;
                part(needed, || browser.program(packages))
            };
            let chromium = browser(Browser::Chromium);
            let firefox = browser(Browser::Firefox);
            let package =
                part(any(Suite::needs_package), || package::package(Kind::Release).map(drop));
            let www = part(suites.contains(&Suite::Www), trunk::build);
            let servers = host.join().unwrap_or_else(|_| Err("the host build broke off".into()));
            Self { packages, package, servers, www, chromium, firefox }
        })
    }

    /// What the suite needs and was not set up, if anything.
    pub(crate) fn allows(&self, suite: Suite) -> Result<()> {
        let parts = [
            (suite.needs_servers(), self.servers.as_ref().err()),
            (suite.needs_package(), self.package.as_ref().err()),
            (suite == Suite::Www, self.www.as_ref().err()),
            (suite.browser() == Some(Browser::Chromium), self.chromium.as_ref().err()),
            (suite.browser() == Some(Browser::Firefox), self.firefox.as_ref().err()),
        ];
        let mut failures =
            parts.into_iter().filter(|(needed, _)| *needed).filter_map(|(_, failure)| failure);
        failures.next().map_or(Ok(()), |failure| Err(anyhow!("{failure}")))
    }

    /// The browsers that were found, as the tests are told of them.
    pub(crate) fn browsers(&self) -> impl Iterator<Item = (&'static str, &PathBuf)> {
        let both = [(Browser::Chromium, &self.chromium), (Browser::Firefox, &self.firefox)];
        both.into_iter().filter_map(|(browser, outcome)| {
            let path = outcome.as_ref().ok()?.as_ref()?;
            Some((browser.variable(), path))
        })
    }
}

/// Makes one part if it is needed.
fn part<T>(needed: bool, make: impl FnOnce() -> Result<T>) -> Outcome<T> {
    match needed {
        true => make().map_err(|error| format!("{error:#}")),
        false => Err("not set up".to_owned()),
    }
}

/// Compiles the tests of the chosen crates and, when they are needed, emulator and backend.
///
/// The servers are compiled together with the tests of all crates: cargo chooses the features of
/// what they share by the crates it is asked for, and another choice would compile it all again.
fn compile(suites: &[Suite], servers: bool) -> Outcome<()> {
    let all = if servers { Suite::value_variants() } else { suites };
    let crates: Vec<&str> = all.iter().filter_map(|suite| suite.package()).collect();
    if crates.is_empty() {
        return Ok(());
    }
    let mut arguments = vec!["build", "--all-targets"];
    arguments.extend(crates.iter().flat_map(|name| ["--package", name]));
    let label = if servers { "servers and host tests" } else { "host tests" };
    part(true, || cargo::build_behind(label, &arguments))
}
