//! The messages as they stand on the wire. Samples follow the operations' documentation.

use connect_attached_files_core::call::{Answer, Call, Operation};
use connect_attached_files_core::json::Json;
use connect_attached_files_core::wire::{
    BatchRequest, ErrorBody, FileStatus, FileUseCase, SearchRequest, StartRequest,
};
use serde_json::{Value, json};

/// The tree a browser makes of a text.
fn parsed(text: &str) -> Json {
    tree(serde_json::from_str(text).expect("JSON"))
}

fn tree(value: Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Bool(value) => Json::Bool(value),
        Value::Number(number) => number.as_u64().map_or(Json::Null, Json::Number),
        Value::String(text) => Json::Text(text),
        Value::Array(list) => Json::List(list.into_iter().map(tree).collect()),
        Value::Object(members) => {
            Json::Object(members.into_iter().map(|(name, value)| (name, tree(value))).collect())
        }
    }
}

fn value(tree: &Json) -> Value {
    match tree {
        Json::Null => Value::Null,
        Json::Bool(value) => Value::from(*value),
        Json::Number(number) => Value::from(*number),
        Json::Text(text) => Value::from(text.as_str()),
        Json::List(list) => list.iter().map(value).collect(),
        Json::Object(members) => members.iter().map(|(n, v)| (n.clone(), value(v))).collect(),
    }
}

fn read(operation: Operation, text: &str) -> Answer {
    Answer::read(operation, parsed(text)).expect("an answer")
}

fn body(call: &Call) -> Value {
    value(&call.body().expect("a body"))
}

fn start() -> StartRequest {
    StartRequest {
        client_token: "0123456789abcdef".to_owned(),
        file_name: "Übersicht 🗂.txt".to_owned(),
        file_size_in_bytes: 104_857_600,
        file_use_case_type: FileUseCase::Attachment,
        url_expiry_in_seconds: 300,
        tags: None,
    }
}

#[test]
fn start_sends_what_the_operation_takes_and_no_created_by() {
    let expected = json!({
        "ClientToken": "0123456789abcdef", "FileName": "Übersicht 🗂.txt",
        "FileSizeInBytes": 104_857_600, "FileUseCaseType": "ATTACHMENT",
        "UrlExpiryInSeconds": 300
    });
    assert_eq!(body(&Call::Start(start())), expected);
}

#[test]
fn tags_are_sent_when_there_are_some() {
    let tags =
        Some([("key1", "value1")].map(|(k, v)| (k.to_owned(), v.to_owned())).into_iter().collect());
    let text = body(&Call::Start(StartRequest { tags, ..start() }));
    assert_eq!(text["Tags"], json!({"key1": "value1"}));
}

#[test]
fn batch_and_search_send_exactly_this() {
    let file_ids = vec!["a".to_owned(), "b".to_owned()];
    assert_eq!(body(&Call::Batch(BatchRequest { file_ids })), json!({"FileIds": ["a", "b"]}));
    assert_eq!(
        body(&Call::Search(SearchRequest { next_token: None })),
        json!({"filters": [{"file": {}}], "maxResults": 25})
    );
    assert_eq!(
        body(&Call::Search(SearchRequest { next_token: Some("n".to_owned()) })),
        json!({"filters": [{"file": {}}], "maxResults": 25, "nextToken": "n"})
    );
}

#[test]
fn the_other_calls_have_no_body() {
    let file_id = || "f".to_owned();
    for call in [
        Call::Complete { file_id: file_id() },
        Call::Get { file_id: file_id() },
        Call::Delete { file_id: file_id() },
        Call::Describe,
    ] {
        assert_eq!(call.body(), None, "{call:?}");
    }
}

#[test]
fn every_member_of_the_start_answer_is_read() {
    let Answer::Start(answer) = read(
        Operation::Start,
        r#"{"FileArn": "arn:f", "FileId": "f-1", "CreationTime": "2024-05-03T02:41:28.172Z",
            "FileStatus": "PROCESSING", "CreatedBy": {"ConnectUserArn": "arn:u"},
            "UploadUrlMetadata": {"Url": "https://b/k?X-Amz-Signature=1",
                "UrlExpiry": "2019-11-08T02:41:28Z",
                "HeadersToInclude": {"Content-Type": "text/plain", "x-amz-acl": "a"}}}"#,
    ) else {
        panic!("another answer");
    };
    assert_eq!(answer.file_arn.as_deref(), Some("arn:f"));
    assert_eq!(answer.file_id.as_deref(), Some("f-1"));
    assert_eq!(answer.creation_time.as_deref(), Some("2024-05-03T02:41:28.172Z"));
    assert_eq!(answer.file_status, Some(FileStatus::Processing));
    assert_eq!(answer.created_by.unwrap().connect_user_arn.as_deref(), Some("arn:u"));
    let upload = answer.upload_url_metadata.unwrap();
    assert_eq!(upload.url.unwrap().expose(), "https://b/k?X-Amz-Signature=1");
    assert_eq!(upload.url_expiry.as_deref(), Some("2019-11-08T02:41:28Z"));
    let headers: Vec<(&str, &str)> =
        upload.headers_to_include.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    assert_eq!(headers, [("Content-Type", "text/plain"), ("x-amz-acl", "a")]);
}

