//! What does not fit fails before any request, and the failure names the field and what it takes - never what was typed.

use std::process::{Command, Stdio};

use serde_json::{Value, json};

use super::conversions::ticket;
use crate::org::{TestOrg, error};

/// Nothing is sent, and nothing that was typed comes back.
async fn is_refused(settings: &Value, typed: &Value, field: &str, code: &str, takes: &str) {
    let org = TestOrg::new().await;
    let settings = org.prepared(settings).await;
    let before = org.requests().len();
    let outcome = org.run(&settings, &json!({ "serial": "A-1", "typed": typed })).await;
    assert_eq!((&outcome["status"], error(&outcome, 0)), (&json!("failed"), code), "{field} ← {typed}: {outcome:#}");
    assert_eq!(org.requests().len(), before, "{field} ← {typed}");
    assert_eq!(outcome["requests"], 0);
    let refused = &outcome["records"][0]["error"];
    assert_eq!((&refused["fields"], &refused["retry"]), (&json!([field]), &json!("never")));
    let message = refused["message"].as_str().expect("a text");
    assert!(message.contains(&format!("`{field}` takes")) && message.contains(takes), "{field} ← {typed}: {message}");
    let said = outcome.to_string();
    for text in typed.as_str().into_iter().chain(typed.as_array().into_iter().flatten().filter_map(Value::as_str)) {
        assert!(text.len() < 3 || !said.contains(text), "{text} got out: {said}");
    }
}

