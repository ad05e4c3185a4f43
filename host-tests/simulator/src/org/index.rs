//! Which records hold a value: built when a field is first looked up, and kept from then on.
//!
//! A key is coarser than any comparison of values: all spellings in upper and lower case are one, and so are all forms of a number. So an
//! index may name records that do not fit, and never leaves one out; whoever asks compares the values themselves.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

use serde_json::Value;

use super::Row;
use crate::schema::Decimal;

/// Places of records in their table, by object and field and then by key.
type Fields = BTreeMap<(&'static str, &'static str), BTreeMap<String, BTreeSet<u32>>>;

/// All indexes. A copy of the records begins without any.
#[derive(Debug, Default)]
pub struct Indexes(Mutex<Fields>);

impl Clone for Indexes {
    fn clone(&self) -> Indexes {
        Indexes::default()
    }
}

impl Indexes {
    /// The places of records that may hold one of these values, in the order of their creation; `None` if one of the values has no
    /// key.
    pub fn places<'a, R: Iterator<Item = &'a Row>>(
        &self,
        (sobject, field): (&'static str, &'static str),
        values: &[Value],
        rows: impl FnOnce() -> R,
    ) -> Option<Vec<usize>> {
        let keys: Vec<String> = values.iter().map(key).collect::<Option<_>>()?;
        let mut fields = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let index = fields.entry((sobject, field)).or_insert_with(|| {
            let mut index: BTreeMap<String, BTreeSet<u32>> = BTreeMap::new();
            for (place, row) in (0u32..).zip(rows()) {
                if let Some(key) = row.get(field).as_ref().and_then(key) {
                    index.entry(key).or_default().insert(place);
                }
            }
            index
        });
        let places: BTreeSet<u32> = keys.iter().filter_map(|key| index.get(key)).flatten().copied().collect();
        Some(places.into_iter().map(|place| place as usize).collect())
    }

    /// Follows a change: what a record was and what it is; `None` where it was or is not there.
    pub fn follow(&mut self, sobject: &'static str, place: usize, before: Option<&Row>, after: Option<&Row>) {
        let fields = self.0.get_mut().unwrap_or_else(PoisonError::into_inner);
        let Ok(place) = u32::try_from(place) else { return };
        for ((_, field), index) in fields.iter_mut().filter(|((name, _), _)| *name == sobject) {
            let key_of = |row: Option<&Row>| row.and_then(|row| row.get(field)).as_ref().and_then(key);
            let (old, new) = (key_of(before), key_of(after));
            if old == new {
                continue;
            }
            if let Some(old) = old
                && let Some(places) = index.get_mut(&old)
            {
                places.remove(&place);
                if places.is_empty() {
                    index.remove(&old);
                }
            }
            if let Some(new) = new {
                index.entry(new).or_default().insert(place);
            }
        }
    }
}

fn key(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.chars().flat_map(char::to_lowercase).collect()),
        Value::Number(number) => Some(Decimal::parse(number.as_str())?.double_text()),
        _ => None,
    }
}
