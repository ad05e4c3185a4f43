//! `@{…}`: Salesforce replaces it wherever it stands in a composite request, and knows no way to write it as text. So whoever
//! types it is refused, in whatever way it comes about, and the only references are those of the module's links.

use proptest::prelude::*;
use salesforce_module::module;
use serde_json::{Value, json};

use crate::common::documents::config;
use crate::common::settings::{key, link, map, settings, source};
use crate::common::typed::typed;
use crate::injection::sent::{run, run_text};

fn with_template(template: &str) -> String {
    let rows = [
        key("mail", "Contact.Email"),
        source(json!({ "template": template }), "Contact.Description"),
        map("name", "Contact.LastName"),
        map("topic", "Case.Subject"),
        link("Contact", "Case.ContactId"),
    ];
    settings(rows, json!({ "Case": { "store": { "CaseNumber": "number" } } })).to_string()
}

/// All texts of a request, at any depth.
fn texts(value: &Value) -> Vec<&str> {
    match value {
        Value::String(text) => vec![text],
        Value::Array(items) => items.iter().flat_map(texts).collect(),
        Value::Object(members) => members.values().flat_map(texts).collect(),
        _ => Vec::new(),
    }
}

/// Every character as `\uXXXX`.
fn escaped(text: &str) -> String {
    text.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect()
}

proptest! {
    #![proptest_config(config(1500))]

    #[test]
    fn the_only_references_are_those_of_links(one in typed(), two in typed(), three in typed()) {
        let settings = with_template("{a}{b}");
        let sent = run(&settings, &json!({ "mail": three, "a": one, "b": two, "name": "Berg", "topic": three }));
        let references: Vec<&str> = sent.requests.iter().flat_map(texts).filter(|text| text.contains("@{")).collect();
        let ours = ["@{write_Contact.id}", "/services/data/v62.0/sobjects/Case/@{write_Case.id}?fields=CaseNumber"];
        prop_assert!(references.iter().all(|text| ours.contains(text)), "{references:?}");
    }

    /// Neither half is one by itself, and white space at the ends of a part is not sent.
    #[test]
    fn a_reference_in_two_parts_of_a_template_is_refused(
        before in "[a-z ]{0,3}",
        blanks in "[ \t\n\u{a0}]{0,3}",
        inside in "[A-Za-z_.]{0,8}",
    ) {
        let sent = run(
            &with_template("{a}{b}"),
            &json!({ "mail": "a@example.com", "a": format!("{before}@{blanks}"), "b": format!("{blanks}{{{inside}}}"), "name": "x" }),
        );
        prop_assert_eq!(sent.errors()[0], "REFERENCE_IN_VALUE");
        prop_assert!(sent.requests.is_empty());
    }

    #[test]
    fn an_escape_of_json_is_the_character_that_it_stands_for(text in typed()) {
        let settings = with_template("{a}.");
        let plain = json!({ "mail": text, "a": text, "name": text, "topic": "x" }).to_string();
        let text = escaped(&text);
        let escaped = format!("{{\"mail\":\"{text}\",\"a\":\"{text}\",\"n\\u0061me\":\"{text}\",\"topic\":\"x\"}}");
        prop_assert_eq!(module::plan(&settings, &escaped), module::plan(&settings, &plain));
        let (one, other) = (run_text(&settings, &escaped), run_text(&settings, &plain));
        prop_assert_eq!((one.requests, one.outcome), (other.requests, other.outcome));
    }
}

/// An author's own text is refused while it is edited, and half a reference waits for nobody's other half.
#[test]
fn an_author_writes_no_reference_either() {
    for (written, typed) in [("@{{write_Contact.id}}{a}", "x"), ("@{a}", "{write_Contact.id}"), ("{a}{{x}}", "@")] {
        let settings = with_template(written);
        let refused = module::check(&settings).iter().any(|finding| finding.code == "reference-in-value");
        if !refused {
            let sent = run(&settings, &json!({ "mail": "a@example.com", "a": typed, "name": "x" }));
            assert_eq!((sent.errors()[0], sent.requests.len()), ("REFERENCE_IN_VALUE", 0), "{written}");
        }
    }
    let row = source(json!({ "constant": "@{write_Case.id}" }), "Contact.Description");
    assert!(
        module::check(&settings([row], json!({})).to_string()).iter().any(|found| found.code == "reference-in-value")
    );
}
