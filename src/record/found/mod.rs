//! What the lookups found: for each record the existing ones that match, or why that cannot be told.
//!
//! Whatever is in doubt is a failure here, since "no match" would lead to a create and so to a doubled record.

mod linked;
mod resolve;

use std::rc::Rc;

use serde_json::Value;

use crate::record::Lookup;
use crate::record::plan::{Branch, Wanted};
use crate::report::{Code, RecordError};
use crate::salesforce::{FieldType, RecordId};
use crate::texts::text;
use crate::value::Scalar;
use crate::wire::Rows;
use crate::wire::query::Row;

pub(crate) use linked::{Narrowed, Target, Undecided};
pub(crate) use resolve::resolve;

/// The matches of one record, the best branch only.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Matches {
    pub rows: Vec<Rc<Row>>,
    /// Found by the idempotency key.
    pub by_idempotency: bool,
    /// There may be more than are listed.
    pub is_cut: bool,
    /// Several are never one, whatever the settings say.
    pub stops: bool,
    /// Why nothing can be done with them.
    pub error: Option<RecordError>,
    /// Of a record with a link among its keys: the rows of which some count, once the linked records are known.
    pub undecided: Option<Undecided>,
}

/// Shares the rows of one lookup out among the records that it looks for.
pub(crate) fn share_out(lookup: &Lookup, rows: &Rows, matches: &mut [Option<Matches>]) -> Result<(), RecordError> {
    let found: Vec<Vec<&Rc<Row>>> = match lookup.branches.as_slice() {
        // Salesforce's own comparison decided; no second opinion is needed.
        [_] => vec![rows.rows.iter().collect()],
        branches => branches.iter().map(|branch| rows.rows.iter().filter(|row| fits(branch, row)).collect()).collect(),
    };
    let claimed = |row: &Rc<Row>| found.iter().flatten().any(|other| other.id == row.id);
    if !rows.rows.iter().all(claimed) {
        return Err(unattributed());
    }
    let sure = without_doubtful(lookup, &found);
    for record in lookup.records() {
        let best = best(lookup, rows, record, &found)?;
        if let Some(sure) = &sure
            && best != crate::record::found::best(lookup, rows, record, sure)?
        {
            return Err(case_unknown(lookup, record));
        }
        if let Some(slot) = matches.get_mut(record) {
            *slot = Some(best);
        }
    }
    Ok(())
}

/// The rows of a record's first branch that has any.
fn best(lookup: &Lookup, rows: &Rows, record: usize, found: &[Vec<&Rc<Row>>]) -> Result<Matches, RecordError> {
    let branches = || lookup.branches.iter().zip(found).filter(|(branch, _)| branch.record == record);
    // Cut short, a branch may look empty, or as if it had one row. A single branch fills the answer by itself.
    let cut = !rows.complete && lookup.branches.len() > 1;
    let mut decided = branches().filter(|(branch, _)| branch.alternative.is_none());
    let first = decided.find_map(|(branch, rows)| match rows.len() {
        found if cut && found < branch.suffices => Some(Err(cut_short())),
        0 => None,
        _ => Some(Ok((branch, rows))),
    });
    let best = first.transpose()?.map(|(branch, found)| Matches {
        rows: found.iter().map(|&row| Rc::clone(row)).collect(),
        by_idempotency: branch.by_idempotency,
        is_cut: !rows.complete,
        ..Matches::default()
    });
    Ok(best.unwrap_or_else(|| Matches { undecided: undecided(branches(), !rows.complete), ..Matches::default() }))
}

/// Of a record with a link among its keys; `None` for any other.
fn undecided<'f>(
    branches: impl Iterator<Item = (&'f Branch, &'f Vec<&'f Rc<Row>>)>,
    is_cut: bool,
) -> Option<Undecided> {
    let mut undecided: Option<Undecided> = None;
    for (branch, rows) in branches {
        let Some(number) = branch.alternative else { continue };
        let all =
            undecided.get_or_insert_with(|| Undecided { is_cut, suffices: branch.suffices, ..Undecided::default() });
        for row in rows {
            if !all.rows.iter().any(|(of, other)| *of == number && other.id == row.id) {
                all.rows.push((number, Rc::clone(row)));
            }
        }
    }
    undecided
}

