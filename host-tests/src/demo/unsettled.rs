//! A module of a conversation of which it is not known what became of it, or that waits for such a one.

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::answers::errors;
use super::org::CONVERSATION;
use super::state::State;
use crate::cli::many::{DOUBT, is_unknown};
use crate::host::Outcome;
use crate::host::bindings::exports::chat_flow::salesforce::types::{RecordError, RecordOutcome, RetryAdvice, Status};

/// See above.
#[derive(Clone)]
pub struct Unsettled {
    /// The conversation that it is of.
    pub conversation: String,
    pub step: usize,
    /// As they were when it began.
    pub variables: Map<String, Value>,
    /// When a request that may write was sent for it last; `None`: it has written nothing.
    pub since: Option<Timestamp>,
    /// Only a person can find out what became of it.
    pub is_for_people: bool,
    /// The visitor knows that it is open, and the flow has gone on.
    pub is_told: bool,
}

/// What an outcome says of it.
#[derive(Debug, PartialEq, Eq)]
pub enum Verdict {
    Settled,
    /// To be run again: what it wrote is looked for then, or it has written nothing.
    Open,
    ForPeople,
}

impl Unsettled {
    /// The module at which this conversation is.
    pub fn new(state: &State) -> Self {
        let mut variables = state.variables.clone();
        variables.insert(CONVERSATION.to_owned(), state.id.as_str().into());
        Self {
            conversation: state.id.clone(),
            step: state.step,
            variables,
            since: None,
            is_for_people: false,
            is_told: false,
        }
    }

    /// Whether the conversation is at this module.
    pub fn is_next_of(&self, state: &State) -> bool {
        self.is_of(state) && self.step == state.step
    }

    pub fn is_of(&self, state: &State) -> bool {
        self.conversation == state.id
    }

    /// Nothing that was sent for it can be at work any more.
    pub fn is_over(&self, now: Timestamp) -> bool {
        self.since.is_none_or(|since| now.duration_since(since) >= DOUBT)
    }

    /// For how many seconds a request of it may have been at work.
    pub fn in_doubt_for(&self, now: Timestamp) -> Option<u32> {
        // A clock that was put back has measured nothing.
        self.since.map(|since| u32::try_from(now.duration_since(since).as_secs()).unwrap_or_default())
    }

    /// What came of running it.
    pub fn verdict(&self, outcome: &Outcome) -> Verdict {
        if is_unknown(outcome) {
            let only_people = |(_, error): (&RecordOutcome, &RecordError)| {
                error.code == "IN_DOUBT" && error.retry == RetryAdvice::Verify
            };
            return if errors(outcome).any(only_people) { Verdict::ForPeople } else { Verdict::Open };
        }
        // It has found out nothing; or the visitor was told that it will be done.
        let is_promised = self.since.is_some() || self.is_told;
        if is_promised && is_run_again(outcome) { Verdict::Open } else { Verdict::Settled }
    }

    pub fn to_json(&self) -> Value {
        json!({
            "conversation": self.conversation,
            "step": self.step,
            "variables": self.variables,
            "since": self.since.map(|since| since.to_string()),
            "isForPeople": self.is_for_people,
            "isTold": self.is_told,
        })
    }

    pub fn from_json(json: &Value) -> Option<Self> {
        let since = match json.get("since")? {
            Value::Null => None,
            since => Some(since.as_str()?.parse().ok()?),
        };
        Some(Self {
            conversation: json.get("conversation")?.as_str()?.to_owned(),
            step: usize::try_from(json.get("step")?.as_u64()?).ok()?,
            variables: json.get("variables")?.as_object()?.clone(),
            since,
            is_for_people: json.get("isForPeople")?.as_bool()?,
            is_told: json.get("isTold")?.as_bool()?,
        })
    }
}

/// Nothing of it is written, and then it may go better.
fn is_run_again(outcome: &Outcome) -> bool {
    let helps = |(_, error): (&RecordOutcome, &RecordError)| {
        [RetryAdvice::Later, RetryAdvice::RenewSession].contains(&error.retry)
    };
    match outcome.status {
        Status::SessionExpired | Status::Deferred => true,
        Status::Failed => errors(outcome).next().is_some() && errors(outcome).all(helps),
        Status::Done | Status::Ambiguous => false,
    }
}
