//! `simulate --fault`: which fault a request meets, and the list of all faults.

use std::str::FromStr;

use anstream::println;

use crate::fault::messaging::{self, Named};
use crate::fault::{Body, Fault, Lost, Row, Scripted, What};

/// `REQUEST:FAULT`, or the wish for the list.
#[derive(Clone)]
pub enum FaultArg {
    List,
    /// Of a request of the API, by its number.
    Scripted(Scripted),
    /// Of a request to the messaging host, by its name.
    Named(Named),
}

impl FromStr for FaultArg {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "list" => Ok(Self::List),
            named if named.starts_with(|c: char| c.is_ascii_alphabetic()) && named.contains(':') => {
                named.parse().map(Self::Named)
            }
            scripted => scripted.parse().map(Self::Scripted),
        }
    }
}

/// All faults, a line each.
pub fn list() {
    let all = Fault::all();
    let names: Vec<String> = all.iter().map(ToString::to_string).collect();
    let width = names.iter().map(String::len).max().unwrap_or_default();
    println!("--fault 2:NAME lets the second request of the API meet a fault, --fault 2+:NAME also each one after it.");
    println!(
        "--fault message:NAME is the first message to the messaging host, message.2:NAME the second. Its requests:"
    );
    println!("  {}", messaging::NAMES.join(" "));
    println!();
    println!("  {:width$}  {:16}  the client sees", "NAME", "by the org");
    for (fault, name) in all.iter().zip(&names) {
        println!("  {name:width$}  {:16}  {}", done(*fault), seen(*fault));
    }
}

/// What the org makes of the request.
fn done(fault: Fault) -> &'static str {
    match (fault.is_late(), fault.processed) {
        (true, _) => "carried out late",
        (false, true) => "carried out",
        (false, false) => "not carried out",
    }
}

/// What the client gets to see.
fn seen(fault: Fault) -> String {
    match fault.what {
        What::Close => "the connection ends without an answer".to_owned(),
        What::HeadCut => "the connection ends within the head of the answer".to_owned(),
        What::BodyCut => "the connection ends within the body of the answer".to_owned(),
        What::LengthTooLong => "content-length promises more than the body has, then the connection ends".to_owned(),
        What::LengthTooShort => "content-length promises less than the body has".to_owned(),
        What::Silence => "no answer for as long as the client waits".to_owned(),
        What::Dribble => "the answer comes one byte at a time".to_owned(),
        What::Endless => "the body of the answer never ends".to_owned(),
        What::Status(status, body) => format!("HTTP {status} with {}", words(body)),
        What::RetryAfter(seconds) => format!("HTTP 503 with Retry-After: {seconds}"),
        What::Redirect => "HTTP 307 to another host".to_owned(),
        What::Success(body) => format!("HTTP 200 with {} instead of the answer", words(body)),
        What::Gzip => "a compressed answer that the client did not ask for".to_owned(),
        What::Row(row) => format!("a record fails with {}, all are rolled back", refusal(row)),
        What::OnlyHalted => "each record is rolled back, and no cause is named".to_owned(),
        What::RowMissing => "the answer lacks its last record".to_owned(),
        What::DailyLimit => "REQUEST_LIMIT_EXCEEDED: the requests of the day are used up".to_owned(),
        What::ConcurrentLimit => "REQUEST_LIMIT_EXCEEDED: too many requests at the same time".to_owned(),
        What::RevokedToken => "INVALID_SESSION_ID, and the access token stays invalid".to_owned(),
        What::Later(Lost::Close) => "the connection ends without an answer".to_owned(),
        What::Later(Lost::Silence) => "no answer for as long as the client waits".to_owned(),
        What::Later(Lost::Gateway(status)) => format!("HTTP {status} of a gateway"),
        What::Later(Lost::RetryAfter(seconds)) => format!("HTTP 503 with Retry-After: {seconds}"),
    }
}

fn words(body: Body) -> &'static str {
    match body {
        Body::Json => "JSON",
        Body::Html => "an HTML page",
        Body::Empty => "an empty body",
        Body::Malformed => "JSON that is cut off",
        Body::Deep => "JSON nested 100,000 deep",
    }
}

fn refusal(row: Row) -> &'static str {
    match row {
        Row::Lock => "UNABLE_TO_LOCK_ROW",
        Row::TriggerLock => "UNABLE_TO_LOCK_ROW of a trigger",
        Row::QueryTimeout => "QUERY_TIMEOUT",
        Row::Validation => "FIELD_CUSTOM_VALIDATION_EXCEPTION",
        Row::Unknown => "UNKNOWN_EXCEPTION",
        Row::SeveralMatches => "HTTP 300 (several matches)",
        Row::Precondition => "PRECONDITION_FAILED",
        Row::Session => "INVALID_SESSION_ID",
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{Fault, done, seen};

    #[test]
    fn faults_that_differ_are_told_apart() {
        let all = Fault::all();
        let lines: BTreeSet<(&str, String)> = all.iter().map(|fault| (done(*fault), seen(*fault))).collect();
        assert_eq!(lines.len(), all.len());
        assert!(lines.iter().all(|(_, seen)| seen.len() <= 76), "{lines:#?}");
    }
}
