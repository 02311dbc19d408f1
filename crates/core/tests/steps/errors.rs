//! Reading error answers: whose word counts, and what it means.

use connect_attached_files_core::call::{AnswerHeaders, ServiceError};
use connect_attached_files_core::error::Code;
use connect_attached_files_core::wire::{ErrorBody, ErrorReason};

fn name(header: Option<&str>, code: Option<&str>, kind: Option<&str>) -> String {
    let headers =
        AnswerHeaders { error_type: header.map(str::to_owned), ..AnswerHeaders::default() };
    let body = ErrorBody {
        code: code.map(str::to_owned),
        kind: kind.map(str::to_owned),
        ..ErrorBody::default()
    };
    ServiceError::read(400, headers, &body).name
}

#[test]
fn the_header_wins_over_code_and_code_over_type() {
    assert_eq!(name(Some("A"), Some("B"), Some("C")), "A");
    assert_eq!(name(None, Some("B"), Some("C")), "B");
    assert_eq!(name(None, None, Some("C")), "C");
    assert_eq!(name(None, None, None), "");
}

#[test]
fn an_empty_header_hid_the_name_in_the_body() {
    assert_eq!(name(Some(""), None, Some("C")), "C");
    assert_eq!(name(Some(" "), Some(""), Some("C")), "C");
}

#[test]
fn namespaces_and_what_follows_a_colon_are_cut_off() {
    for text in [
        "FooError",
        "com.amazon#FooError",
        "FooError:http://internal.amazon.com/coral/com.amazon.coral.validate/",
        "com.amazon#FooError:http://internal.amazon.com/coral/",
        // A fragment is no namespace.
        "FooError:http://internal.amazon.com/coral#validate",
    ] {
        assert_eq!(name(Some(text), None, None), "FooError", "{text}");
        assert_eq!(name(None, None, Some(text)), "FooError", "{text}");
    }
}

fn code(status: u16, name: &str, reason: ErrorReason) -> Code {
    let headers = AnswerHeaders { error_type: Some(name.to_owned()), ..AnswerHeaders::default() };
    let body = ErrorBody { reason: Some(reason), ..ErrorBody::default() };
    ServiceError::read(status, headers, &body).code
}

fn invalid(reason: &str) -> ErrorReason {
    ErrorReason { invalid_request: Some(reason.to_owned()), ..ErrorReason::default() }
}

fn quota(reason: &str) -> ErrorReason {
    ErrorReason { quota: Some(reason.to_owned()), ..ErrorReason::default() }
}

#[test]
fn each_exception_of_the_five_operations_has_its_code() {
    let none = ErrorReason::default;
    let rows = [
        (403, "AccessDeniedException", none(), Code::AccessDenied),
        (500, "InternalServiceException", none(), Code::ServiceError),
        (429, "ThrottlingException", none(), Code::Throttled),
        (404, "ResourceNotFoundException", none(), Code::NotFound),
        (409, "ResourceConflictException", none(), Code::Conflict),
        (400, "InvalidRequestException", none(), Code::InvalidRequest),
        (400, "InvalidRequestException", invalid("INVALID_FILE_SIZE"), Code::InvalidFileSize),
        (400, "InvalidRequestException", invalid("INVALID_FILE_TYPE"), Code::InvalidFileType),
        (400, "InvalidRequestException", invalid("INVALID_FILE_NAME"), Code::InvalidFileName),
        (400, "InvalidRequestException", invalid("SOMETHING_NEW"), Code::InvalidRequest),
        (402, "ServiceQuotaExceededException", none(), Code::QuotaExceeded),
        (
            402,
            "ServiceQuotaExceededException",
            quota("TOTAL_FILE_SIZE_EXCEEDED"),
            Code::TotalSizeExceeded,
        ),
        (
            402,
            "ServiceQuotaExceededException",
            quota("TOTAL_FILE_COUNT_EXCEEDED"),
            Code::TotalCountExceeded,
        ),
        (402, "ServiceQuotaExceededException", quota("SOMETHING_NEW"), Code::QuotaExceeded),
        // Other layers on the way.
        (400, "ThrottlingException", none(), Code::Throttled),
        (429, "TooManyRequestsException", none(), Code::Throttled),
        (401, "", none(), Code::Unauthenticated),
        (408, "", none(), Code::ServiceError),
        (502, "", none(), Code::ServiceError),
        (413, "", none(), Code::InvalidRequest),
    ];
    for (status, name, reason, expected) in rows {
        assert_eq!(code(status, name, reason.clone()), expected, "{status} {name} {reason:?}");
    }
}

#[test]
fn retry_after_is_read_in_seconds_and_bounded() {
    let read = |text: Option<&str>| {
        let headers =
            AnswerHeaders { retry_after: text.map(str::to_owned), ..AnswerHeaders::default() };
        ServiceError::read(429, headers, &ErrorBody::default()).retry_after_ms
    };
    assert_eq!(read(Some("7")), Some(7_000));
    assert_eq!(read(Some(" 7 ")), Some(7_000));
    // A day closed a gate for a day.
    assert_eq!(read(Some("86400")), Some(60_000));
    assert_eq!(read(Some("18446744073709551615")), Some(60_000));
    // At once is what the engine's own pauses are there to prevent.
    for other in
        [None, Some(""), Some("0"), Some("-1"), Some("Sat, 21 Nov 2026 11:00:00 GMT"), Some("1.5")]
    {
        assert_eq!(read(other), None, "{other:?}");
    }
}

#[test]
fn the_request_id_is_kept_for_support() {
    let headers = AnswerHeaders { request_id: Some("r-1".to_owned()), ..AnswerHeaders::default() };
    let error = ServiceError::read(500, headers, &ErrorBody::default());
    assert_eq!(error.request_id.as_deref(), Some("r-1"));
}
