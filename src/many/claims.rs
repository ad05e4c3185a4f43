//! Which conversations must wait for which, so that what one writes the next one finds.
//!
//! Two conversations with the same new e-mail address, handled at the same time, would both find nobody and both create. So
//! a conversation is not looked up while an earlier one is unfinished that may write what it looks for, or that has found the
//! same record; nor does it overtake one that waits and looks for what this one may write. Texts are compared without case,
//! whatever the field does: who waits in vain loses nothing but time.

use std::collections::BTreeMap;

use crate::name::{FieldPath, RecordId, SObjectName};
use crate::plan::{Branch, Wanted};
use crate::run::Run;
use crate::settings::{Mapping, MatchKeys, RecordSettings, Settings};
use crate::value::{Decimal, Scalar, fold, folded};

/// What the unfinished conversations are about.
pub struct Claims {
    /// The fields that records are found by.
    keys: Vec<(SObjectName, FieldPath)>,
    /// A write may change a value that other conversations look for, of a record that nobody knows beforehand: then nobody
    /// overtakes who waits.
    keys_change: bool,
    /// Conversations by what they are about. One map for all, since each kind of map is some kilobytes of the component.
    index: BTreeMap<String, Vec<usize>>,
    /// What each conversation is about.
    about: Vec<About>,
}

/// What one conversation is about, each as it stands in the index behind its [`Role`].
#[derive(Clone, Default)]
struct About {
    /// Values that it may write to fields that records are found by.
    writes: Vec<String>,
    /// While it waits: one of these, each with all of its values.
    seeks: Vec<Vec<String>>,
    /// Records that it has found.
    found: Vec<String>,
    waits: bool,
    /// Whether it has written, nobody knows.
    in_doubt: bool,
}

#[derive(Clone, Copy)]
enum Role {
    Writes,
    Seeks,
    Found,
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
    pub fn new(settings: &Settings, conversations: usize) -> Self {
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
        Self { keys, keys_change, index: BTreeMap::new(), about: vec![About::default(); conversations] }
    }

    /// Notes what a conversation may write.
    pub fn claim(&mut self, index: usize, run: &Run) {
        let writes: Vec<String> = run
            .values()
            .filter_map(|(sobject, path, value)| Some(comparable(self.key(sobject, path)?, value)))
            .collect();
        self.note(Role::Writes, index, &writes);
        if let Some(about) = self.about.get_mut(index) {
            about.writes = writes;
        }
    }

    /// Whether an earlier conversation may write what this one looks for, or waits and looks for what this one may write.
    pub fn turn(&self, index: usize, run: &Run) -> Turn {
        let earlier: Vec<usize> =
            run.finds_by().flat_map(|(sobject, branch)| self.write_all(index, sobject, branch)).collect();
        let is_sure = |other: &usize| !self.about.get(*other).is_some_and(|about| about.in_doubt);
        let held_back = self.keys_change && self.waits_before(index).is_some();
        match earlier.iter().any(is_sure) || self.overtakes(index).is_some() || held_back {
            true => Turn::Waits,
            false if earlier.is_empty() => Turn::Comes,
            false => Turn::InDoubt,
        }
    }

    /// A conversation waits.
    pub fn hold(&mut self, index: usize, run: &Run) {
        let seeks: Vec<Vec<String>> =
            run.finds_by().filter_map(|(sobject, branch)| self.all_of(sobject, branch)).collect();
        seeks.iter().for_each(|all| self.note(Role::Seeks, index, all));
        if let Some(about) = self.about.get_mut(index) {
            (about.waits, about.seeks) = (true, seeks);
        }
    }

    /// A conversation has to ask once more, while others have their answer.
    pub fn lag(&mut self, index: usize) {
        if let Some(about) = self.about.get_mut(index) {
            about.waits = true;
        }
    }

    /// It waits no longer.
    pub fn unhold(&mut self, index: usize) {
        let Some(about) = self.about.get_mut(index) else { return };
        about.waits = false;
        let seeks = std::mem::take(&mut about.seeks);
        seeks.iter().for_each(|all| self.forget(Role::Seeks, index, all));
    }

    /// Notes the records that a conversation has found. Gives another one that must be finished first: an earlier one that has
    /// found one of them, or one that is about to write it.
    pub fn find(&mut self, index: usize, ids: &[RecordId]) -> Option<usize> {
        self.let_go(index);
        let found: Vec<String> = ids.iter().map(|id| id.as_str().to_owned()).collect();
        let waits = |other: usize| self.about.get(other).is_some_and(|about| about.waits);
        let others = found.iter().flat_map(|id| self.of(Role::Found, id)).copied();
        let other = others.filter(|other| *other < index || !waits(*other)).max();
        let other = other.or_else(|| self.waits_before(index).filter(|_| self.keys_change));
        let other = other.or_else(|| self.overtakes(index));
        self.note(Role::Found, index, &found);
        if let Some(about) = self.about.get_mut(index) {
            about.found = found;
        }
        other
    }

