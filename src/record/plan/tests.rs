//! Which approach a record gets, and why it must be looked up where it must.

use serde_json::{Value, json};

use super::*;
use crate::record::sample::{key, link, mapping, planned, with};
use crate::salesforce::{FieldName, RecordId};
use crate::wire::record::UpsertKey;

const ID: &str = "003000000000001AAA";

/// Facts of a Contact whose customer number is an external id.
fn prepared(unique: bool) -> Value {
    let number = json!({ "type": "string", "length": 20, "externalId": true, "unique": unique });
    let fields = json!({ "LastName": { "type": "string", "length": 80 }, "Customer_No__c": number });
    json!({ "schema": { "viewAllData": true, "objects": { "Contact": { "fields": fields } } } })
}

/// A Contact found by its customer number.
fn numbered() -> Value {
    json!([key("number", "Contact.Customer_No__c"), mapping("name", "Contact.LastName")])
}

fn variables() -> Value {
    json!({ "number": "K-17", "name": "Berg", "id": ID, "mail": "anna@example.com", "subject": "Help" })
}

fn approaches(mappings: &Value, more: Value) -> Vec<Approach> {
    planned(mappings, more, &variables()).records.into_iter().map(|record| record.approach).collect()
}

fn upsert(text: &str) -> Approach {
    let field = FieldName::parse("Customer_No__c").unwrap();
    Approach::UpsertByKey(UpsertKey { field, text: text.to_owned() })
}

#[test]
fn a_record_without_a_key_is_created() {
    let plan = planned(&json!([mapping("name", "Contact.LastName")]), json!({}), &variables());
    assert_eq!(plan.records[0].approach, Approach::Create);
    assert_eq!((plan.requests_at_least, plan.requests_at_most, plan.lookups.len()), (1, 1, 0));
}

#[test]
fn a_record_with_its_id_is_updated_without_a_lookup() {
    let mappings = json!([key("id", "Contact.Id"), mapping("name", "Contact.LastName")]);
    let plan = planned(&mappings, json!({}), &variables());
    assert_eq!(plan.records[0].approach, Approach::UpdateById(RecordId::parse(ID).unwrap()));
    // The id of a record that is gone cannot be given to a new one.
    assert_eq!(plan.records[0].when_none_matches, NoneMatches::Fail);
    assert_eq!(plan.requests_at_least, 1);
}

#[test]
fn a_unique_external_id_is_upserted_where_the_org_is_known() {
    assert_eq!(approaches(&numbered(), prepared(true)), [upsert("K-17")]);
    assert_eq!(approaches(&numbered(), json!({})), [Approach::LookUp], "nothing is known of the org");
}

#[test]
fn a_key_that_is_not_unique_is_upserted_only_if_it_has_no_case() {
    assert_eq!(approaches(&numbered(), prepared(false)), [Approach::LookUp], "K-17 would not find k-17");
    let plan = planned(&numbered(), prepared(false), &with(variables(), json!({ "number": "0017" })));
    assert_eq!(plan.records[0].approach, upsert("0017"));
    // Two upserts at once would make two records of it.
    assert!(!plan.records[0].upserts_once);
}

#[test]
fn what_must_be_read_first_is_looked_up() {
    let contact = |settings: Value| with(prepared(true), json!({ "objects": { "Contact": settings } }));
    let kept = with(mapping("name", "Contact.LastName"), json!({ "overwrite": "if-empty" }));
    let cleared = with(mapping("phone", "Contact.Phone"), json!({ "whenBlank": "clear" }));
    let [number, name] = [key("number", "Contact.Customer_No__c"), mapping("name", "Contact.LastName")];
    let cases = [
        ("a field that may keep its value", json!([number, kept]), prepared(true)),
        ("two keys", json!([number, key("mail", "Contact.Email"), name]), prepared(true)),
        ("a key alone: nothing would be written", json!([number]), prepared(true)),
        ("the newest of several", numbered(), contact(json!({ "whenSeveralMatch": "most-recently-modified" }))),
    ];
    for (why, mappings, more) in cases {
        assert_eq!(approaches(&mappings, more), [Approach::LookUp], "{why}");
    }
    // A new record would lose the org's default.
    let plan = planned(&json!([number, name, cleared]), prepared(true), &with(variables(), json!({ "phone": "" })));
    assert_eq!(plan.records[0].approach, Approach::LookUp);
}

