//! What clients that others wrote rely on, beside reading and writing records: see `.ci/fidelity/`.

use serde_json::json;

use super::*;
use crate::Access;

fn contacts(bench: &mut Bench, count: usize) -> Vec<String> {
    (0..count).map(|number| bench.create("Contact", json!({ "LastName": format!("No {number:04}") }))).collect()
}

#[test]
fn many_records_are_retrieved_in_the_order_of_their_ids() {
    let mut bench = Bench::new();
    let ids = contacts(&mut bench, 2);
    let unknown = "003000000000001";
    let wanted = json!({ "ids": [ids[1], unknown, ids[0]], "fields": ["LastName"] });
    let answer = bench.post("/composite/sobjects/Contact", wanted).json();
    assert_eq!((&answer[0]["LastName"], &answer[2]["Id"]), (&json!("No 0001"), &json!(ids[0])));
    assert_eq!(answer[1], Value::Null);
    let by_get = bench.get(&format!("/composite/sobjects/Contact?ids={},{unknown}&fields=LastName", ids[1])).json();
    assert_eq!(by_get, json!([answer[0], null]));
    bench.send("DELETE", &format!("/sobjects/Contact/{}", ids[1]), None);
    let gone = bench.get(&format!("/composite/sobjects/Contact?ids={}&fields=Id", ids[1]));
    assert_eq!(gone.json(), json!([null]));
}

#[test]
fn a_retrieve_is_as_strict_as_a_read() {
    let mut bench = Bench::new();
    let id = contacts(&mut bench, 1).remove(0);
    let of = |ids: Value, fields: Value| json!({ "ids": ids, "fields": fields });
    refused(&bench.post("/composite/sobjects/Contact", of(json!([id]), json!(["Nope"]))), 400, "INVALID_FIELD");
    refused(&bench.post("/composite/sobjects/Contact", of(json!(["nope"]), json!(["Id"]))), 400, "MALFORMED_ID");
    refused(&bench.post("/composite/sobjects/Contact", of(json!([id]), json!([]))), 400, "MISSING_ARGUMENT");
    refused(&bench.post("/composite/sobjects/Contact", of(json!(id), json!(["Id"]))), 400, "JSON_PARSER_ERROR");
    refused(&bench.post("/composite/sobjects/Nope", of(json!([id]), json!(["Id"]))), 404, "NOT_FOUND");
    let many = vec![id.clone(); 2001];
    refused(&bench.post("/composite/sobjects/Contact", of(json!(many), json!(["Id"]))), 400, "EXCEEDED_ID_LIMIT");
    let other = bench.create("Lead", json!({ "LastName": "Doe", "Company": "Acme" }));
    let answer = bench.post("/composite/sobjects/Contact", of(json!([other]), json!(["Id"]))).json();
    assert_eq!(answer, json!([null]), "a record of another object");
}

#[test]
fn many_records_are_deleted_one_by_one_or_not_at_all() {
    let mut bench = Bench::new();
    let ids = contacts(&mut bench, 2);
    let both = format!("/composite/sobjects?ids={},003Hn000000000zzzz,{}", ids[0], ids[1]);
    let answer = bench.send("DELETE", &format!("{both}&allOrNone=true"), None).json();
    assert_eq!(answer[0]["errors"][0]["statusCode"], "ALL_OR_NONE_OPERATION_ROLLED_BACK");
    assert_eq!(answer[1]["errors"][0]["statusCode"], "MALFORMED_ID");
    assert_eq!(bench.org.records("Contact").len(), 2);
    let answer = bench.send("DELETE", &both, None).json();
    assert_eq!(
        (&answer[0], &answer[1]["success"]),
        (&json!({ "id": ids[0], "success": true, "errors": [] }), &json!(false))
    );
    assert!(bench.org.records("Contact").is_empty());
    let again = bench.send("DELETE", &both, None).json();
    assert_eq!(again[2]["errors"][0]["statusCode"], "ENTITY_IS_DELETED");
    refused(&bench.send("DELETE", "/composite/sobjects?ids=", None), 400, "REQUIRED_FIELD_MISSING");
}

