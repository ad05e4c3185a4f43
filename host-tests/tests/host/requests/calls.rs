//! Requests to a simulated org, as they leave the component.

use serde_json::{Value, json};

use crate::org::{TestOrg, check, codes, egress_to, host, kept_secret, session};
use crate::requests::{request, write};

const CONTACTS: &str = "/services/data/v62.0/sobjects/Contact";

/// Method, target, the headers that say what the body is, and the body.
fn sent(org: &TestOrg) -> Vec<(String, String, Vec<String>, Value)> {
    let org = org.org();
    let exchanges = org.log().iter().map(|exchange| {
        let headers = exchange.request_headers.iter().filter(|(name, _)| {
            ["content-type", "content-length", "transfer-encoding"].contains(&name.to_ascii_lowercase().as_str())
        });
        let headers = headers.map(|(name, value)| format!("{}: {value}", name.to_ascii_lowercase())).collect();
        let body = serde_json::from_slice(&exchange.request_body).unwrap_or_default();
        (exchange.method.clone(), exchange.path.clone(), headers, body)
    });
    exchanges.collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_query_is_answered_and_picked_apart() {
    let org = TestOrg::new().await;
    let ids = org
        .seed(json!({ "Contact": [{ "LastName": "O'Neil", "Email": "anna@example.com" }, { "LastName": "Other" }] }));
    let settings = request(json!({
        "path": "/services/data/v62.0/query",
        "query": { "q": "SELECT Id, LastName FROM Contact WHERE LastName = '{name}'" },
        "store": { "/records/0/Id": "id", "/totalSize": "count", "/records/1/Id": "second" },
    }));
    assert_eq!(codes(&check(&settings.to_string()).await), [] as [&str; 0]);
    let outcome = org.done(&settings.to_string(), &json!({ "name": "o'neil" })).await;
    assert_eq!(outcome["variables"], json!({ "id": ids[0], "count": 1, "second": null }));
    assert_eq!((&outcome["records"], &outcome["requests"]), (&json!([]), &json!(1)));
    assert_eq!(outcome["response"], json!({ "httpStatus": 200, "error": null }));
    assert_eq!(codes(&outcome), ["pointer-without-value"]);
    assert_eq!(outcome["findings"][0]["path"], "/store/~1records~11~1Id");
    assert!(outcome["apiUsage"]["used"].as_u64().unwrap() > 0);
    let [(method, path, headers, body)] = sent(&org).try_into().unwrap();
    assert_eq!((&*method, headers, body), ("GET", vec![], Value::Null));
    let query = "/services/data/v62.0/query?q=SELECT%20Id%2C%20LastName%20FROM%20Contact%20WHERE%20LastName%20%3D%20%27o%5C%27neil%27";
    assert_eq!(path, query);
    // Nobody gets everybody.
    let outcome = org.done(&settings.to_string(), &json!({ "name": "x' OR LastName != '" })).await;
    assert_eq!(outcome["variables"]["count"], 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_is_created_changed_read_and_deleted() {
    let org = TestOrg::new().await;
    let create = crate::org::with(
        write("POST", CONTACTS, json!({ "LastName": "{name}", "FirstName": "{first}" })),
        json!({ "store": { "/id": "id" } }),
    );
    let outcome = org.done(&create.to_string(), &json!({ "name": "Berg", "first": null })).await;
    assert_eq!(outcome["response"]["httpStatus"], 201);
    let id = outcome["variables"]["id"].clone();
    let one = format!("{CONTACTS}/{{id}}");
    let change =
        crate::org::with(write("PATCH", &one, json!({ "LastName": "{name}" })), json!({ "store": { "": "all" } }));
    let outcome = org.done(&change.to_string(), &json!({ "id": id, "name": "Berg-Olsen" })).await;
    assert_eq!((&outcome["response"]["httpStatus"], &outcome["variables"]), (&json!(204), &json!({ "all": null })));
    assert_eq!(outcome["findings"], json!([]));
    let read = request(json!({ "path": one, "query": { "fields": "LastName" }, "store": { "/LastName": "name" } }));
    let outcome = org.done(&read.to_string(), &json!({ "id": id })).await;
    assert_eq!(outcome["variables"], json!({ "name": "Berg-Olsen" }));
    let delete = request(json!({ "method": "DELETE", "path": one, "allowWrites": true }));
    org.done(&delete.to_string(), &json!({ "id": id })).await;
    assert_eq!(org.records("Contact"), [] as [Value; 0]);
    let sent = sent(&org);
    let of_json =
        |length: usize| vec!["content-type: application/json".to_owned(), format!("content-length: {length}")];
    assert_eq!(sent[0].2, of_json(r#"{"LastName":"Berg"}"#.len()));
    assert_eq!((&*sent[1].0, &sent[1].2), ("PATCH", &of_json(r#"{"LastName":"Berg-Olsen"}"#.len())));
    assert_eq!((&*sent[2].0, &sent[2].2), ("GET", &vec![]));
    assert_eq!((&*sent[3].0, &sent[3].2), ("DELETE", &vec!["content-length: 0".to_owned()]));
    // And gone is gone.
    let outcome = org.run(&delete.to_string(), &json!({ "id": id })).await;
    assert_eq!((&outcome["status"], &outcome["response"]["httpStatus"]), (&json!("failed"), &json!(404)));
    assert_eq!(outcome["response"]["error"]["code"], "ENTITY_IS_DELETED");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_plan_and_the_preview_show_is_what_is_sent() {
    let org = TestOrg::new().await;
    let settings = write("POST", CONTACTS, json!({ "LastName": "{name}" })).to_string();
    let variables = json!({ "name": "Berg" });
    let planned = crate::org::plan(&settings, &variables).await.unwrap();
    let expected = json!({ "method": "POST", "path": CONTACTS, "body": { "LastName": "Berg" } });
    assert_eq!(planned["request"], expected);
    let (session, text) = (session(&org.token()), variables.to_string());
    let preview = host().preview(egress_to(&org.url()), &session, &settings, &text).await.unwrap().unwrap();
    let log: Value = serde_json::from_str(&preview.log).unwrap();
    let preview = host_tests::json::preview(&preview);
    assert_eq!(
        (&preview["status"], &preview["requests"], &preview["writes"]),
        (&json!("done"), &json!(0), &json!([expected]))
    );
    assert_eq!(preview["hash"], planned["hash"]);
    assert_eq!((org.requests().len(), &log["request"]), (0, &json!({ "method": "POST", "path": CONTACTS })));
    org.done(&settings, &variables).await;
    let (method, path, _, body) = &sent(&org)[0];
    assert_eq!((&**method, &**path, body), ("POST", CONTACTS, &expected["body"]));
    // Another value is another plan.
    let other = crate::org::plan(&settings, &json!({ "name": "Borg" })).await.unwrap();
    assert_ne!(other["hash"], planned["hash"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_sent_is_not() {
    let org = TestOrg::new().await;
    let settings = request(json!({ "path": format!("{CONTACTS}/{{id}}") })).to_string();
    let (session, variables) = (session(&org.token()), json!({ "id": "canary/.." }));
    let outcome = org.run(&settings, &variables).await;
    assert_eq!((&outcome["status"], &outcome["requests"]), (&json!("failed"), &json!(0)));
    let error = &outcome["response"]["error"];
    assert_eq!((&error["code"], &outcome["response"]["httpStatus"]), (&json!("UNSUPPORTED_VALUE"), &json!(null)));
    assert!(error["texts"]["de"]["administrator"].as_str().unwrap().contains("Schrägstrich"), "{error:#}");
    let preview = host().preview(egress_to(&org.url()), &session, &settings, &variables.to_string()).await.unwrap();
    let preview = host_tests::json::preview(&kept_secret(preview).unwrap());
    assert_eq!((&preview["status"], &preview["error"]["code"]), (&json!("failed"), &json!("UNSUPPORTED_VALUE")));
    assert_eq!((&preview["writes"], org.requests().len()), (&json!([]), 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_log_line_names_the_request_without_its_values() {
    let org = TestOrg::new().await;
    let settings = request(json!({
        "path": format!("{CONTACTS}/Email/{{mail}}"), "query": { "fields": "{fields}" }, "store": { "/LastName": "name" },
    }));
    org.seed(json!({ "Contact": [{ "LastName": "Canary", "Email": "canary@example.com" }] }));
    let (session, variables) =
        (session(&org.token()), json!({ "mail": "canary@example.com", "fields": "LastName" }).to_string());
    let plan = host().plan(&settings.to_string(), &variables).await.unwrap().unwrap();
    let outcome =
        host().run(egress_to(&org.url()), &session, &settings.to_string(), &variables).await.unwrap().unwrap();
    assert_eq!(host_tests::json::members(&outcome.variables)["name"], "Canary");
    for log in [plan.log, outcome.log] {
        let log: Value = serde_json::from_str(&log).unwrap();
        assert!(!log.to_string().to_lowercase().contains("canary"), "{log:#}");
        assert_eq!(log["request"], json!({ "method": "GET", "path": format!("{CONTACTS}/Email/{{mail}}") }));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn prepare_has_nothing_to_ask_and_gives_the_settings_back() {
    let org = TestOrg::new().await;
    let settings = request(json!({ "path": "/services/data/v62.0/limits" }));
    let text = format!("  {settings:#}\n");
    let prepared = org.prepare_text(&text).await;
    assert_eq!((prepared.status(), prepared.requests(), &prepared.settings), ("done", 0, &Some(text)));
    assert!(org.requests().is_empty());
    let elsewhere = host_tests::host::Session {
        instance_url: "https://other.my.salesforce.com".into(),
        access_token: "token".into(),
    };
    let refused = host().prepare(egress_to(&org.url()), &elsewhere, &settings.to_string()).await.unwrap();
    assert_eq!(refused.unwrap_err()[0].code, "bad-session");
    let refused = host().run(egress_to(&org.url()), &elsewhere, &settings.to_string(), "{}").await.unwrap();
    assert_eq!(refused.unwrap_err()[0].code, "bad-session");
}
