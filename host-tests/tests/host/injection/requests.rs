//! What a visitor types, at the end of every way to an org that a request of the author's own has.

use host_tests::simulator::reading;
use serde_json::{Value, json};

use crate::org::{DOMAIN, TestOrg, with};

const DATA: &str = "/services/data/v62.0/";

fn settings(members: Value) -> Value {
    with(json!({ "mode": "api-request", "deploymentDomain": DOMAIN }), members)
}

/// The org gets one segment, one text of SOQL and one text of JSON, and nothing is found or changed
/// but what is meant.
#[tokio::test(flavor = "multi_thread")]
async fn an_org_gets_what_was_typed_and_only_where_it_was_meant() {
    let org = TestOrg::new().await;
    org.seed(json!({ "Contact": [{ "LastName": "Untouched", "Email": "untouched@example.com" }] }));
    let create = settings(json!({
        "method": "POST", "allowWrites": true, "path": format!("{DATA}sobjects/Contact"),
        "body": { "LastName": "Berg", "Description": "{typed}", "Title": "{typed}" }, "store": { "/id": "id" }
    }))
    .to_string();
    let find = settings(json!({
        "path": format!("{DATA}query"), "query": { "q": "SELECT Id, Title FROM Contact WHERE Title = '{typed}'" },
        "store": { "/totalSize": "count", "/records/0/Id": "id" }
    }))
    .to_string();
    let read = settings(json!({ "path": format!("{DATA}sobjects/Contact/Email/{{typed}}"), "store": { "/Id": "id" } }))
        .to_string();
    for text in [
        "canary' OR Title != '",
        "canary\\' OR Title != '",
        "canary/../../oauth2/token",
        "canary%2e%2e%2f",
        "canary@{a.id}",
        "canary\nX-Injected: yes",
        "canary?q=x#y&_HttpMethod=DELETE",
        "canary\",\"Id\":\"1",
        "canary Größe 😀 \u{202e}",
        "canary;a=b,c+d e",
    ] {
        let typed = json!({ "typed": text });
        let created = org.done(&create, &typed).await;
        let record = org.records("Contact").pop().expect("a contact");
        assert_eq!(
            (&record["Title"], &record["Description"], &record["Id"]),
            (&json!(text), &json!(text), &created["variables"]["id"])
        );
        let found = org.done(&find, &typed).await;
        assert_eq!(found["variables"], json!({ "count": 1, "id": record["Id"] }), "{text:?}");
        // Nobody has that address, and no other record is at the end of the path.
        let before = org.org().log().len();
        let gone = org.run(&read, &typed).await;
        assert_eq!((&gone["status"], &gone["variables"]), (&json!("failed"), &json!({})), "{text:?}");
        for exchange in &org.org().log()[before..] {
            assert_eq!(reading::path(&exchange.path).expect("a path"), ["sobjects", "Contact", "Email", text]);
            assert!(exchange.method == "GET" && exchange.status >= 400, "{exchange:?}");
        }
    }
    assert_eq!(org.records("Contact").len(), 11);
    assert_eq!(org.records("Contact")[0]["LastName"], "Untouched");
}
