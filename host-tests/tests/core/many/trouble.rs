//! What goes wrong with a request that many share: each conversation ends as it would have by itself, and nothing is ever
//! written twice.

use std::collections::BTreeMap;

use salesforce_module::many::{Conversation, MAX_CONVERSATIONS, MAX_CONVERSATIONS_BYTES};
use salesforce_module::module;
use salesforce_module::report::{RecordResult, Retry, Status};
use salesforce_module::wire::TransportErrorKind::{Connect, CutOff, Other, Timeout, TooLarge};
use serde_json::{Value, json};

use crate::many::support::{SESSION, contacts, key, map, outcome, person, results, settings, support};
use crate::stage::{Fault, Stage, answer, refusal};

#[test]
fn one_that_fails_does_not_stop_the_others() {
    let mut people: Vec<Value> = (0..6).map(person).collect();
    people[1]["name"] = "".into();
    people[2]["name"] = "x".repeat(81).into();
    people[4]["mail"] = "no address".into();
    for settings in [contacts(), support()] {
        let mut stage = Stage::new();
        let ending = stage.run_many(&settings, &people);
        let codes: Vec<String> = ending
            .results
            .iter()
            .map(|result| {
                let error = outcome(result).records[0].error.as_ref();
                error.map(|error| error.code.to_string()).unwrap_or_default()
            })
            .collect();
        assert_eq!(codes, ["", "REQUIRED_FIELD_MISSING", "STRING_TOO_LONG", "", "INVALID_EMAIL_ADDRESS", ""]);
        assert_eq!(ending.status(), Status::Failed);
        assert_eq!(stage.org.records("Contact").len(), 3);
        assert_eq!(
            stage.org.records("Case").len(),
            if settings["mappings"].as_array().map(Vec::len) == Some(4) { 3 } else { 0 }
        );
        assert_eq!(ending.spent.requests, 2);
    }
}

/// Beyond fourteen failures Salesforce leaves the other graphs undone: they go with the next request.
#[test]
fn graphs_that_were_not_tried_are_tried_again() {
    let people: Vec<Value> = (0..60)
        .map(|n| match n % 2 {
            0 => json!({ "mail": format!("p{n}@example.com"), "topic": "nameless" }),
            _ => person(n),
        })
        .collect();
    let mut stage = Stage::new();
    let ending = stage.run_many(&support(), &people);
    let failed = ending.results.iter().filter(|result| outcome(result).status == Status::Failed).count();
    assert_eq!((failed, stage.org.records("Contact").len(), stage.org.records("Case").len()), (30, 30, 30));
    // The lookup, fifteen failures, fifteen more, and the one behind them.
    assert_eq!(ending.spent.requests, 4);
}

