//! Names of files: cleaned of what Connect refuses, kept apart where they are the same.

use crate::text::decimal;
use crate::wire::FILE_NAME_MAX;

/// The name of a file whose own name has nothing before its extension.
const NAMELESS: &str = "file";
/// A longer tail is no extension, and is shortened like the rest of the name.
const EXTENSION_MAX: usize = FILE_NAME_MAX / 2;

/// A name that Connect takes: no path before it, none of the characters `offenders`, neither spaces
/// around it nor dots at its end, at most 256 long, something before its extension. AWS does not say
/// which unit it counts; UTF-16 units are never fewer than characters.
#[must_use]
pub fn clean(name: &str, offenders: &str) -> String {
    let base = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let mut kept = String::with_capacity(base.len());
    for character in base.chars() {
        if !offenders.contains(character) {
            kept.push(character);
        }
    }
    compose(trim_end(kept.trim_start()), "")
}

/// The name with a number before its extension: `scan (2).png`.
pub(crate) fn numbered(name: &str, number: u32) -> String {
    let mut mark = String::from(" (");
    mark.push_str(&decimal(number.into()));
    mark.push(')');
    compose(name, &mark)
}

/// Puts `mark` before the extension and shortens what stands before both.
fn compose(name: &str, mark: &str) -> String {
    let dot = name.rfind('.').filter(|&at| units(name.get(at..)) <= EXTENSION_MAX);
    let (stem, extension) = name.split_at(dot.unwrap_or(name.len()));
    let mut room = FILE_NAME_MAX - units(Some(extension)) - mark.len();
    let mut out = String::with_capacity(name.len() + mark.len());
    for character in stem.chars() {
        let Some(left) = room.checked_sub(character.len_utf16()) else {
            out.truncate(trim_end(&out).len());
            break;
        };
        room = left;
        out.push(character);
    }
    if out.is_empty() {
        out.push_str(NAMELESS);
    }
    out.push_str(mark);
    out.push_str(extension);
    out
}

fn trim_end(name: &str) -> &str {
    name.trim_end_matches(|character: char| character == '.' || character.is_whitespace())
}

fn units(text: Option<&str>) -> usize {
    text.unwrap_or_default().encode_utf16().count()
}

/// How many kinds of names [`Names`] tells apart.
const KINDS: usize = 1 << 13;

/// Which names the rows ever had, roughly: thousands of files dropped at once are not each compared
/// with thousands of rows.
#[derive(Debug)]
pub(crate) struct Names(Vec<u8>);

impl Default for Names {
    fn default() -> Self {
        Self(vec![0; KINDS])
    }
}

impl Names {
    /// Notes a name that a row has from now on.
    pub(crate) fn note(&mut self, name: &str) {
        if let Some(rows) = self.0.get_mut(kind(name)) {
            *rows = rows.saturating_add(1);
        }
    }

    /// Whether more rows than `known` may have this name, whatever its case.
    pub(crate) fn may_hold(&self, name: &str, known: bool) -> bool {
        self.0.get(kind(name)).is_some_and(|&rows| rows > u8::from(known))
    }
}

fn kind(name: &str) -> usize {
    let mut hash = 0_u32;
    for byte in name.bytes() {
        hash = (hash ^ u32::from(byte.to_ascii_lowercase())).wrapping_mul(0x9e37_79b1);
    }
    (hash >> 19) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_connect_refuses_is_taken_out_of_a_name() {
        for (name, offenders, clean_name) in [
            ("scan.png", "", "scan.png"),
            ("C:\\Users\\me\\scan.png", "", "scan.png"),
            ("../../etc/scan.png", "", "scan.png"),
            ("in\u{202e}gpj.exe\u{7}.png", "\u{202e}\u{7}", "ingpj.exe.png"),
            ("  scan.png. . ", "", "scan.png"),
            (".png", "", "file.png"),
            ("\u{200d}.png", "\u{200d}", "file.png"),
            ("", "", "file"),
            ("...", "", "file"),
            ("a..b .png", "", "a..b .png"),
        ] {
            assert_eq!(clean(name, offenders), clean_name, "{name}");
        }
    }

    #[test]
    fn long_names_are_shortened_before_their_extension_and_counted_in_utf16() {
        let smile = "\u{1f600}";
        assert_eq!(clean(&format!("{}.txt", smile.repeat(126)), ""), smile.repeat(126) + ".txt");
        assert_eq!(clean(&format!("{}.txt", smile.repeat(127)), ""), smile.repeat(126) + ".txt");
        let all_tail = format!("a.{}", "b".repeat(300));
        assert_eq!(clean(&all_tail, "").len(), 256);
    }

    #[test]
    fn a_number_goes_before_the_extension_and_the_name_keeps_its_bounds() {
        assert_eq!(numbered("scan.png", 2), "scan (2).png");
        assert_eq!(numbered("README", 12), "README (12)");
        let long = numbered(&format!("{}.png", "x".repeat(252)), 2);
        assert!(long.len() == 256 && long.ends_with("x (2).png"), "{long}");
    }

    proptest::proptest! {
        #[test]
        fn a_clean_name_is_clean(name in "[a-c ./\\\\\u{1f600}\u{7}\u{2003}]{0,12}", times in 1_usize..60) {
            let name = clean(&name.repeat(times), "\u{7}");
            proptest::prop_assert_eq!(clean(&name, "\u{7}"), name.clone());
            let units = name.encode_utf16().count();
            proptest::prop_assert!((1..=FILE_NAME_MAX).contains(&units));
            let has_none_of = !name.contains(['/', '\\', '\u{7}']);
            let has_a_stem = name.rfind('.') != Some(0);
            proptest::prop_assert!(has_none_of && has_a_stem);
            let numbered = numbered(&name, 77);
            proptest::prop_assert_eq!(clean(&numbered, ""), numbered);
        }
    }
}
