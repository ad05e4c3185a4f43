//! Composite requests: references, rollback, envelope.

use serde_json::json;

use super::*;

pub fn sub(reference: &str, method: &str, target: &str, body: Value) -> Value {
    json!({ "referenceId": reference, "method": method, "url": format!("{BASE}{target}"), "body": body })
}

pub fn send(bench: &mut Bench, all_or_none: bool, list: Vec<Value>) -> Value {
    let response = bench.post("/composite", json!({ "allOrNone": all_or_none, "compositeRequest": list }));
    assert_eq!(response.status, 200, "{}", response.json());
    response.json()["compositeResponse"].clone()
}

pub fn statuses(results: &Value) -> Vec<u64> {
    results.as_array().unwrap().iter().map(|result| result["httpStatusCode"].as_u64().unwrap()).collect()
}

pub fn codes(results: &Value) -> Vec<&str> {
    results.as_array().unwrap().iter().map(|result| result["body"][0]["errorCode"].as_str().unwrap_or("")).collect()
}

#[test]
fn references_carry_ids_from_creates_queries_and_rows() {
    let mut bench = Bench::new();
    bench.create("Account", json!({ "Name": "Acme" }));
    let results = send(
        &mut bench,
        true,
        vec![
            sub("Find", "GET", "/query/?q=SELECT+Id,Name FROM%20Account WHERE Name = 'Acme'", Value::Null),
            sub(
                "Person",
                "PATCH",
                "/sobjects/Contact/Email/jo%40example.com",
                json!({ "LastName": "Doe", "AccountId": "@{Find.records[0].Id}" }),
            ),
            sub(
                "Case1",
                "POST",
                "/sobjects/Case",
                json!({ "ContactId": "@{Person.id}", "Subject": "From @{Find.records[0].Name}!" }),
            ),
            sub("Row", "GET", "/sobjects/Case/@{Case1.id}?fields=CaseNumber,Subject,AccountId", Value::Null),
            sub("Same", "PATCH", "/sobjects/Case/@{Row.Id}", json!({ "Priority": "High" })),
        ],
    );
    assert_eq!(statuses(&results), [200, 201, 201, 200, 204]);
    assert_eq!(results[3]["body"]["Subject"], "From Acme!");
    assert_eq!(results[3]["body"]["CaseNumber"], "00001026");
    assert_eq!(results[3]["body"]["AccountId"], results[0]["body"]["records"][0]["Id"]);
    assert_eq!(results[4]["body"], Value::Null);
    assert!(
        results[2]["httpHeaders"]["Location"].as_str().unwrap().starts_with("/services/data/v60.0/sobjects/Case/500")
    );
    assert_eq!(results[1]["referenceId"], "Person");
}

#[test]
fn all_or_none_undoes_everything_and_halts_siblings_on_both_sides() {
    let mut bench = Bench::new();
    let kept = bench.create("Contact", json!({ "LastName": "Kept", "Customer_No__c": "1" }));
    let before = bench.org.records("Contact");
    let results = send(
        &mut bench,
        true,
        vec![
            sub("New", "POST", "/sobjects/Contact", json!({ "LastName": "New" })),
            sub("Change", "PATCH", &format!("/sobjects/Contact/{kept}"), json!({ "LastName": "Changed" })),
            sub("Bad", "POST", "/sobjects/Lead", json!({ "LastName": "No company" })),
            sub("Later", "POST", "/sobjects/Contact", json!({ "LastName": "Later" })),
        ],
    );
    assert_eq!(
        codes(&results),
        ["PROCESSING_HALTED", "PROCESSING_HALTED", "REQUIRED_FIELD_MISSING", "PROCESSING_HALTED"]
    );
    assert_eq!(statuses(&results), [400, 400, 400, 400]);
    assert_eq!(
        results[0]["body"][0]["message"],
        "The transaction was rolled back since another operation in the same transaction failed."
    );
    assert_eq!(results[0]["httpHeaders"], json!({}));
    assert_eq!(bench.org.records("Contact"), before);
}

