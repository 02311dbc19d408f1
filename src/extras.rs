//! The parts a widget can do without, as scripts of their own. The npm package fetches the same files when
//! they are first needed; an app built with Leptos gets them as snippets beside its bindings.

use js_sys::{Function, Object, Reflect};
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/src/extras/unfold.js")]
extern "C" {
    #[wasm_bindgen(thread_local_v2, js_name = unfold)]
    static UNFOLD: Function;
}

#[wasm_bindgen(module = "/src/extras/sniff.js")]
extern "C" {
    #[wasm_bindgen(thread_local_v2, js_name = sniff)]
    static SNIFF: Function;
}

#[wasm_bindgen(module = "/src/extras/thumbnail.js")]
extern "C" {
    #[wasm_bindgen(thread_local_v2, js_name = thumbnail)]
    static THUMBNAIL: Function;
}

#[wasm_bindgen(module = "/src/extras/preview.js")]
extern "C" {
    #[wasm_bindgen(thread_local_v2, js_name = preview)]
    static PREVIEW: Function;
}

/// All of them by name, as a widget expects them. Zips need a library that only the npm package brings.
pub(crate) fn extras() -> Object {
    let all = Object::new();
    for (name, function) in [
        ("unfold", UNFOLD.with(Clone::clone)),
        ("sniff", SNIFF.with(Clone::clone)),
        ("thumbnail", THUMBNAIL.with(Clone::clone)),
        ("preview", PREVIEW.with(Clone::clone)),
    ] {
        // Fails only for objects that are frozen.
        let _ = Reflect::set(&all, &name.into(), &function);
    }
    all
}
