//! Settings of the modes that have no records.

use super::*;

/// Settings of a hand-over: most of them right.
pub(super) fn handover() -> BoxedStrategy<Value> {
    let source = select(vec![
        json!({ "variable": "a" }),
        json!({ "template": "{a} b" }),
        json!({ "constant": "Billing" }),
        json!({ "constant": ["a", 1] }),
        json!({ "constant": "@{a}" }),
        json!({ "record": "Case" }),
        json!({ "transcript": "messages" }),
        json!({ "file": "photo" }),
    ]);
    let attribute = select(vec!["_email", "Case_Id", "a", "1st", "a b", ""]);
    let blank = select(vec![None, Some("skip"), Some("fail"), Some("clear")]);
    let language = select(vec!["de", "en_US", "en-US", "EN", "deu_DE"]);
    let organization = select(vec!["00DHn0000000001", "00DHn0000000001MAA", "001Hn0000000001", "00D"]);
    let domain =
        select(vec!["example.my.salesforce.com", "a--b.sandbox.my.salesforce.com", "example.my.salesforce.mil"]);
    let pointer = select(vec!["/phase", "/conversationId", "", "/a~", "a"]);
    (vec((source, attribute, blank), 1..4), language, organization, domain, pointer, any::<bool>())
        .prop_map(|(rows, language, organization, domain, pointer, with_transcript)| {
            let row = |(source, attribute, blank): (Value, &str, Option<&str>)| {
                let mut row = json!({ "source": source, "attribute": attribute });
                if let Some(blank) = blank {
                    row["whenBlank"] = blank.into();
                }
                row
            };
            let mut settings = json!({
                "mode": "handover", "deploymentDomain": domain, "organizationId": organization,
                "deployment": "Chat_Engine", "language": language, "idempotency": { "variable": "step" },
                "mappings": rows.into_iter().map(row).collect::<Vec<_>>(), "store": { (pointer): "a" },
            });
            if with_transcript {
                settings["transcript"] = json!({ "variable": "messages" });
            }
            settings
        })
        .boxed()
}

/// Settings of a request: most of them right.
pub(super) fn request() -> BoxedStrategy<Value> {
    let path = select(vec![
        "/services/data/v62.0/query",
        "/services/data/v62.0/sobjects/Contact/{id}",
        "/services/data/v62.0/composite",
        "/services/data/v62.0/graphql",
        "/services/apexrest/orders/{id}",
        "/services/oauth2/token",
        "/services/data/{id}",
        "/setup",
    ]);
    let template = select(vec!["{a}", "x {a} {{b}}", "A = '{a}'", "{", "", "@{{a}}"]);
    let method = select(vec!["GET", "POST", "PATCH", "PUT", "DELETE"]);
    let pointer = select(vec!["", "/", "/a", "/a/b", "/a~1", "/a~", "a"]);
    (path, template.clone(), template, method, pointer, any::<bool>(), 0..2_u8)
        .prop_map(|(path, parameter, text, method, pointer, allowed, with_body)| {
            let mut settings = json!({
                "mode": "api-request", "deploymentDomain": "example.my.salesforce.com",
                "method": method, "path": path, "query": { "q": parameter }, "allowWrites": allowed,
                "store": { (pointer): "a", "/c": "c" },
            });
            if with_body == 1 {
                settings["body"] = json!({ "url": text, "query": "b", "d": [text, 1, null] });
            }
            settings
        })
        .boxed()
}
