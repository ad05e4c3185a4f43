//! The records, in creation order, with an undo journal.
//!
//! The journal is what makes `allOrNone` true: a rollback undoes exactly what was written since a mark. Number counters
//! are not part of it, as the real platform does not hand out an id or an auto-number twice either.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde_json::Value;

use super::index::Indexes;
use super::places::PlacesById;
use super::read;
use super::values::{Columns, Values};
use super::written::{self, Tables, Telling, Written};
use crate::schema::id;

/// One record; ids and deletion are not among the values.
#[derive(Clone, Debug)]
pub struct Row {
    pub id: String,
    pub deleted: bool,
    values: Values,
}

/// A record while it is changed.
#[derive(Debug)]
pub struct Draft {
    pub values: Changes,
    pub deleted: bool,
}

impl Row {
    /// The stored value; null when there is none.
    pub fn value(&self, field: &str) -> Value {
        self.values.get(field).unwrap_or_default()
    }

    /// The stored value; `None` when there is none.
    pub fn get(&self, field: &str) -> Option<Value> {
        self.values.get(field)
    }

    /// Whether a field has that value; a field without one has none.
    pub fn holds(&self, field: &str, value: &Value, any_case: bool) -> bool {
        match (self.values.text(field), value) {
            // The usual case goes without a copy.
            (Some(stored), Value::String(text)) if any_case => read::same_text(stored, text),
            (Some(stored), Value::String(text)) => stored == text,
            _ => self.values.get(field).is_some_and(|stored| read::same(&stored, value, any_case)),
        }
    }

    /// All values.
    pub fn values(&self) -> Changes {
        self.values.unpack()
    }

    /// The stored value as text, for lookups and names.
    pub fn text(&self, field: &str) -> Option<&str> {
        self.values.text(field)
    }
}

/// New values by field name; null clears.
pub type Changes = BTreeMap<&'static str, Value>;

/// All records of the org. A copy shares the records until one of the two changes them.
#[derive(Clone, Debug, Default)]
pub struct Store {
    tables: Tables,
    columns: BTreeMap<&'static str, Columns>,
    places: PlacesById,
    counters: BTreeMap<&'static str, u64>,
    /// Added to the numbers in ids.
    first_id: u64,
    indexes: Indexes,
    journal: Vec<Undo>,
    telling: Telling,
}

/// A point to which the store can be rolled back.
#[derive(Clone, Copy, Debug)]
pub struct IdempotencyKey(usize);

