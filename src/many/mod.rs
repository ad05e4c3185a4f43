//! Many conversations with one settings document, in few requests: a queue replayed after an outage, a nightly batch.
//!
//! Each conversation is a [`Run`] of its own, and what it looks up, decides, repeats and reports is decided there and nowhere
//! else. This is the switchboard between the runs and Salesforce: requests of one kind that several runs want to send go out
//! as one, and each run is told the answer to its own, as if it had been alone. So whatever a single run promises holds for
//! each of a thousand. One that may meet what an earlier one writes waits until that is written.

mod answer;
mod batch;
mod begin;
mod collections;
mod doubt;
mod graphs;
mod limits;
mod lookups;
mod order;
mod pending;
mod probe;
mod slots;
mod told;

use std::borrow::Cow;

use crate::base::Finding;
use crate::exchange::retry::Trouble;
use crate::exchange::{self, Moment, Sending};
use crate::report::{Outcome, Spent, Status};
use crate::run::{Step as RunStep, Told};
use crate::salesforce::version::Feature;
use crate::settings::Records;
use crate::wire::{Answer, ApiError, Head, Request, Response, TransportError, TransportErrorKind};

pub use doubt::{Conversation, DOUBT_SECONDS, Earlier};
pub use limits::{MAX_CONVERSATIONS, MAX_CONVERSATIONS_BYTES, MAX_EARLIER, MAX_RECORDS, check};

use answer::Share;
use limits::{answer_full, shorten, size_of};
use order::Claims;
use pending::{Asking, Load};
use slots::{Held, Slot, Unread, Wait};

/// What a whole call may take, in seconds: no visitor waits.
pub const MAX_SECONDS: u32 = 600;
/// What one request may take, in milliseconds: two hundred records pass through an org's automation in less, and a query is
/// given up by Salesforce itself. Source: App Limits Cheatsheet, query timeout.
const MAX_REQUEST: u64 = 120_000;
/// Memory that conversations may take at the same time, in bytes, about. The first of them always begins.
const MAX_WEIGHT: usize = 6 << 20;
/// What the values take that conversations hand over, in bytes, before the others end without being sent.
const MAX_KEPT: usize = 3 << 20;
/// How much more memory a row takes than its text, at most, about.
const ROW_FACTOR: usize = 2;
/// Least time in which a request is worth sending, in milliseconds.
const LEAST_TIME: u64 = 1_000;

/// What to do next.
pub type Step = exchange::Step<Waiting, Ending>;

/// Many runs.
pub struct Many {
    settings: Records,
    slots: Vec<Slot>,
    claims: Claims,
    /// Of the conversations that have begun and not ended.
    weight: usize,
    /// Of what those that have ended hand over.
    kept: usize,
    now: Moment,
    spent: Spent,
    /// After it nothing more is sent: the token is refused, or the requests of the day are used up.
    last_word: Option<(Head, Trouble)>,
    /// The org knows no composite graphs.
    without_graphs: bool,
    /// Conversations of earlier calls: they come first and only stand in the way of others.
    earlier: usize,
    /// Conversations in doubt that are looked for before all else.
    probes: Vec<(usize, Conversation)>,
    /// Variables that are absent, each with the first conversation that lacks it: said there and nowhere else.
    absent: Vec<(usize, Finding)>,
}

/// A switchboard that waits for an answer.
pub struct Waiting {
    many: Many,
    request: Request,
    batch: Batch,
    /// In the order in which they are carried out.
    members: Vec<usize>,
}

/// What a request was sent for.
enum Batch {
    Alone,
    Lookups(lookups::Gathered),
    Collections(collections::Gathered),
    Graphs,
}

/// How it ended.
#[derive(Clone, Debug, PartialEq)]
pub struct Ending {
    /// In the order of the conversations: the outcome, or why nothing was sent for it.
    pub results: Vec<Result<Outcome, Vec<Finding>>>,
    /// Of all conversations together: a request that many of them share counts once.
    pub spent: Spent,
}

impl Many {
    /// `earlier` are conversations of other calls that are in the way of these.
    pub fn new(settings: Records, conversations: Vec<Conversation>, earlier: &[Earlier]) -> Self {
        let done = earlier.iter().map(|_| Slot::Done(Box::new(Err(Vec::new()))));
        let slots: Vec<Slot> = done.chain(conversations.into_iter().map(Unread::slot)).collect();
        let mut many = Self {
            claims: Claims::new(&settings, slots.len()),
            without_graphs: !settings.api_version.has(Feature::CompositeGraph),
            settings,
            slots,
            weight: 0,
            kept: 0,
            now: Moment::default(),
            spent: Spent::default(),
            last_word: None,
            earlier: earlier.len(),
            absent: Vec::new(),
            probes: Vec::new(),
        };
        for (index, earlier) in earlier.iter().enumerate() {
            many.stands_in_the_way(index, earlier);
        }
        many
    }

    /// The first step.
    pub fn start(mut self) -> Step {
        loop {
            let asking: Vec<usize> = self.asking().map(|(index, _)| index).collect();
            match (asking.is_empty(), self.last_word.clone()) {
                (true, _) if self.begin() => {}
                (true, _) => break,
                (false, Some(last)) => {
                    for index in asking {
                        let (head, trouble) = last.clone();
                        self.told(index, Share::Told(Told { head, reply: Err(Box::new(trouble)) }));
                    }
                }
                (false, None) if self.kept > MAX_KEPT && self.refuse_undecided(&asking) => {}
                (false, None) => return self.send(),
            }
        }
        let result = |slot| match slot {
            Slot::Done(result) => Some(*result),
            _ => None,
        };
        let results = self.slots.into_iter().skip(self.earlier).filter_map(result).collect();
        Step::Done(Box::new(Ending { results, spent: self.spent }))
    }

