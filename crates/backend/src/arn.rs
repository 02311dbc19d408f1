//! ARNs cut into whole segments, and patterns over them.
//!
//! A pattern compares segment by segment and never by text prefix: `case/1` must not open `case/12`.

use std::fmt;

/// Longest ARN looked at, in bytes. AWS's own ARNs stay well below; longer text is refused unread.
const MAX_BYTES: usize = 1024;

/// An ARN: partition, service, region, account, then the parts of the resource between slashes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arn {
    segments: Vec<String>,
}

/// The text is not an ARN that this gateway is willing to judge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAnArn;

impl Arn {
    /// Reads `arn:partition:service:region:account:a/b/c`.
    ///
    /// # Errors
    /// Wrong shape, an empty part, `.` or `..`, or a character outside `A-Z a-z 0-9 - . _ = + # : @`: what a
    /// service could read in two ways is not judged at all.
    pub fn parse(text: &str) -> Result<Self, NotAnArn> {
        let segments = split(text)?;
        if segments.iter().all(|segment| is_plain(segment)) {
            Ok(Self { segments: segments.into_iter().map(str::to_owned).collect() })
        } else {
            Err(NotAnArn)
        }
    }

    /// The ARN of a case, from where this gateway's cases live and the two ids in the path of a Cases call.
    ///
    /// # Errors
    /// An id that is not one plain segment.
    pub fn case(home: &Home, domain: &str, case: &str) -> Result<Self, NotAnArn> {
        let Home { partition, region, account } = home;
        Self::parse(&format!(
            "arn:{partition}:cases:{region}:{account}:domain/{domain}/case/{case}"
        ))
    }

    /// The Connect instance this ARN lies in, for a resource of Connect itself such as a contact.
    #[must_use]
    pub fn instance_id(&self) -> Option<&str> {
        match self.segments.as_slice() {
            [_, service, _, _, kind, id, ..] if service == "connect" && kind == "instance" => {
                Some(id)
            }
            _ => None,
        }
    }

    /// Whether Connect owns the resource, in which case [`Arn::instance_id`] must fit the path's instance.
    #[must_use]
    pub fn is_connect(&self) -> bool {
        self.segments.get(1).is_some_and(|service| service == "connect")
    }
}

/// Where the cases of this gateway live; the Cases route names no ARN, so it is built from this.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Home {
    /// `aws`, `aws-us-gov`, …
    pub partition: String,
    /// `us-east-1`, …
    pub region: String,
    /// Twelve digits.
    pub account: String,
}

/// An ARN in which a segment may be `*`, standing for exactly one whole segment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArnPattern {
    segments: Vec<Part>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Any,
    Exactly(String),
}

impl ArnPattern {
    /// Reads a pattern of the configuration.
    ///
    /// # Errors
    /// As [`Arn::parse`]; also a `*` that is only a piece of a segment (`case/1*`), which would be a prefix match.
    pub fn parse(text: &str) -> Result<Self, NotAnArn> {
        let segments = split(text)?
            .into_iter()
            .map(|segment| match segment {
                "*" => Ok(Part::Any),
                plain if is_plain(plain) => Ok(Part::Exactly(plain.to_owned())),
                _ => Err(NotAnArn),
            })
            .collect::<Result<_, _>>()?;
        Ok(Self { segments })
    }

    /// Whether every segment fits and their number is the same.
    #[must_use]
    pub fn matches(&self, arn: &Arn) -> bool {
        self.segments.len() == arn.segments.len()
            && self.segments.iter().zip(&arn.segments).all(|(part, segment)| match part {
                Part::Any => true,
                Part::Exactly(text) => text == segment,
            })
    }
}

fn split(text: &str) -> Result<Vec<&str>, NotAnArn> {
    if text.len() > MAX_BYTES {
        return Err(NotAnArn);
    }
    let mut head = text.splitn(6, ':');
    if head.next() != Some("arn") {
        return Err(NotAnArn);
    }
    let mut segments: Vec<&str> = head.by_ref().take(4).collect();
    segments.extend(head.next().ok_or(NotAnArn)?.split('/'));
    Ok(segments)
}

