//! Whatever is typed: a second run finds what the first one wrote, and nobody is ever there twice.
//!
//! The core runs natively against an org in this process: the same decisions as the component's, a hundred times faster.

use std::collections::BTreeMap;

use host_tests::simulator::{Org, Request};
use jiff::Timestamp;
use proptest::prelude::{
    BoxedStrategy, ProptestConfig, Strategy, any, prop_assert, prop_assert_eq, prop_assume, prop_oneof, proptest,
};
use salesforce_module::module;
use salesforce_module::report::{Outcome, RecordResult, RunKind, Status};
use salesforce_module::wire::{self, TransportError};
use serde_json::{Value, json};

use crate::common::settings::{DOMAIN, key, map, settings, with};

/// Keys of every kind: object, field, and the field that the org demands.
const KEYS: [(&str, &str, &str); 14] = [
    ("Contact", "Loyalty_No__c", "LastName"),
    ("Contact", "Customer_No__c", "LastName"),
    ("Contact", "Email", "LastName"),
    ("Contact", "Title", "LastName"),
    ("Ticket__c", "External_Id__c", "Subject__c"),
    ("Ticket__c", "Number__c", "Subject__c"),
    ("Ticket__c", "Amount__c", "Subject__c"),
    ("Ticket__c", "Count__c", "Subject__c"),
    ("Ticket__c", "Due__c", "Subject__c"),
    ("Ticket__c", "Started__c", "Subject__c"),
    ("Ticket__c", "Starts_At__c", "Subject__c"),
    ("Ticket__c", "Source__c", "Subject__c"),
    ("Ticket__c", "Done__c", "Subject__c"),
    ("acme__Order__c", "acme__Number__c", "Name"),
];

/// Any text, and texts that look like something.
fn typed() -> BoxedStrategy<String> {
    prop_oneof![
        any::<String>().prop_map(|text| text.chars().take(20).collect()),
        "[0-9.,:+TZe% -]{1,12}",
        "[a-zA-ZäöüßÄÖÜéÉçñşŞıİğ@.' -]{1,20}",
        "[a-z/%+#?&. ]{1,6}",
        "[0-9]{1,2}\\.[0-9]{1,2}\\.20[0-9]{2}( [0-9]{1,2}:[0-9]{2})?",
        "20[0-9]{2}-[0-1][0-9]-[0-3][0-9](T[0-2][0-9]:[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,6})?(Z|[+-]0[0-9]:00))?",
        "[A-Za-z0-9.+]{1,8}@[a-zA-Z0-9]{1,5}\\.(com|de|inc|ZIP)",
    ]
    .boxed()
}

/// How a module was set up: prepared, and whether the user may upsert by keys that are not unique.
#[derive(Clone, Copy, Debug)]
struct Way {
    prepare: bool,
    view_all_data: bool,
}

fn way() -> BoxedStrategy<Way> {
    any::<(bool, bool)>().prop_map(|(prepare, view_all_data)| Way { prepare, view_all_data }).boxed()
}

fn send(org: &mut Org) -> impl FnMut(&wire::Request) -> Result<wire::Response, TransportError> {
    let token = format!("Bearer {}", org.access_token());
    move |request| {
        let request = Request {
            method: request.method.to_owned(),
            path: request.path.clone(),
            query: None,
            headers: vec![
                ("authorization".to_owned(), token.clone()),
                ("content-type".to_owned(), "application/json".to_owned()),
            ],
            body: request.text().into_owned().into_bytes(),
        };
        let response = org.handle(&request, Timestamp::UNIX_EPOCH);
        Ok(wire::Response { status: response.status, retry_after: None, limit_info: None, body: response.body })
    }
}

fn with_session<T>(call: impl FnOnce(&module::Session) -> T) -> T {
    call(&module::Session { instance_url: &format!("https://{DOMAIN}"), access_token: "token" })
}

fn run(org: &mut Org, settings: &str, variables: &Value) -> Outcome {
    let variables = variables.to_string();
    let started = with_session(|session| module::start(session, settings, &variables, RunKind::Write));
    started.expect("good input").0.drive(&mut send(org)).into_outcome().records().expect("a mode with records")
}

