//! The drop-down of fields.

use host_tests::host::FieldQuery;
use serde_json::{Value, json};

use crate::discovery::questions::{ask_fields, entry, fields, names};
use crate::org::{TestOrg, says};

#[tokio::test(flavor = "multi_thread")]
async fn a_field_says_what_it_takes_and_what_for() {
    let org = TestOrg::new().await;
    let answer = ask_fields(&org, &fields("contact", "")).await;
    assert_eq!((&answer["object"]["name"], &answer["requests"]), (&json!("Contact"), &json!(1)));
    let last_name = json!({
        "name": "LastName", "label": "Last Name", "help": null, "type": "string", "length": 80, "required": true,
        "custom": false, "createable": true, "updateable": true, "key": "by-lookup", "restricted": false, "values": [],
        "moreValues": false, "references": [], "relationship": null,
    });
    assert_eq!(*entry(&answer, "fields", "LastName"), last_name);
    assert_eq!(entry(&answer, "fields", "FirstName")["required"], false);
    let account = entry(&answer, "fields", "AccountId");
    assert_eq!((&account["references"], &account["relationship"]), (&json!(["Account"]), &json!("Account")));
}

/// As `prepare` and `plan` decide, who know the permissions too.
#[tokio::test(flavor = "multi_thread")]
async fn a_key_is_told_as_far_as_the_field_decides_it() {
    let org = TestOrg::new().await;
    let contact = ask_fields(&org, &fields("Contact", "")).await;
    let key = |name: &str| entry(&contact, "fields", name)["key"].clone();
    assert_eq!(
        [key("Id"), key("Email"), key("LastName"), key("Description")],
        ["native", "native-with-view-all-data", "by-lookup", "none"]
    );
    // An external id that is unique.
    let cases = ask_fields(&org, &fields("Case", "Chat_Conversation_Id__c")).await;
    assert_eq!(entry(&cases, "fields", "Chat_Conversation_Id__c")["key"], "native");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picklist_lists_as_many_values_as_were_asked_for() {
    let org = TestOrg::new().await;
    let status = |answer: &Value| entry(answer, "fields", "Status").clone();
    let all = status(&ask_fields(&org, &fields("Case", "status")).await);
    let values = all["values"].as_array().expect("a list");
    assert!(values.len() > 2 && values.iter().any(|value| value["value"] == "New"), "{all:#}");
    assert!(values.iter().all(|value| value["label"].is_string()));
    assert_eq!(all["moreValues"], false);
    for few in [0, 1, values.len() - 1, values.len()] {
        let query = FieldQuery { values: few as u32, ..fields("Case", "status") };
        let cut = status(&ask_fields(&org, &query).await);
        assert_eq!(cut["values"].as_array().expect("a list")[..], values[..few]);
        assert_eq!(cut["moreValues"], few < values.len(), "{few}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn record_types_are_those_that_the_setting_takes() {
    let org = TestOrg::new().await;
    let answer = ask_fields(&org, &fields("Case", "no such field")).await;
    let types: Vec<&Value> =
        answer["recordTypes"].as_array().expect("a list").iter().map(|t| &t["developerName"]).collect();
    assert!(types.contains(&&json!("Support_Case")) && types.contains(&&json!("Complaint")), "{types:?}");
    // One that the user may not use, and the one that stands for none.
    assert!(!types.contains(&&json!("Internal")) && !types.contains(&&json!("Master")), "{types:?}");
    assert_eq!(answer["fields"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn fields_that_no_mapping_can_name_are_listed_only_when_asked_for() {
    let org = TestOrg::new().await;
    let usual = ask_fields(&org, &fields("Case", "")).await;
    let all = ask_fields(&org, &FieldQuery { all: true, limit: 200, ..fields("Case", "") }).await;
    let (usual, all) = (names(&usual, "fields"), names(&all, "fields"));
    assert!(usual.iter().all(|name| all.contains(name)));
    assert!(all.contains(&"CreatedDate") && !usual.contains(&"CreatedDate"), "{usual:?}");
    // They cannot be written, but they find a record.
    assert!(usual.contains(&"Id") && usual.contains(&"CaseNumber"), "{usual:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_object_is_named_with_the_nearest_real_one() {
    let org = TestOrg::new().await;
    let cases = [
        ("Contcat", "Did you mean `Contact`?"),
        ("Ticket", "Did you mean `Ticket__c`?"),
        ("Zebra", "as Setup shows it"),
    ];
    for (name, remedy) in cases {
        let answer = ask_fields(&org, &fields(name, "")).await;
        let [finding] = answer["findings"].as_array().expect("a list").as_slice() else { panic!("{answer:#}") };
        assert_eq!((&finding["code"], &finding["path"]), (&json!("unknown-object"), &json!("query/object")));
        says(finding, &[&format!("no object `{name}`")], &[remedy, "administrator"]);
        assert_eq!(
            (&answer["status"], &answer["requests"], &answer["object"]),
            (&json!("failed"), &json!(2), &Value::Null)
        );
    }
}
