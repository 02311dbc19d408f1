//! What the widget offers beside its main job, made by functions of the page: fetched only when used in
//! the npm package, part of the app in the Leptos component.

use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// One of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extra {
    /// `(entries, files) → { files, folders }`: what dropped folders hold.
    Unfold,
    /// `(file) → extension | null`: what a file's content is, when its name says something else.
    Sniff,
    /// `(file, canvas) → boolean`: draws a small picture of a local image.
    Thumbnail,
    /// `(root, name, fetch, labels)`: shows a file in a dialog.
    Preview,
    /// `(names, fetch, labels)`: saves files together as a zip.
    Archive,
    /// `(file, source) → File | string | null`: the host's say before a file is added.
    BeforeAdd,
    /// `(arn) → name | null`: who a user is.
    ResolveUser,
    /// `(row, name, label) → name | null`: a text field in place of a row's name.
    Rename,
    /// `() → claim | undefined`: a claim to records of uploads under way, see `leftovers.js`.
    Claim,
    /// `(text) → boolean`: puts text on the clipboard.
    Copy,
    /// `(blob) → hexadecimal | null | undefined`: the SHA-256 of a file; null when it cannot be read,
    /// undefined where the page cannot make checksums.
    Sha256,
}

impl Extra {
    fn name(self) -> &'static str {
        match self {
            Self::Unfold => "unfold",
            Self::Sniff => "sniff",
            Self::Thumbnail => "thumbnail",
            Self::Preview => "preview",
            Self::Archive => "archive",
            Self::BeforeAdd => "beforeAdd",
            Self::ResolveUser => "resolveUser",
            Self::Rename => "rename",
            Self::Claim => "claim",
            Self::Copy => "copy",
            Self::Sha256 => "sha256",
        }
    }
}

/// The functions at hand. What is missing is not offered.
#[derive(Clone)]
pub struct Extras(JsValue);

/// Those of this crate: all that need no library and no host. Without the feature `extras` there are none.
impl Default for Extras {
    fn default() -> Self {
        #[cfg(feature = "extras")]
        let functions = own::functions();
        #[cfg(not(feature = "extras"))]
        let functions = JsValue::UNDEFINED;
        Self(functions)
    }
}

/// The same scripts that the npm package fetches when they are used, here as part of the app.
#[cfg(feature = "extras")]
mod own {
    use js_sys::{Object, Reflect};
    use wasm_bindgen::prelude::*;

    use super::Extra;

    macro_rules! scripts {
        ($($extra:ident $function:ident $path:literal $name:literal;)*) => {
            $(
                #[wasm_bindgen(module = $path)]
                extern "C" {
                    #[wasm_bindgen(thread_local_v2, js_name = $name)]
                    static $function: JsValue;
                }
            )*

            pub(super) fn functions() -> JsValue {
                let functions = Object::new();
                $(
                    let name = Extra::$extra.name().into();
                    // Fails for no plain object.
                    let _ = $function.with(|function| Reflect::set(&functions, &name, function));
                )*
                functions.into()
            }
        };
    }

    scripts! {
        Unfold UNFOLD "/src/extras/unfold.js" "unfold";
        Sniff SNIFF "/src/extras/sniff.js" "sniff";
        Thumbnail THUMBNAIL "/src/extras/thumbnail.js" "thumbnail";
        Preview PREVIEW "/src/extras/preview.js" "preview";
        Rename RENAME "/src/extras/rename.js" "rename";
        Claim CLAIM "/src/extras/leftovers.js" "claim";
        Copy COPY "/src/extras/copy.js" "copy";
        Sha256 SHA256 "/src/extras/sha256.js" "sha256";
    }
}

impl Extras {
    /// Members of a plain object, by the names of [`Extra`]. They are looked up at each use.
    #[must_use]
    pub fn new(functions: JsValue) -> Self {
        Self(functions)
    }

    fn function(&self, extra: Extra) -> Option<Function> {
        Reflect::get(&self.0, &extra.name().into()).ok()?.dyn_into().ok()
    }

    pub(crate) fn has(&self, extra: Extra) -> bool {
        self.function(extra).is_some()
    }

    /// Calls one of them at once; answers with what it promises, or `None` when it is missing or breaks.
    pub(crate) fn call(
        &self,
        extra: Extra,
        arguments: &Array,
    ) -> impl Future<Output = Option<JsValue>> + use<> {
        let function = self.function(extra);
        let returned = function.and_then(|call| call.apply(&JsValue::NULL, arguments).ok());
        async move { JsFuture::from(Promise::resolve(&returned?)).await.ok() }
    }
}
