//! One polite live region: what changed, in whole sentences, never more than one at a time.

use std::cell::RefCell;
use std::rc::Rc;

use connect_attached_files_core::event::HostEvent;
use connect_attached_files_core::item::ItemId;
use connect_attached_files_core::phase::PhaseName;
use connect_attached_files_core::progress::Progress;
use connect_attached_files_core::table::Table;
use connect_attached_files_core::text::Text;

use super::context::Context;
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
    words: Rc<RefCell<Words>>,
    text: Watched<String>,
    gathered: Rc<RefCell<Gathered>>,
}

#[derive(Default)]
struct Gathered {
    events: Vec<(HostEvent, ItemView)>,
    timer: Option<Timeout>,
    /// How many quarters of each upload were told.
    quarters: Table<ItemId, u8>,
}

impl Live {
    /// Speaks `words`, as they are by then.
    pub(crate) fn new(words: Rc<RefCell<Words>>) -> Self {
        Self { words, text: Watched::new(String::new()), gathered: Rc::default() }
    }

    /// Takes note of an event worth telling.
    pub(crate) fn note(&self, event: &WidgetEvent) {
        let WidgetEvent::Item { event, item } = event else { return };
        let mut gathered = self.gathered.borrow_mut();
        let worth_telling = match event {
            HostEvent::FileAdded => item.phase != PhaseName::Invalid,
            HostEvent::UploadProgress => gathered.is_further(item),
            HostEvent::FileInvalid
            | HostEvent::UploadComplete
            | HostEvent::UploadError
            | HostEvent::FileApproved
            | HostEvent::FileRejected
            | HostEvent::FileFailed
            | HostEvent::FileDeleted => true,
            HostEvent::StatusChange(_) => item.may_restore,
            HostEvent::UploadStart | HostEvent::UploadStalled | HostEvent::UploadRetry => false,
        };
        if !worth_telling {
            return;
        }
        gathered.events.push((*event, (**item).clone()));
        if gathered.timer.is_none() {
            let live = self.clone();
            gathered.timer = Some(Timeout::new(GATHER_MS, move || live.say()));
        }
    }

    /// Says something at once.
    pub(super) fn say_now(&self, text: String) {
        self.text.set(text);
    }

    fn say(&self) {
        let mut gathered = self.gathered.borrow_mut();
        let (events, timer) = (std::mem::take(&mut gathered.events), gathered.timer.take());
        drop((gathered, timer));
        let text = sentence(&self.words.borrow(), &events);
        self.text.set(text);
    }

    /// Brings the region to life. It is there, empty, from the first drawing on: a region that comes
    /// with its text is often not read.
    pub(super) fn speak(&self, context: &Context) {
        let (said, region) = (self.text.clone(), context.panel.find(".caf-live"));
        context.each_time(move || said.with(|text| region.say(text)));
    }
}

impl Gathered {
    /// Whether an upload has passed another quarter.
    fn is_further(&mut self, item: &ItemView) -> bool {
        let quarter = item.progress.as_ref().map_or(0, |progress| progress.percent() / 25);
        let told = self.quarters.get(&item.id).copied().unwrap_or(0);
        if quarter != told {
            self.quarters.insert(item.id, quarter);
        }
        quarter > told
    }
}

fn sentence(words: &Words, events: &[(HostEvent, ItemView)]) -> String {
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
    let count = latest.len();
    if latest.iter().all(|(event, _)| *event == HostEvent::FileAdded) {
        return words.count(Text::LiveAdded, count);
    }
    let of = |wanted: &[HostEvent]| {
        let told = latest.iter().filter(|(event, _)| wanted.contains(event)).count();
        words.number(told)
    };
    let problems = [
        HostEvent::FileInvalid,
        HostEvent::UploadError,
        HostEvent::FileRejected,
        HostEvent::FileFailed,
    ];
    let places = [
        ("ready", of(&[HostEvent::FileApproved])),
        ("checking", of(&[HostEvent::UploadComplete])),
        ("failing", of(&problems)),
    ];
    words.count_with(
        Text::LiveMany,
        count,
        &places.each_ref().map(|(place, text)| (*place, text.as_str())),
    )
}

fn of_one(words: &Words, event: HostEvent, item: &ItemView) -> String {
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
        HostEvent::UploadProgress => Text::LiveProgress,
        HostEvent::StatusChange(_) => Text::LiveDeleteSoon,
        _ => Text::LiveAddedOne,
    };
    let percent = words.percent(item.progress.as_ref().map_or(0, Progress::percent));
    words.fill(text, &[("name", &item.name), ("reason", &reason), ("percent", &percent)])
}
