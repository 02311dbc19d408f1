#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "tests may panic"
)]

use std::collections::BTreeSet;

use super::*;

/// Every text there is to translate, in English.
fn english() -> Texts {
    let mut all = read(&phrases_file()).unwrap();
    all.extend(Text::ALL.iter().map(|text| (text.key().to_owned(), text.english().to_owned())));
    all
}

/// Each translation with each of its texts and the English one, as far as both are there.
fn pairs() -> Vec<(String, String, String)> {
    let english = english();
    let mut pairs = Vec::new();
    for (tag, texts) in languages().unwrap() {
        for (key, text) in texts {
            if let Some(original) = english.get(&key) {
                pairs.push((format!("{tag} {key}"), original.clone(), text));
            }
        }
    }
    pairs
}

/// The forms of a text by their categories; one without a category where the text has no forms.
fn forms(text: &str) -> Vec<(&str, &str)> {
    if !text.starts_with('[') {
        return vec![("", text)];
    }
    text.split('[')
        .skip(1)
        .map(|form| form.split_once(']').expect("a form is [category]text"))
        .collect()
}

fn places(text: &str) -> BTreeSet<&str> {
    text.split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}'))
        .map(|(place, _)| place)
        .collect()
}

#[test]
fn every_language_has_every_text_and_no_other() {
    let english = english();
    let wanted: BTreeSet<_> = english.keys().collect();
    let mut wrong = Vec::new();
    for (tag, texts) in languages().unwrap() {
        let there: BTreeSet<_> = texts.keys().collect();
        wrong.extend(wanted.difference(&there).map(|key| format!("{tag} lacks {key}")));
        wrong.extend(there.difference(&wanted).map(|key| format!("{tag} has an unknown {key}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_translation_fills_the_same_places() {
    let mut wrong = Vec::new();
    for (name, original, text) in pairs() {
        let all: BTreeSet<_> = forms(&text).iter().flat_map(|(_, form)| places(form)).collect();
        let wanted = forms(&original).iter().flat_map(|(_, form)| places(form)).collect();
        if all != wanted {
            wrong.push(format!("{name} fills {all:?}, the English text {wanted:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_text_has_forms_where_the_english_one_has_them_and_always_one_for_other() {
    let mut wrong = Vec::new();
    for (name, original, text) in pairs() {
        let categories: Vec<_> = forms(&text).iter().map(|(category, _)| *category).collect();
        let once: BTreeSet<_> = categories.iter().collect();
        let is_plural = original.starts_with('[');
        if is_plural != categories.contains(&"other") || once.len() != categories.len() {
            wrong.push(format!("{name} has the forms {categories:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_text_is_empty_or_has_blanks_around_it() {
    let wrong: Vec<_> = pairs()
        .into_iter()
        .filter(|(_, _, text)| {
            forms(text).iter().any(|(_, form)| form.is_empty() || form.trim() != *form)
        })
        .map(|(name, ..)| name)
        .collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn a_phrase_of_the_facade_that_the_widget_has_too_says_the_same() {
    let phrases = read(&phrases_file()).unwrap();
    for text in Text::ALL {
        if let Some(phrase) = phrases.get(text.key()) {
            assert_eq!(phrase, text.english(), "{}", text.key());
        }
    }
}

#[test]
fn every_text_is_used() {
    let root = paths::root();
    let mut code = String::new();
    for folder in ["src", "crates/core/src"] {
        for file in stamp::files_below(&root.join(folder)) {
            if file.extension().is_some_and(|end| end == "rs") {
                code.push_str(&fs::read_to_string(file).unwrap());
            }
        }
    }
    let used = |name: &str| {
        ["Text::", "Self::"].iter().any(|start| {
            let name = format!("{start}{name}");
            code.match_indices(&name).any(|(at, _)| {
                !code[at + name.len()..].starts_with(|next: char| next.is_alphanumeric())
            })
        })
    };
    let idle: Vec<_> =
        Text::ALL.iter().map(|text| format!("{text:?}")).filter(|name| !used(name)).collect();
    assert!(idle.is_empty(), "nothing says {idle:?}");
}

#[test]
fn languages_become_modules_in_the_order_of_the_texts() {
    let scripts = scripts().unwrap();
    let list = |name: &str| -> Vec<String> {
        let line = scripts[name].lines().next().unwrap();
        let json = line.strip_prefix("export default ").unwrap().strip_suffix(';').unwrap();
        serde_json::from_str(json).unwrap()
    };
    let (keys, german) = (list("keys.js"), list("locales/de.js"));
    assert_eq!(keys.len(), Text::ALL.len());
    assert_eq!(german.len(), keys.len());
    let at = keys.iter().position(|key| key == Text::Cancel.key()).unwrap();
    assert_eq!(german[at], "Abbrechen");
    assert_eq!(list("texts.js")[at], "Cancel");
    assert!(scripts["locales/de.js"].contains("\"late-stopped\":"));
    assert!(scripts["phrases.js"].contains("\"loading\":"));
    assert!(!scripts["phrases.js"].contains(LATE));
    assert!(scripts["locales/index.js"].contains("\"de\": () => import(\"./de.js\"),"));
}
