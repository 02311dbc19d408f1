//! Who may touch what. Deny by default: only what a rule names is opened.

use std::fmt;
use std::future::Future;
use std::pin::Pin;

use crate::arn::{Arn, ArnPattern};
use crate::auth::Caller;

/// What a request wants to touch, in terms a policy can judge.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Access {
    /// The files of one associated resource of an instance.
    Files {
        /// Instance id in the path.
        instance: String,
        /// Case or contact the files hang on.
        resource: Arn,
    },
    /// The limits configured for an instance.
    Limits {
        /// Instance id in the path.
        instance: String,
    },
    /// The related items of a case; Cases knows no instance.
    Case {
        /// The case.
        resource: Arn,
    },
}

impl Access {
    /// Access to files, after the check no policy may skip: a resource of Connect lies in the path's instance.
    ///
    /// # Errors
    /// The resource belongs to Connect but to another instance, or to none.
    pub fn files(instance: String, resource: Arn) -> Result<Self, Denied> {
        if resource.is_connect() && resource.instance_id() != Some(&instance) {
            return Err(Denied);
        }
        Ok(Self::Files { instance, resource })
    }
}

/// The policy says no. It gives no reason: the caller must not learn what exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Denied;

/// What a policy promises.
pub type Verdict<'a> = Pin<Box<dyn Future<Output = Result<(), Denied>> + Send + 'a>>;

/// Decides whether a caller may have an access. Asked once per request, after authentication.
pub trait Policy: Send + Sync + 'static {
    /// `Ok` opens; everything else stays shut.
    fn decide<'a>(&'a self, caller: &'a Caller, access: &'a Access) -> Verdict<'a>;
}

/// The policy of the configuration file: the same instances and resources for every authenticated caller.
#[derive(Clone, Debug)]
pub struct Rules {
    instances: Vec<String>,
    resources: Vec<ArnPattern>,
}

/// Rules that could not be read, or that would open nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BadRules {
    /// No instance is named.
    NoInstance,
    /// No resource pattern is named.
    NoResource,
    /// An instance id that is empty or a wildcard; instances are named one by one.
    Instance(String),
    /// A pattern that is not made of whole ARN segments.
    Pattern(String),
}

impl Rules {
    /// Rules from instance ids and resource patterns (see [`ArnPattern`]).
    ///
    /// # Errors
    /// [`BadRules`]: a policy that opens nothing is a mistake to be told at start, not by the first 403.
    pub fn new(instances: Vec<String>, resources: &[String]) -> Result<Self, BadRules> {
        if instances.is_empty() {
            return Err(BadRules::NoInstance);
        }
        if let Some(bad) = instances.iter().find(|id| id.is_empty() || id.contains(['*', '/'])) {
            return Err(BadRules::Instance(bad.clone()));
        }
        if resources.is_empty() {
            return Err(BadRules::NoResource);
        }
        let resources = resources
            .iter()
            .map(|text| ArnPattern::parse(text).map_err(|_| BadRules::Pattern(text.clone())))
            .collect::<Result<_, _>>()?;
        Ok(Self { instances, resources })
    }

    fn allows(&self, access: &Access) -> bool {
        let instance_ok = |id: &String| self.instances.contains(id);
        let resource_ok = |arn: &Arn| self.resources.iter().any(|pattern| pattern.matches(arn));
        match access {
            Access::Files { instance, resource } => instance_ok(instance) && resource_ok(resource),
            Access::Limits { instance } => instance_ok(instance),
            Access::Case { resource } => resource_ok(resource),
        }
    }
}

impl Policy for Rules {
    fn decide<'a>(&'a self, _caller: &'a Caller, access: &'a Access) -> Verdict<'a> {
        let verdict = if self.allows(access) { Ok(()) } else { Err(Denied) };
        Box::pin(std::future::ready(verdict))
    }
}

impl fmt::Display for BadRules {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoInstance => f.write_str("[policy] names no instance, so it would open nothing"),
            Self::NoResource => f.write_str("[policy] names no resource, so it would open nothing"),
            Self::Instance(id) => write!(f, "[policy] instance `{id}` is not one instance id"),
            Self::Pattern(text) => {
                write!(
                    f,
                    "[policy] resource `{text}` is not an ARN in which `*` stands for whole segments"
                )
            }
        }
    }
}

impl std::error::Error for BadRules {}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests may panic")]
mod tests {
    use super::*;

    const ANY_CASE: &str = "arn:aws:cases:us-east-1:123456789012:domain/d1/case/*";
    const ANY_CONTACT: &str = "arn:aws:connect:us-east-1:123456789012:instance/*/contact/*";

    fn rules() -> Rules {
        Rules::new(vec!["i1".into(), "i2".into()], &[ANY_CASE.into(), ANY_CONTACT.into()]).unwrap()
    }

    fn contact(instance: &str) -> Arn {
        Arn::parse(&format!(
            "arn:aws:connect:us-east-1:123456789012:instance/{instance}/contact/c1"
        ))
        .unwrap()
    }

    #[test]
    fn files_need_both_the_instance_and_the_resource() {
        let case = Arn::parse(&ANY_CASE.replace('*', "1")).unwrap();
        assert!(rules().allows(&Access::files("i1".into(), case.clone()).unwrap()));
        assert!(!rules().allows(&Access::files("i3".into(), case).unwrap()));
        let foreign = Arn::parse("arn:aws:cases:us-east-1:123456789012:domain/d2/case/1").unwrap();
        assert!(!rules().allows(&Access::files("i1".into(), foreign).unwrap()));
    }

    #[test]
    fn a_contact_of_another_allowed_instance_is_still_refused() {
        assert!(rules().allows(&Access::files("i1".into(), contact("i1")).unwrap()));
        assert_eq!(Access::files("i1".into(), contact("i2")), Err(Denied));
        let instance_only = Arn::parse("arn:aws:connect:us-east-1:123456789012:thing/i1").unwrap();
        assert_eq!(Access::files("i1".into(), instance_only), Err(Denied));
    }

    #[test]
    fn rules_that_open_nothing_or_too_much_are_refused() {
        let any = [ANY_CASE.to_owned()];
        assert_eq!(Rules::new(vec![], &any).unwrap_err(), BadRules::NoInstance);
        assert_eq!(Rules::new(vec!["*".into()], &any).unwrap_err(), BadRules::Instance("*".into()));
        assert_eq!(Rules::new(vec!["i1".into()], &[]).unwrap_err(), BadRules::NoResource);
        assert_eq!(
            Rules::new(vec!["i1".into()], &["*".into()]).unwrap_err(),
            BadRules::Pattern("*".into())
        );
    }
}
