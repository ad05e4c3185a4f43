//! The bounds of what a conversation brings: exactly at the bound works, one more and very much more is an error and no trap.

use serde_json::{Value, json};

use salesforce_module::base::MAX_VALUES;
use salesforce_module::record::MAX_VALUES_BYTES;
use salesforce_module::value::MAX_VARIABLES_BYTES;
use salesforce_module::wire::{MAX_LITERAL_LENGTH, MAX_QUERY_LENGTH};

use crate::org::{host, key, map, settings, source, with};
use crate::sandbox::bounds::counted;

/// Powers of ten of a number; private to the module.
const MAX_EXPONENT: i32 = 64;

/// The code of the first record's error in the plan, `bad-variables`, or nothing.
async fn refusal(settings: &str, variables: &str) -> String {
    match host().plan(settings, variables).await.expect("no trap") {
        Ok(plan) => plan.records[0].error.as_ref().map(|error| error.code.clone()).unwrap_or_default(),
        Err(findings) => findings[0].code.clone(),
    }
}

fn text() -> String {
    settings([map("text", "Contact.Description")], json!({})).to_string()
}

#[tokio::test]
async fn variables_have_so_many_bytes() {
    let document = json!({ "text": "x" }).to_string();
    for (bytes, refused) in [
        (MAX_VARIABLES_BYTES, ""),
        (MAX_VARIABLES_BYTES + 1, "bad-variables"),
        (8 * MAX_VARIABLES_BYTES, "bad-variables"),
    ] {
        assert_eq!(
            refusal(&text(), &(document.clone() + &" ".repeat(bytes - document.len()))).await,
            refused,
            "{bytes}"
        );
    }
}

#[tokio::test]
async fn variables_have_so_many_values() {
    let variables = |items: usize| json!({ "text": vec![1; items] }).to_string();
    let most = MAX_VALUES - counted(&variables(0)) + 1;
    for (items, refused) in [(most, ""), (most + 1, "bad-variables"), (400_000, "bad-variables")] {
        assert_eq!(refusal(&text(), &variables(items)).await, refused, "{items}");
    }
}

#[tokio::test]
async fn variables_are_nested_so_deep() {
    for (depth, refused) in [(126, "UNSUPPORTED_VALUE"), (127, "bad-variables"), (400_000, "bad-variables")] {
        let nested = format!("{{\"text\":{}{}}}", "[".repeat(depth), "]".repeat(depth));
        assert_eq!(refusal(&text(), &nested).await, refused, "{depth}");
    }
}

#[tokio::test]
async fn the_texts_of_a_run_have_so_many_bytes() {
    let often = |times: usize| {
        let targets = (0..times).map(|index| map("text", &format!("Contact.Text_{index}__c"))).collect::<Vec<_>>();
        with(settings([], json!({})), json!({ "mappings": targets })).to_string()
    };
    let variables = |length: usize| json!({ "text": "x".repeat(length) }).to_string();
    let half = MAX_VALUES_BYTES / 2;
    assert_eq!(refusal(&often(2), &variables(half)).await, "");
    assert_eq!(refusal(&often(2), &variables(half + 1)).await, "TOO_MUCH_TEXT");
    assert_eq!(refusal(&often(1000), &variables(1_000_000)).await, "TOO_MUCH_TEXT");
    // Control characters take six bytes each in JSON.
    let escaped = json!({ "text": format!("x{}x", "\u{1}".repeat(half / 6 + 1)) }).to_string();
    assert_eq!(refusal(&often(2), &escaped).await, "TOO_MUCH_TEXT");
}

#[tokio::test]
async fn a_template_grows_no_further_than_a_run_sends() {
    let settings = |times: usize| {
        let template = source(json!({ "template": "{text}".repeat(times) }), "Contact.Description");
        settings([template], json!({})).to_string()
    };
    let variables = json!({ "text": "x".repeat(1024) }).to_string();
    for (times, refused) in [(1024, ""), (1025, "TOO_MUCH_TEXT"), (100_000, "TOO_MUCH_TEXT")] {
        assert_eq!(refusal(&settings(times), &variables).await, refused, "{times}");
    }
}

