//! Fields, as a describe lists them. Source: REST API guide, sObject Describe; SOAP API guide, DescribeSObjectResult.

use serde_json::Value;

use super::query::Query;
use super::search::Best;
use super::{flag, list, text};
use crate::salesforce::{FieldName, FieldType};

/// Most objects that are listed of those whose ids a field takes. `WhatId` of a Task takes any that has activities.
const MAX_REFERENCES: usize = 100;

/// One field of an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldEntry {
    /// API name: what a mapping's `field` takes.
    pub name: String,
    /// What people see, in the integration user's language; the API name where Salesforce gives none.
    pub label: String,
    /// What an administrator wrote beside the field for people; `None` where nothing was written.
    pub help: Option<String>,
    /// Salesforce's word for the type.
    pub word: String,
    /// Most characters; `None` where it does not apply.
    pub length: Option<u32>,
    /// Salesforce refuses a new record without it.
    pub required: bool,
    /// The org or a package has added it; it is none of Salesforce's own.
    pub custom: bool,
    /// The user may set it on a new record.
    pub createable: bool,
    /// The user may change it on an existing record.
    pub updateable: bool,
    /// How a mapping that names this field as a key would find a record.
    pub key: Key,
    /// Values other than those listed are refused.
    pub restricted: bool,
    /// Value and label of the active entries of a picklist.
    pub values: Vec<(String, String)>,
    /// The picklist has more active values than `values` lists.
    pub more_values: bool,
    /// The objects whose ids it takes.
    pub references: Vec<String>,
    /// What a mapping goes through to name the parent by its external id: `Account` of `AccountId`.
    pub relationship: Option<String>,
}

/// How a record can be found by a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    /// Not at all: Salesforce cannot search by it, as with a long or an encrypted text.
    No,
    /// By a query before the write.
    Lookup,
    /// Natively for a user who may view all data, else by a lookup. Which of the two, `fields` does not know.
    NativeWithViewAllData,
    /// By Salesforce itself, in the write: `Id` and unique external ids.
    Native,
}

impl FieldEntry {
    /// Offers an entry of the list, if it is one that a mapping can name.
    pub fn offer(entry: &Value, query: &Query, best: &mut Best<Self>) {
        let Some(name) = text(entry, "name").filter(|name| FieldName::parse(name).is_some()) else { return };
        let (label, word) = (text(entry, "label").unwrap_or_else(|| name.clone()), text(entry, "type"));
        let Some(word) = word.filter(|_| !flag(entry, "deprecatedAndHidden")) else { return };
        let key = Key::new(entry, &word);
        // What is only read can still find a record: the id, a number that Salesforce counts up.
        let is_written = flag(entry, "createable") || flag(entry, "updateable") || key >= Key::NativeWithViewAllData;
        let is_wanted = query.all || (is_written && FieldType::of_describe(&word).is_some());
        let Some(fit) = query.search.fit(&name, &label).filter(|_| is_wanted) else { return };
        best.offer(fit, &label, &name, || Self::new(entry, (name.clone(), label.clone(), word), key, query.values));
    }

    fn new(entry: &Value, (name, label, word): (String, String, String), key: Key, most_values: usize) -> Self {
        let active = || list(entry, "picklistValues").iter().filter(|value| flag(value, "active"));
        let value = |entry| {
            let value = text(entry, "value")?;
            Some((value.clone(), text(entry, "label").unwrap_or(value)))
        };
        let references = list(entry, "referenceTo").iter().filter_map(Value::as_str);
        let length = entry.get("length").and_then(Value::as_u64).and_then(|length| length.try_into().ok());
        let createable = flag(entry, "createable");
        Self {
            name,
            label,
            help: text(entry, "inlineHelpText"),
            word,
            length: length.filter(|length| *length > 0),
            required: createable && !flag(entry, "nillable") && !flag(entry, "defaultedOnCreate"),
            custom: flag(entry, "custom"),
            createable,
            updateable: flag(entry, "updateable"),
            key,
            restricted: flag(entry, "restrictedPicklist"),
            values: active().filter_map(value).take(most_values).collect(),
            more_values: active().nth(most_values).is_some(),
            references: references.take(MAX_REFERENCES).map(ToOwned::to_owned).collect(),
            relationship: text(entry, "relationshipName"),
        }
    }
}

impl Key {
    /// As `prepare` and a plan decide it, but for the user's permissions.
    fn new(entry: &Value, word: &str) -> Self {
        let external = flag(entry, "externalId");
        match FieldType::of_describe(word) {
            None => Self::No,
            _ if !flag(entry, "filterable") => Self::No,
            Some(FieldType::Id) => Self::Native,
            _ if external && flag(entry, "unique") => Self::Native,
            _ if external || flag(entry, "idLookup") => Self::NativeWithViewAllData,
            _ => Self::Lookup,
        }
    }
}
