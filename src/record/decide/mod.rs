//! Plan + what exists → what to do with each record, and the body of each write.

mod body;
mod same_record;
mod sobject_read;
#[cfg(test)]
mod tests;

use std::rc::Rc;

use crate::record::evaluate::blank_link;
use crate::record::found::{Matches, Narrowed, Target};
use crate::record::{Approach, Current, FieldValue, Link, NoneMatches, PlannedRecord};
use crate::report::{Code, RecordError};
use crate::salesforce::RecordId;
use crate::settings::{WhenBlank, WhenSeveralMatch};
use crate::texts::text;
use crate::wire::MAX_CANDIDATES;
use crate::wire::query::Row;
use crate::wire::record::{Body, UpsertKey};
use body::{Draft, Kind};
use same_record::refuse_doubles;

/// What to do with one record.
#[derive(Debug, PartialEq)]
pub(crate) enum Decision {
    Create {
        body: Body,
    },
    /// `row` is what the lookup found; none where the id itself was the key.
    Update {
        id: RecordId,
        body: Body,
        row: Option<Rc<Row>>,
    },
    /// The key is the record's only one, and stands in no body.
    Upsert {
        key: UpsertKey,
        body: Body,
    },
    Unchanged {
        row: Rc<Row>,
    },
    /// Of a read. One row; of a list as many as it holds, and whether there are more.
    Found {
        rows: Vec<Rc<Row>>,
        cut: bool,
    },
    /// No match, and none is to be created; or there was nothing to go by. `asked` says whether the flow asked for it.
    Skip {
        no_match: bool,
        asked: bool,
    },
    /// `differ_in` are further fields in which the matches differ.
    Ambiguous {
        candidates: Vec<RecordId>,
        differ_in: Vec<String>,
    },
    Fail(RecordError),
}

impl Decision {
    /// The run did not get that far.
    pub(crate) const UNDECIDED: Self = Self::Skip { no_match: false, asked: false };
    /// No record is there, and none is to be created.
    pub(crate) const NO_MATCH: Self = Self::Skip { no_match: true, asked: true };

    /// Whether it may make a new record.
    pub(crate) fn is_new(&self) -> bool {
        matches!(self, Self::Create { .. } | Self::Upsert { .. })
    }

    /// The existing record that it is about.
    pub(crate) fn existing(&self) -> Option<&RecordId> {
        match self {
            Self::Update { id, .. } => Some(id),
            Self::Unchanged { row } => Some(&row.id),
            _ => None,
        }
    }

    /// Of a read: the one record that matches, be it in a list or not.
    pub(crate) fn only_match(&self) -> Option<&Row> {
        match self {
            Self::Found { rows, cut: false } => match rows.as_slice() {
                [row] => Some(row),
                _ => None,
            },
            _ => None,
        }
    }

    /// Whether something is sent for it.
    pub(crate) fn writes(&self) -> bool {
        self.is_new() || matches!(self, Self::Update { .. })
    }
}

/// Reference of the operation that writes a record.
pub(crate) fn write_reference(record: &PlannedRecord) -> String {
    format!("write_{}", record.name())
}

/// Decides for every record, in the order of the records. `order` has those first that others link to, and `matches` an entry for
/// each record looked up.
pub(crate) fn decide(records: &[Current], order: &[usize], matches: &[Option<Matches>]) -> Vec<Decision> {
    let mut decisions: Vec<Option<Decision>> = records.iter().map(|_| None).collect();
    for index in order.iter().copied().chain(0..records.len()) {
        let (Some(record), Some(None)) = (records.get(index), decisions.get(index)) else {
            continue;
        };
        let found = matches.get(index).and_then(Option::as_ref);
        let decided = |at: usize| decisions.get(at).and_then(Option::as_ref);
        let new = |_: usize, record: &PlannedRecord| Linked::Reference(write_reference(record));
        let decision = decide_one(record, found, &|link| linked(records, link, decided, new));
        if let Some(slot) = decisions.get_mut(index) {
            *slot = Some(decision);
        }
    }
    let mut decisions: Vec<Decision> =
        decisions.into_iter().map(|decision| decision.unwrap_or(Decision::UNDECIDED)).collect();
    refuse_doubles(records, &mut decisions);
    decisions
}

/// What a link field gets.
enum Linked {
    Id(RecordId),
    /// Of a record that the same request writes: the reference of that operation.
    Reference(String),
    /// The other record does not take part.
    Nothing {
        asked: bool,
    },
}

