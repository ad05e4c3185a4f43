//! What is found: one request, the variables, and nothing written.

use serde_json::{Value, json};

use crate::org::{TestOrg, constant, error, key, results, with};
use crate::reading::people::{anna, by_email, org, reads, target};

#[tokio::test(flavor = "multi_thread")]
async fn one_match_is_handed_over_by_one_request_that_reads() {
    let org = org().await;
    let id = org.records("Contact")[0]["Id"].clone();
    let outcome = org.done(&by_email(json!({})).to_string(), &anna()).await;
    assert_eq!(results(&outcome), ["found"]);
    assert_eq!(outcome["records"][0]["id"], id);
    assert_eq!(outcome["variables"], json!({ "last": "Berg", "contact_id": id }));
    assert_eq!((&outcome["requests"], org.requests().len()), (&json!(1), 1));
    assert!(outcome["apiUsage"]["used"].is_u64() && outcome["findings"] == json!([]), "{outcome:#}");
    assert!(org.writes().is_empty());
}

/// What is looked for travels in a body, and what is asked for is no more than what is read.
#[tokio::test(flavor = "multi_thread")]
async fn the_query_asks_for_keys_and_targets() {
    let org = org().await;
    let rows = [key("mail", "Contact.Email"), target("Contact.Account.Name", "company")];
    let outcome = org.done(&reads(rows, json!({})).to_string(), &anna()).await;
    assert_eq!(outcome["variables"], json!({ "company": "Berg GmbH" }));
    let url = org.requests()[0].parts[0]["url"].as_str().expect("a URL").to_owned();
    let query = percent_encoding::percent_decode_str(&url).decode_utf8().expect("UTF-8").into_owned();
    assert!(
        query.ends_with(
            "?q=SELECT Id, Email, Account.Name FROM Contact WHERE Email = 'anna@example.com' ORDER BY Id LIMIT 10"
        ),
        "{query}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_parent_that_is_not_there_gives_null() {
    let org = org().await;
    let rows = [key("mail", "Contact.Email"), target("Contact.Account.Name", "company")];
    let outcome = org.done(&reads(rows, json!({})).to_string(), &json!({ "mail": "other@example.com" })).await;
    assert_eq!((results(&outcome), &outcome["variables"]), (vec!["found"], &json!({ "company": null })));
}

#[tokio::test(flavor = "multi_thread")]
async fn store_is_the_other_spelling_of_targets() {
    let org = org().await;
    let store = json!({ "Contact": { "store": { "LastName": "surname", "Id": "id" } } });
    let settings = reads([key("mail", "Contact.Email")], store);
    let outcome = org.done(&settings.to_string(), &anna()).await;
    let id = &org.records("Contact")[0]["Id"];
    assert_eq!(outcome["variables"], json!({ "surname": "Berg", "id": id }));
}

#[tokio::test(flavor = "multi_thread")]
async fn five_records_take_one_request_and_each_its_own_query() {
    let org = org().await;
    let names = ["One", "Two", "Three", "Four", "Five"];
    let rows: Vec<Value> = names
        .iter()
        .flat_map(|name| {
            [key("mail", &format!("{name}.Email")), target(&format!("{name}.LastName"), &format!("last_{name}"))]
        })
        .collect();
    let objects: serde_json::Map<String, Value> =
        names.iter().map(|name| ((*name).to_owned(), json!({ "sobject": "Contact" }))).collect();
    let settings = with(reads([], objects.into()), json!({ "mappings": rows }));
    let outcome = org.done(&settings.to_string(), &anna()).await;
    // Two records of a read may well be one.
    assert_eq!(results(&outcome), ["found"; 5]);
    assert_eq!((outcome["variables"].as_object().map(|v| v.len()), &outcome["requests"]), (Some(5), &json!(1)));
    assert_eq!(org.requests()[0].parts.len(), 5);
}

/// All keys must match, and those of `any` are tried in their order.
#[tokio::test(flavor = "multi_thread")]
async fn keys_work_together_as_in_a_write() {
    let org = TestOrg::new().await;
    org.seed(json!({ "Contact": [
        { "LastName": "Phone", "Phone": "1" },
        { "LastName": "Both", "Phone": "1", "Email": "anna@example.com" },
        { "LastName": "Mail", "Email": "mail@example.com" },
    ] }));
    let settings = |keys: &str| {
        let rows = [key("mail", "Contact.Email"), key("phone", "Contact.Phone"), target("Contact.LastName", "last")];
        reads(rows, json!({ "Contact": { "matchKeys": keys } })).to_string()
    };
    let both = json!({ "mail": "anna@example.com", "phone": "1" });
    assert_eq!(org.done(&settings("all"), &both).await["variables"]["last"], "Both");
    let disagree = json!({ "mail": "mail@example.com", "phone": "1" });
    assert_eq!(results(&org.done(&settings("all"), &disagree).await), ["skipped"]);
    assert_eq!(org.done(&settings("any"), &disagree).await["variables"]["last"], "Mail");
    let by_phone = org.run(&settings("any"), &json!({ "mail": "nobody@example.com", "phone": "1" })).await;
    assert_eq!((by_phone["status"].as_str(), results(&by_phone)), (Some("ambiguous"), vec!["ambiguous"]));
}

/// A constant narrows the search down; with the visitor's own key blank it finds nobody.
#[tokio::test(flavor = "multi_thread")]
async fn a_constant_alone_is_no_key() {
    let org = org().await;
    let company = with(constant("Berg GmbH", "Contact.Account.Name"), json!({ "useToFindExisting": true }));
    let settings = reads([key("mail", "Contact.Email"), company, target("Contact.LastName", "last")], json!({}));
    assert_eq!(org.done(&settings.to_string(), &anna()).await["variables"]["last"], "Berg");
    let other = org.done(&settings.to_string(), &json!({ "mail": "other@example.com" })).await;
    assert_eq!((results(&other), &other["variables"]["last"]), (vec!["skipped"], &Value::Null));
    let nobody = org.done(&settings.to_string(), &json!({})).await;
    assert_eq!((&nobody["requests"], &nobody["variables"]["last"]), (&json!(0), &Value::Null));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_id_reads_its_record_and_anothers_id_reads_nothing() {
    let org = org().await;
    let id = org.records("Contact")[0]["Id"].as_str().expect("an id").to_owned();
    let settings = reads([key("id", "Contact.Id"), target("Contact.LastName", "last")], json!({})).to_string();
    for id in [&id[..15], &id] {
        let outcome = org.done(&settings, &json!({ "id": id })).await;
        assert_eq!((results(&outcome), &outcome["variables"]["last"]), (vec!["found"], &json!("Berg")));
    }
    let outcome = org.done(&settings, &json!({ "id": "003000000000001AAA" })).await;
    assert_eq!((results(&outcome), &outcome["variables"]["last"]), (vec!["skipped"], &Value::Null));
    let outcome = org.run(&settings, &json!({ "id": "canary" })).await;
    assert_eq!((error(&outcome, 0), &outcome["requests"]), ("MALFORMED_ID", &json!(0)));
}
