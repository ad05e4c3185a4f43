//! Campaigns and their members.

use serde_json::json;

use super::*;

const CAMPAIGN: &str = "701D00000012345";
const LEAD: &str = "00QHn00000000jt";
const CONTACT: &str = "003Hn00000000jt";

fn seed() -> Value {
    json!({
        "Campaign": [{ "Id": CAMPAIGN, "Name": "Spring fair" }],
        "Contact": [{ "Id": CONTACT, "LastName": "Berg", "Email": "anna@example.com" }],
        "Lead": [{ "Id": LEAD, "LastName": "Boer", "Company": "Boer BV", "Email": "lia@example.com" }],
    })
}

fn bench() -> Bench {
    let mut bench = Bench::new();
    bench.org.seed(&seed(), bench.now).unwrap_or_else(|error| panic!("{error}"));
    bench
}

fn member(person: &str, id: &str, status: &str) -> Value {
    json!({ "CampaignId": CAMPAIGN, person: id, "Status": status })
}

#[test]
fn a_member_is_found_through_its_person_and_its_campaign() {
    let mut bench = bench();
    bench.create("CampaignMember", member("ContactId", CONTACT, "Sent"));
    bench.create("CampaignMember", member("LeadId", LEAD, "Responded"));
    let by_email = |email: &str| {
        format!(
            "SELECT Id, ContactId, Contact.Email, Lead.Email, Campaign.Name, Type, Email, HasResponded FROM CampaignMember \
             WHERE (CampaignId = '{CAMPAIGN}' AND Contact.Email = '{email}') \
             OR (CampaignId = '{CAMPAIGN}' AND Lead.Email = '{email}')"
        )
    };
    let answer = bench.query(&by_email("anna@example.com")).json();
    assert_eq!(answer["totalSize"], 1, "{answer}");
    let found = &answer["records"][0];
    assert!(found["ContactId"].as_str().unwrap().starts_with(CONTACT));
    assert_eq!((&found["Contact"]["Email"], &found["Lead"]), (&json!("anna@example.com"), &Value::Null));
    assert_eq!(found["Campaign"]["Name"], "Spring fair");
    assert_eq!((&found["Type"], &found["HasResponded"]), (&json!("Contact"), &json!(false)));
    let found = bench.query(&by_email("lia@example.com")).json()["records"][0].clone();
    assert_eq!((&found["Type"], &found["HasResponded"]), (&json!("Lead"), &json!(true)));
    assert_eq!((&found["Email"], &found["ContactId"]), (&json!("lia@example.com"), &Value::Null));
    let soql =
        "SELECT LeadOrContact.Email FROM CampaignMember WHERE HasResponded = true AND Campaign.Name = 'spring fair'";
    assert_eq!(bench.query(soql).json()["records"][0]["LeadOrContact"]["Email"], "lia@example.com");
}

#[test]
fn a_second_member_of_one_person_is_refused() {
    let mut bench = bench();
    let of_contact = member("ContactId", CONTACT, "Sent");
    let id = bench.create("CampaignMember", of_contact.clone());
    bench.create("CampaignMember", member("LeadId", LEAD, "Sent"));
    for body in [of_contact.clone(), member("LeadId", LEAD, "Responded")] {
        let response = bench.post("/sobjects/CampaignMember", body);
        assert_eq!(error(&response), (400, "DUPLICATE_VALUE".into(), "Already a campaign member.".into()));
        assert_eq!(response.json()[0]["fields"], json!([]));
    }
    let other = bench.create("Campaign", json!({ "Name": "Autumn fair" }));
    bench.create("CampaignMember", json!({ "CampaignId": other, "ContactId": CONTACT }));
    assert_eq!(bench.send("DELETE", &format!("/sobjects/CampaignMember/{id}"), None).status, 204);
    bench.create("CampaignMember", of_contact);
}

#[test]
fn of_two_new_members_in_one_call_the_second_is_refused() {
    let mut bench = bench();
    let mut record = member("ContactId", CONTACT, "Sent");
    record["attributes"] = json!({ "type": "CampaignMember" });
    let answer = bench.post("/composite/sobjects", json!({ "records": [record, record] })).json();
    assert_eq!((&answer[0]["success"], &answer[1]["success"]), (&json!(true), &json!(false)));
    assert_eq!(answer[1]["errors"][0]["statusCode"], "DUPLICATE_VALUE");
    let composite = json!({ "allOrNone": true, "compositeRequest": [
        { "method": "POST", "referenceId": "person", "url": format!("{BASE}/sobjects/Contact"), "body": { "LastName": "Tal" } },
        { "method": "POST", "referenceId": "member", "url": format!("{BASE}/sobjects/CampaignMember"),
          "body": member("ContactId", "@{person.id}", "Responded") },
        { "method": "POST", "referenceId": "again", "url": format!("{BASE}/sobjects/CampaignMember"),
          "body": member("ContactId", "@{person.id}", "Responded") },
    ] });
    let answer = bench.post("/composite", composite).json();
    assert_eq!(answer["compositeResponse"][2]["body"][0]["errorCode"], "DUPLICATE_VALUE");
    assert_eq!((bench.org.records("Contact").len(), bench.org.records("CampaignMember").len()), (1, 1));
}

