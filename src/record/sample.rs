//! Settings, plans and rows for the tests of this folder.

use std::rc::Rc;

use serde_json::{Value, json};

use crate::record::{Plan, evaluate, plan};
use crate::settings::Settings;
use crate::value::Variables;
use crate::wire::Subresponse;
use crate::wire::query::{Row, rows};

/// A row of the mapping table: `Object.Field` from a variable.
pub(super) fn mapping(variable: &str, target: &str) -> Value {
    let (object, field) = target.split_once('.').unwrap();
    json!({ "source": { "variable": variable }, "object": object, "field": field })
}

/// The same with further members, such as `useToFindExisting`.
pub(super) fn with(mut mapping: Value, members: Value) -> Value {
    let Value::Object(members) = members else { panic!("an object") };
    mapping.as_object_mut().unwrap().extend(members);
    mapping
}

pub(super) fn key(variable: &str, target: &str) -> Value {
    with(mapping(variable, target), json!({ "useToFindExisting": true }))
}

/// `ContactId` of a Case, say: `Object.Field` from another record of the run.
pub(super) fn link(record: &str, target: &str) -> Value {
    with(mapping("", target), json!({ "source": { "record": record } }))
}

/// The plan for these variables. `more` are further members of the settings: `objects`, `schema`, `apiVersion`.
pub(super) fn planned(mappings: &Value, more: Value, variables: &Value) -> Plan {
    let settings = json!({
        "mode": "sobject-write", "deploymentDomain": "example.my.salesforce.com", "mappings": mappings,
    });
    let (settings, _) = Settings::parse(&with(settings, more).to_string()).unwrap();
    let variables = Variables::parse(&variables.to_string()).unwrap();
    let records = settings.work.records().unwrap();
    plan(&records, evaluate(&records, &variables))
}

/// Rows as the first lookup of the plan finds them.
pub(super) fn found(plan: &Plan, records: &[Value]) -> Vec<Rc<Row>> {
    let body = json!({ "totalSize": records.len(), "done": true, "records": records });
    let answer = Subresponse { status: 200, body, reference_id: String::new() };
    rows(&plan.lookups[0].select, answer).unwrap().rows
}
