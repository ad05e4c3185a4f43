//! `"preset": "web-to-case"`: a Case such as Salesforce's own form makes.

use host_tests::simulator::Access;
use serde_json::{Value, json};

use crate::org::{TestOrg, check, codes, constant, findings, key, link, map, results, settings, with};

const SUPPLIED: [&str; 5] = ["Origin", "SuppliedName", "SuppliedEmail", "SuppliedPhone", "SuppliedCompany"];

/// The preset for the whole module, and for the record.
fn presets(settings: Value) -> [Value; 2] {
    let of_record = with(settings.clone(), json!({ "objects": { "Case": { "preset": "web-to-case" } } }));
    [with(settings, json!({ "preset": "web-to-case" })), of_record]
}

fn support() -> Value {
    settings([map("topic", "Case.Subject")], json!({}))
}

/// The same with a Contact that the Case is linked to.
fn contact_and_case() -> Value {
    let mappings = [
        key("mail", "Contact.Email"),
        map("name", "Contact.LastName"),
        map("topic", "Case.Subject"),
        link("Contact", "Case.ContactId"),
    ];
    settings(mappings, json!({}))
}

/// What the Case of such a conversation says about its visitor.
async fn supplied(settings: &Value, variables: Value) -> Vec<Value> {
    let org = TestOrg::new().await;
    let outcome = org.done(&settings.to_string(), &with(variables, json!({ "topic": "Repair" }))).await;
    assert_eq!((results(&outcome), codes(&outcome)), (vec!["created"], vec![]));
    let case = org.record("Case");
    SUPPLIED.map(|field| case[field].clone()).to_vec()
}

