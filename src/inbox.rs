//! Files between the hand of a person and the engine: the host has its say, and thousands of them go in
//! by portions, so that the page stays alive.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::sync::Arc;

use connect_attached_files_core::event::Event;
use connect_attached_files_core::pick::FileFacts;
use connect_attached_files_core::resource::Resource;
use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;

use crate::edge::files::{Picked, Source};
use crate::edge::timer::Timeout;
use crate::extras::Extra;
use crate::runner::Runner;

/// Files given to the engine at once. More of them would make one task of the page too long.
const PORTION: usize = 50;

/// A file that waits, with the case it was meant for when it came.
struct Waiting {
    picked: Picked,
    source: Source,
    resource: Arc<Resource>,
    tags: Vec<(String, String)>,
}

/// The files that wait.
#[derive(Default)]
pub(crate) struct Inbox {
    waiting: RefCell<VecDeque<Waiting>>,
    timer: RefCell<Option<Timeout>>,
    is_asking: Cell<bool>,
}

impl Inbox {
    /// Forgets all of them.
    pub(crate) fn clear(&self) {
        self.waiting.borrow_mut().clear();
        self.timer.borrow_mut().take();
    }
}

impl Runner {
    /// Takes files in for a resource, whichever is shown by the time they go on. Without one there is
    /// nowhere to put them, which no control offers.
    pub(crate) fn take_in(
        &self,
        resource: Option<Arc<Resource>>,
        picked: Vec<Picked>,
        source: Source,
        tags: &[(String, String)],
    ) {
        let Some(resource) = resource else { return };
        let waiting = |picked| Waiting {
            picked,
            source,
            resource: Arc::clone(&resource),
            tags: tags.to_vec(),
        };
        self.inbox().waiting.borrow_mut().extend(picked.into_iter().map(waiting));
        self.hand_on();
    }

    fn hand_on(&self) {
        if self.extras().has(Extra::BeforeAdd) {
            return self.ask_host();
        }
        let portion = self.inbox().waiting.borrow().len().min(PORTION);
        let portion: Vec<Waiting> = self.inbox().waiting.borrow_mut().drain(..portion).collect();
        let mut portion = portion.into_iter().peekable();
        while let Some(first) = portion.next() {
            let resource = Arc::clone(&first.resource);
            let mut files = vec![self.admit(first, None)];
            while let Some(next) = portion.next_if(|next| next.resource == resource) {
                files.push(self.admit(next, None));
            }
            self.dispatch(Event::Picked(resource, files));
        }
        if !self.inbox().waiting.borrow().is_empty() {
            let runner = self.clone();
            *self.inbox().timer.borrow_mut() = Timeout::new(0, move || runner.hand_on());
        }
    }

    /// Asks the host about one file after the other.
    fn ask_host(&self) {
        if self.inbox().is_asking.replace(true) {
            return;
        }
        let runner = self.clone();
        spawn_local(async move {
            while let Some(mut next) = runner.next_waiting() {
                let arguments = Array::of2(&next.picked.file, &next.source.as_str().into());
                let said = runner.extras().call(Extra::BeforeAdd, &arguments).await;
                // A host that breaks has not agreed.
                let said = said.unwrap_or_else(|| JsValue::from_str(""));
                let refused = said.as_string();
                if let Ok(file) = said.dyn_into() {
                    next.picked.file = file;
                }
                let resource = Arc::clone(&next.resource);
                let facts = runner.admit(next, refused);
                runner.dispatch(Event::Picked(resource, vec![facts]));
            }
            runner.inbox().is_asking.set(false);
        });
    }

    fn next_waiting(&self) -> Option<Waiting> {
        self.inbox().waiting.borrow_mut().pop_front()
    }

    /// Takes a file into custody, and begins to look into it.
    fn admit(&self, waiting: Waiting, refused: Option<String>) -> FileFacts {
        let Waiting { picked, tags, .. } = waiting;
        let sniffed = self.extras().call(Extra::Sniff, &Array::of1(&picked.file));
        let facts = FileFacts { refused, tags, ..self.keep(picked) };
        let (runner, source) = (self.clone(), facts.source);
        spawn_local(async move {
            if let Some(found) = sniffed.await.and_then(|found| found.as_string()) {
                runner.dispatch(Event::Sniffed(source, found));
            }
        });
        facts
    }
}
