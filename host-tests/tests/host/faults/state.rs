//! What an org holds, in a form in which two orgs can be compared.

use std::collections::BTreeMap;

use host_tests::simulator::Org;
use serde_json::Value;

const OBJECTS: [&str; 9] = [
    "Account",
    "Contact",
    "Lead",
    "Case",
    "CaseComment",
    "Ticket__c",
    "acme__Order__c",
    "ContentDocument",
    "ContentVersion",
];
/// What is attached to records, each in a request of its own.
pub const FILES: [&str; 2] = ["ContentDocument", "ContentVersion"];
/// What differs from run to run: numbers that were counted on by what was undone, and times.
const VOLATILE: [&str; 7] =
    ["Id", "attributes", "CaseNumber", "CreatedDate", "LastModifiedDate", "SystemModstamp", "LastActivityDate"];

/// Records by SObject, in the order of their creation; ids are replaced by `Contact#0`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    pub records: BTreeMap<&'static str, Vec<Value>>,
    names: BTreeMap<String, String>,
}

impl State {
    pub fn of(org: &Org) -> Self {
        let mut state = Self::default();
        let all: Vec<(&str, Vec<Value>)> = OBJECTS.map(|object| (object, org.records(object))).into();
        for (object, records) in &all {
            for (index, record) in records.iter().enumerate() {
                let id = record["Id"].as_str().expect("an id").to_owned();
                state.names.insert(id, format!("{object}#{index}"));
            }
        }
        for (object, records) in all {
            let records = records.into_iter().map(|record| state.normal(object, record)).collect();
            state.records.insert(object, records);
        }
        state
    }

    /// Where the record with this id is.
    pub fn record(&self, id: &str) -> Option<&Value> {
        let (object, index) = self.names.get(id)?.split_once('#')?;
        self.records.get(object)?.get(index.parse::<usize>().ok()?)
    }

    /// Every record: its SObject and its id.
    pub fn ids(&self) -> impl Iterator<Item = (&str, &str)> {
        self.names.iter().map(|(id, name)| (name.split('#').next().unwrap_or_default(), id.as_str()))
    }

    /// What the record with this id holds, and of those that it is linked to what they hold: the same text in another org, where
    /// records were created in another order.
    pub fn content(&self, id: &str) -> Option<String> {
        let linked = |value: &Value| {
            let name = value.as_str().filter(|text| text.contains('#'))?;
            let (object, index) = name.split_once('#')?;
            self.records.get(object)?.get(index.parse::<usize>().ok()?).map(ToString::to_string)
        };
        let mut fields = self.record(id)?.as_object()?.clone();
        fields.values_mut().for_each(|value| *value = linked(value).map_or_else(|| value.clone(), Value::from));
        Some(Value::from(fields).to_string())
    }

    /// SObject and content of every record.
    pub fn contents(&self) -> Vec<(&str, String)> {
        self.ids().filter_map(|(object, id)| Some((object, self.content(id)?))).collect()
    }

    pub fn counts(&self) -> BTreeMap<&'static str, usize> {
        self.records.iter().map(|(object, records)| (*object, records.len())).collect()
    }

    /// All but the files.
    pub fn without_files(&self) -> Self {
        let mut state = self.clone();
        state.records.retain(|object, _| !FILES.contains(object));
        state
    }

    /// The same records, whatever their order.
    pub fn holds_as(&self, other: &Self) -> bool {
        let sorted = |state: &Self| {
            let sort = |records: &Vec<Value>| {
                let mut texts: Vec<String> = records.iter().map(ToString::to_string).collect();
                texts.sort();
                texts
            };
            state.records.iter().map(|(object, records)| (*object, sort(records))).collect::<BTreeMap<_, _>>()
        };
        sorted(self) == sorted(other)
    }

    fn normal(&self, object: &str, record: Value) -> Value {
        let Value::Object(fields) = record else { return record };
        let is_volatile = |name: &str| VOLATILE.contains(&name) || (name == "Name" && object == "Ticket__c");
        let fields = fields.into_iter().filter(|(name, _)| !is_volatile(name));
        let named = |value: Value| match value.as_str().and_then(|id| self.names.get(id)) {
            Some(name) => name.as_str().into(),
            None => value,
        };
        fields.map(|(name, value)| (name, named(value))).collect::<serde_json::Map<_, _>>().into()
    }
}
