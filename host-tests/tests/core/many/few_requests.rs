//! What many conversations cost.

use salesforce_module::report::{RecordResult, Status};
use serde_json::{Value, json};

use crate::many::support::{contacts, key, map, outcome, person, results, settings, support};
use crate::stage::Stage;

#[test]
fn ten_thousand_contacts_take_sixty_requests() {
    let mut stage = Stage::new();
    let mut requests = 0;
    for chunk in 0..10 {
        let people: Vec<Value> = (chunk * 1000..(chunk + 1) * 1000).map(person).collect();
        let ending = stage.run_many(&contacts(), &people);
        assert!(results(&ending).iter().all(|records| *records == [RecordResult::Created]));
        requests += ending.spent.requests;
    }
    assert_eq!(stage.org.records("Contact").len(), 10_000);
    assert_eq!(requests, 60);
}

/// An older version knows neither graphs nor collation, and each conversation is written by itself.
#[test]
fn the_lowest_version_does_without_what_came_later() {
    for (version, requests) in [("46.0", 1 + 10), ("48.0", 1 + 10), ("50.0", 1 + 1)] {
        let mut stage = Stage::new();
        let people: Vec<Value> = (0..10).map(person).collect();
        let mut settings = support();
        settings["apiVersion"] = version.into();
        let ending = stage.run_many(&settings, &people);
        assert_eq!((ending.status(), ending.spent.requests), (Status::Done, requests), "{version}");
        assert_eq!((stage.org.records("Contact").len(), stage.org.records("Case").len()), (10, 10), "{version}");
    }
}

/// Half of them are known, some of those with another name: created and updated by the same requests.
#[test]
fn creates_and_updates_share_a_request() {
    let mut stage = Stage::new();
    let known: Vec<Value> = (0..100).map(person).collect();
    stage.run_many(&contacts(), &known);
    let people: Vec<Value> = (0..200)
        .map(|n| match n % 2 {
            0 => person(n),
            _ => json!({ "mail": person(n)["mail"], "name": "Married" }),
        })
        .collect();
    let ending = stage.run_many(&contacts(), &people);
    let expected = |n: usize| match (n < 100, n % 2) {
        (true, 0) => RecordResult::Unchanged,
        (true, _) => RecordResult::Updated,
        (false, _) => RecordResult::Created,
    };
    let expected: Vec<Vec<RecordResult>> = (0..200).map(|n| vec![expected(n)]).collect();
    assert_eq!(results(&ending), expected);
    assert_eq!(ending.spent.requests, 2);
    let row = |n: usize| stage.org.records("Contact").into_iter().filter(|c| c["Email"] == person(n)["mail"]).count();
    assert!((0..200).all(|n| row(n) == 1));
}

#[test]
fn linked_records_go_seventy_five_conversations_at_a_time() {
    let mut stage = Stage::new();
    let people: Vec<Value> = (0..150).map(person).collect();
    let ending = stage.run_many(&support(), &people);
    assert_eq!(ending.status(), Status::Done);
    assert_eq!(ending.spent.requests, 3);
    let (contacts, cases) = (stage.org.records("Contact"), stage.org.records("Case"));
    assert_eq!((contacts.len(), cases.len()), (150, 150));
    for (n, result) in ending.results.iter().enumerate() {
        let outcome = outcome(result);
        let case = cases.iter().find(|case| case["Id"] == outcome.variables["case_id"]).expect("its case");
        assert_eq!(case["Subject"], person(n)["topic"]);
        assert_eq!(case["CaseNumber"], outcome.variables["case_number"]);
        let contact = contacts.iter().find(|contact| contact["Id"] == case["ContactId"]).expect("its contact");
        assert_eq!(contact["Email"], person(n)["mail"]);
    }
}

/// Keys as long as they can be: a query takes 100,000 characters, a request five of them.
#[test]
fn long_keys_are_spread_over_queries_that_salesforce_takes() {
    let mut settings = contacts();
    settings["mappings"][0]["field"] = "Title".into();
    let people: Vec<Value> =
        (0..1000).map(|n| json!({ "mail": format!("{n:0>3}{}", "x".repeat(120)), "name": "Berg" })).collect();
    let mut stage = Stage::new();
    let ending = stage.run_many(&settings, &people);
    assert_eq!(ending.status(), Status::Done, "{:?}", ending.results[0]);
    assert_eq!(ending.spent.requests, 6);
    let queries = stage.sent[0]["compositeRequest"].as_array().expect("queries");
    assert!(
        queries.len() == 2 && queries.iter().all(|query| query["url"].as_str().is_some_and(|url| url.len() < 110_000))
    );
    // And once more: everybody is found again.
    let again = stage.run_many(&settings, &people);
    assert!(results(&again).iter().all(|records| *records == [RecordResult::Unchanged]));
    assert_eq!(again.spent.requests, 1);
}

