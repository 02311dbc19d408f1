#![allow(clippy::unwrap_used, reason = "tests may panic")]

use super::*;

#[test]
fn imports_get_short_names_and_nothing_else_changes() {
    let mut names = Renames::default();
    assert_eq!(names.shorten("__wbg_get_0a"), "_0");
    assert_eq!(names.shorten("__wbg_get_0ab"), "_1");
    assert_eq!(names.shorten("__wbg_get_0a"), "_0");
    let glue = "{ __wbg_get_0a: f(a__wbg_get_0a), \"__wbg_get_0ab\": ü }";
    assert_eq!(names.apply(glue).unwrap(), "{ _0: f(a__wbg_get_0a), \"_1\": ü }");
}

#[test]
fn a_name_that_the_glue_does_not_have_is_an_error() {
    let mut names = Renames::default();
    names.shorten("__wbg_gone");
    assert!(names.apply("__wbg_there()").is_err());
}

#[test]
fn a_short_name_that_the_glue_has_already_is_an_error() {
    let mut names = Renames::default();
    names.shorten("__wbg_get");
    assert!(names.apply("__wbg_get(_0)").is_err());
}
