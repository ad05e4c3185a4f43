//! The prepared document: the author's, with the org's facts in it.

use serde_json::{Value, json};

use crate::org::{TestOrg, check, codes, key, map, says, settings};

/// Settings as people write them: tabs, Windows line ends, escapes, members in their own order, a byte order mark.
const BY_HAND: &str = "\u{feff}{\r\n\t\"mappings\" : [ {\"field\":\"LastName\",\"object\":\"Contact\",\
    \"source\":{\"variable\":\"n\\u0061me\"}} ,\r\n\r\n  { \"source\": {\"template\": \"\\\"schema\\\": {a} }}\"}, \
    \"object\": \"Contact\", \"field\": \"Title\"} ],\r\n\t\"deploymentDomain\":\"Example.my.salesforce.com\",\
    \"objects\":{ \"Contact\" :{\"store\":{\"Id\":\"schema\"}}},\r\n\"mode\":\"sobject-write\"  \r\n}\r\n\r\n";

#[tokio::test(flavor = "multi_thread")]
async fn the_authors_text_stays_as_it_was_byte_for_byte() {
    let org = TestOrg::new().await;
    let prepared = org.prepare_text(BY_HAND).await.expect_settings();
    let (before, after) = BY_HAND.split_at(BY_HAND.find("  \r\n}\r\n\r\n").expect("the end"));
    assert!(prepared.starts_with(before), "{prepared}");
    assert!(prepared.ends_with(after), "{prepared}");
    let schema = &prepared[before.len()..prepared.len() - after.len()];
    let schema = schema.strip_prefix(",\n  \"schema\": ").expect("a member of its own");
    let schema: Value = serde_json::from_str(schema).expect("nothing but the schema");
    assert!(schema["hash"].is_string() && schema["objects"]["Contact"]["fields"]["Title"].is_object(), "{schema}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_schema_is_replaced_where_it_stands() {
    let org = TestOrg::new().await;
    let old = [
        r#"{"hash":"0","viewAllData":true,"objects":{"Contact":{"fields":{}}}}"#,
        "null",
        "\"}\"",
        "[1,{\"a\":2}]",
        "{ }",
    ];
    for old in old {
        let text = BY_HAND.replacen("\"objects\"", &format!("\"schema\" :  {old}  ,\t\"objects\""), 1);
        let prepared = org.prepare_text(&text).await.expect_settings();
        let (before, after) = text.split_once(old).expect("the old schema");
        assert!(prepared.starts_with(before) && prepared.ends_with(after), "{prepared}");
        assert!(crate::org::codes(&check(&prepared).await).iter().all(|code| *code != "schema-edited"), "{prepared}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn preparing_twice_gives_the_same_bytes() {
    let org = TestOrg::new().await;
    let everything = settings(
        [
            key("mail", "Contact.Email"),
            map("name", "Contact.LastName"),
            map("no", "Contact.Account.Customer_No__c"),
            map("topic", "Case.Subject"),
            map("s", "Ticket__c.Subject__c"),
            map("r", "Ticket__c.Region__c"),
        ],
        json!({ "Case": { "recordType": "Complaint" } }),
    );
    for text in [everything.to_string(), format!("{everything:#}"), BY_HAND.to_owned()] {
        let once = org.prepare_text(&text).await.expect_settings();
        assert_eq!(org.prepare_text(&text).await.expect_settings(), once, "from the same");
        assert_eq!(org.prepare_text(&once).await.expect_settings(), once, "from the prepared");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_hash_depends_on_the_facts_alone() {
    let org = TestOrg::new().await;
    let hash = |prepared: &crate::org::Preparation| prepared.schema()["hash"].as_str().expect("a hash").to_owned();
    let plain = org.prepare(&settings([map("name", "Contact.LastName")], json!({}))).await;
    let other = org
        .prepare(&settings([map("other", "Contact.LastName")], json!({ "Contact": { "store": { "Id": "id" } } })))
        .await;
    assert_eq!(hash(&plain), hash(&other));
    let more = org.prepare(&settings([map("name", "Contact.LastName"), map("t", "Contact.Title")], json!({}))).await;
    assert_ne!(hash(&plain), hash(&more));
    org.org().settings.view_all_data = false;
    let poorer = org.prepare(&settings([map("name", "Contact.LastName")], json!({}))).await;
    assert_ne!(hash(&plain), hash(&poorer));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edited_schema_is_found_by_its_hash_until_prepared_again() {
    let org = TestOrg::new().await;
    let prepared = org.prepared(&settings([map("name", "Contact.LastName")], json!({}))).await;
    assert!(codes(&check(&prepared).await).is_empty());
    // Another layout is the same schema.
    let value: Value = serde_json::from_str(&prepared).expect("JSON");
    assert!(codes(&check(&value.to_string()).await).is_empty());
    type Edit = fn(&mut Value);
    let edits: [(&str, Edit); 4] = [
        ("a length", |schema| schema["objects"]["Contact"]["fields"]["LastName"]["length"] = 8000.into()),
        ("the permission", |schema| schema["viewAllData"] = false.into()),
        ("a new field", |schema| schema["objects"]["Contact"]["fields"]["Title"] = json!({ "type": "string" })),
        ("the hash", |schema| schema["hash"] = "0000".into()),
    ];
    for (name, edit) in edits {
        let mut edited = value.clone();
        edit(&mut edited["schema"]);
        let edited = format!("{edited:#}");
        let checked = check(&edited).await;
        assert_eq!(codes(&checked), ["schema-edited"], "{name}");
        assert_eq!(
            (&checked["findings"][0]["severity"], &checked["findings"][0]["path"]),
            (&json!("warning"), &json!("/schema/hash"))
        );
        says(&checked["findings"][0], &["`prepare` wrote"], &["Run `prepare` again"]);
        let again = org.prepare_text(&edited).await;
        assert!(codes(&again.answer).is_empty(), "{name}: {:#}", again.answer);
        assert_eq!(again.schema(), value["schema"], "{name}");
    }
}

/// The label of a field is for people, where it says more than the name: `describe` shows it.
fn without_labels(objects: &mut Value) {
    let objects = objects.as_object_mut().expect("objects").values_mut();
    for field in objects.flat_map(|object| object["fields"].as_object_mut().expect("fields").values_mut()) {
        field.as_object_mut().expect("a field").remove("label");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn only_mapped_fields_are_in_the_schema() {
    let org = TestOrg::new().await;
    let prepared = org
        .prepare(&settings(
            [
                key("mail", "Contact.Email"),
                map("name", "Contact.LastName"),
                map("no", "Contact.Account.Customer_No__c"),
                map("topic", "Case.Subject"),
            ],
            json!({ "Case": { "recordType": "Complaint", "store": { "CaseNumber": "number" } } }),
        ))
        .await;
    let complaint = org.records("RecordType").into_iter().find(|known| known["DeveloperName"] == "Complaint");
    let mut schema = prepared.schema();
    schema.as_object_mut().expect("an object").remove("hash");
    without_labels(&mut schema["objects"]);
    assert_eq!(
        schema,
        json!({
            "viewAllData": true,
            "objects": {
                "Contact": {
                    "fields": {
                        "Email": { "type": "email", "idLookup": true, "length": 80 },
                        "LastName": { "type": "string", "required": true, "length": 80 },
                    },
                    "relationships": { "Account": "Account" },
                },
                "Account": {
                    "fields": {
                        "Customer_No__c":
                            { "type": "string", "externalId": true, "idLookup": true, "unique": true, "length": 40 },
                    },
                },
                "Case": {
                    "fields": { "Subject": { "type": "string", "length": 255 } },
                    "recordTypes": { "Complaint": complaint.expect("a record type")["Id"] },
                },
            },
        })
    );
}

/// What each kind of field is known by.
#[tokio::test(flavor = "multi_thread")]
async fn the_schema_holds_what_a_conversion_needs_and_no_more() {
    let org = TestOrg::new().await;
    let fields = [
        "Subject__c",
        "Score__c",
        "Count__c",
        "Due__c",
        "Done__c",
        "Contact__c",
        "Serial__c",
        "Region__c",
        "Channels__c",
    ];
    let mappings: Vec<Value> = fields.iter().map(|field| map("x", &format!("Ticket__c.{field}"))).collect();
    let mut settings = settings([], json!({}));
    settings["mappings"] = mappings.into();
    let prepared = org.prepare(&settings).await;
    let mut objects = prepared.schema()["objects"].clone();
    assert_eq!(objects["Ticket__c"]["fields"]["Due__c"]["label"], "Due");
    without_labels(&mut objects);
    assert_eq!(
        objects["Ticket__c"]["fields"],
        json!({
            "Subject__c": { "type": "string", "required": true, "length": 255 },
            "Score__c": { "type": "double", "precision": 18, "scale": 2 },
            "Count__c": { "type": "int", "precision": 8, "scale": 0 },
            "Due__c": { "type": "date" },
            "Done__c": { "type": "boolean", "required": true },
            "Contact__c": { "type": "reference" },
            "Serial__c": { "type": "string", "externalId": true, "idLookup": true, "length": 20 },
            "Region__c": {
                "type": "picklist", "restricted": true, "length": 255,
                "values": [
                    { "value": "EMEA", "label": "Europe, Middle East and Africa" },
                    { "value": "AMER", "label": "Americas" },
                ],
            },
            "Channels__c": {
                "type": "multipicklist", "restricted": true,
                "values": [{ "value": "Chat" }, { "value": "Email" }, { "value": "Phone" }],
            },
        })
    );
}

/// A row that was added after preparing runs on safe defaults, and says so while it is edited.
#[tokio::test(flavor = "multi_thread")]
async fn a_row_that_is_not_prepared_is_told_and_runs() {
    let org = TestOrg::new().await;
    let prepared = org.prepared(&settings([map("name", "Contact.LastName")], json!({}))).await;
    let mut edited: Value = serde_json::from_str(&prepared).expect("JSON");
    edited["mappings"].as_array_mut().expect("a list").push(map("t", "Contact.Title"));
    let checked = check(&edited.to_string()).await;
    assert_eq!(codes(&checked), ["not-prepared"]);
    assert_eq!(checked["findings"][0]["path"], "/mappings/1/field");
    org.done(&edited.to_string(), &json!({ "name": "Berg", "t": "Dr." })).await;
    assert_eq!(org.record("Contact")["Title"], "Dr.");
}