async fn are_refused(field: &str, typed: Value, code: &str, takes: &str) {
    for typed in typed.as_array().expect("a list") {
        is_refused(&ticket(field, json!({})), typed, field, code, takes).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_number_in_this_country_is_refused() {
    let typed = json!([
        "canary",
        "1,234.56",
        "12.34",
        "1.23.456",
        "0.500",
        "-0.500,00",
        "0.123.456",
        "01.234",
        "12 canary",
        "5 €",
        "1e3",
        "½",
        "٣",
        true,
        ["1", "2"],
        "1,2,3"
    ]);
    are_refused("Amount__c", typed, "NOT_CONVERTIBLE", "a number such as 1.234,5").await;
}

/// Salesforce would drop the third decimal without a word.
#[tokio::test(flavor = "multi_thread")]
async fn digits_that_a_number_field_does_not_keep_are_refused() {
    are_refused("Amount__c", json!(["1,234", 1.239]), "NOT_CONVERTIBLE", "2 behind it").await;
    are_refused("Amount__c", json!(["98.765.432.109.876.543,21", 1e16]), "NOT_CONVERTIBLE", "at most 16 digits").await;
    are_refused("Count__c", json!(["12,5", 12.5, "987654321", -987_654_321]), "NOT_CONVERTIBLE", "at most 8 digits")
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_day_is_refused() {
    let typed = json!([
        "canary",
        "31.02.2026",
        "29.02.2027",
        "2026-13-01",
        "11/22/2026",
        "22.11.26",
        "22.11.",
        "20261122",
        20261122,
        "00.01.2026",
        "tomorrow canary",
        "2026-11-22 canary",
        "22.11.1066",
        true,
        ["22.11.2026", "22.11.2026"],
    ]);
    are_refused("Due__c", typed, "NOT_CONVERTIBLE", "a date such as 2026-12-24 or 24.12.2026").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_point_in_time_is_refused() {
    let typed = json!([
        "canary",
        "22.11.2026 25:00",
        "22.11.2026 18:60",
        "22.11.2026 18",
        "19:42",
        "2026-11-22T18:30:00+15:00",
        "22.11.2026 6:30 pm",
        "22.11.2026 18:30.45",
        "2026-11-22T18:30.45Z",
        1763830200,
    ]);
    are_refused("Started__c", typed, "NOT_CONVERTIBLE", "a point in time such as 2026-12-24T18:30:00+01:00").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_time_of_day_is_refused() {
    let typed = json!(["canary", "24:00", "18", "6:30 pm", "18:30 canary", 1830, "18h30", "18:30.45"]);
    are_refused("Starts_At__c", typed, "NOT_CONVERTIBLE", "a time such as 18:30").await;
}

/// "Maybe" is no tick and no lack of one.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_neither_yes_nor_no_is_refused() {
    let typed = json!(["canary", "maybe", "2", 2, "jain", "nope", "ja!", "x"]);
    are_refused("Done__c", typed, "NOT_CONVERTIBLE", "ja or nein").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_in_a_restricted_picklist_is_refused_with_the_values() {
    let typed = json!(["canary", "EMEA;AMER", "Europe", ["EMEA canary", "AMER canary"]]);
    are_refused("Region__c", typed, "NOT_IN_PICKLIST", "EMEA, AMER").await;
    let typed = json!(["canary", "Chat;Canary", ["Phone canary", "Canary"], "Email, canary"]);
    are_refused("Channels__c", typed, "NOT_IN_PICKLIST", "Chat, Email, Phone").await;
}

/// The last letters of an id are its checksum: a mistyped one is nobody's, instead of somebody else's.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_id_is_refused() {
    let typed = json!([
        "canary",
        "003D000000IqhSLIAA",
        "003D000000IqhS",
        "003D000000IqhSLIA",
        "003D000000IqhS!",
        12345678901234567u64
    ]);
    are_refused("Contact__c", typed, "NOT_CONVERTIBLE", "15 or 18 characters").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_email_address_is_refused() {
    let typed = json!([
        "canary",
        "canary@",
        "@canary.example",
        "canary@example",
        "a canary@example.com",
        "a@b.com, canary@d.com",
        "Canary <a@b.com>",
        "canary@example..com",
        12,
        ["a@b.com", "canary@d.com"],
    ]);
    are_refused("Email__c", typed, "NOT_CONVERTIBLE", "an e-mail address").await;
}

/// The same on the way in and on the way out: a variable that no field takes.
#[tokio::test(flavor = "multi_thread")]
async fn an_object_is_no_value() {
    let org = TestOrg::new().await;
    let settings = org.prepared(&ticket("Phone__c", json!({}))).await;
    let before = org.requests().len();
    for typed in [json!({ "canary": 1 }), json!([{ "canary": 1 }]), json!([["canary"]])] {
        let outcome = org.run(&settings, &json!({ "serial": "A-1", "typed": typed })).await;
        assert_eq!((error(&outcome, 0), org.requests().len()), ("UNSUPPORTED_VALUE", before));
    }
}

/// What people see and what programs read, on both streams.
#[tokio::test(flavor = "multi_thread")]
async fn the_command_prints_no_typed_value_either() {
    let org = TestOrg::new().await;
    let settings = org.prepared(&ticket("Amount__c", json!({}))).await;
    let folder = std::env::temp_dir().join(format!("types-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder of the test");
    let file = |name: &str, text: &str| {
        std::fs::write(folder.join(name), text).expect("a file of the test");
        folder.join(name)
    };
    let settings = file("settings.json", &settings);
    let variables = file("variables.json", &json!({ "serial": "canary-1", "typed": "canary-2" }).to_string());
    let before = org.requests().len();
    for name in ["run", "preview"] {
        for more in [&[][..], &["--json"]] {
            let mut command = Command::new(env!("CARGO_BIN_EXE_chat-host"));
            command.args([name, "--route", &org.url(), "--settings"]).arg(&settings).arg("--variables").arg(&variables);
            command.args(more).env("SALESFORCE_ACCESS_TOKEN", org.token()).stdin(Stdio::null());
            let output = command.output().expect("chat-host starts");
            let printed = [output.stdout, output.stderr].concat();
            let printed = String::from_utf8(printed).expect("UTF-8");
            assert_eq!(output.status.code(), Some(1), "{printed}");
            assert!(printed.contains("Amount__c") && printed.contains("NOT_CONVERTIBLE"), "{printed}");
            crate::org::kept_secret(printed);
        }
    }
    std::fs::remove_dir_all(&folder).expect("the folder is there");
    assert_eq!(org.requests().len(), before);
}
