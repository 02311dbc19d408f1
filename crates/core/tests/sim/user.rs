//! People, the browser and the machine: what they do at random.

use std::collections::BTreeSet;

use connect_attached_files_core::event::Event;
use connect_attached_files_core::item::{Download, ItemId};
use connect_attached_files_core::leftover::Leftover;
use connect_attached_files_core::phase::Phase;
use connect_attached_files_core::pick::{FileFacts, SourceId};
use connect_attached_files_core::resource::Resource;

use super::label::source_tag;
use super::plan::MODES;
use super::world::{Broken, Happening, World};

#[derive(Debug, Default)]
pub(crate) struct User {
    pub(crate) left: u64,
    /// Files the runner keeps.
    pub(crate) held: BTreeSet<SourceId>,
    /// Files that changed on disk meanwhile.
    pub(crate) unreadable: BTreeSet<SourceId>,
    /// Whether the fault that stays was taken away.
    pub(crate) healed: bool,
    pub(crate) visible: bool,
    /// Whether the page ever went away.
    pub(crate) reloaded: bool,
    /// What earlier pages left behind on cases not shown since.
    pub(crate) left_behind: Vec<Leftover>,
    pub(crate) files: u64,
    /// Names and sizes of files picked before.
    pub(crate) picked: Vec<(String, u64)>,
}

/// Characters that Connect refuses in names.
pub(crate) const OFFENDERS: &str = "\u{202e}\u{7}";

/// Two cases and an email contact.
pub(crate) fn resource(which: u64) -> Resource {
    let arn = match which {
        0 => "arn:aws:cases:r:1:domain/d/case/c-1",
        1 => "arn:aws:cases:r:1:domain/d/case/c-12",
        _ => "arn:aws:connect:r:1:instance/i/contact/m",
    };
    Resource::new("i", arn).unwrap()
}

