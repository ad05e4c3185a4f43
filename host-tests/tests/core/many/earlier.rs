//! What an earlier call has left open: a doubt and an order outlive their call, and what was lost from sight is not written twice.

use salesforce_module::many::{Conversation, DOUBT_SECONDS, Earlier};
use salesforce_module::report::{Outcome, RecordResult, Retry, Status};
use serde_json::{Value, json};

use crate::many::support::{contacts, key, map, outcome, person, settings};
use crate::stage::Stage;

fn in_doubt(variables: &Value, seconds: u32) -> Earlier {
    Earlier { variables: variables.to_string(), in_doubt_for: Some(seconds), records: Some(Vec::new()) }
}

fn fresh(people: &[Value]) -> Vec<Conversation> {
    people.iter().map(|variables| Conversation::from(variables.to_string())).collect()
}

fn told(outcome: &Outcome) -> (RecordResult, Option<(&str, Retry)>) {
    let record = &outcome.records[0];
    (record.result, record.error.as_ref().map(|error| (error.code.as_ref(), error.retry)))
}

#[test]
fn what_an_earlier_call_may_write_is_waited_for() {
    let people = [person(1), person(2)];
    for (seconds, blocked) in [(0, true), (DOUBT_SECONDS - 1, true), (DOUBT_SECONDS, false)] {
        let mut stage = Stage::new();
        let ending = stage.run_after(&contacts(), fresh(&people), &[in_doubt(&person(1), seconds)]);
        let first = outcome(&ending.results[0]);
        if blocked {
            assert_eq!(told(first), (RecordResult::Failed, Some(("EARLIER_UNKNOWN", Retry::Later))), "{seconds}");
            assert_eq!(first.retry_after_seconds, Some(DOUBT_SECONDS - seconds));
        } else {
            assert_eq!(told(first), (RecordResult::Created, None));
        }
        assert_eq!(told(outcome(&ending.results[1])), (RecordResult::Created, None));
        assert_eq!(ending.results.len(), 2);
    }
}

/// It has found a record by one key, and a later one finds the same by another.
#[test]
fn a_record_that_an_earlier_call_may_change_is_left_alone() {
    let by_either = settings(
        json!([key("mail", "Contact", "Email"), key("phone", "Contact", "Phone"), map("name", "Contact", "LastName")]),
        json!({ "Contact": { "matchKeys": "any" } }),
    );
    let mut stage = Stage::new();
    let seed = json!({ "Contact": [{ "LastName": "Old", "Email": "p1@example.com", "Phone": "110" }] });
    stage.org.seed(&seed, jiff::Timestamp::UNIX_EPOCH).expect("a seed");
    let id = stage.org.records("Contact")[0]["Id"].as_str().map(str::to_owned);
    let first = json!({ "mail": "p1@example.com", "name": "First" }).to_string();
    for (in_doubt_for, code) in [(Some(0), "EARLIER_UNKNOWN"), (None, "EARLIER_NOT_WRITTEN")] {
        // Without an outcome it may have found anything.
        for records in [Some(id.clone().into_iter().collect()), None] {
            let earlier = Earlier { variables: first.clone(), in_doubt_for, records };
            let other = json!({ "phone": format!("11{}", stage.org.records("Contact").len() + 1), "name": "Other" });
            let people = [json!({ "phone": "110", "name": "New" }), other];
            let ending = stage.run_after(&by_either, fresh(&people), &[earlier]);
            assert_eq!(told(outcome(&ending.results[0])).1, Some((code, Retry::Later)));
            assert_eq!(outcome(&ending.results[1]).status, Status::Done);
        }
    }
    assert!(stage.org.records("Contact").iter().all(|contact| contact["LastName"] != "New"));
}

