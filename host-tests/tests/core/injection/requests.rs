//! What a visitor types, in every place that a request of the author's own has: refused, or one segment, one parameter, one
//! text of SOQL, one text of JSON, and around it nothing else than around a harmless word.

use host_tests::simulator::reading;
use proptest::prelude::*;
use salesforce_module::module::plan;
use salesforce_module::wire::Request;
use serde_json::{Value, json};

use crate::common::documents::config;
use crate::common::settings::{DOMAIN, with};
use crate::common::typed::typed;
use crate::form;

const DATA: &str = "/services/data/v62.0/";

fn settings(members: Value) -> Value {
    with(json!({ "mode": "api-request", "deploymentDomain": DOMAIN }), members)
}

/// The request, or the code of what is wrong with the text.
fn sent(settings: &Value, text: &str) -> Result<Request, String> {
    let variables = json!({ "typed": text, "other": "x" }).to_string();
    let planned = plan(&settings.to_string(), &variables).expect("good input").request().expect("a request");
    planned.rendered.map_err(|error| error.code.to_string())
}

/// What a URL does not carry to Salesforce unchanged.
fn is_carried(text: &str) -> bool {
    let text = text.trim();
    !text.starts_with('.')
        && !text.ends_with('.')
        && !text.contains(['/', '\\', '%'])
        && !text.chars().any(char::is_control)
}

fn query(request: &Request) -> Vec<(String, String)> {
    request.path.split_once('?').map(|(_, query)| form::members(query).expect("percent-encoding")).unwrap_or_default()
}

proptest! {
    #![proptest_config(config(3000))]

    #[test]
    fn in_a_path_it_is_a_part_of_one_segment_or_refused(text in typed()) {
        for (path, before) in [("sobjects/Contact/Email/{typed}", ""), ("sobjects/Contact/x-{typed}", "x-")] {
            let settings = settings(json!({ "path": format!("{DATA}{path}"), "query": { "fields": "Id" } }));
            match sent(&settings, &text) {
                Ok(request) => {
                    let (path, _) = request.path.split_once('?').expect("a query");
                    let segments = reading::path(path).expect("a path");
                    prop_assert_eq!(segments.last().map(String::as_str), Some(&*format!("{before}{}", text.trim())));
                    let harmless = sent(&settings, "x").expect("harmless");
                    prop_assert_eq!(request.path.matches(['/', '?', '&', '=', '#']).count(), harmless.path.matches(['/', '?', '&', '=', '#']).count());
                    prop_assert!(is_carried(&format!("{before}{}", text.trim())), "{}", request.path);
                }
                Err(code) if text.trim().is_empty() => prop_assert_eq!(code, "BLANK_VALUE"),
                Err(code) => {
                    prop_assert_eq!(code, "UNSUPPORTED_VALUE");
                    prop_assert!(!is_carried(&format!("{before}{}", text.trim())), "{text:?}");
                }
            }
        }
    }

    #[test]
    fn in_a_query_it_is_a_part_of_one_parameter(text in typed()) {
        let query_of = json!({ "a": "{typed}", "b": "{other}", "c": "({typed})" });
        let settings = settings(json!({ "path": "/services/apexrest/orders", "query": query_of }));
        let request = sent(&settings, &text).expect("nothing to refuse");
        let text = text.trim();
        let mut expected = vec![("a", text.to_owned()), ("b", "x".to_owned()), ("c", format!("({text})"))];
        if text.is_empty() {
            expected.retain(|(name, _)| *name == "b");
        }
        let expected: Vec<(String, String)> = expected.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        prop_assert_eq!(query(&request), expected);
        prop_assert!(request.path.is_ascii() && !request.path.contains('#'));
    }

    #[test]
    fn in_soql_it_is_a_part_of_one_text(text in typed()) {
        let soql = "SELECT Id FROM Contact WHERE (LastName = '{typed}' OR FirstName = 'it\\'s {typed}.') AND Email = '{other}'";
        for (members, in_body) in [
            (json!({ "path": format!("{DATA}query"), "query": { "q": soql } }), false),
            (json!({ "path": format!("{DATA}jobs/query"), "method": "POST", "allowWrites": true, "body": { "query": soql } }), true),
        ] {
            let settings = settings(members);
            let request = match sent(&settings, &text) {
                Ok(request) => request,
                Err(code) => {
                    prop_assert!(code == "BLANK_VALUE" && text.trim().is_empty(), "{code}");
                    continue;
                }
            };
            let soql = match in_body {
                true => serde_json::from_str::<Value>(&request.body).expect("JSON")["query"].as_str().expect("a text").to_owned(),
                false => query(&request).remove(0).1,
            };
            let text = text.trim();
            let texts = reading::texts(&soql).unwrap_or_else(|error| panic!("{error}: {soql}"));
            prop_assert_eq!(texts, [text.to_owned(), format!("it's {text}."), "x".to_owned()]);
        }
    }

    /// What stands for itself in a pattern is the text, and no more.
    #[test]
    fn in_a_pattern_it_means_itself(text in typed()) {
        let soql = "SELECT Id FROM Contact WHERE LastName LIKE '{typed}%'";
        let settings = settings(json!({ "path": format!("{DATA}query"), "query": { "q": soql } }));
        let Ok(request) = sent(&settings, &text) else { return Ok(()) };
        let soql = query(&request).remove(0).1;
        let pattern = soql.strip_prefix("SELECT Id FROM Contact WHERE LastName LIKE '").and_then(|rest| rest.strip_suffix("%'"));
        let mut pattern = pattern.expect("the same around it").chars();
        while let Some(c) = pattern.next() {
            prop_assert!(!['%', '_', '\''].contains(&c), "{soql}");
            if c == '\\' {
                prop_assert!(pattern.next().is_some(), "{soql}");
            }
        }
    }

    #[test]
    fn in_a_body_it_is_one_text(text in typed()) {
        let body = json!({ "a": "{typed}", "b": ["{other}", { "c": "<{typed}>" }], "d": "{{}}" });
        let write = |path: &str| settings(json!({ "path": path, "method": "PATCH", "allowWrites": true, "body": body.clone() }));
        let trimmed = text.trim();
        let mut expected = json!({ "a": trimmed, "b": ["x", { "c": format!("<{trimmed}>") }], "d": "{}" });
        if trimmed.is_empty() {
            expected = json!({ "b": ["x", {}], "d": "{}" });
        }
        let request = sent(&write("/services/apexrest/orders"), &text).expect("nothing to refuse");
        prop_assert_eq!(&serde_json::from_str::<Value>(&request.body).expect("JSON"), &expected);
        match sent(&write(&format!("{DATA}composite")), &text) {
            Ok(request) => {
                prop_assert_eq!(request.body.matches("@{").count(), 0);
                prop_assert_eq!(serde_json::from_str::<Value>(&request.body).expect("JSON"), expected);
            }
            Err(code) => {
                prop_assert_eq!(code, "REFERENCE_IN_VALUE");
                prop_assert_ne!(text.matches("@{").count(), 0);
            }
        }
    }
}