#[test]
fn every_member_of_a_files_metadata_is_read() {
    let Answer::Get(file) = read(
        Operation::Get,
        r#"{"FileArn": "arn:f", "FileId": "f-1", "CreationTime": "2024-05-03T02:41:28.172Z",
            "FileStatus": "APPROVED", "FileName": "a.txt", "FileSizeInBytes": 123,
            "AssociatedResourceArn": "arn:case", "FileUseCaseType": "EMAIL_MESSAGE",
            "CreatedBy": {"AWSIdentityArn": "arn:role"},
            "DownloadUrlMetadata": {"Url": "https://b/k?sig=1", "UrlExpiry": "2019-11-08T02:41:28.172Z"},
            "Tags": {"key1": "value1", "key2": "value2"}}"#,
    ) else {
        panic!("another answer");
    };
    assert_eq!(file.file_arn.as_deref(), Some("arn:f"));
    assert_eq!(file.file_id.as_deref(), Some("f-1"));
    assert_eq!(file.creation_time.as_deref(), Some("2024-05-03T02:41:28.172Z"));
    assert_eq!(file.file_status, Some(FileStatus::Approved));
    assert_eq!(file.file_name.as_deref(), Some("a.txt"));
    assert_eq!(file.file_size_in_bytes, Some(123));
    assert_eq!(file.associated_resource_arn.as_deref(), Some("arn:case"));
    assert_eq!(file.file_use_case_type, Some(FileUseCase::EmailMessage));
    assert_eq!(file.created_by.unwrap().aws_identity_arn.as_deref(), Some("arn:role"));
    let download = file.download_url_metadata.unwrap();
    assert_eq!(download.url.unwrap().expose(), "https://b/k?sig=1");
    assert_eq!(download.url_expiry.as_deref(), Some("2019-11-08T02:41:28.172Z"));
    assert_eq!(file.tags.unwrap().get(&"key2".to_owned()).map(String::as_str), Some("value2"));
}

#[test]
fn a_file_that_is_not_approved_comes_without_a_url() {
    let Answer::Get(file) =
        read(Operation::Get, r#"{"FileSizeInBytes": 1, "FileStatus": "REJECTED"}"#)
    else {
        panic!("another answer");
    };
    assert_eq!((file.download_url_metadata, file.file_status), (None, Some(FileStatus::Rejected)));
}

#[test]
fn a_batch_brings_files_and_errors_side_by_side() {
    let Answer::Batch(answer) = read(
        Operation::Batch,
        r#"{"Files": [{"FileId": "a", "FileStatus": "FAILED", "FileSizeInBytes": 9}],
            "Errors": [{"ErrorCode": "X", "ErrorMessage": "no", "FileId": "b"}]}"#,
    ) else {
        panic!("another answer");
    };
    assert_eq!(answer.files[0].file_status, Some(FileStatus::Failed));
    let error = &answer.errors[0];
    assert_eq!(error.error_code.as_deref(), Some("X"));
    assert_eq!(error.error_message.as_deref(), Some("no"));
    assert_eq!(error.file_id.as_deref(), Some("b"));
}

#[test]
fn the_limits_of_an_instance_are_read() {
    let Answer::Describe(answer) = read(
        Operation::Describe,
        r#"{"AttachedFilesConfiguration": {"InstanceId": "i", "AttachmentScope": "CASE", "MaximumSizeLimitInBytes": 104857600,
            "ExtensionConfiguration": {"AllowedExtensions": [{"Extension": "pdf"}, {"Extension": "7z"}]},
            "LastModifiedTime": 1700000000.5}}"#,
    ) else {
        panic!("another answer");
    };
    assert_eq!(answer.maximum_size_limit_in_bytes, Some(104_857_600));
    let extensions = answer.extension_configuration.unwrap().allowed_extensions;
    let extensions: Vec<&str> = extensions.iter().map(|e| e.extension.as_str()).collect();
    assert_eq!(extensions, ["pdf", "7z"]);
}

#[test]
fn a_search_brings_file_ids_from_a_sparse_list() {
    let Answer::Search(answer) = read(
        Operation::Search,
        r#"{"nextToken": "n", "relatedItems": [null,
            {"relatedItemId": "r", "type": "File", "associationTime": "2024-05-03T02:41:28Z",
             "content": {"file": {"fileArn": "arn:aws:connect:r:1:instance/i/file/f-1"}}},
            {"type": "Comment", "content": {"comment": {"body": "hi", "contentType": "Text/Plain"}}},
            {"type": "File", "content": {"file": {}}},
            {"type": "Sla", "content": {}}, {}]}"#,
    ) else {
        panic!("another answer");
    };
    assert_eq!(answer.file_ids().collect::<Vec<_>>(), ["f-1"]);
    assert_eq!(answer.next_token.as_deref(), Some("n"));
}

