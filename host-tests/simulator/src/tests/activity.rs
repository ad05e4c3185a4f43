//! Tasks and events.

use serde_json::json;

use super::*;

const LEAD: &str = "00QHn00000000jt";
const CONTACT: &str = "003Hn00000000jt";

fn bench() -> Bench {
    let mut bench = Bench::new();
    let seed = json!({
        "Contact": [{ "Id": CONTACT, "LastName": "Berg", "Email": "anna@example.com" }],
        "Lead": [{ "Id": LEAD, "LastName": "Boer", "Company": "Boer BV" }],
    });
    bench.org.seed(&seed, bench.now).unwrap_or_else(|error| panic!("{error}"));
    bench
}

#[test]
fn a_task_is_of_a_contact_or_a_lead_and_related_to_a_record() {
    let mut bench = bench();
    let case = bench.create("Case", json!({ "Subject": "Help" }));
    bench.create(
        "Task",
        json!({ "WhoId": CONTACT, "WhatId": case, "Subject": "Call back", "ActivityDate": "2026-11-25" }),
    );
    bench.create("Task", json!({ "WhoId": LEAD, "Subject": "Send Letter", "Priority": "High", "Status": "Completed" }));
    let soql = "SELECT Subject, Who.Name, Who.Email, What.Name, Status, Priority, IsClosed FROM Task ORDER BY Subject";
    let answer = bench.query(soql).json();
    let (call, letter) = (&answer["records"][0], &answer["records"][1]);
    assert_eq!((&call["Who"]["Name"], &call["Who"]["Email"]), (&json!("Berg"), &json!("anna@example.com")));
    assert_eq!((&call["Status"], &call["Priority"]), (&json!("Not Started"), &json!("Normal")));
    assert_eq!((&letter["Who"]["Name"], &letter["What"]), (&json!("Boer"), &Value::Null));
    assert_eq!((&call["IsClosed"], &letter["IsClosed"]), (&json!(false), &json!(true)));
    let of_anna = "SELECT Subject FROM Task WHERE Who.Email = 'anna@example.com' AND IsClosed = false";
    assert_eq!(bench.column(of_anna, "Subject"), [json!("Call back")]);
}

#[test]
fn a_task_that_does_not_fit_is_refused() {
    let mut bench = bench();
    let case = bench.create("Case", json!({}));
    for (body, code) in [
        (json!({ "WhoId": case }), "MALFORMED_ID"),
        (json!({ "WhoId": LEAD, "WhatId": case }), "FIELD_INTEGRITY_EXCEPTION"),
        (json!({ "IsClosed": true }), "INVALID_FIELD_FOR_INSERT_UPDATE"),
        (json!({ "ActivityDate": "tomorrow" }), "JSON_PARSER_ERROR"),
    ] {
        refused(&bench.post("/sobjects/Task", body), 400, code);
    }
    let of_lead = bench.create("Task", json!({ "WhoId": LEAD }));
    let response = bench.patch(&format!("/sobjects/Task/{of_lead}"), json!({ "WhatId": case }));
    refused(&response, 400, "FIELD_INTEGRITY_EXCEPTION");
    let response = bench.patch(&format!("/sobjects/Task/{of_lead}"), json!({ "Status": null }));
    refused(&response, 400, "REQUIRED_FIELD_MISSING");
}

#[test]
fn activities_follow_a_converted_lead_and_go_with_their_person() {
    let mut bench = bench();
    bench.create("Task", json!({ "WhoId": LEAD, "Subject": "Call" }));
    assert!(bench.org.convert_lead(LEAD, Some(CONTACT), bench.now));
    assert_eq!(bench.query("SELECT Who.Name FROM Task").json()["records"][0]["Who"]["Name"], "Berg");
    refused(&bench.post("/sobjects/Task", json!({ "WhoId": LEAD })), 400, "CANNOT_UPDATE_CONVERTED_LEAD");
    assert_eq!(bench.send("DELETE", &format!("/sobjects/Contact/{CONTACT}"), None).status, 204);
    assert!(bench.org.records("Task").is_empty());
}

#[test]
fn an_event_has_a_start_and_a_length_told_in_either_way() {
    let mut bench = bench();
    let response = bench.post("/sobjects/Event", json!({ "WhoId": CONTACT, "Subject": "Visit" }));
    refused(&response, 400, "REQUIRED_FIELD_MISSING");
    assert_eq!(response.json()[0]["fields"], json!(["DurationInMinutes", "ActivityDateTime"]));
    let start = "2026-11-25T09:00:00.000+0000";
    let id = bench.create("Event", json!({ "StartDateTime": start, "EndDateTime": "2026-11-25T09:30:00Z" }));
    let row = &bench.org.records("Event")[0];
    assert_eq!((&row["DurationInMinutes"], &row["ActivityDateTime"]), (&json!(30), &json!(start)));
    assert_eq!(row["ActivityDate"], "2026-11-25");
    assert_eq!(bench.patch(&format!("/sobjects/Event/{id}"), json!({ "DurationInMinutes": 60 })).status, 204);
    assert_eq!(bench.org.records("Event")[0]["EndDateTime"], "2026-11-25T10:00:00.000+0000");
    let both = json!({ "StartDateTime": start, "EndDateTime": "2026-11-25T09:30:00Z", "DurationInMinutes": 60 });
    refused(&bench.post("/sobjects/Event", both), 400, "FIELD_INTEGRITY_EXCEPTION");
}

#[test]
fn a_subject_has_values_to_choose_from_and_takes_any_text() {
    let mut bench = bench();
    let subject = super::describe::field(&mut bench, "Task", "Subject");
    assert_eq!((&subject["type"], &subject["length"]), (&json!("combobox"), &json!(255)));
    assert_eq!(subject["picklistValues"][0]["value"], "Call");
    let who = super::describe::field(&mut bench, "Task", "WhoId");
    assert_eq!((&who["referenceTo"], &who["polymorphicForeignKey"]), (&json!(["Contact", "Lead"]), &json!(true)));
}
