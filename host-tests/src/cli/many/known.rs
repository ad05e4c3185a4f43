//! What is known of a line of `run-many`, by what the file of results says of it.

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use crate::host::Outcome;
use crate::host::bindings::exports::chat_flow::salesforce::types::RecordResult;

/// How long Salesforce may be at work on a request whose answer was lost. Source: the WIT, `conversation`.
pub const DOUBT: SignedDuration = SignedDuration::from_secs(600);

/// How far a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It was sent, and whether it was written is not known; it can be looked for.
    InDoubt,
    /// It ended with nothing written, and running it again can help.
    Again,
    /// It was in doubt and cannot be looked for: running it again could write it twice.
    Unclear,
    /// It ended. `done` says whether as it should.
    Settled { done: bool },
}

/// What is known of a line.
#[derive(Clone, Debug, PartialEq)]
pub struct Known {
    pub state: State,
    /// When it may have been sent last, if that may have written something.
    pub doubt: Option<Timestamp>,
    /// Ids in its outcome, if it has one.
    pub records: Option<Vec<String>>,
    /// It was sent by this process.
    pub tried: bool,
    /// It has begun, and no end of it is noted.
    pub is_on_its_way: bool,
}

impl Known {
    /// For how many seconds it has been in doubt, at least, if that is not over.
    pub fn in_doubt_for(&self, now: Timestamp) -> Option<u32> {
        let since = now.duration_since(self.doubt?);
        (since < DOUBT).then(|| u32::try_from(since.as_secs()).unwrap_or_default())
    }
}

/// Whether something that was sent for it may have been written, or will be.
pub fn is_unknown(outcome: &Outcome) -> bool {
    outcome.records.iter().any(|record| record.result == RecordResult::Unknown)
}

/// What an entry says of its line; `None` if it lacks its time.
pub fn known(entry: &Value) -> Option<Known> {
    let at = time(&entry["at"])?;
    let Some(outcome) = entry.get("outcome") else {
        return Some(Known {
            state: State::Settled { done: false },
            doubt: None,
            records: None,
            tried: false,
            is_on_its_way: false,
        });
    };
    let records = || outcome["records"].as_array().into_iter().flatten();
    let errors = || records().filter_map(|record| record["error"]["retry"].as_str());
    let is_unknown = records().any(|record| record["result"] == "unknown");
    let has_code = |code: &str| records().any(|record| record["error"]["code"] == code);
    let in_doubt = has_code("IN_DOUBT");
    let again = errors().next().is_some() && errors().all(|retry| ["later", "renew-session"].contains(&retry));
    // A call that could not look for it has ended no doubt.
    let since = time(&entry["inDoubt"]);
    let run_again = if since.is_some() { State::InDoubt } else { State::Again };
    let state = match outcome["status"].as_str() {
        Some("done") => State::Settled { done: true },
        Some("deferred" | "session-expired") => run_again,
        Some("failed") if in_doubt => {
            if again {
                State::InDoubt
            } else {
                State::Unclear
            }
        }
        // As long as one of its records says otherwise, it is not to be run again.
        Some("failed") if again => run_again,
        // It waits for one that is left to people, and so does what comes after it.
        Some("failed") if has_code("EARLIER_UNKNOWN") => State::Unclear,
        _ => State::Settled { done: false },
    };
    let ids = records().filter_map(|record| record["id"].as_str().map(str::to_owned)).collect();
    let doubt = since.or(is_unknown.then_some(at));
    let records = (!in_doubt && since.is_none()).then_some(ids);
    Some(Known { state, doubt, records, tried: false, is_on_its_way: false })
}

/// A time that was noted.
pub fn time(value: &Value) -> Option<Timestamp> {
    value.as_str()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{State, known};

    #[test]
    fn only_what_wrote_nothing_and_may_go_better_is_run_again() {
        let at = "2026-11-27T07:39:38Z";
        let of = |status: &str, retries: &[&str]| {
            let records: Vec<_> = retries.iter().map(|retry| json!({ "error": { "retry": retry } })).collect();
            known(&json!({ "at": at, "outcome": { "status": status, "records": records } })).expect("known").state
        };
        assert_eq!(of("done", &[]), State::Settled { done: true });
        assert_eq!(of("deferred", &["later"]), State::Again);
        assert_eq!(of("session-expired", &[]), State::Again);
        assert_eq!(of("failed", &["later", "later"]), State::Again);
        for retries in [&["later", "verify"] as &[&str], &["never"], &["verify"], &[]] {
            assert_eq!(of("failed", retries), State::Settled { done: false }, "{retries:?}");
        }
        assert_eq!(of("ambiguous", &[]), State::Settled { done: false });
        assert_eq!(known(&json!({ "at": at, "findings": [] })).expect("known").state, State::Settled { done: false });
    }

    #[test]
    fn a_doubt_lasts_ten_minutes_from_when_it_began() {
        let of = |entry: serde_json::Value, now: &str| {
            known(&entry).expect("known").in_doubt_for(now.parse().expect("a time"))
        };
        let record =
            |code: &str, retry: &str| json!({ "result": "unknown", "error": { "code": code, "retry": retry } });
        let outcome = |record| json!({ "status": "failed", "records": [record] });
        let lost = json!({ "at": "2026-11-27T07:00:00Z", "outcome": outcome(record("TIMEOUT", "verify")) });
        assert_eq!(of(lost.clone(), "2026-11-27T07:09:59Z"), Some(599));
        assert_eq!(of(lost, "2026-11-27T07:10:00Z"), None);
        let looked_for = json!({ "at": "2026-11-27T07:05:00Z", "inDoubt": "2026-11-27T07:00:00Z",
            "outcome": outcome(record("IN_DOUBT", "later")) });
        assert_eq!(known(&looked_for).expect("known").state, State::InDoubt);
        assert_eq!(of(looked_for, "2026-11-27T07:10:00Z"), None);
        let not_looked_for = |status: &str| {
            let outcome =
                json!({ "status": status, "records": [{ "result": "failed", "error": { "retry": "later" } }] });
            json!({ "at": "2026-11-27T07:05:00Z", "inDoubt": "2026-11-27T07:00:00Z", "outcome": outcome })
        };
        for status in ["failed", "deferred", "session-expired"] {
            assert_eq!(known(&not_looked_for(status)).expect("known").state, State::InDoubt, "{status}");
            assert_eq!(of(not_looked_for(status), "2026-11-27T07:09:00Z"), Some(540), "{status}");
        }
    }
}
