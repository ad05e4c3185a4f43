//! The records, in creation order, with an undo journal.
//!
//! The journal is what makes `allOrNone` true: a rollback undoes exactly what was written since a mark. Number counters
//! are not part of it, as the real platform does not hand out an id or an auto-number twice either.

use std::collections::BTreeMap;

use serde_json::Value;

use super::read;
use crate::simulator::schema::id;

/// One record. A field without a value is absent; ids and deletion are not among the values.
#[derive(Clone, Debug)]
pub struct Row {
    pub id: String,
    pub values: BTreeMap<&'static str, Value>,
    pub deleted: bool,
}

impl Row {
    /// The stored value; null when there is none.
    pub fn value(&self, field: &str) -> Value {
        self.values.get(field).cloned().unwrap_or_default()
    }

    /// Whether a field has that value; a field without one has none.
    pub fn holds(&self, field: &str, value: &Value, any_case: bool) -> bool {
        self.values.get(field).is_some_and(|stored| read::same(stored, value, any_case))
    }

    /// The stored value as text, for lookups and names.
    pub fn text(&self, field: &str) -> Option<&str> {
        self.values.get(field).and_then(Value::as_str)
    }
}

/// New values by field name; null clears.
pub type Changes = BTreeMap<&'static str, Value>;

/// All records of the org.
#[derive(Debug, Default)]
pub struct Store {
    tables: BTreeMap<&'static str, Vec<Row>>,
    places: BTreeMap<String, (&'static str, usize)>,
    counters: BTreeMap<&'static str, u64>,
    journal: Vec<Undo>,
}

/// A point to which the store can be rolled back.
#[derive(Clone, Copy, Debug)]
pub struct IdempotencyKey(usize);

#[derive(Debug)]
enum Undo {
    Inserted(&'static str),
    Replaced(&'static str, usize, Row),
}

impl Store {
    /// Records of an object, deleted ones included.
    pub fn all(&self, sobject: &str) -> &[Row] {
        self.tables.get(sobject).map_or(&[], Vec::as_slice)
    }

    /// Records of an object that are not deleted.
    pub fn living(&self, sobject: &str) -> impl Iterator<Item = &Row> {
        self.all(sobject).iter().filter(|row| !row.deleted)
    }

    /// The record with that 18-character id, deleted or not.
    pub fn get(&self, id: &str) -> Option<&Row> {
        let (table, place) = self.places.get(id)?;
        self.tables.get(table)?.get(*place)
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
            let id = id::numbered(prefix, number);
            if !self.places.contains_key(&id) {
                return id;
            }
        }
    }

    pub fn insert(&mut self, sobject: &'static str, row: Row) {
        let table = self.tables.entry(sobject).or_default();
        self.places.insert(row.id.clone(), (sobject, table.len()));
        table.push(row);
        self.journal.push(Undo::Inserted(sobject));
    }

    /// Changes a record; the form before the change can be brought back.
    pub fn change(&mut self, id: &str, change: impl FnOnce(&mut Row)) {
        let Some(&(sobject, place)) = self.places.get(id) else {
            return;
        };
        let Some(row) = self.tables.get_mut(sobject).and_then(|table| table.get_mut(place)) else {
            return;
        };
        self.journal.push(Undo::Replaced(sobject, place, row.clone()));
        change(row);
    }

    pub fn idempotency_key(&self) -> IdempotencyKey {
        IdempotencyKey(self.journal.len())
    }

    /// Undoes everything since the mark.
    pub fn roll_back(&mut self, mark: IdempotencyKey) {
        while self.journal.len() > mark.0 {
            match self.journal.pop() {
                Some(Undo::Inserted(sobject)) => {
                    let removed = self.tables.get_mut(sobject).and_then(Vec::pop);
                    removed.map(|row| self.places.remove(&row.id));
                }
                Some(Undo::Replaced(sobject, place, before)) => {
                    let row = self.tables.get_mut(sobject).and_then(|table| table.get_mut(place));
                    if let Some(row) = row {
                        *row = before;
                    }
                }
                None => return,
            }
        }
    }

    /// Forgets how to undo; called when a request is answered.
    pub fn commit(&mut self) {
        self.journal.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(id: &str) -> Row {
        Row { id: id.into(), values: BTreeMap::new(), deleted: false }
    }

    #[test]
    fn a_rollback_undoes_inserts_and_changes_in_reverse() {
        let mut store = Store::default();
        store.insert("Contact", row("a"));
        store.commit();
        let mark = store.idempotency_key();
        store.change("a", |row| drop(row.values.insert("LastName", "First".into())));
        store.insert("Contact", row("b"));
        store.change("b", |row| row.deleted = true);
        store.change("a", |row| drop(row.values.insert("LastName", "Second".into())));
        store.roll_back(mark);
        assert_eq!(store.all("Contact").len(), 1);
        assert!(store.get("b").is_none());
        assert_eq!(store.get("a").map(|row| row.value("LastName")), Some(Value::Null));
    }

    #[test]
    fn an_id_is_not_given_twice_even_after_a_rollback() {
        let mut store = Store::default();
        let first = store.next_id("003");
        let mark = store.idempotency_key();
        store.insert("Contact", row(&first));
        store.roll_back(mark);
        assert_ne!(store.next_id("003"), first);
    }
}
