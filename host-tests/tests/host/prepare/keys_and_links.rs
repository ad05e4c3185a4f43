//! Keys, links to records of the same run, and parents that are found by an external id.

use host_tests::simulator::Access;
use serde_json::{Value, json};

use crate::org::{Preparation, TestOrg, key, link, map, says, settings};

async fn prepare<const N: usize>(mappings: [Value; N], objects: Value) -> Preparation {
    TestOrg::new().await.prepare(&settings(mappings, objects)).await
}

// ---- Keys ----

#[tokio::test(flavor = "multi_thread")]
async fn a_long_text_is_no_key() {
    let mappings = [key("text", "Contact.Description"), map("name", "Contact.LastName")];
    let prepared = prepare(mappings, json!({})).await;
    let finding = prepared.refused("bad-key", "/mappings/0/useToFindExisting");
    says(finding, &["`Description`", "long text"], &["another field"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_multi_select_picklist_is_no_key() {
    let mappings = [key("topics", "Contact.Topics__c"), map("name", "Contact.LastName")];
    let prepared = prepare(mappings, json!({})).await;
    let finding = prepared.refused("bad-key", "/mappings/0/useToFindExisting");
    says(finding, &["`Topics__c`", "several values"], &["another field"]);
}

// ---- Links and parents ----

#[tokio::test(flavor = "multi_thread")]
async fn a_link_leads_to_an_object_that_its_field_takes() {
    let mappings = [map("company", "Account.Name"), map("topic", "Case.Subject"), link("Account", "Case.ContactId")];
    let prepared = prepare(mappings, json!({})).await;
    let finding = prepared.refused("bad-link", "/mappings/2/source/record");
    says(finding, &["`ContactId`", "`Account`"], &["lookup field to `Account`"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_into_a_field_that_is_no_lookup_is_refused() {
    let mappings =
        [map("name", "Contact.LastName"), map("topic", "Case.Subject"), link("Contact", "Case.SuppliedName")];
    let prepared = prepare(mappings, json!({})).await;
    prepared.refused("bad-link", "/mappings/2/source/record");
}

/// `sobject` gives a record a name of its own; what counts is the object behind it.
#[tokio::test(flavor = "multi_thread")]
async fn a_link_follows_the_object_and_not_the_name_of_a_record() {
    let mappings = [map("name", "Visitor.LastName"), map("topic", "Case.Subject"), link("Visitor", "Case.ContactId")];
    let objects = json!({ "Visitor": { "sobject": "Contact" } });
    let prepared = prepare(mappings, objects).await;
    assert_eq!(prepared.status(), "done", "{:#}", prepared.answer);
    assert!(prepared.schema()["objects"]["Contact"].is_object());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_relationship_to_several_objects_is_refused() {
    let mappings = [map("topic", "Case.Subject"), map("agent", "Case.Owner.Username")];
    let prepared = prepare(mappings, json!({})).await;
    let finding = prepared.refused("polymorphic-relationship", "/mappings/1/field");
    says(finding, &["`Owner`"], &["`OwnerId`"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_relationship_that_is_not_there_is_named_with_the_nearest() {
    let mappings = [map("name", "Contact.LastName"), map("no", "Contact.Acount.Customer_No__c")];
    let prepared = prepare(mappings, json!({})).await;
    let finding = prepared.refused("unknown-field", "/mappings/1/field");
    says(finding, &["no relationship `Acount`"], &["Did you mean `Account.Customer_No__c`?"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_parents_field_that_is_not_there_is_named_with_the_nearest() {
    let mappings = [map("name", "Contact.LastName"), map("no", "Contact.Account.Custmer_No__c")];
    let prepared = prepare(mappings, json!({})).await;
    let finding = prepared.refused("unknown-field", "/mappings/1/field");
    says(finding, &["`Custmer_No__c` of `Account`"], &["Did you mean `Customer_No__c`?"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_parent_is_found_by_an_external_id_only() {
    let mappings = [map("name", "Contact.LastName"), map("company", "Contact.Account.Name")];
    let prepared = prepare(mappings, json!({})).await;
    let finding = prepared.refused("not-an-external-id", "/mappings/1/field");
    says(finding, &["`Account.Name`"], &["External ID"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hidden_parent_says_who_can_help() {
    let org = TestOrg::with(|org| assert!(org.restrict_object("Account", Access::Hidden))).await;
    let mappings = [map("name", "Contact.LastName"), map("no", "Contact.Account.Customer_No__c")];
    let prepared = org.prepare(&settings(mappings, json!({}))).await;
    let finding = prepared.refused("unknown-object", "/mappings/1/field");
    says(finding, &["behind `Account`"], &["`AccountId`", "administrator"]);
}