/// More rows than one answer holds: fewer conversations are looked up at once.
#[test]
fn keys_that_many_records_share_are_looked_up_in_smaller_groups() {
    let mut settings = contacts();
    settings["mappings"][0]["field"] = "Department".into();
    let mut stage = Stage::new();
    let rows: Vec<Value> =
        (0..2500).map(|n| json!({ "LastName": "Old", "Department": format!("D{}", n % 5) })).collect();
    stage.org.seed(&json!({ "Contact": rows }), jiff::Timestamp::UNIX_EPOCH).expect("a seed");
    let people: Vec<Value> = (0..10).map(|n| json!({ "mail": format!("D{n}"), "name": "New" })).collect();
    let ending = stage.run_many(&settings, &people);
    let expected: Vec<Vec<RecordResult>> =
        (0..10).map(|n| vec![if n < 5 { RecordResult::Ambiguous } else { RecordResult::Created }]).collect();
    assert_eq!(results(&ending), expected);
    assert_eq!(outcome(&ending.results[0]).records[0].candidates.len(), 10);
    assert_eq!(stage.org.records("Contact").len(), 2505);
}

/// Whatever letters the keys are made of: none of these can be the same as another.
#[test]
fn letters_of_all_kinds_share_requests() {
    let settings =
        settings(json!([key("name", "Contact", "LastName"), map("first", "Contact", "FirstName")]), json!({}));
    let names = [
        "Weiß",
        "Groß",
        "Straße",
        "東京",
        "京都",
        "大阪",
        "محمد",
        "أحمد",
        "علي",
        "😀",
        "😁",
        "🎉",
        "한글",
        "한국",
        "Ștefan",
        "Łukasz",
        "Ñandú",
        "Иванов",
        "Αθήνα",
        "שלום",
    ];
    let people: Vec<Value> = names.iter().map(|name| json!({ "name": name, "first": "A" })).collect();
    let mut stage = Stage::new();
    let ending = stage.run_many(&settings, &people);
    assert_eq!((ending.status(), ending.spent.requests), (Status::Done, 2));
    assert_eq!(stage.org.records("Contact").len(), names.len());
    let again = stage.run_many(&settings, &people);
    assert!(results(&again).iter().all(|records| *records == [RecordResult::Unchanged]));
    assert_eq!(again.spent.requests, 1);
}

/// A graph's subrequest is documented without headers.
#[test]
fn writes_that_need_headers_go_one_conversation_at_a_time() {
    let people: Vec<Value> = (0..4).map(person).collect();
    let headers = |stage: &Stage| stage.sent.iter().filter(|body| body.to_string().contains("httpHeaders")).count();
    let mut stage = Stage::new();
    let ending = stage.run_many(&support(), &people);
    assert_eq!((ending.status(), ending.spent.requests, headers(&stage)), (Status::Done, 2, 0));
    for (member, value) in [("assignmentRule", "off"), ("duplicateRule", "allow")] {
        let mut settings = support();
        settings["objects"]["Case"][member] = value.into();
        let mut stage = Stage::new();
        let ending = stage.run_many(&settings, &people);
        assert_eq!((ending.status(), ending.spent.requests, headers(&stage)), (Status::Done, 5, 4), "{member}");
        assert_eq!(stage.org.records("Case").len(), 4);
    }
}

/// Each record is linked to the one before.
#[test]
fn chains_that_are_too_deep_for_a_graph_go_one_conversation_at_a_time() {
    for (length, requests) in [(15, 1), (16, 3)] {
        let mut rows: Vec<Value> = (0..length).map(|n| map("name", &format!("R{n}"), "LastName")).collect();
        rows.extend(
            (1..length).map(|n| crate::many::support::link(&format!("R{}", n - 1), &format!("R{n}"), "ReportsToId")),
        );
        let objects = (0..length).map(|n| (format!("R{n}"), json!({ "sobject": "Contact" }))).collect();
        let people: Vec<Value> = (0..3).map(person).collect();
        let mut stage = Stage::new();
        let ending = stage.run_many(&settings(json!(rows), Value::Object(objects)), &people);
        assert_eq!((ending.status(), ending.spent.requests), (Status::Done, requests), "{length}");
        assert_eq!(stage.org.records("Contact").len(), 3 * length);
    }
}

/// Contacts that are found wait once for those that a duplicate rule may lead to them, not for each.
#[test]
fn adopting_costs_two_requests_more() {
    let settings = settings(
        json!([key("mail", "Contact", "Email"), map("name", "Contact", "LastName")]),
        json!({ "Contact": { "duplicateRule": "adopt" } }),
    );
    let mut stage = Stage::new();
    let known: Vec<Value> = (0..30).map(person).collect();
    stage.run_many(&contacts(), &known);
    let changed = |n: usize| json!({ "mail": person(n)["mail"], "name": format!("Neu{n}") });
    let people: Vec<Value> = (0..60).map(changed).collect();
    let ending = stage.run_many(&settings, &people);
    assert_eq!((ending.status(), stage.org.records("Contact").len()), (Status::Done, 60));
    assert!(ending.spent.requests <= 5, "{}", ending.spent.requests);
}
