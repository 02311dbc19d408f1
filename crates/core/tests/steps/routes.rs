//! The HTTP form of each call, to the letter.

use connect_attached_files_core::call::{Call, Method, route};
use connect_attached_files_core::resource::Resource;
use connect_attached_files_core::wire::{BatchRequest, FileUseCase, SearchRequest, StartRequest};

const CASE: &str = "arn:aws:cases:us-east-1:123456789012:domain/d-1/case/c-1";
const CASE_QUERY: &str = "?associatedResourceArn=\
    arn%3Aaws%3Acases%3Aus-east-1%3A123456789012%3Adomain%2Fd-1%2Fcase%2Fc-1";

fn start() -> Call {
    Call::Start(StartRequest {
        client_token: "t".to_owned(),
        file_name: "a.txt".to_owned(),
        file_size_in_bytes: 1,
        file_use_case_type: FileUseCase::Attachment,
        url_expiry_in_seconds: 300,
        tags: None,
    })
}

fn batch() -> Call {
    Call::Batch(BatchRequest { file_ids: vec!["f".to_owned()] })
}

fn file_id() -> String {
    "f/1 ä".to_owned()
}

fn at(resource: &Resource, call: &Call) -> (Method, String) {
    let route = route(resource, call).expect("a route");
    (route.method, route.path)
}

#[test]
fn each_call_has_its_method_and_path() {
    let case = Resource::new("0a1b-2c", CASE).unwrap();
    let file = "/attached-files/0a1b-2c/f%2F1%20%C3%A4";
    let rows = [
        (start(), Method::Put, format!("/attached-files/0a1b-2c{CASE_QUERY}")),
        (batch(), Method::Post, format!("/attached-files/0a1b-2c{CASE_QUERY}")),
        (Call::Complete { file_id: file_id() }, Method::Post, format!("{file}{CASE_QUERY}")),
        (Call::Get { file_id: file_id() }, Method::Get, format!("{file}{CASE_QUERY}")),
        (Call::Delete { file_id: file_id() }, Method::Delete, format!("{file}{CASE_QUERY}")),
        (Call::Describe, Method::Get, "/attached-files-configurations/0a1b-2c/CASE".to_owned()),
        (
            Call::Search(SearchRequest { next_token: None }),
            Method::Post,
            "/domains/d-1/cases/c-1/related-items-search".to_owned(),
        ),
    ];
    for (call, method, path) in rows {
        assert_eq!(at(&case, &call), (method, path), "{call:?}");
    }
}

#[test]
fn an_email_contact_has_a_scope_of_its_own_and_no_related_items() {
    let contact = Resource::new("i", "arn:aws:connect:r:1:instance/i/contact/c").unwrap();
    let (method, path) = at(&contact, &Call::Describe);
    assert_eq!((method, path.as_str()), (Method::Get, "/attached-files-configurations/i/EMAIL"));
    assert_eq!(route(&contact, &Call::Search(SearchRequest { next_token: None })), None);
}

#[test]
fn nothing_in_an_id_can_leave_its_place_in_the_path() {
    let case = Resource::new("i/../x?y#z", "arn:aws:cases:r:1:domain/d/case/a/b:c?d&e").unwrap();
    let (_, path) = at(&case, &Call::Get { file_id: "../%2e%2e/é?&=+ \"".to_owned() });
    assert_eq!(
        path,
        "/attached-files/i%2F..%2Fx%3Fy%23z/..%2F%252e%252e%2F%C3%A9%3F%26%3D%2B%20%22\
         ?associatedResourceArn=arn%3Aaws%3Acases%3Ar%3A1%3Adomain%2Fd%2Fcase%2Fa%2Fb%3Ac%3Fd%26e"
    );
    let (_, path) = at(&case, &Call::Search(SearchRequest { next_token: None }));
    assert_eq!(path, "/domains/d/cases/a%2Fb%3Ac%3Fd%26e/related-items-search");
}

proptest::proptest! {
    #[test]
    fn a_path_holds_nothing_but_unreserved_characters_and_escapes(id in "\\PC{1,40}") {
        let case = Resource::new("i", CASE).unwrap();
        let (_, path) = at(&case, &Call::Complete { file_id: id.clone() });
        let encoded = path
            .strip_prefix("/attached-files/i/")
            .and_then(|rest| rest.strip_suffix(CASE_QUERY))
            .expect("the id stands between both");
        let mut bytes = Vec::new();
        let mut rest = encoded.bytes();
        while let Some(byte) = rest.next() {
            if byte == b'%' {
                let digits = [rest.next().unwrap(), rest.next().unwrap()];
                let digits = std::str::from_utf8(&digits).unwrap();
                proptest::prop_assert_eq!(digits.to_uppercase(), digits);
                bytes.push(u8::from_str_radix(digits, 16).unwrap());
            } else {
                proptest::prop_assert!(byte.is_ascii_alphanumeric() || b"-._~".contains(&byte));
                bytes.push(byte);
            }
        }
        proptest::prop_assert_eq!(String::from_utf8(bytes).unwrap(), id);
    }
}
