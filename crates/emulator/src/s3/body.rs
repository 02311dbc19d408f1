//! A request body on its way to `s3s`, watched: how it ended, how fast it may come, where a fault ends it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

use bytes::Bytes;
use futures_util::stream;
use http_body::Frame;
use http_body_util::{BodyExt, StreamBody};
use hyper::body::Incoming;

use crate::link::Wire;
use crate::world::World;

/// How a body ended when it did not end well.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Broken {
    /// Fewer bytes than announced.
    #[error("the body ended early")]
    Short,
    /// Nothing came for too long.
    #[error("the body stood still")]
    Idle,
}

/// Tells afterwards how the body ended, since `s3s` folds every trouble with it into one error.
#[derive(Clone, Default)]
pub(crate) struct Outcome(Arc<AtomicU8>);

impl Outcome {
    fn set(&self, broken: Broken) {
        let code = match broken {
            Broken::Short => 1,
            Broken::Idle => 2,
        };
        self.0.store(code, Ordering::Relaxed);
    }

    pub(crate) fn broken(&self) -> Option<Broken> {
        match self.0.load(Ordering::Relaxed) {
            1 => Some(Broken::Short),
            2 => Some(Broken::Idle),
            _ => None,
        }
    }
}

/// What to do with a body beside reading it.
#[derive(Clone, Copy)]
pub(crate) struct Limits {
    /// Give up after this long without a byte, milliseconds.
    pub(crate) idle_ms: u64,
    /// Read no faster.
    pub(crate) bytes_per_second: Option<u64>,
    /// Reset the connection after this many bytes, or at the end.
    pub(crate) reset_after: Option<u64>,
    /// Stop reading after this many bytes, or at the end.
    pub(crate) stall_after: Option<Option<u64>>,
}

struct Reading {
    body: Incoming,
    world: Arc<World>,
    wire: Wire,
    limits: Limits,
    outcome: Outcome,
    seen: u64,
}

/// Wraps a body; `outcome` learns how it ended.
pub(crate) fn watch(
    body: Incoming,
    world: Arc<World>,
    wire: Wire,
    limits: Limits,
    outcome: Outcome,
) -> impl http_body::Body<Data = Bytes, Error = Broken> + Send + 'static {
    let reading = Reading { body, world, wire, limits, outcome, seen: 0 };
    StreamBody::new(stream::unfold(Some(reading), |reading| async {
        let mut reading = reading?;
        match reading.next().await? {
            Ok(frame) => Some((Ok(frame), Some(reading))),
            Err(broken) => {
                reading.outcome.set(broken);
                Some((Err(broken), None))
            }
        }
    }))
}

impl Reading {
    async fn next(&mut self) -> Option<Result<Frame<Bytes>, Broken>> {
        let clock = &self.world.clock;
        let frame = tokio::select! {
            frame = self.body.frame() => frame,
            () = clock.sleep(self.limits.idle_ms) => return Some(Err(Broken::Idle)),
        };
        let frame = match frame {
            Some(Ok(frame)) => frame,
            Some(Err(_)) => return Some(Err(Broken::Short)),
            None => {
                if self.limits.reset_after.is_some() {
                    self.wire.reset::<()>().await;
                }
                if self.limits.stall_after.is_some() {
                    std::future::pending::<()>().await;
                }
                return None;
            }
        };
        let count = frame.data_ref().map_or(0, |data| data.len() as u64);
        self.seen += count;
        if self.limits.reset_after.is_some_and(|n| self.seen >= n) {
            self.wire.reset::<()>().await;
        }
        if self.limits.stall_after.flatten().is_some_and(|n| self.seen >= n) {
            std::future::pending::<()>().await;
        }
        if let Some(rate) = self.limits.bytes_per_second {
            clock.sleep(count.saturating_mul(1000) / rate.max(1)).await;
        }
        Some(Ok(frame))
    }
}
