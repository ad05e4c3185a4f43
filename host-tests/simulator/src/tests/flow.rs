//! The invocable flow.

use serde_json::json;

use super::*;

const FLOW: &str = "/actions/custom/flow/Chat_Follow_Up";

#[test]
fn a_flow_answers_each_of_its_inputs() {
    let mut bench = Bench::new();
    let contact = bench.create("Contact", json!({ "LastName": "Berg" }));
    let input = json!({ "personId": contact, "subject": "Call back" });
    let response = bench.post(FLOW, json!({ "inputs": [input, input] }));
    assert_eq!(response.status, 200);
    let results = response.json();
    assert_eq!(results.as_array().unwrap().len(), 2);
    let first = &results[0];
    assert_eq!((&first["actionName"], &first["isSuccess"]), (&json!("Chat_Follow_Up"), &json!(true)));
    assert_eq!(first["errors"], Value::Null);
    assert_eq!(first["outputValues"]["Flow__InterviewStatus"], "Finished");
    let tasks = bench.org.records("Task");
    assert_eq!((&tasks[0]["Id"], &tasks[0]["Subject"]), (&first["outputValues"]["taskId"], &json!("Call back")));
}

#[test]
fn an_interview_that_fails_leaves_the_others() {
    let mut bench = Bench::new();
    let contact = bench.create("Contact", json!({ "LastName": "Berg" }));
    for (bad, code) in [
        (json!({}), "UNKNOWN_EXCEPTION"),
        (json!({ "personId": "003Hn00000000zz" }), "UNKNOWN_EXCEPTION"),
        (json!({ "personid": contact }), "INVALID_API_INPUT"),
    ] {
        let before = bench.org.records("Task").len();
        let response = bench.post(FLOW, json!({ "inputs": [{ "personId": contact }, bad] }));
        assert_eq!(response.status, 400);
        let results = response.json();
        assert_eq!((&results[0]["isSuccess"], &results[1]["isSuccess"]), (&json!(true), &json!(false)));
        assert_eq!((&results[1]["outputValues"], &results[1]["errors"][0]["statusCode"]), (&Value::Null, &json!(code)));
        assert_eq!(bench.org.records("Task").len(), before + 1);
    }
}

#[test]
fn flows_are_listed_and_described() {
    let mut bench = Bench::new();
    let listed = bench.get("/actions/custom/flow").json()["actions"][0].clone();
    assert_eq!((&listed["name"], &listed["type"]), (&json!("Chat_Follow_Up"), &json!("FLOW")));
    let described = bench.get(FLOW).json();
    assert_eq!(
        (&described["inputs"][0]["name"], &described["outputs"][0]["name"]),
        (&json!("personId"), &json!("taskId"))
    );
    refused(&bench.post("/actions/custom/flow/Nope", json!({ "inputs": [{}] })), 404, "NOT_FOUND");
    refused(&bench.post(FLOW, json!({ "personId": "x" })), 400, "JSON_PARSER_ERROR");
    refused(&bench.patch(FLOW, json!({})), 405, "METHOD_NOT_ALLOWED");
}
