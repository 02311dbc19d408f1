//! One polite live region: what changed, in whole sentences, never more than one at a time.

use std::cell::RefCell;
use std::rc::Rc;

use connect_attached_files_core::event::HostEvent;
use connect_attached_files_core::phase::PhaseName;
use connect_attached_files_core::text::Text;

use super::bind::Part;
use crate::edge::timer::Timeout;
use crate::model::ItemView;
use crate::runner::WidgetEvent;
use crate::strings::Words;
use crate::watched::Watched;

/// Sentences that come within this time are told together, in milliseconds.
const GATHER_MS: u64 = 750;
/// More files than this are summed up instead of named.
const NAMED_AT_MOST: usize = 3;

/// Gathers what happens and says it.
#[derive(Clone)]
pub(crate) struct Live {
    words: Words,
    text: Watched<String>,
    gathered: Rc<RefCell<Gathered>>,
}

#[derive(Default)]
struct Gathered {
    events: Vec<(HostEvent, ItemView)>,
    timer: Option<Timeout>,
}

impl Live {
    pub(crate) fn new(words: Words) -> Self {
        Self { words, text: Watched::new(String::new()), gathered: Rc::default() }
    }

    /// Takes note of an event worth telling.
    pub(crate) fn note(&self, event: &WidgetEvent) {
        let WidgetEvent::Item { event, item } = event else { return };
        let worth_telling = match event {
            HostEvent::FileAdded => item.phase != PhaseName::Invalid,
            HostEvent::FileInvalid
            | HostEvent::UploadComplete
            | HostEvent::UploadError
            | HostEvent::FileApproved
            | HostEvent::FileRejected
            | HostEvent::FileFailed
            | HostEvent::FileDeleted => true,
            HostEvent::UploadStart
            | HostEvent::UploadProgress
            | HostEvent::UploadStalled
            | HostEvent::UploadRetry
            | HostEvent::StatusChange(_) => false,
        };
        if !worth_telling {
            return;
        }
        let mut gathered = self.gathered.borrow_mut();
        gathered.events.push((*event, (**item).clone()));
        if gathered.timer.is_none() {
            let live = self.clone();
            gathered.timer = Timeout::new(GATHER_MS, move || live.say());
        }
    }

    /// What is spoken, for a word at once.
    pub(super) fn said(&self) -> Watched<String> {
        self.text.clone()
    }

    fn say(&self) {
        let Gathered { events, timer } = std::mem::take(&mut *self.gathered.borrow_mut());
        drop(timer);
        self.text.set(sentence(self.words, &events));
    }

    /// Brings the region to life. It is there, empty, from the first drawing on: a region that comes
    /// with its text is often not read.
    pub(super) fn speak(&self, panel: &Part) {
        let said = self.said();
        panel.find(".caf-live").saying(move || said.with(Clone::clone));
    }
}

fn sentence(words: Words, events: &[(HostEvent, ItemView)]) -> String {
    // Of each file, the last thing that happened is what counts.
    let mut latest: Vec<&(HostEvent, ItemView)> = Vec::new();
    for event in events {
        latest.retain(|(_, item)| item.id != event.1.id);
        latest.push(event);
    }
    if latest.len() <= NAMED_AT_MOST {
        let sentences: Vec<String> =
            latest.iter().map(|(event, item)| of_one(words, *event, item)).collect();
        return sentences.join(". ");
    }
    let count = latest.len().to_string();
    if latest.iter().all(|(event, _)| *event == HostEvent::FileAdded) {
        return words.fill(Text::LiveAdded, &[("count", &count)]);
    }
    let with = |wanted: &[HostEvent]| {
        latest.iter().filter(|(event, _)| wanted.contains(event)).count().to_string()
    };
    words.fill(
        Text::LiveMany,
        &[
            ("count", &count),
            ("ready", &with(&[HostEvent::FileApproved])),
            ("checking", &with(&[HostEvent::UploadComplete])),
            (
                "failing",
                &with(&[
                    HostEvent::FileInvalid,
                    HostEvent::UploadError,
                    HostEvent::FileRejected,
                    HostEvent::FileFailed,
                ]),
            ),
        ],
    )
}

fn of_one(words: Words, event: HostEvent, item: &ItemView) -> String {
    let reason = match (&item.failure, item.refusals.is_empty()) {
        (Some(failure), _) => words.failure(failure),
        (None, false) => words.refusals(&item.refusals, item.size),
        (None, true) => String::new(),
    };
    let text = match event {
        HostEvent::FileInvalid => Text::LiveRefused,
        HostEvent::UploadComplete => Text::LiveSent,
        HostEvent::UploadError => Text::LiveError,
        HostEvent::FileApproved => Text::LiveApproved,
        HostEvent::FileRejected => Text::LiveRejected,
        HostEvent::FileFailed => Text::LiveFailed,
        HostEvent::FileDeleted => Text::LiveDeleted,
        _ => Text::LiveAddedOne,
    };
    words.fill(text, &[("name", &item.name), ("reason", &reason)])
}