#[derive(Clone, Debug)]
enum Undo {
    Inserted(&'static str, usize),
    Replaced(&'static str, usize, Arc<Row>),
}

impl Store {
    /// Records of an object, deleted ones included.
    pub fn all(&self, sobject: &str) -> impl Iterator<Item = &Row> {
        self.tables.get(sobject).into_iter().flatten().map(Arc::as_ref)
    }

    /// Records of an object, deleted ones included, that may hold one of these values in a field; `None` if there is no telling.
    /// Who asks compares the values.
    pub fn places_of(&self, sobject: &'static str, field: &'static str, values: &[Value]) -> Option<Vec<&Row>> {
        let Some(table) = self.tables.get(sobject) else { return Some(Vec::new()) };
        let places = self.indexes.places((sobject, field), values, || self.all(sobject))?;
        Some(places.into_iter().filter_map(|place| table.get(place)).map(Arc::as_ref).collect())
    }

    /// Living records of an object that hold a value in a field.
    pub fn holding(&self, sobject: &'static str, field: &'static str, value: &Value, any_case: bool) -> Vec<&Row> {
        let rows = self.places_of(sobject, field, std::slice::from_ref(value));
        let mut rows = rows.unwrap_or_else(|| self.all(sobject).collect());
        rows.retain(|row| !row.deleted && row.holds(field, value, any_case));
        rows
    }

    /// Where a record stands among those of its object.
    pub fn place(&self, id: &str) -> usize {
        self.places.get(id).map_or(usize::MAX, |(_, place)| place)
    }

    /// Ids of new records count from another number on, so that orgs can be told apart by them.
    pub fn count_ids_from(&mut self, first: u64) {
        self.first_id = first;
    }

    /// Records of an object that are not deleted.
    pub fn living(&self, sobject: &str) -> impl Iterator<Item = &Row> {
        self.all(sobject).filter(|row| !row.deleted)
    }

    /// The record with that 18-character id, deleted or not.
    pub fn get(&self, id: &str) -> Option<&Row> {
        let (table, place) = self.places.get(id)?;
        self.tables.get(table)?.get(place).map(Arc::as_ref)
    }

    /// The next value of a counter, starting with 1.
    pub fn next(&mut self, counter: &'static str) -> u64 {
        let number = self.counters.entry(counter).or_default();
        *number += 1;
        *number
    }

    /// A fresh id for that key prefix.
    pub fn next_id(&mut self, prefix: &'static str) -> String {
        loop {
            let number = self.next(prefix);
            let id = id::numbered(prefix, self.first_id + number);
            if !self.places.contains(&id) {
                return id;
            }
        }
    }

    pub fn insert(&mut self, sobject: &'static str, id: String, values: &Changes) {
        self.add(sobject, id, false, values);
    }

    fn add(&mut self, sobject: &'static str, id: String, deleted: bool, values: &Changes) {
        let values = Values::pack(self.columns.entry(sobject).or_default(), values);
        let row = Row { id, deleted, values };
        let table = self.tables.entry(sobject).or_default();
        let place = table.len();
        self.places.insert(&row.id, sobject, place);
        self.indexes.follow(sobject, place, None, Some(&row));
        table.push(Arc::new(row));
        self.journal.push(Undo::Inserted(sobject, place));
    }

    /// Changes a record; the form before the change can be brought back.
    pub fn change(&mut self, id: &str, change: impl FnOnce(&mut Draft)) {
        let Some((sobject, place)) = self.places.get(id) else {
            return;
        };
        let Some(row) = self.tables.get_mut(sobject).and_then(|table| table.get_mut(place)) else {
            return;
        };
        let mut draft = Draft { values: row.values(), deleted: row.deleted };
        change(&mut draft);
        let values = Values::pack(self.columns.entry(sobject).or_default(), &draft.values);
        let changed = Arc::new(Row { id: row.id.clone(), deleted: draft.deleted, values });
        let before = std::mem::replace(row, changed);
        self.indexes.follow(sobject, place, Some(&before), Some(row));
        self.journal.push(Undo::Replaced(sobject, place, before));
    }

    pub fn idempotency_key(&self) -> IdempotencyKey {
        IdempotencyKey(self.journal.len())
    }

    /// Undoes everything since the mark.
    pub fn roll_back(&mut self, mark: IdempotencyKey) {
        while self.journal.len() > mark.0 {
            match self.journal.pop() {
                Some(Undo::Inserted(sobject, _)) => self.pop(sobject),
                Some(Undo::Replaced(sobject, place, before)) => {
                    let row = self.tables.get_mut(sobject).and_then(|table| table.get_mut(place));
                    if let Some(row) = row {
                        self.indexes.follow(sobject, place, Some(row), Some(&before));
                        *row = before;
                    }
                }
                None => return,
            }
        }
    }

    /// Takes the newest record of an object away.
    fn pop(&mut self, sobject: &'static str) {
        let removed = self.tables.get_mut(sobject).and_then(Vec::pop);
        if let Some(place) = removed.as_ref().and_then(|row| self.places.remove(&row.id)) {
            self.indexes.follow(sobject, place, removed.as_deref(), None);
        }
    }

    /// Forgets how to undo; called when a request is answered.
    pub fn commit(&mut self) {
        if self.telling.is_on() && !self.journal.is_empty() {
            let mut seen = BTreeSet::new();
            let places = self.journal.iter().map(Undo::place).filter(|place| seen.insert(*place));
            let put = places.filter_map(|(sobject, place)| Some((sobject, self.tables.get(sobject)?.get(place)?)));
            let put = put.map(|(sobject, row)| (sobject, Arc::clone(row))).collect();
            self.telling.add(Written { put, ..Written::default() }, &self.counters);
        }
        self.journal.clear();
    }

    /// From here on all that is written is collected.
    pub fn tell(&mut self) {
        self.telling.begin(&self.counters);
    }

    /// What was written since this was asked last.
    pub fn take_written(&mut self) -> Vec<Written> {
        self.telling.take()
    }

    /// Becomes another state.
    pub fn become_other(&mut self, other: Store) {
        let telling = std::mem::take(&mut self.telling);
        let before = std::mem::replace(self, Store { telling, ..other });
        if self.telling.is_on() {
            self.telling.add(written::difference(&before.tables, &self.tables), &self.counters);
        }
    }

    /// What leads from another state of the org to this one.
    pub fn since(&self, before: &Store) -> Written {
        let counters = written::moved(&before.counters, &self.counters);
        Written { counters, ..written::difference(&before.tables, &self.tables) }
    }

    /// Takes back a record that is the newest of its object; false if it is not.
    pub fn take_back(&mut self, id: &str) -> bool {
        let Some((sobject, place)) = self.places.get(id) else { return false };
        let newest = self.tables.get(sobject).is_some_and(|table| table.len() == place + 1);
        if newest {
            self.pop(sobject);
        }
        newest
    }

    /// Puts a record as it was kept: in the place of the one with its id, or as the newest of its object.
    pub fn put(&mut self, sobject: &'static str, id: String, kept: Draft) {
        match self.places.contains(&id) {
            true => self.change(&id, |draft| *draft = kept),
            false => self.add(sobject, id, kept.deleted, &kept.values),
        }
    }

    /// Lets a counter go on from there, unless it is further already.
    pub fn raise(&mut self, counter: &'static str, number: u64) {
        let known = self.counters.entry(counter).or_default();
        *known = number.max(*known);
    }
}

impl Undo {
    fn place(&self) -> (&'static str, usize) {
        match self {
            Undo::Inserted(sobject, place) | Undo::Replaced(sobject, place, _) => (sobject, *place),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rollback_undoes_inserts_and_changes_in_reverse() {
        let mut store = Store::default();
        store.insert("Contact", "a".into(), &Changes::new());
        store.commit();
        let mark = store.idempotency_key();
        store.change("a", |row| drop(row.values.insert("LastName", "First".into())));
        store.insert("Contact", "b".into(), &Changes::new());
        store.change("b", |row| row.deleted = true);
        store.change("a", |row| drop(row.values.insert("LastName", "Second".into())));
        store.roll_back(mark);
        assert_eq!(store.all("Contact").count(), 1);
        assert!(store.get("b").is_none());
        assert_eq!(store.get("a").map(|row| row.value("LastName")), Some(Value::Null));
    }

    #[test]
    fn an_index_follows_what_is_written_and_undone() {
        let mut store = Store::default();
        let insert = |store: &mut Store, id: &str, name: &str| {
            store.insert("Contact", id.into(), &BTreeMap::from([("LastName", name.into())]));
        };
        let found = |store: &Store, name: &str| {
            let value = Value::from(name);
            let rows = store.holding("Contact", "LastName", &value, true).into_iter();
            rows.map(|row| row.id.clone()).collect::<Vec<_>>()
        };
        insert(&mut store, "a", "Berg");
        insert(&mut store, "b", "berg");
        assert_eq!(found(&store, "BERG"), ["a", "b"]);
        let mark = store.idempotency_key();
        store.change("a", |row| drop(row.values.insert("LastName", "Cole".into())));
        insert(&mut store, "c", "Cole");
        store.change("b", |row| row.deleted = true);
        assert_eq!(
            (found(&store, "cole"), found(&store, "Berg")),
            (vec!["a".into(), "c".into()], Vec::<String>::new())
        );
        let copy = store.clone();
        store.roll_back(mark);
        assert_eq!(
            (found(&store, "Cole"), found(&store, "Berg")),
            (Vec::<String>::new(), vec!["a".into(), "b".into()])
        );
        assert_eq!(found(&copy, "cole"), ["a", "c"]);
    }

    #[test]
    fn an_id_is_not_given_twice_even_after_a_rollback() {
        let mut store = Store::default();
        let first = store.next_id("003");
        let mark = store.idempotency_key();
        store.insert("Contact", first.clone(), &Changes::new());
        store.roll_back(mark);
        assert_ne!(store.next_id("003"), first);
    }
}
