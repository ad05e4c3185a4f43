//! One call of `run-many`: lines, and those of earlier calls that are not settled.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;
use serde_json::{Value, json};

use super::known::{DOUBT, Known, State};
use super::results::{BEAT, Results};
use super::{Answer, RunMany, Way, of_line};
use crate::host::bindings::exports::chat_flow::salesforce::types::{RecordResult, RetryAdvice, Severity, Status};
use crate::host::{Conversation, EarlierConversation, Finding, Host, ManyOutcome, Outcome};
use crate::json as answers;

/// Most conversations of earlier calls in one call, and bytes of them. Source: the WIT, `run-many`.
const MAX_EARLIER: usize = 2_000;
const MAX_BYTES: usize = 4 << 20;

/// Lines that go into one call.
pub struct Chunk {
    pub lines: Vec<Line>,
    pub earlier: Vec<EarlierConversation>,
}

pub struct Line {
    pub number: u64,
    pub text: String,
    /// Since when it has been in doubt.
    pub doubt: Option<Timestamp>,
}

/// What came of a call.
pub struct Called {
    pub many: ManyOutcome,
    /// Of all calls, where the token had to be renewed.
    pub requests: u64,
    /// By the number of the line.
    pub answers: Vec<(u64, Answer)>,
}

/// The lines that no other may overtake, apart from those that are sent now; `None` if they are more than a call takes.
pub fn earlier(
    results: &Results,
    texts: &BTreeMap<u64, String>,
    lines: &[Line],
    now: Timestamp,
) -> Option<Vec<EarlierConversation>> {
    let sent: BTreeSet<u64> = lines.iter().map(|line| line.number).collect();
    let of = |(number, known): (&u64, &Known)| {
        let in_doubt_for = known.in_doubt_for(now);
        // What was run before this process began is run again by it, before what comes later.
        let waits = known.state == State::Again && known.tried;
        // Until people have settled it, it is in the way of later lines about the same record.
        let in_doubt_for = in_doubt_for
            .or((known.state == State::Unclear).then(|| u32::try_from(DOUBT.as_secs()).unwrap_or_default()));
        let variables = texts.get(number).filter(|_| (in_doubt_for.is_some() || waits) && !sent.contains(number))?;
        Some(EarlierConversation { variables: variables.clone(), in_doubt_for, records: known.records.clone() })
    };
    let earlier: Vec<EarlierConversation> = results.unsettled().iter().filter_map(of).collect();
    let bytes: usize = earlier.iter().map(|earlier| earlier.variables.len()).sum();
    (earlier.len() <= MAX_EARLIER && bytes <= MAX_BYTES).then_some(earlier)
}

/// Sends lines. While they are on their way, the time is noted: should the process end, that is when they were sent last.
pub async fn send(
    host: &Host,
    way: &Way,
    settings: &str,
    RunMany { log, correlation, .. }: &RunMany,
    chunk: &Chunk,
    results: &mut Results,
) -> anyhow::Result<Result<Called, Vec<Finding>>> {
    let answered: Mutex<Vec<Option<Answer>>> = Mutex::new(chunk.lines.iter().map(|_| None).collect());
    let lock = || answered.lock().unwrap_or_else(PoisonError::into_inner);
    let requests = Mutex::new(0);
    let call = |egress, session| {
        // After a renewal only those whose token was refused: what is written is written.
        let expired = |answer: &Option<Answer>| match answer {
            None => true,
            Some(answer) => answer.as_ref().is_ok_and(|outcome| outcome.status == Status::SessionExpired),
        };
        let now = Timestamp::now();
        let (mut left, mut conversations, mut earlier) = (Vec::new(), Vec::new(), chunk.earlier.clone());
        for (at, (line, answer)) in chunk.lines.iter().zip(lock().iter()).enumerate() {
            if expired(answer) {
                left.push(at);
                let in_doubt_for = line.doubt.map(|since| seconds(since, now));
                let correlation = correlation.as_deref().map(|name| of_line(name, line.number));
                conversations.push(Conversation { variables: line.text.clone(), in_doubt_for, correlation });
            } else if let Some(Ok(outcome)) = answer {
                earlier.extend(unsettled(line, outcome));
            }
        }
        let (host, requests, lock) = (host, &requests, &lock);
        async move {
            let answer = host.run_many(egress, &session, settings, &conversations, &earlier).await?;
            Ok(answer.inspect(|many: &ManyOutcome| {
                log.note("run-many", answers::document(&many.log));
                *requests.lock().unwrap_or_else(PoisonError::into_inner) += u64::from(many.requests);
                let mut answered = lock();
                for (at, answer) in left.into_iter().zip(many.conversations.clone()) {
                    if let Some(slot) = answered.get_mut(at) {
                        *slot = Some(read(answer));
                    }
                }
            }))
        }
    };
    let mut called = std::pin::pin!(way.call(call));
    let many = loop {
        tokio::select! {
            many = &mut called => break many?,
            () = tokio::time::sleep(BEAT) => results.beat()?,
        }
    };
    let many = match many {
        Ok(many) => many,
        Err(findings) => return Ok(Err(findings)),
    };
    let numbers = chunk.lines.iter().map(|line| line.number);
    let answers = std::mem::take(&mut *lock());
    let answers = numbers.zip(answers).filter_map(|(number, answer)| Some((number, answer?))).collect();
    let requests = *requests.lock().unwrap_or_else(PoisonError::into_inner);
    Ok(Ok(Called { many, requests, answers }))
}

/// A conversation that could not be read has no records, and an error among its findings.
fn read(outcome: Outcome) -> Answer {
    let is_unread = outcome.findings.iter().any(|finding| finding.severity == Severity::Error);
    if outcome.records.is_empty() && is_unread { Err(outcome.findings) } else { Ok(outcome) }
}

fn seconds(since: Timestamp, now: Timestamp) -> u32 {
    u32::try_from(now.duration_since(since).as_secs()).unwrap_or_default()
}

/// A conversation of this chunk that the others must not overtake after the token was renewed.
fn unsettled(line: &Line, outcome: &Outcome) -> Option<EarlierConversation> {
    let is_unknown = outcome.records.iter().any(|record| record.result == RecordResult::Unknown);
    let mut errors = outcome.records.iter().filter_map(|record| record.error.as_ref());
    let is_again = outcome.status == Status::Failed
        && errors.all(|error| [RetryAdvice::Later, RetryAdvice::RenewSession].contains(&error.retry));
    let records = outcome.records.iter().filter_map(|record| record.id.clone()).collect();
    let variables = line.text.clone();
    (is_unknown || is_again).then(|| EarlierConversation {
        variables,
        in_doubt_for: is_unknown.then_some(0),
        records: Some(records),
    })
}

/// What is noted of a conversation.
pub fn entry(outcome: &Value, doubt: Option<Timestamp>) -> Value {
    match doubt {
        Some(since) => json!({ "outcome": outcome, "inDoubt": since.to_string() }),
        None => json!({ "outcome": outcome }),
    }
}
