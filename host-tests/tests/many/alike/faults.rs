//! The same with a request that goes wrong, over two calls and as many more as a host makes that does what it is told: what is
//! left is what the conversations would have left one after the other, whichever of those that stayed `unknown` were written.

use proptest::prelude::*;
use proptest::sample::select;
use salesforce_module::many::{Conversation, Earlier};
use salesforce_module::report::{Outcome, RecordResult, Retry, Status};
use salesforce_module::wire::TransportErrorKind::{CutOff, Timeout};
use serde_json::Value;

use super::cases::{all_settings, conversation, org, state};
use super::runner;
use crate::stage::{Fault, Stage, answer, refusal};
use crate::support::outcome;

/// Calls that a host makes, at most.
const MAX_CALLS: usize = 12;
/// Conversations that stay unknown, at most: each may be written or not.
const MAX_UNKNOWN: usize = 6;

/// What went wrong, and how it ended.
#[derive(Clone, Debug)]
struct Wrong {
    fault: Fault,
    /// The first request that meets it, and how many.
    at: usize,
    times: usize,
}

fn wrong() -> impl Strategy<Value = Wrong> {
    let lock = refusal(400, "UNABLE_TO_LOCK_ROW", "unable to obtain exclusive access to this record");
    let faults = vec![
        Fault::Lost(CutOff),
        Fault::Lost(Timeout),
        Fault::Ignored(CutOff),
        Fault::Late(0),
        Fault::Late(1),
        Fault::Late(3),
        Fault::Late(100),
        Fault::Refused(lock),
        Fault::Refused(answer(503, "<h1>")),
        Fault::Garbled(answer(200, "")),
    ];
    (select(faults), 1..7_usize, select(vec![1, 1, 3])).prop_map(|(fault, at, times)| Wrong { fault, at, times })
}

/// What a host knows of a conversation.
#[derive(Clone, Default)]
struct Known {
    outcome: Option<Outcome>,
    /// It was, at least once. Run again, it may find what it has written itself, and do otherwise.
    was_unknown: bool,
}

impl Known {
    fn is_unknown(&self) -> bool {
        let records = self.outcome.iter().flat_map(|outcome| &outcome.records);
        records.into_iter().any(|record| record.result == RecordResult::Unknown)
    }

    /// It is to be run, for the first time or once more.
    fn waits(&self) -> bool {
        let Some(outcome) = &self.outcome else { return true };
        let mut errors = outcome.records.iter().filter_map(|record| record.error.as_ref());
        outcome.status == Status::Failed && errors.all(|error| error.retry == Retry::Later)
    }

    /// For a test that fails.
    fn told(&self) -> String {
        let records = self.outcome.iter().flat_map(|outcome| &outcome.records);
        let told =
            records.map(|record| format!("{:?} {:?}", record.result, record.error.as_ref().map(|error| &error.code)));
        told.collect::<Vec<_>>().join(", ")
    }

    fn as_earlier(&self, variables: &Value) -> Option<Earlier> {
        let outcome = self.outcome.as_ref()?;
        let records =
            outcome.records.iter().filter_map(|record| Some(record.id.as_ref()?.as_str().to_owned())).collect();
        let in_doubt_for = self.is_unknown().then_some(0);
        let earlier = Earlier { variables: variables.to_string(), in_doubt_for, records: Some(records) };
        (self.is_unknown() || self.waits()).then_some(earlier)
    }
}

fn call(stage: &mut Stage, settings: &Value, all: &[Value], known: &mut [Known], wanted: &[usize], doubts: bool) {
    let conversations = wanted.iter().map(|&n| Conversation::from(all[n].to_string())).collect();
    let others = (0..all.len()).filter(|n| !wanted.contains(n) && doubts);
    let earlier: Vec<Earlier> = others.filter_map(|n| known[n].as_earlier(&all[n])).collect();
    let ending = stage.run_after(settings, conversations, &earlier);
    for (&n, result) in wanted.iter().zip(&ending.results) {
        known[n].outcome = Some(outcome(result).clone());
        known[n].was_unknown |= known[n].is_unknown();
    }
}

/// Every choice of those that stayed unknown.
fn fits_one_by_one(settings: &Value, all: &[Value], known: &[Known], left: &[Value]) -> bool {
    let unknown: Vec<usize> = (0..all.len()).filter(|&n| known[n].was_unknown).collect();
    (0..1_u32 << unknown.len()).any(|written| {
        let mut stage = org(settings);
        for (n, variables) in all.iter().enumerate() {
            let place = unknown.iter().position(|other| *other == n);
            if place.is_none_or(|place| written & (1 << place) != 0) {
                let alone = stage.run(settings, variables);
                let together = known[n].outcome.as_ref().expect("an outcome");
                if place.is_none() && alone.status != together.status {
                    return false;
                }
            }
        }
        state(&stage) == left
    })
}

#[test]
fn what_goes_wrong_writes_nothing_twice_and_changes_no_order() {
    let settings = all_settings();
    let cases = (0..settings.len(), proptest::collection::vec(conversation(), 1..8), 0..8_usize, wrong());
    let result = runner(400).run(&cases, |(at, all, split, wrong)| {
        let settings = &settings[at];
        let mut stage = org(settings);
        let mut known = vec![Known::default(); all.len()];
        let split = split.min(all.len());
        stage.faults = (wrong.at..wrong.at + wrong.times).map(|n| (n, wrong.fault.clone())).collect();
        call(&mut stage, settings, &all, &mut known, &(0..split).collect::<Vec<_>>(), true);
        stage.faults.clear();
        call(&mut stage, settings, &all, &mut known, &(split..all.len()).collect::<Vec<_>>(), true);
        // Ten minutes later.
        stage.settle();
        for _ in 0..MAX_CALLS {
            let wanted: Vec<usize> = (0..all.len()).filter(|&n| known[n].waits()).collect();
            if wanted.is_empty() {
                break;
            }
            call(&mut stage, settings, &all, &mut known, &wanted, false);
        }
        prop_assert!(!known.iter().any(Known::waits), "it does not end");
        let unknown = known.iter().filter(|known| known.was_unknown).count();
        let left = state(&stage);
        prop_assert!(
            unknown > MAX_UNKNOWN || fits_one_by_one(settings, &all, &known, &left),
            "{:?}\nleft {}",
            known.iter().map(Known::told).collect::<Vec<_>>(),
            Value::from(left)
        );
        Ok(())
    });
    result.expect("alike");
}