/// An org and settings, prepared or not.
fn set_up(way: Way, settings: &Value) -> (Org, String) {
    let mut org = Org::new();
    org.settings.view_all_data = way.view_all_data;
    let german = with(settings.clone(), json!({ "locale": "de", "timeZone": "Europe/Berlin" })).to_string();
    if !way.prepare {
        return (org, german);
    }
    let (prepare, _) = with_session(|session| module::prepare(session, &german)).expect("good input");
    let prepared = prepare.drive(&mut send(&mut org));
    let settings = prepared.settings.unwrap_or_else(|| panic!("not prepared: {:#?}", prepared.findings));
    (org, settings)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_second_run_finds_what_the_first_one_wrote(typed in typed(), at in 0..KEYS.len(), way in way()) {
        let (object, field, required) = KEYS[at];
        let target = |field: &str| format!("{object}.{field}");
        let (mut org, settings) = set_up(way, &settings([key("key", &target(field)), map("s", &target(required))], json!({})));
        let variables = json!({ "key": typed, "s": "Berg" });
        let first = run(&mut org, &settings, &variables);
        let count = org.records(object).len();
        match first.records[0].result {
            RecordResult::Created => prop_assert_eq!(count, 1),
            RecordResult::Skipped | RecordResult::Failed => prop_assert_eq!(count, 0),
            other => prop_assert!(false, "{:?}", other),
        }
        let second = run(&mut org, &settings, &variables);
        prop_assert_eq!(org.records(object).len(), count);
        if first.records[0].result == RecordResult::Created {
            prop_assert!(matches!(second.records[0].result, RecordResult::Updated | RecordResult::Unchanged), "{:?}", second);
            prop_assert_eq!(&second.records[0].id, &first.records[0].id);
        }
    }

    /// Two records of one run share one query, and its rows are given out by our own comparison.
    #[test]
    fn two_records_of_one_run_are_never_there_twice(a in typed(), b in typed(), at in 0..KEYS.len(), way in way()) {
        let (object, field, required) = KEYS[at];
        let mappings = [
            key("a", &format!("First.{field}")),
            map("s", &format!("First.{required}")),
            key("b", &format!("Second.{field}")),
            map("t", &format!("Second.{required}")),
        ];
        let objects = json!({ "First": { "sobject": object }, "Second": { "sobject": object } });
        let (mut org, settings) = set_up(way, &settings(mappings, objects));
        let mut ids = Vec::new();
        for _ in 0..2 {
            let outcome = run(&mut org, &settings, &json!({ "a": a, "b": b, "s": "first", "t": "second" }));
            let written = outcome.records.iter().filter(|record| record.id.is_some()).count();
            if outcome.status == Status::Done {
                prop_assert_eq!(org.records(object).len(), written, "{:?}", outcome);
                ids.push(outcome.records.iter().map(|record| record.id.clone()).collect::<Vec<_>>());
            }
            // What one record says never ends on the other.
            let stored: BTreeMap<String, usize> = org.records(object).iter().fold(BTreeMap::new(), |mut counts, record| {
                *counts.entry(record[required].to_string()).or_default() += 1;
                counts
            });
            prop_assert!(stored.values().all(|count| *count == 1), "{:?}", stored);
        }
        prop_assert!(ids.windows(2).all(|pair| pair[0] == pair[1]), "{:?}", ids);
    }

    /// Salesforce compares these texts without regard to case, whatever way they are looked for.
    #[test]
    fn a_text_in_capitals_is_nobody_else(typed in "[a-zA-ZäöüÄÖÜéÉ0-9 /+.-]{1,16}", at in 0_usize..5, way in way()) {
        let (object, field, required) = KEYS[at];
        let typed = if field == "Email" { format!("{}@example.com", typed.replace([' ', '.'], "").replace(|c: char| !c.is_ascii(), "x")) } else { typed };
        prop_assume!(!typed.trim().is_empty() && !typed.starts_with('@'));
        let target = |field: &str| format!("{object}.{field}");
        let (mut org, settings) = set_up(way, &settings([key("key", &target(field)), map("s", &target(required))], json!({})));
        let first = run(&mut org, &settings, &json!({ "key": typed, "s": "Berg" }));
        prop_assert_eq!(first.records[0].result, RecordResult::Created);
        for other in [typed.to_uppercase(), typed.to_lowercase()] {
            let second = run(&mut org, &settings, &json!({ "key": other, "s": "Tal" }));
            prop_assert!(matches!(second.records[0].result, RecordResult::Updated | RecordResult::Unchanged), "{:?}", second);
            prop_assert_eq!(org.records(object).len(), 1);
        }
    }
}
