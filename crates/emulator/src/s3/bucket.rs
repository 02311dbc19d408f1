//! The bucket: `s3s` over `s3s-fs` in a folder, and the few moves Connect makes in it on its own.

use std::io::{self, Read};
use std::path::{Path, PathBuf};

use http::{HeaderMap, Method, Request};
use memchr::memmem;
use s3s::access::{S3Access, S3AccessContext};
use s3s::auth::SimpleAuth;
use s3s::service::{S3Service, S3ServiceBuilder};
use s3s::{HttpError, HttpRequest, HttpResponse, S3Result, s3_error};
use sha2::{Digest, Sha256};
use tempfile::TempDir;

use crate::info::{ACCESS_KEY_ID, BUCKET, SECRET_ACCESS_KEY};

/// Bytes looked through at a time.
const PIECE: u64 = 256 * 1024;

/// Where uploads arrive.
pub(crate) const STAGING: &str = "connect/emulated/staging/";
/// Where completed files live.
pub(crate) const FINAL: &str = "connect/emulated/attachments/";

/// Marks a request whose pre-signed URL the layer before `s3s` has verified.
#[derive(Clone, Copy)]
pub(crate) struct Verified;

struct OwnerOrVerified;

#[async_trait::async_trait]
impl S3Access for OwnerOrVerified {
    async fn check(&self, cx: &mut S3AccessContext<'_>) -> S3Result<()> {
        if cx.credentials().is_some() || cx.extensions_mut().get::<Verified>().is_some() {
            Ok(())
        } else {
            Err(s3_error!(AccessDenied, "Access Denied"))
        }
    }
}

/// An object as the control API shows it.
pub(crate) struct Object {
    pub(crate) key: String,
    pub(crate) size: u64,
    /// In hex.
    pub(crate) sha256: String,
    pub(crate) headers: HeaderMap,
}

/// The one bucket.
pub(crate) struct Bucket {
    root: PathBuf,
    service: S3Service,
    /// Removes the folder at the end when it was a temporary one.
    _temporary: Option<TempDir>,
}

impl Bucket {
    /// Opens the bucket in `folder`, or in a temporary one.
    ///
    /// # Errors
    /// The disk's.
    pub(crate) fn open(folder: Option<PathBuf>) -> io::Result<Self> {
        let (root, temporary) = match folder {
            Some(folder) => (folder, None),
            None => {
                let temporary = tempfile::Builder::new().prefix("attached-files-").tempdir()?;
                (temporary.path().to_owned(), Some(temporary))
            }
        };
        std::fs::create_dir_all(root.join(BUCKET))?;
        let store =
            s3s_fs::FileSystem::new(&root).map_err(|e| io::Error::other(format!("{e:?}")))?;
        let mut builder = S3ServiceBuilder::new(store);
        builder.set_auth(SimpleAuth::from_single(ACCESS_KEY_ID, SECRET_ACCESS_KEY));
        builder.set_access(OwnerOrVerified);
        Ok(Self { root, service: builder.build(), _temporary: temporary })
    }

    /// Hands a request to `s3s`.
    ///
    /// # Errors
    /// What `s3s` could not even put into an answer.
    pub(crate) async fn call(&self, request: HttpRequest) -> Result<HttpResponse, HttpError> {
        self.service.call(request).await
    }

    /// Size of an object; `None` when there is none.
    pub(crate) async fn size(&self, key: &str) -> Option<u64> {
        let found = tokio::fs::metadata(self.path(key)).await.ok()?;
        found.is_file().then_some(found.len())
    }

    /// Whether an object's content holds `needle`, which must not be empty.
    ///
    /// # Errors
    /// There is no such object, or the disk's.
    pub(crate) async fn contains(&self, key: &str, needle: &'static [u8]) -> io::Result<bool> {
        let path = self.path(key);
        let found = tokio::task::spawn_blocking(move || search(&path, needle));
        found.await.map_err(io::Error::other)?
    }

