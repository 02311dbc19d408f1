//! The files the widget was given. They stay where they are; the engine knows them by number.

use connect_attached_files_core::pick::{FileFacts, SourceId};
use connect_attached_files_core::put::SourceState;
use connect_attached_files_core::table::Table;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{DataTransfer, File, FileList};

/// Something picked: a file, or what a browser hands over for a folder.
pub(crate) struct Picked {
    pub(crate) file: File,
    pub(crate) is_folder: bool,
}

impl Picked {
    /// A file handed in by the host.
    pub(crate) fn file(file: File) -> Self {
        Self { file, is_folder: false }
    }

    /// The files of a picker.
    pub(crate) fn list(files: &FileList) -> Vec<Self> {
        (0..files.length()).filter_map(|at| files.get(at)).map(Self::file).collect()
    }

    /// What was dropped. Must be called inside the drop event: afterwards the data is gone.
    pub(crate) fn dropped(data: &DataTransfer) -> Vec<Self> {
        let items = data.items();
        let mut picked = Vec::new();
        for at in 0..items.length() {
            let Some(item) = items.get(at).filter(|item| item.kind() == "file") else { continue };
            let is_folder =
                item.webkit_get_as_entry().ok().flatten().is_some_and(|entry| entry.is_directory());
            if let Ok(Some(file)) = item.get_as_file() {
                picked.push(Self { file, is_folder });
            }
        }
        picked
    }
}

/// The files in custody.
#[derive(Default)]
pub(crate) struct FileStore {
    files: Table<SourceId, File>,
    last: u64,
}

impl FileStore {
    /// Takes files into custody and tells what the engine must know of them.
    pub(crate) fn admit(&mut self, picked: Vec<Picked>) -> Vec<FileFacts> {
        picked
            .into_iter()
            .map(|Picked { file, is_folder }| {
                self.last += 1;
                let source = SourceId(self.last);
                let name = file.name();
                let name_offenders = offenders(&name);
                let size = size(&file);
                self.files.insert(source, file);
                let (refused, tags) = (None, Vec::new());
                FileFacts { source, name, size, name_offenders, is_folder, refused, tags }
            })
            .collect()
    }

    /// A file in custody.
    pub(crate) fn get(&self, source: SourceId) -> Option<File> {
        self.files.get(&source).cloned()
    }

    /// Lets go of a file.
    pub(crate) fn release(&mut self, source: SourceId) {
        self.files.remove(&source);
    }
}

/// Size in bytes. A browser gives it as a float, always a whole number below 2^53.
pub(crate) fn size(file: &File) -> u64 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a size is a whole number below 2^53"
    )]
    let size = file.size() as u64;
    size
}

/// The characters of a name that Connect's pattern `^\P{C}*$` refuses. The browser's own Unicode
/// tables answer, so the widget carries none.
fn offenders(name: &str) -> String {
    let pattern = js_sys::RegExp::new(r"\p{C}", "gu");
    let found = js_sys::JsString::from(name).match_(&pattern);
    found.map_or_else(String::new, |list| {
        js_sys::Array::from(&list).iter().filter_map(|character| character.as_string()).collect()
    })
}

/// Reads one byte of a file, to tell a file that changed or vanished from a network fault. Both look
/// the same to XMLHttpRequest.
pub(crate) async fn probe(file: &File, picked_size: u64) -> SourceState {
    let readable = async {
        if size(file) != picked_size {
            return None;
        }
        let byte = file.slice_with_i32_and_i32(0, 1).ok()?;
        JsFuture::from(byte.array_buffer()).await.ok()?.dyn_into::<js_sys::ArrayBuffer>().ok()
    };
    match readable.await {
        Some(buffer) if buffer.byte_length() == 1 => SourceState::Readable,
        _ => SourceState::Unreadable,
    }
}