/// `decision` is what was decided for a record, `new` what a link to a new one gets.
fn linked<'d>(
    records: &[Current],
    link: &Link,
    decision: impl Fn(usize) -> Option<&'d Decision>,
    new: impl Fn(usize, &PlannedRecord) -> Linked,
) -> Linked {
    let target = records.iter().enumerate().find(|(_, record)| *record.name() == link.record);
    let Some((at, record, decision)) = target.and_then(|(at, record)| Some((at, record, decision(at)?))) else {
        return Linked::Nothing { asked: false };
    };
    match decision {
        Decision::Skip { asked, .. } => Linked::Nothing { asked: *asked },
        _ if !fits(link, record) => Linked::Nothing { asked: true },
        Decision::Create { .. } | Decision::Upsert { .. } => new(at, record),
        _ => decision.existing().map_or(Linked::Nothing { asked: false }, |id| Linked::Id(id.clone())),
    }
}

/// Whether the link is meant for what the other record turned out to be.
fn fits(link: &Link, record: &PlannedRecord) -> bool {
    record.sobject().is_meant_by(&link.only_for)
}

/// What a link got that was sent. `found` are the records that are known to be there.
fn linked_after(records: &[Current], decisions: &[Decision], found: &[Option<Rc<Row>>], link: &Link) -> Linked {
    // Of one that was not found it is only known that the link was sent.
    let new = |at: usize, _: &PlannedRecord| match found.get(at) {
        Some(Some(row)) => Linked::Id(row.id.clone()),
        _ => Linked::Reference(String::new()),
    };
    linked(records, link, |at| decisions.get(at), new)
}

impl Linked {
    fn target(self) -> Target {
        match self {
            Self::Id(id) => Target::Existing(id),
            Self::Reference(_) => Target::New,
            Self::Nothing { asked } => Target::Nothing { asked },
        }
    }
}

/// The rows that were found for a record after it was sent, without those that belong to other records than it links to.
pub(crate) fn narrowed_after(
    records: &[Current],
    decisions: &[Decision],
    found: &[Option<Rc<Row>>],
    index: usize,
    matches: &Matches,
) -> Vec<Rc<Row>> {
    let target = |link: &Link| linked_after(records, decisions, found, link).target();
    match (&matches.undecided, records.get(index)) {
        (Some(undecided), Some(record)) => match undecided.narrowed(record, &target) {
            Narrowed::Found(matches) => matches.rows,
            Narrowed::NoKey { .. } | Narrowed::Unclear(_) => Vec::new(),
        },
        _ => matches.rows.clone(),
    }
}

/// Whether a record that was sent holds, in `now`, what was sent. `found` are those that are known to.
pub(crate) fn holds(
    records: &[Current],
    decisions: &[Decision],
    found: &[Option<Rc<Row>>],
    index: usize,
    now: &Row,
) -> bool {
    let (Some(record), Some(decision)) = (records.get(index), decisions.get(index)) else {
        return false;
    };
    let linked = |link: &Link| linked_after(records, decisions, found, link);
    let (row, kind) = match decision {
        Decision::Create { .. } => (None, Kind::Create),
        Decision::Update { row: Some(row), .. } => (Some(row.as_ref()), Kind::Compared),
        Decision::Update { row: None, .. } | Decision::Upsert { .. } => (None, Kind::Blind),
        _ => return false,
    };
    Draft { record, linked: &linked, row, kind }.is_held_by(now)
}

