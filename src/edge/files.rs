//! The files the widget was given. They stay where they are; the engine knows them by number.

use connect_attached_files_core::pick::{FileFacts, SourceId};
use connect_attached_files_core::table::Table;
use js_sys::{Array, Reflect};
use wasm_bindgen::JsCast;
use web_sys::{File, FileList};

/// Something picked: a file, or what a browser hands over for a folder.
#[derive(Clone)]
pub(crate) struct Picked {
    pub(crate) file: File,
    pub(crate) is_folder: bool,
    /// Why the host does not want it.
    pub(crate) refused: Option<String>,
}

/// How files came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// The file dialog.
    Picker,
    /// Dropped.
    Drop,
    /// Pasted.
    Paste,
    /// Handed in by the host.
    Api,
}

impl Source {
    /// Its name in the public API.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Picker => "picker",
            Self::Drop => "drop",
            Self::Paste => "paste",
            Self::Api => "api",
        }
    }
}

impl Picked {
    /// A file.
    pub(crate) fn file(file: File) -> Self {
        Self { file, is_folder: false, refused: None }
    }

    /// The files of a picker, without what operating systems leave in folders.
    pub(crate) fn list(files: &FileList) -> Vec<Self> {
        let files = (0..files.length()).filter_map(|at| files.get(at));
        files.filter(|file| !is_junk(file)).map(Self::file).collect()
    }

    /// The files of a list; those among `folders` too are what a browser hands over for a folder.
    pub(crate) fn array(files: &Array, folders: &Array) -> Vec<Self> {
        let files = files.iter().filter_map(|file| file.dyn_into::<File>().ok());
        let is_folder = |file: &File| folders.includes(file, 0);
        files.map(|file| Self { is_folder: is_folder(&file), ..Self::file(file) }).collect()
    }
}

/// Whether a file is one that a system wrote into a folder that someone chose.
fn is_junk(file: &File) -> bool {
    let name = file.name();
    let is_system = matches!(name.as_str(), ".DS_Store" | "Thumbs.db" | "desktop.ini");
    (is_system || name.starts_with("._"))
        && Reflect::get(file, &"webkitRelativePath".into()).is_ok_and(|path| path.is_truthy())
}

/// The files in custody.
#[derive(Default)]
pub(crate) struct FileStore {
    files: Table<SourceId, File>,
    last: u64,
}

impl FileStore {
    /// Takes a file into custody and tells what the engine must know of it.
    pub(crate) fn admit(&mut self, picked: Picked) -> FileFacts {
        let Picked { file, is_folder, refused } = picked;
        self.last += 1;
        let source = SourceId(self.last);
        let name = file.name();
        let name_offenders = offenders(&name);
        let size = size(&file);
        self.files.insert(source, file);
        FileFacts { source, name, size, name_offenders, is_folder, refused, tags: Vec::new() }
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
pub(crate) fn offenders(name: &str) -> String {
    let pattern = js_sys::RegExp::new(r"\p{C}", "gu");
    let found = js_sys::JsString::from(name).match_(&pattern);
    found.map_or_else(String::new, |list| {
        js_sys::Array::from(&list).iter().filter_map(|character| character.as_string()).collect()
    })
}
