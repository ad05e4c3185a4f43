//! `/simulator/…`: reset, snapshots, clock and the log of requests; and ids by a seed.

use host_tests::simulator::Files;
use serde_json::{Value, json};

use super::{Client, Folder, code, now};

fn client() -> Client {
    let folder = Folder::new().with("seed.json", r#"{"Contact": [{"LastName": "Berg"}]}"#);
    let files = Files { seed: Some(folder.0.join("seed.json")), ..Files::default() };
    Client::new(files.org(now()).expect("an org"))
}

fn names(client: &mut Client) -> Vec<String> {
    let records = client.query("SELECT LastName FROM Contact ORDER BY LastName").json()["records"].clone();
    records
        .as_array()
        .expect("a list")
        .iter()
        .map(|record| record["LastName"].as_str().expect("a name").to_owned())
        .collect()
}

#[test]
fn a_reset_brings_the_start_back_and_the_token_goes_on() {
    let mut client = client();
    client.create("Contact", json!({ "LastName": "Cole" }));
    assert_eq!(names(&mut client), ["Berg", "Cole"]);
    assert_eq!(client.send("POST", "/simulator/reset", None).status, 204);
    assert_eq!(names(&mut client), ["Berg"]);
    // The same record gets the same id again.
    let first = client.create("Contact", json!({ "LastName": "Cole" }));
    client.send("POST", "/simulator/reset", None);
    assert_eq!(client.create("Contact", json!({ "LastName": "Doe" })), first);
}

#[test]
fn a_snapshot_is_gone_back_to_as_often_as_wanted() {
    let mut client = client();
    client.create("Contact", json!({ "LastName": "Cole" }));
    assert_eq!(client.send("POST", "/simulator/snapshot", Some(json!({ "name": "two" }))).status, 204);
    for _ in 0..2 {
        client.create("Contact", json!({ "LastName": "Doe" }));
        let id = client.query("SELECT Id FROM Contact WHERE LastName = 'Cole'").json()["records"][0]["Id"].clone();
        client.send("DELETE", &format!("/sobjects/Contact/{}", id.as_str().expect("an id")), None);
        assert_eq!(names(&mut client), ["Berg", "Doe"]);
        assert_eq!(client.send("POST", "/simulator/reset", Some(json!({ "to": "two" }))).status, 204);
        assert_eq!(names(&mut client), ["Berg", "Cole"]);
    }
    let unknown = client.send("POST", "/simulator/reset", Some(json!({ "to": "three" })));
    assert_eq!((unknown.status, code(&unknown)), (404, "NOT_FOUND".to_owned()));
}

#[test]
fn the_clock_can_be_moved() {
    let mut client = client();
    client.org.settings.session_timeout = Some(jiff::SignedDuration::from_hours(2));
    let id = client.create("Contact", json!({ "LastName": "Cole" }));
    let moved = client.send("POST", "/simulator/clock", Some(json!({ "now": "2030-01-01T00:00:00Z" })));
    assert_eq!(moved.json()["now"], "2030-01-01T00:00:00Z");
    // So far ahead the session has expired.
    assert_eq!(client.send("GET", &format!("/sobjects/Contact/{id}"), None).status, 401);
    client.send("POST", "/simulator/reset", None);
    let clock = client.send("GET", "/simulator/clock", None).json()["now"].clone();
    assert!(clock.as_str().expect("a moment").starts_with("2026-11-22T10:00:"), "{clock}");
    client.org.settings.session_timeout = None;
    client.send("POST", "/simulator/clock", Some(json!({ "advanceSeconds": 86_400 })));
    let id = client.create("Contact", json!({ "LastName": "Doe" }));
    assert!(client.row("Contact", &id)["CreatedDate"].as_str().expect("a date").starts_with("2026-11-23T10:00:"));
}

#[test]
fn the_log_has_what_came_in_and_no_token() {
    let mut client = client();
    client.create("Contact", json!({ "LastName": "Cole" }));
    client.get("/limits");
    let log = client.send("GET", "/simulator/requests", None).json();
    assert_eq!(log["total"], 2);
    let first = &log["requests"][0];
    assert_eq!(
        (&first["method"], &first["status"], &first["requestBody"]["LastName"]),
        (&json!("POST"), &json!(201), &json!("Cole"))
    );
    assert!(first["at"].as_str().expect("a moment").starts_with("2026-11-22T10:00:01"), "{first}");
    assert!(!log.to_string().contains(client.org.access_token()));
    let later = client.send("GET", "/simulator/requests?since=2", None).json();
    assert_eq!((later["requests"].as_array().map(Vec::len), &later["requests"][0]["number"]), (Some(1), &json!(2)));
}

#[test]
fn bad_requests_to_the_simulator_are_told() {
    let mut client = client();
    for (method, target, body, status, refused) in [
        ("GET", "/simulator/reset", Value::Null, 405, "METHOD_NOT_ALLOWED"),
        ("POST", "/simulator/requests", Value::Null, 405, "METHOD_NOT_ALLOWED"),
        ("POST", "/simulator/nothing", Value::Null, 404, "NOT_FOUND"),
        ("POST", "/simulator/snapshot", json!({}), 400, "MISSING_ARGUMENT"),
        ("POST", "/simulator/snapshot", json!({ "nam": "x" }), 400, "JSON_PARSER_ERROR"),
        ("POST", "/simulator/reset", json!([]), 400, "JSON_PARSER_ERROR"),
        ("POST", "/simulator/clock", json!({}), 400, "MISSING_ARGUMENT"),
        ("POST", "/simulator/clock", json!({ "now": "tomorrow" }), 400, "JSON_PARSER_ERROR"),
        ("POST", "/simulator/clock", json!({ "advanceSeconds": i64::MAX }), 400, "JSON_PARSER_ERROR"),
        ("GET", "/simulator/requests?since=x", Value::Null, 400, "MALFORMED_QUERY"),
    ] {
        let response = client.send(method, target, Some(body).filter(|body| !body.is_null()));
        assert_eq!((response.status, code(&response)), (status, refused.to_owned()), "{method} {target}");
    }
}

#[test]
fn ids_follow_from_the_seed() {
    let id = |id_seed| {
        let files = Files { id_seed, ..Files::default() };
        Client::new(files.org(now()).expect("an org")).create("Contact", json!({ "LastName": "Berg" }))
    };
    assert_eq!(id(Some(7)), id(Some(7)));
    assert_ne!(id(Some(7)), id(Some(8)));
    assert_eq!(id(None), "003Hn0000000001IAA");
    assert!(id(Some(u64::MAX)).starts_with("003Hn"));
}