fn is_plain(segment: &str) -> bool {
    !matches!(segment, "" | "." | "..")
        && segment.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._=+#:@".contains(&byte))
}

impl fmt::Display for NotAnArn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "not an ARN of plain segments; `*` may stand for one whole segment of a pattern only",
        )
    }
}

impl std::error::Error for NotAnArn {}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests may panic")]
mod tests {
    use super::*;

    const CASE: &str = "arn:aws:cases:us-east-1:123456789012:domain/d1/case/1";

    fn fits(pattern: &str, arn: &str) -> bool {
        ArnPattern::parse(pattern).unwrap().matches(&Arn::parse(arn).unwrap())
    }

    #[test]
    fn a_pattern_that_is_a_prefix_of_the_arn_does_not_fit() {
        assert!(fits(CASE, CASE));
        assert!(!fits(CASE, &format!("{CASE}2")));
        assert!(!fits(CASE, &format!("{CASE}/2")));
        assert!(!fits(&format!("{CASE}/*"), CASE));
    }

    #[test]
    fn a_star_is_one_whole_segment() {
        let any_case = "arn:aws:cases:us-east-1:123456789012:domain/d1/case/*";
        assert!(fits(any_case, CASE));
        assert!(!fits(any_case, &format!("{CASE}/deeper")));
        assert!(!fits(any_case, &CASE.replace("d1", "d2")));
        assert!(fits("arn:*:cases:*:*:domain/*/case/*", CASE));
        assert_eq!(
            ArnPattern::parse("arn:aws:cases:us-east-1:123456789012:domain/d1/case/1*"),
            Err(NotAnArn)
        );
    }

    #[test]
    fn text_that_could_be_read_in_two_ways_is_no_arn() {
        for bad in [
            "",
            "case/1",
            "arn:aws:cases:us-east-1:123456789012",
            "arn:aws:cases:us-east-1:123456789012:",
            "arn:aws:cases:us-east-1:123456789012:domain//case/1",
            "arn:aws:cases:us-east-1:123456789012:domain/d1/case/..",
            "arn:aws:cases:us-east-1:123456789012:domain/d1/case/../case/1",
            "arn:aws:cases:us-east-1:123456789012:domain/d1/case/%2e%2e",
            "arn:aws:cases:us-east-1:123456789012:domain/d1/case/*",
            "arn:aws:cases:us-east-1:123456789012:domain/d1/case/1 ",
            "arn:aws:cases:us-east-1:123456789012:domain/d1/case/é",
            "ARN:aws:cases:us-east-1:123456789012:domain/d1/case/1",
        ] {
            assert_eq!(Arn::parse(bad), Err(NotAnArn), "{bad}");
        }
        assert_eq!(Arn::parse(&format!("{CASE}{}", "1".repeat(MAX_BYTES))), Err(NotAnArn));
    }

    #[test]
    fn the_instance_is_read_from_connect_arns_only() {
        let contact =
            Arn::parse("arn:aws:connect:us-east-1:123456789012:instance/i1/contact/c1").unwrap();
        assert_eq!(contact.instance_id(), Some("i1"));
        assert!(contact.is_connect());
        let case = Arn::parse(CASE).unwrap();
        assert_eq!(case.instance_id(), None);
        assert!(!case.is_connect());
    }

    #[test]
    fn a_case_arn_is_built_of_plain_ids_only() {
        let home = Home {
            partition: "aws".into(),
            region: "us-east-1".into(),
            account: "123456789012".into(),
        };
        assert_eq!(Arn::case(&home, "d1", "1").unwrap(), Arn::parse(CASE).unwrap());
        assert_eq!(Arn::case(&home, "d1", ".."), Err(NotAnArn));
        assert_ne!(Arn::case(&home, "d1", "x/1"), Ok(Arn::parse(CASE).unwrap()));
    }
}
