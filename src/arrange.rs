//! In which order rows are shown, and which of them.

use connect_attached_files_core::phase::PhaseName;

use connect_attached_files_core::text::decimal;

use crate::model::{ItemView, RowHandle};
use crate::strings::Words;

/// The order of rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Order {
    /// What came last is first.
    #[default]
    Newest,
    /// By name, as the reader's language has it.
    Name,
    /// The largest first.
    Size,
}

/// The rows to show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Filter {
    /// All of them.
    #[default]
    All,
    /// Work is to be done, or the verdict is outstanding.
    OnTheWay,
    /// Approved.
    Ready,
    /// Neither: refused, rejected, broken off.
    Problems,
}

impl Filter {
    fn takes(self, phase: PhaseName) -> bool {
        match phase {
            _ if self == Self::All => true,
            PhaseName::Approved => self == Self::Ready,
            PhaseName::Invalid
            | PhaseName::Rejected
            | PhaseName::Failed
            | PhaseName::Error
            | PhaseName::Canceled => self == Self::Problems,
            _ => self == Self::OnTheWay,
        }
    }
}

/// How rows are shown.
#[derive(Clone, Copy, Default)]
pub(crate) struct Arrangement {
    pub(crate) order: Order,
    pub(crate) filter: Filter,
}

impl Arrangement {
    /// Whether the change of a row may change what is shown.
    pub(crate) fn depends_on_phase(&self) -> bool {
        self.filter != Filter::All
    }

    /// The rows to show of all rows, which come newest first.
    pub(crate) fn of(&self, rows: &[RowHandle], words: &Words) -> Vec<RowHandle> {
        let taken = |row: &&RowHandle| row.view.peek(|view| self.filter.takes(view.phase));
        let mut taken: Vec<RowHandle> = rows.iter().filter(taken).cloned().collect();
        match self.order {
            Order::Newest => {}
            // The browser sorts: it knows languages, and numbers in them.
            Order::Name | Order::Size => {
                let is_name = self.order == Order::Name;
                let key = |view: &ItemView| {
                    if is_name { view.name.clone() } else { decimal(view.size) }
                };
                let keys = taken.iter().map(|row| row.view.peek(key)).collect();
                let places = words.locale().sorted(keys).into_iter();
                taken = places.filter_map(|at| taken.get(at as usize).cloned()).collect();
                if !is_name {
                    taken.reverse();
                }
            }
        }
        taken
    }
}
