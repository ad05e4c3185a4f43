//! Which conversations must wait for which, so that what one writes the next one finds.
//!
//! Two conversations with the same new e-mail address, handled at the same time, would both find nobody and both create. So
//! a conversation is not looked up while an earlier one is unfinished that may write what it looks for, or that has found the
//! same record. Texts are compared without case, whatever the field does: who waits in vain loses nothing but time.

use std::collections::{BTreeMap, BTreeSet};

use crate::name::{FieldPath, RecordId, SObjectName};
use crate::plan::Branch;
use crate::run::Run;
use crate::settings::Settings;
use crate::value::{Decimal, Scalar, folded};

/// What the unfinished conversations are about, by their index.
pub struct Claims {
    /// The fields that records are found by.
    keys: Vec<(SObjectName, FieldPath)>,
    /// Who may write a value to one of these.
    writers: BTreeMap<(usize, String), BTreeSet<usize>>,
    /// The reverse, to let go.
    values: BTreeMap<usize, Vec<(usize, String)>>,
    /// Who has found a record.
    finders: BTreeMap<RecordId, usize>,
    found: BTreeMap<usize, Vec<RecordId>>,
}

impl Claims {
    pub fn new(settings: &Settings) -> Self {
        let mut keys: Vec<(SObjectName, FieldPath)> = Vec::new();
        for record in &settings.records {
            let marks = record.idempotency.iter().map(|idempotency| FieldPath::from(idempotency.field.clone()));
            for path in record.keys().map(|mapping| mapping.field.clone()).chain(marks) {
                let key = (record.sobject.clone(), path);
                if !keys.contains(&key) {
                    keys.push(key);
                }
            }
        }
        Self {
            keys,
            writers: BTreeMap::new(),
            values: BTreeMap::new(),
            finders: BTreeMap::new(),
            found: BTreeMap::new(),
        }
    }

    /// Notes what a conversation may write.
    pub fn claim(&mut self, index: usize, run: &Run) {
        for (sobject, path, value) in run.values() {
            let Some(key) = self.key(sobject, path) else { continue };
            let value = (key, comparable(value));
            self.writers.entry(value.clone()).or_default().insert(index);
            self.values.entry(index).or_default().push(value);
        }
    }

    /// Whether an earlier conversation may write what this one looks for.
    pub fn must_wait(&self, index: usize, run: &Run) -> bool {
        run.finds_by().any(|(sobject, branch)| self.writes_all(index, sobject, branch))
    }

    /// Notes the records that a conversation has found. Gives an earlier conversation that has found one of them.
    pub fn find(&mut self, index: usize, ids: Vec<RecordId>) -> Option<usize> {
        let other = ids.iter().filter_map(|id| self.finders.get(id)).find(|&&other| other != index);
        if let Some(&other) = other {
            // It begins again, and may find others then.
            self.let_go(index);
            return Some(other);
        }
        for id in &ids {
            self.finders.insert(id.clone(), index);
        }
        self.found.entry(index).or_default().extend(ids);
        None
    }

    /// A conversation is finished.
    pub fn release(&mut self, index: usize) {
        for value in self.values.remove(&index).unwrap_or_default() {
            if let Some(writers) = self.writers.get_mut(&value) {
                writers.remove(&index);
                if writers.is_empty() {
                    self.writers.remove(&value);
                }
            }
        }
        self.let_go(index);
    }

    fn let_go(&mut self, index: usize) {
        for id in self.found.remove(&index).unwrap_or_default() {
            self.finders.remove(&id);
        }
    }

    fn writes_all(&self, index: usize, sobject: &SObjectName, branch: &Branch) -> bool {
        let mut common: Option<BTreeSet<usize>> = None;
        for wanted in &branch.keys {
            // A key that nobody has noted, such as an id that a rule named, is nobody's.
            let Some(key) = self.key(sobject, &wanted.path) else { return false };
            let Some(writers) = self.writers.get(&(key, comparable(&wanted.value))) else { return false };
            let earlier = writers.range(..index).copied();
            let both = match &common {
                None => earlier.collect(),
                Some(common) => earlier.filter(|writer| common.contains(writer)).collect::<BTreeSet<usize>>(),
            };
            if both.is_empty() {
                return false;
            }
            common = Some(both);
        }
        common.is_some()
    }

    fn key(&self, sobject: &SObjectName, path: &FieldPath) -> Option<usize> {
        self.keys.iter().position(|(of, key)| of == sobject && key == path)
    }
}

/// The same text for values that Salesforce may take for the same.
fn comparable(value: &Scalar) -> String {
    const SHORT_ID: usize = 15;
    match value {
        // An id has 15 or 18 characters.
        Scalar::Text(text) if RecordId::parse(text).is_some() => folded(text).take(SHORT_ID).collect(),
        Scalar::Text(text) => folded(text).collect(),
        Scalar::Number(number) => {
            Decimal::parse(number.as_str()).map_or_else(|| number.to_string(), |number| number.to_string())
        }
        Scalar::Boolean(_) | Scalar::Temporal(_) => value.to_text(),
    }
}
