//! What becomes of values in a path and in a query.

use serde_json::{Value, json};

use crate::requests::{refused, request, sent};

fn record(variables: &Value) -> (Value, Value) {
    (request(json!({ "path": "/services/data/v62.0/sobjects/Contact/Email/{mail}" })), variables.clone())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_value_is_a_part_of_one_segment() {
    for (value, segment) in [
        (json!("anna@example.com"), "anna%40example.com"),
        (json!(" a b+c&d=e;f "), "a%20b%2Bc%26d%3De%3Bf"),
        (json!("a?b#c"), "a%3Fb%23c"),
        (json!("Größe"), "Gr%C3%B6%C3%9Fe"),
        (json!(4711), "4711"),
        (json!(true), "true"),
    ] {
        let (settings, variables) = record(&json!({ "mail": value }));
        let expected = json!({
            "method": "GET", "path": format!("/services/data/v62.0/sobjects/Contact/Email/{segment}"), "body": null,
        });
        assert_eq!(sent(&settings, &variables).await, expected);
    }
    for blank in [json!({}), json!({ "mail": null }), json!({ "mail": " \n" })] {
        let (settings, variables) = record(&blank);
        assert_eq!(refused(&settings, &variables).await, "BLANK_VALUE");
    }
    for bad in
        ["..", ".", "../oauth2", "canary/b", "canary\\b", "%2e%2e", "canary%", "a\nb", "\u{0}a", "a.", ".a", "a/../b"]
    {
        let (settings, variables) = record(&json!({ "mail": bad }));
        assert_eq!(refused(&settings, &variables).await, "UNSUPPORTED_VALUE", "{bad:?}");
    }
    for bad in [json!(["canary"]), json!({ "canary": 1 })] {
        let (settings, variables) = record(&json!({ "mail": bad }));
        assert_eq!(refused(&settings, &variables).await, "UNSUPPORTED_VALUE", "{bad}");
    }
    // Not even of two values together.
    let settings = request(json!({ "path": "/services/apexrest/orders/{a}{b}" }));
    assert_eq!(refused(&settings, &json!({ "a": ".", "b": "." })).await, "UNSUPPORTED_VALUE");
    assert_eq!(refused(&settings, &json!({ "a": "1" })).await, "BLANK_VALUE");
    // What the author writes is text, too.
    let settings = request(json!({ "path": "/services/apexrest/a b/ü{{x}}/{a}.json" }));
    let expected = "/services/apexrest/a%20b/%C3%BC%7Bx%7D/1.json";
    assert_eq!(sent(&settings, &json!({ "a": 1 })).await["path"], expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_value_is_a_part_of_one_parameter() {
    let query = json!({ "fields": "{fields}", "a b": "x", "sort": "{by}:{order}", "empty": "" });
    let settings = request(json!({ "path": "/services/data/v62.0/ui-api/records/003", "query": query }));
    let path = async |variables: Value| {
        let request = sent(&settings, &variables).await;
        request["path"]
            .as_str()
            .expect("a text")
            .strip_prefix("/services/data/v62.0/ui-api/records/003")
            .unwrap()
            .to_owned()
    };
    // Left out, where the conversation gave nothing for it.
    assert_eq!(path(json!({})).await, "?a%20b=x&empty=");
    assert_eq!(path(json!({ "fields": "", "by": null })).await, "?a%20b=x&empty=");
    assert_eq!(path(json!({ "fields": ["Id", " ", "Name"] })).await, "?a%20b=x&empty=&fields=Id%2CName");
    let all = json!({ "fields": "x&_HttpMethod=DELETE#", "by": "a=b", "order": "c+d/../%2e" });
    assert_eq!(path(all).await, "?a%20b=x&empty=&fields=x%26_HttpMethod%3DDELETE%23&sort=a%3Db%3Ac%2Bd%2F..%2F%252e");
    // Never a half of it.
    assert_eq!(refused(&settings, &json!({ "by": "Name" })).await, "BLANK_VALUE");
    assert_eq!(refused(&settings, &json!({ "fields": [["canary"]] })).await, "UNSUPPORTED_VALUE");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_value_is_a_part_of_one_text_of_the_query() {
    let soql = "SELECT Id FROM Contact WHERE LastName = '{a}' OR LastName LIKE '%{a}'";
    let settings = request(json!({ "path": "/services/data/v62.0/query", "query": { "q": soql } }));
    let request = sent(&settings, &json!({ "a": "O'Neil\\ 50%_\n" })).await;
    let query = request["path"].as_str().unwrap().strip_prefix("/services/data/v62.0/query?q=").unwrap();
    let query = host_tests::simulator::reading::path(&format!("/services/data/v62.0/{query}")).unwrap().pop().unwrap();
    assert_eq!(query, r"SELECT Id FROM Contact WHERE LastName = 'O\'Neil\\ 50%_' OR LastName LIKE '%O\'Neil\\ 50\%\_'");
    // It would find the records in which nothing stands.
    assert_eq!(refused(&settings, &json!({ "a": " " })).await, "BLANK_VALUE");
    assert_eq!(refused(&settings, &json!({})).await, "BLANK_VALUE");
    assert_eq!(refused(&settings, &json!({ "a": ["canary", "b"] })).await, "UNSUPPORTED_VALUE");
    assert_eq!(refused(&settings, &json!({ "a": "canary".repeat(700) })).await, "KEY_TOO_LONG");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_url_has_an_end() {
    let settings = request(json!({ "path": "/services/apexrest/x", "query": { "a": "{a}", "b": "{b}" } }));
    let path = sent(&settings, &json!({ "a": "x".repeat(16_384 - 23) })).await["path"].as_str().unwrap().to_owned();
    assert_eq!(path.len(), 16_384);
    assert_eq!(refused(&settings, &json!({ "a": "x".repeat(16_384 - 22) })).await, "URL_TOO_LONG");
    assert_eq!(refused(&settings, &json!({ "a": "ü".repeat(3_000) })).await, "URL_TOO_LONG");
    let settings = request(json!({ "path": "/services/apexrest/x/{a}" }));
    assert_eq!(refused(&settings, &json!({ "a": "canary ".repeat(100_000) })).await, "URL_TOO_LONG");
    let settings = request(json!({ "path": format!("/services/apexrest/x{}", "/{a}".repeat(3_000)) }));
    assert_eq!(refused(&settings, &json!({ "a": "canary" })).await, "URL_TOO_LONG");
}
