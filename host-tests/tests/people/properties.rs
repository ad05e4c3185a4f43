//! Whatever is in the org: no second person, no write to a converted Lead, and what is done is found again.

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use salesforce_module::report::{RecordResult, Status};
use serde_json::json;

use crate::stage::Stage;
use crate::{candidates, contact, convert, lead, person_with, seed, visitor};

/// What became of a Lead.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Fate {
    Open,
    /// The Contact with this number, which no key finds.
    Contact(usize),
    Gone,
}

fn fate() -> impl Strategy<Value = Fate> {
    prop_oneof![Just(Fate::Open), (0..2_usize).prop_map(Fate::Contact), Just(Fate::Gone)]
}

#[test]
fn a_person_is_written_once_or_not_at_all() {
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(Config { cases: 300, ..Config::default() }, rng);
    let inputs = (0..3_usize, prop::collection::vec(fate(), 0..4), any::<bool>(), any::<bool>());
    let test = |(found, fates, lead_first, newest): (usize, Vec<Fate>, bool, bool)| {
        let mut stage = Stage::new();
        let moved = |at: usize| json!({ "LastName": "Moved", "Email": format!("m{at}@example.com") });
        let contacts: Vec<_> = (0..2).map(moved).chain((0..found).map(|_| contact("Old"))).collect();
        let leads: Vec<_> = fates.iter().map(|_| lead("Old")).collect();
        let ids = seed(&mut stage.org, json!({ "Contact": contacts, "Lead": leads }));
        let (contacts, leads) = ids.split_at(2 + found);
        for (lead, fate) in leads.iter().zip(&fates) {
            match fate {
                Fate::Open => {}
                Fate::Contact(at) => convert(&mut stage.org, lead, Some(&contacts[*at])),
                Fate::Gone => convert(&mut stage.org, lead, None),
            }
        }
        let look_in = if lead_first { ["Lead", "Contact"] } else { ["Contact", "Lead"] };
        let rule = if newest { "most-recently-modified" } else { "stop" };
        let settings = person_with(&[], &json!({ "lookIn": look_in, "whenSeveralMatch": rule }));
        let before = (stage.org.records("Contact"), stage.org.records("Lead"));
        let outcome = stage.run(&settings, &visitor());
        let after = (stage.org.records("Contact"), stage.org.records("Lead"));

        let nobody = found == 0 && fates.is_empty();
        let count = before.0.len() + before.1.len();
        prop_assert_eq!(after.0.len() + after.1.len(), count + usize::from(nobody));
        let changed = |before: &[serde_json::Value], after: &[serde_json::Value]| {
            before.iter().zip(after).filter(|(before, after)| before["LastName"] != after["LastName"]).count()
        };
        let written = changed(&before.0, &after.0) + changed(&before.1, &after.1);
        let record = &outcome.records[0];
        prop_assert_eq!(written, usize::from(record.result == RecordResult::Updated), "{:#?}", &outcome);
        prop_assert!(after.1.iter().all(|lead| lead["IsConverted"] != true || lead["LastName"] == "Old"));
        // Leads that lead to one record, however many they are, are one match.
        let of_contacts = if lead_first && !fates.is_empty() { 0 } else { found };
        let mut ways = fates.clone();
        ways.sort_by_key(|way| format!("{way:?}"));
        ways.dedup_by(|a, b| a == b && matches!(a, Fate::Contact(_)));
        let all_gone = ways.iter().all(|way| *way == Fate::Gone);
        let all_open = ways.iter().all(|way| *way == Fate::Open);
        let expected = match () {
            () if nobody => (Status::Done, RecordResult::Created),
            () if of_contacts == 1 || (of_contacts > 1 && newest) => (Status::Done, RecordResult::Updated),
            () if of_contacts > 1 => (Status::Ambiguous, RecordResult::Ambiguous),
            () if all_gone => (Status::Failed, RecordResult::Failed),
            () if ways.len() == 1 || (all_open && newest) => (Status::Done, RecordResult::Updated),
            () => (Status::Ambiguous, RecordResult::Ambiguous),
        };
        prop_assert_eq!((outcome.status, record.result), expected, "{:#?}", &outcome);
        prop_assert!(candidates(&outcome).len() != 1);
        if outcome.status == Status::Done {
            let again = stage.run(&settings, &visitor());
            prop_assert_eq!(&again.records[0].id, &record.id);
            // The one that was updated is now the newest of those that match.
            prop_assert_eq!(again.records[0].result, RecordResult::Unchanged);
        }
        Ok(())
    };
    runner.run(&inputs, test).unwrap_or_else(|error| panic!("{error}"));
}
