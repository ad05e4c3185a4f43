//! How a state machine of this crate talks to the org without I/O: it says what to send, and is told the answer.

pub(crate) mod retry;

use std::borrow::Cow;

use crate::base::{Finding, FindingCode, Said};
use crate::report::{Retry, Spent, Status};
use crate::texts::Again;
use crate::texts::text;
use crate::wire::{Answer, Head, Request};
use retry::{Next, Retries, Trouble};

/// More requests than a thousand conversations take, each alone and repeated: in a test, a machine that asks without end fails.
const MAX_STEPS: u32 = 20_000;

/// Time and chance, which the core has none of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Moment {
    /// Milliseconds since the call began.
    pub elapsed: u64,
    /// Another number each time.
    pub random: u64,
}

/// Where requests go. Any closure is a transport on which no time passes, so a test is a closure too.
pub trait Transport {
    /// Sends the request and waits for all of its answer, for at most `within` milliseconds.
    fn send(&mut self, request: &Request, within: u64) -> Answer;

    /// Read after each answer. A transport that does not say it is one on which no time passes.
    fn now(&mut self) -> Moment {
        Moment::default()
    }

    /// Lets time pass.
    fn pause(&mut self, _milliseconds: u64) {}
}

impl<F: FnMut(&Request) -> Answer> Transport for F {
    fn send(&mut self, request: &Request, _within: u64) -> Answer {
        self(request)
    }
}

/// What a conversation with the org does next. It knows no I/O: it says what to send, and is told the answer.
#[derive(Debug, PartialEq)]
pub enum Step<W, E> {
    /// Send [`Waiting::request`], then call [`Waiting::answer`].
    Send(Sending, Box<W>),
    /// It has ended: there is nothing more to send.
    Done(Box<E>),
}

/// When a request is to be sent, and how long it may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sending {
    /// Milliseconds to wait before.
    pub after: u64,
    /// Milliseconds that all of its answer may take.
    pub within: u64,
}

/// A conversation that waits for an answer, and ends with an `E`.
pub trait Waiting<E>: Sized {
    /// What to send, without its `Authorization` header, which the transport adds. Text is made of it here and nowhere before: a
    /// run among many is asked what it wants to do, and never writes a request of its own.
    fn request(&self) -> Cow<'_, Request>;

    /// Takes the answer to the request, and when it came. A transport error is an answer too.
    fn answer(self, answer: Answer, now: Moment) -> Step<Self, E>;
}

impl<W: Waiting<E>, E> Step<W, E> {
    /// Carries out the rest.
    pub fn drive(mut self, transport: &mut impl Transport) -> E {
        let mut steps = 0;
        loop {
            steps += 1;
            debug_assert!(steps <= MAX_STEPS, "it asks without end");
            self = match self {
                Self::Send(Sending { after, within }, waiting) => {
                    if after > 0 {
                        transport.pause(after);
                    }
                    let answer = transport.send(&waiting.request(), within);
                    waiting.answer(answer, transport.now())
                }
                Self::Done(end) => return *end,
            }
        }
    }
}

/// What a state machine has sent, what it may still repeat, and how late it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Exchange {
    pub(crate) spent: Spent,
    retries: Retries,
    now: Moment,
    /// What the last answer asks for.
    retry_after: Option<u32>,
}

/// How much of the time that is left a request may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Within {
    /// As much is left for what comes after it.
    Half,
    /// Some is left to repeat it, or to look whether it was carried out.
    Most,
    All,
}

impl Exchange {
    pub(crate) fn new(deadline_seconds: u32) -> Self {
        let retries = Retries::new(deadline_seconds);
        Self { spent: Spent::default(), retries, now: Moment::default(), retry_after: None }
    }

    /// For a machine that begins while its call is under way: the deadline is the call's.
    pub(crate) fn since(self, now: Moment) -> Self {
        Self { now, ..self }
    }

    /// Sends a request after a pause, in milliseconds.
    pub(crate) fn sending(&mut self, after: u64, within: Within) -> Sending {
        self.spent.requests += 1;
        let then = Moment { elapsed: self.now.elapsed + after, ..self.now };
        let within = match within {
            Within::Half => self.retries.for_a_lookup(then),
            Within::Most => self.retries.for_a_write(then),
            Within::All => self.retries.left(then),
        };
        Sending { after, within }
    }

    /// Notes when an answer came, and what it says of the org's requests.
    pub(crate) fn told(&mut self, head: Head, now: Moment) {
        (self.now, self.retry_after) = (now, head.retry_after);
        self.spent.api_usage = head.api_usage.or(self.spent.api_usage);
    }

    /// What trouble with the request that was answered last leads to; see [`retry`].
    pub(crate) fn next(&mut self, trouble: &Trouble, repeatable: bool) -> Next {
        self.retries.next(trouble, repeatable, self.retry_after, self.now)
    }

    /// Whether a request is worth sending now.
    pub(crate) fn has_time(&self) -> bool {
        self.retries.has_time(self.now)
    }
}

/// How a machine ends that asks the org about its setup and is not told.
pub(crate) struct Unanswered {
    pub(crate) status: Status,
    pub(crate) finding: Finding,
    pub(crate) retry_after_seconds: Option<u32>,
}

impl Unanswered {
    pub(crate) fn of(next: Next, trouble: Trouble, again: Again) -> Self {
        let (status, retry, retry_after_seconds) = next.ending();
        let (code, remedy) = match (status, retry) {
            (Status::SessionExpired, _) => {
                (FindingCode::SessionExpired, text!(findings_org::ask_with_a_new_token(again)))
            }
            (Status::Deferred, _) => (FindingCode::RequestLimit, text!(findings_org::ask_later(again))),
            (_, Retry::Never) => (FindingCode::OrgNotDescribed, text!(findings_org::ask_when_corrected(again))),
            _ => (FindingCode::OrgNotDescribed, text!(findings_org::ask_or_check_the_way(again))),
        };
        let said = Said { message: trouble.into_record_error(Retry::Never).message, remedy };
        Self { status, finding: Finding::new(code, "", said), retry_after_seconds }
    }
}

#[cfg(test)]
mod tests {
    use super::{Answer, Cow, Moment, Request, Sending, Step, Transport as _, Waiting};
    use crate::wire::Response;

    #[derive(Debug)]
    struct Endless;

    fn ask() -> Step<Endless, ()> {
        Step::Send(Sending { after: 0, within: 1 }, Box::new(Endless))
    }

    impl Waiting<()> for Endless {
        fn request(&self) -> Cow<'_, Request> {
            Cow::Owned(Request { method: "GET", ..Request::default() })
        }

        fn answer(self, _: Answer, _: Moment) -> Step<Self, ()> {
            ask()
        }
    }

    #[test]
    #[should_panic(expected = "asks without end")]
    fn a_machine_that_asks_without_end_fails() {
        let mut transport = |_: &Request| Ok(Response::default());
        assert_eq!(transport.now(), Moment::default());
        ask().drive(&mut transport);
    }
}
