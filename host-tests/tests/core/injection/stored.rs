//! The simulator as a judge that knows nothing of the module: what was typed is what is stored, and nobody else is touched.

use host_tests::simulator::{Org, Request};
use jiff::Timestamp;
use proptest::prelude::*;
use salesforce_module::module::{Session, prepare, start};
use salesforce_module::report::{Outcome, RunKind, Status};
use salesforce_module::wire::{self, TransportError};
use serde_json::{Value, json};

use crate::common::documents::config;
use crate::common::settings::{DOMAIN, key, link, map, settings, source};
use crate::common::typed::{seen, typed};

fn send(org: &mut Org) -> impl FnMut(&wire::Request) -> Result<wire::Response, TransportError> {
    let token = format!("Bearer {}", org.access_token());
    move |request| {
        let headers = [("authorization", token.as_str()), ("content-type", "application/json")];
        let request = Request {
            method: request.method.to_owned(),
            path: request.path.clone(),
            query: None,
            headers: headers.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec(),
            body: request.text().into_owned().into_bytes(),
        };
        let answered = org.handle(&request, Timestamp::UNIX_EPOCH);
        let mut response = wire::Response::default();
        (response.status, response.body) = (answered.status, answered.body);
        Ok(response)
    }
}

const SESSION: Session = Session { instance_url: "https://example.my.salesforce.com", access_token: "token" };

fn run(org: &mut Org, settings: &str, variables: &Value) -> Outcome {
    let (run, domain) = start(&SESSION, settings, &variables.to_string(), RunKind::Write).expect("good input");
    assert_eq!(domain.as_str(), DOMAIN);
    run.drive(&mut send(org)).into_outcome().records().expect("a mode with records")
}

/// Keys that a visitor types, what is said beside them, and a Case.
fn of(key_field: &str) -> Value {
    let rows = [
        key("key", &format!("Contact.{key_field}")),
        map("text", "Contact.Description"),
        source(json!({ "template": "{text} / {key}" }), "Case.Description"),
        map("name", "Contact.LastName"),
        link("Contact", "Case.ContactId"),
    ];
    settings(rows, json!({}))
}

/// Others, whom a condition or a wildcard would find.
fn others(org: &mut Org) -> Vec<Value> {
    let contact =
        |name: &str| json!({ "LastName": name, "Loyalty_No__c": name, "Customer_No__c": name, "Description": name });
    let others: Vec<Value> = ["a", "ab", "%", "x' OR Name != '"].map(contact).to_vec();
    org.seed(&json!({ "Contact": others, "Case": [{ "Subject": "Old" }] }), Timestamp::UNIX_EPOCH)
        .expect("a good seed");
    org.records("Contact")
}

proptest! {
    #![proptest_config(config(400))]

    #[test]
    fn what_was_typed_is_what_is_stored_and_nobody_else_is_touched(
        typed_key in typed(),
        text in typed(),
        prepared in any::<bool>(),
        field in proptest::sample::select(vec!["Loyalty_No__c", "Customer_No__c"]),
    ) {
        let mut org = Org::new();
        let before = others(&mut org);
        // Somebody who is there already is another test's.
        let is_there = |record: &Value| record[field].as_str().is_some_and(|stored| stored.eq_ignore_ascii_case(seen(&typed_key)));
        prop_assume!(!before.iter().any(is_there));
        let mut settings = of(field).to_string();
        if prepared {
            let (prepare, _) = prepare(&SESSION, &settings).expect("good input");
            settings = prepare.drive(&mut send(&mut org)).settings.expect("prepared");
        }
        let outcome = run(&mut org, &settings, &json!({ "key": typed_key, "text": text, "name": "Berg" }));
        let after = org.records("Contact");
        prop_assert_eq!(&after[..before.len()], &before[..]);
        prop_assert_eq!(&org.records("Case")[0]["Subject"], "Old");
        let new = &after[before.len()..];
        if outcome.status == Status::Done && outcome.records[0].id.is_some() {
            let stored = |value: &Value| value.as_str().unwrap_or_default().to_owned();
            prop_assert_eq!(new.len(), 1);
            prop_assert_eq!(stored(&new[0][field]), seen(&typed_key));
            prop_assert_eq!(stored(&new[0]["Description"]), text.trim());
            let case = org.records("Case")[1].clone();
            let both = format!("{} / {}", text.trim(), typed_key.trim());
            prop_assert_eq!(stored(&case["Description"]), both.trim());
            prop_assert_eq!(&case["ContactId"], &new[0]["Id"]);
        } else {
            let refused = outcome.records.iter().any(|record| record.error.is_some()) || seen(&typed_key).is_empty();
            prop_assert!(refused && new.is_empty(), "{:?}", outcome);
        }
    }
}
