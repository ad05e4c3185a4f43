//! Buttons of findings: which changes are offered, whatever the language, and that each helps. The changes are read from the remedies'
//! texts, so that a text which is changed fails here and not in an author's hands.

use serde_json::{Value, json};

use super::browser::Browser;

const DOMAIN: &str = "example.my.salesforce.com";

fn row(variable: &str, object: &str, field: &str) -> Value {
    json!({ "source": { "variable": variable }, "object": object, "field": field })
}

fn with(mut of: Value, member: &str, value: Value) -> Value {
    of[member] = value;
    of
}

fn document(mappings: &[Value]) -> Value {
    json!({ "mode": "sobject-write", "deploymentDomain": DOMAIN, "mappings": mappings })
}

fn email() -> Value {
    with(row("mail", "Contact", "Email"), "useToFindExisting", json!(true))
}

/// Code, and the changes that are offered.
async fn offered(browser: &Browser, call: &str, settings: &Value) -> Vec<(String, Value)> {
    let asked = json!({ "settings": settings.to_string(), "variables": "{}" });
    let answer = browser.answer(call, &asked).await;
    let findings = answer["findings"].as_array().expect("a list");
    findings
        .iter()
        .map(|found| (found["code"].as_str().expect("a code").to_owned(), found["changes"].clone()))
        .collect()
}

fn change(path: &str, value: Value) -> Value {
    json!({ "path": path, "value": value })
}

#[tokio::test]
async fn each_kind_of_remedy_has_its_button() {
    let browser = Browser::simulated().await;
    let mut names = document(&[row("name", "Contact", "LastName"), row("mail", "contact", "Email")]);
    let mut domain = document(&[row("name", "Contact", "LastName")]);
    domain["deploymentDomain"] = json!("https://example.my.salesforce.com/");
    let mut example = domain.clone();
    example["deploymentDomain"] = json!("login.salesforce.com");
    names["objects"] = json!({});
    let case_key = with(row("mail", "Case", "SuppliedEmail"), "useToFindExisting", json!(true));
    let mut only_update = document(&[row("name", "Contact", "LastName")]);
    only_update["objects"] = json!({ "Contact": { "onlyUpdateExisting": true } });
    for (settings, code, expected) in [
        (
            document(&[email(), row("n", "Contact", "LastName")]),
            "key-may-be-blank",
            json!([
                change("/mappings/0/whenBlank", json!("fail")),
                change("/mappings/0/silence", json!(["key-may-be-blank"])),
            ]),
        ),
        (
            document(&[case_key, row("t", "Case", "Subject")]),
            "case-key",
            json!([
                change("/mappings/0/useToFindExisting", json!(false)),
                change("/mappings/0/silence", json!(["case-key"])),
            ]),
        ),
        (domain, "bad-domain", json!([change("/deploymentDomain", json!(DOMAIN))])),
        // An example is no suggestion.
        (example, "bad-domain", json!([])),
        (names, "two-spellings", json!([change("/mappings/1/object", json!("Contact"))])),
        // A setting of the record, named at the record: the other remedy, a key in a row, is no single change.
        (only_update, "only-update-without-key", json!([change("/objects/Contact/onlyUpdateExisting", json!(false))])),
        // A key, which would give it an effect, would be a weak one here.
        (document(&[with(row("n", "Contact", "LastName"), "overwrite", json!("on-create"))]), "no-effect", json!([])),
    ] {
        let all = offered(&browser, "follow", &settings).await;
        let found = all.iter().find(|(known, _)| known == code).unwrap_or_else(|| panic!("no {code}: {all:?}"));
        assert_eq!(found.1, expected, "{code}");
    }
}

/// Hints that are silenced already stay silenced.
#[tokio::test]
async fn a_second_hint_is_silenced_beside_the_first() {
    let browser = Browser::simulated().await;
    let key = with(email(), "silence", json!(["weak-key"]));
    let all = offered(&browser, "follow", &document(&[key, row("n", "Contact", "LastName")])).await;
    let (_, changes) = all.iter().find(|(code, _)| code == "key-may-be-blank").expect("a remark");
    assert_eq!(changes[1], change("/mappings/0/silence", json!(["key-may-be-blank"])));
}

#[tokio::test]
async fn a_misspelt_name_of_the_org_can_be_taken_over() {
    let browser = Browser::simulated().await;
    let settings = document(&[row("n", "Contact", "LastNme"), row("t", "Cse", "Subject")]);
    let all = offered(&browser, "prepare", &settings).await;
    let changes = |code: &str| all.iter().find(|(known, _)| known == code).map(|(_, changes)| changes.clone());
    assert_eq!(changes("unknown-field"), Some(json!([change("/mappings/0/field", json!("LastName"))])), "{all:?}");
    assert_eq!(changes("unknown-object"), Some(json!([change("/mappings/1/object", json!("Case"))])), "{all:?}");
}

/// What the org demands is a setting of the record, which the finding at a row or a record does not have yet.
#[tokio::test]
async fn a_setting_of_the_record_finds_its_place() {
    let browser = Browser::simulated().await;
    let all = offered(&browser, "prepare", &document(&[email()])).await;
    let (_, changes) = all.iter().find(|(code, _)| code == "required-field").unwrap_or_else(|| panic!("{all:?}"));
    assert_eq!(*changes, json!([change("/objects/Contact/onlyUpdateExisting", json!(true))]));
}

/// Hostile documents: names that are no places, and lists where objects are expected.
#[tokio::test]
async fn what_is_no_settings_document_has_no_buttons_and_no_trap() {
    let browser = Browser::simulated().await;
    for settings in [
        json!({ "mode": "sobject-write", "deploymentDomain": DOMAIN, "mappings": { "0": [] }, "objects": [] }),
        json!({ "mode": "sobject-write", "__proto__": { "mode": 1 }, "mappings": [[], null, "x"], "objects": { "a/b~c": {} } }),
        json!([]),
        json!(null),
    ] {
        for (code, changes) in offered(&browser, "follow", &settings).await {
            assert_eq!(changes, json!([]), "{code}");
        }
    }
}