fn decide_one(record: &Current, matches: Option<&Matches>, linked: &dyn Fn(&Link) -> Linked) -> Decision {
    let undecided = matches.and_then(|matches| matches.undecided.as_ref());
    let narrowed = undecided.map(|undecided| undecided.narrowed(record, &|link| linked(link).target()));
    let matches = match &narrowed {
        None => matches,
        Some(Narrowed::Found(matches)) => Some(matches),
        Some(Narrowed::NoKey { link: Some(link), .. }) if link.when_blank == WhenBlank::Fail => {
            return Decision::Fail(blank_link(link));
        }
        Some(Narrowed::NoKey { asked, .. }) => return Decision::Skip { no_match: false, asked: *asked },
        Some(Narrowed::Unclear(error)) => return Decision::Fail(error.clone()),
    };
    let body = |row: Option<&Row>, kind| match &record.misfit {
        Some(error) => Err(error.clone()),
        None => Draft { record, linked, row, kind }.build(),
    };
    if let (Approach::LookUp, Some(reading), Some(matches)) = (record.approach, record.settings.reading(), matches) {
        return sobject_read::decide(record, reading, &matches.rows);
    }
    let stops = matches.is_some_and(|matches| matches.by_idempotency || matches.stops);
    let by_idempotency = matches.is_some_and(|matches| matches.by_idempotency);
    if let Some(error) = matches.and_then(|matches| matches.error.as_ref()) {
        return Decision::Fail(error.clone());
    }
    let decision = match (record.approach, matches.map(|matches| matches.rows.as_slice())) {
        (Approach::Fail(error), _) => return Decision::Fail(error.clone()),
        (Approach::Skip { asked }, _) => return Decision::Skip { no_match: false, asked: *asked },
        (Approach::Create, _) => body(None, Kind::Create).map(|body| match is_worth_creating(record, &body) {
            true => Decision::Create { body },
            // All it had were links to records that do not take part.
            false => Decision::Skip { no_match: false, asked: true },
        }),
        (Approach::UpsertByKey(key), _) => body(None, Kind::Blind).map(|body| match is_empty_shell(record, &body) {
            true => Decision::Skip { no_match: false, asked: true },
            false => Decision::Upsert { key: key.clone(), body },
        }),
        (Approach::UpdateById(id), _) => {
            body(None, Kind::Blind).map(|body| Decision::Update { id: id.clone(), body, row: None })
        }
        // Never a create: what exists is not known.
        (Approach::LookUp, None) => Err(not_looked_up()),
        (Approach::LookUp, Some([])) => match record.when_none_matches {
            NoneMatches::Create => body(None, Kind::Create).map(|body| match is_empty_shell(record, &body) {
                true => Decision::Skip { no_match: false, asked: true },
                false => Decision::Create { body },
            }),
            NoneMatches::Skip | NoneMatches::Clear => return Decision::NO_MATCH,
            NoneMatches::Fail => Err(no_such_record(record)),
        },
        (Approach::LookUp, Some([row])) if by_idempotency => match has_idempotency_key(record, row) {
            // It may have been changed since, on purpose.
            true => return Decision::Unchanged { row: Rc::clone(row) },
            false => Err(other_idempotency_key(record)),
        },
        (Approach::LookUp, Some(rows @ [row, others @ ..])) => {
            let stops = record.settings.when_several_match != WhenSeveralMatch::MostRecentlyModified || stops;
            if !others.is_empty() && stops {
                return ambiguous(record, rows);
            }
            body(Some(row), Kind::Compared).map(|body| match body.is_empty() {
                true => Decision::Unchanged { row: Rc::clone(row) },
                false => Decision::Update { id: row.id.clone(), body, row: Some(Rc::clone(row)) },
            })
        }
    };
    decision.unwrap_or_else(Decision::Fail)
}

fn ambiguous(record: &PlannedRecord, rows: &[Rc<Row>]) -> Decision {
    let candidates = rows.iter().take(MAX_CANDIDATES).map(|row| row.id.clone()).collect();
    // What all of them have alike tells none of them apart.
    let differs = |field: &&FieldValue| {
        let mut values = rows.iter().map(|row| row.get(&field.path));
        let first = values.next();
        values.any(|value| Some(value) != first)
    };
    let further = record.fields.iter().filter(|field| !field.path.is_id() && !record.keeps(field));
    let differ_in = further.filter(differs).map(|field| field.path.to_string()).collect();
    Decision::Ambiguous { candidates, differ_in }
}

/// Whether a new record would hold anything but what a preset or a record type adds to it.
fn is_worth_creating(record: &PlannedRecord, body: &Body) -> bool {
    record.fields.iter().any(|field| field.is_reason) || record.links.iter().any(|link| body.holds(&link.field))
}

/// A record whose only key is the idempotency key is written for what else it holds, like one without a key.
fn is_empty_shell(record: &Current, body: &Body) -> bool {
    record.is_found_by_idempotency() && !is_worth_creating(record, body)
}

/// Salesforce finds `a1` and `A1` alike; only one of them is the key of this step.
pub(crate) fn has_idempotency_key(record: &PlannedRecord, row: &Row) -> bool {
    record.idempotency_key().is_some_and(|key| *row.get(&key.path) == key.json())
}

fn other_idempotency_key(record: &PlannedRecord) -> RecordError {
    RecordError::new(Code::IdempotencyValueTaken, text!(records::idempotency_key_taken(record.name())))
        .with_fields(record.idempotency_key().map(|key| &key.path.field))
}

fn not_looked_up() -> RecordError {
    RecordError::new(Code::LookupFailed, text!(records::NOT_LOOKED_UP))
}

fn no_such_record(record: &Current) -> RecordError {
    RecordError::new(Code::InvalidCrossReference, text!(records::no_such_record(record.sobject())))
        .with_fields(record.keys().map(|key| &key.path.field))
}
