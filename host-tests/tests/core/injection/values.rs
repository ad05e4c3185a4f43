//! What a visitor types, in every place that a mapping has.

use proptest::prelude::*;
use serde_json::{Value, json};

use crate::common::documents::config;
use crate::common::settings::{key, link, map, settings, source, with};
use crate::common::typed::{seen, typed};
use crate::injection::sent::{Sent, run};

const HARMLESS: &str = "harmless";

/// Facts of the fields that the places below name.
fn schema() -> Value {
    json!({ "objects": {
        "Contact": {
            "fields": {
                "LastName": { "type": "string", "length": 80, "required": true },
                "Description": { "type": "textarea", "length": 32000 },
                "Email": { "type": "email", "length": 80 },
                "Customer_No__c": { "type": "string", "length": 200, "externalId": true, "unique": true },
                "Source__c": { "type": "picklist", "values": [{ "value": "web_chat", "label": "Web chat" }] },
                "Closed__c": { "type": "picklist", "restricted": true, "values": [{ "value": "a" }] },
                "OwnerId": { "type": "reference" },
                "Done__c": { "type": "boolean", "required": true },
                "Amount__c": { "type": "currency", "precision": 18, "scale": 2 },
                "Due__c": { "type": "date" }
            },
            "relationships": { "Account": "Account" }
        },
        "Account": { "fields": { "Customer_No__c": { "type": "string", "length": 200, "externalId": true } } }
    } })
}

/// A Contact with this row and a Case that is linked to it: what is typed could reach into the other.
fn with_case(row: Value, prepared: bool) -> String {
    let rows = [row, map("name", "Contact.LastName"), map("topic", "Case.Subject"), link("Contact", "Case.ContactId")];
    let objects = json!({ "Case": { "store": { "Id": "case_id", "CaseNumber": "number" } } });
    let settings = settings(rows, objects);
    let settings = if prepared { with(settings, json!({ "schema": schema() })) } else { settings };
    settings.to_string()
}

fn typed_as(text: &str) -> Value {
    json!({ "typed": text, "name": "Berg", "topic": "Help" })
}

/// Whether it was refused before anything was sent; if not, what is sent is as around a harmless text.
fn refused_or_alike(sent: &Sent, harmless: &[&Sent]) -> Result<bool, TestCaseError> {
    if sent.requests.is_empty() {
        prop_assert!(!sent.errors().is_empty() || sent.outcome.records[0].id.is_none(), "{:?}", sent.outcome);
        return Ok(true);
    }
    let alike = |harmless: &&&Sent| harmless.around() == sent.around() && harmless.references() == sent.references();
    prop_assert!(harmless.iter().any(|harmless| alike(&harmless)), "{:#?}", sent.requests);
    Ok(false)
}

/// Whether nothing of the text may be refused.
fn must_arrive(text: &str) -> bool {
    !text.contains("@{") && !text.trim().is_empty()
}

