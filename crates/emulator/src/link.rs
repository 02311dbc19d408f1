//! The network side: an accept loop whose connections can be reset, closed without a word, or cut all at once.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};

use axum::body::Body;
use http::{Request, Response};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, watch};
use tokio::task::JoinSet;

use crate::world::World;

/// Up or down, for Connect and S3 together.
pub(crate) struct LinkSwitch {
    up: watch::Sender<bool>,
}

impl LinkSwitch {
    pub(crate) fn new() -> Self {
        Self { up: watch::Sender::new(true) }
    }

    /// Down resets what runs and refuses what comes.
    pub(crate) fn set(&self, up: bool) {
        self.up.send_replace(up);
    }

    pub(crate) fn is_up(&self) -> bool {
        *self.up.borrow()
    }

    async fn down(&self) {
        let mut up = self.up.subscribe();
        // The sender lives as long as `self`, so waiting cannot fail.
        let _ = up.wait_for(|up| !up).await;
    }
}

/// The connection a request came on, for faults that end it.
#[derive(Clone, Default)]
pub(crate) struct Wire(Arc<WireState>);

#[derive(Default)]
struct WireState {
    reset: AtomicBool,
    ended: Notify,
}

impl Wire {
    /// Ends the connection with a TCP reset. Never returns: the connection's task is dropped meanwhile.
    pub(crate) async fn reset<T>(&self) -> T {
        self.0.reset.store(true, Ordering::Relaxed);
        self.hang_up().await
    }

    /// Ends the connection without an answer. Never returns.
    pub(crate) async fn hang_up<T>(&self) -> T {
        self.0.ended.notify_one();
        std::future::pending().await
    }
}

/// A stream that sends a reset instead of a proper end when told so.
struct Socket {
    stream: TcpStream,
    wire: Wire,
}

impl Drop for Socket {
    fn drop(&mut self) {
        if self.wire.0.reset.load(Ordering::Relaxed) {
            // Nothing to be done when the socket is gone already.
            let _ = self.stream.set_zero_linger();
        }
    }
}

impl AsyncRead for Socket {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buf)
    }
}

impl AsyncWrite for Socket {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(cx, buf)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

/// Binds on loopback.
///
/// # Errors
/// The port is taken.
pub(crate) async fn bind(port: u16) -> io::Result<(TcpListener, String)> {
    let listener = TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], port))).await?;
    let url = format!("http://{}", listener.local_addr()?);
    Ok((listener, url))
}

/// Serves until dropped; dropping it drops every connection too.
pub(crate) async fn serve<H, F>(listener: TcpListener, world: Arc<World>, handle: H)
where
    H: Fn(Arc<World>, Request<Incoming>, Wire) -> F + Clone + Send + Sync + 'static,
    F: Future<Output = Response<Body>> + Send + 'static,
{
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            Some(_) = connections.join_next() => {}
            accepted = listener.accept() => {
                // A failed accept concerns a client that is gone already.
                let Ok((stream, _)) = accepted else { continue };
                if !world.link.is_up() {
                    let _ = stream.set_zero_linger();
                    continue;
                }
                connections.spawn(connection(stream, Arc::clone(&world), handle.clone()));
            }
        }
    }
}

async fn connection<H, F>(stream: TcpStream, world: Arc<World>, handle: H)
where
    H: Fn(Arc<World>, Request<Incoming>, Wire) -> F + Clone + Send + Sync + 'static,
    F: Future<Output = Response<Body>> + Send + 'static,
{
    // Small answers must not wait for the client's delayed acknowledgement.
    let _ = stream.set_nodelay(true);
    let wire = Wire::default();
    let socket = Socket { stream, wire: wire.clone() };
    let service = service_fn(|request| {
        let answer = handle(Arc::clone(&world), request, wire.clone());
        async move { Ok::<_, std::convert::Infallible>(answer.await) }
    });
    // Pinned out here so that it is dropped, and the socket with it, only after the reset flag is set below.
    let mut serving =
        std::pin::pin!(http1::Builder::new().serve_connection(TokioIo::new(socket), service));
    tokio::select! {
        // An error here is the client's going away; there is nobody left to tell.
        _ = &mut serving => {}
        () = wire.0.ended.notified() => {}
        () = world.link.down() => wire.0.reset.store(true, Ordering::Relaxed),
    }
}
