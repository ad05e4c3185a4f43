//! What adopting costs: never more than the plan says, and in the worst case exactly that.

use host_tests::simulator::Org;
use serde_json::{Value, json};

use crate::org::{TestOrg, codes, key, link, map, plan, results, settings};

struct Case {
    set_up: fn(&mut Org),
    seed: Value,
    settings: Value,
    variables: Value,
    results: &'static [&'static str],
}

impl Case {
    /// Runs and compares with the plan.
    async fn takes(self, requests: u64) {
        let org = TestOrg::with(self.set_up).await;
        org.seed(self.seed);
        let settings = org.prepared(&self.settings).await;
        let before = org.requests().len();
        let plan = plan(&settings, &self.variables).await.expect("good input");
        let outcome = org.done(&settings, &self.variables).await;
        assert_eq!(results(&outcome), self.results, "{outcome:#}");
        assert_eq!(outcome["requests"], requests, "{outcome:#}");
        assert_eq!(plan["requests"]["atMost"], requests, "{plan:#}");
        assert_eq!((org.requests().len() - before) as u64, requests);
    }
}

fn alerting(org: &mut Org) {
    assert!(org.add_duplicate_rule("Contact", "Email", true));
    assert!(org.add_duplicate_rule("Lead", "Email", true));
}

fn people() -> Value {
    json!({
        "Contact": [{ "LastName": "Berg", "Email": "anna@example.com" }],
        "Lead": [{ "LastName": "Tal", "Company": "Tal & Co", "Email": "anna@example.com" }],
    })
}

fn variables() -> Value {
    json!({ "mail": "anna@example.com", "name": "Berg-Tal", "no": "K-1", "topic": "Repair" })
}

#[tokio::test(flavor = "multi_thread")]
async fn one_new_record_takes_three() {
    Case {
        set_up: alerting,
        seed: people(),
        settings: settings(
            [map("mail", "Contact.Email"), map("name", "Contact.LastName")],
            json!({ "Contact": { "duplicateRule": "adopt" } }),
        ),
        variables: variables(),
        results: &["updated"],
    }
    .takes(3)
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_is_looked_up_first_takes_four() {
    Case {
        set_up: |org| {
            alerting(org);
            org.settings.view_all_data = false;
        },
        seed: people(),
        settings: settings(
            [key("no", "Contact.Loyalty_No__c"), map("mail", "Contact.Email"), map("name", "Contact.LastName")],
            json!({ "Contact": { "duplicateRule": "adopt" } }),
        ),
        variables: variables(),
        results: &["updated"],
    }
    .takes(4)
    .await;
}

/// The upsert may have found another record than the rule did, so it is looked up before anything is adopted.
#[tokio::test(flavor = "multi_thread")]
async fn one_that_is_upserted_first_takes_five() {
    Case {
        set_up: alerting,
        seed: people(),
        settings: settings(
            [
                key("no", "Contact.Customer_No__c"),
                map("mail", "Contact.Email"),
                map("name", "Contact.LastName"),
                map("topic", "Case.Subject"),
                link("Contact", "Case.ContactId"),
            ],
            json!({ "Contact": { "duplicateRule": "adopt" } }),
        ),
        variables: variables(),
        results: &["updated", "created"],
    }
    .takes(5)
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_that_are_adopted_take_two_more_each() {
    Case {
        set_up: alerting,
        seed: people(),
        settings: settings(
            [
                map("mail", "Contact.Email"),
                map("name", "Contact.LastName"),
                map("mail", "Lead.Email"),
                map("name", "Lead.LastName"),
                map("name", "Lead.Company"),
            ],
            json!({ "Contact": { "duplicateRule": "adopt" }, "Lead": { "duplicateRule": "adopt" } }),
        ),
        variables: variables(),
        results: &["updated", "updated"],
    }
    .takes(5)
    .await;
}

/// A rule that finds somebody else at every attempt does not keep the run going.
#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_adopted_twice() {
    let org = TestOrg::with(|org| {
        alerting(org);
        assert!(org.add_duplicate_rule("Contact", "Phone", true));
    })
    .await;
    org.seed(json!({ "Contact": [
        { "LastName": "Berg", "Email": "anna@example.com" }, { "LastName": "Tal", "Phone": "110" },
    ] }));
    let before = org.records("Contact");
    let settings = settings(
        [map("mail", "Contact.Email"), map("name", "Contact.LastName"), map("phone", "Contact.Phone")],
        json!({ "Contact": { "duplicateRule": "adopt" } }),
    );
    let variables = json!({ "mail": "anna@example.com", "name": "Canary", "phone": "110" });
    let plan = plan(&settings.to_string(), &variables).await.expect("good input");
    let outcome = org.run(&settings.to_string(), &variables).await;
    assert_eq!(outcome["status"], "failed", "{outcome:#}");
    assert_eq!((&outcome["requests"], &plan["requests"]["atMost"]), (&json!(3), &json!(3)));
    assert_eq!(codes(&outcome), ["duplicate-adopted"]);
    assert_eq!(org.records("Contact"), before);
}
