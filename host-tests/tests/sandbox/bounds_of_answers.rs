//! The bounds of what an org answers: exactly at the bound works, one more and very much more is an outcome and no trap.
//!
//! The bytes of an answer are bounded too: `transport.rs` sends four mebibytes, one more, and an answer without an end.

use host_tests::host::Outcome;
use serde_json::{Value, json};

use salesforce_module::base::MAX_VALUES;
use salesforce_module::settings::MAX_RECORDS;
use salesforce_module::wire::MAX_CANDIDATES;

use crate::border::{Border, Crossing};
use crate::bounds::counted;
use crate::org::{by_email, constant, host, prepared_by, session, settings, visitor, with};

/// Private to the module: fields of an error, characters of its code, values of a picklist.
const MAX_FIELDS: usize = 100;
const MAX_CODE_LENGTH: usize = 80;
const MAX_PICKLIST_VALUES: usize = 1_000;

fn composite(rows: &[(&str, u16, Value)]) -> Vec<u8> {
    let rows = rows.iter().map(|(reference, status, body)| {
        json!({ "body": body, "httpHeaders": {}, "httpStatusCode": status, "referenceId": reference })
    });
    json!({ "compositeResponse": rows.collect::<Vec<_>>() }).to_string().into_bytes()
}

/// A run whose lookup gets this answer, however often it asks; behind it there is no connection.
async fn after(answer: Vec<u8>) -> Outcome {
    let mut lookup = None;
    let border = Border::new(move |request: Crossing| {
        match *lookup.get_or_insert_with(|| request.body.clone()) == request.body {
            true => Ok((200, answer.clone())),
            false => Err(wasmtime_wasi_http::Error::ConnectionRefused),
        }
    });
    let ran = host().run(border, &session("token"), &by_email().to_string(), &visitor().to_string()).await;
    ran.expect("no trap").expect("good input")
}

fn error(outcome: &Outcome) -> &str {
    outcome.records[0].error.as_ref().map(|error| error.code.as_str()).unwrap_or_default()
}

#[tokio::test]
async fn an_answer_has_so_many_values() {
    let found = |extra: usize| {
        let row = json!({ "Id": "003000000000001AAA", "Email": "canary@example.com", "LastName": "Canary" });
        let body = json!({ "totalSize": 1, "done": true, "records": [row], "extra": vec![1; extra] });
        composite(&[("find_Contact", 200, body)])
    };
    let most = MAX_VALUES - counted(&String::from_utf8(found(0)).expect("UTF-8")) + 1;
    let at = after(found(most)).await;
    assert_eq!((error(&at), at.records[0].id.as_deref()), ("", Some("003000000000001AAA")));
    for beyond in [most + 1, 10 * MAX_VALUES] {
        assert_eq!(error(&after(found(beyond)).await), "ANSWER_UNREADABLE", "{beyond}");
    }
}

#[tokio::test]
async fn an_answer_is_nested_so_deep() {
    for depth in [100, 130, 2_000_000] {
        let deep = format!("{{\"compositeResponse\":{}", "[".repeat(depth)).into_bytes();
        assert_eq!(error(&after(deep).await), "ANSWER_UNREADABLE", "{depth}");
    }
}

#[tokio::test]
async fn so_many_candidates_are_listed() {
    let found = |count: usize| {
        let row = |index: usize| json!({ "Id": format!("003{index:012}AAA"), "Email": "canary@example.com" });
        let rows: Vec<Value> = (0..count).map(row).collect();
        composite(&[("find_Contact", 200, json!({ "totalSize": count, "done": true, "records": rows }))])
    };
    for (count, listed) in
        [(2, 2), (MAX_CANDIDATES, MAX_CANDIDATES), (MAX_CANDIDATES + 1, MAX_CANDIDATES), (10_000, MAX_CANDIDATES)]
    {
        let outcome = after(found(count)).await;
        assert_eq!(outcome.records[0].candidates.len(), listed, "{count}: {:?}", outcome.records[0].error);
    }
}

/// What is longer is no code of Salesforce's, and may be what somebody typed.
#[tokio::test]
async fn a_code_has_so_many_characters() {
    let refused = |length: usize| {
        composite(&[("find_Contact", 400, json!([{ "errorCode": "C".repeat(length), "message": "canary" }]))])
    };
    assert_eq!(error(&after(refused(MAX_CODE_LENGTH)).await), "C".repeat(MAX_CODE_LENGTH));
    for beyond in [MAX_CODE_LENGTH + 1, 1 << 20] {
        assert_eq!(error(&after(refused(beyond)).await), "HTTP_400", "{beyond}");
    }
}

