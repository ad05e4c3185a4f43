//! The rows that one query found for many conversations, shared out again.

use std::collections::BTreeMap;
use std::rc::Rc;

use serde_json::Value;

use crate::base::{fold, order, text};
use crate::record::Lookup;
use crate::record::found::{fits, fits_one};
use crate::record::plan::Branch;
use crate::salesforce::{FieldPath, FieldType};
use crate::value::{Scalar, folded};
use crate::wire::Rows;
use crate::wire::query::Row;

/// What a query found.
pub(super) struct Rowset {
    pub(super) rows: Vec<Rc<Row>>,
    is_mixed: bool,
    /// Rows by the folded text of a field, behind the number of the field.
    by_text: BTreeMap<String, Vec<usize>>,
    paths: Vec<FieldPath>,
    pub(super) claimed: Vec<bool>,
}

/// The rows of one lookup.
pub(super) struct Own {
    pub(super) rows: Vec<Rc<Row>>,
    /// One of its alternatives has found none.
    pub(super) lacks: bool,
    /// One fits only in another spelling, and may be there for another's sake.
    pub(super) is_loose: bool,
}

/// Whether a row fits as it would if Salesforce were asked for it alone, as far as the type of the field is known.
fn is_exact(branch: &Branch, row: &Row) -> bool {
    branch.keys.iter().filter(|wanted| !wanted.path.is_id()).all(|wanted| {
        match (&wanted.value, row.get(&wanted.path), wanted.comparison.field_type) {
            (Scalar::Text(text), Value::String(stored), _) if stored == text => true,
            (Scalar::Text(_), _, FieldType::Unknown) => false,
            (Scalar::Text(_), _, FieldType::Id | FieldType::Reference) => true,
            (Scalar::Text(text), Value::String(stored), _) => folded(text).eq(folded(stored.trim())),
            _ => true,
        }
    })
}

/// Whether Salesforce may have found a row for this branch that this module would not have.
fn may_fit(branch: &Branch, row: &Row) -> bool {
    branch.keys.iter().all(|wanted| match (&wanted.value, row.get(&wanted.path)) {
        (Scalar::Text(text), Value::String(stored)) if !wanted.path.is_id() && !wanted.comparison.case_sensitive => {
            fold::primary(text) == fold::primary(stored.trim())
        }
        _ => fits_one(wanted, row),
    })
}

impl Rowset {
    pub(super) fn new(rows: Rows, is_mixed: bool) -> Self {
        let claimed = vec![false; rows.rows.len()];
        Self { rows: rows.rows, is_mixed, by_text: BTreeMap::new(), paths: Vec::new(), claimed }
    }

    /// The rows that a lookup would have found by itself, in the order of the query, and those that it may have.
    pub(super) fn rows_of(&mut self, lookup: &Lookup) -> Own {
        let (mut found, mut lacks, mut is_loose): (Vec<usize>, bool, bool) = (Vec::new(), false, false);
        for branch in &lookup.branches {
            let mut none = true;
            for at in self.candidates(branch) {
                let Some(row) = self.rows.get(at) else { continue };
                let (fits, may_fit) = (fits(branch, row), may_fit(branch, row));
                if !fits && !may_fit {
                    continue;
                }
                none &= !fits;
                is_loose |= !fits || (self.is_mixed && !is_exact(branch, row));
                if !found.contains(&at) {
                    found.push(at);
                }
            }
            lacks |= none;
        }
        order::sort(&mut found);
        for &at in &found {
            if let Some(claimed) = self.claimed.get_mut(at) {
                *claimed = true;
            }
        }
        Own { rows: found.iter().filter_map(|&at| self.rows.get(at)).map(Rc::clone).collect(), lacks, is_loose }
    }

    /// The rows that fit no conversation as this module compares.
    pub(super) fn unclaimed(&self) -> impl Iterator<Item = &Rc<Row>> {
        self.rows.iter().zip(&self.claimed).filter(|(_, claimed)| !**claimed).map(|(row, _)| row)
    }

    /// The rows that may fit: for a text those with the same text, else all of them.
    fn candidates(&mut self, branch: &Branch) -> Vec<usize> {
        let by_text = branch.keys.iter().find_map(|wanted| match &wanted.value {
            Scalar::Text(text) => Some((&wanted.path, fold::primary(text)?)),
            _ => None,
        });
        match by_text {
            Some((path, text)) => {
                let key = self.indexed(path);
                self.by_text.get(&entry(key, &text)).cloned().unwrap_or_default()
            }
            None => (0..self.rows.len()).collect(),
        }
    }

    /// The index of a field, which is made when it is needed first.
    fn indexed(&mut self, path: &FieldPath) -> usize {
        const LONG_ID: usize = 18;
        const SHORT_ID: usize = 15;
        if let Some(at) = self.paths.iter().position(|known| known == path) {
            return at;
        }
        let key = self.paths.len();
        self.paths.push(path.clone());
        for (at, row) in self.rows.iter().enumerate() {
            let id = path.is_id().then(|| row.id.as_str());
            match (id.or_else(|| row.get(path).as_str()), row.get(path)) {
                (Some(text), _) => {
                    // Such a text is never looked for together with others, so the row is no conversation's.
                    let Some(text) = fold::primary(text.trim()) else { continue };
                    // An id that was given in its short form.
                    if text.len() == LONG_ID {
                        let short: String = text.chars().take(SHORT_ID).collect();
                        self.by_text.entry(entry(key, &short)).or_default().push(at);
                    }
                    self.by_text.entry(entry(key, &text)).or_default().push(at);
                }
                (None, Value::Null) => {}
                // A number that a text was compared with.
                (None, other) => {
                    let entry = entry(key, &text(other));
                    self.by_text.entry(entry).or_default().push(at);
                }
            }
        }
        key
    }
}

fn entry(key: usize, text: &str) -> String {
    [&key.to_string(), " ", text].concat()
}
