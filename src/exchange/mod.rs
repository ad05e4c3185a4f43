//! How a state machine of this crate talks to the org without I/O: it says what to send, and is told the answer.

pub(crate) mod retry;

use crate::wire::{Answer, Request};

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
    /// Sends the request and waits for all of its answer, for so many milliseconds at most.
    fn send(&mut self, request: &Request, within: u64) -> Answer;

    /// Read after each answer. A transport that does not say it is one on which no time passes.
    fn now(&mut self) -> Moment {
        Moment::default()
    }

    /// Lets so many milliseconds pass.
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
    /// Send this, then call [`Waiting::answer`].
    Send(Sending, Box<W>),
    /// It has ended: there is nothing more to send.
    Done(Box<E>),
}

/// A request, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sending {
    /// What to send, without its `Authorization` header, which the transport adds.
    pub request: Request,
    /// Milliseconds to wait before.
    pub after: u64,
    /// Milliseconds that all of its answer may take.
    pub within: u64,
}

/// A conversation that waits for an answer, and ends with an `E`.
pub trait Waiting<E>: Sized {
    /// Takes the answer to the request, and when it came. A transport error is an answer too.
    fn answer(self, answer: Answer, now: Moment) -> Step<Self, E>;
}

impl<W: Waiting<E>, E> Step<W, E> {
    /// Carries out the rest.
    pub fn drive(mut self, transport: &mut impl Transport) -> E {
        loop {
            self = match self {
                Self::Send(Sending { request, after, within }, waiting) => {
                    if after > 0 {
                        transport.pause(after);
                    }
                    let answer = transport.send(&request, within);
                    waiting.answer(answer, transport.now())
                }
                Self::Done(end) => return *end,
            }
        }
    }
}