    /// Carries out all of it.
    pub fn drive(self, transport: &mut impl exchange::Transport) -> Ending {
        self.start().drive(transport)
    }

    /// A conversation has gone a step.
    fn went(&mut self, index: usize, load: Load, step: RunStep) {
        let slot = match step {
            RunStep::Send(sending, waiting) => {
                self.claims.may_adopt(index, waiting.may_adopt());
                Slot::Asks(Box::new(Asking::new(sending, *waiting, load)))
            }
            RunStep::Done(ending) if load.probes => self.probed(index, load, &ending.into_outcome()),
            RunStep::Done(ending) => {
                let mut outcome = Outcome { requests: load.requests, ..ending.into_outcome() };
                self.ended(index, load, &mut outcome);
                self.weight = self.weight.saturating_sub(load.weight);
                shorten(&mut outcome.findings);
                self.kept += outcome.variables.values().map(size_of).sum::<usize>();
                Slot::Done(Box::new(Ok(outcome)))
            }
        };
        self.put(index, slot);
    }

    /// The answer is as long as it can be: what is not written yet, is to be written in another call. False if there is nothing.
    fn refuse_undecided(&mut self, asking: &[usize]) -> bool {
        let mut refused = false;
        for &index in asking {
            match self.take(index) {
                Some(Slot::Asks(asking)) if asking.is_undecided() => {
                    let Asking { waiting, load, .. } = *asking;
                    refused = true;
                    self.went(index, load, waiting.before_lookup().refuse(answer_full()));
                }
                Some(slot) => self.put(index, slot),
                None => {}
            }
        }
        refused
    }

    fn send(mut self) -> Step {
        let Some((request, batch, members)) = self.gather() else { return self.start() };
        let (mut after, mut within) = (0, MAX_REQUEST);
        // Of those before each conversation, as many as are not finished.
        let mut unfinished = 0;
        let mut unfinished_before = Vec::with_capacity(self.slots.len());
        for slot in &self.slots {
            unfinished_before.push(unfinished);
            unfinished += usize::from(!matches!(slot, Slot::Done(_)));
        }
        let in_order = members.is_sorted();
        for (place, &index) in members.iter().enumerate() {
            let unfinished = unfinished_before.get(index).copied().unwrap_or_default();
            let before =
                if in_order { place } else { members.iter().take(place).filter(|other| **other < index).count() };
            if let Some(Slot::Asks(asking)) = self.slots.get_mut(index) {
                after = after.max(asking.after);
                within = within.min(asking.within);
                asking.load.requests += 1;
                asking.load.overtakes = unfinished > before;
            }
        }
        // The end of the call is the end of all of them, whenever they have begun.
        let left = (u64::from(MAX_SECONDS) * 1_000).saturating_sub(self.now.elapsed + after);
        if left < LEAST_TIME {
            let late = TransportError { kind: TransportErrorKind::Timeout, not_sent: true };
            members.iter().for_each(|&index| self.told(index, Share::Told(Told::trouble(&Err(late)))));
            return self.start();
        }
        let within = within.min(left);
        self.spent.requests += 1;
        Step::Send(Sending { after, within }, Box::new(Waiting { many: self, request, batch, members }))
    }

    fn answered(&mut self, batch: Batch, members: Vec<usize>, answer: &Answer) {
        if let Ok(response) = answer {
            self.spent.api_usage = response.api_usage().or(self.spent.api_usage);
            if is_last_word(response) {
                self.last_word = Trouble::of(answer).err().map(|trouble| (Head::of(answer), *trouble));
            }
        }
        for (index, share) in self.shares(batch, members, answer) {
            self.told(index, share);
        }
    }
}

impl exchange::Waiting<Ending> for Waiting {
    fn request(&self) -> Cow<'_, Request> {
        Cow::Borrowed(&self.request)
    }

    fn answer(mut self, answer: Answer, now: Moment) -> Step {
        self.many.now = now;
        self.many.answered(self.batch, self.members, &answer);
        drop(answer);
        self.many.start()
    }
}

impl Ending {
    /// What is most urgent among the conversations.
    pub fn status(&self) -> Status {
        let has = |status: Status| self.results.iter().flatten().any(|outcome| outcome.status == status);
        let order = [Status::SessionExpired, Status::Deferred, Status::Failed, Status::Ambiguous];
        let refused = self.results.iter().any(Result::is_err);
        match order.into_iter().find(|status| has(*status)) {
            Some(Status::Ambiguous) if refused => Status::Failed,
            Some(status) => status,
            None if refused => Status::Failed,
            None => Status::Done,
        }
    }

    /// With [`Status::Deferred`]: the longest that any conversation is to wait.
    pub fn retry_after_seconds(&self) -> Option<u32> {
        self.results.iter().flatten().filter_map(|outcome| outcome.retry_after_seconds).max()
    }
}

/// Whether every further request would be answered alike.
fn is_last_word(response: &Response) -> bool {
    if response.status == 200 {
        return false;
    }
    let error = ApiError::of_response(response);
    error.is_expired_session() || (error.is_limit() && !error.is_limit_of_the_moment())
}
