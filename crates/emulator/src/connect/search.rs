//! Cases' SearchRelatedItems: `POST /domains/{domainId}/cases/{caseId}/related-items-search`.

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::error::Refusal;
use super::{Call, Reply};
use crate::clock::iso;
use crate::files::{CreatedBy, Record};
use crate::info::{DOMAIN_ID, case_arn, file_arn};

/// The model's largest page.
const PAGE: usize = 25;

/// What a page token looks like inside; opaque to callers.
const TOKEN: &str = "after-";

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Body {
    max_results: Option<i64>,
    next_token: Option<String>,
    filters: Option<Vec<Map<String, Value>>>,
}

/// Lists the files of a case, oldest first, in pages.
pub(crate) fn search(call: &Call<'_>, domain: &str, case: &str) -> Reply {
    let case = known_case(domain, case)?;
    let body: Body = call.json()?;
    let page = match body.max_results {
        None => PAGE,
        Some(n) => usize::try_from(n)
            .ok()
            .filter(|n| (1..=PAGE).contains(n))
            .ok_or_else(|| Refusal::validation("maxResults must be between 1 and 25."))?,
    };
    let after = match body.next_token.as_deref() {
        None => 0,
        Some(token) => read_token(token)?,
    };
    let wanted = Wanted::read(&body.filters.unwrap_or_default())?;
    let files = call.world.files();
    let mut listed: Vec<&Record> = files
        .with_ghosts()
        .filter(|r| r.listed.is_some() && r.number > after)
        .filter(|r| r.resource == case && wanted.fits(r))
        .collect();
    listed.sort_by_key(|r| r.number);
    let more = listed.len() > page;
    listed.truncate(page);
    let mut answer = Map::new();
    if more && let Some(last) = listed.last() {
        answer.insert("nextToken".to_owned(), json!(write_token(last.number)));
    }
    let items = listed.into_iter().flat_map(|record| {
        let gap = call.settings.related_items_sparse.then_some(Value::Null);
        gap.into_iter().chain([item(record)])
    });
    answer.insert("relatedItems".to_owned(), items.collect());
    Ok(Some(Value::Object(answer)))
}

/// The case's ARN; an ARN in place of the id is taken too, as the model's pattern allows.
fn known_case(domain: &str, case: &str) -> Result<String, Refusal> {
    for (name, value) in [("domainId", domain), ("caseId", case)] {
        if !(1..=500).contains(&value.chars().count()) {
            return Err(Refusal::validation(format!("{name} must have 1 to 500 characters.")));
        }
    }
    if domain != DOMAIN_ID {
        return Err(Refusal::case_not_found("Domain", domain));
    }
    if !case.starts_with("arn:") {
        return Ok(case_arn(case));
    }
    let id = case.rsplit('/').next().unwrap_or_default();
    if case_arn(id) == case {
        Ok(case.to_owned())
    } else {
        Err(Refusal::case_not_found("Case", case))
    }
}

/// Which files the filters let through; files are all the emulated cases hold.
enum Wanted {
    All,
    Of(Vec<Option<String>>),
}

impl Wanted {
    fn read(filters: &[Map<String, Value>]) -> Result<Self, Refusal> {
        if filters.is_empty() {
            return Ok(Self::All);
        }
        if filters.len() > 10 {
            return Err(Refusal::validation("filters must have at most 10 entries."));
        }
        let mut arns = Vec::new();
        for filter in filters {
            let mut members = filter.iter();
            let (Some((kind, value)), None) = (members.next(), members.next()) else {
                return Err(Refusal::validation("A filter must have exactly one member."));
            };
            match kind.as_str() {
                "file" => arns.push(file_arn_of(value)?),
                "contact" | "comment" | "sla" | "connectCase" | "custom" => {}
                _ => return Err(Refusal::validation("Unknown filter.")),
            }
        }
        Ok(Self::Of(arns))
    }

    fn fits(&self, record: &Record) -> bool {
        match self {
            Self::All => true,
            Self::Of(arns) => {
                arns.iter().any(|arn| arn.as_ref().is_none_or(|arn| *arn == file_arn(&record.id)))
            }
        }
    }
}

fn file_arn_of(filter: &Value) -> Result<Option<String>, Refusal> {
    match filter.get("fileArn") {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(arn)) if (1..=500).contains(&arn.chars().count()) => {
            Ok(Some(arn.clone()))
        }
        Some(_) => Err(Refusal::validation("fileArn must have 1 to 500 characters.")),
    }
}

fn item(record: &Record) -> Value {
    let mut item = json!({
        "relatedItemId": format!("related-{}", record.id),
        "type": "File",
        "associationTime": iso(record.listed.unwrap_or(record.created)),
        "content": { "file": { "fileArn": file_arn(&record.id) } },
    });
    if let CreatedBy::ConnectUserArn(arn) = &record.created_by
        && let Some(item) = item.as_object_mut()
    {
        item.insert("performedBy".to_owned(), json!({ "userArn": arn }));
    }
    item
}

fn write_token(number: u64) -> String {
    hex::encode(format!("{TOKEN}{number}"))
}

fn read_token(token: &str) -> Result<u64, Refusal> {
    let text = hex::decode(token).ok().and_then(|t| String::from_utf8(t).ok());
    text.as_deref()
        .and_then(|t| t.strip_prefix(TOKEN)?.parse().ok())
        .ok_or_else(|| Refusal::validation("nextToken is not one of ours."))
}
