//! The bounds and patterns of the model (reference 1.2).

use std::collections::BTreeMap;

use unicode_general_category::{GeneralCategory as Category, get_general_category};

use super::error::{FileReason, Refusal};
use crate::settings::{NameUnit, Settings};

/// `FileName`: 1 to 256 of the configured unit, no character of category C.
pub(crate) fn file_name(settings: &Settings, name: &str) -> Result<(), Refusal> {
    let length = match settings.name_unit {
        NameUnit::CodePoints => name.chars().count(),
        NameUnit::Utf16 => name.encode_utf16().count(),
        NameUnit::Bytes => name.len(),
    };
    if !(1..=256).contains(&length) {
        return Err(Refusal::invalid_file(
            FileReason::Name,
            "FileName must have 1 to 256 characters.",
        ));
    }
    if name.chars().any(is_other) {
        return Err(Refusal::invalid_file(FileReason::Name, "FileName must match ^\\P{C}*$."));
    }
    Ok(())
}

/// Unicode's category C: control, format, surrogate, private use, unassigned.
fn is_other(c: char) -> bool {
    matches!(
        get_general_category(c),
        Category::Control
            | Category::Format
            | Category::Surrogate
            | Category::PrivateUse
            | Category::Unassigned
    )
}

/// `FileSizeInBytes`: from 1 up to what the instance allows for the scope.
pub(crate) fn file_size(settings: &Settings, scope: &str, size: i64) -> Result<u64, Refusal> {
    let limit = settings.max_size(scope);
    u64::try_from(size).ok().filter(|size| (1..=limit).contains(size)).ok_or_else(|| {
        Refusal::invalid_file(
            FileReason::Size,
            format!("FileSizeInBytes must be between 1 and {limit}."),
        )
    })
}

/// The extension must be one the instance allows; case does not matter.
pub(crate) fn file_type(settings: &Settings, scope: &str, name: &str) -> Result<(), Refusal> {
    let extension = name.rsplit_once('.').map(|(_, extension)| extension);
    let allowed = settings.extensions(scope);
    if extension.is_some_and(|e| allowed.iter().any(|a| a.eq_ignore_ascii_case(e))) {
        Ok(())
    } else {
        Err(Refusal::invalid_file(FileReason::Type, "Files of this type are not allowed."))
    }
}

/// `UrlExpiryInSeconds`: 5 to 300, 300 when not given.
pub(crate) fn url_expiry(seconds: Option<i64>) -> Result<u64, Refusal> {
    match seconds {
        None => Ok(300),
        Some(seconds) => u64::try_from(seconds)
            .ok()
            .filter(|s| (5..=300).contains(s))
            .ok_or_else(|| Refusal::invalid("UrlExpiryInSeconds must be between 5 and 300.")),
    }
}

/// `ClientToken`: at most 500 characters.
pub(crate) fn client_token(token: Option<&str>) -> Result<(), Refusal> {
    if token.is_some_and(|t| t.chars().count() > 500) {
        return Err(Refusal::invalid("ClientToken must have at most 500 characters."));
    }
    Ok(())
}

/// `Tags`: 1 to 50 when given; keys `^(?!aws:)[\p{L}\p{Z}\p{N}_.:/=+\-@]*$` of 1 to 128, values up to 256.
pub(crate) fn tags(tags: &BTreeMap<String, String>) -> Result<(), Refusal> {
    if !(1..=50).contains(&tags.len()) {
        return Err(Refusal::invalid("Tags must have 1 to 50 entries."));
    }
    for (key, value) in tags {
        if !(1..=128).contains(&key.chars().count()) {
            return Err(Refusal::invalid("A tag key must have 1 to 128 characters."));
        }
        if key.starts_with("aws:") || !key.chars().all(in_tag_key) {
            return Err(Refusal::invalid(
                "A tag key must match ^(?!aws:)[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*$.",
            ));
        }
        if value.chars().count() > 256 {
            return Err(Refusal::invalid("A tag value must have at most 256 characters."));
        }
    }
    Ok(())
}

fn in_tag_key(c: char) -> bool {
    "_.:/=+-@".contains(c)
        || matches!(
            get_general_category(c),
            Category::UppercaseLetter
                | Category::LowercaseLetter
                | Category::TitlecaseLetter
                | Category::ModifierLetter
                | Category::OtherLetter
                | Category::SpaceSeparator
                | Category::LineSeparator
                | Category::ParagraphSeparator
                | Category::DecimalNumber
                | Category::LetterNumber
                | Category::OtherNumber
        )
}