#[test]
fn a_member_needs_a_campaign_and_a_person_and_keeps_both() {
    let mut bench = bench();
    for (body, missing) in [
        (json!({ "ContactId": CONTACT }), json!(["CampaignId"])),
        (json!({ "CampaignId": CAMPAIGN }), json!(["ContactId", "LeadId"])),
        (json!({ "CampaignId": CAMPAIGN, "ContactId": null, "LeadId": null }), json!(["ContactId", "LeadId"])),
    ] {
        let response = bench.post("/sobjects/CampaignMember", body);
        refused(&response, 400, "REQUIRED_FIELD_MISSING");
        assert_eq!(response.json()[0]["fields"], missing);
    }
    // With both persons it is the Contact's.
    let id = bench.create("CampaignMember", json!({ "CampaignId": CAMPAIGN, "ContactId": CONTACT, "LeadId": LEAD }));
    let row = bench.org.records("CampaignMember")[0].clone();
    assert_eq!((row.get("LeadId"), &row["Status"]), (None, &json!("Sent")));
    for (field, value) in [
        ("CampaignId", json!(CAMPAIGN)),
        ("ContactId", json!(CONTACT)),
        ("LeadId", json!(LEAD)),
        ("HasResponded", json!(true)),
        ("Type", json!("Lead")),
        ("Email", json!("x@example.com")),
    ] {
        let response = bench.patch(&format!("/sobjects/CampaignMember/{id}"), json!({ field: value }));
        refused(&response, 400, "INVALID_FIELD_FOR_INSERT_UPDATE");
    }
}

#[test]
fn a_response_follows_from_the_status() {
    let mut bench = bench();
    let id = bench.create("CampaignMember", member("ContactId", CONTACT, "Sent"));
    let mut set = |status: &str| {
        assert_eq!(bench.patch(&format!("/sobjects/CampaignMember/{id}"), json!({ "Status": status })).status, 204);
        let row = &bench.org.records("CampaignMember")[0];
        (row["HasResponded"].clone(), row.get("FirstRespondedDate").cloned())
    };
    let day = Some(json!("2026-11-22"));
    assert_eq!(set("Responded"), (json!(true), day.clone()));
    assert_eq!(set("Sent"), (json!(false), day));
}

#[test]
fn members_of_a_converted_lead_are_its_contacts() {
    let mut bench = bench();
    let other = bench.create("Campaign", json!({ "Name": "Autumn fair" }));
    bench.create("CampaignMember", member("LeadId", LEAD, "Responded"));
    bench.create("CampaignMember", member("ContactId", CONTACT, "Sent"));
    let kept = bench.create("CampaignMember", json!({ "CampaignId": other, "LeadId": LEAD }));
    assert!(bench.org.convert_lead(LEAD, Some(CONTACT), bench.now));
    let members = bench.org.records("CampaignMember");
    assert_eq!(members.len(), 2, "one of each campaign: {members:?}");
    let of =
        |campaign: &str| members.iter().find(|row| row["CampaignId"].as_str().unwrap().starts_with(campaign)).unwrap();
    assert_eq!((&of(CAMPAIGN)["Status"], of(CAMPAIGN).get("LeadId")), (&json!("Responded"), None));
    assert!(of(&other)["ContactId"].as_str().unwrap().starts_with(CONTACT));
    assert!(of(&other)["LeadId"].as_str().unwrap().starts_with(LEAD));
    assert_eq!((&of(&other)["Type"], &of(&other)["Email"]), (&json!("Contact"), &json!("anna@example.com")));
    // The Lead can go, the Contact's membership stays.
    assert_eq!(bench.send("DELETE", &format!("/sobjects/Lead/{LEAD}"), None).status, 204);
    let row = bench.get(&format!("/sobjects/CampaignMember/{kept}")).json();
    assert_eq!((&row["LeadId"], &row["Type"]), (&Value::Null, &json!("Contact")));
}

#[test]
fn a_converted_lead_becomes_no_member_again() {
    let mut bench = bench();
    assert!(bench.org.convert_lead(LEAD, Some(CONTACT), bench.now));
    let response = bench.post("/sobjects/CampaignMember", member("LeadId", LEAD, "Sent"));
    refused(&response, 400, "CANNOT_UPDATE_CONVERTED_LEAD");
}

#[test]
fn members_go_with_their_person_and_their_campaign() {
    let mut bench = bench();
    bench.create("CampaignMember", member("ContactId", CONTACT, "Sent"));
    bench.create("CampaignMember", member("LeadId", LEAD, "Sent"));
    assert_eq!(bench.send("DELETE", &format!("/sobjects/Contact/{CONTACT}"), None).status, 204);
    assert_eq!(bench.column("SELECT Type FROM CampaignMember", "Type"), [json!("Lead")]);
    assert_eq!(bench.send("DELETE", &format!("/sobjects/Campaign/{CAMPAIGN}"), None).status, 204);
    assert_eq!(bench.query("SELECT Id FROM CampaignMember").json()["totalSize"], 0);
}

#[test]
fn open_cases_are_found_by_a_boolean_and_by_their_contact() {
    let mut bench = bench();
    for (subject, status) in [("first", "Closed"), ("second", "New")] {
        bench.create("Case", json!({ "Subject": subject, "Status": status, "ContactId": CONTACT }));
    }
    let open = "SELECT Subject, IsClosed, ClosedDate, Contact.Email FROM Case \
                WHERE Contact.Email = 'anna@example.com' AND IsClosed = false ORDER BY CreatedDate DESC LIMIT 1";
    let answer = bench.query(open).json();
    let case = &answer["records"][0];
    assert_eq!(
        (&case["Subject"], &case["IsClosed"], &case["ClosedDate"]),
        (&json!("second"), &json!(false), &Value::Null)
    );
    assert_eq!(case["Contact"]["Email"], "anna@example.com");
    assert_eq!(bench.column("SELECT Subject FROM Case WHERE IsClosed = true", "Subject"), [json!("first")]);
    refused(&bench.query("SELECT Id FROM Case WHERE IsClosed = 'false'"), 400, "INVALID_FIELD");
    let case = bench.post("/sobjects/Case", json!({ "Subject": "third", "IsClosed": true }));
    refused(&case, 400, "INVALID_FIELD_FOR_INSERT_UPDATE");
}
