//! What a flow does with a value that does not fit: says so in the words for the visitor, and asks again what can be corrected.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::host::Outcome;
use crate::host::bindings::exports::chat_flow::salesforce::types::{RecordError, RecordOutcome, RetryAdvice};
use crate::json;

/// Said where the outcome has no words of its own.
pub const NOT_SAVED: &str = "Sorry, I could not save that just now.";
/// Said where something was sent, and it is not known what became of it.
pub const NOT_KNOWN: &str = "I do not know yet whether that was saved. Please do not send it again: we look for it, and save it if it is not there.";
/// Said where only a person can find that out.
pub const FOR_PEOPLE: &str = "I do not know whether that was saved. Please do not send it again: somebody here will look, and get in touch with you.";
/// Said of what comes behind that.
pub const WAITS: &str =
    "I do that as soon as it is known whether what you told me before was saved. You need not do anything.";
/// Said when it is done after all.
pub const SAVED_NOW: &str = "What was open before is saved now.";
/// The language of the flow.
pub const LANGUAGE: &str = "en";

/// The first error's words for the visitor. Those for the administrator tell about the org and do not belong into a chat.
pub fn for_visitor(outcome: &Outcome) -> Option<&str> {
    let texts = errors(outcome).flat_map(|(_, error)| &error.texts);
    texts.into_iter().find(|texts| texts.language == LANGUAGE).map(|texts| texts.visitor.as_str())
}

/// The variables whose values were refused, by the fields that the errors name.
///
/// An error that another attempt can end, or that leaves it open whether the record was written, is not about a value.
pub fn to_correct(outcome: &Outcome, settings: &str) -> BTreeSet<String> {
    let settings = json::members(settings);
    let mappings = settings.get("mappings").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let mut variables = BTreeSet::new();
    for (record, error) in errors(outcome).filter(|(_, error)| error.retry == RetryAdvice::Never) {
        let is_meant = |mapping: &&Value| {
            mapping["object"] == record.name && error.fields.iter().any(|field| mapping["field"] == field.as_str())
        };
        for mapping in mappings.iter().filter(is_meant) {
            let source = &mapping["source"];
            variables.extend(source["variable"].as_str().map(str::to_owned));
            variables.extend(source["template"].as_str().into_iter().flat_map(in_template));
        }
    }
    variables
}

fn errors(outcome: &Outcome) -> impl Iterator<Item = (&RecordOutcome, &RecordError)> {
    outcome.records.iter().filter_map(|record| Some((record, record.error.as_ref()?)))
}

/// The variables of a template without brackets of its own.
fn in_template(template: &str) -> impl Iterator<Item = String> {
    let parts = template.split('{').skip(1);
    parts.filter_map(|part| part.split_once('}')).map(|(name, _)| name.to_owned())
}
