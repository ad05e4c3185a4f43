//! What preparing is for: as few requests as the org allows this user.

use serde_json::{Value, json};

use crate::org::{TestOrg, key, link, map, plan, results, settings, with};

fn contact_by_email() -> Value {
    settings([key("mail", "Contact.Email"), map("name", "Contact.LastName")], json!({}))
}

fn ticket() -> Value {
    settings([key("no", "Ticket__c.External_Id__c"), map("s", "Ticket__c.Subject__c")], json!({}))
}

/// Runs twice, for a new record and for the same again, and gives the requests of each.
async fn run_twice(org: &TestOrg, settings: &str, variables: [Value; 2]) -> [u64; 2] {
    let mut requests = [0, 0];
    for (count, (variables, result)) in requests.iter_mut().zip(variables.iter().zip(["created", "updated"])) {
        let outcome = org.done(settings, variables).await;
        assert_eq!(results(&outcome), [result], "{outcome:#}");
        *count = outcome["requests"].as_u64().expect("a number");
    }
    requests
}

#[tokio::test(flavor = "multi_thread")]
async fn a_unique_external_id_takes_one_request_whatever_the_user_may_see() {
    let org = TestOrg::new().await;
    for view_all_data in [true, false] {
        org.org().settings.view_all_data = view_all_data;
        let settings = org.prepared(&ticket()).await;
        let no = format!("T-{view_all_data}");
        let variables = [json!({ "no": no, "s": "Repair" }), json!({ "no": no, "s": "Again" })];
        assert_eq!(run_twice(&org, &settings, variables).await, [1, 1]);
    }
    assert_eq!(org.records("Ticket__c").len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_contact_by_email_takes_one_request_with_view_all_data_and_two_without() {
    for (view_all_data, requests) in [(true, [1, 1]), (false, [2, 2])] {
        let org = TestOrg::with(|org| org.settings.view_all_data = view_all_data).await;
        let settings = org.prepared(&contact_by_email()).await;
        let variables = ["Berg", "Berg-Tal"].map(|name| json!({ "mail": "Anna@Example.com", "name": name }));
        assert_eq!(run_twice(&org, &settings, variables).await, requests, "{view_all_data}");
        assert_eq!(org.record("Contact")["LastName"], "Berg-Tal");
    }
}

/// Any key that is not unique: one of Salesforce's own, and an external id of the customer's.
#[tokio::test(flavor = "multi_thread")]
async fn an_external_id_that_is_not_unique_takes_one_request_with_view_all_data_and_two_without() {
    for (view_all_data, requests) in [(true, [1, 1]), (false, [2, 2])] {
        let org = TestOrg::with(|org| org.settings.view_all_data = view_all_data).await;
        let by_number = settings([key("no", "Contact.Loyalty_No__c"), map("name", "Contact.LastName")], json!({}));
        let settings = org.prepared(&by_number).await;
        let variables = ["Berg", "Berg-Tal"].map(|name| json!({ "no": "4711", "name": name }));
        assert_eq!(run_twice(&org, &settings, variables).await, requests, "{view_all_data}");
    }
}

/// The right was there when the author published.
#[tokio::test(flavor = "multi_thread")]
async fn a_right_that_is_gone_costs_requests_but_no_data() {
    let org = TestOrg::new().await;
    let settings = org.prepared(&contact_by_email()).await;
    org.org().settings.view_all_data = false;
    let outcome = org.done(&settings, &json!({ "mail": "anna@example.com", "name": "Berg" })).await;
    assert_eq!((results(&outcome), &outcome["requests"]), (vec!["created"], &json!(3)));
    org.done(&settings, &json!({ "mail": "anna@example.com", "name": "Berg-Tal" })).await;
    assert_eq!(org.record("Contact")["LastName"], "Berg-Tal");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_case_linked_to_an_upserted_contact_takes_no_further_request() {
    let org = TestOrg::new().await;
    let settings = settings(
        [
            key("mail", "Contact.Email"),
            map("name", "Contact.LastName"),
            map("topic", "Case.Subject"),
            link("Contact", "Case.ContactId"),
        ],
        json!({ "Case": { "store": { "CaseNumber": "number" } } }),
    );
    let settings = org.prepared(&settings).await;
    let variables = json!({ "mail": "anna@example.com", "name": "Berg", "topic": "Repair" });
    let outcome = org.done(&settings, &variables).await;
    assert_eq!(outcome["requests"], 1);
    assert_eq!(org.record("Case")["ContactId"], org.record("Contact")["Id"]);
    assert_eq!(outcome["variables"]["number"], org.record("Case")["CaseNumber"]);
}

/// What must be compared first must be read first.
#[tokio::test(flavor = "multi_thread")]
async fn what_must_be_read_first_is_looked_up() {
    let org = TestOrg::new().await;
    let if_empty = with(map("name", "Contact.LastName"), json!({ "overwrite": "if-empty" }));
    let email = key("mail", "Contact.Email");
    let newest = json!({ "Contact": { "whenSeveralMatch": "most-recently-modified" } });
    let name = map("name", "Contact.LastName");
    for settings in [settings([email.clone(), if_empty], json!({})), settings([email, name], newest)] {
        let settings = org.prepared(&settings).await;
        let plan = plan(&settings, &json!({ "mail": "a@example.com", "name": "Berg" })).await.expect("good input");
        assert_eq!(plan["records"][0]["approach"], "look-up");
        assert_eq!(plan["requests"], json!({ "atLeast": 1, "atMost": 2 }));
    }
}

/// A key that several records share names none of them, whichever way it is sent.
#[tokio::test(flavor = "multi_thread")]
async fn an_upsert_that_fits_several_writes_nothing_and_names_them() {
    let org = TestOrg::new().await;
    let ids = org.seed(json!({ "Contact": [
        { "LastName": "Berg", "Email": "anna@example.com" }, { "LastName": "Tal", "Email": "anna@example.com" },
    ] }));
    for view_all_data in [true, false] {
        org.org().settings.view_all_data = view_all_data;
        let settings = org.prepared(&contact_by_email()).await;
        let outcome = org.run(&settings, &json!({ "mail": "ANNA@example.com", "name": "Canary" })).await;
        assert_eq!((&outcome["status"], results(&outcome)), (&json!("ambiguous"), vec!["ambiguous"]));
        assert_eq!(outcome["records"][0]["candidates"], json!(ids));
    }
    let names: Vec<Value> = org.records("Contact").iter().map(|contact| contact["LastName"].clone()).collect();
    assert_eq!(names, ["Berg", "Tal"]);
}

/// Nobody is there, and that is all there is to say.
#[tokio::test(flavor = "multi_thread")]
async fn an_upsert_that_only_updates_and_finds_nobody_is_no_change_of_the_org() {
    let org = TestOrg::new().await;
    let only = json!({ "Ticket__c": { "onlyUpdateExisting": true } });
    let settings = with(ticket(), json!({ "objects": only }));
    let settings = org.prepared(&settings).await;
    let outcome = org.done(&settings, &json!({ "no": "T-1", "s": "Repair" })).await;
    assert_eq!((results(&outcome), crate::org::codes(&outcome)), (vec!["skipped"], vec!["no-match"]));
    assert!(org.records("Ticket__c").is_empty());
}

/// Before version 61 nothing documents `updateOnly`, and what an org does not know it ignores.
#[tokio::test(flavor = "multi_thread")]
async fn only_updating_creates_nothing_in_any_version() {
    for (version, approach) in [("46.0", "look-up"), ("60.0", "look-up"), ("61.0", "upsert-by-key")] {
        let org = TestOrg::new().await;
        let only = json!({ "Ticket__c": { "onlyUpdateExisting": true } });
        let settings = with(ticket(), json!({ "objects": only, "apiVersion": version }));
        let settings = org.prepared(&settings).await;
        let variables = json!({ "no": "T-1", "s": "Repair" });
        let planned = plan(&settings, &variables).await.expect("good input");
        assert_eq!(planned["records"][0]["approach"], approach, "{version}");
        let outcome = org.done(&settings, &variables).await;
        assert_eq!(results(&outcome), ["skipped"], "{version}");
        assert!(org.records("Ticket__c").is_empty(), "{version}");
    }
}

/// `info@example.zip` is a file to the server behind the URL, and an address to everybody else.
#[tokio::test(flavor = "multi_thread")]
async fn an_upsert_that_gives_way_to_a_lookup_is_no_change_of_the_org() {
    let org = TestOrg::new().await;
    let settings = org.prepared(&contact_by_email()).await;
    let outcome = org.done(&settings, &json!({ "mail": "info@example.zip", "name": "Berg" })).await;
    assert_eq!(
        (results(&outcome), &outcome["requests"], &outcome["findings"]),
        (vec!["created"], &json!(3), &json!([]))
    );
}
