//! Scripted faults: what shall go wrong, at which operation, how often.

use std::collections::BTreeMap;
use std::sync::Mutex;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::world::lock;

/// One way to fail.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase",
    deny_unknown_fields
)]
pub(crate) enum Fault {
    /// Wait on the driven clock before doing anything.
    Delay { ms: u64 },
    /// Answer this error in the shape of the listener, without doing anything.
    Status {
        status: u16,
        code: String,
        #[serde(default)]
        message: Option<String>,
        #[serde(default)]
        headers: BTreeMap<String, String>,
        #[serde(default)]
        reason: Option<Value>,
    },
    /// Reset the TCP connection once this many bytes of the request's body were read, at its end when it is
    /// shorter. S3's GET: once this many bytes of the answer's body were sent.
    Reset {
        #[serde(default)]
        after_bytes: u64,
    },
    /// Do what was asked, then close without an answer.
    LostAnswer,
    /// S3: judge the URL as expired. Connect: sign a URL that has expired already.
    Expired,
    /// S3: no CORS headers; a preflight is refused.
    NoCors,
    /// The signer's clock is ahead of S3's by this much.
    ClockSkew { ms: i64 },
    /// Read the body (only its first bytes when `afterBytes` is given), then say nothing.
    Stall {
        #[serde(default)]
        after_bytes: Option<u64>,
    },
    /// S3's GET: announce the whole length, send only this much (half when not given), close.
    ShortBody {
        #[serde(default)]
        bytes: Option<u64>,
    },
}

/// A fault with the calls it is meant for.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Rule {
    #[serde(default, skip_deserializing)]
    id: u64,
    /// Operation name as in the request log, or `*`.
    operation: String,
    fault: Fault,
    /// How often it fires; null for always.
    #[serde(default = "once")]
    times: Option<u64>,
    /// Matching calls to let through first.
    #[serde(default)]
    after: u64,
    /// Only for files whose name contains this.
    #[serde(default)]
    file_name: Option<String>,
    #[serde(default, skip_deserializing)]
    fired: u64,
    #[serde(skip)]
    seen: u64,
}

#[expect(clippy::unnecessary_wraps, reason = "serde's default has the field's type")]
fn once() -> Option<u64> {
    Some(1)
}

#[derive(Default)]
struct Inner {
    next: u64,
    rules: Vec<Rule>,
}

/// The rules in the order they were given.
#[derive(Default)]
pub(crate) struct Faults {
    inner: Mutex<Inner>,
}

impl Faults {
    pub(crate) fn add(&self, mut rule: Rule) -> u64 {
        let mut inner = lock(&self.inner);
        inner.next += 1;
        rule.id = inner.next;
        inner.rules.push(rule);
        inner.next
    }

    /// Every fault due for this call; each of them counts as fired.
    pub(crate) fn due(&self, operation: &str, file_name: Option<&str>) -> Due {
        let mut due = Vec::new();
        for rule in &mut lock(&self.inner).rules {
            let operation_fits = rule.operation == "*" || rule.operation == operation;
            let name_fits = rule
                .file_name
                .as_deref()
                .is_none_or(|part| file_name.is_some_and(|name| name.contains(part)));
            if !operation_fits || !name_fits {
                continue;
            }
            rule.seen += 1;
            if rule.seen <= rule.after || rule.times.is_some_and(|times| rule.fired >= times) {
                continue;
            }
            rule.fired += 1;
            due.push(rule.fault.clone());
        }
        Due(due)
    }

    pub(crate) fn all(&self) -> Vec<Rule> {
        lock(&self.inner).rules.clone()
    }

    pub(crate) fn clear(&self) {
        lock(&self.inner).rules.clear();
    }
}

/// An error a fault asks for.
pub(crate) struct StatusFault {
    pub(crate) status: u16,
    pub(crate) code: String,
    pub(crate) message: Option<String>,
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) reason: Option<Value>,
}

/// The faults of one call.
pub(crate) struct Due(Vec<Fault>);

impl Due {
    /// Milliseconds to wait first.
    pub(crate) fn delay(&self) -> u64 {
        let delays = self.0.iter().map(|f| match f {
            Fault::Delay { ms } => *ms,
            _ => 0,
        });
        delays.sum()
    }

    pub(crate) fn status(&self) -> Option<StatusFault> {
        self.0.iter().find_map(|f| match f.clone() {
            Fault::Status { status, code, message, headers, reason } => {
                Some(StatusFault { status, code, message, headers, reason })
            }
            _ => None,
        })
    }

    /// Bytes of the body after which the connection is reset.
    pub(crate) fn reset(&self) -> Option<u64> {
        self.0.iter().find_map(|f| match f {
            Fault::Reset { after_bytes } => Some(*after_bytes),
            _ => None,
        })
    }

    /// Whether to stall, and after how many bytes of the body (`None`: after all of it).
    pub(crate) fn stall(&self) -> Option<Option<u64>> {
        self.0.iter().find_map(|f| match f {
            Fault::Stall { after_bytes } => Some(*after_bytes),
            _ => None,
        })
    }

    pub(crate) fn lost_answer(&self) -> bool {
        self.0.contains(&Fault::LostAnswer)
    }

    pub(crate) fn expired(&self) -> bool {
        self.0.contains(&Fault::Expired)
    }

    pub(crate) fn no_cors(&self) -> bool {
        self.0.contains(&Fault::NoCors)
    }

    /// How far the signer's clock is ahead, milliseconds.
    pub(crate) fn skew(&self) -> i64 {
        let skews = self.0.iter().map(|f| match f {
            Fault::ClockSkew { ms } => *ms,
            _ => 0,
        });
        skews.sum()
    }

    /// Whether to cut the answer's body short, and to how many bytes.
    pub(crate) fn short_body(&self) -> Option<Option<u64>> {
        self.0.iter().find_map(|f| match f {
            Fault::ShortBody { bytes } => Some(*bytes),
            _ => None,
        })
    }
}
