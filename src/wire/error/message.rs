//! What only the message of a refusal tells, and the parts of its body beside it. It may repeat what the visitor typed, so no
//! text leaves this file: names, ids and what kind of refusal it is.

use serde_json::Value;

use super::MAX_FIELDS;
use crate::code::Code;
use crate::salesforce::{FieldName, RecordId, SObjectName};
use crate::wire::MAX_CANDIDATES;
use crate::wire::error::Reason;

/// What an administrator of the org wrote for people who break a rule; a trigger may write anything there. It is compared
/// with what is known, and not even a debug line repeats it.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct RuleMessage(String);

impl std::fmt::Debug for RuleMessage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("RuleMessage")
    }
}

impl RuleMessage {
    /// Without what the way through HTML and JSON may change.
    pub(super) fn of(message: &str) -> Self {
        let plain = message.replace("&quot;", "\"").replace("&#39;", "'").replace("&lt;", "<").replace("&gt;", ">");
        let words: Vec<&str> = plain.split_whitespace().collect();
        Self(words.join(" ").replace("&amp;", "&"))
    }
}

/// Most of these words are codes and names, the same in every language. Two are sentences, which Salesforce may translate. In
/// "not valid for use with the REST API" the name "REST" is likely to stay, and no other text of that code is known to hold
/// it; where it does not stay, the session counts as expired and is renewed in vain. "Foreign key external ID" is known in
/// English only; in other languages `run/refused/named.rs` tells it by what was sent.
/// Source: App Limits Cheatsheet; help, "API Access Control"; reports on triggers; recorded refusals.
pub(super) fn reason(code: &Code, message: &str) -> Option<Reason> {
    match code {
        Code::RequestLimit if message.contains("Concurrent") => Some(Reason::AtTheSameTime),
        Code::TriggerFailed | Code::FlowFailed if message.contains(Code::UnableToLockRow.as_str()) => {
            Some(Reason::Lock)
        }
        Code::InvalidSession if message.contains("REST") => Some(Reason::NoRestApi),
        Code::InvalidField if message.starts_with("Foreign key external ID") => Some(Reason::NoParent),
        _ => None,
    }
}

/// "Foreign key external ID: … not found for field Customer_No__c in entity Account": what was typed stands before it.
pub(super) fn field_of_parent(message: &str) -> Option<FieldName> {
    let (_, field) = message.rsplit_once(" not found for field ")?;
    FieldName::parse(field.split_whitespace().next()?)
}

/// "… on record with id: 00Q…": in whichever language, the id comes last. Sometimes it is `<unknown>`.
pub(super) fn last_word(message: &str) -> Option<RecordId> {
    RecordId::parse(message.split_whitespace().next_back()?.trim_end_matches('.'))
}

/// "more than one record found for external id field: [001…, 001…]"
pub(super) fn ids(message: &str) -> Vec<RecordId> {
    let list = message.rsplit_once('[').map(|(_, list)| list).unwrap_or_default();
    let words = list.split(|c: char| !c.is_ascii_alphanumeric());
    words.filter_map(RecordId::parse).take(MAX_CANDIDATES).collect()
}

/// "duplicate value found: Code__c duplicates value on record with id: …", in whichever language.
pub(super) fn words(message: &str) -> Vec<FieldName> {
    message.split_whitespace().filter_map(FieldName::parse).take(MAX_FIELDS).collect()
}

pub(super) fn quoted(message: &str) -> Vec<FieldName> {
    message.split('\'').skip(1).step_by(2).filter_map(FieldName::parse).take(MAX_FIELDS).collect()
}

/// The body of a 300 lists the URLs of the records. Source: REST API guide, Upsert by External ID.
pub(super) fn of_urls(body: &Value) -> Vec<RecordId> {
    let urls = body.as_array().map(Vec::as_slice).unwrap_or_default();
    urls.iter().take(MAX_CANDIDATES).filter_map(|url| RecordId::of_answer(url.as_str()?.rsplit('/').next()?)).collect()
}

/// What a duplicate rule found. Salesforce misspells the member; both spellings are read, should it ever be corrected.
pub(super) fn duplicates(entry: &Value) -> Vec<(SObjectName, RecordId)> {
    fn list<'a>(value: &'a Value, member: &str) -> &'a [Value] {
        value.get(member).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
    }
    let Some(result) = entry.get("duplicateResut").or_else(|| entry.get("duplicateResult")) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for matched in list(result, "matchResults") {
        let Some(sobject) = matched.get("entityType").and_then(Value::as_str).and_then(SObjectName::parse) else {
            continue;
        };
        for record in list(matched, "matchRecords") {
            let id = record.get("record").and_then(|record| record.get("Id")).and_then(Value::as_str);
            found.extend(id.and_then(RecordId::of_answer).map(|id| (sobject.clone(), id)));
        }
    }
    found
}
