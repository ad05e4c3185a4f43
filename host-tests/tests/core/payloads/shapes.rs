//! The simulator's answers beside real ones: whoever trusts the simulator must meet the same members and types.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::payloads::catalogue::{COVERED, Kind, of};
use crate::payloads::differences::{ALLOWED, allowing};
use crate::payloads::errors::{entry, status};
use crate::payloads::files::{self, Payload};
use crate::payloads::shape::{Difference, Shape};
use crate::payloads::simulated::{Caller, answers};

/// What is compared of a payload: where names are data, they are put away.
fn comparable(kind: Kind, body: &Value) -> Value {
    match kind {
        Kind::Limits => Value::Array(body.as_object().expect("limits by name").values().cloned().collect()),
        _ => body.clone(),
    }
}

fn shape_of(kind: Kind, bodies: &[Value]) -> Shape {
    let bodies: Vec<Value> = bodies.iter().map(|body| comparable(kind, body)).collect();
    Shape::of(&bodies)
}

#[test]
fn the_simulator_answers_in_the_shape_of_real_orgs() {
    let mut used = BTreeSet::new();
    let mut unexplained: Vec<(Kind, Difference)> = Vec::new();
    for (kind, names) in COVERED.iter().filter(|(kind, _)| *kind != Kind::Error) {
        let Some(payloads) = files::read(names) else { return };
        let bodies: Vec<Value> = payloads.into_iter().map(|payload| payload.body).collect();
        for difference in shape_of(*kind, &bodies).differences(&shape_of(*kind, &answers(*kind))) {
            match allowing(*kind, &difference) {
                Some(place) => drop(used.insert(place)),
                None => unexplained.push((*kind, difference)),
            }
        }
    }
    assert!(unexplained.is_empty(), "{} differences: {unexplained:#?}", unexplained.len());
    let rows = ALLOWED.iter().enumerate();
    let places = rows.flat_map(|(row, (kinds, way, places, _))| {
        places.iter().enumerate().map(move |(place, path)| ((row, place), format!("{kinds:?} {way:?} {path}")))
    });
    let unused: Vec<String> = places.filter(|(at, _)| !used.contains(at)).map(|(_, text)| text).collect();
    assert!(unused.is_empty(), "in differences.rs, but nothing needs it: {unused:#?}");
}

/// Codes of refusals that the org of these tests does not give, and why.
const NOT_PROVOKED: &[(&str, &str)] = &[
    ("QUERY_TIMEOUT", "no query here takes minutes"),
    ("REQUEST_LIMIT_EXCEEDED", "a fault, which the tests of faults order"),
    ("UNABLE_TO_LOCK_ROW", "a fault, which the tests of faults order"),
];

