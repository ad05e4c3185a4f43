//! How often `prepare` asks, and for what.

use serde_json::json;

use crate::org::{Sent, TestOrg, key, link, map, settings};

fn urls(sent: &Sent) -> Vec<&str> {
    sent.parts
        .iter()
        .map(|part| part["url"].as_str().expect("a URL").trim_start_matches("/services/data/v62.0"))
        .collect()
}

fn three_objects() -> serde_json::Value {
    settings(
        [
            key("email", "Contact.Email"),
            map("name", "Contact.LastName"),
            map("topic", "Case.Subject"),
            link("Contact", "Case.ContactId"),
            map("topic", "Ticket__c.Subject__c"),
            link("Contact", "Ticket__c.Contact__c"),
        ],
        json!({}),
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn the_mapped_objects_and_nothing_else_are_described_in_one_request() {
    let org = TestOrg::new().await;
    let prepared = org.prepare(&three_objects()).await;
    assert_eq!((prepared.status(), prepared.requests()), ("done", 2), "{:#}", prepared.answer);
    let requests = org.requests();
    let [request, rules] = requests.as_slice() else { panic!("two requests: {requests:#?}") };
    assert!(rules.parts.is_empty(), "the validation rules, which no composite request takes: {rules:#?}");
    let (queries, describes): (Vec<&str>, Vec<&str>) =
        urls(request).into_iter().partition(|url| url.starts_with("/query"));
    assert_eq!(
        describes,
        ["/sobjects/Contact/describe", "/sobjects/Case/describe", "/sobjects/Ticket__c/describe"],
        "only what is mapped"
    );
    assert_eq!(queries.len(), 2, "the user's permission and the assignment rules: {queries:?}");
    assert!(org.writes().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn objects_without_assignment_rules_are_not_asked_for_them() {
    let org = TestOrg::new().await;
    org.prepared(&settings([map("name", "Contact.LastName")], json!({}))).await;
    assert_eq!(urls(&org.requests()[0]).len(), 2, "the permission and the describe");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_parent_by_external_id_takes_a_second_request_for_its_describe_alone() {
    let org = TestOrg::new().await;
    let mut mappings = three_objects();
    let parent = map("customer_number", "Contact.Account.Customer_No__c");
    mappings["mappings"].as_array_mut().expect("a list").push(parent);
    let prepared = org.prepare(&mappings).await;
    assert_eq!((prepared.status(), prepared.requests()), ("done", 3), "{:#}", prepared.answer);
    assert_eq!(urls(&org.requests()[1]), ["/sobjects/Account/describe"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_parent_that_is_mapped_itself_takes_no_request_of_its_own() {
    let org = TestOrg::new().await;
    let settings = settings(
        [
            map("company", "Account.Name"),
            map("customer_number", "Contact.Account.Customer_No__c"),
            map("name", "Contact.LastName"),
        ],
        json!({}),
    );
    assert_eq!(org.prepare(&settings).await.requests(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_object_takes_a_second_request_for_the_names_alone() {
    let org = TestOrg::new().await;
    let prepared = org.prepare(&settings([map("name", "Contcat.LastName")], json!({}))).await;
    assert_eq!(prepared.requests(), 2);
    assert_eq!(urls(&org.requests()[1]), ["/sobjects"]);
}

/// One describe can have hundreds of kilobytes, and an answer has a bound.
#[tokio::test(flavor = "multi_thread")]
async fn many_objects_are_described_eight_at_a_time() {
    let org = TestOrg::new().await;
    let settings = settings(
        [
            map("a", "Account.Name"),
            map("a", "Contact.LastName"),
            map("a", "Lead.LastName"),
            map("a", "Lead.Company"),
            map("a", "Case.Subject"),
            map("a", "Ticket__c.Subject__c"),
            map("a", "acme__Order__c.Name"),
            map("a", "Missing_A__c.Name"),
            map("a", "Missing_B__c.Name"),
            map("a", "Missing_C__c.Name"),
        ],
        json!({}),
    );
    let prepared = org.prepare(&settings).await;
    let describes = |sent: &Sent| urls(sent).into_iter().filter(|url| url.ends_with("/describe")).count();
    let counts: Vec<usize> = org.requests().iter().map(describes).collect();
    assert_eq!(counts, [8, 1, 0]);
    assert_eq!(prepared.requests(), 3);
}

/// A person's own data is none of `prepare`'s business.
#[tokio::test(flavor = "multi_thread")]
async fn no_record_is_read() {
    let org = TestOrg::new().await;
    org.seed(json!({ "Contact": [{ "LastName": "Canary", "Email": "canary@example.com" }] }));
    let prepared = org.prepare(&three_objects()).await;
    crate::org::kept_secret((&prepared.answer, &prepared.settings));
    for sent in org.requests() {
        for url in urls(&sent).into_iter().filter(|url| url.starts_with("/query")) {
            assert!(url.contains("UserPermissionAccess") || url.contains("AssignmentRule"), "{url}");
        }
    }
}
