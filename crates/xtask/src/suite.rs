//! The parts of the tests and what each needs to run.

use clap::ValueEnum;

use crate::browser::Browser;

/// A part of the tests that can be run by itself.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum, Debug)]
pub(crate) enum Suite {
    /// The pure core (Rust)
    Core,
    /// The Leptos component, as far as it runs on the host (Rust)
    Component,
    /// The stand-in for Connect and S3 (Rust)
    Emulator,
    /// The signing backend (Rust)
    Backend,
    /// These commands themselves (Rust)
    Xtask,
    /// The trunk demo: built for wasm, index.html and Trunk.toml checked, the component tried in Chromium
    Www,
    /// The plain scripts around the wasm module, in Node
    Facade,
    /// Official AWS SDKs against emulator and backend, in Node
    Sdk,
    /// The npm package in bundlers and pages, and the size budget
    Packaging,
    /// The widget in Chromium
    Browser,
    /// Every state of the widget in Chromium: axe, the accessible tree, pictures in test-results
    States,
    /// The widget in Firefox
    Firefox,
    /// Many files in one Chromium tab under a mix of faults
    Soak,
}

impl Suite {
    /// The name on the command line.
    pub(crate) fn name(self) -> String {
        format!("{self:?}").to_lowercase()
    }

    /// The crate that holds the suite, when it is one of cargo's.
    pub(crate) fn package(self) -> Option<&'static str> {
        match self {
            Self::Core => Some("connect-attached-files-core"),
            Self::Component => Some("connect-attached-files"),
            Self::Emulator => Some("attached-files-emulator"),
            Self::Backend => Some("attached-files-backend"),
            Self::Xtask => Some("xtask"),
            _ => None,
        }
    }

    /// Whether its tests are run by Node.
    pub(crate) fn needs_node(self) -> bool {
        self.package().is_none()
    }

    /// Whether its tests start the emulator or the backend.
    pub(crate) fn needs_servers(self) -> bool {
        self.needs_node() && self != Self::Facade
    }

    /// Whether its tests load the npm package.
    pub(crate) fn needs_package(self) -> bool {
        self.needs_node() && !matches!(self, Self::Sdk | Self::Www)
    }

    /// The browser its tests drive.
    pub(crate) fn browser(self) -> Option<Browser> {
        match self {
            Self::Packaging | Self::Browser | Self::States | Self::Soak | Self::Www => {
                Some(Browser::Chromium)
            }
            Self::Firefox => Some(Browser::Firefox),
            _ => None,
        }
    }
}
