//! Where an answer to many leaves more open than an answer to one: whatever is in doubt is looked up, asked again alone, or told
//! as it is.

use salesforce_module::many::{MAX_CONVERSATIONS, MAX_SECONDS};
use salesforce_module::report::{FileResult, RecordResult, Status};
use salesforce_module::wire::TransportErrorKind::CutOff;
use serde_json::{Value, json};

use crate::stage::{Fault, Stage, answer, refusal};
use crate::support::{contacts, key, map, outcome, person, results, settings, support};

fn cases() -> Value {
    settings(json!([map("topic", "Case", "Subject")]), json!({}))
}

/// Salesforce gives up with a 400, too, and nobody knows how far it got.
#[test]
fn a_400_that_leaves_doubt_is_not_taken_apart() {
    for (settings, object, at) in [(cases(), "Case", 1), (contacts(), "Contact", 2)] {
        for code in ["REQUEST_RUNNING_TOO_LONG", "UNKNOWN_EXCEPTION", "QUERY_TIMEOUT"] {
            let people: Vec<Value> = (0..4).map(person).collect();
            let mut stage = Stage::with(at, Fault::Garbled(refusal(400, code, "x")));
            let ending = stage.run_many(&settings, &people);
            assert_eq!(stage.org.records(object).len(), 4, "{object} {code}");
            let expected = if object == "Case" { RecordResult::Unknown } else { RecordResult::Created };
            assert!(results(&ending).iter().all(|records| *records == [expected]), "{object} {code}");
        }
    }
}

/// Each row of a collection is a transaction of its own, so one collection that fails may be half done.
#[test]
fn a_collection_that_gave_up_leaves_doubt() {
    let body = json!({ "compositeResponse": [{ "referenceId": "rows_0", "httpStatusCode": 500, "httpHeaders": {},
        "body": [{ "errorCode": "UNKNOWN_EXCEPTION", "message": "x" }] }] });
    let people: Vec<Value> = (0..4).map(person).collect();
    let mut stage = Stage::with(1, Fault::Garbled(answer(200, &body.to_string())));
    let ending = stage.run_many(&cases(), &people);
    assert_eq!(stage.org.records("Case").len(), 4);
    assert!(results(&ending).iter().all(|records| *records == [RecordResult::Unknown]));
}

/// Unprepared, nobody here knows that the number regards case. Its record is there because the other looks for its name.
#[test]
fn a_row_that_another_has_brought_is_not_taken_for_ones_own() {
    let settings = settings(
        json!([
            key("num", "acme__Order__c", "acme__Number__c"),
            key("name", "acme__Order__c", "Name"),
            map("total", "acme__Order__c", "acme__Total__c"),
        ]),
        json!({ "acme__Order__c": { "matchKeys": "any" } }),
    );
    let people = [json!({ "num": "ab", "name": "New", "total": 1 }), json!({ "num": "zz", "name": "X", "total": 2 })];
    let org = || {
        let mut stage = Stage::new();
        let seed = json!({ "acme__Order__c": [{ "Name": "X", "acme__Number__c": "AB" }] });
        stage.org.seed(&seed, jiff::Timestamp::UNIX_EPOCH).expect("a seed");
        stage
    };
    let (mut alone, mut many) = (org(), org());
    let expected: Vec<_> =
        people.iter().map(|variables| vec![alone.run(&settings, variables).records[0].result]).collect();
    assert_eq!(expected, [[RecordResult::Created], [RecordResult::Updated]].map(Vec::from));
    assert_eq!(results(&many.run_many(&settings, &people)), expected);
    let fields = ["Name", "acme__Number__c", "acme__Total__c"];
    assert_eq!(many.state("acme__Order__c", &fields), alone.state("acme__Order__c", &fields));
}

/// Salesforce takes a letter for another one that this module does not; the same conversation has found somebody else, too.
#[test]
fn a_row_that_fits_nobody_is_never_overlooked() {
    let settings = settings(
        json!([
            key("name", "Contact", "LastName"),
            map("first", "Contact", "FirstName"),
            key("other", "Friend", "LastName"),
            map("first", "Friend", "FirstName"),
        ]),
        json!({ "Friend": { "sobject": "Contact" } }),
    );
    let seed = json!({ "Contact": [{ "LastName": "Berg" }, { "LastName": "\u{212A}im" }] });
    let people = [
        json!({ "name": "Berg", "other": "Kim", "first": "A" }),
        json!({ "name": "Olsen", "other": "Dahl", "first": "B" }),
    ];
    let mut stage = Stage::new();
    stage.org.seed(&seed, jiff::Timestamp::UNIX_EPOCH).expect("a seed");
    let ending = stage.run_many(&settings, &people);
    let first = outcome(&ending.results[0]);
    assert_eq!(first.records[0].error.as_ref().map(|error| error.code.as_ref()), Some("LOOKUP_UNCLEAR"));
    assert_eq!(outcome(&ending.results[1]).status, Status::Done);
    assert_eq!(stage.org.records("Contact").len(), 4);
}

