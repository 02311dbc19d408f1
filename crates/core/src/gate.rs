//! One gate per operation. Connect throttles an account, not a file, so a 429 holds back every call
//! of that operation instead of starting a backoff per file.

use crate::call::Operation;
use crate::clock::{Due, Now};
use crate::dice::Dice;
use crate::wake::Wake;

/// Pace after the first 429: the documented 2 requests a second.
const FIRST_SPACING_MS: u64 = 500;
/// Slowest pace.
const MAX_SPACING_MS: u64 = 16_000;
/// Below this pace the gate stands open again.
const OPEN_BELOW_MS: u64 = 100;

/// How a call came through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pass {
    /// The gate stood open.
    Free,
    /// The one call at a time that tries out a closed gate. Only its end moves the gate: calls sent
    /// before it closed tell nothing about the pace since.
    Probe,
}

/// State of one operation's gate.
#[derive(Clone, Copy, Debug, Default)]
struct Gate {
    /// Nothing passes before this.
    not_before: Option<Due>,
    /// Pause between two calls; 0 is an open gate.
    spacing_ms: u64,
    /// Whether a probe is still unanswered.
    probing: bool,
}

/// The gates of all operations.
#[derive(Clone, Debug, Default)]
pub(crate) struct Gates([Gate; Operation::COUNT]);

impl Gates {
    fn gate(&mut self, operation: Operation) -> &mut Gate {
        let [start, complete, batch, get, delete, describe, search] = &mut self.0;
        match operation {
            Operation::Start => start,
            Operation::Complete => complete,
            Operation::Batch => batch,
            Operation::Get => get,
            Operation::Delete => delete,
            Operation::Describe => describe,
            Operation::Search => search,
        }
    }

    /// Takes a place if the gate lets a call pass now.
    pub(crate) fn pass(&mut self, operation: Operation, now: Now) -> Option<Pass> {
        let gate = self.gate(operation);
        if gate.spacing_ms == 0 {
            return Some(Pass::Free);
        }
        if gate.probing || gate.not_before.is_some_and(|due| !due.is_past(now)) {
            return None;
        }
        gate.probing = true;
        gate.not_before = Some(Due::after(now, gate.spacing_ms));
        Some(Pass::Probe)
    }

    /// A 429 came: nobody passes before a jittered pause, and slower if the pace was tried and found
    /// too quick. `Retry-After` wins.
    pub(crate) fn throttled(
        &mut self,
        operation: Operation,
        pass: Pass,
        now: Now,
        retry_after_ms: Option<u64>,
        dice: &mut Dice,
    ) {
        let gate = self.gate(operation);
        if pass == Pass::Probe || gate.spacing_ms == 0 {
            gate.spacing_ms = (gate.spacing_ms * 2).clamp(FIRST_SPACING_MS, MAX_SPACING_MS);
            gate.probing = false;
        }
        let pause =
            retry_after_ms.unwrap_or_else(|| gate.spacing_ms / 2 + dice.up_to(gate.spacing_ms));
        gate.not_before = Some(Due::after(now, pause));
    }

    /// Any other end of a call: after a probe the pace is soon back at what is documented, and from there
    /// quickens a little each time.
    pub(crate) fn answered(&mut self, operation: Operation, pass: Pass, now: Now) {
        if pass == Pass::Free {
            return;
        }
        let gate = self.gate(operation);
        gate.probing = false;
        gate.spacing_ms = match gate.spacing_ms {
            slow if slow > FIRST_SPACING_MS => (slow / 2).max(FIRST_SPACING_MS),
            pace => pace * 15 / 16,
        };
        if gate.spacing_ms < OPEN_BELOW_MS {
            *gate = Gate::default();
        } else {
            gate.not_before = Some(Due::after(now, gate.spacing_ms));
        }
    }

    /// A call was aborted: its end will not be heard, so the next one may try.
    pub(crate) fn forgotten(&mut self, operation: Operation, pass: Pass) {
        if pass == Pass::Probe {
            self.gate(operation).probing = false;
        }
    }

    /// Whether calls of this operation are held back now.
    pub(crate) fn is_closed(&self, operation: Operation) -> bool {
        self.0.get(operation as usize).is_some_and(|gate| gate.spacing_ms > 0)
    }

    /// Notes when a closed gate lets somebody try.
    pub(crate) fn note(&self, wake: &mut Wake) {
        for gate in self.0.iter().filter(|gate| !gate.probing) {
            if let Some(due) = gate.not_before {
                wake.at(due);
            }
        }
    }
}
