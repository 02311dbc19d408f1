//! The page goes away, by a crash or a reload, and another one takes up what it left behind.

use connect_attached_files_core::event::Event;
use connect_attached_files_core::item::ItemId;
use connect_attached_files_core::leftover::{Leftover, Trace};
use connect_attached_files_core::phase::Phase;
use connect_attached_files_core::pick::{FileFacts, SourceId};
use connect_attached_files_core::session::Session;

use super::fate;
use super::label::source_tag;
use super::ledger::Ledger;
use super::world::{Broken, Happening, World};

impl World<'_> {
    /// A new page on the same case. What the old one had under way may still arrive at the services.
    pub(crate) fn reload(&mut self) -> Result<(), Broken> {
        let resource = self.session.resource().map(|resource| (**resource).clone());
        let kept: Vec<Leftover> = self
            .session
            .items()
            .filter(|item| item.trace() != Trace::None)
            .map(|item| item.leftover())
            .collect();
        self.user.left_behind.extend(kept);
        self.user.reloaded = true;
        self.note(|w| format!("{} -- reload, left behind: {:?}", w.t, w.user.left_behind));
        let seed = [self.rng.roll(), self.rng.roll()];
        self.session = Session::new(self.plan.config(), seed);
        let old = std::mem::replace(&mut self.ledger, Ledger::new(&self.plan));
        self.ledger.take_over(old);
        self.open.clear();
        self.transfers.clear();
        for (_, happening) in std::mem::take(&mut self.queue) {
            match happening {
                // What has left the machine may still take effect; nobody hears of it.
                Happening::Arrives { resource, call, asked, fate, .. } if self.rng.chance(60) => {
                    let _ = fate::serve(self, &resource, &call, asked, &fate);
                }
                Happening::Act => self.after(1_000, Happening::Act),
                _ => {}
            }
        }
        self.user.held.clear();
        self.user.unreadable.clear();
        self.handle(Event::Online(self.link_up))?;
        self.handle(Event::Visible(self.user.visible))?;
        self.handle(Event::Resource(resource))?;
        self.take_up()
    }

    /// Hands over what was left behind on the case that is shown, as the keeper of it does.
    pub(crate) fn take_up(&mut self) -> Result<(), Broken> {
        let Some(resource) = self.session.resource().cloned() else { return Ok(()) };
        let (mine, others): (Vec<Leftover>, Vec<Leftover>) =
            self.user.left_behind.drain(..).partition(|left| left.resource == *resource);
        self.user.left_behind = others;
        if mine.is_empty() { Ok(()) } else { self.handle(Event::LeftBehind(mine)) }
    }

    /// The user chooses a file in place of one that cannot go on by itself.
    pub(crate) fn choose_again(&mut self) -> Option<Event> {
        let rows: Vec<(ItemId, u64)> = self
            .session
            .items()
            .filter(|item| item.is_local && matches!(item.phase, Phase::Error(_)))
            .map(|item| (item.id, item.size))
            .collect();
        if rows.is_empty() {
            return None;
        }
        let (id, size) = *self.rng.pick(&rows);
        self.user.files += 1;
        let source = SourceId(self.user.files);
        self.user.held.insert(source);
        let facts = FileFacts {
            source,
            name: format!("again{}.txt", source.0),
            size,
            name_offenders: String::new(),
            is_folder: false,
            refused: None,
            tags: source_tag(source),
        };
        Some(Event::Replace(id, facts))
    }
}
