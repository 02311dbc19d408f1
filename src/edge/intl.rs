//! Numbers, sizes, dates and plurals as the reader writes them; the browser knows how.

use std::cell::RefCell;

use js_sys::{Array, Function, Intl, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

const KILO: u64 = 1_024;
const MEGA: u64 = KILO * KILO;

/// What a number is a number of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Unit {
    None,
    Percent,
    Byte,
    Kilobyte,
    Megabyte,
    KilobytePerSecond,
    MegabytePerSecond,
    Second,
    Minute,
}

impl Unit {
    /// Its name in ECMA-402's table of sanctioned units.
    fn name(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Percent => "percent",
            Self::Byte => "byte",
            Self::Kilobyte => "kilobyte",
            Self::Megabyte => "megabyte",
            Self::KilobytePerSecond => "kilobyte-per-second",
            Self::MegabytePerSecond => "megabyte-per-second",
            Self::Second => "second",
            Self::Minute => "minute",
        }
    }
}

/// The habits of one language. Formatters are made when first needed and kept: making one costs more
/// than a row.
pub(crate) struct Locale {
    tags: Array,
    numbers: RefCell<Vec<(Unit, Function)>>,
    dates: RefCell<Option<Function>>,
}

impl Locale {
    /// The habits behind a BCP 47 tag; those of the browser for one that is empty or none.
    pub(crate) fn new(tag: &str) -> Self {
        Self { tags: known(tag), numbers: RefCell::default(), dates: RefCell::default() }
    }

    /// A count.
    pub(crate) fn number(&self, number: u64) -> String {
        self.format(Unit::None, number * 10)
    }

    /// Per cent.
    pub(crate) fn percent(&self, percent: u64) -> String {
        self.format(Unit::Percent, percent * 10)
    }

    /// A size in bytes. Binary steps, as Connect counts (20 MB are 20 971 520 bytes); one decimal below
    /// ten.
    pub(crate) fn size(&self, bytes: u64) -> String {
        self.scaled(bytes, [Unit::Byte, Unit::Kilobyte, Unit::Megabyte])
    }

    /// A speed.
    pub(crate) fn speed(&self, bytes_per_second: u64) -> String {
        let bytes = bytes_per_second.max(KILO);
        self.scaled(bytes, [Unit::None, Unit::KilobytePerSecond, Unit::MegabytePerSecond])
    }

    /// A duration in seconds, in whole minutes from 90 seconds on.
    pub(crate) fn time(&self, seconds: u64) -> String {
        match seconds {
            ..90 => self.format(Unit::Second, seconds.max(1) * 10),
            90.. => self.format(Unit::Minute, seconds.div_ceil(60) * 10),
        }
    }

    /// An ISO 8601 time, with or without milliseconds, as a short local date and time.
    pub(crate) fn when(&self, iso: &str) -> Option<String> {
        let date = js_sys::Date::new(&JsValue::from_str(iso));
        if date.get_time().is_nan() {
            return None;
        }
        let mut format = self.dates.borrow_mut();
        let format = format.get_or_insert_with(|| {
            let options = options(&[("dateStyle", "medium"), ("timeStyle", "short")]);
            Intl::DateTimeFormat::new(&self.tags, &options).format()
        });
        format.call1(&JsValue::NULL, &date).ok()?.as_string()
    }

    /// The plural category of a count, such as `one` or `other`.
    pub(crate) fn plural(&self, count: u64) -> String {
        #[expect(clippy::cast_precision_loss, reason = "counts of files stay far below 2^53")]
        Intl::PluralRules::new(&self.tags, &Object::new()).select(count as f64).into()
    }

    /// What compares names: by the letters of the language, and numbers by their value.
    pub(crate) fn comparison(&self) -> Function {
        let options = options(&[("sensitivity", "base")]);
        let _ = Reflect::set(&options, &"numeric".into(), &JsValue::TRUE);
        Intl::Collator::new(&self.tags, &options).compare()
    }

    fn scaled(&self, bytes: u64, [plain, kilo, mega]: [Unit; 3]) -> String {
        let (unit, step) = match bytes {
            ..KILO => (plain, 1),
            KILO..MEGA => (kilo, KILO),
            MEGA.. => (mega, MEGA),
        };
        let tenths = bytes.saturating_mul(10) / step;
        self.format(unit, if tenths < 100 { tenths } else { tenths / 10 * 10 })
    }

    fn format(&self, unit: Unit, tenths: u64) -> String {
        let mut known = self.numbers.borrow_mut();
        let at = known.iter().position(|(known, _)| *known == unit).unwrap_or_else(|| {
            let style = if unit == Unit::None { "decimal" } else { "unit" };
            // The short word for bytes is left whole: "12 byte" reads like a slip.
            let display = if unit == Unit::Byte { "long" } else { "short" };
            let mut wanted = vec![("style", style), ("maximumFractionDigits", "1")];
            if unit != Unit::None {
                wanted.extend([("unit", unit.name()), ("unitDisplay", display)]);
            }
            let format = Intl::NumberFormat::new(&self.tags, &options(&wanted)).format();
            known.push((unit, format));
            known.len() - 1
        });
        #[expect(clippy::cast_precision_loss, reason = "sizes stay far below 2^53")]
        let number = JsValue::from_f64(tenths as f64 / 10.0);
        let text = known.get(at).and_then(|(_, format)| format.call1(&JsValue::NULL, &number).ok());
        text.and_then(|text| text.as_string()).unwrap_or_default()
    }
}

/// The tag in a list, as the browser wants it; an empty list for one it refuses.
fn known(tag: &str) -> Array {
    let tags = Array::of1(&tag.into());
    // Called as a value, since it throws for what is no tag.
    let canonical = Reflect::get(&js_sys::global(), &"Intl".into())
        .and_then(|intl| Reflect::get(&intl, &"getCanonicalLocales".into()));
    let canonical = canonical.map(|function| function.unchecked_into::<Function>());
    match canonical.and_then(|function| function.call1(&JsValue::NULL, &tags)) {
        Ok(_) => tags,
        Err(_) => Array::new(),
    }
}

fn options(members: &[(&str, &str)]) -> Object {
    let options = Object::new();
    for (name, value) in members {
        // Fails for no plain object.
        let _ = Reflect::set(&options, &(*name).into(), &(*value).into());
    }
    options
}
