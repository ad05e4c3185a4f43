//! What can go wrong between a client and an org, by name: for tests, and for engine developers who want to see how their
//! host takes it.
//!
//! A script says which API request meets which fault: `2:unable-to-lock-row`, or `2+:close` for the second and all after it.
//! A fault is either in front of the org, which never sees the request, or behind it: the org has done what it was asked. Or
//! the org does it later, when the client has given up long since: see [`What::Later`].

mod answer;
pub mod messaging;
mod order;
mod told;

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use crate::nearest::nearest;

use crate::http::{Request, Response};

pub use answer::{Body, Row};
use answer::{composite_rows, plain};
pub use order::Order;

/// Statuses that Salesforce, or something before it, answers with instead of 200.
const STATUSES: [u16; 13] = [300, 400, 401, 403, 404, 409, 412, 420, 429, 500, 502, 503, 504];

/// One thing that goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// The org carries the request out first.
    pub processed: bool,
    pub what: What,
}

/// What the client gets to see.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// The connection ends without an answer.
    Close,
    /// The connection ends within the head of the answer.
    HeadCut,
    /// The connection ends within the body of the answer.
    BodyCut,
    /// `content-length` promises more than there is; then the connection ends.
    LengthTooLong,
    /// `content-length` promises less than there is.
    LengthTooShort,
    /// The head of the answer, and then nothing as long as the client waits.
    Silence,
    /// The answer, a byte at a time.
    Dribble,
    /// A body that never ends.
    Endless,
    /// Another status than 200, with such a body.
    Status(u16, Body),
    /// 503 that names a time to wait, in seconds.
    RetryAfter(u16),
    /// 307 to another host.
    Redirect,
    /// 200 with a body that is none of a composite request's answer.
    Success(Body),
    /// 200 with a compressed body that nobody asked for.
    Gzip,
    /// 200, and one row says this; the others are its consequences.
    Row(Row),
    /// 200, and every row is only a consequence.
    OnlyHalted,
    /// 200 without its last row.
    RowMissing,
    /// The requests of the day are used up.
    DailyLimit,
    /// Too many requests at a time.
    ConcurrentLimit,
    /// The access token is no longer valid, from here on.
    RevokedToken,
    /// The client loses sight of its request, and the org carries it out afterwards, by [`Org::settle`] or when
    /// `Settings::late_by` has passed. Salesforce gives a request ten minutes.
    Later(Lost),
}

/// How a client loses sight of a request that is still worked on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lost {
    /// The connection ends.
    Close,
    /// Nothing comes as long as the client waits.
    Silence,
    /// A gateway has no more patience, and says so with this status.
    Gateway(u16),
    /// It says when to come again, too, in seconds.
    RetryAfter(u16),
}

/// Which requests of an org meet which fault, by their number from 1. `/services/data/…` counts, log-ins do not.
#[derive(Clone, Debug, Default)]
pub struct Faults {
    at: BTreeMap<usize, Fault>,
    from: Option<(usize, Fault)>,
}

/// An entry of a script.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scripted {
    pub request: usize,
    /// All later ones as well.
    pub and_after: bool,
    pub fault: Fault,
}

impl Fault {
    /// Every fault there is.
    pub fn all() -> Vec<Self> {
        use What::{
            BodyCut, Close, ConcurrentLimit, DailyLimit, Dribble, Endless, Gzip, HeadCut, LengthTooLong,
            LengthTooShort, OnlyHalted, Redirect, RetryAfter, RevokedToken, RowMissing, Silence, Status, Success,
        };
        let mut all = Vec::new();
        for what in [Close, Silence] {
            all.extend([false, true].map(|processed| Self { processed, what }));
        }
        let after = [HeadCut, BodyCut, LengthTooLong, LengthTooShort, Dribble, Endless, Gzip, RowMissing];
        all.extend(after.map(|what| Self { processed: true, what }));
        all.extend(
            Body::ALL
                .into_iter()
                .flat_map(|body| [false, true].map(|processed| Self { processed, what: Success(body) })),
        );
        for body in [Body::Json, Body::Html, Body::Empty] {
            all.extend(STATUSES.map(|status| Self { processed: false, what: Status(status, body) }));
            // A gateway can fail after the org has committed.
            let failed = STATUSES.into_iter().filter(|status| *status >= 500);
            all.extend(failed.map(|status| Self { processed: true, what: Status(status, body) }));
        }
        all.extend(Row::ALL.map(|row| Self { processed: false, what: What::Row(row) }));
        let before = [RetryAfter(1), RetryAfter(600), Redirect, OnlyHalted, DailyLimit, ConcurrentLimit, RevokedToken];
        all.extend(before.map(|what| Self { processed: false, what }));
        all.push(Self { processed: true, what: RetryAfter(1) });
        let later = [Lost::Close, Lost::Silence, Lost::Gateway(502), Lost::Gateway(504), Lost::RetryAfter(1)];
        all.extend(later.map(|lost| Self { processed: false, what: What::Later(lost) }));
        all
    }

    /// Whether the org carries the request out when the client no longer waits for it.
    pub fn is_late(self) -> bool {
        matches!(self.what, What::Later(_))
    }

    /// Whether a client waits for it as long as it has patience.
    pub fn is_slow(self) -> bool {
        matches!(self.what, What::Silence | What::Dribble | What::Later(Lost::Silence))
    }

    /// The answer, where it is one that HTTP knows; what goes wrong on the wire is the server's.
    pub fn answer(self, request: &Request, processed: Option<Response>) -> Response {
        let response = self.of_the_api(request, processed);
        match messaging::name_of(request) {
            Some(_) if !self.processed || response.status >= 300 => answer::of_the_messaging_host(response),
            _ => response,
        }
    }