/// Without the rows that fit a branch in other capitals only, in a field that may tell them apart, and fit another branch too:
/// then the other one may be the reason why Salesforce found them. `None` if there are no such rows.
fn without_doubtful<'a>(lookup: &Lookup, found: &[Vec<&'a Rc<Row>>]) -> Option<Vec<Vec<&'a Rc<Row>>>> {
    let fits_another = |at: usize, row: &Row| {
        let others = found.iter().enumerate().filter(|(other, _)| *other != at);
        others.flat_map(|(_, rows)| rows).any(|other| other.id == row.id)
    };
    let mut any = false;
    let sure = lookup.branches.iter().zip(found).enumerate().map(|(at, (branch, rows))| {
        let mut sure = rows.clone();
        sure.retain(|row| !(branch.keys.iter().any(|wanted| wanted.fits_by_case(row)) && fits_another(at, row)));
        any |= sure.len() < rows.len();
        sure
    });
    let sure = sure.collect();
    any.then_some(sure)
}

impl Wanted {
    /// Whether the row fits only if the field does not tell capitals from small letters, which is not known of a custom field
    /// without facts of the org. Source: Salesforce help, "Unique" of custom fields, case sensitive.
    fn fits_by_case(&self, row: &Row) -> bool {
        let is_known = self.comparison.field_type != FieldType::Unknown || !self.path.field.is_custom();
        match (&self.value, row.get(&self.path)) {
            (Scalar::Text(text), Value::String(stored)) if !is_known => text != stored.trim(),
            _ => false,
        }
    }
}

/// Gives each record all rows that any of its branches fits, in doubt none: for a look around, on which nothing depends.
pub(crate) fn share_all(lookup: &Lookup, rows: &Rows, matches: &mut [Option<Matches>]) -> Result<(), RecordError> {
    let alone = lookup.branches.len() == 1;
    for record in lookup.records() {
        let own = |branch: &&Branch| branch.record == record;
        let found = rows.rows.iter().filter(|row| alone || lookup.branches.iter().filter(own).any(|b| fits(b, row)));
        if let Some(slot) = matches.get_mut(record) {
            *slot = Some(Matches { rows: found.map(Rc::clone).collect(), ..Matches::default() });
        }
    }
    Ok(())
}

/// Whether a row is what the branch looks for, as this module compares.
pub(crate) fn fits(branch: &Branch, row: &Row) -> bool {
    branch.keys.iter().all(|wanted| fits_one(wanted, row))
}

pub(crate) fn fits_one(wanted: &Wanted, row: &Row) -> bool {
    match wanted.path.is_id() {
        true => same_id(&wanted.value, row),
        false => wanted.value.matches(row.get(&wanted.path), wanted.comparison),
    }
}

fn same_id(wanted: &Scalar, row: &Row) -> bool {
    matches!(wanted, Scalar::Text(text) if RecordId::parse(text).as_ref() == Some(&row.id))
}

fn unattributed() -> RecordError {
    RecordError::new(Code::LookupUnclear, text!(records::UNATTRIBUTED))
}

fn case_unknown(lookup: &Lookup, record: usize) -> RecordError {
    let keys = lookup.branches.iter().filter(|branch| branch.record == record).flat_map(|branch| &branch.keys);
    RecordError::new(Code::LookupUnclear, text!(records::CASE_UNKNOWN))
        .with_fields(keys.map(|wanted| &wanted.path.field))
}

pub(crate) fn cut_short() -> RecordError {
    RecordError::new(Code::LookupCutShort, text!(records::CUT_SHORT))
}