#[tokio::test]
async fn so_many_values_of_a_picklist_are_kept() {
    for (count, kept) in [(MAX_PICKLIST_VALUES, MAX_PICKLIST_VALUES), (MAX_PICKLIST_VALUES + 1, 0), (10_000, 0)] {
        let value =
            |index: usize| json!({ "active": true, "value": format!("v{index}"), "label": format!("v{index}") });
        let field = json!({
            "name": "Origin", "type": "picklist", "createable": true, "updateable": true, "nillable": true,
            "restrictedPicklist": true, "picklistValues": (0..count).map(value).collect::<Vec<_>>()
        });
        let describe = json!({ "name": "Ticket__c", "createable": true, "updateable": true, "fields": [field] });
        let border = Border::new(move |request: Crossing| {
            if request.body.is_empty() {
                return Ok((404, b"[]".to_vec()));
            }
            let body: Value = serde_json::from_slice(&request.body).expect("JSON");
            let parts = body["compositeRequest"].as_array().expect("subrequests");
            let rows = parts.iter().map(|part| match part["url"].as_str().expect("a URL").ends_with("/describe") {
                true => (part["referenceId"].as_str().expect("a text"), 200, describe.clone()),
                false => (part["referenceId"].as_str().expect("a text"), 400, json!([])),
            });
            Ok((200, composite(&rows.collect::<Vec<_>>())))
        });
        let settings = settings([constant("v1", "Ticket__c.Origin")], json!({}));
        let prepared = prepared_by(border, &settings).await;
        let facts = &prepared["schema"]["objects"]["Ticket__c"]["fields"]["Origin"];
        assert_eq!(facts["values"].as_array().map_or(0, Vec::len), kept, "{count}");
        // Without the list there is nothing to refuse a value by.
        assert_eq!(facts["restricted"] == true, kept > 0, "{facts}");
    }
}

/// As many records as a run writes, none of which is looked up.
fn all_new() -> String {
    let rows: Vec<Value> = (0..MAX_RECORDS).map(|index| constant("x", &format!("Object_{index}__c.Name"))).collect();
    with(settings([], json!({})), json!({ "mappings": rows })).to_string()
}

/// An error names what concerns it, and stands on every record of the run.
#[tokio::test]
async fn so_many_fields_of_an_error_are_named() {
    for (count, named) in [(MAX_FIELDS, MAX_FIELDS), (MAX_FIELDS + 1, MAX_FIELDS), (90_000, MAX_FIELDS)] {
        let fields: Vec<String> = (0..count).map(|index| format!("A_field_of_this_org_{index}__c")).collect();
        let body =
            json!([{ "errorCode": "REQUIRED_FIELD_MISSING", "message": "canary", "fields": fields }]).to_string();
        let border = Border::new(move |_: Crossing| Ok((400, body.clone().into_bytes())));
        let ran = host().run(border, &session("token"), &all_new(), "{}").await;
        let outcome = ran.expect("no trap").expect("good input");
        for record in &outcome.records {
            assert_eq!(record.error.as_ref().map(|error| error.fields.len()), Some(named), "{count}");
        }
    }
}

/// Whoever shares an address with half the org is no reason to give up the run.
#[tokio::test]
async fn so_many_duplicates_are_candidates() {
    for (count, listed) in
        [(MAX_CANDIDATES, MAX_CANDIDATES), (MAX_CANDIDATES + 1, MAX_CANDIDATES), (10_000, MAX_CANDIDATES)]
    {
        let found = |index: usize| json!({ "record": { "Id": format!("003{index:012}AAA") } });
        let matched = json!({ "entityType": "Contact", "matchRecords": (0..count).map(found).collect::<Vec<_>>() });
        let error = json!([{ "errorCode": "DUPLICATES_DETECTED", "duplicateResut": { "matchResults": [matched] } }]);
        let border = Border::new(move |_: Crossing| Ok((200, composite(&[("write_Contact", 400, error.clone())]))));
        let adopts = json!({ "Contact": { "duplicateRule": "adopt" } });
        let settings = settings([constant("x", "Contact.LastName")], adopts).to_string();
        let outcome =
            host().run(border, &session("token"), &settings, "{}").await.expect("no trap").expect("good input");
        assert_eq!(outcome.records[0].candidates.len(), listed, "{count}");
    }
}

#[tokio::test]
async fn answers_of_many_small_objects_are_no_trap() {
    let deep = |depth: usize| format!("{}1{}", "{\"Id\":".repeat(depth), "}".repeat(depth));
    for item in ["{\"Id\":1}".to_owned(), "{}".to_owned(), "[]".to_owned(), "[{}]".to_owned(), deep(120)] {
        for bytes in [700_000, (4 << 20) - 1_000] {
            let items = vec![item.as_str(); bytes / (item.len() + 1)].join(",");
            let answer = format!("{{\"compositeResponse\":[{items}]}}").into_bytes();
            assert_eq!(error(&after(answer.clone()).await), "ANSWER_UNREADABLE", "{item:.20} {bytes}");
            let border = Border::new(move |_: Crossing| Ok((200, answer.clone())));
            let prepared = host().prepare(border, &session("token"), &by_email().to_string()).await;
            let prepared = prepared.unwrap_or_else(|error| panic!("{item:.20} {bytes}: {error:#}"));
            assert!(prepared.expect("good input").settings.is_none());
        }
    }
}
