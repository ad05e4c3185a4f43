//! The retry table: what trouble with a request leads to, read from top to bottom; the first row that fits decides.
//!
//! It has two columns, since it matters what a second copy of the request would do. One that is `repeatable` - a lookup, an
//! update by id, an upsert by a field that is unique - can be sent again although the first may have arrived. One that
//! creates cannot: where its answer is lost, somebody has to look first.
//!
//! A run repeats at most [`MAX_REPEATS`] requests and ends by one deadline. Time and chance are passed in as [`Moment`]s.

#[cfg(test)]
mod tests;

use Then::{Defer, Never, Now, Pause, Renew, Verify};

use crate::exchange::Moment;
use crate::report::error::unreadable;
use crate::report::{RecordError, Retry, Status};
use crate::wire::limits::DEFAULT_DEFER_SECONDS;
use crate::wire::{Answer, ApiError, Response, TransportError, TransportErrorKind as Kind};

/// Repetitions in one run: three attempts, if one request has all the trouble.
const MAX_REPEATS: u32 = 2;
/// Pause before the first repetition, in milliseconds; chance makes it half as long to half as long again, so that
/// conversations that met the same lock do not meet again. Row locks are held for fractions of a second.
const FIRST_PAUSE: u64 = 300;
/// How much longer the next one is.
const PAUSE_FACTOR: u64 = 3;
/// Longest pause that a visitor is left waiting, in milliseconds. If Salesforce asks for more, the host runs again later.
const MAX_PAUSE: u64 = 5_000;
/// Least time in which a request is worth sending, in milliseconds.
const LEAST_TIME: u64 = 500;
/// Most of what is left that a write leaves for looking after it, in milliseconds.
const MAX_RESERVE: u64 = 5_000;

/// Why a request did not do what it was sent for.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Trouble {
    Transport(TransportError),
    /// A success that is none of Salesforce's REST API, or lacks parts.
    Unreadable,
    /// Salesforce, or something before it, answered an error: to the `whole` request, or in one row of a composite answer.
    Refused {
        error: ApiError,
        whole: bool,
    },
}

/// What a row says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Then {
    /// The same again, at once.
    Now,
    /// The same again after a pause.
    Pause,
    /// Not in this conversation: the host runs again later.
    Defer,
    /// The host renews the access token and runs again.
    Renew,
    /// It would fail again.
    Never,
    /// It may have been carried out.
    Verify,
}

struct Row {
    fits: fn(&Trouble) -> bool,
    repeatable: Then,
    once: Then,
}

const fn row(fits: fn(&Trouble) -> bool, repeatable: Then, once: Then) -> Row {
    Row { fits, repeatable, once }
}

/// In the order of a request's life.
const TABLE: &[Row] = &[
    // Send. The rules of the host refuse it, and a certificate is not trusted: the same would come of it in a second.
    row(|t| t.is_settled() && t.is_unsent(), Never, Never),
    // But a host may have taken the whole request before it says so.
    row(Trouble::is_settled, Never, Verify),
    // No address, no connection, no free slot: it has not arrived.
    row(Trouble::is_unsent, Pause, Pause),
    // Time out. It may be at work still: Salesforce gives a call ten minutes. Source: App Limits Cheatsheet.
    row(|t| t.kind() == Some(Kind::Timeout), Now, Verify),
    // Answer. It would be as large again.
    row(|t| t.kind() == Some(Kind::TooLarge), Never, Verify),
    // A kept connection that the server had closed looks like this, and a new one is there at once.
    row(|t| t.kind() == Some(Kind::CutOff), Now, Verify),
    row(|t| t.kind().is_some(), Pause, Verify),
    // A proxy's page, or half an answer.
    row(|t| *t == Trouble::Unreadable, Pause, Verify),
    // Service. Looked at before all else: nothing happened.
    row(|t| t.is(ApiError::is_expired_session), Renew, Renew),
    // Too many long requests at this moment; it ends with the first of them.
    row(|t| t.is(ApiError::is_limit_of_the_moment), Pause, Pause),
    // The requests of 24 hours are used up: nothing to wait for in a chat.
    row(|t| t.is(ApiError::is_limit), Defer, Defer),
    // Another transaction holds the row, and this one is undone.
    row(|t| t.is(ApiError::is_lock), Pause, Pause),
    // Asks for patience before it does anything.
    row(|t| t.is_whole(|status| [408, 420, 429].contains(&status)), Pause, Pause),
    // Done, and the answer to it is elsewhere. The other redirects say that nothing was done here. Source: RFC 9110, 15.4.
    row(|t| t.is_whole(|status| status == 303), Never, Verify),
    // Whatever failed there may have failed after it wrote.
    row(|t| t.is_whole(|status| status >= 500), Pause, Verify),
    row(|t| t.is_whole(|status| (200..300).contains(&status)), Pause, Verify),
    // Out of time or resources: how far it got is not known.
    row(|t| t.is(ApiError::is_busy) && t.is_whole(|_| true), Pause, Verify),
    // But one row's failure undoes all rows, so nothing is written.
    row(|t| t.is(ApiError::is_busy), Pause, Pause),
    // The data, the settings or the org's setup must change first.
    row(|_| true, Never, Never),
];

/// What is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Next {
    /// The same request again, after this number of milliseconds.
    Again {
        after: u64,
    },
    Defer {
        seconds: u32,
    },
    Renew,
    /// No further attempt; this is what to tell the host.
    GiveUp(Retry),
}

