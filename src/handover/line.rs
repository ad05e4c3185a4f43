//! The line to the messaging host: one request after another, repeated by the table of [`crate::exchange`], with a token that is
//! renewed in time.

use serde_json::Value;

use super::state::State;
use super::wire;
use crate::exchange::retry::{Next, Trouble};
use crate::exchange::{Exchange, Transport, Within};
use crate::report::{Code, RecordError, Retry};
use crate::texts::text;
use crate::wire::{Answer, ApiError, Head, Request, Response, TransportErrorKind};

/// Age from which on a token is renewed, in seconds. A guest's lives an hour, so calls that are 45 minutes apart keep it alive.
/// Source: Salesforce help, Enhanced Chat limits.
const RENEW_AFTER: u32 = 15 * 60;

/// One call's line.
pub(super) struct Line<'t> {
    transport: &'t mut dyn Transport,
    pub(super) exchange: Exchange,
    /// The host's clock at the beginning, in seconds.
    now: u32,
    elapsed: u64,
    /// What Salesforce asked for last.
    pub(super) retry_after: Option<u32>,
    renewed: bool,
}

/// Why a request did not do what it was sent for.
#[derive(Debug)]
pub(super) struct Failed {
    trouble: Box<Trouble>,
    pub(super) retry: Retry,
    /// Of the last answer, if there was one.
    pub(super) status: Option<u16>,
    /// Salesforce may still be at work on it.
    pub(super) is_late: bool,
}

impl Failed {
    /// Whether it may have been carried out.
    pub(super) fn is_in_doubt(&self) -> bool {
        self.retry == Retry::Verify
    }

    /// The guest's token is over, and there is no other.
    pub(super) fn is_token_over(&self) -> bool {
        self.status == Some(401)
    }

    /// There is no such conversation, or no session of it.
    pub(super) fn is_gone(&self) -> bool {
        matches!(self.status, Some(403 | 404 | 410))
    }

    /// A success that says nothing.
    pub(super) fn unreadable(response: &Response) -> Self {
        let status = Some(response.status);
        Self { trouble: Box::new(Trouble::Unreadable), retry: Retry::Later, status, is_late: false }
    }

    pub(super) fn into_error(self) -> RecordError {
        match self.status {
            Some(401) => RecordError::new(Code::ChatTokenOver, text!(chat::TOKEN_OVER)),
            Some(413) => RecordError::new(Code::FileTooLarge, text!(chat::FILE_TOO_LARGE)),
            Some(415) => RecordError::new(Code::BadFile, text!(chat::FILE_REFUSED)),
            _ => self.trouble.into_record_error(self.retry),
        }
    }
}

impl<'t> Line<'t> {
    pub(super) fn new(transport: &'t mut dyn Transport, deadline_seconds: u32, now: u32) -> Self {
        let exchange = Exchange::new(deadline_seconds);
        Self { transport, exchange, now, elapsed: 0, retry_after: None, renewed: false }
    }

    /// Milliseconds since the call began.
    pub(super) fn elapsed(&self) -> u64 {
        self.elapsed
    }

    /// Seconds since 1970.
    pub(super) fn clock(&self) -> u32 {
        self.now.saturating_add(u32::try_from(self.elapsed / 1_000).unwrap_or(u32::MAX))
    }

    /// Lets time pass.
    pub(super) fn wait(&mut self, milliseconds: u64) {
        if milliseconds > 0 {
            self.transport.pause(milliseconds);
            let moment = self.transport.now();
            self.elapsed = moment.elapsed;
            self.exchange = self.exchange.since(moment);
        }
    }

    /// Once, and for no longer than `most` milliseconds.
    pub(super) fn once(&mut self, request: &Request, most: Option<u64>) -> Answer {
        let sending = self.exchange.sending(0, Within::Most);
        let within = most.map_or(sending.within, |most| most.min(sending.within));
        let answer = self.transport.send(request, within);
        let moment = self.transport.now();
        self.elapsed = moment.elapsed;
        self.exchange.told(Head::of(&answer), moment);
        answer
    }

    /// Repeated by the table, which never repeats what is not repeatable and may have arrived.
    pub(super) fn ask(&mut self, request: &Request, repeatable: bool) -> Result<Response, Failed> {
        loop {
            let answer = self.once(request, None);
            let (status, is_late, trouble) = match answer {
                Ok(response) if (200..300).contains(&response.status) => return Ok(response),
                Ok(response) => (Some(response.status), false, Trouble::whole(ApiError::of_response(&response))),
                Err(error) => (None, error.kind == TransportErrorKind::Timeout, Trouble::Transport(error)),
            };
            // Another token may help, and nothing else.
            let next = match status {
                Some(401) => Next::GiveUp(Retry::Never),
                _ => self.exchange.next(&trouble, repeatable),
            };
            if let Next::Again { after: pause } = next {
                self.wait(pause);
                continue;
            }
            let (_, retry, seconds) = next.ending();
            self.retry_after = seconds.or(self.retry_after);
            return Err(Failed { trouble: Box::new(trouble), retry, status, is_late });
        }
    }

    /// The same with the chat's token, which is renewed when it is old or refused, once in a call.
    pub(super) fn ask_as(
        &mut self,
        state: &mut State,
        repeatable: bool,
        request: &dyn Fn(&State) -> Request,
    ) -> Result<Response, Failed> {
        if self.clock().saturating_sub(state.issued) >= RENEW_AFTER {
            // An old token may still do.
            let _ = self.renew(state);
        }
        match self.ask(&request(state), repeatable) {
            Err(failed) if failed.is_token_over() => {
                self.renew(state)?;
                self.ask(&request(state), repeatable)
            }
            answer => answer,
        }
    }

    /// A new token of the same guest.
    pub(super) fn renew(&mut self, state: &mut State) -> Result<(), Failed> {
        if std::mem::replace(&mut self.renewed, true) {
            return Err(Failed {
                trouble: Box::new(Trouble::Unreadable),
                retry: Retry::Never,
                status: Some(401),
                is_late: false,
            });
        }
        let response = self.ask(&wire::continuation(state), true)?;
        let answer = response.json().unwrap_or_default();
        let token = answer.get("accessToken").and_then(Value::as_str).unwrap_or_default();
        if state.take_token(token, self.clock()) {
            return Ok(());
        }
        Err(Failed::unreadable(&response))
    }
}
