//! What a fault is, in words.

use super::{Body, Fault, Lost, Row, What};

impl Fault {
    /// What the org makes of the request.
    pub fn done(self) -> &'static str {
        match (self.is_late(), self.processed) {
            (true, _) => "carried out late",
            (false, true) => "carried out",
            (false, false) => "not carried out",
        }
    }

    /// What the client gets to see.
    pub fn seen(self) -> String {
        match self.what {
            What::Close => "the connection ends without an answer".to_owned(),
            What::HeadCut => "the connection ends within the head of the answer".to_owned(),
            What::BodyCut => "the connection ends within the body of the answer".to_owned(),
            What::LengthTooLong => {
                "content-length promises more than the body has, then the connection ends".to_owned()
            }
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

    use super::Fault;

    #[test]
    fn faults_that_differ_are_told_apart() {
        let all = Fault::all();
        let lines: BTreeSet<(&str, String)> = all.iter().map(|fault| (fault.done(), fault.seen())).collect();
        assert_eq!(lines.len(), all.len());
        assert!(lines.iter().all(|(_, seen)| seen.len() <= 76), "{lines:#?}");
    }
}
