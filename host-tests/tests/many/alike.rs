//! Many conversations at once end as the same conversations one after the other: the same results, the same records.

#[path = "alike/cases.rs"]
mod cases;
#[path = "alike/faults.rs"]
mod faults;
#[path = "alike/killed.rs"]
mod killed;

use proptest::prelude::*;
use proptest::test_runner::{RngAlgorithm, TestRng, TestRunner};
use salesforce_module::report::RecordResult;
use serde_json::json;

use crate::support::outcome;
pub use cases::prepared;
use cases::{all_settings, conversation, org, state};

/// Draws the same cases each time; `PROPTEST_CASES` draws more of them, `PROPTEST_RNG_SEED` others.
fn runner(cases: u32) -> TestRunner {
    let drawn = |name| std::env::var(name).ok().and_then(|value: String| value.parse::<u64>().ok());
    let cases = drawn("PROPTEST_CASES").and_then(|cases| u32::try_from(cases).ok()).unwrap_or(cases);
    let mut seed = [0; 32];
    for (byte, drawn) in seed.iter_mut().zip(drawn("PROPTEST_RNG_SEED").unwrap_or(7).to_le_bytes()) {
        *byte = drawn;
    }
    let config = ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() };
    TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &seed))
}

#[test]
fn many_at_once_end_as_one_after_the_other() {
    let settings = all_settings();
    let count = settings.len();
    let mut seen = std::collections::BTreeSet::new();
    let mut runner = runner(600);
    let cases = (0..count, proptest::collection::vec(conversation(), 1..12));
    let result = runner.run(&cases, |(at, conversations)| {
        let (mut one_by_one, mut at_once) = (org(&settings[at]), org(&settings[at]));
        let alone: Vec<_> = conversations.iter().map(|variables| one_by_one.run(&settings[at], variables)).collect();
        let ending = at_once.run_many(&settings[at], &conversations);
        prop_assert_eq!(ending.results.len(), alone.len());
        for (n, (result, alone)) in ending.results.iter().zip(&alone).enumerate() {
            let together = outcome(result);
            prop_assert_eq!(together.status, alone.status, "conversation {}", n);
            let results = |outcome: &salesforce_module::report::Outcome| {
                let of = |record: &salesforce_module::report::RecordOutcome| {
                    // An upsert does not tell whether it changed anything.
                    let upserts = settings[at]["schema"].is_object() && record.result == RecordResult::Unchanged;
                    let result = if upserts { RecordResult::Updated } else { record.result };
                    (result, record.error.as_ref().map(|error| error.code.to_string()))
                };
                outcome.records.iter().map(of).collect::<Vec<_>>()
            };
            prop_assert_eq!(results(together), results(alone), "conversation {}", n);
        }
        prop_assert_eq!(state(&at_once), state(&one_by_one));
        Ok(())
    });
    result.expect("alike");
    // Else the conversations have become all of one kind, and the test says little.
    for settings in &settings {
        let mut stage = org(settings);
        for n in 0..6 {
            let mail = ["anna@example.com", "ben@example.com", "carl@example.com"][n % 3];
            let variables =
                json!({ "mail": mail, "name": "Berg", "phone": "1", "other": "", "first": "A", "topic": "T" });
            seen.extend(stage.run(settings, &variables).records.iter().map(|record| format!("{:?}", record.result)));
        }
    }
    for wanted in [RecordResult::Created, RecordResult::Updated, RecordResult::Unchanged, RecordResult::Ambiguous] {
        assert!(seen.contains(&format!("{wanted:?}")), "{wanted:?}");
    }
}
