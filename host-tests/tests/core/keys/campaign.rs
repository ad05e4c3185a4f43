//! A person answers a campaign, and answers it again: the member is found through the Contact or Lead of the run.

use salesforce_module::report::RecordResult::{Created, Unchanged, Updated};
use salesforce_module::report::Status;
use serde_json::{Value, json};

use super::{remarks, seed, told};
use crate::common::many::{key, link_key, map, settings};
use crate::stage::{Fault, Stage};

/// With the id of the campaign.
fn answer(campaign: &Value) -> Value {
    let link = |field: &str, sobject: &str| {
        let mut link = link_key("Person", "CampaignMember", field);
        link["onlyFor"] = json!([sobject]);
        link
    };
    let mut mail = key("mail", "Person", "Email");
    mail["whenBlank"] = "fail".into();
    settings(
        json!([
            mail,
            map("name", "Person", "LastName"),
            { "source": { "variable": "company" }, "object": "Person", "field": "Company", "onlyFor": ["Lead"] },
            { "source": { "constant": campaign }, "object": "CampaignMember", "field": "CampaignId", "useToFindExisting": true },
            link("ContactId", "Contact"),
            link("LeadId", "Lead"),
            map("status", "CampaignMember", "Status"),
        ]),
        json!({ "Person": { "lookIn": ["Contact", "Lead"] } }),
    )
}

fn visitor(name: &str, status: &str) -> Value {
    json!({ "mail": "lia@example.com", "name": name, "company": "Boer BV", "status": status })
}

/// A campaign with a member who is nobody's, and another campaign.
fn org() -> (Stage, Value) {
    let mut stage = Stage::new();
    seed(
        &mut stage.org,
        &json!({ "Campaign": [{ "Name": "Spring" }, { "Name": "Autumn" }], "Contact": [{ "LastName": "Other", "Email": "o@example.com" }] }),
    );
    let campaigns = stage.org.records("Campaign");
    let other = stage.org.records("Contact")[0]["Id"].clone();
    seed(&mut stage.org, &json!({ "CampaignMember": [{ "CampaignId": campaigns[0]["Id"], "ContactId": other }] }));
    let id = campaigns[0]["Id"].clone();
    (stage, id)
}

fn members(stage: &Stage) -> Vec<Value> {
    stage
        .org
        .records("CampaignMember")
        .iter()
        .map(|member| json!([member["ContactId"], member["LeadId"], member["Status"]]))
        .collect()
}

#[test]
fn a_new_person_becomes_a_member_and_the_next_answer_updates_both() {
    let (mut stage, campaign) = org();
    let settings = answer(&campaign);
    assert_eq!(remarks(&settings), []);
    assert_eq!(told(&stage.run(&settings, &visitor("Boer", "Sent"))), (Status::Done, 2, vec![Created, Created]));
    assert_eq!(
        told(&stage.run(&settings, &visitor("de Boer", "Responded"))),
        (Status::Done, 2, vec![Updated, Updated])
    );
    let lead = &stage.org.records("Lead")[0];
    assert_eq!(lead["LastName"], "de Boer");
    assert_eq!(members(&stage)[1..], [json!([null, lead["Id"], "Responded"])]);
    // Once more: nothing is left to write.
    assert_eq!(
        told(&stage.run(&settings, &visitor("de Boer", "Responded"))),
        (Status::Done, 1, vec![Unchanged, Unchanged])
    );
}

#[test]
fn a_contact_is_a_member_as_a_contact() {
    let (mut stage, campaign) = org();
    let settings = answer(&campaign);
    seed(&mut stage.org, &json!({ "Contact": [{ "LastName": "Boer", "Email": "lia@example.com" }] }));
    assert_eq!(told(&stage.run(&settings, &visitor("Boer", "Sent"))), (Status::Done, 2, vec![Unchanged, Created]));
    assert_eq!(told(&stage.run(&settings, &visitor("Boer", "Responded"))), (Status::Done, 2, vec![Unchanged, Updated]));
    let contact = &stage.org.records("Contact")[1];
    assert_eq!(members(&stage)[1..], [json!([contact["Id"], null, "Responded"])]);
}

#[test]
fn a_converted_lead_stays_the_member_that_it_was() {
    let (mut stage, campaign) = org();
    let settings = answer(&campaign);
    stage.run(&settings, &visitor("Boer", "Sent"));
    let lead = stage.org.records("Lead")[0]["Id"].as_str().expect("an id").to_owned();
    seed(&mut stage.org, &json!({ "Contact": [{ "LastName": "Boer" }] }));
    let contact = stage.org.records("Contact")[1]["Id"].as_str().expect("an id").to_owned();
    assert!(stage.org.convert_lead(&lead, Some(&contact), jiff::Timestamp::UNIX_EPOCH));
    assert_eq!(told(&stage.run(&settings, &visitor("Boer", "Responded"))), (Status::Done, 2, vec![Updated, Updated]));
    assert_eq!(members(&stage).len(), 2);
    assert_eq!(members(&stage)[1][2], "Responded");
}

#[test]
fn another_conversation_that_was_faster_is_found_by_a_second_look() {
    let (mut stage, campaign) = org();
    stage.faults.insert(2, Fault::After(join));
    seed(&mut stage.org, &json!({ "Contact": [{ "LastName": "Boer", "Email": "lia@example.com" }] }));
    let outcome = stage.run(&answer(&campaign), &visitor("Boer", "Responded"));
    assert_eq!(told(&outcome), (Status::Done, 4, vec![Unchanged, Updated]));
    assert_eq!(members(&stage).len(), 2);
}

/// Another conversation has made the contact a member of the campaign.
fn join(org: &mut host_tests::simulator::Org) {
    let (contact, campaign) = (org.records("Contact")[1]["Id"].clone(), org.records("Campaign")[0]["Id"].clone());
    seed(org, &json!({ "CampaignMember": [{ "CampaignId": campaign, "ContactId": contact }] }));
}
