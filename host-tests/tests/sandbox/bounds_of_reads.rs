//! The bounds of what is read: what is handed over can be handed on as variables, and more is an outcome and no trap,
//! whatever the org sends.

use salesforce_module::base::MAX_VALUES;
use salesforce_module::value::{MAX_VARIABLES_BYTES, Variables};
use serde_json::{Value, json};

use host_tests::host::Outcome;

use crate::border::{Border, Crossing};
use crate::org::{DOMAIN, host, key, session};

/// Longest text that Salesforce stores, in characters. Source: Custom Field Types, Text Area (Long).
const LONGEST_TEXT: usize = 131_072;
/// Most records of a list.
const MOST: usize = 200;

/// Reads `Text__c` of a Contact, alone and as a list.
fn settings(field_type: &str) -> Value {
    json!({
        "mode": "sobject-read",
        "deploymentDomain": DOMAIN,
        "mappings": [
            key("mail", "Contact.Email"),
            { "object": "Contact", "field": "Text__c", "target": { "variable": "text" } }
        ],
        "objects": { "Contact": { "whenSeveralMatch": "list", "list": { "variable": "all", "limit": MOST } } },
        "schema": { "objects": { "Contact": { "fields": { "Email": {}, "Text__c": { "type": field_type } } } } }
    })
}

async fn read(values: &[Value], field_type: &str) -> Outcome {
    let row = |(index, value): (usize, &Value)| json!({ "Id": format!("003{index:012}AAA"), "Text__c": value });
    let rows: Vec<Value> = values.iter().enumerate().map(row).collect();
    let body = json!({ "totalSize": rows.len(), "done": true, "records": rows });
    let answer = json!({ "compositeResponse": [
        { "body": body, "httpHeaders": {}, "httpStatusCode": 200, "referenceId": "find_Contact" }
    ] });
    let answer = answer.to_string().into_bytes();
    let border = Border::new(move |_: Crossing| Ok((200, answer.clone())));
    let variables = json!({ "mail": "anna@example.com" }).to_string();
    let ran = host().run(border, &session("token"), &settings(field_type).to_string(), &variables).await;
    ran.expect("no trap").expect("good input")
}

fn error(outcome: &Outcome) -> &str {
    outcome.records[0].error.as_ref().map(|error| error.code.as_str()).unwrap_or_default()
}

fn fits(outcome: &Outcome) {
    assert_eq!(error(outcome), "");
    assert!(Variables::parse(&outcome.variables).is_ok(), "{} bytes are not handed on", outcome.variables.len());
}

#[tokio::test]
async fn so_many_bytes_are_read() {
    let two = |length: usize| vec![json!("x".repeat(length)); 2];
    // One below the bound with all that stands around the texts, and one above it without.
    fits(&read(&two(MAX_VARIABLES_BYTES / 2 - 200), "string").await);
    assert_eq!(error(&read(&two(MAX_VARIABLES_BYTES / 2), "string").await), "ANSWER_TOO_LARGE");
    // A text of one record stands in its variable and in the list.
    fits(&read(&two(MAX_VARIABLES_BYTES / 2 - 200)[..1], "string").await);
    assert_eq!(error(&read(&two(MAX_VARIABLES_BYTES / 2)[..1], "string").await), "ANSWER_TOO_LARGE");
    // What takes six bytes each in JSON.
    let controls = json!("\u{1}".repeat(MAX_VARIABLES_BYTES / 6));
    assert_eq!(error(&read(&[controls, json!(null)], "string").await), "ANSWER_TOO_LARGE");
}

#[tokio::test]
async fn two_hundred_of_the_longest_texts_are_an_error() {
    let longest = json!("x".repeat(LONGEST_TEXT));
    fits(&read(&vec![longest.clone(); 7], "textarea").await);
    for count in [8, 31, MOST, MOST + 1] {
        let outcome = read(&vec![longest.clone(); count], "textarea").await;
        assert_eq!(
            (error(&outcome), outcome.variables.as_str(), outcome.requests),
            ("ANSWER_TOO_LARGE", "{}", 1),
            "{count}"
        );
    }
}

/// More rows than were asked for, as no org sends them.
#[tokio::test]
async fn no_more_records_are_listed_than_were_asked_for() {
    for count in [MOST, MOST + 1, 5_000] {
        let outcome = read(&vec![json!("x"); count], "string").await;
        let variables: Value = serde_json::from_str(&outcome.variables).expect("JSON");
        assert_eq!(variables["all"].as_array().map(Vec::len), Some(MOST), "{count}");
        let cut = outcome.findings.iter().any(|finding| finding.code == "list-cut");
        assert_eq!(cut, count > MOST, "{count}");
    }
}

/// A short text can become many values, each of which takes more memory than it took bytes.
#[tokio::test]
async fn so_many_values_of_a_multi_select_field_are_read() {
    let of = |count: usize| [json!("a;".repeat(count)), json!(null)];
    fits(&read(&of(MAX_VALUES - 100), "multipicklist").await);
    for beyond in [MAX_VALUES, 20 * MAX_VALUES] {
        assert_eq!(error(&read(&of(beyond), "multipicklist").await), "ANSWER_TOO_LARGE", "{beyond}");
    }
}

/// Where a value should be, anything may be: it is bounded like the rest.
#[tokio::test]
async fn whatever_stands_in_a_field_is_handed_over_or_refused() {
    let mut deep = json!(1);
    for _ in 0..50 {
        deep = json!({ "a": [deep] });
    }
    for value in [deep, json!({ "city": "Bonn" }), json!([[], {}, null]), json!(1e300)] {
        fits(&read(&[value], "datetime").await);
    }
    let many = json!(vec![json!({}); 15_000]);
    assert_eq!(error(&read(&[many], "string").await), "ANSWER_TOO_LARGE");
}
