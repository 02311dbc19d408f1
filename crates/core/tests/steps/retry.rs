//! Retry as data: how often, how long, and which failure of a call is worth it.

use connect_attached_files_core::call::{AnswerHeaders, CallError, ServiceError};
use connect_attached_files_core::clock::Now;
use connect_attached_files_core::error::{Code, Stage};
use connect_attached_files_core::retry::{BACKGROUND, CLEANUP, Policy, STEP};
use connect_attached_files_core::wire::ErrorBody;
use proptest::prelude::*;

fn answered(status: u16) -> CallError {
    CallError::Refused(ServiceError::read(status, AnswerHeaders::default(), &ErrorBody::default()))
}

#[test]
fn a_call_is_repeated_after_silence_408_and_5xx_and_nothing_else() {
    assert!(CallError::NoAnswer.is_passing());
    assert!(!CallError::Unreadable { status: 200 }.is_passing());
    for status in [408, 500, 502, 503, 504] {
        assert!(answered(status).is_passing(), "{status}");
    }
    for status in [400, 401, 402, 403, 404, 409, 413, 429] {
        assert!(!answered(status).is_passing(), "{status}");
    }
}

#[test]
fn only_silence_and_failures_of_the_service_leave_open_what_happened() {
    assert!(CallError::NoAnswer.is_ambiguous());
    assert!(CallError::Unreadable { status: 200 }.is_ambiguous());
    assert!(answered(500).is_ambiguous());
    for status in [400, 401, 402, 403, 404, 409, 429] {
        assert!(!answered(status).is_ambiguous(), "{status}");
    }
}

#[test]
fn a_person_may_retry_what_may_have_changed_meanwhile() {
    for (status, retryable) in [
        (401, true),
        (402, true),
        (403, true),
        (404, true),
        (409, true),
        (429, true),
        (500, true),
        (400, false),
    ] {
        let failure = answered(status).failure(Stage::Start);
        assert_eq!((failure.retryable, failure.status), (retryable, Some(status)));
    }
    assert_eq!(CallError::NoAnswer.failure(Stage::Start).code, Code::BackendUnreachable);
}

#[test]
fn every_policy_ends() {
    for policy in [STEP, BACKGROUND, CLEANUP] {
        let Policy { base_ms, cap_ms, max_repeats, .. } = policy;
        assert!(base_ms > 0 && base_ms <= cap_ms && (1..=10).contains(&max_repeats));
        assert_eq!(policy.ceiling(u32::MAX), cap_ms);
    }
}

proptest! {
    #[test]
    fn ceilings_never_fall(repeat in 0_u32..100) {
        prop_assert!(STEP.ceiling(repeat) <= STEP.ceiling(repeat + 1));
    }

    #[test]
    fn an_age_is_never_less_than_either_clock_says(a: u32, b: u32, wall: i32, wall_after: i32) {
        let (a, b) = (u64::from(a.min(b)), u64::from(a.max(b)));
        let wall = |ms: i32| 1_u64.wrapping_shl(40).checked_add_signed(i64::from(ms)).unwrap();
        let before = Now { mono_ms: a, wall_ms: wall(wall_after.min(0)) };
        let after = Now { mono_ms: b, wall_ms: wall(wall_after.max(0)) };
        prop_assert!(after.age_of(before) >= b - a);
        prop_assert!(after.age_of(before) >= after.wall_ms - before.wall_ms);
        let other = Now { mono_ms: a, wall_ms: after.wall_ms };
        prop_assert!(after.age_of(before.earliest(other)) >= after.age_of(other));
    }
}
