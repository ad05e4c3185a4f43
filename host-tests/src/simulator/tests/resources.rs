//! Resources beside records: versions, HEAD, changes, content, limits, what was written last.

use serde_json::json;

use super::*;

#[test]
fn retired_versions_are_gone_and_others_were_never_there() {
    let mut bench = Bench::new();
    for (version, status, code) in [
        ("21.0", 410, "GONE"),
        ("30.0", 410, "GONE"),
        ("69.0", 404, "NOT_FOUND"),
        ("6.0", 404, "NOT_FOUND"),
        ("x", 404, "NOT_FOUND"),
    ] {
        refused(&bench.get(&format!("/services/data/v{version}/sobjects")), status, code);
    }
    for version in [31, 68] {
        assert_eq!(bench.get(&format!("/services/data/v{version}.0/")).status, 200);
    }
}

#[test]
fn head_is_get_without_its_body() {
    let mut bench = Bench::new();
    let id = bench.create("Contact", json!({ "LastName": "Berg" }));
    for target in [
        "/".to_owned(),
        "/services/data/".into(),
        "/sobjects/Contact/describe".into(),
        format!("/sobjects/Contact/{id}"),
        "/limits".into(),
    ] {
        let response = bench.send("HEAD", &target, None);
        assert_eq!((response.status, response.body.len()), (200, 0), "{target}");
        assert_eq!(response.header("content-type"), Some("application/json;charset=UTF-8"), "{target}");
    }
    assert_eq!(bench.send("HEAD", "/sobjects/Contact/003000000000001AAA", None).status, 404);
}

#[test]
fn a_collection_is_refused_as_a_whole_where_a_record_has_no_type() {
    let mut bench = Bench::new();
    let good = json!({ "attributes": { "type": "Contact" }, "LastName": "A" });
    for bad in [json!({ "LastName": "B" }), json!({ "attributes": {}, "LastName": "B" })] {
        refused(&bench.post("/composite/sobjects", json!({ "records": [good, bad] })), 400, "JSON_PARSER_ERROR");
    }
    assert!(bench.org.records("Contact").is_empty());
    let nullish = bench.post("/composite/sobjects", json!({ "allOrNone": null, "records": [good] }));
    assert_eq!((nullish.status, &nullish.json()[0]["success"]), (200, &json!(true)));
}

#[test]
fn a_row_of_an_upsert_that_failed_says_that_it_was_not_created() {
    let mut bench = Bench::new();
    let record =
        |no: &str, name: Value| json!({ "attributes": { "type": "Contact" }, "Customer_No__c": no, "LastName": name });
    let body = json!({ "records": [record("1", json!("Berg")), record("2", Value::Null)] });
    let results = bench.patch("/composite/sobjects/Contact/Customer_No__c", body).json();
    assert_eq!((&results[0]["created"], &results[1]["created"]), (&json!(true), &json!(false)));
    assert_eq!((&results[1]["success"], results[1].get("id")), (&json!(false), None));
    // A create has no such member.
    let created = bench.post("/composite/sobjects", json!({ "records": [record("3", Value::Null)] })).json();
    assert_eq!(created[0].get("created"), None);
}

#[test]
fn changes_of_a_span_are_listed() {
    let mut bench = Bench::new();
    let first = bench.create("Contact", json!({ "LastName": "Berg" }));
    let second = bench.create("Contact", json!({ "LastName": "Cole" }));
    bench.send("DELETE", &format!("/sobjects/Contact/{second}"), None);
    let day = "start=2026-11-22T00:00:00%2B00:00&end=2026-11-23T00:00:00Z";
    let updated = bench.get(&format!("/sobjects/Contact/updated?{day}")).json();
    assert_eq!((&updated["ids"], updated["latestDateCovered"].is_string()), (&json!([first]), true));
    let deleted = bench.get(&format!("/sobjects/Contact/deleted?{day}")).json();
    assert_eq!(deleted["deletedRecords"], json!([{ "id": second, "deletedDate": "2026-11-22T10:00:03.000+0000" }]));
    assert_eq!(deleted["earliestDateAvailable"], "2026-11-07T10:00:05.000+0000");
    let before = bench.get("/sobjects/Contact/updated?start=2026-11-20T00:00:00Z&end=2026-11-21T00:00:00Z").json();
    assert_eq!(before["ids"], json!([]));
    refused(&bench.get("/sobjects/Contact/updated?start=2026-11-20T00:00:00Z"), 400, "MISSING_ARGUMENT");
    for span in ["start=x&end=2026-11-21T00:00:00Z", "start=2026-11-21T00:00:00Z&end=2026-11-21T00:00:00Z"] {
        refused(&bench.get(&format!("/sobjects/Contact/deleted?{span}")), 400, "INVALID_REPLICATION_DATE");
    }
    refused(&bench.send("POST", &format!("/sobjects/Contact/updated?{day}"), None), 405, "METHOD_NOT_ALLOWED");
}

#[test]
fn content_is_answered_as_bytes() {
    let mut bench = Bench::new();
    let body = json!({ "VersionData": "aGVsbG8=", "PathOnClient": "a.txt" });
    let id = bench.create("ContentVersion", body);
    let path = bench.get(&format!("/sobjects/ContentVersion/{id}")).json()["VersionData"].as_str().unwrap().to_owned();
    let content = bench.get(&path);
    assert_eq!((content.status, content.body.as_slice()), (200, b"hello".as_slice()));
    assert_eq!(content.header("content-type"), Some("application/octetstream"));
    assert_eq!(bench.get("/sobjects/ContentVersion/068000000000001AAA/VersionData").status, 404);
}

#[test]
fn limits_and_recent_records_are_answered() {
    let mut bench = Bench::new();
    let limits = bench.get("/limits").json();
    assert_eq!(limits["DailyApiRequests"], json!({ "Max": 15000, "Remaining": 14999 }));
    assert_eq!(limits["DataStorageMB"], json!({ "Max": 5, "Remaining": 5 }));
    let id = bench.create("Contact", json!({ "LastName": "Berg" }));
    let case = bench.create("Case", json!({ "Subject": "Help" }));
    let recent = bench.get("/recent").json();
    assert_eq!((&recent[0]["Id"], &recent[1]["Id"], &recent[1]["Name"]), (&json!(case), &json!(id), &json!("Berg")));
    assert_eq!(recent[0]["Name"], "00001026");
    assert_eq!(bench.get("/recent?limit=1").json().as_array().unwrap().len(), 1);
    refused(&bench.get("/recent?limit=0"), 400, "INVALID_QUERY_LIMIT");
}
