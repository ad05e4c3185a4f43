#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use super::*;
use crate::config::{Config, Published};

fn published() -> Vec<Published> {
    vec![Published { name: "contact".to_owned(), settings: "{}".to_owned() }]
}

fn headers(method: &str, name: Option<&str>) -> Headers {
    Headers {
        origin: None,
        version: Some(VERSION.to_owned()),
        method: Some(method.to_owned()),
        name: name.map(str::to_owned),
    }
}

fn message(method: &str, params: &str) -> String {
    let meta = r#""_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}"#;
    format!(r#"{{"jsonrpc":"2.0","id":7,"method":"{method}","params":{{{meta}{params}}}}}"#)
}

/// Status and error code of a refusal.
fn refused(body: &str, headers: &Headers) -> (u16, i64) {
    let answer = read(body.as_bytes(), headers, &published()).map(|asked| asked.id.0).unwrap_err();
    let body: Value = serde_json::from_str(&answer.body).unwrap();
    (answer.status, body["error"]["code"].as_i64().unwrap())
}

#[test]
fn arguments_keep_their_digits() {
    let body = message("tools/call", r#","name":"contact","arguments":{ "amount": 12345678901234567.89 }"#);
    let all = published();
    let asked = read(body.as_bytes(), &headers("tools/call", Some("contact")), &all).unwrap();
    let Method::CallTool { tool, arguments } = asked.method else { panic!("not a call") };
    assert_eq!((tool.name.as_str(), arguments.as_str()), ("contact", r#"{ "amount": 12345678901234567.89 }"#));
}

#[test]
fn headers_must_say_what_the_body_says() {
    let body = message("tools/list", "");
    assert_eq!(refused(&body, &Headers::default()), (400, -32020));
    assert_eq!(refused(&body, &headers("tools/call", None)), (400, -32020));
    let call = message("tools/call", r#","name":"contact""#);
    assert_eq!(refused(&call, &headers("tools/call", Some("other"))), (400, -32020));
    let of_page = Headers { origin: Some("https://example.com".to_owned()), ..headers("tools/list", None) };
    assert_eq!(refused(&body, &of_page), (403, -32600));
}

#[test]
fn another_revision_is_told_which_is_spoken() {
    let body = message("tools/list", "").replace(VERSION, "2025-11-25");
    let older = Headers { version: Some("2025-11-25".to_owned()), ..headers("tools/list", None) };
    assert_eq!(refused(&body, &older), (400, -32022));
    let begins = r#"{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25"}}"#;
    assert_eq!(refused(begins, &Headers::default()), (400, -32022));
}

#[test]
fn what_is_no_request_is_refused_by_its_kind() {
    assert_eq!(refused("{", &Headers::default()), (400, -32700));
    assert_eq!(refused("[]", &Headers::default()), (400, -32600));
    assert_eq!(refused(r#"{"jsonrpc":"2.0","id":1}"#, &Headers::default()), (400, -32600));
    assert_eq!(refused(&message("resources/list", ""), &headers("resources/list", None)), (404, -32601));
    let unknown = message("tools/call", r#","name":"nobody""#);
    assert_eq!(refused(&unknown, &headers("tools/call", Some("nobody"))), (400, -32602));
    let no_meta = r#"{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{}}"#;
    assert_eq!(refused(no_meta, &headers("tools/list", None)), (400, -32602));
}

#[test]
fn a_notification_is_taken_without_an_answer() {
    let body = r#"{"jsonrpc":"2.0","method":"notifications/cancelled"}"#;
    let answer = read(body.as_bytes(), &Headers::default(), &published()).unwrap_err();
    assert_eq!(answer, Answer::empty(202));
}

#[test]
fn a_model_is_told_what_a_visitor_may_read() {
    let error = json!({ "code": "FIELD_CUSTOM_VALIDATION_EXCEPTION", "message": "rule Secret_Rule",
        "texts": { "en": { "visitor": "Your details were not saved.", "administrator": "The rule Secret_Rule refused." } } });
    let problems = json!([{ "variable": "email", "field": "Email", "texts": { "en": "Enter an e-mail address." } }]);
    let outcome =
        json!({ "status": "failed", "records": [{ "name": "Contact", "error": error, "problems": problems }] });
    let told = Value::from(told::outcome(&outcome));
    assert_eq!(
        told["content"][0]["text"],
        "The call has failed.\nYour details were not saved.\nemail: Enter an e-mail address."
    );
    assert_eq!(told["isError"], true);
}

#[test]
fn findings_about_settings_are_not_for_the_model() {
    let finding = |path: &str| json!({ "path": path, "message": "Row 3 maps to Account.Secret__c." });
    let told =
        Value::from(told::findings(&json!({ "findings": [finding("/mappings/2"), finding("session/instance-url")] })));
    assert!(!told.to_string().contains("Secret__c"));
    let told = Value::from(told::findings(
        &json!({ "findings": [{ "path": "variables", "message": "An object was expected." }] }),
    ));
    assert_eq!(told["content"][0]["text"], "Nothing was sent. An object was expected.");
}

#[test]
fn a_configuration_names_its_tools_once() {
    let environment = [
        ("FRONT_TOKEN", "0123456789abcdef"),
        ("FRONT_DOMAINS", "a.my.salesforce.com"),
        ("FRONT_TOOLS", "contact,Contact"),
        ("FRONT_SETTINGS_CONTACT", "{}"),
    ];
    let environment = environment.map(|(name, value)| (name.to_owned(), value.to_owned()));
    assert_eq!(Config::read(&environment).unwrap_err().variable, "FRONT_TOOLS");
}
