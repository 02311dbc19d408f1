//! Files between the hand of a person and the engine: the host has its say, and thousands of them go in
//! by portions, so that the page stays alive.

use std::sync::Arc;

use connect_attached_files_core::event::Event;
use connect_attached_files_core::pick::FileFacts;
use connect_attached_files_core::resource::Resource;
use js_sys::Array;
use wasm_bindgen::JsCast;

use crate::edge::env::pause;
use crate::edge::files::{Picked, Source};
use crate::edge::task::spawn;
use crate::extras::Extra;
use crate::runner::Runner;

/// Files given to the engine at once. More of them would make one task of the page too long.
const PORTION: usize = 50;

impl Runner {
    /// Takes files in for a resource, whichever is shown by the time they go on. Without one there is
    /// nowhere to put them, which no control offers.
    pub(crate) fn take_in(
        &self,
        resource: Option<Arc<Resource>>,
        picked: Vec<Picked>,
        source: Source,
        tags: Vec<(String, String)>,
    ) {
        let Some(resource) = resource else { return };
        if !self.extras().has(Extra::BeforeAdd) {
            return self.hand_on(resource, picked, tags);
        }
        let files: Array = picked.iter().map(|picked| &picked.file).collect();
        let arguments = Array::of2(&files, &source.as_str().into());
        let said = self.extras().call(Extra::BeforeAdd, &arguments);
        let runner = self.clone();
        spawn(async move {
            let said: Option<Array> = said.await.and_then(|said| said.dyn_into().ok());
            let mut picked = picked;
            for (at, picked) in (0..).zip(&mut picked) {
                match said.as_ref().map(|said| said.get(at)) {
                    // A host that breaks has not agreed.
                    None => picked.refused = Some(String::new()),
                    Some(said) => {
                        picked.refused = said.as_string();
                        if let Ok(file) = said.dyn_into() {
                            picked.file = file;
                        }
                    }
                }
            }
            runner.hand_on(resource, picked, tags);
        });
    }

    fn hand_on(
        &self,
        resource: Arc<Resource>,
        mut picked: Vec<Picked>,
        tags: Vec<(String, String)>,
    ) {
        if self.is_disposed() || picked.is_empty() {
            return;
        }
        let rest = picked.split_off(picked.len().min(PORTION));
        let facts = picked.into_iter().map(|picked| self.admit(picked, &tags)).collect();
        self.dispatch(Event::Picked(Arc::clone(&resource), facts));
        let runner = self.clone();
        if !rest.is_empty() {
            spawn(async move {
                pause().await;
                runner.hand_on(resource, rest, tags);
            });
        }
    }

    /// Takes a file into custody, and begins to look into it.
    fn admit(&self, picked: Picked, tags: &[(String, String)]) -> FileFacts {
        let sniffed = self.extras().call(Extra::Sniff, &Array::of1(&picked.file));
        let facts = FileFacts { tags: tags.to_vec(), ..self.keep(picked) };
        let (runner, source) = (self.clone(), facts.source);
        spawn(async move {
            if let Some(found) = sniffed.await.and_then(|found| found.as_string()) {
                runner.dispatch(Event::Sniffed(source, found));
            }
        });
        facts
    }
}
