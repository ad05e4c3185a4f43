//! `duplicateRule: adopt`: the one existing record that a duplicate rule names is used instead of a new one.

use host_tests::simulator::Org;
use serde_json::{Value, json};

use crate::org::{TestOrg, codes, constant, error, key, link, map, results, settings, with};

/// Salesforce alerts about an e-mail address that another contact has.
fn alerting(org: &mut Org) {
    assert!(org.add_duplicate_rule("Contact", "Email", true));
}

fn adopting() -> Value {
    json!({ "Contact": { "duplicateRule": "adopt", "store": { "Id": "contact" } } })
}

/// A contact that no key finds.
fn contact() -> Value {
    settings([map("mail", "Contact.Email"), map("name", "Contact.LastName")], adopting())
}

fn visitor() -> Value {
    json!({ "mail": "Anna@Example.com", "name": "Canary-Berg" })
}

fn anna() -> Value {
    json!({ "Contact": [{ "LastName": "Berg", "Email": "anna@example.com" }] })
}

/// What a host or an author may read of such a run: nothing was created.
fn is_untouched(org: &TestOrg, contacts: usize) {
    let records = org.records("Contact");
    assert_eq!(records.len(), contacts);
    assert!(records.iter().all(|contact| contact["LastName"] != "Canary-Berg"), "{records:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn exactly_one_existing_record_is_updated_instead() {
    // A rule that blocks names its records as well as one that alerts.
    for allow_save in [true, false] {
        for prepare in [true, false] {
            let org = TestOrg::with(|org| assert!(org.add_duplicate_rule("Contact", "Email", allow_save))).await;
            let id = org.seed(anna()).pop().expect("an id");
            let settings = if prepare { org.prepared(&contact()).await } else { contact().to_string() };
            let outcome = org.done(&settings, &visitor()).await;
            assert_eq!(results(&outcome), ["updated"]);
            assert_eq!((&outcome["records"][0]["id"], &outcome["variables"]["contact"]), (&json!(id), &json!(id)));
            assert_eq!((codes(&outcome), &outcome["requests"]), (vec!["duplicate-adopted"], &json!(3)));
            let finding = &outcome["findings"][0];
            assert_eq!(
                (&finding["severity"], &finding["path"]),
                (&json!("info"), &json!("/objects/Contact/duplicateRule"))
            );
            assert_eq!(org.record("Contact")["LastName"], "Canary-Berg");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_sent_to_an_adopted_record_that_holds_it_all() {
    let org = TestOrg::with(alerting).await;
    org.seed(anna());
    let before = org.record("Contact");
    let outcome = org.done(&contact().to_string(), &json!({ "mail": "anna@example.com", "name": "Berg" })).await;
    assert_eq!((results(&outcome), &outcome["requests"]), (vec!["unchanged"], &json!(2)));
    assert_eq!(org.record("Contact"), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_nobodys_duplicate_is_created_in_one_request() {
    let org = TestOrg::with(alerting).await;
    org.seed(anna());
    let outcome = org.done(&contact().to_string(), &json!({ "mail": "b@example.com", "name": "Tal" })).await;
    assert_eq!((results(&outcome), codes(&outcome), &outcome["requests"]), (vec!["created"], vec![], &json!(1)));
    assert_eq!(org.records("Contact").len(), 2);
}

/// It was found, as by a key, so it is treated as one.
#[tokio::test(flavor = "multi_thread")]
async fn the_adopted_record_is_written_under_the_overwrite_rules() {
    let org = TestOrg::with(alerting).await;
    org.seed(json!({ "Contact": [{
        "LastName": "Berg", "Email": "anna@example.com", "FirstName": "Anna", "Department": "Sales", "Phone": "110",
    }] }));
    let rule = |target: &str, overwrite: &str| with(map("x", target), json!({ "overwrite": overwrite }));
    let settings = settings(
        [
            map("mail", "Contact.Email"),
            rule("Contact.LastName", "on-create"),
            rule("Contact.FirstName", "if-empty"),
            rule("Contact.Title", "if-empty"),
            rule("Contact.Department", "on-create"),
            rule("Contact.Fax", "on-create"),
            rule("Contact.Phone", "always"),
        ],
        adopting(),
    );
    let settings = org.prepared(&settings).await;
    assert_eq!(results(&org.done(&settings, &json!({ "mail": "anna@example.com", "x": "new" })).await), ["updated"]);
    let contact = org.record("Contact");
    let fields = ["LastName", "FirstName", "Title", "Department", "Fax", "Phone"].map(|field| contact[field].clone());
    assert_eq!(fields, ["Berg".into(), "Anna".into(), "new".into(), "Sales".into(), Value::Null, "new".into()]);
}

/// A Lead cannot be a Contact: there is nothing to adopt, and no second person is made.
#[tokio::test(flavor = "multi_thread")]
async fn a_rule_that_names_other_objects_only_fails() {
    let org = TestOrg::with(|org| {
        assert!(org.add_cross_duplicate_rule("Contact", "Email", &[("Lead", "Email")], true));
    })
    .await;
    org.seed(json!({ "Lead": [{ "LastName": "Berg", "Company": "Berg & Co", "Email": "anna@example.com" }] }));
    let before = org.records("Lead");
    let outcome = org.run(&contact().to_string(), &visitor()).await;
    assert_eq!((&outcome["status"], error(&outcome, 0)), (&json!("failed"), "DUPLICATES_DETECTED"));
    assert_eq!((&outcome["requests"], codes(&outcome)), (&json!(1), vec![]));
    assert_eq!(org.records("Lead"), before);
    is_untouched(&org, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rule_across_objects_counts_those_of_the_records_own() {
    let org = TestOrg::with(|org| {
        let places = [("Lead", "Email"), ("Contact", "Email")];
        assert!(org.add_cross_duplicate_rule("Contact", "Email", &places, true));
    })
    .await;
    org.seed(json!({ "Lead": [{ "LastName": "Berg", "Company": "Berg & Co", "Email": "anna@example.com" }] }));
    org.seed(anna());
    let before = org.records("Lead");
    assert_eq!(results(&org.done(&contact().to_string(), &visitor()).await), ["updated"]);
    assert_eq!((org.records("Lead"), org.records("Contact").len()), (before, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn several_existing_records_are_candidates_and_nothing_is_written() {
    let org = TestOrg::with(alerting).await;
    let ids = org.seed(json!({ "Contact": [
        { "LastName": "Berg", "Email": "anna@example.com" }, { "LastName": "Tal", "Email": "anna@example.com" },
    ] }));
    // Not even the newest of them: that is for keys.
    let mut settings = contact();
    settings["objects"]["Contact"]["whenSeveralMatch"] = "most-recently-modified".into();
    for settings in [contact(), settings] {
        let outcome = org.run(&settings.to_string(), &visitor()).await;
        assert_eq!((&outcome["status"], results(&outcome)), (&json!("ambiguous"), vec!["ambiguous"]));
        assert_eq!((&outcome["records"][0]["candidates"], &outcome["requests"]), (&json!(ids), &json!(1)));
        is_untouched(&org, 2);
    }
}

/// The first attempt is undone as a whole, so the Case is not there twice.
#[tokio::test(flavor = "multi_thread")]
async fn a_sibling_links_to_the_adopted_record_and_is_written_once() {
    let org = TestOrg::with(alerting).await;
    let id = org.seed(anna()).pop().expect("an id");
    let settings = with(
        settings(
            [
                map("mail", "Contact.Email"),
                map("name", "Contact.LastName"),
                constant("Repair", "Case.Subject"),
                link("Contact", "Case.ContactId"),
            ],
            with(adopting(), json!({ "Case": { "store": { "CaseNumber": "number" } } })),
        ),
        json!({}),
    );
    let outcome = org.done(&org.prepared(&settings).await, &visitor()).await;
    assert_eq!((results(&outcome), &outcome["requests"]), (vec!["updated", "created"], &json!(3)));
    assert_eq!(org.record("Case")["ContactId"], id.as_str());
    assert_eq!(org.record("Case")["CaseNumber"], outcome["variables"]["number"]);
    assert_eq!(org.records("Contact").len(), 1);
    // And to one that holds all values already.
    let outcome = org.done(&org.prepared(&settings).await, &visitor()).await;
    assert_eq!(results(&outcome), ["unchanged", "created"]);
    assert!(org.records("Case").iter().all(|case| case["ContactId"] == id.as_str()));
}

/// The key finds nobody, but the rule somebody: one contact, who has the key from now on.
#[tokio::test(flavor = "multi_thread")]
async fn a_record_that_no_key_finds_is_adopted() {
    for view_all_data in [true, false] {
        let org = TestOrg::with(alerting).await;
        org.org().settings.view_all_data = view_all_data;
        org.seed(anna());
        let by = |field: &str| {
            let mappings = [key("no", field), map("mail", "Contact.Email"), map("name", "Contact.LastName")];
            settings(mappings, adopting())
        };
        for field in ["Contact.Customer_No__c", "Contact.Loyalty_No__c"] {
            let settings = org.prepared(&by(field)).await;
            let variables = with(visitor(), json!({ "no": "1" }));
            assert_eq!(results(&org.done(&settings, &variables).await), ["updated"]);
            let contact = org.record("Contact");
            assert_eq!(contact[field.trim_start_matches("Contact.")], "1");
            // Now the key finds it, and the rule is not needed any more.
            let outcome = org.done(&settings, &variables).await;
            assert_eq!(codes(&outcome), Vec::<&str>::new());
            assert_eq!(org.records("Contact").len(), 1);
        }
    }
}

/// A number that somebody has already is not taken from them where the author protects it.
#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_is_protected_stays_the_adopted_records_own() {
    let org = TestOrg::with(alerting).await;
    org.seed(json!({ "Contact": [{ "LastName": "Berg", "Email": "anna@example.com", "Customer_No__c": "K-1" }] }));
    let number = with(key("no", "Contact.Customer_No__c"), json!({ "overwrite": "if-empty" }));
    let settings = settings([number, map("mail", "Contact.Email"), map("name", "Contact.LastName")], adopting());
    let outcome = org.done(&org.prepared(&settings).await, &with(visitor(), json!({ "no": "K-2" }))).await;
    assert_eq!(results(&outcome), ["updated"]);
    assert_eq!(org.record("Contact")["Customer_No__c"], "K-1");
}

/// An update that a rule refuses has its record already: another one is nobody's substitute.
#[tokio::test(flavor = "multi_thread")]
async fn an_update_adopts_nobody() {
    let org = TestOrg::with(alerting).await;
    org.seed(json!({ "Contact": [
        { "LastName": "Berg", "Email": "anna@example.com" },
        { "LastName": "Tal", "Customer_No__c": "K-1" },
    ] }));
    let settings = settings(
        [key("no", "Contact.Customer_No__c"), map("mail", "Contact.Email"), map("name", "Contact.LastName")],
        adopting(),
    );
    for settings in [org.prepared(&settings).await, settings.to_string()] {
        let outcome = org.run(&settings, &with(visitor(), json!({ "no": "K-1" }))).await;
        assert_eq!((&outcome["status"], error(&outcome, 0)), (&json!("failed"), "DUPLICATES_DETECTED"));
        is_untouched(&org, 2);
    }
}

/// Both would be the same person; writing both would mix them.
#[tokio::test(flavor = "multi_thread")]
async fn a_record_that_a_sibling_is_already_is_not_adopted() {
    let org = TestOrg::with(alerting).await;
    org.seed(json!({ "Contact": [{ "LastName": "Berg", "Email": "anna@example.com", "Customer_No__c": "K-1" }] }));
    let settings = settings(
        [
            key("no", "Caller.Customer_No__c"),
            map("title", "Caller.LastName"),
            map("mail", "Other.Email"),
            map("name", "Other.LastName"),
        ],
        json!({ "Caller": { "sobject": "Contact" }, "Other": { "sobject": "Contact", "duplicateRule": "adopt" } }),
    );
    let variables = with(visitor(), json!({ "no": "K-1", "title": "Dr." }));
    for settings in [org.prepared(&settings).await, settings.to_string()] {
        let outcome = org.run(&settings, &variables).await;
        assert_eq!(outcome["status"], "failed");
        assert_eq!(error(&outcome, 1), "SAME_RECORD_TWICE", "{outcome:#}");
        is_untouched(&org, 1);
        assert_eq!(org.record("Contact")["LastName"], "Berg");
    }
}

/// Both are new, and each is the other's duplicate: Salesforce names a record that was undone with the rest.
#[tokio::test(flavor = "multi_thread")]
async fn a_record_of_the_same_run_is_not_adopted() {
    let org = TestOrg::with(alerting).await;
    let settings = settings(
        [
            map("mail", "First.Email"),
            map("name", "First.LastName"),
            map("mail", "Second.Email"),
            map("name", "Second.LastName"),
        ],
        json!({
            "First": { "sobject": "Contact", "duplicateRule": "adopt" },
            "Second": { "sobject": "Contact", "duplicateRule": "adopt" },
        }),
    );
    let outcome = org.run(&settings.to_string(), &visitor()).await;
    assert_eq!(outcome["status"], "failed", "{outcome:#}");
    is_untouched(&org, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_adopt_a_duplicate_is_refused_or_allowed_as_the_author_says() {
    for (rule, allow_save, status, contacts) in
        [("block", true, "failed", 1), ("allow", true, "done", 2), ("allow", false, "failed", 1)]
    {
        let org = TestOrg::with(|org| assert!(org.add_duplicate_rule("Contact", "Email", allow_save))).await;
        org.seed(anna());
        let settings = with(contact(), json!({ "objects": { "Contact": { "duplicateRule": rule } } }));
        let outcome = org.run(&settings.to_string(), &visitor()).await;
        assert_eq!((&outcome["status"], org.records("Contact").len()), (&json!(status), contacts), "{rule}");
        assert_eq!(outcome["requests"], 1);
    }
}

/// The adopted Case belongs to whoever works on it: no rule moves it, and its type stays.
#[tokio::test(flavor = "multi_thread")]
async fn an_adopted_record_keeps_its_owner_and_its_type() {
    let org = TestOrg::with(|org| assert!(org.add_duplicate_rule("Case", "Subject", true))).await;
    org.seed(json!({ "Case": [{ "Subject": "Repair" }] }));
    let before = org.record("Case");
    let settings = settings(
        [map("topic", "Case.Subject"), map("text", "Case.Description")],
        json!({ "Case": { "duplicateRule": "adopt", "recordType": "Complaint" } }),
    );
    let outcome = org.done(&org.prepared(&settings).await, &json!({ "topic": "Repair", "text": "It leaks." })).await;
    assert_eq!(results(&outcome), ["updated"]);
    let case = org.record("Case");
    assert_eq!(case["Description"], "It leaks.");
    assert_eq!((&case["OwnerId"], &case["RecordTypeId"]), (&before["OwnerId"], &before["RecordTypeId"]));
}
