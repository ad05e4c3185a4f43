//! What is repeated, how often and when: the retry table, row by row.

use salesforce_module::report::{RecordResult, Retry, Status};
use salesforce_module::wire::TransportErrorKind::{self as Kind, CutOff, Timeout};

use crate::stage::{Fault, Stage, answer, asks_for, case, contact, refusal, results, row, visitor};

const FIND: &[&str] = &["find_Contact"];
const WRITE: &[&str] = &["write_Case"];

/// Trouble of a moment with a lookup costs a request, and nothing else.
#[test]
fn a_lookup_is_repeated_after_trouble_that_passes() {
    for fault in [
        Fault::Unsent(Kind::Connect),
        Fault::Unsent(Kind::Dns),
        Fault::Unsent(Kind::Tls),
        Fault::Ignored(CutOff),
        Fault::Ignored(Timeout),
        Fault::Lost(CutOff),
        Fault::Ignored(Kind::Other),
        Fault::Refused(answer(200, "<html>")),
        Fault::Refused(answer(500, "")),
        Fault::Refused(answer(502, "<html>")),
        Fault::Refused(refusal(503, "SERVER_UNAVAILABLE", "")),
        Fault::Refused(answer(429, "")),
        Fault::Refused(refusal(
            403,
            "REQUEST_LIMIT_EXCEEDED",
            "ConcurrentRequests (Concurrent API Requests) Limit exceeded.",
        )),
        Fault::Refused(row(FIND, 0, 400, "QUERY_TIMEOUT", "")),
        Fault::Refused(row(FIND, 0, 500, "UNKNOWN_EXCEPTION", "")),
    ] {
        let mut stage = Stage::with(1, fault.clone());
        let outcome = stage.run(&contact(), &visitor());
        assert_eq!((outcome.status, outcome.requests), (Status::Done, 3), "{fault:?}");
        assert_eq!(stage.lookups(), [true, true, false], "{fault:?}");
        assert_eq!(stage.sent[0], stage.sent[1], "{fault:?}: the same bytes");
        assert_eq!(stage.org.records("Contact").len(), 1);
    }
}

#[test]
fn what_another_attempt_cannot_change_is_not_repeated() {
    for fault in [
        Fault::Unsent(Kind::Denied),
        Fault::Unsent(Kind::Certificate),
        Fault::Ignored(Kind::Denied),
        Fault::Ignored(Kind::Certificate),
        Fault::Ignored(Kind::TooLarge),
        Fault::Refused(answer(302, "")),
        Fault::Refused(answer(303, "")),
        Fault::Refused(answer(400, "")),
        Fault::Refused(answer(404, "<html>")),
        Fault::Refused(refusal(401, "INVALID_AUTH_HEADER", "")),
        Fault::Refused(refusal(403, "API_DISABLED_FOR_ORG", "")),
        Fault::Refused(row(FIND, 0, 400, "INVALID_FIELD", "")),
        Fault::Refused(row(FIND, 0, 412, "PRECONDITION_FAILED", "")),
    ] {
        let mut stage = Stage::with(1, fault.clone());
        let outcome = stage.run(&contact(), &visitor());
        assert_eq!((outcome.status, outcome.requests), (Status::Failed, 1), "{fault:?}");
        assert_eq!(outcome.records[0].error.as_ref().unwrap().retry, Retry::Never, "{fault:?}");
    }
}

#[test]
fn three_attempts_are_the_most_of_a_run() {
    let mut stage = Stage::new();
    stage.always = Some(Fault::Refused(answer(503, "")));
    let outcome = stage.run(&contact(), &visitor());
    assert_eq!((outcome.status, outcome.requests), (Status::Failed, 3));
    assert_eq!(outcome.records[0].error.as_ref().unwrap().retry, Retry::Later);
    // One for the lookup, one for the write; the write's second trouble is one too many.
    let locked = || Fault::Refused(row(&["write_Contact"], 0, 400, "UNABLE_TO_LOCK_ROW", ""));
    let mut stage = Stage::with(1, Fault::Ignored(CutOff)).and(3, locked()).and(5, locked());
    let outcome = stage.run(&contact(), &visitor());
    assert_eq!((outcome.status, outcome.requests), (Status::Failed, 5));
    assert!(stage.org.records("Contact").is_empty());
}