#[test]
fn complete_and_delete_are_done_whatever_their_body() {
    for operation in [Operation::Complete, Operation::Delete] {
        assert!(!Answer::has_body(operation));
        assert_eq!(Answer::read(operation, Json::Null), Some(Answer::Done));
    }
}

#[test]
fn what_aws_adds_does_not_break_what_is_known() {
    let Answer::Batch(answer) = read(
        Operation::Batch,
        r#"{"Files": [{"FileId": "a", "FileStatus": "QUARANTINED", "FileUseCaseType": "VOICE_RECORDING",
             "Sensitivity": {"Level": 3, "Reasons": [1.5, -2, null, true]},
             "CreatedBy": {"RobotArn": "arn:r"}}], "Cost": -0.5}"#,
    ) else {
        panic!("another answer");
    };
    let file = &answer.files[0];
    let status = file.file_status.as_ref().unwrap();
    assert_eq!(
        (status, status.as_str()),
        (&FileStatus::Unknown("QUARANTINED".to_owned()), "QUARANTINED")
    );
    assert_eq!(file.file_use_case_type.as_ref().unwrap().as_str(), "VOICE_RECORDING");
    assert_eq!(file.created_by.clone().unwrap().connect_user_arn, None);
}

#[test]
fn known_statuses_are_known_by_name() {
    for text in [
        "APPROVED",
        "REJECTED",
        "PROCESSING",
        "FAILED",
        "DRAFTING",
        "PENDING_UPLOAD",
        "UPLOAD_EXPIRED",
        "DELETED",
    ] {
        let status = FileStatus::from(text.to_owned());
        assert_eq!(status.as_str(), text);
        assert!(!matches!(status, FileStatus::Unknown(_)), "{text}");
    }
    assert!(matches!(FileStatus::from("approved".to_owned()), FileStatus::Unknown(_)));
}

#[test]
fn nulls_and_missing_members_read_as_missing() {
    let Answer::Start(answer) = read(
        Operation::Start,
        r#"{"FileId": null, "CreatedBy": null, "UploadUrlMetadata": {"Url": null, "HeadersToInclude": null}}"#,
    ) else {
        panic!("another answer");
    };
    assert_eq!((answer.file_id, answer.created_by), (None, None));
    let upload = answer.upload_url_metadata.unwrap();
    assert!(upload.url.is_none() && upload.headers_to_include.is_empty());
    let empty = read(Operation::Batch, r#"{"Files": null}"#);
    assert_eq!(empty, read(Operation::Batch, "{}"));
}

#[test]
fn a_body_that_is_no_object_is_no_answer() {
    for text in ["null", "[]", "\"x\"", "1", "true"] {
        assert_eq!(Answer::read(Operation::Start, parsed(text)), None, "{text}");
    }
}

#[test]
fn an_error_body_is_read_in_connects_and_in_cases_words() {
    let error = ErrorBody::read(parsed(
        r#"{"Message": "no", "code": "A", "__type": "ns#B",
            "Reason": {"AttachedFileInvalidRequestExceptionReason": "INVALID_FILE_TYPE"}}"#,
    ));
    assert_eq!(error.message.as_deref(), Some("no"));
    assert_eq!((error.code.as_deref(), error.kind.as_deref()), (Some("A"), Some("ns#B")));
    assert_eq!(error.reason.unwrap().invalid_request.as_deref(), Some("INVALID_FILE_TYPE"));
    assert_eq!(ErrorBody::read(parsed(r#"{"message": "no"}"#)).message.as_deref(), Some("no"));
}

#[test]
fn a_reason_of_another_kind_is_tolerated() {
    for text in [r#"{"Reason": {"Other": "X"}}"#, r#"{"Reason": null}"#, r#"{"Reason": "X"}"#, "[]"]
    {
        let reason = ErrorBody::read(parsed(text)).reason;
        assert!(reason.is_none_or(|r| r.quota.is_none() && r.invalid_request.is_none()), "{text}");
    }
    let quota = r#"{"Reason": {"AttachedFileServiceQuotaExceededExceptionReason": "TOTAL_FILE_SIZE_EXCEEDED"}}"#;
    let reason = ErrorBody::read(parsed(quota)).reason.unwrap();
    assert_eq!(reason.quota.as_deref(), Some("TOTAL_FILE_SIZE_EXCEEDED"));
}

proptest::proptest! {
    #[test]
    fn what_a_start_sends_comes_back_as_it_was(name in "\\PC{1,60}", size: u64, expiry in 5_u16..=300) {
        let request = StartRequest {
            file_name: name.clone(),
            file_size_in_bytes: size,
            url_expiry_in_seconds: expiry,
            ..start()
        };
        let value = body(&Call::Start(request));
        proptest::prop_assert_eq!(value["FileName"].as_str(), Some(name.as_str()));
        proptest::prop_assert_eq!(value["FileSizeInBytes"].as_u64(), Some(size));
        proptest::prop_assert_eq!(value["UrlExpiryInSeconds"].as_u64(), Some(u64::from(expiry)));
    }
}
