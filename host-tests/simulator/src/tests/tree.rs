//! `composite/tree`.

use serde_json::{Value, json};

use super::{Bench, refused};

fn record(kind: &str, reference: &str, mut fields: Value) -> Value {
    fields["attributes"] = json!({ "type": kind, "referenceId": reference });
    fields
}

fn references(answer: &Value) -> Vec<&str> {
    answer["results"].as_array().unwrap().iter().map(|result| result["referenceId"].as_str().unwrap()).collect()
}

#[test]
fn children_are_created_below_their_parents_level_by_level() {
    let mut bench = Bench::new();
    let contact = |reference: &str| record("Contact", reference, json!({ "LastName": reference }));
    let mut first = contact("c1");
    first["Cases"] = json!({ "records": [record("Case", "case", json!({ "Subject": "Deep" }))] });
    let accounts = json!({ "records": [
        record("Account", "a1", json!({ "Name": "One", "Contacts": { "records": [first, contact("c2")] } })),
        record("Account", "a2", json!({ "Name": "Two", "childAccounts": { "records": [record("Account", "a3", json!({ "Name": "Three" }))] } })),
    ] });
    let answer = bench.post("/composite/tree/Account", accounts);
    assert_eq!((answer.status, &answer.json()["hasErrors"]), (201, &false.into()), "{}", answer.json());
    assert_eq!(references(&answer.json()), ["a1", "a2", "c1", "c2", "a3", "case"]);
    assert_eq!(
        bench.column("SELECT LastName FROM Contact WHERE Account.Name = 'One' ORDER BY LastName", "LastName"),
        ["c1", "c2"]
    );
    assert_eq!(bench.column("SELECT Subject FROM Case WHERE Contact.LastName = 'c1'", "Subject"), ["Deep"]);
    assert_eq!(bench.column("SELECT Name FROM Account WHERE Parent.Name = 'Two'", "Name"), ["Three"]);
}

#[test]
fn one_bad_record_undoes_all_and_is_named() {
    let mut bench = Bench::new();
    let bad = record("Contact", "bad", json!({ "LastName": "Berg", "Email": "nobody" }));
    let tree =
        json!({ "records": [record("Account", "a", json!({ "Name": "One", "Contacts": { "records": [bad] } }))] });
    let answer = bench.post("/composite/tree/Account", tree);
    assert_eq!((answer.status, &answer.json()["hasErrors"]), (400, &true.into()));
    assert_eq!(references(&answer.json()), ["bad"]);
    assert_eq!(answer.json()["results"][0]["errors"][0]["statusCode"], "INVALID_EMAIL_ADDRESS");
    assert!(bench.org.records("Account").is_empty());
}

#[test]
fn a_tree_that_is_none_is_refused() {
    let mut bench = Bench::new();
    let lead = |reference: &str| record("Lead", reference, json!({ "LastName": "L", "Company": "C" }));
    let many: Vec<Value> = (0..201).map(|number| lead(&format!("r{number}"))).collect();
    for bad in [
        json!({}),
        json!({ "records": [] }),
        json!({ "records": [{ "LastName": "Berg" }] }),
        json!({ "records": [lead("twice"), lead("twice")] }),
        json!({ "records": [record("Contact", "r", json!({ "LastName": "Berg" }))] }),
        json!({ "records": many }),
    ] {
        refused(&bench.post("/composite/tree/Lead", bad), 400, "INVALID_INPUT");
    }
    let unknown = record("Lead", "r", json!({ "LastName": "L", "Company": "C", "Nopes": { "records": [lead("s")] } }));
    refused(&bench.post("/composite/tree/Lead", json!({ "records": [unknown] })), 400, "INVALID_FIELD");
    refused(&bench.post("/composite/tree/Nope", json!({})), 404, "NOT_FOUND");
    refused(&bench.get("/composite/tree/Lead"), 405, "METHOD_NOT_ALLOWED");
    assert!(bench.org.records("Lead").is_empty());
}