#[tokio::test]
async fn a_key_has_so_many_characters() {
    let settings = settings([key("text", "Contact.Description")], json!({})).to_string();
    for character in ["x", "\u{1F600}", "'"] {
        for (length, refused) in
            [(MAX_LITERAL_LENGTH, ""), (MAX_LITERAL_LENGTH + 1, "KEY_TOO_LONG"), (200_000, "KEY_TOO_LONG")]
        {
            let variables = json!({ "text": character.repeat(length) }).to_string();
            assert_eq!(refusal(&settings, &variables).await, refused, "{length}");
        }
    }
}

/// The keys of 25 records may share one query.
#[tokio::test]
async fn a_query_has_so_many_bytes() {
    let mappings: Vec<Value> = (0..25).map(|index| key(&format!("text_{index}"), &format!("R{index}.Name"))).collect();
    let objects: Value = (0..25).map(|index| (format!("R{index}"), json!({ "sobject": "Contact" }))).collect();
    let settings = with(settings([], objects), json!({ "mappings": mappings })).to_string();
    let variables = |length: usize, more: usize| {
        let text = |index: usize| "x".repeat(length + usize::from(index < more));
        (0..25).map(|index| (format!("text_{index}"), Value::from(text(index)))).collect::<Value>().to_string()
    };
    // What the query takes beside the keys.
    let plan = host().plan(&settings, &variables(100, 0)).await.expect("no trap").expect("a plan");
    let around = plan.lookups[0].soql.len() - 25 * 100;
    let (length, more) = ((MAX_QUERY_LENGTH - around) / 25, (MAX_QUERY_LENGTH - around) % 25);
    let longest = host().plan(&settings, &variables(length, more)).await.expect("no trap").expect("a plan");
    assert_eq!(longest.lookups[0].soql.len(), MAX_QUERY_LENGTH);
    assert_eq!(refusal(&settings, &variables(length, more + 1)).await, "QUERY_TOO_LONG");
    // By far: each apostrophe is two bytes there.
    let quotes: Value = (0..25).map(|index| (format!("text_{index}"), Value::from("'".repeat(4_000)))).collect();
    assert_eq!(refusal(&settings, &quotes.to_string()).await, "QUERY_TOO_LONG");
}

#[tokio::test]
async fn a_number_has_so_many_powers_of_ten() {
    let settings = settings([key("number", "Contact.Amount__c")], json!({})).to_string();
    for sign in ["", "-"] {
        assert_eq!(refusal(&settings, &format!("{{\"number\":1e{sign}{MAX_EXPONENT}}}")).await, "");
        for beyond in [MAX_EXPONENT + 1, 400, 999_999_999] {
            let refused = refusal(&settings, &format!("{{\"number\":1e{sign}{beyond}}}")).await;
            assert_eq!(refused, "UNSUPPORTED_VALUE", "{sign}{beyond}");
        }
    }
    let digits = format!("{{\"number\":{}}}", "9".repeat(500_000));
    assert!(!refusal(&settings, &digits).await.is_empty());
}

/// Names that a misspelt one is compared with may have any length.
#[tokio::test]
async fn known_variables_are_no_trap_however_long() {
    let known = ["x".repeat(4 << 20), "test".to_owned()];
    let findings = host().check_in_flow(&text(), &known).await.expect("no trap");
    assert_eq!(findings[0].code, "unknown-variable");
    let said = format!("{:?}", findings[0]);
    assert!(said.contains("Did you mean `test`?"), "{said:.400}");
}

/// An object takes many times the memory of its text, and needs no comma: what is counted is what it costs.
#[tokio::test]
async fn documents_of_many_small_objects_are_refused_and_no_trap() {
    let deep = |depth: usize| format!("{}1{}", "{\"a\":".repeat(depth), "}".repeat(depth));
    for (item, length) in [
        ("{\"a\":1}".to_owned(), 8),
        ("{}".to_owned(), 3),
        ("[]".to_owned(), 3),
        ("[{}]".to_owned(), 5),
        (deep(120), 721),
    ] {
        for bytes in [300_000, MAX_VARIABLES_BYTES - 1_000] {
            let items = vec![item.as_str(); bytes / length].join(",");
            let variables = format!("{{\"text\":[{items}]}}");
            assert!(variables.len() <= MAX_VARIABLES_BYTES);
            assert!(!refusal(&text(), &variables).await.is_empty(), "{item:.20}");
            let settings = format!("{{\"mode\":[{items}]}}");
            assert!(
                !host()
                    .check(&settings)
                    .await
                    .unwrap_or_else(|error| panic!("{item:.20} {bytes}: {error:#}"))
                    .is_empty()
            );
        }
    }
}