    /// A conversation is finished, but whether it has written, nobody knows.
    pub fn doubt(&mut self, index: usize) {
        self.let_go(index);
        if let Some(about) = self.about.get_mut(index) {
            (about.waits, about.in_doubt) = (false, true);
        }
    }

    /// A conversation is finished.
    pub fn release(&mut self, index: usize) {
        self.let_go(index);
        self.unhold(index);
        let writes = self.about.get_mut(index).map(|about| std::mem::take(&mut about.writes)).unwrap_or_default();
        self.forget(Role::Writes, index, &writes);
    }

    /// What it has found is others' again.
    fn let_go(&mut self, index: usize) {
        let found = self.about.get_mut(index).map(|about| std::mem::take(&mut about.found)).unwrap_or_default();
        self.forget(Role::Found, index, &found);
    }

    /// Earlier conversations that may write all that a branch looks for.
    fn write_all(&self, index: usize, sobject: &SObjectName, branch: &Branch) -> Vec<usize> {
        let all = self.all_of(sobject, branch).unwrap_or_default();
        let writers = |value: &String| self.of(Role::Writes, value);
        let Some((first, others)) = all.split_first() else { return Vec::new() };
        let common = writers(first).iter().copied().filter(|writer| *writer < index);
        common.filter(|writer| others.iter().all(|value| writers(value).contains(writer))).collect()
    }

    /// An earlier conversation that waits and looks for what this one may write.
    fn overtakes(&self, index: usize) -> Option<usize> {
        let own = self.about.get(index).map(|about| about.writes.as_slice()).unwrap_or_default();
        let mut seekers = own.iter().flat_map(|value| self.of(Role::Seeks, value)).filter(|seeker| **seeker < index);
        let fits = |all: &Vec<String>| all.iter().all(|value| own.contains(value));
        let seeks = |seeker: &&usize| self.about.get(**seeker).is_some_and(|about| about.seeks.iter().any(fits));
        seekers.find(seeks).copied()
    }

    /// The last conversation before this one that waits.
    fn waits_before(&self, index: usize) -> Option<usize> {
        self.about.iter().take(index).rposition(|about| about.waits)
    }

    /// The values that a row must have; `None` if nobody has noted one of the fields, such as an id that a rule has named.
    fn all_of(&self, sobject: &SObjectName, branch: &Branch) -> Option<Vec<String>> {
        let of = |wanted: &Wanted| Some(comparable(self.key(sobject, &wanted.path)?, &wanted.value));
        branch.keys.iter().map(of).collect()
    }

    fn key(&self, sobject: &SObjectName, path: &FieldPath) -> Option<usize> {
        self.keys.iter().position(|(of, key)| of == sobject && key == path)
    }

    fn of(&self, role: Role, what: &str) -> &[usize] {
        self.index.get(&role.entry(what)).map(Vec::as_slice).unwrap_or_default()
    }

    fn note(&mut self, role: Role, index: usize, all: &[String]) {
        for what in all {
            self.index.entry(role.entry(what)).or_default().push(index);
        }
    }

    fn forget(&mut self, role: Role, index: usize, all: &[String]) {
        for what in all {
            if let Some(conversations) = self.index.get_mut(&role.entry(what)) {
                conversations.retain(|other| *other != index);
            }
        }
    }
}

impl Role {
    fn entry(self, what: &str) -> String {
        let role = match self {
            Self::Writes => "writes ",
            Self::Seeks => "seeks ",
            Self::Found => "found ",
        };
        [role, what].concat()
    }
}

/// The same text for values of a field that Salesforce may take for the same.
fn comparable(key: usize, value: &Scalar) -> String {
    const SHORT_ID: usize = 15;
    let mut text = key.to_string();
    text.push(' ');
    match value {
        // An id has 15 or 18 characters.
        Scalar::Text(value) if RecordId::parse(value).is_some() => text.extend(folded(value).take(SHORT_ID)),
        // Of other letters nobody knows here which Salesforce takes for the same.
        Scalar::Text(value) if !value.chars().all(fold::is_known) => text.push('\u{fffd}'),
        Scalar::Text(value) => text.extend(folded(value)),
        Scalar::Number(number) => match Decimal::parse(number.as_str()) {
            Some(number) => text.push_str(&number.to_string()),
            None => text.push_str(number.as_str()),
        },
        Scalar::Boolean(_) | Scalar::Temporal(_) => text.push_str(&value.to_text()),
    }
    text
}
