//! Which conversations must wait for which, so that what one writes the next one finds.
//!
//! Two conversations with the same new e-mail address, handled at the same time, would both find nobody and both create. So
//! a conversation is not looked up while an earlier one is unfinished that may write what it looks for, or that has found the
//! same record; nor does it overtake one that waits and looks for what this one may write. Texts are compared without case,
//! whatever the field does: who waits in vain loses nothing but time.

use std::collections::{BTreeMap, BTreeSet};

use crate::name::{FieldPath, RecordId, SObjectName};
use crate::plan::{Branch, Wanted};
use crate::run::Run;
use crate::settings::{Mapping, MatchKeys, RecordSettings, Settings};
use crate::value::{Decimal, Scalar, folded};

/// A value of a field that records are found by.
type KeyValue = (usize, String);

/// What the unfinished conversations are about, by their index.
pub struct Claims {
    /// The fields that records are found by.
    keys: Vec<(SObjectName, FieldPath)>,
    /// A write may change a value that other conversations look for, of a record that nobody knows beforehand: then nobody
    /// overtakes who waits.
    keys_change: bool,
    /// Who may write a value.
    writers: BTreeMap<KeyValue, BTreeSet<usize>>,
    /// What each may write.
    values: BTreeMap<usize, Vec<KeyValue>>,
    /// Who waits, and looks for a value.
    seekers: BTreeMap<KeyValue, BTreeSet<usize>>,
    /// What each that waits looks for: one of these, each with all of its values.
    sought: BTreeMap<usize, Vec<Vec<KeyValue>>>,
    /// Who has found a record.
    finders: BTreeMap<RecordId, BTreeSet<usize>>,
    /// What each has found.
    found: BTreeMap<usize, Vec<RecordId>>,
    /// Who waits.
    held: BTreeSet<usize>,
    /// Whose writes nobody knows of.
    doubtful: BTreeSet<usize>,
}

/// Whether it is a conversation's turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    Comes,
    Waits,
    /// What it looks for may have been written by one of which nobody knows.
    InDoubt,
}

