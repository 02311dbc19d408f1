//! What files are attached to: a case or an email contact of one Connect instance.

use std::fmt;

/// An Amazon Connect resource that can hold attached files, within one instance.
///
/// An item keeps the resource it was dropped on for life.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Resource {
    /// Connect instance id, 1 to 100 characters.
    pub instance_id: String,
    /// The associated resource ARN, as the five operations take it.
    pub arn: String,
}

/// The kinds of resource the widget tells apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResourceKind<'a> {
    /// `arn:{partition}:cases:{region}:{account}:domain/{domain}/case/{case}`
    Case {
        /// Cases domain id.
        domain_id: &'a str,
        /// Case id; the service allows `/` and `:` inside it.
        case_id: &'a str,
    },
    /// `arn:{partition}:connect:{region}:{account}:instance/{instance}/contact/{contact}`
    Contact,
}

/// Why a text is no resource ARN.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResourceError {
    /// The instance id is empty or longer than 100 characters.
    InstanceId,
    /// The ARN names neither a case nor a contact.
    Arn,
}

impl ResourceError {
    /// What is wrong.
    #[must_use]
    pub fn message(&self) -> &'static str {
        match self {
            Self::InstanceId => "the instance id must have 1 to 100 characters",
            Self::Arn => {
                "the resource must be the ARN of a case (arn:aws:cases:…:domain/…/case/…) \
                 or of a contact (arn:aws:connect:…:instance/…/contact/…)"
            }
        }
    }
}

impl fmt::Display for ResourceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message())
    }
}

impl std::error::Error for ResourceError {}

impl Resource {
    /// Checks both parts.
    ///
    /// # Errors
    /// [`ResourceError`] when the instance id is out of bounds or the ARN names neither case nor contact.
    pub fn new(
        instance_id: impl Into<String>,
        arn: impl Into<String>,
    ) -> Result<Self, ResourceError> {
        let resource = Self { instance_id: instance_id.into(), arn: arn.into() };
        if !(1..=100).contains(&resource.instance_id.chars().count()) {
            return Err(ResourceError::InstanceId);
        }
        parse(&resource.arn).ok_or(ResourceError::Arn)?;
        Ok(resource)
    }

    /// What the ARN names.
    #[must_use]
    pub fn kind(&self) -> ResourceKind<'_> {
        parse(&self.arn).unwrap_or(ResourceKind::Contact)
    }

    /// The attachment scope whose limits hold for this resource.
    #[must_use]
    pub fn scope(&self) -> &'static str {
        match self.kind() {
            ResourceKind::Case { .. } => "CASE",
            ResourceKind::Contact => "EMAIL",
        }
    }
}

fn parse(arn: &str) -> Option<ResourceKind<'_>> {
    let mut parts = arn.splitn(6, ':');
    if parts.next()? != "arn" || parts.next()?.is_empty() {
        return None;
    }
    let service = parts.next()?;
    let _region = parts.next()?;
    let _account = parts.next()?;
    let name = parts.next()?;
    match service {
        "cases" => {
            let (domain_id, case_id) = pair(name, "domain", "case")?;
            (!domain_id.is_empty() && !case_id.is_empty())
                .then_some(ResourceKind::Case { domain_id, case_id })
        }
        "connect" => {
            let (instance, contact) = pair(name, "instance", "contact")?;
            (!instance.is_empty() && !contact.is_empty()).then_some(ResourceKind::Contact)
        }
        _ => None,
    }
}

/// Reads `{outer}/{id}/{inner}/{id}`; the second id may hold slashes of its own.
fn pair<'a>(name: &'a str, outer: &str, inner: &str) -> Option<(&'a str, &'a str)> {
    let mut parts = name.splitn(4, '/');
    let outer_id = (parts.next()? == outer).then(|| parts.next())??;
    let inner_id = (parts.next()? == inner).then(|| parts.next())??;
    Some((outer_id, inner_id))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests may panic")]
mod tests {
    use super::*;

    #[test]
    fn cases_and_contacts_of_any_partition_are_read() {
        let case = Resource::new("i", "arn:aws-us-gov:cases:r:1:domain/d-1/case/c/1:x").unwrap();
        assert_eq!(case.kind(), ResourceKind::Case { domain_id: "d-1", case_id: "c/1:x" });
        assert_eq!(case.scope(), "CASE");
        let mail = Resource::new("i", "arn:aws:connect:r:1:instance/i/contact/c").unwrap();
        assert_eq!(mail.scope(), "EMAIL");
    }

    #[test]
    fn anything_else_is_refused_with_the_form_expected() {
        for arn in [
            "",
            "case/1",
            "arn:aws:s3:::b",
            "arn:aws:cases:r:1:domain/d/case/",
            "arn:aws:cases:r:1:domain//case/c",
        ] {
            assert_eq!(Resource::new("i", arn), Err(ResourceError::Arn), "{arn}");
        }
        assert_eq!(Resource::new("", "x"), Err(ResourceError::InstanceId));
    }
}