/// A request that is refused with that code. `query`: in a query, where the same code has other words.
fn refusal(code: &str, in_query: bool) -> (u16, Value) {
    let mut org = Caller::new();
    let contact = json!({ "LastName": "Berg", "Customer_No__c": "1", "Email": "a@example.com" });
    let id = org.id("Contact", contact.clone());
    let row = format!("/sobjects/Contact/{id}");
    let with = |fields: Value| {
        Some(json!({ "LastName": "Berg" })).map(|mut body| {
            body.as_object_mut().expect("an object").extend(fields.as_object().expect("an object").clone());
            body
        })
    };
    let create = "/sobjects/Contact";
    let (method, target, body) = match code {
        "API_DISABLED_FOR_ORG" => {
            org.org.settings.api_enabled = false;
            ("GET", "/limits".to_owned(), None)
        }
        "REQUIRED_FIELD_MISSING" => ("POST", create.into(), Some(json!({ "FirstName": "Anna" }))),
        "NOT_FOUND" => ("POST", "/sobjects/Nope__c".into(), Some(json!({}))),
        "DUPLICATE_VALUE" => ("POST", create.into(), Some(contact)),
        "DUPLICATES_DETECTED" => {
            assert!(org.org.add_duplicate_rule("Contact", "Email", true));
            ("POST", create.into(), with(json!({ "Email": "a@example.com" })))
        }
        "ENTITY_IS_DELETED" => {
            assert_eq!(org.send("DELETE", &row, None).status, 204);
            ("DELETE", row, None)
        }
        "INVALID_CROSS_REFERENCE_KEY" => {
            ("POST", "/sobjects/Case".into(), Some(json!({ "RecordTypeId": "012000000000001AAA" })))
        }
        "INVALID_FIELD" if in_query => ("GET", "/query?q=SELECT+Nope__c+FROM+Contact".into(), None),
        "INVALID_FIELD" => ("POST", create.into(), with(json!({ "Nope__c": "x" }))),
        "INVALID_FIELD_FOR_INSERT_UPDATE" => ("POST", create.into(), with(json!({ "Name": "x" }))),
        "INVALID_QUERY_FILTER_OPERATOR" => {
            ("GET", "/query?q=SELECT+Name+FROM+Contact+WHERE+Id+=+'somethingwonky'".into(), None)
        }
        "INVALID_SESSION_ID" => {
            org.org.expire_sessions();
            ("GET", "/limits".into(), None)
        }
        "INVALID_TYPE" => ("GET", "/query?q=SELECT+Id+FROM+Nope".into(), None),
        "MALFORMED_ID" => ("PATCH", "/sobjects/Contact/001000000000001AAA".into(), with(json!({}))),
        "MALFORMED_QUERY" => ("GET", "/query?q=SELEKT+Id+FROM+Contact".into(), None),
        "METHOD_NOT_ALLOWED" => ("PATCH", "/sobjects/Contact/Email/".into(), with(json!({}))),
        "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST" => {
            ("POST", "/sobjects/Ticket__c".into(), Some(json!({ "Subject__c": "x", "Priority__c": "Nope" })))
        }
        "STRING_TOO_LONG" => ("POST", create.into(), with(json!({ "FirstName": "A".repeat(41) }))),
        "HTTP_414" => ("GET", format!("/query?q={}", "x".repeat(17_000)), None),
        other => panic!("no request for {other}: add one, or a row to NOT_PROVOKED"),
    };
    let response = org.send(method, &target, body);
    let json = serde_json::from_slice(&response.body);
    let text = || Value::String(String::from_utf8(response.body.clone()).expect("UTF-8"));
    (response.status, json.unwrap_or_else(|_| text()))
}

fn code(payload: &Payload) -> String {
    let code = entry(&payload.body)["errorCode"].as_str();
    code.map_or_else(|| format!("HTTP_{}", status(payload)), str::to_owned)
}

#[test]
fn the_simulator_refuses_with_the_status_code_and_shape_of_real_orgs() {
    let Some(payloads) = files::read(of(Kind::Error)) else { return };
    let mut by_code: BTreeMap<(String, bool), Vec<Payload>> = BTreeMap::new();
    for payload in payloads {
        by_code.entry((code(&payload), payload.name.contains("query"))).or_default().push(payload);
    }
    for ((code, in_query), payloads) in by_code {
        if NOT_PROVOKED.iter().any(|(known, _)| *known == code) {
            continue;
        }
        let (got, body) = refusal(&code, in_query);
        for payload in payloads.iter().filter_map(|payload| Some((payload.status?, payload.name))) {
            assert_eq!(got, payload.0, "{code}: {}", payload.1);
        }
        if let Some(ours) = entry(&body)["errorCode"].as_str() {
            assert_eq!(ours, code);
        }
        // The documentation prints one of them without the list around it.
        let bodies: Vec<Value> = payloads.iter().map(|payload| entry(&payload.body).clone()).collect();
        let differences = Shape::of(&bodies).differences(&Shape::of([entry(&body)]));
        assert_eq!(differences, [], "{code}");
    }
}
