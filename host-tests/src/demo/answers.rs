//! What a flow does with a value that does not fit: says so in the words for the visitor, and asks again what can be corrected.

use std::collections::BTreeSet;

use serde_json::Value;

use super::words::{Text, Words, words};
use crate::host::Outcome;
use crate::host::bindings::exports::chat_flow::salesforce::types::{RecordError, RecordOutcome, RetryAdvice, Texts};
use crate::json;

/// Said where the outcome has no words of its own.
pub const NOT_SAVED: Words =
    words("Sorry, I could not save that just now.", "Das konnte ich gerade leider nicht speichern.");
/// Said where something was sent, and it is not known what became of it.
pub const NOT_KNOWN: Words = words(
    "I do not know yet whether that was saved. Please do not send it again: we look for it, and save it if it is not there.",
    "Ich weiß noch nicht, ob das gespeichert wurde. Bitte senden Sie es nicht noch einmal: Wir sehen nach, und speichern es, wenn es fehlt.",
);
/// Said where only a person can find that out.
pub const FOR_PEOPLE: Words = words(
    "I do not know whether that was saved. Please do not send it again: somebody here will look, and get in touch with you.",
    "Ich weiß nicht, ob das gespeichert wurde. Bitte senden Sie es nicht noch einmal: Jemand von uns sieht nach und meldet sich bei Ihnen.",
);
/// Said of what comes behind that.
pub const WAITS: Words = words(
    "I do that as soon as it is known whether what you told me before was saved. You need not do anything.",
    "Das mache ich, sobald bekannt ist, ob Ihre Angaben von vorhin gespeichert wurden. Sie brauchen nichts zu tun.",
);
/// Said when it is done after all.
pub const SAVED_NOW: Words =
    words("What was open before is saved now.", "Was vorhin offen war, ist jetzt gespeichert.");

/// The first error's words for the visitor. Those for the administrator tell about the org and do not belong into a chat.
pub fn for_visitor(outcome: &Outcome) -> Option<Text> {
    errors(outcome).find_map(|(_, error)| of_error(error, |texts| &texts.visitor))
}

/// One of the texts of an error, in each language.
pub fn of_error(error: &RecordError, which: impl Fn(&Texts) -> &String) -> Option<Text> {
    let of = |language: &str| error.texts.iter().find(|texts| texts.language == language).map(&which);
    Some(Text::new(of("en")?, of("de")?))
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

pub fn errors(outcome: &Outcome) -> impl Iterator<Item = (&RecordOutcome, &RecordError)> {
    outcome.records.iter().filter_map(|record| Some((record, record.error.as_ref()?)))
}

/// The variables of a template without brackets of its own.
fn in_template(template: &str) -> impl Iterator<Item = String> {
    let parts = template.split('{').skip(1);
    parts.filter_map(|part| part.split_once('}')).map(|(name, _)| name.to_owned())
}
