//! What one mapping says differently from the module, and what blank does to a checkbox.

use serde_json::{Value, json};

use crate::org::{TestOrg, codes, constant, error, key, map, results, settings, with};

fn german(mappings: [Value; 3]) -> Value {
    with(settings(mappings, json!({})), json!({ "locale": "de", "timeZone": "Europe/Berlin" }))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mapping_can_have_a_locale_of_its_own() {
    let org = TestOrg::new().await;
    let settings = german([
        constant("Repair", "Ticket__c.Subject__c"),
        map("german", "Ticket__c.Amount__c"),
        with(map("american", "Ticket__c.Score__c"), json!({ "locale": "en-US" })),
    ]);
    let settings = org.prepared(&settings).await;
    org.done(&settings, &json!({ "german": "1.234,5", "american": "1,234.5" })).await;
    let ticket = org.record("Ticket__c");
    assert_eq!(ticket["Amount__c"].as_f64().zip(ticket["Score__c"].as_f64()), Some((1234.5, 1234.5)));
    for (variables, field) in
        [(json!({ "german": "1,234.5" }), "Amount__c"), (json!({ "american": "1.234,5" }), "Score__c")]
    {
        let outcome = org.run(&settings, &variables).await;
        assert_eq!(error(&outcome, 0), "NOT_CONVERTIBLE");
        assert_eq!(outcome["records"][0]["error"]["fields"], json!([field]));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mapping_can_have_a_time_zone_of_its_own() {
    let org = TestOrg::new().await;
    let settings = german([
        constant("Repair", "Ticket__c.Subject__c"),
        map("at", "Ticket__c.Due__c"),
        with(map("at", "Ticket__c.Started__c"), json!({ "timeZone": "America/New_York", "locale": "en-US" })),
    ]);
    let settings = org.prepared(&settings).await;
    org.done(&settings, &json!({ "at": "2026-11-22 18:30" })).await;
    let ticket = org.record("Ticket__c");
    assert_eq!(
        (&ticket["Due__c"], &ticket["Started__c"]),
        (&json!("2026-11-22"), &json!("2026-11-22T23:30:00.000+0000"))
    );
}

fn ticket(done: Value) -> Value {
    let subject = constant("Repair", "Ticket__c.Subject__c");
    settings([key("no", "Ticket__c.Serial__c"), subject, with(map("done", "Ticket__c.Done__c"), done)], json!({}))
}

/// Salesforce knows no empty checkbox, and refuses null.
#[tokio::test(flavor = "multi_thread")]
async fn clear_unticks_a_checkbox() {
    for view_all_data in [true, false] {
        let org = TestOrg::with(|org| org.settings.view_all_data = view_all_data).await;
        let settings = org.prepared(&ticket(json!({ "whenBlank": "clear" }))).await;
        for (typed, stored) in [(json!("ja"), true), (json!(""), false), (json!(true), true), (json!(null), false)] {
            org.done(&settings, &json!({ "no": "1", "done": typed })).await;
            assert_eq!(org.record("Ticket__c")["Done__c"], stored, "{typed}");
        }
    }
}

/// What the flow did not ask about is not erased; skip leaves the box alone.
#[tokio::test(flavor = "multi_thread")]
async fn a_checkbox_that_nobody_asked_about_stays() {
    let org = TestOrg::with(|org| org.settings.view_all_data = false).await;
    org.seed(json!({ "Ticket__c": [{ "Subject__c": "Repair", "Serial__c": "1", "Done__c": true }] }));
    for (rule, variables) in [
        (json!({ "whenBlank": "clear" }), json!({ "no": "1" })),
        (json!({ "whenBlank": "skip" }), json!({ "no": "1", "done": "" })),
        (json!({ "whenBlank": "clear", "overwrite": "on-create" }), json!({ "no": "1", "done": "" })),
        (json!({ "whenBlank": "clear", "overwrite": "if-empty" }), json!({ "no": "1", "done": "" })),
    ] {
        let settings = org.prepared(&ticket(rule.clone())).await;
        assert_eq!(results(&org.done(&settings, &variables).await), ["unchanged"], "{rule}");
        assert_eq!(org.record("Ticket__c")["Done__c"], true, "{rule}");
    }
}

/// A box that is not ticked says nothing: blank answers make no record.
#[tokio::test(flavor = "multi_thread")]
async fn an_emptied_checkbox_alone_makes_no_record() {
    let org = TestOrg::new().await;
    let settings = settings(
        [map("topic", "Case.Subject"), with(map("urgent", "Case.IsEscalated"), json!({ "whenBlank": "clear" }))],
        json!({}),
    );
    for settings in [settings.to_string(), org.prepared(&settings).await] {
        let outcome = org.done(&settings, &json!({ "topic": "", "urgent": "" })).await;
        assert_eq!((results(&outcome), codes(&outcome)), (vec!["skipped"], vec!["nothing-to-write"]));
        assert!(org.records("Case").is_empty());
    }
}

/// A field that the org demands cannot be emptied: that is told before Salesforce is asked.
#[tokio::test(flavor = "multi_thread")]
async fn clear_does_not_empty_what_must_not_be_empty() {
    let org = TestOrg::with(|org| org.settings.view_all_data = false).await;
    org.seed(json!({ "Contact": [{ "LastName": "Berg", "Email": "anna@example.com" }] }));
    let name = with(map("name", "Contact.LastName"), json!({ "whenBlank": "clear" }));
    let settings = org.prepared(&settings([key("mail", "Contact.Email"), name], json!({}))).await;
    let outcome = org.run(&settings, &json!({ "mail": "anna@example.com", "name": " " })).await;
    assert_eq!((error(&outcome, 0), &outcome["requests"]), ("BLANK_VALUE", &json!(0)));
    assert_eq!(org.record("Contact")["LastName"], "Berg");
}