impl Next {
    /// How a call ends that sends nothing more: its status, what to tell the host, and how long to wait where that is known.
    pub(crate) fn ending(self) -> (Status, Retry, Option<u32>) {
        match self {
            Self::Renew => (Status::SessionExpired, Retry::RenewSession, None),
            Self::Defer { seconds } => (Status::Deferred, Retry::Later, Some(seconds)),
            Self::GiveUp(retry) => (Status::Failed, retry, None),
            Self::Again { .. } => (Status::Failed, Retry::Later, None),
        }
    }
}

/// What one run may still repeat, and until when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Retries {
    /// Milliseconds since the run began.
    deadline: u64,
    used: u32,
}

impl Retries {
    pub(super) fn new(deadline_seconds: u32) -> Self {
        Self { deadline: u64::from(deadline_seconds) * 1000, used: 0 }
    }

    pub(super) fn next(&mut self, trouble: &Trouble, repeatable: bool, retry_after: Option<u32>, now: Moment) -> Next {
        let then = trouble.then(repeatable);
        let asked = retry_after.map(|seconds| seconds.max(1));
        let after = match then {
            Now => 0,
            Pause => asked.map_or_else(|| self.pause(now), |seconds| u64::from(seconds) * 1000),
            Defer => return Next::Defer { seconds: asked.unwrap_or(DEFAULT_DEFER_SECONDS) },
            Renew => return Next::Renew,
            Never | Verify => return Next::GiveUp(then.advice()),
        };
        let fits = after <= MAX_PAUSE && self.left(now) >= after + LEAST_TIME;
        if fits && self.used < MAX_REPEATS {
            self.used += 1;
            return Next::Again { after };
        }
        match asked {
            Some(seconds) => Next::Defer { seconds },
            None => Next::GiveUp(then.advice()),
        }
    }

    /// Whether a request is worth sending now.
    pub(super) fn has_time(&self, now: Moment) -> bool {
        self.left(now) >= LEAST_TIME
    }

    /// How long a lookup may take, in milliseconds: what comes after it needs as much.
    pub(super) fn for_a_lookup(&self, now: Moment) -> u64 {
        self.left(now) / 2
    }

    /// How long a write may take: then there is time to repeat it, or to look whether it happened.
    pub(super) fn for_a_write(&self, now: Moment) -> u64 {
        let left = self.left(now);
        left - (left / 4).min(MAX_RESERVE)
    }

    /// What is left, in milliseconds.
    pub(super) fn left(&self, now: Moment) -> u64 {
        self.deadline.saturating_sub(now.elapsed)
    }

    fn pause(&self, now: Moment) -> u64 {
        let pause = FIRST_PAUSE * PAUSE_FACTOR.pow(self.used);
        pause / 2 + now.random % pause
    }
}

impl Trouble {
    /// The answer to a composite request, or why there is none.
    pub(crate) fn of(answer: &Answer) -> Result<&Response, Box<Self>> {
        match answer {
            Ok(response) if response.status == 200 => Ok(response),
            Ok(response) => Err(Box::new(Self::whole(ApiError::of_response(response)))),
            Err(error) => Err(Box::new(Self::Transport(*error))),
        }
    }

    /// An answer that has another status than a composite request's.
    pub(crate) fn whole(error: ApiError) -> Self {
        Self::Refused { error, whole: true }
    }

    /// Whether the request may have been carried out.
    pub(crate) fn leaves_doubt(&self) -> bool {
        self.then(false) == Verify
    }

    /// An answer that does not fit, and would not the next time.
    pub(crate) const TOO_LARGE: Self = Self::Transport(TransportError { kind: Kind::TooLarge, not_sent: false });

    pub(crate) fn is_too_large(&self) -> bool {
        self.kind() == Some(Kind::TooLarge)
    }

    /// What was answered, if there is an error to look at.
    pub(crate) fn refusal(&self) -> Option<&ApiError> {
        match self {
            Self::Refused { error, .. } => Some(error),
            _ => None,
        }
    }

    pub(crate) fn into_record_error(self, retry: Retry) -> RecordError {
        match self {
            Self::Transport(error) => error.into_record_error(retry),
            Self::Unreadable => unreadable(retry),
            Self::Refused { error, .. } => error.into_record_error(retry),
        }
    }

    fn then(&self, repeatable: bool) -> Then {
        let row = TABLE.iter().find(|row| (row.fits)(self));
        row.map_or(Never, |row| if repeatable { row.repeatable } else { row.once })
    }

    fn kind(&self) -> Option<Kind> {
        match self {
            Self::Transport(error) => Some(error.kind),
            _ => None,
        }
    }

    /// Another attempt meets the same.
    fn is_settled(&self) -> bool {
        matches!(self.kind(), Some(Kind::Denied | Kind::Certificate))
    }

    /// It has not arrived, or only a part of it.
    pub(crate) fn is_unsent(&self) -> bool {
        matches!(self, Self::Transport(error) if error.not_sent)
    }

    fn is(&self, kind: fn(&ApiError) -> bool) -> bool {
        matches!(self, Self::Refused { error, .. } if kind(error))
    }

    fn is_whole(&self, fits: fn(u16) -> bool) -> bool {
        matches!(self, Self::Refused { error, whole: true } if fits(error.status))
    }
}

impl Then {
    fn advice(self) -> Retry {
        match self {
            Now | Pause | Defer => Retry::Later,
            Renew => Retry::RenewSession,
            Never => Retry::Never,
            Verify => Retry::Verify,
        }
    }
}
