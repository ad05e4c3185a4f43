//! What becomes of values in a body.

use host_tests::json as answers;
use serde_json::{Value, json};

use crate::org::{egress_to, host, session};
use crate::requests::{refused, sent, write};
use crate::scripted::{Reply, Script};

const CONTACTS: &str = "/services/data/v62.0/sobjects/Contact";
const COMPOSITE: &str = "/services/data/v62.0/composite";

async fn body(path: &str, body: Value, variables: Value) -> Value {
    sent(&write("POST", path, body), &variables).await["body"].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_variable_alone_stays_what_it_is_and_in_a_text_it_is_text() {
    let template = json!({
        "number": "{number}", "yes": "{yes}", "list": "{list}", "text": "{text}",
        "mixed": "{number} {yes} {list} {text} {{x}} {missing}",
        "same": [1, 1.50, true, null, {}, [], ""]
    });
    let variables = json!({ "number": 12.5, "yes": false, "list": ["a", " ", 2], "text": " \"a\":1}\\ ' @{b} {c}" });
    let expected = json!({
        "number": 12.5, "yes": false, "list": ["a", 2], "text": "\"a\":1}\\ ' @{b} {c}",
        "mixed": "12.5 false a, 2 \"a\":1}\\ ' @{b} {c} {x}",
        "same": [1, 1.50, true, null, {}, [], ""]
    });
    assert_eq!(body(CONTACTS, template, variables).await, expected);
}

/// A PATCH would empty the field.
#[tokio::test(flavor = "multi_thread")]
async fn what_the_conversation_did_not_give_is_left_out_and_never_null() {
    let template =
        json!({ "a": "{a}", "b": "{b}", "c": "c {b}", "d": ["{b}", "{a}", "{b}"], "e": { "f": "{b}" }, "g": null });
    let expected = json!({ "a": 1, "d": [1], "e": {}, "g": null });
    for blank in
        [json!({ "a": 1 }), json!({ "a": 1, "b": null }), json!({ "a": 1, "b": "" }), json!({ "a": 1, "b": [" "] })]
    {
        assert_eq!(body(CONTACTS, template.clone(), blank).await, expected);
    }
    // And a body that would say nothing is not sent.
    let settings = write("POST", CONTACTS, template);
    assert_eq!(refused(&settings, &json!({ "b": " " })).await, "BLANK_VALUE");
    assert_eq!(refused(&write("POST", CONTACTS, json!("{a}")), &json!({})).await, "BLANK_VALUE");
    // Constants alone are the author's will.
    assert_eq!(body(CONTACTS, json!({ "LastName": "Berg" }), json!({})).await, json!({ "LastName": "Berg" }));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_object_and_a_list_of_lists_are_no_values() {
    for value in [json!({ "canary": 1 }), json!([["canary"]]), json!([{ "canary": 1 }])] {
        for template in ["{a}", "x {a}"] {
            let settings = write("POST", CONTACTS, json!({ "LastName": template }));
            assert_eq!(refused(&settings, &json!({ "a": value })).await, "UNSUPPORTED_VALUE", "{value}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_value_becomes_a_reference_of_a_composite_request() {
    let part = |value: &str| {
        let body = json!({ "LastName": value });
        json!({ "compositeRequest": [{ "method": "POST", "url": CONTACTS, "referenceId": "a", "body": body }] })
    };
    for (template, value) in [
        ("{a}", json!("canary @{b.id}")),
        ("x {a}", json!("@{b.id}")),
        ("@{a}", json!("{b.id}")),
        ("{a}{b}", json!("@")),
        ("@{{b.id}} {a}", json!("@{c.id}")),
        ("{a}", json!(["canary", "@{b}"])),
    ] {
        for path in [COMPOSITE, "/services/data/v62.0/Composite/batch", "/services/data/v62.0/composite/tree/Contact"] {
            let settings = write("POST", path, part(template));
            let code = refused(&settings, &json!({ "a": value, "b": "{c.id}" })).await;
            assert_eq!(code, "REFERENCE_IN_VALUE", "{template} {value}");
        }
    }
    // The author's own stand.
    let sent = body(COMPOSITE, part("@{{b.id}} {a}"), json!({ "a": "x" })).await;
    assert_eq!(sent["compositeRequest"][0]["body"]["LastName"], "@{b.id} x");
    // Nowhere else do they mean anything.
    let sent = body(CONTACTS, json!({ "LastName": "{a}" }), json!({ "a": "@{b.id}" })).await;
    assert_eq!(sent, json!({ "LastName": "@{b.id}" }));
}

#[tokio::test(flavor = "multi_thread")]
async fn graphql_is_sent_as_it_is_written_and_its_variables_are_filled() {
    let query =
        "query q($a: String) { uiapi { query { Contact(where: {Name: {eq: $a}}) { edges { node { Id } } } } } }";
    let template = json!({ "query": query, "variables": { "a": "{name}", "query": "{name}!" } });
    let sent = body("/services/data/v62.0/graphql", template, json!({ "name": "\"} { x" })).await;
    assert_eq!(sent, json!({ "query": query, "variables": { "a": "\"} { x", "query": "\"} { x!" } }));
}

#[tokio::test(flavor = "multi_thread")]
async fn soql_in_a_body_is_escaped_too() {
    let template = json!({ "operation": "query", "query": "SELECT Id FROM Lead WHERE City = '{city}'" });
    let sent = body("/services/data/v62.0/jobs/query", template.clone(), json!({ "city": "x' OR City != '" })).await;
    assert_eq!(sent["query"], r"SELECT Id FROM Lead WHERE City = 'x\' OR City != \''");
    let settings = write("POST", "/services/data/v62.0/jobs/query", template);
    assert_eq!(refused(&settings, &json!({ "city": "" })).await, "BLANK_VALUE");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_has_an_end() {
    let many: Vec<Value> = vec![json!("{a}"); 3000];
    let settings = write("POST", CONTACTS, json!({ "x": many }));
    assert_eq!(refused(&settings, &json!({ "a": "canary".repeat(100) })).await, "TOO_MUCH_TEXT");
    let deep = (0..100).fold(json!("{a}"), |inner, _| json!([inner]));
    let mut sent = &body(CONTACTS, deep, json!({ "a": 1 })).await;
    while sent.is_array() {
        sent = &sent[0];
    }
    assert_eq!(*sent, 1);
}

/// In the memory of an instance.
#[tokio::test(flavor = "multi_thread")]
async fn the_largest_body_is_sent() {
    let script = Script::start([Reply::json(201, &json!({ "id": 1 }))]);
    // Objects take the most memory of all that fits.
    let template = json!({ "many": vec![json!({ "a": "{b}" }); 18_000], "long": "{a}" });
    let settings = write("POST", "/services/apexrest/x", template).to_string();
    assert!(settings.len() > 200_000);
    let variables = json!({ "a": "x".repeat(900_000), "b": 1 }).to_string();
    let ran = host().run(egress_to(&script.url()), &session("token"), &settings, &variables).await.expect("no trap");
    assert_eq!(answers::outcome(&ran.expect("good input"))["status"], "done");
    let sent = script.requests()[0].json();
    assert_eq!((sent["many"].as_array().unwrap().len(), sent["long"].as_str().unwrap().len()), (18_000, 900_000));
}
