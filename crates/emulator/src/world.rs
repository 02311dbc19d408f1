//! What the three listeners share.

use std::sync::{Mutex, MutexGuard, PoisonError, RwLock};

use crate::clock::Clock;
use crate::faults::Faults;
use crate::files::Files;
use crate::info::Info;
use crate::link::LinkSwitch;
use crate::rate::Rates;
use crate::requests::Requests;
use crate::s3::bucket::Bucket;
use crate::settings::Settings;

/// Everything a running emulator knows.
pub(crate) struct World {
    pub(crate) info: Info,
    pub(crate) clock: Clock,
    pub(crate) faults: Faults,
    pub(crate) requests: Requests,
    pub(crate) rates: Rates,
    pub(crate) link: LinkSwitch,
    pub(crate) bucket: Bucket,
    files: Mutex<Files>,
    settings: RwLock<Settings>,
    first_settings: Settings,
    /// Held while Complete moves an object, so that two of them cannot move the same one.
    pub(crate) completing: tokio::sync::Mutex<()>,
}

impl World {
    pub(crate) fn new(info: Info, bucket: Bucket, files: Files, settings: Settings) -> Self {
        Self {
            info,
            clock: Clock::new(),
            faults: Faults::default(),
            requests: Requests::default(),
            rates: Rates::default(),
            link: LinkSwitch::new(),
            bucket,
            files: Mutex::new(files),
            settings: RwLock::new(settings.clone()),
            first_settings: settings,
            completing: tokio::sync::Mutex::new(()),
        }
    }

    pub(crate) fn files(&self) -> MutexGuard<'_, Files> {
        lock(&self.files)
    }

    /// The settings as they are now.
    pub(crate) fn settings(&self) -> Settings {
        self.settings.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(crate) fn set_settings(&self, settings: Settings) {
        *self.settings.write().unwrap_or_else(PoisonError::into_inner) = settings;
    }

    /// Back to how it was started; the listeners and their addresses stay.
    ///
    /// # Errors
    /// The disk's.
    pub(crate) async fn reset(&self) -> std::io::Result<()> {
        self.set_settings(self.first_settings.clone());
        self.faults.clear();
        self.requests.clear();
        self.rates.clear();
        self.link.set(true);
        self.clock.reset();
        self.files().clear()?;
        self.bucket.clear().await
    }
}

/// Locks even when a panicking holder poisoned it: the data is plain values, whole after every statement.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
