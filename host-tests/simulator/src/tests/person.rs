//! Person accounts.

use serde_json::json;

use super::describe::field;
use super::*;

fn bench() -> Bench {
    let mut bench = Bench::new();
    bench.org.settings.person_accounts = true;
    bench
}

const FIELDS: &[(&str, &str, bool)] = &[
    ("Contact", "IsPersonAccount", false),
    ("Account", "IsPersonAccount", false),
    ("Account", "PersonContactId", false),
    ("Account", "PersonEmail", true),
    ("Account", "FirstName", true),
    ("Account", "LastName", true),
];

#[test]
fn the_switch_adds_the_fields_and_takes_them_away() {
    let mut bench = bench();
    for (sobject, name, writable) in FIELDS.iter().copied() {
        bench.org.settings.person_accounts = true;
        let shown = field(&mut bench, sobject, name);
        assert_eq!((&shown["createable"], &shown["updateable"]), (&json!(writable), &json!(writable)), "{name}");
        assert_eq!(bench.query(&format!("SELECT {name} FROM {sobject}")).status, 200, "{name}");
        bench.org.settings.person_accounts = false;
        assert_eq!(field(&mut bench, sobject, name), Value::Null, "{name}");
        refused(&bench.query(&format!("SELECT {name} FROM {sobject}")), 400, "INVALID_FIELD");
    }
    let name = field(&mut bench, "Account", "Name");
    bench.org.settings.person_accounts = true;
    let person_name = field(&mut bench, "Account", "Name");
    assert_eq!((&name["nillable"], &person_name["nillable"]), (&json!(false), &json!(true)));
    let is_person = field(&mut bench, "Contact", "IsPersonAccount");
    assert_eq!((&is_person["type"], &is_person["nillable"]), (&json!("boolean"), &json!(false)));
}

#[test]
fn records_follow_the_switch_before_the_next_request() {
    let mut bench = Bench::new();
    bench.create("Account", json!({ "Name": "Acme" }));
    assert_eq!(bench.org.records("Account")[0].get("IsPersonAccount"), None);
    bench.org.settings.person_accounts = true;
    assert_eq!(bench.org.records("Account")[0]["IsPersonAccount"], false);
}

#[test]
fn an_account_with_a_last_name_is_a_person_with_a_contact() {
    let mut bench = bench();
    bench.create("Account", json!({ "Name": "Acme" }));
    bench.create("Contact", json!({ "LastName": "Roe", "Email": "jo@example.com" }));
    let body = json!({ "FirstName": "Jo", "LastName": "Doe", "PersonEmail": "jo@example.com" });
    let person = bench.create("Account", body);
    let soql = "SELECT Id, Name, PersonContactId FROM Account WHERE IsPersonAccount = true";
    let row = bench.query(soql).json()["records"][0].clone();
    assert_eq!((row["Id"].as_str(), row["Name"].as_str()), (Some(person.as_str()), Some("Jo Doe")));
    let soql = "SELECT Id, IsPersonAccount FROM Contact WHERE Email = 'jo@example.com' ORDER BY IsPersonAccount";
    let contacts = bench.query(soql).json()["records"].clone();
    let flags = (&contacts[0]["IsPersonAccount"], &contacts[1]["IsPersonAccount"]);
    assert_eq!((flags, &contacts[1]["Id"]), ((&json!(false), &json!(true)), &row["PersonContactId"]));
    bench.patch(&format!("/sobjects/Account/{person}"), json!({ "LastName": "Poe", "PersonEmail": null }));
    let contact = bench.org.records("Contact")[1].clone();
    assert_eq!((contact["Name"].as_str(), contact.get("Email")), (Some("Jo Poe"), None));
    assert_eq!(bench.org.records("Account")[1]["Name"], "Jo Poe");
}

#[test]
fn the_contact_of_a_person_is_not_written_by_itself() {
    let mut bench = bench();
    bench.create("Account", json!({ "LastName": "Doe" }));
    let contact = bench.column("SELECT Id FROM Contact", "Id")[0].as_str().unwrap().to_owned();
    let target = format!("/sobjects/Contact/{contact}");
    refused(&bench.patch(&target, json!({ "Title": "Dr" })), 400, "INVALID_FIELD_FOR_INSERT_UPDATE");
    refused(&bench.send("DELETE", &target, None), 400, "INVALID_FIELD_FOR_INSERT_UPDATE");
}

#[test]
fn the_contact_of_a_person_is_not_asked_for_duplicates_and_goes_with_its_account() {
    let mut bench = bench();
    bench.org.add_duplicate_rule("Contact", "LastName", false);
    bench.create("Contact", json!({ "LastName": "Doe" }));
    let person = bench.create("Account", json!({ "LastName": "Doe" }));
    assert_eq!(bench.org.records("Contact").len(), 2);
    assert_eq!(bench.send("DELETE", &format!("/sobjects/Account/{person}"), None).status, 204);
    assert_eq!(bench.org.records("Contact").len(), 1);
}

#[test]
fn an_account_has_one_name() {
    let mut bench = bench();
    refused(&bench.post("/sobjects/Account", json!({ "Phone": "1" })), 400, "REQUIRED_FIELD_MISSING");
    let both = bench.post("/sobjects/Account", json!({ "Name": "Acme", "LastName": "Doe" }));
    refused(&both, 400, "INVALID_FIELD_FOR_INSERT_UPDATE");
}
