//! The `associatedResourceArn` every operation on files carries, and whether it is ours.

use super::Call;
use super::error::Refusal;
use crate::files::Record;
use crate::info::{ACCOUNT_ID, DOMAIN_ID, INSTANCE_ID, REGION};
use crate::settings::ForeignResource;

/// A resource of the emulated account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Resource {
    pub(crate) arn: String,
    /// Whose limits apply: `CASE` or `EMAIL`.
    pub(crate) scope: &'static str,
}

enum Read {
    Ours(&'static str),
    Foreign,
    NoArn,
}

fn read(arn: &str) -> Read {
    let parts: Vec<&str> = arn.splitn(6, ':').collect();
    let ["arn", _, service, region, account, path] = parts.as_slice() else {
        return Read::NoArn;
    };
    let here = *region == REGION && *account == ACCOUNT_ID;
    let path: Vec<&str> = path.split('/').collect();
    match (*service, path.as_slice()) {
        ("cases", ["domain", domain, "case", case])
            if here && *domain == DOMAIN_ID && !case.is_empty() =>
        {
            Read::Ours("CASE")
        }
        ("connect", ["instance", instance, "contact", contact])
            if here && *instance == INSTANCE_ID && !contact.is_empty() =>
        {
            Read::Ours("EMAIL")
        }
        _ => Read::Foreign,
    }
}

impl Call<'_> {
    /// The resource of a Start, whose model knows no 404.
    pub(crate) fn resource_of_start(&self, instance: &str) -> Result<Resource, Refusal> {
        let arn = self.checked_arn(instance)?;
        match read(&arn) {
            Read::Ours(scope) if instance == INSTANCE_ID => Ok(Resource { arn, scope }),
            Read::NoArn => Err(Refusal::invalid("AssociatedResourceArn is not a valid ARN.")),
            Read::Ours(_) | Read::Foreign => Err(match self.settings.foreign_resource {
                ForeignResource::InvalidRequest => {
                    Refusal::invalid("The associated resource is not part of the instance.")
                }
                ForeignResource::AccessDenied => {
                    Refusal::denied("No permission for the associated resource.")
                }
            }),
        }
    }

    /// The ARN of any other operation.
    pub(crate) fn resource_of_file(&self, instance: &str) -> Result<String, Refusal> {
        let arn = self.checked_arn(instance)?;
        match read(&arn) {
            Read::Ours(_) if instance == INSTANCE_ID => Ok(arn),
            Read::NoArn => Err(Refusal::invalid("AssociatedResourceArn is not a valid ARN.")),
            Read::Ours(_) | Read::Foreign => {
                Err(Refusal::not_found("The associated resource was not found."))
            }
        }
    }

    /// The file a path names, as long as it belongs to the ARN of the query.
    pub(crate) fn file(&self, instance: &str, id: &str) -> Result<Record, Refusal> {
        let arn = self.resource_of_file(instance)?;
        if id.is_empty() || id.chars().count() > 256 {
            return Err(Refusal::invalid("FileId must have 1 to 256 characters."));
        }
        let files = self.world.files();
        let found = files.get(id).filter(|record| record.resource == arn);
        found.cloned().ok_or_else(|| Refusal::not_found("The attached file was not found."))
    }

    fn checked_arn(&self, instance: &str) -> Result<String, Refusal> {
        if instance.is_empty() || instance.chars().count() > 100 {
            return Err(Refusal::invalid("InstanceId must have 1 to 100 characters."));
        }
        self.query("associatedResourceArn")
            .filter(|arn| !arn.is_empty())
            .ok_or_else(|| Refusal::invalid("AssociatedResourceArn is required."))
    }
}