proptest! {
    #![proptest_config(config(1500))]

    #[test]
    fn a_key_that_is_looked_up_is_one_text_of_one_query(text in typed(), prepared in any::<bool>()) {
        let settings = with_case(key("typed", "Contact.Description"), prepared);
        let (sent, harmless) = (run(&settings, &typed_as(&text)), run(&settings, &typed_as(HARMLESS)));
        // Of a blank key nothing is sent but what does not need it.
        let without = run(&settings, &typed_as(""));
        if refused_or_alike(&sent, &[&harmless, &without])? {
            prop_assert!(!must_arrive(seen(&text)), "{:?}", sent.outcome);
        } else if must_arrive(seen(&text)) {
            prop_assert_eq!(sent.looked_for(), [seen(&text)]);
            prop_assert_eq!(sent.written("/Description"), [seen(&text)]);
        } else {
            prop_assert!(seen(&text).is_empty(), "{:?}", sent.requests);
        }
    }

    #[test]
    fn a_key_that_is_upserted_by_is_one_segment_of_the_path_or_is_looked_up(text in typed()) {
        let settings = with_case(key("typed", "Contact.Customer_No__c"), true);
        let by_url = run(&settings, &typed_as(HARMLESS));
        // What a URL does not carry.
        let by_query = run(&settings, &typed_as("a/b"));
        let sent = run(&settings, &typed_as(&text));
        prop_assert_ne!(by_url.around(), by_query.around());
        let without = run(&settings, &typed_as(""));
        if seen(&text).is_empty() {
            prop_assert_eq!(sent.around(), without.around());
        } else if refused_or_alike(&sent, &[&by_url, &by_query])? {
            prop_assert!(!must_arrive(seen(&text)) || seen(&text).chars().count() > 200, "{:?}", sent.outcome);
        } else if sent.looked_for().is_empty() {
            prop_assert_eq!(sent.upserted(), [seen(&text)]);
            prop_assert!(sent.written("/Customer_No__c").is_empty());
        } else {
            prop_assert_eq!(sent.looked_for(), [seen(&text)]);
            prop_assert_eq!(sent.written("/Customer_No__c"), [seen(&text)]);
        }
    }

    #[test]
    fn a_plain_value_is_one_text_of_the_body(text in typed(), prepared in any::<bool>()) {
        let settings = with_case(map("typed", "Contact.Description"), prepared);
        let sent = run(&settings, &typed_as(&text));
        let without = run(&settings, &typed_as(" "));
        let harmless = run(&settings, &typed_as(HARMLESS));
        if refused_or_alike(&sent, &[&harmless, &without])? {
            prop_assert_eq!(sent.errors()[0], "REFERENCE_IN_VALUE");
            prop_assert!(!must_arrive(&text));
        } else {
            let expected: Vec<&str> = Some(text.trim()).filter(|text| !text.is_empty()).into_iter().collect();
            prop_assert_eq!(sent.written("/Description"), expected);
        }
    }

    #[test]
    fn the_parts_of_a_template_are_text_and_no_template(text in typed(), other in typed(), as_key in any::<bool>()) {
        let mut row = source(json!({ "template": "{{{typed}}}{other}." }), "Contact.Description");
        row["useToFindExisting"] = as_key.into();
        let settings = with_case(row, false);
        let both = |text: &str, other: &str| with(typed_as(text), json!({ "other": other }));
        let sent = run(&settings, &both(&text, &other));
        let (harmless, without) = (run(&settings, &both(HARMLESS, HARMLESS)), run(&settings, &both("", "")));
        let expected = format!("{{{}}}{}.", text.trim(), other.trim());
        if refused_or_alike(&sent, &[&harmless, &without])? {
            let is_incomplete = as_key && (text.trim().is_empty() || other.trim().is_empty());
            prop_assert!(expected.contains("@{") || is_incomplete, "{:?}", sent.outcome);
        } else if sent.written("/Description").is_empty() {
            // A key of which a part is missing takes the record out of the run; and nothing filled in says nothing.
            prop_assert!(text.trim().is_empty() || other.trim().is_empty());
        } else {
            prop_assert_eq!(sent.written("/Description"), [&*expected]);
            let looked_for: Vec<&str> = Some(&*expected).filter(|_| as_key).into_iter().collect();
            prop_assert_eq!(sent.looked_for(), looked_for);
        }
    }

    #[test]
    fn the_external_id_of_a_parent_is_one_text_of_the_body(text in typed(), prepared in any::<bool>()) {
        let settings = with_case(map("typed", "Contact.Account.Customer_No__c"), prepared);
        let sent = run(&settings, &typed_as(&text));
        let (harmless, without) = (run(&settings, &typed_as(HARMLESS)), run(&settings, &typed_as("")));
        if !refused_or_alike(&sent, &[&harmless, &without])? {
            let expected: Vec<&str> = Some(text.trim()).filter(|text| !text.is_empty()).into_iter().collect();
            prop_assert_eq!(sent.written("/Account/Customer_No__c"), expected);
        }
    }

    #[test]
    fn a_value_for_a_typed_field_is_of_that_type_or_refused(text in typed()) {
        for field in ["Source__c", "Closed__c", "OwnerId", "Done__c", "Amount__c", "Due__c", "Email"] {
            let settings = with_case(map("typed", &format!("Contact.{field}")), true);
            let sent = run(&settings, &typed_as(&text));
            if sent.requests.is_empty() {
                prop_assert!(["NOT_CONVERTIBLE", "NOT_IN_PICKLIST", "REFERENCE_IN_VALUE", "VALUE_TOO_LONG"].contains(&sent.errors()[0]));
                continue;
            }
            let is_plain = |value: &&Value, allowed: fn(char) -> bool| value.as_str().is_some_and(|text| text.chars().all(allowed));
            for value in sent.written(&format!("/{field}")) {
                let fits = match field {
                    "Source__c" => value == "web_chat" || value == text.trim(),
                    "Closed__c" => value == "a",
                    "OwnerId" => is_plain(&value, |c| c.is_ascii_alphanumeric()),
                    "Done__c" => value.is_boolean(),
                    "Amount__c" => value.is_number(),
                    "Due__c" => is_plain(&value, |c| c.is_ascii_digit() || c == '-'),
                    _ => value == text.trim() && text.matches('@').count() == 1,
                };
                prop_assert!(fits, "{field}: {value}");
            }
        }
    }

    /// The second alternative of a search must not end the first.
    #[test]
    fn alternatives_of_a_search_stay_apart(texts in proptest::collection::vec(typed(), 3)) {
        let rows = [
            key("a", "First.Email"),
            key("b", "First.Phone"),
            key("c", "Second.Email"),
            map("name", "First.LastName"),
            map("name", "Second.LastName"),
        ];
        let objects = json!({
            "First": { "sobject": "Contact", "matchKeys": "any" },
            "Second": { "sobject": "Contact" }
        });
        let settings = settings(rows, objects).to_string();
        let said = |texts: [&str; 3]| json!({ "a": texts[0], "b": texts[1], "c": texts[2], "name": "Berg" });
        let sent = run(&settings, &said([&texts[0], &texts[1], &texts[2]]));
        let harmless = run(&settings, &said(["one", "two", "three"]));
        if texts.iter().all(|text| must_arrive(seen(text))) && !sent.errors().contains(&"SAME_RECORD_TWICE") {
            prop_assert_eq!(sent.looked_for(), texts.iter().map(|text| seen(text)).collect::<Vec<_>>());
            prop_assert_eq!(sent.around(), harmless.around());
        } else if texts.iter().any(|text| text.contains("@{")) {
            prop_assert!(sent.requests.is_empty());
        }
    }
}
