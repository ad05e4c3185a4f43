//! What must hold whatever goes wrong.

use serde_json::Value;

use crate::faults::cell::Seen;

/// What it says, and whether it holds.
type Rule = (&'static str, fn(&Seen) -> bool);

/// The rules that do not hold.
pub fn broken(seen: &Seen) -> Vec<String> {
    let rules: [Rule; 9] = [
        ("what ends as without the fault has done what is done without it", done_is_done),
        ("what is called written is there, as it was to be", nothing_is_lost),
        ("nothing is written twice", nothing_is_doubled),
        ("what is read is what is there, and nothing else is handed over", read_is_there),
        ("a file is there as the outcome says", files_are_what_is_said),
        ("no write follows a lookup that failed", no_write_after_a_failed_lookup),
        ("nothing is written where the outcome says so", nothing_is_written_in_secret),
        ("a status fits its records", |seen| status_fits(seen.outcome)),
        ("no value and no token gets out", nothing_leaks),
    ];
    rules.iter().filter(|(_, holds)| !holds(seen)).map(|(name, _)| (*name).to_owned()).collect()
}

/// Whether a host may run again: not what is done, and not what is to be looked for first.
pub fn is_to_be_run_again(outcome: &Value) -> bool {
    !in_doubt(outcome) && ["failed", "deferred", "session-expired"].iter().any(|status| outcome["status"] == **status)
}

/// Whether something is to be looked for before a further run.
pub fn in_doubt(outcome: &Value) -> bool {
    records(outcome).iter().chain([&outcome["response"]]).any(|record| record["error"]["retry"] == "verify")
}

fn records(outcome: &Value) -> Vec<Value> {
    outcome["records"].as_array().cloned().unwrap_or_default()
}

fn has(outcome: &Value, result: &str) -> bool {
    records(outcome).iter().any(|record| record["result"] == result)
}

fn done_is_done(seen: &Seen) -> bool {
    let baseline = seen.scenario.baseline();
    let done = seen.outcome["status"] == "done" && baseline.outcome["status"] == "done";
    // A file that could not be sent leaves the records as they are.
    let with_all = files(seen.outcome).iter().all(|file| file["error"].is_null());
    !done
        || match with_all {
            true => seen.state.holds_as(&baseline.after),
            false => seen.state.without_files().holds_as(&baseline.after.without_files()),
        }
}

fn files(outcome: &Value) -> Vec<Value> {
    outcome["files"].as_array().cloned().unwrap_or_default()
}

/// Each file that is called attached is there, and no other than those whose answer was lost.
fn files_are_what_is_said(seen: &Seen) -> bool {
    let said = files(seen.outcome);
    let count = |result: &str| said.iter().filter(|file| file["result"] == result).count();
    let is_there = |file: &Value| file["id"].as_str().is_some_and(|id| seen.state.record(id).is_some());
    let attached = said.iter().filter(|file| file["result"] == "created");
    let count_of =
        |state: &crate::faults::state::State| state.counts().get("ContentVersion").copied().unwrap_or_default();
    let new = count_of(seen.state) - count_of(&seen.scenario.baseline().before);
    attached.clone().all(is_there) && (count("created")..=count("created") + count("unknown")).contains(&new)
}

/// A record of the outcome is in the org, and is what it is when nothing goes wrong.
fn nothing_is_lost(seen: &Seen) -> bool {
    let baseline = seen.scenario.baseline();
    records(seen.outcome).iter().zip(records(&baseline.outcome)).all(|(record, expected)| {
        let claimed = ["created", "updated", "unchanged", "found"].iter().any(|result| record["result"] == **result);
        let stored = record["id"].as_str().and_then(|id| seen.state.record(id));
        let wanted = expected["id"].as_str().and_then(|id| baseline.after.record(id));
        // Of a list with several records none is the one.
        let is_list = record["result"] == "found" && record["id"].is_null() && expected["id"].is_null();
        !claimed || is_list || (stored.is_some() && stored == wanted)
    })
}

/// Of a read: with `done` the variables are those of the run without the fault, else there are none.
fn read_is_there(seen: &Seen) -> bool {
    let wanted = match seen.outcome["status"] == "done" {
        true => seen.scenario.baseline().outcome["variables"].clone(),
        false => serde_json::json!({}),
    };
    seen.scenario.settings["mode"] != "sobject-read" || seen.outcome["variables"] == wanted
}

fn nothing_is_doubled(seen: &Seen) -> bool {
    let most = seen.scenario.baseline().after.counts();
    seen.state.counts().iter().all(|(object, count)| most.get(object).is_some_and(|most| count <= most))
}

fn no_write_after_a_failed_lookup(seen: &Seen) -> bool {
    let mut failed = false;
    for (body, fault) in seen.met {
        match is_lookup(body) {
            true => failed = fault.is_some(),
            false if failed => return false,
            false => {}
        }
    }
    true
}

/// Whether it only asks.
pub fn is_lookup(body: &[u8]) -> bool {
    let body: Value = serde_json::from_slice(body).unwrap_or_default();
    let subrequests = body["compositeRequest"].as_array().cloned().unwrap_or_default();
    !subrequests.is_empty() && subrequests.iter().all(|subrequest| subrequest["method"] == "GET")
}

/// Where nothing is called written or unknown, the org is as it was.
fn nothing_is_written_in_secret(seen: &Seen) -> bool {
    let attached = files(seen.outcome).iter().any(|file| file["result"] == "created" || file["result"] == "unknown");
    let open = attached || ["created", "updated", "unknown"].iter().any(|result| has(seen.outcome, result));
    let response = &seen.outcome["response"];
    let requested =
        response.is_object() && (seen.outcome["status"] == "done" || response["error"]["retry"] == "verify");
    open || requested || seen.state.holds_as(&seen.scenario.baseline().before)
}

/// Whether the status of an outcome says what its records say.
pub fn status_fits(outcome: &Value) -> bool {
    if outcome["response"].is_object() {
        // A request has one error, or none if it is done.
        let waits = outcome["status"] != "deferred" || outcome["retryAfterSeconds"].is_u64();
        return (outcome["status"] == "done") == outcome["response"]["error"].is_null() && waits;
    }
    match outcome["status"].as_str() {
        Some("done") => !has(outcome, "failed") && !has(outcome, "unknown") && !has(outcome, "ambiguous"),
        Some("failed") => has(outcome, "failed") || has(outcome, "unknown"),
        Some("ambiguous") => has(outcome, "ambiguous") && !has(outcome, "created") && !has(outcome, "unknown"),
        Some("deferred") => {
            outcome["retryAfterSeconds"].is_u64() && !has(outcome, "created") && !has(outcome, "unknown")
        }
        Some("session-expired") => !has(outcome, "created") && !has(outcome, "unknown"),
        _ => false,
    }
}

fn nothing_leaks(seen: &Seen) -> bool {
    let variables: Value = serde_json::from_str(&seen.scenario.variables).unwrap_or_default();
    !leaks(seen.outcome, &[variables], seen.token)
}

/// Texts of the visitors that are long enough to be recognised, the token, and what the org said of them.
pub fn leaks(outcome: &Value, variables: &[Value], token: &str) -> bool {
    let mut outcome = outcome.clone();
    outcome["variables"] = Value::Null;
    // A visitor's record may be known by its id from the start.
    for record in outcome["records"].as_array_mut().into_iter().flatten() {
        (record["id"], record["url"]) = (Value::Null, Value::Null);
    }
    let text = outcome.to_string();
    let mut typed = vec![token.to_owned(), "Canary".to_owned()];
    variables.iter().for_each(|variables| texts(variables, &mut typed));
    typed.iter().any(|typed| text.contains(typed))
}

fn texts(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) if text.trim().len() > 5 => found.push(text.trim().to_owned()),
        Value::Array(values) => values.iter().for_each(|value| texts(value, found)),
        Value::Object(values) => values.values().for_each(|value| texts(value, found)),
        _ => {}
    }
}
