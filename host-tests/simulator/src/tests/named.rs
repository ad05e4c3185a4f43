//! Queries that are called by a name.

use serde_json::json;

use super::*;
use crate::http::uri;

const OPEN: &str = "/services/data/v66.0/named/query/OpenCases";

fn bench() -> Bench {
    let mut bench = Bench::new();
    let contact = "003Hn00000000jt";
    let seed = json!({
        "setup": { "namedQueries": {
            "OpenCases": "SELECT Subject FROM Case WHERE Contact.Email = :email AND IsClosed = :closed LIMIT :max",
            "Since": "SELECT LastName FROM Contact WHERE CreatedDate >= :since AND LastName LIKE :name",
            "Broken": "SELECT Nope FROM Contact",
        } },
        "Contact": [{ "Id": contact, "LastName": "O'Hara", "Email": "anna@example.com" }],
        "Case": [
            { "ContactId": contact, "Subject": "first", "Status": "Closed" },
            { "ContactId": contact, "Subject": "second" },
            { "ContactId": contact, "Subject": "third" },
        ],
    });
    bench.org.seed(&seed, bench.now).unwrap_or_else(|error| panic!("{error}"));
    bench
}

#[test]
fn a_named_query_answers_as_a_query() {
    let mut bench = bench();
    let answer = bench.get(&format!("{OPEN}?email=anna@example.com&closed=false&max=1")).json();
    assert_eq!((&answer["totalSize"], &answer["done"]), (&json!(1), &json!(true)), "{answer}");
    assert_eq!(answer["records"][0]["Subject"], "second");
    assert!(
        answer["records"][0]["attributes"]["url"]
            .as_str()
            .unwrap()
            .starts_with("/services/data/v66.0/sobjects/Case/500")
    );
    // A parameter that the query does not have is ignored, which gives more rows and not fewer.
    let answer = bench.get(&format!("{OPEN}?email=anna@example.com&closed=false&max=9&subject=second")).json();
    assert_eq!(answer["totalSize"], 2);
}

#[test]
fn a_value_is_never_a_part_of_the_query() {
    let mut bench = bench();
    for email in ["x' OR Email != '", "\\", "' OR IsClosed = false OR Subject = '"] {
        let answer = bench.get(&format!("{OPEN}?email={}&closed=false&max=9", uri::encode(email)));
        assert_eq!((answer.status, &answer.json()["totalSize"]), (200, &json!(0)), "{email}");
    }
    let since = |since: &str, name: &str| {
        format!("/services/data/v66.0/named/query/Since?since={}&name={}", uri::encode(since), uri::encode(name))
    };
    for when in ["2026-01-01T00:00:00Z", "TODAY", "LAST_N_DAYS:3"] {
        assert_eq!(bench.get(&since(when, "O'H%")).json()["totalSize"], 1, "{when}");
    }
    refused(&bench.get(&since("yesterday evening", "O%")), 400, "INVALID_FIELD");
}

#[test]
fn a_named_query_that_cannot_be_answered_is_refused() {
    let mut bench = bench();
    refused(&bench.get(&format!("{OPEN}?email=anna@example.com&closed=false")), 400, "MISSING_ARGUMENT");
    refused(&bench.get(&format!("{OPEN}?email=a@example.com&closed=no&max=9")), 400, "INVALID_FIELD");
    refused(&bench.get(&format!("{OPEN}?email=a@example.com&closed=false&max=many")), 400, "MALFORMED_QUERY");
    refused(&bench.get("/services/data/v66.0/named/query/Nope"), 404, "NOT_FOUND");
    refused(&bench.get("/services/data/v66.0/named/query/Broken"), 400, "INVALID_FIELD");
    refused(&bench.post(OPEN, json!({})), 405, "METHOD_NOT_ALLOWED");
    refused(&bench.get("/named/query/OpenCases?email=a&closed=false&max=1"), 404, "NOT_FOUND");
    bench.org.settings.view_setup = false;
    refused(&bench.get(&format!("{OPEN}?email=a@example.com&closed=false&max=9")), 400, "INVALID_FIELD");
}

#[test]
fn a_parameter_belongs_to_a_named_query_only() {
    let mut bench = bench();
    refused(&bench.query("SELECT Id FROM Contact WHERE Email = :email"), 400, "MALFORMED_QUERY");
    for queries in [
        json!({ "No_Name": "SELECT Id FROM Contact" }),
        json!({ "Bad": "SELECT FROM Contact" }),
        json!({ "Camel": "SELECT Id FROM Contact WHERE Email = :eMail" }),
        json!({ "None": 1 }),
        json!([]),
    ] {
        let seed = json!({ "setup": { "namedQueries": queries } });
        assert_eq!(bench.org.seed(&seed, bench.now).unwrap_err().sobject, "setup");
    }
}