/// What one looks for, a later one writes: run again, the first would find another record than it would have found.
#[test]
fn what_is_to_be_run_again_finds_what_it_would_have_found() {
    let contact_and_friend = settings(
        json!([
            key("mail", "Contact", "Email"),
            map("name", "Contact", "LastName"),
            key("friend", "Friend", "Email"),
            key("phone", "Friend", "Phone"),
            map("name", "Friend", "LastName"),
        ]),
        json!({ "Friend": { "sobject": "Contact" } }),
    );
    let seeks = json!({ "mail": "p1@example.com", "name": "First" });
    let writes = json!({ "friend": "p1@example.com", "phone": "110", "name": "Other" });
    let apart = json!({ "friend": "p2@example.com", "phone": "110", "name": "Other" });
    for (in_doubt_for, code) in [(Some(0), "EARLIER_UNKNOWN"), (None, "EARLIER_NOT_WRITTEN")] {
        let earlier = Earlier { variables: seeks.to_string(), in_doubt_for, records: Some(Vec::new()) };
        let mut stage = Stage::new();
        let ending = stage.run_after(&contact_and_friend, fresh(&[writes.clone(), apart.clone()]), &[earlier]);
        let codes = outcome(&ending.results[0]).records.iter().filter_map(|record| record.error.as_ref());
        assert_eq!(codes.map(|error| error.code.as_ref()).collect::<Vec<_>>(), [code]);
        assert_eq!(outcome(&ending.results[1]).status, Status::Done);
        assert_eq!(stage.org.records("Contact").len(), 1);
    }
}

#[test]
fn a_conversation_in_doubt_is_looked_for_until_ten_minutes_are_over() {
    let lost = |seconds| Conversation { in_doubt_for: Some(seconds), ..Conversation::from(person(1).to_string()) };
    let mut stage = Stage::new();
    let ending = stage.run_after(&contacts(), vec![lost(599)], &[]);
    let first = outcome(&ending.results[0]);
    assert_eq!(told(first), (RecordResult::Unknown, Some(("IN_DOUBT", Retry::Later))));
    assert_eq!((first.retry_after_seconds, ending.spent.requests), (Some(1), 1));
    // One that comes before it in the list, or after it, must not write the same.
    let mut both = fresh(&[person(1)]);
    both.push(lost(0));
    both.extend(fresh(&[person(1)]));
    let ending = stage.run_after(&contacts(), both, &[]);
    for n in [0, 2] {
        assert_eq!(told(outcome(&ending.results[n])).1, Some(("EARLIER_UNKNOWN", Retry::Later)), "{n}");
    }
    assert!(stage.org.records("Contact").is_empty());
    // Time is over, and it is run as any other.
    let ending = stage.run_after(&contacts(), vec![lost(600)], &[]);
    assert_eq!(told(outcome(&ending.results[0])).0, RecordResult::Created);
    // It is there: done, and what waits for it goes on.
    let mut both = vec![lost(0)];
    both.extend(fresh(&[json!({ "mail": "p1@example.com", "name": "Married" })]));
    let ending = stage.run_after(&contacts(), both, &[]);
    let results: Vec<RecordResult> = ending.results.iter().map(|result| told(outcome(result)).0).collect();
    assert_eq!(results, [RecordResult::Unchanged, RecordResult::Updated]);
    assert_eq!(stage.org.records("Contact").len(), 1);
}

