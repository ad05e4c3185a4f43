//! The org changes after an author published: nothing is written, the run says so, and preparing again names the field.

use host_tests::simulator::Access;
use serde_json::{Value, json};

use crate::org::{TestOrg, codes, error, key, link, map, results, says, settings};

fn contact() -> Value {
    settings([key("mail", "Contact.Email"), map("name", "Contact.LastName"), map("t", "Contact.Title")], json!({}))
}

fn variables() -> Value {
    json!({ "mail": "canary@example.com", "name": "Canary", "t": "Canary title" })
}

/// Ends with nothing written and one finding, which the run names.
async fn is_stale(org: &TestOrg, settings: &str, variables: &Value) -> Value {
    let outcome = org.run(settings, variables).await;
    assert_eq!(outcome["status"], "failed", "{outcome:#}");
    assert_eq!(codes(&outcome), ["prepare-again"], "{outcome:#}");
    let finding = &outcome["findings"][0];
    assert_eq!((&finding["severity"], &finding["path"]), (&json!("warning"), &json!("/schema")));
    says(finding, &["have changed", "nothing was written"], &["Run `prepare`"]);
    outcome
}

#[tokio::test(flavor = "multi_thread")]
async fn a_field_that_is_gone_stops_the_run_and_is_named_by_preparing_again() {
    for view_all_data in [true, false] {
        let org = TestOrg::with(|org| org.settings.view_all_data = view_all_data).await;
        let prepared = org.prepared(&contact()).await;
        assert!(org.org().remove_field("Contact", "Title"));
        let outcome = is_stale(&org, &prepared, &variables()).await;
        assert_eq!(error(&outcome, 0), "INVALID_FIELD");
        assert_eq!(outcome["records"][0]["error"]["fields"], json!(["Title"]));
        assert!(org.records("Contact").is_empty());
        let again = org.prepare_text(&prepared).await;
        says(again.refused("unknown-field", "/mappings/2/field"), &["`Title`"], &[]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_field_that_is_hidden_now_stops_the_run_and_is_named_by_preparing_again() {
    let org = TestOrg::new().await;
    let prepared = org.prepared(&contact()).await;
    assert!(org.org().restrict_field("Contact", "Email", Access::Hidden));
    // The key of an upsert: the lookup that follows is refused as well, and nothing is created.
    is_stale(&org, &prepared, &variables()).await;
    assert!(org.records("Contact").is_empty());
    let again = org.prepare_text(&prepared).await;
    says(again.refused("unknown-field", "/mappings/0/field"), &["`Email`"], &["access"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_field_that_is_read_only_now_stops_the_run_and_is_named_by_preparing_again() {
    let org = TestOrg::new().await;
    let prepared = org.prepared(&contact()).await;
    assert!(org.org().restrict_field("Contact", "Title", Access::ReadOnly));
    let outcome = is_stale(&org, &prepared, &variables()).await;
    assert_eq!(outcome["records"][0]["error"]["fields"], json!(["Title"]));
    assert!(org.records("Contact").is_empty());
    let again = org.prepare_text(&prepared).await;
    says(again.refused("read-only-field", "/mappings/2/field"), &["`Title`"], &[]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_object_that_is_hidden_now_stops_the_run_and_its_siblings() {
    let org = TestOrg::new().await;
    let both = settings(
        [map("name", "Contact.LastName"), map("s", "Ticket__c.Subject__c"), link("Contact", "Ticket__c.Contact__c")],
        json!({}),
    );
    let prepared = org.prepared(&both).await;
    assert!(org.org().restrict_object("Ticket__c", Access::Hidden));
    let outcome = is_stale(&org, &prepared, &json!({ "name": "Canary", "s": "Canary" })).await;
    assert_eq!(results(&outcome), ["skipped", "failed"]);
    assert!(org.records("Contact").is_empty() && org.records("Ticket__c").is_empty());
    let again = org.prepare_text(&prepared).await;
    says(again.refused("unknown-object", "/mappings/1/object"), &["`Ticket__c`"], &[]);
}

/// The settings say that the field takes 80 characters and any value; in the org it takes fewer by now.
#[tokio::test(flavor = "multi_thread")]
async fn a_field_that_takes_less_now_stops_the_run_and_preparing_again_corrects_it() {
    let org = TestOrg::new().await;
    let settings = settings(
        [map("s", "Ticket__c.Subject__c"), map("serial", "Ticket__c.Serial__c"), map("p", "Ticket__c.Priority__c")],
        json!({}),
    );
    type Change = fn(&mut Value);
    let now = org.prepared(&settings).await;
    let before = |change: Change| {
        let mut settings: Value = serde_json::from_str(&now).expect("JSON");
        change(&mut settings["schema"]["objects"]["Ticket__c"]["fields"]);
        settings.to_string()
    };
    let stale: [(Change, Value, &str, &str); 2] = [
        (
            |fields| fields["Serial__c"]["length"] = 80.into(),
            json!({ "s": "x", "serial": "canary ".repeat(5), "p": null }),
            "STRING_TOO_LONG",
            "VALUE_TOO_LONG",
        ),
        (
            |fields| fields["Priority__c"]["values"] = json!([{ "value": "Canary" }]),
            json!({ "s": "x", "serial": null, "p": "Canary" }),
            "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
            "NOT_IN_PICKLIST",
        ),
    ];
    for (change, variables, refused, prevented) in stale {
        let outcome = is_stale(&org, &before(change), &variables).await;
        assert_eq!(error(&outcome, 0), refused);
        let again = org.prepare_text(&before(change)).await.expect_settings();
        let outcome = org.run(&again, &variables).await;
        assert_eq!((error(&outcome, 0), &outcome["requests"]), (prevented, &json!(0)));
    }
    assert!(org.records("Ticket__c").is_empty());
}

/// A visitor's mistake is none of the org's: preparing again would say nothing about it.
#[tokio::test(flavor = "multi_thread")]
async fn a_customer_number_that_nobody_has_is_no_change_of_the_org() {
    let org = TestOrg::new().await;
    let settings = settings([map("name", "Contact.LastName"), map("no", "Contact.Account.Customer_No__c")], json!({}));
    let prepared = org.prepared(&settings).await;
    let outcome = org.run(&prepared, &json!({ "name": "Berg", "no": "canary-1" })).await;
    assert_eq!((&outcome["status"], error(&outcome, 0)), (&json!("failed"), "INVALID_FIELD"));
    assert_eq!(codes(&outcome), Vec::<&str>::new(), "{outcome:#}");
    assert!(org.records("Contact").is_empty());
    // A field that is gone is one, beside a parent too.
    org.seed(json!({ "Account": [{ "Name": "Berg & Co", "Customer_No__c": "K-1" }] }));
    assert!(org.org().remove_field("Contact", "LastName"));
    let outcome = org.run(&prepared, &json!({ "name": "Berg", "no": "K-1" })).await;
    assert_eq!(codes(&outcome), ["prepare-again"], "{outcome:#}");
}

#[tokio::test(flavor = "multi_thread")]
async fn settings_that_were_never_prepared_are_told_that_they_could_be() {
    let org = TestOrg::new().await;
    let settings = settings([map("name", "Contact.LastNam")], json!({})).to_string();
    let outcome = org.run(&settings, &json!({ "name": "Canary" })).await;
    assert_eq!(codes(&outcome), ["prepare-again"]);
    says(&outcome["findings"][0], &["which `prepare` would have checked"], &["Run `prepare`"]);
}
