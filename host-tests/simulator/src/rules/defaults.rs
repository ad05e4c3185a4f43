//! Values that no client gives: defaults of new records, dates, and fields that follow from others.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::Value;

use super::{activity, campaign, opportunity};
use crate::oauth::integration_user;
use crate::org::{Changes, Org};
use crate::schema::{Field, Kind, SObject, temporal};

/// A fresh org starts counting its cases behind the samples that Salesforce ships.
const FIRST_CASE_NUMBER: u64 = 1026;
const FIRST_ARTICLE_NUMBER: u64 = 1000;

/// What a new record gets where nothing is given.
pub fn fill(org: &mut Org, sobject: &SObject, values: &mut Changes, id: &str, now: Timestamp) {
    for field in &sobject.fields {
        if values.contains_key(field.name) {
            continue;
        }
        match default(org, sobject, field, id, now) {
            Value::Null => {}
            value => drop(values.insert(field.name, value)),
        }
    }
    for name in ["CreatedDate", "LastModifiedDate", "SystemModstamp"] {
        values.insert(name, temporal::datetime_text(now).into());
    }
}

fn default(org: &mut Org, sobject: &SObject, field: &Field, id: &str, now: Timestamp) -> Value {
    match (field.name, &field.kind) {
        ("IsDeleted", _) => Value::Null,
        ("OwnerId" | "CreatedById" | "LastModifiedById", _) => integration_user().into(),
        ("CaseNumber", _) => format!("{:08}", org.store.next("CaseNumber") + FIRST_CASE_NUMBER - 1).into(),
        // A create is all that there is of an event, so its place in the stream is the number of creates before.
        ("ReplayId", _) => org.store.next(sobject.name).to_string().into(),
        ("EventUuid", _) => format!("00000000-0000-4000-8000-{:012x}", org.store.next("EventUuid")).into(),
        ("ArticleNumber", _) => format!("{:09}", org.store.next("ArticleNumber") + FIRST_ARTICLE_NUMBER - 1).into(),
        ("RecordTypeId", _) => {
            org.rules.default_record_types.get(sobject.name).map_or(Value::Null, |id| id.as_str().into())
        }
        ("Name", _) if field.auto_number => format!("T-{:05}", org.store.next(sobject.name)).into(),
        // A custom object whose name is text and was left out is called by its id.
        ("Name", _) if field.name_field && sobject.custom => id.into(),
        _ if field.auto_number => format!("{:05}", org.store.next(field.name)).into(),
        (_, Kind::Date) if field.defaults_to_now => now.to_zoned(TimeZone::UTC).date().to_string().into(),
        (_, Kind::DateTime) if field.defaults_to_now => temporal::datetime_text(now).into(),
        (_, Kind::Boolean) => field.default.clone().unwrap_or(Value::Bool(false)),
        _ => field.default.clone().unwrap_or_default(),
    }
}

/// Sets the user and the time of a change.
pub fn stamp(values: &mut Changes, now: Timestamp) {
    for name in ["LastModifiedDate", "SystemModstamp"] {
        values.insert(name, temporal::datetime_text(now).into());
    }
    values.insert("LastModifiedById", integration_user().into());
}

/// A new case belongs to the account of its contact, unless the request names one.
pub fn account(org: &Org, sobject: &SObject, values: &mut Changes) {
    if sobject.name != "Case" || values.contains_key("AccountId") {
        return;
    }
    let contact = values.get("ContactId").and_then(Value::as_str).and_then(|id| org.store.get(id));
    if let Some(account) = contact.and_then(|contact| contact.text("AccountId")) {
        values.insert("AccountId", account.into());
    }
}

/// Fields that follow from others of the same record.
pub fn compute(sobject: &str, values: &mut Changes, now: Timestamp) {
    match sobject {
        // Of the accounts only persons have a last name.
        "Account" if !values.contains_key("LastName") => {}
        "Account" | "Contact" | "Individual" | "Lead" | "User" => {
            let part = |name: &str| values.get(name).and_then(Value::as_str).filter(|part| !part.is_empty());
            let parts = ["FirstName", "MiddleName", "LastName", "Suffix"].into_iter().filter_map(part);
            let parts: Vec<&str> = parts.collect();
            let name = parts.join(" ");
            values.insert("Name", name.into());
        }
        "CampaignMember" => campaign::compute(values, now),
        "Opportunity" => opportunity::compute(values),
        "Task" => activity::compute(values, now),
        "Case" => {
            let closed = values.get("Status").and_then(Value::as_str) == Some("Closed");
            values.insert("IsClosed", closed.into());
            match (closed, values.contains_key("ClosedDate")) {
                (true, false) => drop(values.insert("ClosedDate", temporal::datetime_text(now).into())),
                (false, true) => drop(values.remove("ClosedDate")),
                _ => {}
            }
            // Comments become a record of their own on the platform; the field itself never reads back.
            values.remove("Comments");
        }
        _ => {}
    }
}
