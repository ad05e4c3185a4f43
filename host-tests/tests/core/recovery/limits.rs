//! The org's API requests: what the outcome says of them, and what is left to others.

use salesforce_module::report::{RecordResult, Retry, Status};
use salesforce_module::wire::{ApiUsage, TransportErrorKind};
use serde_json::json;

use crate::stage::{Fault, Stage, asks_for, case, contact, refusal, results, visitor};

#[test]
fn the_outcome_tells_what_the_last_answer_told() {
    let mut stage = Stage::new();
    assert_eq!(stage.run(&contact(), &visitor()).api_usage, Some(ApiUsage { used: 2, limit: 15_000 }));
    // Also if it was not the last request that was answered.
    let mut stage = Stage::with(2, Fault::Unsent(TransportErrorKind::Denied));
    assert_eq!(stage.run(&contact(), &visitor()).api_usage, Some(ApiUsage { used: 1, limit: 15_000 }));
    let mut stage = Stage::with(1, Fault::Unsent(TransportErrorKind::Denied));
    assert_eq!(stage.run(&contact(), &visitor()).api_usage, None);
}

#[test]
fn above_the_authors_threshold_nothing_is_written() {
    let mut settings = contact();
    for (percent, status) in [(1, Status::Deferred), (2, Status::Done), (100, Status::Done)] {
        settings["deferAboveApiUsage"] = percent.into();
        let mut stage = Stage::new();
        for _ in 0..149 {
            stage.run(&case(), &visitor());
        }
        let outcome = stage.run(&settings, &visitor());
        assert_eq!(outcome.api_usage.unwrap().used, if status == Status::Done { 151 } else { 150 });
        assert_eq!(outcome.status, status, "{percent} percent");
        let written = stage.org.records("Contact").len();
        if status == Status::Deferred {
            assert_eq!((results(&outcome), written), (vec![RecordResult::Skipped], 0));
            let error = outcome.records[0].error.as_ref().unwrap();
            assert_eq!((error.code.as_ref(), error.retry), ("API_USAGE_ABOVE_LIMIT", Retry::Later));
            assert_eq!(outcome.retry_after_seconds, Some(900));
            assert_eq!(stage.lookups(), [true]);
            // A preview says what a run would end with.
            assert_eq!(stage.preview(&settings, &visitor()).status, Status::Deferred);
        } else {
            assert_eq!(written, 1);
        }
    }
}

#[test]
fn a_used_up_day_is_not_waited_for() {
    let used_up = || refusal(403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.");
    for (request, lookups) in [(1, vec![true]), (2, vec![true, false])] {
        for (response, seconds) in [(used_up(), 900), (asks_for(used_up(), "2"), 2)] {
            let mut stage = Stage::with(request, Fault::Refused(response));
            let outcome = stage.run(&contact(), &visitor());
            assert_eq!((outcome.status, outcome.retry_after_seconds), (Status::Deferred, Some(seconds)));
            assert_eq!((stage.lookups(), stage.pauses.len()), (lookups.clone(), 0));
            assert_eq!(results(&outcome), [RecordResult::Skipped]);
        }
    }
}

#[test]
fn thresholds_and_deadlines_have_a_range() {
    for (setting, value, code) in [
        ("deferAboveApiUsage", json!(0), "out-of-range"),
        ("deferAboveApiUsage", json!(101), "out-of-range"),
        ("deferAboveApiUsage", json!("90"), "wrong-type"),
        ("deadlineSeconds", json!(0), "out-of-range"),
        ("deadlineSeconds", json!(61), "out-of-range"),
        ("deadlineSeconds", json!(1.5), "out-of-range"),
        ("deadlineSeconds", json!(null), "wrong-type"),
    ] {
        let mut settings = contact();
        settings[setting] = value.clone();
        let findings = salesforce_module::module::check(&settings.to_string());
        let found = findings.iter().find(|finding| finding.path == format!("/{setting}"));
        assert_eq!(found.map(|finding| finding.code.word()), Some(code), "{setting} {value}");
    }
}