    /// Copies an object with its headers to another key and removes the first.
    ///
    /// # Errors
    /// There is none, or the disk's.
    pub(crate) async fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        let copy = Request::builder()
            .method(Method::PUT)
            .uri(format!("/{BUCKET}/{to}"))
            .header("x-amz-copy-source", format!("/{BUCKET}/{from}"));
        self.own(copy).await?;
        self.delete(from).await
    }

    /// Removes an object; fine when there is none.
    ///
    /// # Errors
    /// The disk's.
    pub(crate) async fn delete(&self, key: &str) -> io::Result<()> {
        let delete = Request::builder().method(Method::DELETE).uri(format!("/{BUCKET}/{key}"));
        self.own(delete).await.map(drop)
    }

    /// All objects under a prefix, by key.
    ///
    /// # Errors
    /// The disk's.
    pub(crate) async fn list(&self, prefix: &str) -> io::Result<Vec<Object>> {
        let base = self.root.join(BUCKET);
        let mut keys = Vec::new();
        let mut folders = vec![self.path(prefix)];
        while let Some(folder) = folders.pop() {
            let mut entries = match tokio::fs::read_dir(&folder).await {
                Ok(entries) => entries,
                Err(e) if e.kind() == io::ErrorKind::NotFound => continue,
                Err(e) => return Err(e),
            };
            while let Some(entry) = entries.next_entry().await? {
                if entry.file_type().await?.is_dir() {
                    folders.push(entry.path());
                } else if let Ok(key) = entry.path().strip_prefix(&base) {
                    keys.push(key.to_string_lossy().into_owned());
                }
            }
        }
        keys.sort();
        let mut objects = Vec::new();
        for key in keys {
            let head = Request::builder().method(Method::HEAD).uri(format!("/{BUCKET}/{key}"));
            let headers = self.own(head).await?.headers().clone();
            let (size, sha256) = self.digest(&key).await?;
            objects.push(Object { key, size, sha256, headers });
        }
        Ok(objects)
    }

    /// Removes every object.
    ///
    /// # Errors
    /// The disk's.
    pub(crate) async fn clear(&self) -> io::Result<()> {
        let mut entries = tokio::fs::read_dir(&self.root).await?;
        while let Some(entry) = entries.next_entry().await? {
            let removed = match entry.file_type().await {
                Ok(kind) if kind.is_dir() => tokio::fs::remove_dir_all(entry.path()).await,
                Ok(_) => tokio::fs::remove_file(entry.path()).await,
                Err(error) => Err(error),
            };
            // An upload that is being torn down takes its own file away.
            match removed {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        tokio::fs::create_dir_all(self.root.join(BUCKET)).await
    }

    /// Size and hash, without holding the whole object.
    async fn digest(&self, key: &str) -> io::Result<(u64, String)> {
        let path = self.path(key);
        let digest = tokio::task::spawn_blocking(move || {
            let mut hash = Sha256::new();
            let size = io::copy(&mut std::fs::File::open(path)?, &mut hash)?;
            io::Result::Ok((size, hex::encode(hash.finalize())))
        });
        digest.await.map_err(io::Error::other)?
    }

    async fn own(&self, request: http::request::Builder) -> io::Result<HttpResponse> {
        let request =
            request.extension(Verified).body(s3s::Body::empty()).map_err(io::Error::other)?;
        let answer = self.call(request).await.map_err(|e| io::Error::other(format!("{e:?}")))?;
        if answer.status().is_success() {
            Ok(answer)
        } else {
            Err(io::Error::other(format!("bucket: {}", answer.status())))
        }
    }

    fn path(&self, key: &str) -> PathBuf {
        self.root.join(BUCKET).join(key)
    }
}

/// Reads in pieces, each joined to the end of the one before, so that a needle across two of them is found.
fn search(path: &Path, needle: &[u8]) -> io::Result<bool> {
    let mut file = std::fs::File::open(path)?;
    let mut window = Vec::new();
    loop {
        let kept = window.len().min(needle.len() - 1);
        window.drain(..window.len() - kept);
        if file.by_ref().take(PIECE).read_to_end(&mut window)? == 0 {
            return Ok(false);
        }
        if memmem::find(&window, needle).is_some() {
            return Ok(true);
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests may panic")]

    use super::*;

    #[test]
    fn a_needle_is_found_wherever_it_lies() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("hay");
        let piece = usize::try_from(PIECE).unwrap();
        for before in [0, 1, piece - 3, piece - 1, piece, 2 * piece - 2] {
            let hay = [vec![b'.'; before], b"needle".to_vec(), vec![b'.'; 10]].concat();
            std::fs::write(&path, hay).unwrap();
            assert!(search(&path, b"needle").unwrap(), "{before}");
            assert!(!search(&path, b"nettle").unwrap(), "{before}");
        }
    }
}
