//! What plan, preview and log show of a read.

use host_tests::json as answers;
use serde_json::{Value, json};

use crate::org::{egress_to, host, key, plan, session};
use crate::reading::people::{add_annas, anna, by_email, listed, org, reads, target};

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_shows_the_query_and_that_it_is_all() {
    let shown = plan(&listed(3).to_string(), &anna()).await.expect("a plan");
    assert_eq!(shown["requests"], json!({ "atLeast": 1, "atMost": 1 }));
    assert_eq!(
        shown["lookups"],
        json!([{
            "sobject": "Contact", "records": ["Contact"],
            "soql": "SELECT Id, Email, LastName FROM Contact WHERE Email = 'anna@example.com' \
                     ORDER BY LastModifiedDate DESC NULLS LAST, Id LIMIT 4"
        }])
    );
    let record = &shown["records"][0];
    assert_eq!((&record["approach"], &record["whenSeveralMatch"]), (&json!("look-up"), &json!("list")));
    assert_eq!((&record["whenNoneMatches"], &record["readBack"]), (&json!("clear"), &json!(["LastName", "Id"])));
    let blank = plan(&by_email(json!({})).to_string(), &json!({})).await.expect("a plan");
    assert_eq!((&blank["requests"], &blank["lookups"]), (&json!({ "atLeast": 0, "atMost": 0 }), &json!([])));
}

#[tokio::test]
async fn the_hash_is_of_all_that_a_read_does() {
    let of =
        |settings: Value| async move { plan(&settings.to_string(), &anna()).await.expect("a plan")["hash"].clone() };
    let rows = |variable: &str| [key("mail", "Contact.Email"), target("Contact.LastName", variable)];
    let mut hashes = vec![
        of(reads(rows("a"), json!({}))).await,
        of(reads(rows("b"), json!({}))).await,
        of(reads(rows("a"), json!({ "Contact": { "whenNoneMatch": "skip" } }))).await,
        of(reads(rows("a"), json!({ "Contact": { "whenSeveralMatch": "list", "list": { "variable": "l" } } }))).await,
        of(reads(rows("a"), json!({ "Contact": { "whenSeveralMatch": "list", "list": { "variable": "m" } } }))).await,
    ];
    assert_eq!(hashes[0], of(reads(rows("a"), json!({}))).await);
    hashes.sort_by_key(Value::to_string);
    hashes.dedup();
    assert_eq!(hashes.len(), 5);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_preview_makes_the_lookup_and_shows_no_write() {
    let org = org().await;
    let preview = async |settings: Value, variables: Value| {
        let (session, settings) = (session(&org.token()), settings.to_string());
        let shown = host().preview(egress_to(&org.url()), &session, &settings, &variables.to_string()).await;
        answers::preview(&shown.expect("no trap").expect("good input"))
    };
    let shown = preview(by_email(json!({})), anna()).await;
    let record = &shown["records"][0];
    assert_eq!((&shown["status"], &record["decision"]), (&json!("done"), &json!("found")));
    assert_eq!((&record["id"], &shown["writes"]), (&org.records("Contact")[0]["Id"], &json!([])));
    assert_eq!((&shown["requests"], shown["hash"].as_str().map(str::len)), (&json!(1), Some(64)));
    let shown = preview(by_email(json!({})), json!({ "mail": "nobody@example.com" })).await;
    assert_eq!((&shown["records"][0]["decision"], &shown["findings"][0]["code"]), (&json!("skip"), &json!("no-match")));
    add_annas(&org, 1);
    let shown = preview(by_email(json!({})), anna()).await;
    assert_eq!((&shown["status"], &shown["records"][0]["decision"]), (&json!("ambiguous"), &json!("ambiguous")));
    assert_eq!(shown["records"][0]["candidates"].as_array().map(Vec::len), Some(2));
    let shown = preview(listed(5), anna()).await;
    assert_eq!((&shown["records"][0]["decision"], &shown["records"][0]["id"]), (&json!("found"), &Value::Null));
}

/// Not a value: neither what was typed nor what the org holds.
#[tokio::test(flavor = "multi_thread")]
async fn a_log_line_names_variables_and_holds_no_value() {
    let org = crate::org::TestOrg::new().await;
    org.seed(json!({ "Contact": [{ "LastName": "Canary", "Email": "anna@example.com" }] }));
    let (session, settings) = (session(&org.token()), listed(5).to_string());
    let ran = host().run(egress_to(&org.url()), &session, &settings, &anna().to_string()).await;
    let outcome = ran.expect("no trap").expect("good input");
    assert!(outcome.variables.contains("Canary"));
    let log: Value = serde_json::from_str(&outcome.log).expect("JSON");
    assert_eq!(
        (&log["records"][0]["result"], &log["variables"]),
        (&json!("found"), &json!(["contact_id", "contacts", "last"]))
    );
    assert!(!outcome.log.contains("Canary") && !outcome.log.contains("anna@"), "{}", outcome.log);
    let planned = host().plan(&settings, &anna().to_string()).await.expect("no trap").expect("good input");
    assert!(planned.log.contains("LastName") && !planned.log.contains("anna@"), "{}", planned.log);
}
