//! Stand-in for Amazon Connect's attached files, the Cases listing beside them, and the S3 bucket behind them.
//!
//! It speaks the services' own wire on three loopback listeners: Connect (with the one Cases route), S3 (path
//! style) and a control API for tests. It shares no code with the widget's core, so that a mistake there cannot
//! cancel itself out here. Where AWS leaves an outcome open, [`Settings`] chooses between the candidates.

mod clock;
mod connect;
mod control;
mod emulator;
mod faults;
mod files;
mod info;
mod life;
mod link;
mod rate;
mod requests;
mod s3;
pub mod settings;
mod sigv4;
mod world;

pub use emulator::{Config, Emulator, StartError};
pub use info::Info;
pub use settings::Settings;