/// Two of one record, and the process ended before it could note what came of the first: that the second is there settles nothing,
/// since the first is sent again, and would undo it.
#[test]
fn a_conversation_in_doubt_is_not_settled_before_an_earlier_one() {
    let people = ["First", "Second"].map(|name| json!({ "mail": "p1@example.com", "name": name }));
    let lost = |seconds: [Option<u32>; 2]| {
        let of = |(variables, in_doubt_for): (&Value, Option<u32>)| Conversation {
            in_doubt_for,
            ..Conversation::from(variables.to_string())
        };
        people.iter().zip(seconds).map(of).collect::<Vec<_>>()
    };
    let mut stage = Stage::new();
    stage.run_after(&contacts(), fresh(&people), &[]);
    let name = |stage: &Stage| stage.org.records("Contact")[0]["LastName"].clone();
    for seconds in [[Some(0), Some(0)], [Some(100), Some(0)]] {
        let ending = stage.run_after(&contacts(), lost(seconds), &[]);
        for result in &ending.results {
            assert_eq!(told(outcome(result)), (RecordResult::Unknown, Some(("IN_DOUBT", Retry::Later))), "{seconds:?}");
        }
        assert_eq!(name(&stage), "Second", "{seconds:?}");
    }
    // The first is in another call, or its time is over already.
    let earlier = Earlier { records: None, ..in_doubt(&people[0], 0) };
    let ending = stage.run_after(&contacts(), lost([None, Some(0)]).split_off(1), &[earlier]);
    assert_eq!(told(outcome(&ending.results[0])).0, RecordResult::Unknown);
    let ending = stage.run_after(&contacts(), lost([Some(600), Some(500)]), &[]);
    assert_eq!(told(outcome(&ending.results[1])).0, RecordResult::Unknown);
    // Both are run in their order, as they would have been.
    let ending = stage.run_after(&contacts(), lost([Some(600), Some(600)]), &[]);
    let results: Vec<RecordResult> = ending.results.iter().map(|result| told(outcome(result)).0).collect();
    assert_eq!((results, name(&stage)), (vec![RecordResult::Updated, RecordResult::Updated], json!("Second")));
}

/// Part of it is there: whatever wrote that, the rest may follow.
#[test]
fn a_conversation_in_doubt_that_is_there_in_part_stays_in_doubt() {
    let mut stage = Stage::new();
    let seed = json!({ "Contact": [{ "LastName": "Other", "Email": person(1)["mail"] }] });
    stage.org.seed(&seed, jiff::Timestamp::UNIX_EPOCH).expect("a seed");
    let lost = Conversation { in_doubt_for: Some(0), ..Conversation::from(person(1).to_string()) };
    let ending = stage.run_after(&contacts(), vec![lost], &[]);
    assert_eq!(told(outcome(&ending.results[0])), (RecordResult::Unknown, Some(("IN_DOUBT", Retry::Later))));
    assert_eq!(stage.org.records("Contact")[0]["LastName"], "Other");
}

/// A key is not enough: it must be unique, or a mark.
#[test]
fn what_is_written_once_however_often_it_is_sent_is_run_again() {
    let marked = settings(
        json!([map("topic", "Case", "Subject")]),
        json!({ "Case": { "idempotency": { "field": "Chat_Conversation_Id__c", "variable": "mail" } } }),
    );
    let unique = crate::many::alike::prepared(&settings(
        json!([key("topic", "Contact", "Customer_No__c"), map("name", "Contact", "LastName")]),
        json!({}),
    ));
    for settings in [marked, unique] {
        let lost = || Conversation { in_doubt_for: Some(0), ..Conversation::from(person(1).to_string()) };
        let mut stage = Stage::new();
        for expected in [RecordResult::Created, RecordResult::Unchanged] {
            let ending = stage.run_after(&settings, vec![lost()], &[]);
            assert_eq!(told(outcome(&ending.results[0])), (expected, None));
        }
    }
    let keyless = settings(json!([map("topic", "Case", "Subject")]), json!({}));
    for seconds in [0, 100_000] {
        let lost = Conversation { in_doubt_for: Some(seconds), ..Conversation::from(person(1).to_string()) };
        let mut stage = Stage::new();
        let ending = stage.run_after(&keyless, vec![lost], &[]);
        assert_eq!(told(outcome(&ending.results[0])), (RecordResult::Unknown, Some(("IN_DOUBT", Retry::Verify))));
        assert_eq!(ending.spent.requests, 0);
    }
}