#[test]
fn variables_that_are_no_json_object_are_that_conversations_alone() {
    let conversations = ["{".to_owned(), person(1).to_string(), "[]".to_owned(), r#"{"mail":1,"mail":2}"#.to_owned()];
    let conversations = conversations.map(Conversation::from).to_vec();
    let (many, _) = module::start_many(&SESSION, &contacts().to_string(), conversations, &[]).expect("good settings");
    let mut stage = Stage::new();
    let ending = many.drive(&mut stage);
    let codes: Vec<Option<&str>> =
        ending.results.iter().map(|result| result.as_ref().err().map(|findings| findings[0].code.word())).collect();
    assert_eq!(codes, [Some("bad-variables"), None, Some("bad-variables"), Some("bad-variables")]);
    assert_eq!((ending.status(), stage.org.records("Contact").len()), (Status::Failed, 1));
}

#[test]
fn more_than_fits_is_refused_before_anything_is_sent() {
    let refused = |settings: &Value, conversations: Vec<String>| {
        let conversations = conversations.into_iter().map(Conversation::from).collect();
        let started = module::start_many(&SESSION, &settings.to_string(), conversations, &[]);
        let findings = started.err().expect("refused");
        (findings[0].code.word(), findings[0].path.clone())
    };
    let people = |count: usize| (0..count).map(|n| person(n).to_string()).collect::<Vec<_>>();
    let too_many = ("too-many-conversations", "conversations".to_owned());
    assert_eq!(refused(&contacts(), people(MAX_CONVERSATIONS + 1)), too_many);
    assert_eq!(refused(&contacts(), vec!["x".repeat(MAX_CONVERSATIONS_BYTES + 1)]), too_many);
    let mut reading = contacts();
    reading["mode"] = "api-request".into();
    assert!(!refused(&reading, people(1)).0.is_empty());
    // Of settings with many records fewer conversations fit.
    let rows: Vec<Value> = (0..25).map(|n| map("name", &format!("R{n}"), "LastName")).collect();
    let objects: serde_json::Map<String, Value> =
        (0..25).map(|n| (format!("R{n}"), json!({ "sobject": "Contact" }))).collect();
    let large = settings(json!(rows), Value::Object(objects));
    assert_eq!(refused(&large, people(201)), too_many);
    assert_eq!(Stage::new().run_many(&contacts(), &[]).results, []);
}

/// A value in one conversation that Salesforce cannot compare: the others are looked up without it.
#[test]
fn a_key_that_salesforce_refuses_fails_its_own_conversation() {
    let settings =
        settings(json!([key("owner", "Contact", "AccountId"), map("name", "Contact", "LastName")]), json!({}));
    let mut people: Vec<Value> =
        (0..40).map(|n| json!({ "owner": format!("0010000000{n:0>5}"), "name": "Berg" })).collect();
    people[17]["owner"] = "nonsense".into();
    let mut stage = Stage::new();
    let ending = stage.run_many(&settings, &people);
    for (n, result) in ending.results.iter().enumerate() {
        let error = outcome(result).records[0].error.as_ref().map(|error| error.code.to_string());
        // There are no such accounts, which only the write tells.
        let missing = "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY";
        let expected = if n == 17 { "INVALID_QUERY_FILTER_OPERATOR" } else { missing };
        assert_eq!(error.as_deref(), Some(expected), "{n}");
    }
    assert!(ending.spent.requests < 20, "{}", ending.spent.requests);
}

#[test]
fn a_refused_token_ends_all_that_is_not_written() {
    let people: Vec<Value> = (0..450).map(person).collect();
    // Look up, write 200, and then the token has expired.
    let mut stage = Stage::with(3, Fault::Refused(refusal(401, "INVALID_SESSION_ID", "Session expired or invalid")));
    let ending = stage.run_many(&contacts(), &people);
    assert_eq!((ending.status(), ending.spent.requests), (Status::SessionExpired, 3));
    let status = |n: usize| outcome(&ending.results[n]).status;
    assert!((0..200).all(|n| status(n) == Status::Done) && (200..450).all(|n| status(n) == Status::SessionExpired));
    assert_eq!(stage.org.records("Contact").len(), 200);
}

#[test]
fn used_up_requests_defer_all_that_is_not_written() {
    let people: Vec<Value> = (0..250).map(person).collect();
    let limit = refusal(403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.");
    let mut stage = Stage::with(3, Fault::Refused(limit));
    let ending = stage.run_many(&contacts(), &people);
    assert_eq!(
        (ending.status(), ending.spent.requests, ending.retry_after_seconds()),
        (Status::Deferred, 3, Some(900))
    );
    assert_eq!(stage.org.records("Contact").len(), 200);
}

/// The answer to two hundred creates is lost: they are looked up, by one request.
#[test]
fn a_lost_answer_is_looked_for_together() {
    for fault in
        [Fault::Lost(CutOff), Fault::Lost(Timeout), Fault::Garbled(answer(200, "<html>")), Fault::Lost(TooLarge)]
    {
        let people: Vec<Value> = (0..200).map(person).collect();
        let mut stage = Stage::with(2, fault.clone());
        let ending = stage.run_many(&contacts(), &people);
        assert_eq!((ending.status(), ending.spent.requests), (Status::Done, 3), "{fault:?}");
        assert!(results(&ending).iter().all(|records| *records == [RecordResult::Created]), "{fault:?}");
        assert_eq!(stage.org.records("Contact").len(), 200);
    }
}

#[test]
fn what_never_arrived_stays_unknown_and_is_not_sent_again() {
    let people: Vec<Value> = (0..200).map(person).collect();
    let mut stage = Stage::with(2, Fault::Ignored(Timeout));
    let ending = stage.run_many(&contacts(), &people);
    assert!(results(&ending).iter().all(|records| *records == [RecordResult::Unknown]));
    assert!(stage.org.records("Contact").is_empty());
}

/// The second with the same address waits for the first. Who looks now may find nobody, and Salesforce may be at work still.
#[test]
fn behind_one_whose_fate_is_unknown_nothing_is_written() {
    let people = [person(1), person(2), person(1)];
    let mut stage = Stage::with(2, Fault::Ignored(Timeout));
    let ending = stage.run_many(&contacts(), &people);
    assert_eq!(
        results(&ending),
        [[RecordResult::Unknown], [RecordResult::Unknown], [RecordResult::Failed]].map(Vec::from)
    );
    let error = outcome(&ending.results[2]).records[0].error.as_ref().expect("an error");
    assert_eq!((error.code.as_ref(), error.retry), ("EARLIER_UNKNOWN", Retry::Later));
    assert!(stage.org.records("Contact").is_empty());
}

/// Another transaction holds the first one's row for longer than it is tried again: what comes after it waits as well.
#[test]
fn what_is_to_be_run_again_is_not_overtaken() {
    let mut stage = Stage::new();
    let seed = json!({ "Contact": [{ "LastName": "Old", "Email": "p1@example.com", "Phone": "110" }] });
    stage.org.seed(&seed, jiff::Timestamp::UNIX_EPOCH).expect("a seed");
    let lock = refusal(400, "UNABLE_TO_LOCK_ROW", "unable to obtain exclusive access to this record");
    // By e-mail, and by another key that finds the same contact.
    let by_either = settings(
        json!([key("mail", "Contact", "Email"), key("phone", "Contact", "Phone"), map("name", "Contact", "LastName")]),
        json!({ "Contact": { "matchKeys": "any" } }),
    );
    for (settings, second) in [
        (contacts(), json!({ "mail": "P1@example.com", "name": "Second" })),
        (by_either, json!({ "phone": "110", "name": "Second" })),
    ] {
        let people = [
            json!({ "mail": "p1@example.com", "name": "First" }),
            second,
            json!({ "mail": "p2@example.com", "name": "Other" }),
        ];
        stage.faults = (2..=9).map(|n| (n, Fault::Refused(lock.clone()))).collect();
        let ending = stage.run_many(&settings, &people);
        let told = |n: usize| {
            let error = outcome(&ending.results[n]).records[0].error.as_ref();
            error.map(|error| (error.code.to_string(), error.retry))
        };
        assert_eq!(told(0), Some(("UNABLE_TO_LOCK_ROW".to_owned(), Retry::Later)));
        // Or it meets the lock itself.
        assert_eq!(told(1).map(|(_, retry)| retry), Some(Retry::Later));
        stage.faults.clear();
        let ending = stage.run_many(&settings, &people);
        assert_eq!(ending.status(), Status::Done);
        let names: Vec<Value> =
            stage.org.records("Contact").into_iter().filter(|c| c["Email"] == "p1@example.com").collect();
        assert_eq!((names.len(), &names[0]["LastName"]), (1, &json!("Second")));
    }
}

#[test]
fn an_org_that_knows_no_graphs_is_asked_for_one_conversation_at_a_time() {
    let people: Vec<Value> = (0..4).map(person).collect();
    let mut stage = Stage::with(2, Fault::Refused(refusal(404, "NOT_FOUND", "The requested resource does not exist")));
    let ending = stage.run_many(&support(), &people);
    assert_eq!((ending.status(), ending.spent.requests), (Status::Done, 6));
    assert_eq!(stage.org.records("Case").len(), 4);
}

#[test]
fn a_request_that_is_refused_as_a_whole_is_taken_apart() {
    for settings in [contacts(), support()] {
        let people: Vec<Value> = (0..4).map(person).collect();
        let mut stage = Stage::with(2, Fault::Refused(refusal(400, "JSON_PARSER_ERROR", "Unrecognized field")));
        let ending = stage.run_many(&settings, &people);
        assert_eq!((ending.status(), ending.spent.requests), (Status::Done, 6));
        assert_eq!(stage.org.records("Contact").len(), 4);
    }
}

/// Every fault at every request of a batch with duplicates, links, failures and known people, once and from then on: no
/// address twice, what is said to be written is there, and what is said to be not written is not.
#[test]
fn no_fault_writes_twice_or_tells_a_lie() {
    let mut people: Vec<Value> = (0..8).map(person).collect();
    people.push(person(3));
    people.push(json!({ "mail": "p5@example.com", "name": "Married", "topic": "More" }));
    people.push(json!({ "mail": "known@example.com", "name": "Old", "topic": "Known" }));
    people.push(json!({ "mail": "nameless@example.com", "topic": "Fails" }));
    let faults = [
        Fault::Unsent(Connect),
        Fault::Ignored(CutOff),
        Fault::Ignored(Timeout),
        Fault::Lost(CutOff),
        Fault::Lost(Timeout),
        Fault::Lost(TooLarge),
        Fault::Lost(Other),
        Fault::Garbled(answer(200, "")),
        Fault::Garbled(answer(200, "{\"compositeResponse\":[]}")),
        Fault::Garbled(answer(200, "{\"graphs\":[]}")),
        Fault::Garbled(answer(500, "<h1>")),
        Fault::Refused(answer(503, "<h1>")),
        Fault::Refused(answer(414, "<h1>")),
        Fault::Refused(refusal(400, "MALFORMED_QUERY", "unexpected token")),
        Fault::Refused(refusal(401, "INVALID_SESSION_ID", "Session expired or invalid")),
        Fault::Refused(refusal(403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.")),
        Fault::Refused(refusal(404, "NOT_FOUND", "The requested resource does not exist")),
    ];
    let mut met: BTreeMap<String, usize> = BTreeMap::new();
    for settings in [contacts(), support()] {
        for (fault, at, always) in
            faults.iter().flat_map(|f| (1..=6).flat_map(move |at| [(f, at, false), (f, at, true)]))
        {
            let mut stage = Stage::new();
            let seed = json!({ "Contact": [{ "LastName": "Known", "Email": "known@example.com" }] });
            stage.org.seed(&seed, jiff::Timestamp::UNIX_EPOCH).expect("a seed");
            let upto = if always { 1000 } else { at };
            stage.faults = (at..=upto).map(|n| (n, fault.clone())).collect();
            let ending = stage.run_many(&settings, &people);
            let place = format!("{fault:?} at {at}, always: {always}");
            assert_eq!(ending.results.len(), people.len(), "{place}");
            let contacts = stage.org.records("Contact");
            for contact in &contacts {
                let twins = contacts.iter().filter(|other| other["Email"] == contact["Email"]).count();
                assert_eq!(twins, 1, "{} twice: {place}", contact["Email"]);
            }
            for (variables, result) in people.iter().zip(&ending.results) {
                let outcome = outcome(result);
                for record in &outcome.records {
                    *met.entry(format!("{:?}", record.result)).or_default() += 1;
                }
                let cases =
                    stage.org.records("Case").into_iter().filter(|c| c["Subject"] == variables["topic"]).count();
                let contact = contacts.iter().find(|contact| contact["Email"] == variables["mail"]);
                match outcome.status {
                    Status::Done => {
                        assert!(contact.is_some(), "{place}");
                        assert!(outcome.records.len() == 1 || cases >= 1, "{place}");
                    }
                    // Without doubt nothing of it was written.
                    _ if outcome.records.iter().all(|record| {
                        record.error.as_ref().is_none_or(|error| error.retry != Retry::Verify)
                            && record.result != RecordResult::Unknown
                    }) =>
                    {
                        let others = people.iter().filter(|other| other["topic"] == variables["topic"]).count() - 1;
                        assert!(cases <= others, "{place}: {variables}");
                    }
                    _ => {}
                }
            }
        }
    }
    for result in ["Created", "Updated", "Failed", "Unknown", "Skipped"] {
        assert!(met.contains_key(result), "{met:?}");
    }
}