/// A value that does not fit the field, or a column that only one conversation names.
#[test]
fn what_is_wrong_with_one_conversation_fails_it_alone() {
    let mut settings =
        settings(json!([key("n", "Ticket__c", "Count__c"), map("topic", "Ticket__c", "Subject__c")]), json!({}));
    settings["mappings"].as_array_mut().expect("rows").push(map("rare", "Ticket__c", "Nope__c"));
    for (member, value) in [("n", json!("7x")), ("rare", json!("x"))] {
        let mut people: Vec<Value> = (0..10).map(|n| json!({ "n": n, "topic": "T" })).collect();
        people[4][member] = value;
        let ending = Stage::new().run_many(&settings, &people);
        let expected = |n| if n == 4 { RecordResult::Failed } else { RecordResult::Created };
        assert_eq!(results(&ending), (0..10).map(|n| vec![expected(n)]).collect::<Vec<_>>(), "{member}");
    }
    // What all of them name is asked for once.
    let people: Vec<Value> = (0..10).map(|n| json!({ "n": n, "topic": "T", "rare": "x" })).collect();
    let ending = Stage::new().run_many(&settings, &people);
    assert!(results(&ending).iter().all(|records| *records == [RecordResult::Failed]));
    assert_eq!(ending.spent.requests, 1);
}

#[test]
fn the_time_is_over_for_all_of_them() {
    for (settings, slowness) in [(support(), 60_000), (support(), 119_000), (contacts(), 119_000)] {
        let people: Vec<Value> = (0..MAX_CONVERSATIONS).map(person).collect();
        let mut stage = Stage::new();
        stage.slowness = slowness;
        let ending = stage.run_many(&settings, &people);
        assert!(stage.clock <= u64::from(MAX_SECONDS) * 1_000 + slowness, "{} s", stage.clock / 1_000);
        let statuses = ending.results.iter().map(|result| outcome(result).status);
        let done = statuses.clone().filter(|status| *status == Status::Done).count();
        assert_eq!(done, stage.org.records("Contact").len());
        assert!(statuses.clone().all(|status| [Status::Done, Status::Failed].contains(&status)));
        // None of them was begun so late that nobody knows.
        assert!(!results(&ending).iter().flatten().any(|result| *result == RecordResult::Unknown));
    }
}

/// Letters of which this module does not know what Salesforce takes for the same.
#[test]
fn behind_one_in_doubt_any_spelling_waits() {
    let settings =
        settings(json!([key("name", "Contact", "LastName"), map("first", "Contact", "FirstName")]), json!({}));
    for (first, second) in [("Ștefan", "ștefan"), ("Stefan", "stefan")] {
        let people = [json!({ "name": first, "first": "A" }), json!({ "name": second, "first": "B" })];
        let mut stage = Stage::with(2, Fault::Ignored(CutOff));
        let ending = stage.run_many(&settings, &people);
        assert_eq!(results(&ending), [[RecordResult::Unknown], [RecordResult::Failed]].map(Vec::from), "{first}");
    }
}

#[test]
fn files_follow_their_records() {
    let mut settings = contacts();
    let row = json!({ "source": { "file": "photo" }, "object": "Contact" });
    settings["mappings"].as_array_mut().expect("rows").push(row);
    let photo = json!({ "name": "a.txt", "mediaType": "text/plain", "base64": "aGFsbG8=" });
    let people: Vec<Value> = (0..3)
        .map(|n| {
            let mut person = person(n);
            person["photo"] = photo.clone();
            person
        })
        .collect();
    let mut stage = Stage::new();
    let ending = stage.run_many(&settings, &people);
    assert_eq!((ending.status(), ending.spent.requests), (Status::Done, 5));
    let created = |result| outcome(result).files.iter().all(|file| file.result == FileResult::Created);
    assert!(ending.results.iter().all(created));
    assert_eq!(stage.org.records("ContentVersion").len(), 3);
}
