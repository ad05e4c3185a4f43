//! A process that is killed after some requests and begun again with all conversations in doubt: what is left is what the
//! conversations would have left one after the other. Those that a person is to look after are left out, and so are those that
//! wrote nothing the first time: that is not known of them, and run again after the others they may find what these wrote.

use std::cell::Cell;

use proptest::prelude::*;
use salesforce_module::exchange::{Step, Transport, Waiting as _};
use salesforce_module::many::{Conversation, DOUBT_SECONDS};
use salesforce_module::module;
use salesforce_module::report::{Outcome, RecordResult, Retry, Status};
use serde_json::Value;

use super::cases::{all_settings, conversation, org, state};
use super::runner;
use crate::many::support::{SESSION, outcome};
use crate::stage::Stage;

/// Calls after the one that was killed: one that looks, and more that run what stayed in doubt.
const MAX_CALLS: usize = 12;

fn killed_after(requests: usize, stage: &mut Stage, settings: &Value, all: &[Value]) {
    let conversations = all.iter().map(|variables| Conversation::from(variables.to_string())).collect();
    let started = module::start_many(&SESSION, &settings.to_string(), conversations, &[]);
    let mut step = started.expect("good input").0.start();
    for _ in 0..requests {
        let Step::Send(sending, waiting) = step else { return };
        stage.pause(sending.after);
        let answer = stage.send(&waiting.request(), sending.within);
        step = waiting.answer(answer, stage.now());
    }
}

fn is_run_again(outcome: &Outcome) -> bool {
    let mut errors = outcome.records.iter().filter_map(|record| record.error.as_ref());
    outcome.status == Status::Failed && errors.all(|error| error.retry == Retry::Later)
}

fn has(outcome: &Outcome, results: &[RecordResult]) -> bool {
    outcome.records.iter().any(|record| results.contains(&record.result))
}

#[test]
fn what_is_begun_again_ends_as_one_after_the_other() {
    let settings = all_settings();
    let cases = (0..settings.len(), proptest::collection::vec(conversation(), 1..8), 0..8_usize);
    let compared = Cell::new(0);
    let result = runner(600).run(&cases, |(at, all, requests)| {
        let settings = &settings[at];
        let (mut one_by_one, mut stage) = (org(settings), org(settings));
        let written = [RecordResult::Created, RecordResult::Updated, RecordResult::Unchanged];
        // Those that write.
        let all: Vec<Value> =
            all.into_iter().filter(|variables| has(&one_by_one.run(settings, variables), &written)).collect();
        let mut one_by_one = org(settings);
        let alone: Vec<_> = all.iter().map(|variables| one_by_one.run(settings, variables)).collect();
        let others = [RecordResult::Failed, RecordResult::Ambiguous, RecordResult::Skipped];
        if alone.iter().any(|outcome| has(outcome, &others)) {
            return Ok(());
        }
        killed_after(requests, &mut stage, settings, &all);
        let mut wanted: Vec<usize> = (0..all.len()).collect();
        for call in 0..MAX_CALLS {
            let in_doubt_for = if call == 0 { 0 } else { DOUBT_SECONDS };
            let of = |n: &usize| Conversation { variables: all[*n].to_string(), in_doubt_for: Some(in_doubt_for) };
            let ending = stage.run_after(settings, wanted.iter().map(of).collect(), &[]);
            let outcomes: Vec<&Outcome> = ending.results.iter().map(outcome).collect();
            // Left to people.
            let others = [RecordResult::Unknown, RecordResult::Failed, RecordResult::Ambiguous];
            if outcomes.iter().any(|outcome| has(outcome, &others) && !is_run_again(outcome)) {
                return Ok(());
            }
            wanted =
                wanted.iter().zip(outcomes).filter(|(_, outcome)| is_run_again(outcome)).map(|(n, _)| *n).collect();
        }
        prop_assert!(wanted.is_empty(), "it does not end");
        prop_assert_eq!(state(&stage), state(&one_by_one), "killed after {}", requests);
        compared.set(compared.get() + 1);
        Ok(())
    });
    result.expect("alike");
    assert!(compared.get() > 50, "only {} compared", compared.get());
}
