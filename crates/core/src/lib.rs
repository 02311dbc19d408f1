//! The engine of the attached-files widget, without a browser.
//!
//! A state machine without I/O: [`session::Session::handle`] takes an [`event::Event`] and a reading
//! of the clocks and answers with [`event::Effect`]s. Nothing here knows a browser, draws a pixel,
//! reads a clock or opens a connection, so the whole engine runs natively under simulation.
//!
//! A file's way, one file of source each:
//! [`pick`] → [`validate`] → `start` → [`put`] and `transfer` → `complete` → `watch` → [`shelf`],
//! then [`download`] and `remove`.

pub mod call;
pub mod checksum;
pub mod clock;
mod codec;
mod complete;
mod dice;
pub mod download;
pub mod duplicates;
mod errand;
pub mod error;
pub mod event;
mod gate;
pub mod item;
pub mod json;
mod judge;
pub mod leftover;
pub mod limits;
mod list;
pub mod names;
pub mod phase;
pub mod pick;
pub mod progress;
pub mod put;
mod queue;
pub mod redact;
mod remove;
mod rename;
pub mod resource;
pub mod retry;
pub mod session;
pub mod shelf;
mod start;
pub mod table;
pub mod tally;
pub mod text;
mod transfer;
pub mod validate;
mod verdict;
mod wake;
pub mod warning;
mod watch;
pub mod wire;