impl Claims {
    pub fn new(settings: &Settings) -> Self {
        let mut keys: Vec<(SObjectName, FieldPath)> = Vec::new();
        let variants: Vec<_> = settings.records.iter().flat_map(|record| record.variants()).collect();
        for record in &variants {
            let marks = record.idempotency.iter().map(|idempotency| FieldPath::from(idempotency.field.clone()));
            for path in record.keys().map(|mapping| mapping.field.clone()).chain(marks) {
                let key = (record.sobject.clone(), path);
                if !keys.contains(&key) {
                    keys.push(key);
                }
            }
        }
        let is_key = |record: &RecordSettings, mapping: &Mapping| {
            keys.iter().any(|(sobject, path)| *sobject == record.sobject && *path == mapping.field)
        };
        // A record that is found by all of its keys keeps them.
        let keeps = |record: &RecordSettings, mapping: &Mapping| {
            mapping.key && (record.match_keys == MatchKeys::All || record.keys().count() == 1)
        };
        // A converted Lead is found by its own keys and leads to a Contact that may have others.
        let leads_on = settings.records.iter().any(|record| !record.look_in.is_empty());
        let keys_change = leads_on
            || variants.iter().any(|record| {
                record.has_keys() && record.mappings.iter().any(|m| is_key(record, m) && !keeps(record, m))
            });
        Self {
            keys,
            keys_change,
            writers: BTreeMap::new(),
            values: BTreeMap::new(),
            seekers: BTreeMap::new(),
            sought: BTreeMap::new(),
            finders: BTreeMap::new(),
            found: BTreeMap::new(),
            held: BTreeSet::new(),
            doubtful: BTreeSet::new(),
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

    /// Whether an earlier conversation may write what this one looks for, or waits and looks for what this one may write.
    pub fn turn(&self, index: usize, run: &Run) -> Turn {
        let earlier: BTreeSet<usize> =
            run.finds_by().flat_map(|(sobject, branch)| self.write_all(index, sobject, branch)).collect();
        let waits = earlier.iter().any(|other| !self.doubtful.contains(other))
            || self.overtakes(index)
            || (self.keys_change && self.held.range(..index).next().is_some());
        match waits {
            true => Turn::Waits,
            false if earlier.is_empty() => Turn::Comes,
            false => Turn::InDoubt,
        }
    }

    /// A conversation waits.
    pub fn hold(&mut self, index: usize, run: &Run) {
        self.held.insert(index);
        for (sobject, branch) in run.finds_by() {
            let Some(sought) = self.all_of(sobject, branch) else { continue };
            for value in &sought {
                self.seekers.entry(value.clone()).or_default().insert(index);
            }
            self.sought.entry(index).or_default().push(sought);
        }
    }

    /// It waits no longer.
    pub fn unhold(&mut self, index: usize) {
        self.held.remove(&index);
        for value in self.sought.remove(&index).into_iter().flatten().flatten() {
            remove(&mut self.seekers, &value, index);
        }
    }

    /// Notes the records that a conversation has found. Gives another one that must be finished first: an earlier one that has
    /// found one of them, or one that is about to write it.
    pub fn find(&mut self, index: usize, ids: Vec<RecordId>) -> Option<usize> {
        self.forget(index);
        let others = ids.iter().filter_map(|id| self.finders.get(id)).flatten().copied();
        let other = others.filter(|other| *other < index || !self.held.contains(other)).max();
        let other = other.or_else(|| self.held.range(..index).next_back().copied().filter(|_| self.keys_change));
        for id in &ids {
            self.finders.entry(id.clone()).or_default().insert(index);
        }
        self.found.insert(index, ids);
        other
    }

    /// A conversation is finished, but whether it has written, nobody knows.
    pub fn doubt(&mut self, index: usize) {
        self.doubtful.insert(index);
        self.forget(index);
    }

    /// A conversation is finished.
    pub fn release(&mut self, index: usize) {
        for value in self.values.remove(&index).unwrap_or_default() {
            remove(&mut self.writers, &value, index);
        }
        self.forget(index);
    }

    fn forget(&mut self, index: usize) {
        for id in self.found.remove(&index).unwrap_or_default() {
            remove(&mut self.finders, &id, index);
        }
    }

    /// Earlier conversations that may write all that a branch looks for.
    fn write_all(&self, index: usize, sobject: &SObjectName, branch: &Branch) -> BTreeSet<usize> {
        let mut common: Option<BTreeSet<usize>> = None;
        for value in self.all_of(sobject, branch).unwrap_or_default() {
            let Some(writers) = self.writers.get(&value) else { return BTreeSet::new() };
            let earlier = writers.range(..index).copied();
            let both = match &common {
                None => earlier.collect(),
                Some(common) => earlier.filter(|writer| common.contains(writer)).collect::<BTreeSet<usize>>(),
            };
            common = Some(both);
        }
        common.unwrap_or_default()
    }

    fn overtakes(&self, index: usize) -> bool {
        let own = self.values.get(&index).map(Vec::as_slice).unwrap_or_default();
        let seekers = own.iter().filter_map(|value| self.seekers.get(value)).flat_map(|seekers| seekers.range(..index));
        let mut sought = seekers.filter_map(|seeker| self.sought.get(seeker)).flatten();
        sought.any(|all| all.iter().all(|value| own.contains(value)))
    }

    /// The values that a row must have; `None` if nobody has noted one of the fields, such as an id that a rule has named.
    fn all_of(&self, sobject: &SObjectName, branch: &Branch) -> Option<Vec<KeyValue>> {
        let of = |wanted: &Wanted| Some((self.key(sobject, &wanted.path)?, comparable(&wanted.value)));
        branch.keys.iter().map(of).collect()
    }

    fn key(&self, sobject: &SObjectName, path: &FieldPath) -> Option<usize> {
        self.keys.iter().position(|(of, key)| of == sobject && key == path)
    }
}

fn remove<K: Ord>(index: &mut BTreeMap<K, BTreeSet<usize>>, value: &K, conversation: usize) {
    if let Some(conversations) = index.get_mut(value) {
        conversations.remove(&conversation);
        if conversations.is_empty() {
            index.remove(value);
        }
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
