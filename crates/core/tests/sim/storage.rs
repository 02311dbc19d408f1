//! A model of S3 and of the way there.

use connect_attached_files_core::event::Event;
use connect_attached_files_core::phase::Ticket;
use connect_attached_files_core::put::{PutEnd, SourceState};

use super::fate::latency;
use super::plan::Stubborn;
use super::world::{Broken, Happening, World};

/// How a PUT fares.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Fate {
    Good,
    /// The connection breaks in the middle.
    Reset,
    /// Bytes stop moving and nobody says so.
    Stalls,
    /// Stored, but no answer comes; perhaps nobody ever says so.
    AnswerLost,
    /// Every byte is sent and none was stored.
    HangsAfterBody,
    /// Blocked on the way: no answer at once.
    Blocked,
    /// Something on the way says yes in the middle of the body and keeps nothing.
    TakenFor200,
    /// The browser refuses to send it.
    Unsendable,
    /// S3 says no, before the body or after it.
    Refused(u16, &'static str),
    RefusedAfterBody(u16, &'static str),
}

/// A PUT under way.
#[derive(Clone, Debug)]
pub(crate) struct Transfer {
    url: String,
    size: u64,
    sent: u64,
    chunk: u64,
    pause_ms: u64,
    fate: Fate,
}

fn error(code: &str, message: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?><Error><Code>{code}</Code><Message>{message}</Message>\
         <RequestId>R1</RequestId></Error>"
    )
}

const EXPIRED: &str = "expired";
const EARLY: &str = "early";

fn body(kind: &str) -> String {
    match kind {
        EXPIRED => error("AccessDenied", "Request has expired"),
        EARLY => error("AccessDenied", "Request is not yet valid"),
        code => error(code, "No."),
    }
}

impl Transfer {
    pub(crate) fn new(url: &str, size: u64, world: &mut World<'_>) -> Self {
        let fate = draw(world);
        let rng = &mut world.rng;
        let steps = rng.between(1, 5);
        Self {
            url: url.to_owned(),
            size,
            sent: 0,
            chunk: size.div_ceil(steps),
            pause_ms: *rng.pick(&[1, 20, 300, 2_000, 9_000, 25_000]),
            fate,
        }
    }
}

fn draw(world: &mut World<'_>) -> Fate {
    if world.stubborn_on() {
        match world.plan.stubborn {
            Some(Stubborn::BucketSilent) => return Fate::Blocked,
            Some(Stubborn::BucketBusyAfterBody) => {
                return Fate::RefusedAfterBody(503, "SlowDown");
            }
            Some(Stubborn::UrlAlwaysExpired) => return Fate::Refused(403, EXPIRED),
            _ => {}
        }
    }
    if !world.faults_on || !world.rng.chance(world.plan.faults) {
        return Fate::Good;
    }
    match world.rng.between(0, 19) {
        0 | 1 => Fate::Reset,
        2 => Fate::Stalls,
        3 | 4 => Fate::AnswerLost,
        5 => Fate::HangsAfterBody,
        6 => Fate::Blocked,
        7 => Fate::Refused(403, EXPIRED),
        8 => Fate::Refused(403, EARLY),
        9 => Fate::RefusedAfterBody(400, "RequestTimeout"),
        10 => Fate::RefusedAfterBody(500, "InternalError"),
        11 => Fate::Refused(503, "SlowDown"),
        12 => Fate::Refused(403, "AccessDenied"),
        13 => Fate::TakenFor200,
        14 => Fate::RefusedAfterBody(400, "IncompleteBody"),
        15 => Fate::Refused(400, "ExpiredToken"),
        16 => Fate::Refused(404, "NoSuchBucket"),
        17 => Fate::Refused(429, "TooManyRequests"),
        18 if world.rng.chance(30) => Fate::Unsendable,
        _ => Fate::Refused(403, "SignatureDoesNotMatch"),
    }
}

impl World<'_> {
    /// Whether the fault that stays is still there.
    pub(crate) fn stubborn_on(&self) -> bool {
        !self.user.healed
    }

    pub(crate) fn put_arrives(&mut self, ticket: Ticket) {
        let Some(transfer) = self.transfers.get(&ticket).cloned() else { return };
        if !self.link_up || transfer.fate == Fate::Blocked {
            return self.put_lost(ticket);
        }
        let expired = self.connect.urls.get(&transfer.url).is_none_or(|u| self.t >= u.expires_at);
        match transfer.fate {
            _ if expired => self.put_refused(ticket, 403, EXPIRED),
            Fate::Refused(status, kind) => self.put_refused(ticket, status, kind),
            Fate::Unsendable => {
                let end = PutEnd::Unsendable;
                self.after(0, Happening::Deliver(Event::PutEnded { ticket, end }));
            }
            Fate::TakenFor200 if transfer.size % 2 == 1 => {
                self.put_answered(ticket, 200, String::new());
            }
            _ => self.after(transfer.pause_ms, Happening::PutMoves(ticket)),
        }
    }

    pub(crate) fn put_moves(&mut self, ticket: Ticket) -> Result<(), Broken> {
        let link_up = self.link_up;
        let Some(transfer) = self.transfers.get_mut(&ticket) else { return Ok(()) };
        if !link_up || transfer.fate == Fate::Reset && transfer.sent > 0 {
            self.put_lost(ticket);
            return Ok(());
        }
        if transfer.fate == Fate::Stalls && transfer.sent > 0 {
            return Ok(());
        }
        transfer.sent = (transfer.sent + transfer.chunk).min(transfer.size);
        let moved = transfer.clone();
        // A browser may repeat itself or report late; only more than before counts.
        let loaded = if self.rng.chance(5) { moved.sent / 2 } else { moved.sent };
        if self.open.contains_key(&ticket) || self.rng.chance(30) {
            self.after(0, Happening::Deliver(Event::PutProgress { ticket, loaded }));
        }
        if moved.fate == Fate::TakenFor200 {
            self.put_answered(ticket, 200, String::new());
            return Ok(());
        }
        if moved.sent < moved.size {
            self.after(moved.pause_ms, Happening::PutMoves(ticket));
            return Ok(());
        }
        match moved.fate {
            Fate::HangsAfterBody => {}
            Fate::RefusedAfterBody(status, kind) => self.put_refused(ticket, status, kind),
            fate => {
                if let Some(url) = self.connect.urls.get(&moved.url)
                    && let Some(record) = self.connect.records.get_mut(&url.file_id)
                {
                    record.stored = true;
                }
                if fate == Fate::AnswerLost || fate == Fate::Reset || fate == Fate::Stalls {
                    self.put_lost(ticket);
                } else {
                    self.put_answered(ticket, 200, String::new());
                }
            }
        }
        Ok(())
    }

    fn put_refused(&mut self, ticket: Ticket, status: u16, kind: &str) {
        if self.plan.refusals_readable {
            self.put_answered(ticket, status, body(kind));
        } else {
            self.put_lost(ticket);
        }
    }

    fn put_answered(&mut self, ticket: Ticket, status: u16, body: String) {
        let end = PutEnd::Answered { status, body };
        let pause = latency(self);
        self.after(pause, Happening::Deliver(Event::PutEnded { ticket, end }));
    }

    /// The page hears of a loss soon, or never.
    fn put_lost(&mut self, ticket: Ticket) {
        if self.rng.chance(70) {
            let end = PutEnd::NoAnswer { source: SourceState::Readable };
            let pause = latency(self);
            self.after(pause, Happening::Deliver(Event::PutEnded { ticket, end }));
        }
    }
}