/// A refusal says that nothing happened, so the write may be sent again.
#[test]
fn a_write_that_was_refused_for_the_moment_is_repeated() {
    for fault in [
        Fault::Unsent(Kind::Connect),
        Fault::Refused(row(WRITE, 0, 400, "UNABLE_TO_LOCK_ROW", "unable to obtain exclusive access to this record")),
        Fault::Refused(row(
            WRITE,
            0,
            400,
            "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY",
            "CaseTrigger: UNABLE_TO_LOCK_ROW, …",
        )),
        Fault::Refused(row(WRITE, 0, 500, "UNKNOWN_EXCEPTION", "")),
        Fault::Refused(refusal(403, "REQUEST_LIMIT_EXCEEDED", "ConcurrentPerOrgLongTxn Limit exceeded.")),
        Fault::Refused(answer(429, "")),
    ] {
        let mut stage = Stage::with(1, fault.clone());
        let outcome = stage.run(&case(), &visitor());
        assert_eq!((outcome.status, outcome.requests), (Status::Done, 2), "{fault:?}");
        assert_eq!(stage.org.records("Case").len(), 1, "{fault:?}");
    }
}

/// Who held the lock may have been the same person's other conversation.
#[test]
fn after_a_pause_a_create_looks_again_first() {
    let other = |org: &mut host_tests::simulator::Org| {
        let contact = serde_json::json!({ "Contact": [{ "LastName": "Tal", "Email": "anna@example.com" }] });
        org.seed(&contact, jiff::Timestamp::UNIX_EPOCH).unwrap();
    };
    let locked = Fault::Refused(row(&["write_Contact"], 0, 400, "UNABLE_TO_LOCK_ROW", ""));
    let mut stage = Stage::with(2, locked).and(3, Fault::After(other));
    let outcome = stage.run(&contact(), &visitor());
    assert_eq!((outcome.status, results(&outcome)), (Status::Done, vec![RecordResult::Updated]));
    assert_eq!((stage.lookups(), stage.org.records("Contact").len()), (vec![true, false, true, false], 1));
}

/// The first may have written, and no second one can tell.
#[test]
fn a_create_is_never_repeated_when_its_answer_is_lost() {
    for fault in [
        Fault::Ignored(Timeout),
        Fault::Lost(Timeout),
        Fault::Lost(CutOff),
        Fault::Lost(Kind::TooLarge),
        Fault::Lost(Kind::Other),
        Fault::Garbled(answer(200, "<html>")),
        Fault::Garbled(answer(200, "{\"compositeResponse\":[]}")),
        Fault::Garbled(answer(202, "")),
        Fault::Garbled(answer(500, "")),
        Fault::Garbled(refusal(400, "REQUEST_RUNNING_TOO_LONG", "")),
        Fault::Garbled(refusal(503, "SERVER_UNAVAILABLE", "")),
        Fault::Garbled(asks_for(answer(503, ""), "1")),
        Fault::Garbled(asks_for(answer(503, ""), "3600")),
    ] {
        let mut stage = Stage::with(1, fault.clone());
        let outcome = stage.run(&case(), &visitor());
        assert_eq!((outcome.status, outcome.requests), (Status::Failed, 1), "{fault:?}");
        assert_eq!(results(&outcome), [RecordResult::Unknown], "{fault:?}");
        assert_eq!(outcome.records[0].error.as_ref().unwrap().retry, Retry::Verify, "{fault:?}");
    }
}