/// The first found its record by the phone, the second by the e-mail address, and gave it another phone. A third was never sent.
#[test]
fn what_another_in_doubt_may_have_changed_is_not_created_again() {
    let settings = settings(
        json!([key("mail", "Contact", "Email"), key("phone", "Contact", "Phone"), map("name", "Contact", "LastName"),]),
        json!({ "Contact": { "matchKeys": "any" } }),
    );
    let people = [
        json!({ "mail": "", "phone": "110", "name": "Berg" }),
        json!({ "mail": "ben@example.com", "phone": "112", "name": "Berg" }),
        json!({ "mail": "new@example.com", "phone": "", "name": "New" }),
    ];
    let mut stage = Stage::new();
    let seed = json!({ "Contact": [{ "LastName": "Olsen", "Email": "ben@example.com", "Phone": "110" }] });
    stage.org.seed(&seed, jiff::Timestamp::UNIX_EPOCH).expect("a seed");
    stage.run_many(&settings, &people[..2]);
    let sent = |seconds: u32| -> Vec<Conversation> {
        let of = |variables: &Value| Conversation { variables: variables.to_string(), in_doubt_for: Some(seconds) };
        people.iter().map(of).collect()
    };
    // None is settled while the first may be at work: then nothing would tell any more why it is not found.
    let ending = stage.run_after(&settings, sent(0), &[]);
    let later = (RecordResult::Unknown, Some(("IN_DOUBT", Retry::Later)));
    assert_eq!(ending.results.iter().map(|result| told(outcome(result))).collect::<Vec<_>>(), [later; 3]);
    let ending = stage.run_after(&settings, sent(DOUBT_SECONDS), &[]);
    assert_eq!(
        ending.results.iter().map(|result| told(outcome(result))).collect::<Vec<_>>(),
        [
            (RecordResult::Unknown, Some(("IN_DOUBT", Retry::Verify))),
            (RecordResult::Unchanged, None),
            (RecordResult::Created, None)
        ]
    );
    assert_eq!(stage.org.records("Contact").len(), 2);
}

/// The second would take the phone for its own: only if the first was written is that another person's.
#[test]
fn what_comes_after_one_that_is_left_to_people_waits_for_them() {
    let settings = settings(
        json!([key("mail", "Contact", "Email"), key("phone", "Contact", "Phone"), map("name", "Contact", "LastName"),]),
        json!({ "Contact": { "matchKeys": "any" } }),
    );
    let people = [
        json!({ "mail": "carl@example.com", "phone": "333", "name": "Carl" }),
        json!({ "mail": "carl@example.com", "phone": "222", "name": "Carl-Maria" }),
        json!({ "mail": "carl@example.com", "phone": "", "name": "Third" }),
    ];
    let mut stage = Stage::new();
    let seed = json!({ "Contact": [{ "LastName": "Ben", "Email": "ben@example.com", "Phone": "222" }] });
    stage.org.seed(&seed, jiff::Timestamp::UNIX_EPOCH).expect("a seed");
    let of = |variables: &Value| Conversation { variables: variables.to_string(), in_doubt_for: Some(DOUBT_SECONDS) };
    // In the same call, and in one that is told of it.
    let ending = stage.run_after(&settings, people[..2].iter().map(of).collect(), &[]);
    let waits = (RecordResult::Failed, Some(("EARLIER_UNKNOWN", Retry::Verify)));
    assert_eq!(
        ending.results.iter().map(|result| told(outcome(result))).collect::<Vec<_>>(),
        [(RecordResult::Unknown, Some(("IN_DOUBT", Retry::Verify))), waits]
    );
    let earlier: Vec<Earlier> = people[..2].iter().map(|variables| in_doubt(variables, DOUBT_SECONDS)).collect();
    let ending = stage.run_after(&settings, fresh(&people[1..]), &earlier[..1]);
    assert_eq!(ending.results.iter().map(|result| told(outcome(result))).collect::<Vec<_>>(), [waits, waits]);
    assert_eq!(stage.org.records("Contact").len(), 1);
    assert_eq!(stage.org.records("Contact")[0]["LastName"], "Ben");
}