#[test]
fn where_one_record_is_looked_up_the_others_are_too() {
    let with_case = json!([
        key("number", "Contact.Customer_No__c"),
        mapping("name", "Contact.LastName"),
        key("subject", "Case.Subject"),
        mapping("name", "Case.Description"),
    ]);
    assert_eq!(approaches(&with_case, prepared(true)), [Approach::LookUp, Approach::LookUp]);
    let plan = planned(&with_case, prepared(true), &variables());
    assert_eq!((plan.requests_at_least, plan.requests_at_most), (1, 2));
}

#[test]
fn a_key_whose_text_a_url_does_not_carry_is_looked_up() {
    for text in ["a/b", "a\\b", "a%b", ".a", "a.", "info@example.inc"] {
        let plan = planned(&numbered(), prepared(true), &with(variables(), json!({ "number": text })));
        assert_eq!(plan.records[0].approach, Approach::LookUp, "{text}");
    }
}

#[test]
fn a_key_without_a_value_finds_no_record() {
    let plan = planned(&numbered(), prepared(true), &json!({ "name": "Berg", "number": " " }));
    assert_eq!(plan.records[0].approach, Approach::Skip { asked: true });
    assert_eq!(plan.findings[0].code, FindingCode::KeyWithoutValue);
    assert_eq!((plan.requests_at_least, plan.requests_at_most), (0, 0));
}

#[test]
fn records_are_written_after_those_that_they_link_to() {
    let mappings = json!([
        link("Contact", "Case.ContactId"),
        mapping("subject", "Case.Subject"),
        link("Account", "Contact.AccountId"),
        mapping("name", "Contact.LastName"),
        mapping("name", "Account.Name"),
    ]);
    let plan = planned(&mappings, json!({}), &variables());
    let order: Vec<String> = plan.write_order.iter().map(|&at| plan.records[at].name().to_string()).collect();
    assert_eq!(order, ["Account", "Contact", "Case"]);
}

#[test]
fn a_record_that_is_found_by_a_link_takes_part_only_with_the_linked_one() {
    let member = [
        key("number", "Contact.Customer_No__c"),
        mapping("name", "Contact.LastName"),
        with(link("Contact", "Case.ContactId"), json!({ "useToFindExisting": true })),
        mapping("subject", "Case.Subject"),
    ];
    let plan = |variables: &Value| planned(&json!(member), json!({}), variables);
    let found = plan(&variables());
    assert_eq!(found.records[1].approach, Approach::LookUp);
    // In the same request: through the link, by the keys of the Contact.
    assert_eq!(found.lookups.len(), 2);
    assert!(found.lookups[1].select.to_string().contains("Contact.Customer_No__c = 'K-17'"));
    let alone = plan(&json!({ "subject": "Help", "name": "Berg" }));
    assert_eq!(alone.records[1].approach, Approach::Skip { asked: false });
    assert!(alone.lookups.is_empty());
}

#[test]
fn one_record_that_cannot_be_written_stops_the_run_before_its_lookups() {
    let mappings = json!([
        key("mail", "Contact.Email"),
        mapping("name", "Contact.LastName"),
        with(mapping("reason", "Case.Subject"), json!({ "whenBlank": "fail" })),
    ]);
    let plan = planned(&mappings, json!({}), &variables());
    assert!(matches!(plan.records[1].approach, Approach::Fail(_)) && plan.fails());
    assert!(plan.lookups.is_empty());
    assert_eq!((plan.requests_at_least, plan.requests_at_most), (0, 0));
}
