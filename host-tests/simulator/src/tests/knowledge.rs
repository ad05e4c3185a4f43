//! Knowledge, and searches by words.

use serde_json::json;

use super::*;

fn bench() -> Bench {
    let mut bench = Bench::new();
    let seed = json!({
        "KnowledgeArticleVersion": [
            { "Title": "Reset your password", "Summary": "Open the menu, choose Reset.", "PublishStatus": "Online" },
            { "Title": "Password rules", "Summary": "What a password must have.", "PublishStatus": "Draft" },
            { "Title": "Passwort vergessen", "Summary": "Neues Passwort.", "PublishStatus": "Online", "Language": "de" },
            { "Title": "Network", "Summary": "Reset the router.", "PublishStatus": "Online" },
        ],
        "Contact": [{ "LastName": "Reset", "Email": "reset@example.com" }],
    });
    bench.org.seed(&seed, bench.now).unwrap_or_else(|error| panic!("{error}"));
    bench
}

const ONLINE: &str = "PublishStatus = 'Online' AND Language = 'en_US'";

fn search(q: &str) -> Value {
    json!({ "q": q, "fields": ["id", "title", "Summary", "UrlName", "ArticleNumber"], "overallLimit": 5,
        "sobjects": [{ "name": "KnowledgeArticleVersion", "where": ONLINE }] })
}

fn titles(response: &Response) -> Vec<Value> {
    assert_eq!(response.status, 200, "{}", response.json());
    response.json()["searchRecords"].as_array().unwrap().iter().map(|record| record["Title"].clone()).collect()
}

#[test]
fn an_article_is_found_by_its_words_among_those_that_are_online() {
    let mut bench = bench();
    let response = bench.post("/parameterizedSearch", search("reset PASSWORD"));
    assert_eq!(titles(&response), [json!("Reset your password")]);
    let record = response.json()["searchRecords"][0].clone();
    assert_eq!(record["attributes"]["type"], "KnowledgeArticleVersion");
    assert!(record["Id"].as_str().unwrap().starts_with("ka0"));
    assert_eq!((&record["ArticleNumber"], &record["UrlName"]), (&json!("000001000"), &json!("Reset-your-password")));
    assert_eq!(titles(&bench.post("/parameterizedSearch/", search("pass"))), [] as [Value; 0]);
    assert_eq!(titles(&bench.post("/parameterizedSearch", search("pass*"))), [json!("Reset your password")]);
    assert_eq!(titles(&bench.post("/parameterizedSearch", search("nothing"))), [] as [Value; 0]);
}

#[test]
fn a_search_in_an_address_finds_the_same() {
    let mut bench = bench();
    let filter = super::super::http::uri::encode(ONLINE);
    let target = format!(
        "/parameterizedSearch?q=reset&sobject=KnowledgeArticleVersion&KnowledgeArticleVersion.where={filter}\
         &KnowledgeArticleVersion.fields=id,title&overallLimit=1&unknown=1"
    );
    assert_eq!(titles(&bench.get(&target)), [json!("Reset your password")]);
    let everywhere = bench.get("/parameterizedSearch?q=reset").json();
    assert_eq!(everywhere["searchRecords"][0]["attributes"]["type"], "Contact");
    assert_eq!(everywhere["searchRecords"].as_array().unwrap().len(), 1);
    let by_email = json!({ "q": "reset", "in": "EMAIL", "sobjects": [{ "name": "Contact" }] });
    assert_eq!(bench.post("/parameterizedSearch", by_email).json()["searchRecords"].as_array().unwrap().len(), 1);
}

#[test]
fn a_search_that_does_not_fit_is_refused() {
    let mut bench = bench();
    let with = |member: &str, value: Value| {
        let mut body = search("reset");
        body[member] = value;
        body
    };
    for (body, code) in [
        (json!({}), "MALFORMED_SEARCH"),
        (with("q", json!("r")), "MALFORMED_SEARCH"),
        (with("q", json!(" ")), "MALFORMED_SEARCH"),
        (with("overallLimit", json!(2001)), "MALFORMED_SEARCH"),
        (with("sobjects", json!([])), "MALFORMED_SEARCH"),
        (with("sobjects", json!([{ "name": "KnowledgeArticleVersion" }])), "MALFORMED_SEARCH"),
        (with("sobjects", json!([{ "name": "Nope" }])), "INVALID_TYPE"),
        (with("fields", json!(["Nope"])), "INVALID_FIELD"),
        (with("query", json!("x")), "JSON_PARSER_ERROR"),
        (with("metadata", json!("LABELS")), "NOT_SIMULATED"),
    ] {
        refused(&bench.post("/parameterizedSearch", body), 400, code);
    }
    refused(&bench.patch("/parameterizedSearch", json!({})), 405, "METHOD_NOT_ALLOWED");
    assert_eq!(bench.get("/services/data/v35.0/parameterizedSearch?q=reset").status, 404);
}

#[test]
fn articles_are_read_by_clients_and_written_by_none() {
    let mut bench = bench();
    let soql = "SELECT Title, KnowledgeArticle.ArticleNumber FROM KnowledgeArticleVersion WHERE Language = 'de'";
    let row = bench.query(soql).json()["records"][0].clone();
    assert_eq!(row["KnowledgeArticle"]["ArticleNumber"], "000001002");
    let response = bench.post("/sobjects/KnowledgeArticleVersion", json!({ "Title": "New" }));
    refused(&response, 400, "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY");
    let described = bench.get("/sobjects/KnowledgeArticleVersion/describe").json();
    assert_eq!((&described["createable"], &described["queryable"]), (&json!(false), &json!(true)));
}
