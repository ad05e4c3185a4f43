//! Collections and batches.

use serde_json::json;

use super::*;

#[test]
fn a_collection_answers_record_by_record() {
    let mut bench = Bench::new();
    let contact = |name: Value| json!({ "attributes": { "type": "Contact" }, "LastName": name });
    let records = json!([contact(json!("A")), contact(Value::Null)]);
    let answer = bench.post("/composite/sobjects", json!({ "records": records })).json();
    assert_eq!(answer[0]["success"], true);
    assert_eq!((&answer[1]["success"], answer[1].get("id")), (&json!(false), None));
    assert_eq!(answer[1]["errors"][0]["statusCode"], "REQUIRED_FIELD_MISSING");
    let answer = bench.post("/composite/sobjects", json!({ "allOrNone": true, "records": records })).json();
    assert_eq!(answer[0]["errors"][0]["statusCode"], "ALL_OR_NONE_OPERATION_ROLLED_BACK");
    assert_eq!(bench.org.records("Contact").len(), 1);
    refused(&bench.post("/composite/sobjects", json!({ "records": [] })), 400, "REQUIRED_FIELD_MISSING");
}

#[test]
fn a_collection_updates_and_upserts() {
    let mut bench = Bench::new();
    let record = |key: &str, title: &str| json!({ "attributes": { "type": "Contact" }, "Customer_No__c": key, "LastName": title });
    let body = json!({ "records": [record("1", "A"), record("2", "B")] });
    let answer = bench.patch("/composite/sobjects/Contact/Customer_No__c", body.clone()).json();
    assert_eq!((&answer[0]["created"], &answer[1]["created"]), (&json!(true), &json!(true)));
    assert_eq!(bench.patch("/composite/sobjects/Contact/Customer_No__c", body).json()[1]["created"], false);
    let update = json!({ "records": [
        { "attributes": { "type": "Contact" }, "id": answer[0]["id"], "Title": "Dr" },
        { "attributes": { "type": "Contact" }, "Title": "Dr" },
    ] });
    let answer = bench.patch("/composite/sobjects", update).json();
    assert_eq!(answer[0]["success"], true);
    assert_eq!(answer[1]["errors"][0]["statusCode"], "MISSING_ARGUMENT");
    assert_eq!(bench.org.records("Contact")[0]["Title"], "Dr");
}

#[test]
fn a_batch_runs_each_alone_and_counts_each() {
    let mut bench = Bench::new();
    let requests = json!([
        { "method": "POST", "url": "v60.0/sobjects/Contact", "richInput": { "LastName": "A" } },
        { "method": "POST", "url": "v60.0/sobjects/Contact", "richInput": {} },
        { "method": "GET", "url": "v60.0/query?q=SELECT+count()+FROM+Contact" },
    ]);
    let response = bench.post("/composite/batch", json!({ "batchRequests": requests }));
    let answer = response.json();
    assert_eq!(answer["hasErrors"], true);
    assert_eq!(answer["results"][1]["statusCode"], 400);
    assert_eq!(answer["results"][2]["result"]["totalSize"], 1);
    assert_eq!(response.header("Sforce-Limit-Info"), Some("api-usage=3/15000"));
    let halted = bench.post("/composite/batch", json!({ "haltOnError": true, "batchRequests": requests })).json();
    assert_eq!(halted["results"][2]["statusCode"], 412);
}
