//! What must hold of each conversation, and of all of them together.

use std::collections::BTreeMap;

use serde_json::Value;

use super::batches::Batch;
use crate::faults::rules::{in_doubt, leaks, status_fits};
use crate::faults::state::{FILES, State};

/// What there is to judge.
pub struct Seen<'a> {
    pub batch: &'a Batch,
    pub outcomes: &'a [Value],
    pub state: &'a State,
    pub token: &'a str,
}

/// What it says, and whether it holds.
type Rule = (&'static str, fn(&Seen) -> bool);

/// The rules that do not hold.
pub fn broken(seen: &Seen) -> Vec<String> {
    let rules: [Rule; 6] = [
        ("batch: what is done as without the fault is there as without it", done_is_done),
        ("batch: what is called written is there, as it was to be", nothing_is_lost),
        ("batch: nothing is written twice", nothing_is_doubled),
        ("batch: nothing is written where no outcome says so", nothing_is_written_in_secret),
        ("batch: a status fits its records", |seen| seen.outcomes.iter().all(status_fits)),
        ("batch: no value and no token gets out", nothing_leaks),
    ];
    rules.iter().filter(|(_, holds)| !holds(seen)).map(|(name, _)| (*name).to_owned()).collect()
}

/// Whether a host may run the conversation again, if it passes on those that are in doubt.
pub fn is_to_be_run_again(outcome: &Value) -> bool {
    let ended = ["failed", "deferred", "session-expired"].iter().any(|status| outcome["status"] == **status);
    ended && !in_doubt(outcome)
}

/// The ids in an outcome's records.
pub fn ids(outcome: &Value) -> Vec<String> {
    records(outcome).filter_map(|record| record["id"].as_str()).map(str::to_owned).collect()
}

pub fn lacks_a_file(outcomes: &[Value]) -> bool {
    let files = outcomes.iter().flat_map(|outcome| outcome["files"].as_array().into_iter().flatten());
    files.into_iter().any(|file| !file["error"].is_null())
}

fn records(outcome: &Value) -> impl Iterator<Item = &Value> {
    outcome["records"].as_array().into_iter().flatten()
}

fn all_records<'a>(seen: &Seen<'a>) -> impl Iterator<Item = &'a Value> {
    seen.outcomes.iter().flat_map(records)
}

fn is_claimed(record: &Value) -> bool {
    ["created", "updated", "unchanged", "found"].iter().any(|result| record["result"] == **result)
}

fn done_is_done(seen: &Seen) -> bool {
    let after = &seen.batch.baseline().after;
    seen.outcomes.iter().any(|outcome| outcome["status"] != "done")
        || match lacks_a_file(seen.outcomes) {
            true => seen.state.without_files().holds_as(&after.without_files()),
            false => seen.state.holds_as(after),
        }
}

/// A record of an outcome is in the org, and is what it is when nothing goes wrong.
fn nothing_is_lost(seen: &Seen) -> bool {
    let baseline = seen.batch.baseline();
    let pairs = all_records(seen).zip(baseline.outcomes.iter().flat_map(records));
    pairs.filter(|(record, _)| is_claimed(record)).all(|(record, expected)| {
        let content = |state: &State, record: &Value| record["id"].as_str().and_then(|id| state.content(id));
        let stored = content(seen.state, record);
        stored.is_some() && stored == content(&baseline.after, expected)
    })
}

fn nothing_is_doubled(seen: &Seen) -> bool {
    let most = seen.batch.baseline().after.counts();
    seen.state.counts().iter().all(|(object, count)| most.get(object).is_some_and(|most| count <= most))
}

/// What no outcome claims is as it was before, or is one of those that are called unknown.
fn nothing_is_written_in_secret(seen: &Seen) -> bool {
    let before = seen.batch.baseline().before.contents();
    let mut unknown: BTreeMap<&str, usize> = BTreeMap::new();
    for record in all_records(seen).filter(|record| record["result"] == "unknown") {
        *unknown.entry(record["sobject"].as_str().expect("a name")).or_default() += 1;
    }
    let claimed: Vec<&str> =
        all_records(seen).filter(|record| is_claimed(record)).filter_map(|record| record["id"].as_str()).collect();
    seen.state.ids().filter(|(object, id)| !FILES.contains(object) && !claimed.contains(id)).all(|(object, id)| {
        let content = seen.state.content(id);
        let was_there = before.iter().any(|(of, text)| *of == object && Some(text) == content.as_ref());
        let left = unknown.entry(object).or_default();
        let is_open = *left > 0;
        if !was_there && is_open {
            *left -= 1;
        }
        was_there || is_open
    })
}

fn nothing_leaks(seen: &Seen) -> bool {
    let variables: Vec<Value> = seen.batch.conversations.clone();
    !seen.outcomes.iter().any(|outcome| leaks(outcome, &variables, seen.token))
}
