//! A record type is for new records. An existing one keeps the type that people gave it.

use serde_json::{Value, json};

use crate::org::{TestOrg, codes, key, link, map, results, settings, with};

fn record_type(org: &TestOrg, developer_name: &str) -> Value {
    let types = org.records("RecordType");
    let found =
        types.into_iter().find(|known| known["DeveloperName"] == developer_name && known["SobjectType"] == "Case");
    found.expect("a record type")["Id"].clone()
}

fn complaint(more: Value) -> Value {
    let mappings = [key("chat", "Case.Chat_Conversation_Id__c"), map("topic", "Case.Subject")];
    settings(mappings, json!({ "Case": with(json!({ "recordType": "Complaint" }), more) }))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_record_gets_the_type() {
    let org = TestOrg::new().await;
    let settings = org.prepared(&complaint(json!({}))).await;
    assert_eq!(results(&org.done(&settings, &json!({ "chat": "1", "topic": "Repair" })).await), ["created"]);
    assert_eq!(org.record("Case")["RecordTypeId"], record_type(&org, "Complaint"));
}

/// Whether or not an upsert by the key would have been possible.
#[tokio::test(flavor = "multi_thread")]
async fn an_existing_record_keeps_its_type() {
    for more in [json!({}), json!({ "assignmentRule": "off" }), json!({ "onlyUpdateExisting": true })] {
        let org = TestOrg::new().await;
        let support = record_type(&org, "Support_Case");
        org.seed(json!({ "Case": [
            { "Subject": "old", "Chat_Conversation_Id__c": "1", "RecordTypeId": support },
            { "Subject": "old", "Chat_Conversation_Id__c": "2" },
        ] }));
        let settings = org.prepared(&complaint(more.clone())).await;
        for chat in ["1", "2"] {
            let outcome = org.done(&settings, &json!({ "chat": chat, "topic": "new" })).await;
            assert_eq!(results(&outcome), ["updated"], "{more}");
            let outcome = org.done(&settings, &json!({ "chat": chat, "topic": "new" })).await;
            assert_eq!(results(&outcome), ["unchanged"], "{more}");
        }
        let types: Vec<Value> = org.records("Case").iter().map(|case| case["RecordTypeId"].clone()).collect();
        assert_eq!(types, [support, Value::Null], "{more}");
    }
}

/// Nobody gave a value for it: a type alone is no reason for a record.
#[tokio::test(flavor = "multi_thread")]
async fn a_type_alone_makes_no_record() {
    let org = TestOrg::new().await;
    let case = settings([map("topic", "Case.Subject")], json!({ "Case": { "recordType": "Complaint" } }));
    let outcome = org.done(&org.prepared(&case).await, &json!({ "topic": " " })).await;
    assert_eq!((results(&outcome), codes(&outcome)), (vec!["skipped"], vec!["nothing-to-write"]));
    // Nor is a type and a link to a record that does not take part.
    let linked = settings(
        [
            key("mail", "Contact.Email"),
            map("name", "Contact.LastName"),
            map("topic", "Case.Subject"),
            link("Contact", "Case.ContactId"),
        ],
        json!({ "Case": { "recordType": "Complaint" } }),
    );
    let outcome = org.done(&org.prepared(&linked).await, &json!({ "mail": "", "topic": "" })).await;
    assert_eq!(results(&outcome), ["skipped", "skipped"], "{outcome:#}");
    assert!(org.records("Case").is_empty());
}
