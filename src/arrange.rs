//! In which order rows are shown, and which of them.

use connect_attached_files_core::phase::PhaseName;
use js_sys::{Array, Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use crate::model::{ItemView, RowHandle};

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
#[derive(Clone, Default)]
pub(crate) struct Arrangement {
    pub(crate) order: Order,
    pub(crate) filter: Filter,
    /// Compares names; without it they are compared by their characters.
    pub(crate) comparison: Option<Function>,
}

impl Arrangement {
    /// Whether the change of a row may change what is shown.
    pub(crate) fn depends_on_phase(&self) -> bool {
        self.filter != Filter::All
    }

    /// The rows to show of all rows, which come newest first.
    pub(crate) fn of(&self, rows: &[RowHandle]) -> Vec<RowHandle> {
        let taken = |row: &&RowHandle| row.view.peek(|view| self.filter.takes(view.phase));
        let taken: Vec<RowHandle> = rows.iter().filter(taken).cloned().collect();
        if self.order == Order::Newest {
            return taken;
        }
        // The browser sorts: its comparison knows languages, and calling it from here for each pair
        // would take longer than the sorting.
        let keys = Array::new();
        for (at, row) in taken.iter().enumerate() {
            let mut key = row.view.peek(|view| self.key(view));
            key.push('\u{0}');
            key.push_str(&at.to_string());
            keys.push(&key.into());
        }
        let comparison = self.comparison.as_ref().filter(|_| self.order == Order::Name);
        let comparison = comparison.map_or(JsValue::UNDEFINED, |function| function.into());
        if let Ok(sort) = Reflect::get(&keys, &"sort".into()) {
            // Sorts in place; throws for nothing that stands in the list.
            let _ = sort.unchecked_into::<Function>().call1(&keys, &comparison);
        }
        let row = |key: JsValue| {
            let at = key.as_string()?.rsplit('\u{0}').next()?.parse::<usize>().ok()?;
            taken.get(at).cloned()
        };
        keys.iter().filter_map(row).collect()
    }

    /// A text that sorts as the rows are to be sorted.
    fn key(&self, view: &ItemView) -> String {
        match self.order {
            Order::Size => {
                // Padded, so that letters compare as numbers; and from above, so that the largest comes first.
                let below = u64::MAX - view.size;
                format!("{below:020}")
            }
            _ => view.name.clone(),
        }
    }
}
