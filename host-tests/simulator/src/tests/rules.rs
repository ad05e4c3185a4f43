//! Assignment, defaults.

use serde_json::json;

use super::*;

fn owner(bench: &Bench) -> String {
    bench.org.records("Case")[0]["OwnerId"].as_str().unwrap()[..3].to_owned()
}

#[test]
fn the_assignment_rule_runs_on_create_unless_told_not_to() {
    for (header, expected) in [(None, "00G"), (Some("TRUE"), "00G"), (Some("false"), "005")] {
        let mut bench = Bench::new();
        if let Some(header) = header {
            bench.header("sforce-auto-assign", header);
        }
        bench.create("Case", json!({ "Subject": "x" }));
        assert_eq!(owner(&bench), expected, "{header:?}");
    }
}

#[test]
fn the_assignment_rule_runs_on_update_too() {
    let mut bench = Bench::new();
    let id = bench.header("sforce-auto-assign", "FALSE").create("Case", json!({ "Subject": "x" }));
    bench.header("sforce-auto-assign", "FALSE").patch(&format!("/sobjects/Case/{id}"), json!({ "Subject": "y" }));
    assert_eq!(owner(&bench), "005");
    bench.patch(&format!("/sobjects/Case/{id}"), json!({ "Subject": "z" }));
    assert_eq!(owner(&bench), "00G");
}

#[test]
fn a_named_rule_runs_and_an_unknown_one_is_refused() {
    let mut bench = Bench::new();
    let rule =
        bench.column("SELECT Id FROM AssignmentRule WHERE SobjectType = 'Case' AND Active = true", "Id")[0].clone();
    bench.org.settings.case_assignment_rule = false;
    let id = bench.create("Case", json!({}));
    assert_eq!(owner(&bench), "005");
    bench.header("sforce-auto-assign", rule.as_str().unwrap()).patch(&format!("/sobjects/Case/{id}"), json!({}));
    assert_eq!(owner(&bench), "00G");
    refused(&bench.header("sforce-auto-assign", "maybe").post("/sobjects/Case", json!({})), 400, "MALFORMED_ID");
}

#[test]
fn a_queue_can_be_read_through_its_case() {
    let mut bench = Bench::new();
    bench.create("Case", json!({ "Subject": "x" }));
    let owner = bench.query("SELECT Owner.Name FROM Case").json()["records"][0]["Owner"].clone();
    assert_eq!((owner["Name"].as_str(), owner["attributes"]["type"].as_str()), (Some("Support"), Some("Name")));
}

#[test]
fn a_case_takes_the_account_of_its_contact_unless_it_names_one() {
    let mut bench = Bench::new();
    let acme = bench.create("Account", json!({ "Name": "Acme" }));
    let other = bench.create("Account", json!({ "Name": "Other" }));
    let contact = bench.create("Contact", json!({ "LastName": "Doe", "AccountId": acme, "Email": "x@example.com" }));
    bench.create("Case", json!({ "ContactId": contact }));
    bench.create("Case", json!({ "ContactId": contact, "AccountId": other }));
    let cases = bench.org.records("Case");
    assert_eq!(
        (cases[0]["AccountId"].as_str(), cases[1]["AccountId"].as_str()),
        (Some(acme.as_str()), Some(other.as_str()))
    );
    assert_eq!(cases[0]["ContactEmail"], "x@example.com");
}

#[test]
fn a_new_case_has_its_number_defaults_and_dates() {
    let mut bench = Bench::new();
    bench.create("Case", json!({ "Comments": "internal" }));
    bench.create("Case", json!({ "Status": "Closed" }));
    let cases = bench.org.records("Case");
    assert_eq!(
        (cases[0]["CaseNumber"].as_str(), cases[1]["CaseNumber"].as_str()),
        (Some("00001026"), Some("00001027"))
    );
    assert_eq!((cases[0]["Status"].as_str(), cases[0]["Priority"].as_str()), (Some("New"), Some("Medium")));
    assert_eq!((&cases[0]["IsClosed"], &cases[1]["IsClosed"]), (&json!(false), &json!(true)));
    assert_eq!(cases[0]["CreatedDate"], "2026-11-22T10:00:01.000+0000");
    assert_eq!((cases[0].get("Comments"), cases[0].get("ClosedDate")), (None, None));
    assert_eq!(cases[1]["ClosedDate"], cases[1]["CreatedDate"]);
}

#[test]
fn names_follow_the_kind_of_name_field() {
    let mut bench = Bench::new();
    bench.create("Lead", json!({ "LastName": "Doe", "Company": "Acme" }));
    bench.create("Ticket__c", json!({ "Subject__c": "s" }));
    let order = bench.create("acme__Order__c", json!({}));
    assert_eq!(bench.org.records("Lead")[0]["Name"], "Doe");
    assert_eq!(bench.org.records("Ticket__c")[0]["Name"], "T-00001");
    assert_eq!(bench.org.records("acme__Order__c")[0]["Name"], order.as_str());
}
