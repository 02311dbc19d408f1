//! Starting and stopping: three listeners around one [`World`].

use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use tokio::task::JoinHandle;

use crate::files::Files;
use crate::info::Info;
use crate::s3::bucket::Bucket;
use crate::settings::Settings;
use crate::world::World;
use crate::{connect, control, link, s3};

/// How to start an emulator; the default takes free ports, keeps nothing and is as strict as the real service.
#[derive(Debug, Clone, Default)]
pub struct Config {
    /// Port of the Connect listener, 0 for a free one.
    pub port: u16,
    /// Port of the S3 listener, 0 for a free one.
    pub s3_port: u16,
    /// Port of the control API, 0 for a free one.
    pub control_port: u16,
    /// Where to keep files and objects; a temporary folder when not given.
    pub data: Option<PathBuf>,
    /// What `POST /reset` goes back to as well.
    pub settings: Settings,
}

/// Why an emulator could not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// A port could not be bound on 127.0.0.1.
    #[error("cannot listen on 127.0.0.1:{port}: {source}")]
    Listen {
        /// The port asked for.
        port: u16,
        /// The system's reason.
        source: io::Error,
    },
    /// The data folder cannot be used.
    #[error("cannot use the data folder: {0}")]
    Data(#[source] io::Error),
}

/// A running emulator; dropping it stops all three listeners and every connection.
#[derive(Debug)]
pub struct Emulator {
    info: Info,
    listeners: Vec<JoinHandle<()>>,
}

impl Emulator {
    /// Starts the three listeners on 127.0.0.1.
    ///
    /// # Errors
    /// A port is taken, or the data folder cannot be used.
    pub async fn start(config: Config) -> Result<Self, StartError> {
        let (connect_listener, connect_url) = bind(config.port).await?;
        let (s3_listener, s3_url) = bind(config.s3_port).await?;
        let (control_listener, control_url) = bind(config.control_port).await?;
        let info = Info::new(connect_url, s3_url, control_url);

        let folder = |name: &str| config.data.as_ref().map(|data| data.join(name));
        let bucket = Bucket::open(folder("objects")).map_err(StartError::Data)?;
        let files = Files::open(folder("files").as_deref()).map_err(StartError::Data)?;
        let world = Arc::new(World::new(info.clone(), bucket, files, config.settings));

        let control = control::router(Arc::clone(&world));
        let listeners = vec![
            tokio::spawn(link::serve(connect_listener, Arc::clone(&world), connect::serve)),
            tokio::spawn(link::serve(s3_listener, world, s3::serve)),
            tokio::spawn(async move {
                // axum's accept loop ends only when it is dropped.
                let _ = axum::serve(control_listener, control).await;
            }),
        ];
        Ok(Self { info, listeners })
    }

    /// Addresses and identities.
    #[must_use]
    pub fn info(&self) -> &Info {
        &self.info
    }
}

impl Drop for Emulator {
    fn drop(&mut self) {
        for listener in &self.listeners {
            listener.abort();
        }
    }
}

async fn bind(port: u16) -> Result<(tokio::net::TcpListener, String), StartError> {
    let bound = link::bind(port).await;
    bound.map_err(|source| StartError::Listen { port, source })
}