#[test]
fn an_id_that_was_rolled_back_is_not_used_again() {
    let mut bench = Bench::new();
    let first = bench.create("Contact", json!({ "LastName": "A" }));
    send(
        &mut bench,
        true,
        vec![
            sub("New", "POST", "/sobjects/Contact", json!({ "LastName": "B" })),
            sub("Bad", "POST", "/sobjects/Lead", json!({})),
        ],
    );
    let third = bench.create("Contact", json!({ "LastName": "C" }));
    assert_eq!(
        (first, third),
        (super::super::schema::id::numbered("003", 1), super::super::schema::id::numbered("003", 3))
    );
}

#[test]
fn without_all_or_none_only_dependants_halt() {
    let mut bench = Bench::new();
    let results = send(
        &mut bench,
        false,
        vec![
            sub("Person", "POST", "/sobjects/Contact", json!({})),
            sub("Dependent", "POST", "/sobjects/Case", json!({ "ContactId": "@{Person.id}" })),
            sub("Free", "POST", "/sobjects/Case", json!({ "Subject": "x" })),
        ],
    );
    assert_eq!(statuses(&results), [400, 400, 201]);
    assert_eq!(codes(&results)[..2], ["REQUIRED_FIELD_MISSING", "PROCESSING_HALTED"]);
    assert_eq!(results[1]["body"][0]["message"], "Invalid reference specified. No value for Person.id found in Person");
    assert_eq!(bench.org.records("Case").len(), 1);
}

#[test]
fn a_query_without_rows_halts_what_refers_to_it() {
    let mut bench = Bench::new();
    let results = send(
        &mut bench,
        false,
        vec![
            sub("Q", "GET", "/query?q=SELECT+Id+FROM+Contact", Value::Null),
            sub("Use", "POST", "/sobjects/Case", json!({ "ContactId": "@{Q.records[0].Id}" })),
        ],
    );
    assert_eq!(statuses(&results), [200, 400]);
    assert_eq!(
        results[1]["body"][0]["message"],
        "Invalid reference specified. No value for Q.records[0].Id found in Q"
    );
}

#[test]
fn the_answer_of_a_create_has_id_in_lower_case_only() {
    let results = send(
        &mut Bench::new(),
        false,
        vec![
            sub("C", "POST", "/sobjects/Contact", json!({ "LastName": "Doe" })),
            sub("Use", "POST", "/sobjects/Case", json!({ "ContactId": "@{C.Id}" })),
        ],
    );
    assert_eq!(codes(&results)[1], "PROCESSING_HALTED");
}

#[test]
fn several_matches_answer_300_and_halt_the_transaction() {
    let mut bench = Bench::new();
    for name in ["A", "B"] {
        bench.create("Contact", json!({ "LastName": name, "Email": "x@example.com" }));
    }
    let list = || {
        vec![
            sub("Person", "PATCH", "/sobjects/Contact/Email/x%40example.com", json!({ "Title": "Dr" })),
            sub("Case1", "POST", "/sobjects/Case", json!({ "ContactId": "@{Person.id}" })),
        ]
    };
    let results = send(&mut bench, false, list());
    assert_eq!(statuses(&results), [300, 400]);
    assert_eq!(results[0]["body"].as_array().unwrap().len(), 2);
    assert_eq!(statuses(&send(&mut bench, true, list())), [300, 400]);
    assert!(bench.org.records("Case").is_empty());
}

#[test]
fn subrequest_headers_reach_their_subrequest_only() {
    let mut bench = Bench::new().with("sforce-auto-assign", "FALSE");
    let mut quiet = sub("Quiet", "POST", "/sobjects/Case", json!({ "Subject": "a" }));
    quiet["httpHeaders"] = json!({ "Sforce-Auto-Assign": "FALSE" });
    send(&mut bench, false, vec![quiet, sub("Loud", "POST", "/sobjects/Case", json!({ "Subject": "b" }))]);
    let owners: Vec<String> =
        bench.org.records("Case").iter().map(|case| case["OwnerId"].as_str().unwrap()[..3].to_owned()).collect();
    assert_eq!(owners, ["005", "00G"]);
}