#[test]
fn a_client_can_ask_for_smaller_pages_but_not_for_tiny_ones() {
    let mut bench = Bench::new();
    contacts(&mut bench, 401);
    let page = |bench: &mut Bench, size: &str| {
        bench.header("sforce-query-options", &format!("batchSize={size}"));
        bench.query("SELECT LastName FROM Contact ORDER BY LastName").json()
    };
    assert_eq!(page(&mut bench, "250")["records"].as_array().unwrap().len(), 250);
    assert_eq!(page(&mut bench, "5000")["done"], true);
    let mut answer = page(&mut bench, "1");
    let mut names = Vec::new();
    loop {
        assert_eq!(answer["totalSize"], 401);
        let records = answer["records"].as_array().unwrap();
        names.push((records.len(), records[0]["LastName"].clone()));
        let Some(next) = answer["nextRecordsUrl"].as_str().map(str::to_owned) else { break };
        // The header is not repeated: the size is the query's.
        answer = bench.get(&next).json();
    }
    assert_eq!(names, [(200, json!("No 0000")), (200, json!("No 0200")), (1, json!("No 0400"))]);
    assert_eq!(answer["done"], true);
}

#[test]
fn what_has_not_changed_since_is_not_sent_again() {
    let mut bench = Bench::new();
    let id = contacts(&mut bench, 1).remove(0);
    for target in [format!("/sobjects/Contact/{id}"), "/sobjects/Contact/describe".into(), "/sobjects".into()] {
        let first = bench.get(&target);
        let modified = first.header("Last-Modified").unwrap().to_owned();
        let second = bench.header("if-modified-since", &modified).get(&target);
        assert_eq!((second.status, second.body.len()), (304, 0), "{target}");
        let old = bench.header("if-modified-since", "Sun, 22 Nov 2026 09:00:00 GMT").get(&target);
        assert_eq!(old.json(), first.json(), "{target}");
        let odd = bench.header("if-modified-since", "yesterday").get(&target);
        assert_eq!(odd.status, 200, "{target}");
    }
    let modified = bench.get("/sobjects/Contact/describe").header("Last-Modified").unwrap().to_owned();
    assert!(bench.org.restrict_field("Contact", "Email", Access::Hidden));
    let changed = bench.header("if-modified-since", &modified).get("/sobjects/Contact/describe");
    assert_eq!(changed.status, 200);
}

#[test]
fn a_subrequest_can_be_conditional_too() {
    let mut bench = Bench::new();
    let modified = bench.get("/sobjects").header("Last-Modified").unwrap().to_owned();
    let part = json!({
        "method": "GET", "url": format!("{BASE}/sobjects"), "referenceId": "all",
        "httpHeaders": { "If-Modified-Since": modified },
    });
    let answer = bench.post("/composite", json!({ "allOrNone": true, "compositeRequest": [part] })).json();
    let answer = &answer["compositeResponse"][0];
    assert_eq!((&answer["httpStatusCode"], &answer["body"]), (&json!(304), &Value::Null));
}

#[test]
fn the_identity_is_told_to_those_with_a_token_only() {
    let mut bench = Bench::new();
    let url = bench.get("").json()["identity"].as_str().unwrap().to_owned();
    let path = url.strip_prefix("https://login.salesforce.com").unwrap().to_owned();
    let mut ask = |target: &str, authorization: &str| {
        let (path, query) = target.split_once('?').map_or((target, None), |(path, query)| (path, Some(query.into())));
        let headers = vec![("authorization".into(), authorization.into())];
        let request = Request { method: "GET".into(), path: path.into(), query, headers, body: Vec::new() };
        bench.org.handle(&request, bench.now)
    };
    let text = |response: &Response| (response.status, String::from_utf8(response.body.clone()).unwrap());
    assert_eq!(text(&ask(&path, "")), (403, "Missing_OAuth_Token".into()));
    assert_eq!(text(&ask(&path, "Bearer nope")), (403, "Bad_OAuth_Token".into()));
    let token = Bench::new().org.access_token().to_owned();
    let by_query = format!("?format=json&oauth_token={}", crate::http::uri::encode(&token));
    assert_eq!(text(&ask(&format!("/id/x/y{by_query}"), "")), (403, "Wrong_Org".into()));
    let by_header = ask(&path, &format!("Bearer {token}")).json();
    assert_eq!(ask(&format!("{path}{by_query}"), "").json(), by_header);
    assert_eq!(by_header["id"], url);
    let logged = bench.org.log().iter().map(|exchange| exchange.path.as_str()).collect::<String>();
    assert!(!logged.contains(&token) && logged.contains("oauth_token=[redacted]"), "{logged}");
}
