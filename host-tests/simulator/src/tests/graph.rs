//! Composite graphs: each is a transaction of its own.

use serde_json::json;

use super::composite::{codes, statuses, sub};
use super::*;

fn graph(id: &str, nodes: Vec<Value>) -> Value {
    json!({ "graphId": id, "compositeRequest": nodes })
}

fn contact(reference: &str, last_name: &str) -> Value {
    sub(reference, "POST", "/sobjects/Contact", json!({ "LastName": last_name }))
}

fn nameless(reference: &str) -> Value {
    sub(reference, "POST", "/sobjects/Contact", json!({ "FirstName": "Jo" }))
}

fn send(bench: &mut Bench, graphs: Vec<Value>) -> Vec<Value> {
    let response = bench.post("/composite/graph", json!({ "graphs": graphs }));
    assert_eq!(response.status, 200, "{}", response.json());
    response.json()["graphs"].as_array().unwrap().clone()
}

fn rows(graph: &Value) -> &Value {
    &graph["graphResponse"]["compositeResponse"]
}

#[test]
fn a_graph_that_fails_undoes_itself_and_no_other() {
    let mut bench = Bench::new();
    let case = sub("case", "POST", "/sobjects/Case", json!({ "ContactId": "@{person.id}", "Subject": "Hi" }));
    let read = sub("read", "GET", "/sobjects/Case/@{case.id}?fields=CaseNumber", Value::Null);
    let graphs = send(
        &mut bench,
        vec![
            graph("a", vec![contact("person", "Berg"), case, read]),
            graph("b", vec![contact("first", "Undone"), nameless("second")]),
            graph("c", vec![contact("person", "Last")]),
        ],
    );
    assert_eq!(statuses(rows(&graphs[0])), [201, 201, 200]);
    assert_eq!(codes(rows(&graphs[1])), ["PROCESSING_HALTED", "REQUIRED_FIELD_MISSING"]);
    let successful: Vec<&Value> = graphs.iter().map(|graph| &graph["isSuccessful"]).collect();
    assert_eq!(successful, [true, false, true]);
    assert_eq!(bench.column("SELECT LastName FROM Contact ORDER BY LastName", "LastName"), ["Berg", "Last"]);
}

#[test]
fn after_fourteen_failures_one_more_and_the_rest_is_not_tried() {
    let mut bench = Bench::new();
    let mut graphs: Vec<Value> = (0..15).map(|n| graph(&format!("bad{n}"), vec![nameless("x")])).collect();
    graphs.push(graph("good", vec![contact("x", "Berg")]));
    let ended = send(&mut bench, graphs.clone());
    assert_eq!(codes(rows(&ended[14])), ["REQUIRED_FIELD_MISSING"]);
    assert_eq!(codes(rows(&ended[15])), ["PROCESSING_HALTED"]);
    assert_eq!(ended[15]["isSuccessful"], false);
    graphs.remove(0);
    assert_eq!(send(&mut bench, graphs)[14]["isSuccessful"], true);
}

#[test]
fn a_request_that_goes_beyond_a_limit_is_refused_as_a_whole() {
    let mut bench = Bench::new();
    let of = |count: usize| (0..count).map(|n| contact(&format!("n{n}"), "Berg")).collect::<Vec<_>>();
    let chain = (0..16).map(|n| match n {
        0 => contact("n0", "Berg"),
        n => sub(&format!("n{n}"), "POST", "/sobjects/Contact", json!({ "LastName": format!("@{{n{}.id}}", n - 1) })),
    });
    for graphs in [
        vec![],
        (0..76).map(|n| graph(&format!("g{n}"), of(1))).collect(),
        vec![graph("a", of(251)), graph("b", of(250))],
        vec![graph("a", of(1)), graph("a", of(1))],
        vec![graph("a", vec![sub("q", "GET", "/query?q=SELECT+Id+FROM+Contact", Value::Null)])],
        vec![graph("a", vec![sub("d", "GET", "/sobjects/Contact", Value::Null)])],
        vec![graph("a", chain.collect())],
    ] {
        refused(&bench.post("/composite/graph", json!({ "graphs": graphs })), 400, "INVALID_BATCH_REQUEST");
    }
    assert_eq!(bench.column("SELECT Id FROM Contact", "Id").len(), 0);
    let young = json!({ "graphs": [graph("a", of(1))] });
    refused(&bench.post("/services/data/v49.0/composite/graph", young), 404, "NOT_FOUND");
}
