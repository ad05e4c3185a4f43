//! Nobody's record is found, moved or left without a word because a value was blank, constant, cut or refused.

use serde_json::{Value, json};

use crate::org::{TestOrg, check, codes, constant, error, findings, key, map, results, settings, with};

const NOBODY: &str = "001000000000001AAA";

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_lookup_value_is_no_missing_record() {
    let org = TestOrg::new().await;
    let id = org.seed(json!({ "Contact": [{ "LastName": "Berg" }] })).remove(0);
    let settings = settings(
        [key("id", "Contact.Id"), map("account", "Contact.AccountId")],
        json!({ "Contact": { "onlyUpdateExisting": true } }),
    );
    let outcome = org.run(&settings.to_string(), &json!({ "id": id, "account": NOBODY })).await;
    assert_eq!((outcome["status"].as_str(), results(&outcome)), (Some("failed"), vec!["failed"]));
    assert_eq!(error(&outcome, 0), "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_contact_is_not_moved_to_another_account_where_its_own_has_no_number() {
    let org = TestOrg::new().await;
    let accounts = org.seed(json!({ "Account": [{ "Name": "Own" }, { "Name": "Other", "Customer_No__c": "K-2" }] }));
    org.seed(json!({ "Contact": [{ "LastName": "Berg", "Email": "anna@example.com", "AccountId": accounts[0] }] }));
    let mut parent = map("customer_no", "Contact.Account.Customer_No__c");
    parent["overwrite"] = "if-empty".into();
    let settings = settings([key("email", "Contact.Email"), parent], json!({}));
    let outcome = org.done(&settings.to_string(), &json!({ "email": "anna@example.com", "customer_no": "K-2" })).await;
    assert_eq!(results(&outcome), ["unchanged"]);
    assert_eq!(org.record("Contact")["AccountId"], accounts[0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_by_external_id_is_cleared_even_where_the_parent_has_none() {
    let org = TestOrg::new().await;
    let account = org.seed(json!({ "Account": [{ "Name": "Own" }] })).remove(0);
    org.seed(json!({ "Contact": [{ "LastName": "Berg", "Email": "anna@example.com", "AccountId": account }] }));
    let mut parent = map("customer_no", "Contact.Account.Customer_No__c");
    parent["whenBlank"] = "clear".into();
    let settings = settings([key("email", "Contact.Email"), map("name", "Contact.LastName"), parent], json!({}));
    let variables = json!({ "email": "anna@example.com", "name": "Berg", "customer_no": "" });
    for settings in [settings.to_string(), org.prepared(&settings).await] {
        org.done(&settings, &variables).await;
        assert_eq!(org.record("Contact")["AccountId"], Value::Null);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_parents_external_id_is_never_cut() {
    let org = TestOrg::new().await;
    let no = "K".repeat(40);
    org.seed(json!({ "Account": [{ "Name": "Stranger", "Customer_No__c": no }] }));
    let mut parent = map("customer_no", "Contact.Account.Customer_No__c");
    parent["whenTooLong"] = "cut".into();
    let settings = org.prepared(&settings([map("name", "Contact.LastName"), parent], json!({}))).await;
    let outcome = org.run(&settings, &json!({ "name": "Berg", "customer_no": format!("{no}1") })).await;
    assert_eq!((error(&outcome, 0), outcome["requests"].as_u64()), ("VALUE_TOO_LONG", Some(0)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_blank_checkbox_is_no_key() {
    let org = TestOrg::new().await;
    org.seed(json!({ "Contact": [{ "LastName": "Stranger", "Newsletter__c": false }] }));
    let mut flag = key("newsletter", "Contact.Newsletter__c");
    flag["whenBlank"] = "clear".into();
    let settings = org.prepared(&settings([flag, map("name", "Contact.LastName")], json!({}))).await;
    let outcome = org.done(&settings, &json!({ "newsletter": "", "name": "Berg" })).await;
    assert_eq!((results(&outcome), codes(&outcome)), (vec!["skipped"], vec!["key-without-value"]));
    assert_eq!(org.record("Contact")["LastName"], "Stranger");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_constant_among_keys_that_are_tried_in_order_is_a_mistake() {
    let mut web = constant("Web", "Contact.LeadSource");
    web["useToFindExisting"] = true.into();
    let both = settings([key("email", "Contact.Email"), web], json!({}));
    let any = with(both.clone(), json!({ "objects": { "Contact": { "matchKeys": "any" } } }));
    let wrong = |answer: Value| findings(&answer, |finding| finding["code"] == "constant-key").len();
    assert_eq!(wrong(check(&any.to_string()).await), 1);
    assert_eq!(wrong(check(&both.to_string()).await), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upsert_puts_no_null_in_the_place_of_a_default() {
    let org = TestOrg::new().await;
    let mut source = map("source", "Contact.LeadSource");
    source["whenBlank"] = "clear".into();
    let settings = settings([key("no", "Contact.Customer_No__c"), map("name", "Contact.LastName"), source], json!({}));
    let settings = org.prepared(&settings).await;
    org.done(&settings, &json!({ "no": "K-1", "name": "Berg", "source": "" })).await;
    assert!(!org.writes()[0].to_string().contains("LeadSource"), "{}", org.writes()[0]);
    let outcome = org.done(&settings, &json!({ "no": "K-2", "name": "Berg", "source": "Web" })).await;
    assert_eq!((results(&outcome), outcome["requests"].as_u64()), (vec!["created"], Some(1)));
}

#[tokio::test(flavor = "multi_thread")]
async fn endless_numbers_are_refused_before_they_fill_the_memory() {
    let org = TestOrg::new().await;
    let fields: Vec<Value> = (0..60).map(|field| map("number", &format!("Contact.Field_{field}__c"))).collect();
    let mut many = settings([], json!({}));
    many["mappings"] = fields.into();
    let number: Value = serde_json::from_str(&"1".repeat(900_000)).expect("a number");
    let outcome = org.run(&many.to_string(), &json!({ "number": number })).await;
    assert_eq!((error(&outcome, 0), outcome["requests"].as_u64()), ("TOO_MUCH_TEXT", Some(0)));
}
