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
type Fields = BTreeMap<(&'static str, &'static str), Index>;
type Index = BTreeMap<Box<str>, Places>;

/// Where the records with one key are. Most fields that are worth a look-up have a value of its own in each record.
#[derive(Debug)]
enum Places {
    One(u32),
    #[expect(clippy::box_collection, reason = "most are `One`, which need not be as large as a set")]
    Several(Box<BTreeSet<u32>>),
}

impl Places {
    fn add(&mut self, place: u32) {
        match self {
            Places::One(known) if *known == place => {}
            Places::One(known) => *self = Places::Several(Box::new(BTreeSet::from([*known, place]))),
            Places::Several(places) => drop(places.insert(place)),
        }
    }

    /// Whether there is none left.
    fn remove(&mut self, place: u32) -> bool {
        match self {
            Places::One(known) => *known == place,
            Places::Several(places) => {
                places.remove(&place);
                places.is_empty()
            }
        }
    }

    fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        let (one, several) = match self {
            Places::One(place) => (Some(*place), None),
            Places::Several(places) => (None, Some(places.iter().copied())),
        };
        one.into_iter().chain(several.into_iter().flatten())
    }
}

fn add(index: &mut Index, key: Box<str>, place: u32) {
    index.entry(key).and_modify(|places| places.add(place)).or_insert(Places::One(place));
}

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
        let keys: Vec<Box<str>> = values.iter().map(key).collect::<Option<_>>()?;
        let mut fields = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let index = fields.entry((sobject, field)).or_insert_with(|| {
            let mut index = Index::new();
            for (place, row) in (0u32..).zip(rows()) {
                if let Some(key) = row.get(field).as_ref().and_then(key) {
                    add(&mut index, key, place);
                }
            }
            index
        });
        let places: BTreeSet<u32> = keys.iter().filter_map(|key| index.get(key)).flat_map(Places::iter).collect();
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
                && index.get_mut(&old).is_some_and(|places| places.remove(place))
            {
                index.remove(&old);
            }
            if let Some(new) = new {
                add(index, new, place);
            }
        }
    }
}

fn key(value: &Value) -> Option<Box<str>> {
    match value {
        Value::String(text) => Some(text.chars().flat_map(char::to_lowercase).collect::<String>().into()),
        Value::Number(number) => Some(Decimal::parse(number.as_str())?.double_text().into()),
        _ => None,
    }
}