#[test]
fn a_flawed_envelope_refuses_the_whole_request() {
    let good = || sub("A", "GET", "/sobjects/", Value::Null);
    let with = |name: &str, value: Value| {
        let mut one = good();
        one[name] = value;
        vec![one]
    };
    let query = |number: usize| sub(&format!("Q{number}"), "GET", "/query?q=SELECT+Id+FROM+Case", Value::Null);
    let many = |count: usize| {
        (0..count).map(|number| sub(&format!("A{number}"), "GET", "/sobjects/", Value::Null)).collect::<Vec<_>>()
    };
    let lists = [
        vec![],
        many(26),
        (0..6).map(query).collect(),
        vec![good(), good()],
        with("referenceId", json!("a-b")),
        with("referenceId", json!("_a")),
        with("method", json!("get")),
        with("url", json!("/services/data/sobjects/")),
        with("url", json!("https://example.com/services/data/v60.0/sobjects/")),
        with("url", json!("/services/data/v60.0/composite")),
        with("url", json!("/services/data/v60.0/composite/batch")),
        with("httpHeaders", json!({ "Authorization": "Bearer x" })),
        with("httpHeaders", json!({ "content-type": "application/json" })),
        with("httpHeaders", json!({ "Accept": "application/json" })),
        with("nonsense", json!(1)),
    ];
    let mut bench = Bench::new();
    for list in lists {
        let response = bench.post("/composite", json!({ "compositeRequest": list }));
        assert_eq!(response.status, 400, "{list:?}");
        assert!(response.json()[0]["errorCode"].is_string());
    }
    for count in [25, 1] {
        assert_eq!(bench.post("/composite", json!({ "compositeRequest": many(count) })).status, 200);
    }
    assert_eq!(
        bench
            .post(
                "/composite",
                json!({ "collateSubrequests": true, "compositeRequest": (0..5).map(query).collect::<Vec<_>>() })
            )
            .status,
        200
    );
}

#[test]
fn a_composite_counts_as_one_call() {
    let mut bench = Bench::new();
    send(
        &mut bench,
        false,
        vec![sub("A", "GET", "/sobjects/", Value::Null), sub("B", "GET", "/sobjects/", Value::Null)],
    );
    assert_eq!(bench.get("/").header("Sforce-Limit-Info"), Some("api-usage=2/15000"));
}

#[test]
fn errors_of_subrequests_are_arrays_with_their_status() {
    let results = send(
        &mut Bench::new(),
        false,
        vec![
            sub("A", "GET", "/sobjects/Foo", Value::Null),
            sub("B", "GET", "/query?q=SELECT+count()+FROM+XYZZY", Value::Null),
            sub("C", "POST", "/sobjects/Contact", Value::Null),
        ],
    );
    assert_eq!(statuses(&results), [404, 400, 400]);
    assert_eq!(codes(&results), ["NOT_FOUND", "INVALID_TYPE", "JSON_PARSER_ERROR"]);
}

#[test]
fn composite_answers_have_entities_where_the_org_writes_them_and_nobody_objects() {
    let mut bench = Bench::new();
    bench.org.settings.entity_encoding = true;
    let id = bench.create("Contact", json!({ "LastName": "Müller & \"Söhne\"" }));
    let url = format!("{BASE}/sobjects/Contact/{id}?fields=LastName");
    let row = json!({ "method": "GET", "url": url, "referenceId": "row" });
    let body = json!({ "compositeRequest": [row] });
    let name = |response: Response| response.json()["compositeResponse"][0]["body"]["LastName"].clone();
    assert_eq!(name(bench.post("/composite", body.clone())), "Müller &amp; &quot;Söhne&quot;");
    bench.header("x-chatter-entity-encoding", "false");
    assert_eq!(name(bench.post("/composite", body)), "Müller & \"Söhne\"");
    // Rows that are asked for by themselves have none.
    assert_eq!(bench.get(&format!("/sobjects/Contact/{id}?fields=LastName")).json()["LastName"], "Müller & \"Söhne\"");
}
