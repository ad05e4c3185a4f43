//! What to do with a record that is read: hand over what was found, or say why there is nothing to hand over.

use std::rc::Rc;

use super::{Decision, ambiguous};
use crate::record::{Current, NoneMatches};
use crate::report::{Code, RecordError};
use crate::settings::{List, Reading, WhenSeveralMatch};
use crate::texts::text;
use crate::wire::query::Row;

/// Decides by the matches, in the order in which Salesforce listed them.
pub(super) fn decide(record: &Current, reading: &Reading, rows: &[Rc<Row>]) -> Decision {
    match (rows, record.settings.when_several_match, &reading.list) {
        ([], ..) if record.when_none_matches == NoneMatches::Fail => Decision::Fail(no_match(record)),
        ([], ..) => Decision::NO_MATCH,
        (rows, WhenSeveralMatch::List, Some(List { limit, .. })) => {
            Decision::Found { rows: rows.iter().take(*limit).map(Rc::clone).collect(), cut: rows.len() > *limit }
        }
        ([row], ..) | ([row, ..], WhenSeveralMatch::MostRecentlyModified, _) => {
            Decision::Found { rows: vec![Rc::clone(row)], cut: false }
        }
        (rows, ..) => ambiguous(record, rows),
    }
}

fn no_match(record: &Current) -> RecordError {
    RecordError::new(Code::NoMatch, text!(records::no_match(record.name())))
        .with_fields(record.keys().map(|key| &key.path.field))
}