#[tokio::test(flavor = "multi_thread")]
async fn who_wrote_is_in_the_fields_for_people_who_are_no_contact() {
    let variables = json!({
        "customer_name": "Anna Berg", "customer_email": "anna@example.com", "customer_phone": "110",
        "customer_company": "Berg & Co", "topic": "Repair",
    });
    for settings in presets(support()) {
        let org = TestOrg::new().await;
        for settings in [settings.to_string(), org.prepared(&settings).await] {
            assert_eq!(results(&org.done(&settings, &variables).await), ["created"]);
            let case = org.records("Case").pop().expect("a case");
            let stored = SUPPLIED.map(|field| case[field].clone());
            assert_eq!(stored, ["Web", "Anna Berg", "anna@example.com", "110", "Berg & Co"]);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_usual_name_of_a_variable_is_known() {
    for (variables, name) in [
        (json!({ "customer_name": "Anna Berg" }), "Anna Berg"),
        (json!({ "customer_firstname": "Anna", "customer_lastname": "Berg" }), "Anna Berg"),
        (json!({ "customer_first_name": "Anna", "customer_last_name": "Berg" }), "Anna Berg"),
        (json!({ "first_name": "Anna", "last_name": "Berg" }), "Anna Berg"),
        (json!({ "firstname": "Anna", "lastname": "Berg" }), "Anna Berg"),
        (json!({ "name": "Anna Berg" }), "Anna Berg"),
        // Half a name is better than none.
        (json!({ "customer_firstname": "Anna" }), "Anna"),
        (json!({ "customer_lastname": "Berg", "customer_firstname": " " }), "Berg"),
        // The likelier one counts, unless it is blank.
        (json!({ "customer_name": "Anna Berg", "name": "Bot" }), "Anna Berg"),
        (json!({ "customer_name": "", "first_name": "Anna", "last_name": "Berg" }), "Anna Berg"),
    ] {
        assert_eq!(supplied(&presets(support())[0], variables.clone()).await[1], name, "{variables}");
    }
    for (names, at, value) in [
        (["customer_email", "email"], 2, "anna@example.com"),
        (["customer_phone", "phone"], 3, "110"),
        (["customer_company", "company"], 4, "Berg & Co"),
    ] {
        for name in names {
            assert_eq!(supplied(&presets(support())[0], json!({ name: value })).await[at], value, "{name}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_said_is_left_out() {
    let stored = supplied(&presets(support())[0], json!({ "customer_email": "" })).await;
    assert_eq!(stored, [json!("Web"), Value::Null, Value::Null, Value::Null, Value::Null]);
}

#[tokio::test(flavor = "multi_thread")]
async fn mapped_fields_win() {
    let mappings = [map("topic", "Case.Subject"), constant("Phone", "Case.Origin"), map("nick", "Case.suppliedname")];
    for settings in presets(settings(mappings, json!({}))) {
        let stored = supplied(&settings, json!({ "customer_name": "Anna Berg", "nick": "annie" })).await;
        assert_eq!(stored[..2], ["Phone", "annie"]);
        // Also where the mapped variable is blank: the author chose it.
        let stored = supplied(&settings, json!({ "customer_name": "Anna Berg", "nick": "" })).await;
        assert_eq!(stored[1], Value::Null);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_case_with_nothing_but_the_presets_values_is_not_written() {
    for settings in presets(support()) {
        let org = TestOrg::new().await;
        for settings in [settings.to_string(), org.prepared(&settings).await] {
            let outcome = org.done(&settings, &json!({ "customer_name": "Anna Berg", "topic": " " })).await;
            assert_eq!((results(&outcome), codes(&outcome)), (vec!["skipped"], vec!["nothing-to-write"]));
            assert!(org.records("Case").is_empty());
        }
    }
}

/// Neither is one that would be linked to a contact who does not take part.
#[tokio::test(flavor = "multi_thread")]
async fn a_case_with_nothing_but_the_presets_values_and_a_blank_link_is_not_written() {
    for settings in presets(contact_and_case()) {
        let org = TestOrg::new().await;
        for settings in [settings.to_string(), org.prepared(&settings).await] {
            let outcome = org.done(&settings, &json!({ "mail": "", "name": "Berg", "topic": "" })).await;
            assert_eq!(results(&outcome), ["skipped", "skipped"], "{outcome:#}");
            assert!(org.records("Case").is_empty());
        }
    }
}

/// A Case of somebody who is a contact says enough by itself.
#[tokio::test(flavor = "multi_thread")]
async fn a_case_of_a_contact_is_written() {
    for settings in presets(contact_and_case()) {
        let org = TestOrg::new().await;
        let outcome = org.done(&settings.to_string(), &json!({ "mail": "a@example.com", "name": "Berg" })).await;
        assert_eq!(results(&outcome), ["created", "created"]);
        assert_eq!(org.record("Case")["ContactId"], org.record("Contact")["Id"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_that_is_too_long_is_cut_and_a_finding_tells() {
    for (settings, path) in presets(support()).into_iter().zip(["/preset", "/objects/Case/preset"]) {
        let org = TestOrg::new().await;
        let settings = org.prepared(&settings).await;
        let name = "Canary".repeat(20);
        let outcome = org.done(&settings, &json!({ "topic": "Repair", "customer_name": name })).await;
        assert_eq!((codes(&outcome), &outcome["findings"][0]["path"]), (vec!["value-cut"], &json!(path)));
        assert_eq!(org.record("Case")["SuppliedName"], name[..80]);
    }
}

/// A conversation is not lost for a mistyped address.
#[tokio::test(flavor = "multi_thread")]
async fn a_value_that_does_not_fit_is_left_out_and_a_finding_tells() {
    let org = TestOrg::new().await;
    let settings = org.prepared(&presets(support())[0]).await;
    let outcome = org.done(&settings, &json!({ "topic": "Repair", "email": "canary", "name": "Anna Berg" })).await;
    assert_eq!((codes(&outcome), &outcome["findings"][0]["path"]), (vec!["value-left-out"], &json!("/preset")));
    let case = org.record("Case");
    assert_eq!((&case["SuppliedEmail"], &case["SuppliedName"]), (&Value::Null, &json!("Anna Berg")));
}

/// Whoever worked on the Case knows better.
#[tokio::test(flavor = "multi_thread")]
async fn an_existing_case_keeps_what_it_says() {
    let org = TestOrg::new().await;
    org.seed(json!({ "Case": [{ "Subject": "old", "Chat_Conversation_Id__c": "1", "Origin": "Phone" }] }));
    let mappings = [key("chat", "Case.Chat_Conversation_Id__c"), map("topic", "Case.Subject")];
    for settings in presets(settings(mappings, json!({}))) {
        let settings = org.prepared(&settings).await;
        org.done(&settings, &json!({ "chat": "1", "topic": "new", "name": "Anna Berg" })).await;
        let case = org.record("Case");
        let stored = ["Subject", "Origin", "SuppliedName"].map(|field| case[field].clone());
        assert_eq!(stored, [json!("new"), json!("Phone"), Value::Null]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_case_by_another_name_is_one() {
    let request = settings([map("topic", "Request.Subject")], json!({ "Request": { "sobject": "Case" } }));
    let stored = supplied(&with(request, json!({ "preset": "web-to-case" })), json!({ "name": "Anna Berg" })).await;
    assert_eq!(stored[..2], ["Web", "Anna Berg"]);
}

/// The fields are those of Cases: anywhere else every run would be refused.
#[tokio::test(flavor = "multi_thread")]
async fn a_preset_without_a_case_is_a_mistake() {
    let contact = settings([map("name", "Contact.LastName")], json!({}));
    let of_module = with(contact.clone(), json!({ "preset": "web-to-case" }));
    let of_record = with(contact, json!({ "objects": { "Contact": { "preset": "web-to-case" } } }));
    for (settings, path) in [(of_module, "/preset"), (of_record, "/objects/Contact/preset")] {
        let checked = check(&settings.to_string()).await;
        let errors = findings(&checked, |finding| finding["severity"] == "error");
        let [error] = errors.as_slice() else { panic!("one error: {checked:#}") };
        assert_eq!(error["path"], path);
        assert!(error["message"].as_str().expect("a text").contains("Case"), "{error:#}");
    }
}

/// The author wrote no row that could be corrected, so the finding leads to the preset.
#[tokio::test(flavor = "multi_thread")]
async fn a_field_that_the_user_may_not_fill_is_left_out_and_said() {
    let [of_module, of_record] = presets(support());
    for (access, settings, path) in
        [(Access::Hidden, of_module, "/preset"), (Access::ReadOnly, of_record, "/objects/Case/preset")]
    {
        let org = TestOrg::with(|org| assert!(org.restrict_field("Case", "SuppliedPhone", access))).await;
        let preparation = org.prepare(&settings).await;
        preparation.remarked("info", "preset-field-left-out", path);
        let variables = json!({ "topic": "Repair", "customer_phone": "110", "customer_email": "anna@example.com" });
        assert_eq!(results(&org.done(&preparation.expect_settings(), &variables).await), ["created"]);
        let case = org.record("Case");
        assert_eq!([&case["SuppliedEmail"], &case["SuppliedPhone"]], [&json!("anna@example.com"), &Value::Null]);
    }
}