    fn of_the_api(self, request: &Request, processed: Option<Response>) -> Response {
        let was = || processed.clone().unwrap_or_default();
        match self.what {
            What::Status(status, body) => body.response(status),
            What::Success(body) => body.success(),
            What::Later(Lost::Gateway(status)) => Body::Html.response(status),
            What::RetryAfter(seconds) | What::Later(Lost::RetryAfter(seconds)) => {
                let mut response = Body::Json.response(503);
                response.headers.push(("Retry-After".into(), seconds.to_string()));
                response
            }
            What::Redirect => {
                let location = format!("https://elsewhere.example{}", request.path);
                Response { status: 307, headers: vec![("Location".into(), location)], body: Vec::new() }
            }
            What::Row(row) => composite_rows(request, Some(row)),
            What::OnlyHalted => composite_rows(request, None),
            What::RowMissing => answer::without_last_row(was()),
            What::Gzip => answer::gzip(was()),
            What::DailyLimit => plain(403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded."),
            What::ConcurrentLimit => {
                plain(403, "REQUEST_LIMIT_EXCEEDED", "ConcurrentRequests (Concurrent API Requests) Limit exceeded.")
            }
            What::RevokedToken => plain(401, "INVALID_SESSION_ID", "Session expired or invalid"),
            What::Close
            | What::HeadCut
            | What::BodyCut
            | What::LengthTooLong
            | What::LengthTooShort
            | What::Silence
            | What::Dribble
            | What::Endless
            | What::Later(Lost::Close | Lost::Silence) => was(),
        }
    }
}

impl Faults {
    pub fn add(&mut self, scripted: Scripted) {
        match scripted.and_after {
            true => self.from = Some((scripted.request, scripted.fault)),
            false => drop(self.at.insert(scripted.request, scripted.fault)),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.at.is_empty() && self.from.is_none()
    }

    pub fn of(&self, request: usize) -> Option<Fault> {
        let from = self.from.filter(|(from, _)| request >= *from).map(|(_, fault)| fault);
        self.at.get(&request).copied().or(from)
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.what {
            What::Close => f.write_str("close")?,
            What::HeadCut => f.write_str("head-cut")?,
            What::BodyCut => f.write_str("body-cut")?,
            What::LengthTooLong => f.write_str("length-too-long")?,
            What::LengthTooShort => f.write_str("length-too-short")?,
            What::Silence => f.write_str("silence")?,
            What::Dribble => f.write_str("dribble")?,
            What::Endless => f.write_str("endless")?,
            What::Status(status, body) => write!(f, "http-{status}-{body}")?,
            What::RetryAfter(seconds) => write!(f, "retry-after-{seconds}")?,
            What::Redirect => f.write_str("redirect")?,
            What::Success(body) => write!(f, "success-{body}")?,
            What::Gzip => f.write_str("gzip")?,
            What::Row(row) => write!(f, "{row}")?,
            What::OnlyHalted => f.write_str("only-halted")?,
            What::RowMissing => f.write_str("row-missing")?,
            What::DailyLimit => f.write_str("daily-limit")?,
            What::ConcurrentLimit => f.write_str("concurrent-limit")?,
            What::RevokedToken => f.write_str("revoked-token")?,
            What::Later(lost) => return write!(f, "{lost}-later"),
        }
        let both = Self::all().iter().filter(|other| other.what == self.what).count() > 1;
        if self.processed && both { f.write_str("-after") } else { Ok(()) }
    }
}

impl fmt::Display for Lost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Close => f.write_str("close"),
            Self::Silence => f.write_str("silence"),
            Self::Gateway(status) => write!(f, "http-{status}"),
            Self::RetryAfter(seconds) => write!(f, "retry-after-{seconds}"),
        }
    }
}

impl FromStr for Scripted {
    type Err = String;

    /// Reads `REQUEST:FAULT` or `REQUEST+:FAULT`.
    fn from_str(text: &str) -> Result<Self, String> {
        let form = || "expected REQUEST:FAULT, such as 2:unable-to-lock-row, or 2+:close".to_owned();
        let (request, name) = text.split_once(':').ok_or_else(form)?;
        let and_after = request.ends_with('+');
        let number = request.strip_suffix('+').unwrap_or(request).parse().ok().filter(|number| *number > 0);
        let fault = Fault::all().into_iter().find(|fault| fault.to_string() == name).ok_or_else(|| {
            let names: Vec<String> = Fault::all().iter().map(ToString::to_string).collect();
            match nearest(name, names.iter().map(String::as_str)) {
                Some(meant) => format!("there is no fault `{name}`; did you mean `{meant}`?"),
                None => {
                    format!("there is no fault `{name}`; `--fault list` and `GET /simulator/faults` list all faults")
                }
            }
        })?;
        Ok(Self { request: number.ok_or_else(form)?, and_after, fault })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_fault_has_a_name_of_its_own_that_is_read_back() {
        let all = Fault::all();
        let names: BTreeSet<String> = all.iter().map(ToString::to_string).collect();
        assert_eq!((names.len(), all.iter().collect::<BTreeSet<_>>().len()), (all.len(), all.len()));
        for fault in all {
            let scripted = Scripted { request: 3, and_after: true, fault };
            assert_eq!(format!("3+:{fault}").parse(), Ok(scripted));
        }
    }

    #[test]
    fn a_script_that_is_none_is_told_what_is_expected() {
        for bad in ["close", "0:close", "x:close", ":close", "+:close", "-1:close"] {
            assert!(bad.parse::<Scripted>().unwrap_err().contains("REQUEST:FAULT"), "{bad}");
        }
        assert!("1:clsoe-after".parse::<Scripted>().unwrap_err().contains("did you mean `close-after`"));
        assert!("1:?".parse::<Scripted>().unwrap_err().contains("--fault list"));
    }
}