impl World<'_> {
    pub(crate) fn begin(&mut self) -> Result<(), Broken> {
        for n in 0..self.plan.stored_before {
            let arn = resource(0).arn;
            let name = format!("before-{n}.txt");
            self.connect.attach(self.t, &arn, &name, false, &mut self.rng);
        }
        self.user.left = self.plan.actions;
        self.user.visible = true;
        self.handle(Event::Resource(Some(resource(0))))?;
        self.after(1, Happening::Act);
        Ok(())
    }

    pub(crate) fn act(&mut self) -> Result<(), Broken> {
        if self.user.left == 0 {
            return Ok(());
        }
        self.user.left -= 1;
        let pause = self.rng.between(0, 2 * self.plan.active_ms / self.plan.actions);
        self.after(pause, Happening::Act);
        let event = match self.rng.between(0, 121) {
            0..=24 => self.files(),
            25..=32 => Event::Cancel(self.any_row()),
            33..=36 => match self.choose_again() {
                Some(event) => event,
                None => Event::Retry(self.any_row()),
            },
            37..=42 => Event::Retry(self.any_row()),
            43..=48 => Event::Pause(self.any_row()),
            49..=56 => Event::Resume(self.any_row()),
            57..=61 => Event::Remove(self.any_row()),
            62..=67 => Event::Delete(self.any_row()),
            68..=73 => Event::Download(self.any_row()),
            74..=78 => {
                let which = self.rng.between(0, 6);
                self.handle(Event::Resource((which < 6).then(|| resource(which % 3))))?;
                return self.take_up();
            }
            79..=82 => Event::Refresh,
            83..=86 => {
                self.user.visible = !self.user.visible;
                Event::Visible(self.user.visible)
            }
            87..=90 => {
                self.link_up = !self.link_up;
                // A browser is not always right about that.
                Event::Online(self.link_up || self.rng.chance(30))
            }
            91 => Event::Online(false),
            92 => Event::Concurrency(usize::try_from(self.rng.between(0, 5)).unwrap()),
            93 | 94 => {
                let ms = *self.rng.pick(&[20_000, 400_000, 3_600_000]);
                self.sleep(ms);
                return Ok(());
            }
            95 => {
                let by = *self.rng.pick(&[-86_400_000, -30_000, 30_000, 3_600_000]);
                self.set_wall(by);
                return Ok(());
            }
            96 if self.rng.chance(70) => return self.reload(),
            96 | 97 => {
                self.colleague();
                return Ok(());
            }
            98 | 99 => {
                self.unreadable();
                return Ok(());
            }
            _ => self.wish(),
        };
        self.handle(event)
    }

    fn wish(&mut self) -> Event {
        match self.rng.between(0, 21) {
            0..=4 => {
                let name = self.a_name();
                Event::Rename(self.any_row(), name, OFFENDERS.to_owned())
            }
            5..=8 => Event::Hand(self.any_row()),
            9..=12 => Event::DeleteSoon(self.any_row()),
            13..=15 => Event::Restore(self.deleting().unwrap_or(ItemId(0))),
            16 => Event::ManualStart(self.rng.chance(50)),
            17 => Event::Duplicates(*self.rng.pick(&MODES)),
            18 => {
                let cap = self.plan.host_max_bytes.filter(|_| self.rng.chance(50));
                Event::MaxTotalBytes(cap)
            }
            19 => {
                let id = self.any_row();
                let source = self.session.item(id).and_then(|item| item.source);
                Event::Sniffed(source.unwrap_or(SourceId(0)), "pdf".to_owned())
            }
            _ => Event::Many(self.session.items().map(|item| Event::Resume(item.id)).collect()),
        }
    }

    /// A row whose delete may still be called off.
    fn deleting(&mut self) -> Option<ItemId> {
        let rows: Vec<ItemId> = self
            .session
            .items()
            .filter(|item| matches!(item.phase, Phase::Deleting(_)))
            .map(|item| item.id)
            .collect();
        (!rows.is_empty()).then(|| *self.rng.pick(&rows))
    }

    fn a_name(&mut self) -> String {
        let n = self.user.files;
        match self.rng.between(0, 9) {
            0 => "..\\..\\up.txt. ".to_owned(),
            1 => format!("\u{202e}turned{n}\u{7}.txt"),
            2 => format!("{}.log", "long".repeat(80)),
            3 => "\u{7}".to_owned(),
            4 => format!("refused{n}.csv"),
            5..=7 if !self.user.picked.is_empty() => self.rng.pick(&self.user.picked).0.clone(),
            _ => format!("renamed{n}.txt"),
        }
    }

    /// A request went out: perhaps somebody clicks before its answer comes, or just after it.
    pub(crate) fn tempt(&mut self) {
        if self.user.left > 0 && self.rng.chance(self.plan.temptation) {
            let soon = self.rng.between(0, 800);
            self.after(soon, Happening::Pounce);
        }
    }

    /// The worst moment for a click: on a row that is in the middle of something.
    pub(crate) fn pounce(&mut self) -> Result<(), Broken> {
        let busy: Vec<ItemId> = self
            .session
            .items()
            .filter(|item| item.phase.is_busy() || item.download != Download::Idle)
            .map(|item| item.id)
            .collect();
        if self.user.left == 0 || busy.is_empty() {
            return Ok(());
        }
        let id = *self.rng.pick(&busy);
        let event = match self.rng.between(0, 14) {
            0..=4 => Event::Cancel(id),
            5 => Event::Delete(id),
            6 => Event::Pause(id),
            7 => Event::Resume(id),
            8 => Event::Retry(id),
            9 => Event::Remove(id),
            10 => Event::Refresh,
            11 => Event::Hand(id),
            12 => Event::DeleteSoon(id),
            13 => Event::Restore(id),
            _ => Event::Concurrency(1),
        };
        self.handle(event)
    }

    fn any_row(&mut self) -> ItemId {
        let rows: Vec<ItemId> = self.session.items().map(|item| item.id).collect();
        if rows.is_empty() { ItemId(0) } else { *self.rng.pick(&rows) }
    }

    fn files(&mut self) -> Event {
        // Nobody can pick where there is no case.
        let Some(resource) = self.session.resource().cloned() else { return Event::Tick };
        let how_many = self.rng.between(1, 5);
        let files = (0..how_many)
            .map(|_| {
                self.user.files += 1;
                let n = self.user.files;
                self.user.held.insert(SourceId(n));
                let is_odd = self.rng.chance(5);
                let odd = self.a_name();
                let rng = &mut self.rng;
                let kind = *rng.pick(&["txt", "txt", "txt", "log", "csv", "zip"]);
                // Some files carry the name of one that was there before.
                let name = if rng.chance(5) { format!("before-{n}") } else { format!("f{n}") };
                let size = *rng.pick(&[0, 1, 9_000, 300_000, 300_000, 2 << 20, 30 << 20]);
                let (name, size) = match self.user.picked.as_slice() {
                    _ if is_odd => (odd, size),
                    [_, ..] if rng.chance(10) => rng.pick(&self.user.picked).clone(),
                    _ => (format!("{name}.{kind}"), size),
                };
                self.user.picked.push((name.clone(), size));
                FileFacts {
                    source: SourceId(n),
                    name,
                    size,
                    name_offenders: OFFENDERS.to_owned(),
                    is_folder: rng.chance(3),
                    refused: rng.chance(3).then(|| "No.".to_owned()),
                    tags: source_tag(SourceId(n)),
                }
            })
            .collect();
        Event::Picked(resource, files)
    }

    /// Someone else attaches a file to the first case, or deletes one of it.
    fn colleague(&mut self) {
        let theirs: Vec<String> = self
            .connect
            .records
            .iter()
            .filter(|(_, record)| record.completed_at.is_some() && record.arn == resource(0).arn)
            .map(|(id, _)| id.clone())
            .collect();
        if theirs.is_empty() || self.rng.chance(50) {
            let arn = resource(0).arn;
            self.connect.attach(self.t, &arn, "theirs.txt", false, &mut self.rng);
        } else {
            let id = self.rng.pick(&theirs).clone();
            self.connect.remove(&id);
        }
    }

    /// A file on disk changes.
    fn unreadable(&mut self) {
        if !self.user.held.is_empty() {
            let held: Vec<SourceId> = self.user.held.iter().copied().collect();
            self.user.unreadable.insert(*self.rng.pick(&held));
        }
    }
}