/// An update by id, whatever became of the first one.
#[test]
fn an_update_is_repeated_when_its_answer_is_lost() {
    for fault in [Fault::Lost(CutOff), Fault::Ignored(Timeout), Fault::Garbled(answer(502, "<html>"))] {
        let mut stage = Stage::with(2, fault.clone());
        stage
            .org
            .seed(
                &serde_json::json!({ "Contact": [{ "LastName": "Tal", "Email": "anna@example.com" }] }),
                jiff::Timestamp::UNIX_EPOCH,
            )
            .unwrap();
        let outcome = stage.run(&contact(), &visitor());
        assert_eq!((outcome.status, outcome.requests), (Status::Done, 3), "{fault:?}");
        assert_eq!(results(&outcome), [RecordResult::Updated]);
        assert_eq!(stage.org.records("Contact")[0]["LastName"], "Berg");
    }
}

#[test]
fn a_pause_grows_and_chance_spreads_it() {
    let pauses = |random| {
        let mut stage = Stage::new();
        stage.always = Some(Fault::Refused(answer(503, "")));
        stage.random = random;
        stage.run(&contact(), &visitor());
        stage.pauses
    };
    assert_eq!(pauses(0), [150, 450]);
    assert_eq!(pauses(299), [449, 749]);
    assert_eq!(pauses(u64::MAX), [150 + u64::MAX % 300, 450 + u64::MAX % 900]);
}

#[test]
fn a_wait_that_is_asked_for_is_kept_if_a_visitor_can_wait_that_long() {
    let mut stage = Stage::with(1, Fault::Refused(asks_for(answer(503, ""), "2")));
    let outcome = stage.run(&contact(), &visitor());
    assert_eq!((outcome.status, stage.pauses), (Status::Done, vec![2000]));
    for (asked, seconds) in [
        ("6", 6),
        ("3600", 3600),
        ("4294967295", u32::MAX),
        ("99999999999", 900),
        ("Wed, 21 Oct 2026 07:28:00 GMT", 900),
    ] {
        let mut stage = Stage::with(1, Fault::Refused(asks_for(answer(503, ""), asked)));
        let outcome = stage.run(&contact(), &visitor());
        assert_eq!((outcome.status, outcome.requests), (Status::Deferred, 1), "{asked}");
        assert_eq!(outcome.retry_after_seconds, Some(seconds));
        assert!(stage.pauses.is_empty());
    }
}

#[test]
fn what_is_left_of_the_deadline_bounds_every_request() {
    let mut stage = Stage::new();
    stage.slowness = 8_000;
    let outcome = stage.run(&contact(), &visitor());
    assert_eq!(outcome.status, Status::Done);
    // Half for the lookup; of the rest a quarter is kept to look after a lost write.
    assert_eq!(stage.within, [10_000, 9_000]);
    let mut short = contact();
    short["deadlineSeconds"] = 2.into();
    let mut stage = Stage::new();
    stage.run(&short, &visitor());
    assert_eq!(stage.within, [1_000, 1_500]);
}

/// A write begun in the last moment would be one more of which nobody knows what became.
#[test]
fn no_write_begins_when_the_time_is_over() {
    let mut stage = Stage::new();
    stage.slowness = 19_800;
    let outcome = stage.run(&contact(), &visitor());
    assert_eq!((outcome.status, results(&outcome)), (Status::Failed, vec![RecordResult::Failed]));
    let error = outcome.records[0].error.as_ref().unwrap();
    assert_eq!((error.code.as_ref(), error.retry), ("TIMEOUT", Retry::Later));
    assert_eq!(stage.lookups(), [true]);
}

#[test]
fn silence_ends_by_the_deadline() {
    let mut stage = Stage::new();
    stage.always = Some(Fault::Ignored(Timeout));
    let outcome = stage.run(&contact(), &visitor());
    assert_eq!((outcome.status, outcome.requests), (Status::Failed, 3));
    assert!(stage.clock <= 20_000, "{}", stage.clock);
}
