//! Leads that have been converted.

use serde_json::json;

use super::*;

const LEAD: &str = "00QHn00000000jt";
const CONTACT: &str = "003Hn00000000jt";

fn seed() -> Value {
    json!({
        "setup": { "converted": { LEAD: CONTACT } },
        "Account": [{ "Id": "001Hn00000000jt", "Name": "Berg & Co", "Customer_No__c": "4711" }],
        "Contact": [{ "Id": CONTACT, "LastName": "Berg", "Email": "new@example.com", "AccountId": "001Hn00000000jt" }],
        "Lead": [
            { "Id": LEAD, "LastName": "Berg", "Company": "C", "Email": "old@example.com" },
            { "LastName": "Tal", "Company": "C" },
        ],
    })
}

fn bench(seed: &Value) -> Bench {
    let mut bench = Bench::new();
    bench.org.seed(seed, bench.now).unwrap_or_else(|error| panic!("{error}"));
    bench
}

#[test]
fn a_converted_lead_is_found_with_what_it_became() {
    let mut bench = bench(&seed());
    let soql = "SELECT Id, IsConverted, ConvertedDate, ConvertedAccountId, ConvertedContact.Email, \
                ConvertedContact.Account.Customer_No__c FROM Lead ORDER BY LastName";
    let answer = bench.query(soql).json();
    let (berg, tal) = (&answer["records"][0], &answer["records"][1]);
    assert_eq!((&berg["IsConverted"], &berg["ConvertedDate"]), (&json!(true), &json!("2026-11-22")));
    assert_eq!(berg["ConvertedContact"]["Email"], "new@example.com");
    assert_eq!(berg["ConvertedContact"]["Account"]["Customer_No__c"], "4711");
    assert!(berg["ConvertedAccountId"].as_str().unwrap().starts_with("001Hn00000000jt"));
    assert_eq!((&tal["IsConverted"], &tal["ConvertedContact"]), (&json!(false), &Value::Null));
    assert_eq!(bench.column("SELECT Id FROM Lead WHERE IsConverted = false", "Id"), [tal["Id"].clone()]);
}

#[test]
fn a_converted_lead_is_not_written_and_can_be_deleted() {
    let mut bench = bench(&seed());
    let response = bench.patch(&format!("/sobjects/Lead/{LEAD}"), json!({ "LastName": "Other" }));
    refused(&response, 400, "CANNOT_UPDATE_CONVERTED_LEAD");
    assert_eq!(response.json()[0]["message"], "cannot reference converted lead");
    let one = json!({ "allOrNone": false, "records": [
        { "attributes": { "type": "Lead" }, "id": LEAD, "LastName": "Other" },
    ] });
    let answer = bench.patch("/composite/sobjects", one).json();
    assert_eq!(answer[0]["errors"][0]["statusCode"], "CANNOT_UPDATE_CONVERTED_LEAD", "{answer}");
    assert_eq!(bench.patch(&format!("/sobjects/Contact/{CONTACT}"), json!({ "LastName": "Other" })).status, 204);
    assert_eq!(bench.send("DELETE", &format!("/sobjects/Lead/{LEAD}"), None).status, 204);
}

#[test]
fn no_client_says_that_a_lead_is_converted() {
    let mut bench = bench(&seed());
    for (field, value) in [
        ("IsConverted", json!(true)),
        ("ConvertedDate", json!("2026-11-22")),
        ("ConvertedContactId", json!(CONTACT)),
        ("ConvertedAccountId", Value::Null),
    ] {
        let response = bench.post("/sobjects/Lead", json!({ "LastName": "B", "Company": "C", field: value }));
        refused(&response, 400, "INVALID_FIELD_FOR_INSERT_UPDATE");
    }
}

#[test]
fn a_contact_that_is_gone_leaves_a_lead_that_leads_nowhere() {
    let mut deleted = bench(&seed());
    assert_eq!(deleted.send("DELETE", &format!("/sobjects/Contact/{CONTACT}"), None).status, 204);
    let mut never = seed();
    never["setup"]["converted"][LEAD] = Value::Null;
    for mut bench in [deleted, bench(&never)] {
        let answer =
            bench.query(&format!("SELECT IsConverted, ConvertedContact.Id FROM Lead WHERE Id = '{LEAD}'")).json();
        let lead = &answer["records"][0];
        assert_eq!((&lead["IsConverted"], &lead["ConvertedContact"]), (&json!(true), &Value::Null));
    }
}

#[test]
fn a_conversion_of_what_is_not_there_is_refused() {
    for (lead, contact) in [(CONTACT, json!(CONTACT)), (LEAD, json!("003Hn00000000zz")), ("nobody", Value::Null)] {
        let mut seed = seed();
        seed["setup"]["converted"] = json!({ lead: contact });
        assert!(Bench::new().org.seed(&seed, Timestamp::UNIX_EPOCH).is_err(), "{lead}");
    }
    let mut bench = bench(&seed());
    assert!(!bench.org.convert_lead(LEAD, None, bench.now), "twice");
}
