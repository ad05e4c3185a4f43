//! What `prepare` says of a record that may be of several SObjects.

use serde_json::json;

use crate::common::people::{only, person, person_with};
use crate::common::settings::{link, map};
use crate::org::{TestOrg, says};
use host_tests::simulator::Access;

#[tokio::test(flavor = "multi_thread")]
async fn all_objects_are_described_at_once_and_their_facts_kept_apart() {
    let org = TestOrg::new().await;
    let prepared = org.prepare(&person()).await;
    assert_eq!(prepared.requests(), 2, "the describes, then the validation rules");
    let schema = prepared.schema();
    assert!(schema["objects"]["Contact"]["fields"]["Email"].is_object(), "{schema:#}");
    assert!(schema["objects"]["Contact"]["fields"]["Company"].is_null());
    assert!(schema["objects"]["Lead"]["fields"]["Company"].is_object());
    // Prepared, they have nothing to remark about themselves.
    let settings = prepared.expect_settings();
    let remarks = crate::org::check(&settings).await;
    assert_eq!(crate::org::codes(&remarks), ["key-may-be-blank"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_field_that_not_all_have_needs_only_for() {
    let org = TestOrg::new().await;
    let mut settings = person();
    settings["mappings"][2].as_object_mut().expect("a row").remove("onlyFor");
    let refused = org.prepare(&settings).await;
    let finding = refused.refused("field-not-of-all", "/mappings/2/field");
    says(finding, &["`Contact`", "`Company`"], &["\"onlyFor\": [\"Lead\"]"]);
    // One that none has is an ordinary mistake.
    let refused = org.prepare(&person_with(&[only(&["Lead"], map("x", "Person.Titel"))], &json!({}))).await;
    says(refused.refused("unknown-field", "/mappings/3/field"), &[], &["`Title`"]);
    let refused = org.prepare(&person_with(&[], &json!({ "store": { "Company": "company" } }))).await;
    says(refused.refused("field-not-of-all", "/objects/Person/store/Company"), &["`Contact`"], &["Remove"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn required_fields_are_those_of_the_last() {
    let org = TestOrg::new().await;
    let mut settings = person();
    settings["mappings"].as_array_mut().expect("rows").remove(2);
    let refused = org.prepare(&settings).await;
    says(refused.refused("required-field", "/mappings/0/object"), &["`Company`", "`Lead`"], &[]);
    settings["objects"]["Person"]["lookIn"] = json!(["Lead", "Contact"]);
    org.prepare(&settings).await.expect_settings();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_must_fit_whatever_the_record_turns_out_to_be() {
    let org = TestOrg::new().await;
    let rows = [map("topic", "Case.Subject"), link("Person", "Case.ContactId")];
    let refused = org.prepare(&person_with(&rows, &json!({}))).await;
    says(refused.refused("bad-link", "/mappings/4/source/record"), &["`Lead`"], &["\"onlyFor\": [\"Contact\"]"]);
    let rows = [map("topic", "Case.Subject"), only(&["Contact"], link("Person", "Case.ContactId"))];
    org.prepare(&person_with(&rows, &json!({}))).await.expect_settings();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_lead_became_must_be_visible() {
    let org = TestOrg::with(|org| assert!(org.restrict_field("Lead", "ConvertedContactId", Access::Hidden))).await;
    let refused = org.prepare(&person()).await;
    says(refused.refused("no-permission", "/objects/Person/lookIn"), &["converted"], &["`ConvertedContactId`"]);
    // Where nobody asks it does not matter.
    let mut alone = person();
    alone["objects"]["Person"] = json!({ "sobject": "Lead" });
    alone["mappings"][2].as_object_mut().expect("a row").remove("onlyFor");
    org.prepare(&alone).await.expect_settings();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_contact_needs_no_right_to_create() {
    let org = TestOrg::with(|org| assert!(org.restrict_field("Contact", "LastName", Access::ReadOnly))).await;
    let mut settings = person();
    settings["mappings"][1]["onlyFor"] = json!(["Lead"]);
    org.prepare(&settings).await.expect_settings();
}

/// A rule of Leads is none of Contacts, and only a new Lead is assigned.
#[tokio::test(flavor = "multi_thread")]
async fn an_assignment_rule_is_that_of_the_last() {
    let org = TestOrg::new().await;
    let rule = |id: &str| person_with(&[], &json!({ "assignmentRule": id }));
    let refused = org.prepare(&rule("01Q000000000009EAA")).await;
    says(refused.refused("unknown-assignment-rule", "/objects/Person/assignmentRule"), &["`Lead`"], &[]);
    org.prepare(&rule("off")).await.expect_settings();
}
