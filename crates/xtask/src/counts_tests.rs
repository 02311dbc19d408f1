use super::*;

const fn counts(passed: u64, failed: u64) -> Counts {
    Counts { passed, failed }
}

#[test]
fn result_lines_of_cargo_test_are_read() {
    let ok = "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 3 filtered out; finished in 0.00s";
    let bad = "test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out";
    assert_eq!(libtest(ok), Some(counts(12, 0)));
    assert_eq!(libtest(bad), Some(counts(3, 2)));
}

#[test]
fn lines_that_only_look_alike_are_not_counted() {
    assert_eq!(libtest("test result_line ... ok"), None);
    assert_eq!(libtest("running 12 tests"), None);
    assert_eq!(libtest("test result: ok. many passed; 0 failed"), None);
}

#[test]
fn the_totals_of_a_tap_report_are_read_and_not_those_of_a_subtest() {
    let report = "TAP version 13\n    # pass 99\nok 1 - a\n1..2\n# tests 8\n# suites 1\n# pass 5\n# fail 2\n# cancelled 1\n# skipped 0\n";
    assert_eq!(tap(report), counts(5, 3));
    assert_eq!(tap(""), counts(0, 0));
}

#[test]
fn a_flaky_test_and_an_error_outside_of_tests_are_failures() {
    let report = r#"{"stats":{"expected":7,"unexpected":1,"flaky":1,"skipped":4},"errors":[{"message":"no tests"}]}"#;
    assert_eq!(playwright(report), counts(7, 3));
}

#[test]
fn a_broken_report_is_a_failure() {
    assert_eq!(playwright("{\"stats\":"), Counts::BROKEN);
}

#[test]
fn a_runner_that_crashed_or_ran_nothing_counts_as_one_failure() {
    assert_eq!(counts(3, 0).with_exit(true), counts(3, 0));
    assert_eq!(counts(3, 0).with_exit(false), counts(3, 1));
    assert_eq!(counts(3, 2).with_exit(false), counts(3, 2));
    assert_eq!(counts(0, 0).with_exit(true), counts(0, 1));
}

#[test]
fn counts_are_summed() {
    assert_eq!([counts(1, 2), counts(3, 4)].into_iter().sum::<Counts>(), counts(4, 6));
}
