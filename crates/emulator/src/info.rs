//! Who the emulator says it is: fixed, so that a demo's page and links survive a restart.

use serde::Serialize;

pub(crate) const REGION: &str = "us-east-1";
pub(crate) const ACCOUNT_ID: &str = "123456789012";
pub(crate) const INSTANCE_ID: &str = "5f1c0d9e-7a34-4b8e-9d21-3c6e0a4b7f10";
pub(crate) const DOMAIN_ID: &str = "8b2e6c14-0d57-4f93-a6c8-1e9f7d3b5a20";
pub(crate) const CASE_ID: &str = "c1a7e5d0-3b42-4c6f-8e9a-2d4f6b8c0e30";
pub(crate) const SECOND_CASE_ID: &str = "d2b8f6e1-4c53-4d70-9fab-3e507c9d1f40";
pub(crate) const CONTACT_ID: &str = "e3c9a7f2-5d64-4e81-a0bc-4f618dae2050";
pub(crate) const ACCESS_KEY_ID: &str = "EMULATEDACCESSKEY001";
pub(crate) const SECRET_ACCESS_KEY: &str = "emulated-secret-that-opens-nothing-at-aws";
pub(crate) const BUCKET: &str = "amazon-connect-emulated";

/// Addresses and identities of a running emulator, also the line the binary prints with `--json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Info {
    /// Base URL of the Connect listener, which also answers the Cases route.
    pub connect: String,
    /// Base URL of the S3 listener (path style).
    pub s3: String,
    /// Base URL of the control API.
    pub control: String,
    /// The one Connect instance.
    pub instance_id: String,
    /// A case of the domain; any other case id of that domain is accepted as well.
    pub case_arn: String,
    /// Another case of the domain.
    pub second_case_arn: String,
    /// A contact of the instance, for email attachments; any other contact id is accepted as well.
    pub contact_arn: String,
    /// The Region of everything.
    pub region: String,
    /// The account of everything.
    pub account_id: String,
    /// The Cases domain.
    pub domain_id: String,
    /// The access key whose signatures are accepted.
    pub access_key_id: String,
    /// Its secret.
    pub secret_access_key: String,
}

impl Info {
    pub(crate) fn new(connect: String, s3: String, control: String) -> Self {
        Self {
            connect,
            s3,
            control,
            instance_id: INSTANCE_ID.to_owned(),
            case_arn: case_arn(CASE_ID),
            second_case_arn: case_arn(SECOND_CASE_ID),
            contact_arn: format!(
                "arn:aws:connect:{REGION}:{ACCOUNT_ID}:instance/{INSTANCE_ID}/contact/{CONTACT_ID}"
            ),
            region: REGION.to_owned(),
            account_id: ACCOUNT_ID.to_owned(),
            domain_id: DOMAIN_ID.to_owned(),
            access_key_id: ACCESS_KEY_ID.to_owned(),
            secret_access_key: SECRET_ACCESS_KEY.to_owned(),
        }
    }
}

/// ARN of a case of the emulated domain.
pub(crate) fn case_arn(case_id: &str) -> String {
    format!("arn:aws:cases:{REGION}:{ACCOUNT_ID}:domain/{DOMAIN_ID}/case/{case_id}")
}

/// ARN of an attached file (`instance/{InstanceId}/file/{FileId}`, service reference data).
pub(crate) fn file_arn(file_id: &str) -> String {
    format!("arn:aws:connect:{REGION}:{ACCOUNT_ID}:instance/{INSTANCE_ID}/file/{file_id}")
}

/// The identity Connect derives when Start names no `ConnectUserArn`.
pub(crate) fn caller_arn() -> String {
    format!("arn:aws:iam::{ACCOUNT_ID}:user/emulator")
}
