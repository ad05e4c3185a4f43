//! What was written, for a file that keeps it: the org itself opens none.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Row;

/// What one request, or a reset, made of the records: all of it is kept, or nothing.
#[derive(Clone, Debug, Default)]
pub struct Written {
    /// Records that are gone without a trace, the newest of each object first. A reset does that; a delete leaves the record in the
    /// recycle bin.
    pub taken_back: Vec<String>,
    /// Records as they are now; new ones in the order of their creation.
    pub put: Vec<(&'static str, Arc<Row>)>,
    /// Counters that are not where they were.
    pub counters: Vec<(&'static str, u64)>,
}

impl Written {
    pub fn is_empty(&self) -> bool {
        self.taken_back.is_empty() && self.put.is_empty() && self.counters.is_empty()
    }
}

/// Collects it where somebody wants it. A copy of the records tells nobody.
#[derive(Debug, Default)]
pub struct Telling(Option<Untold>);

#[derive(Debug, Default)]
struct Untold {
    written: Vec<Written>,
    /// Counters as they were told last.
    counters: BTreeMap<&'static str, u64>,
}

impl Clone for Telling {
    fn clone(&self) -> Telling {
        Telling::default()
    }
}

impl Telling {
    /// From here on, with the counters as they are.
    pub fn begin(&mut self, counters: &BTreeMap<&'static str, u64>) {
        self.0 = Some(Untold { written: Vec::new(), counters: counters.clone() });
    }

    pub fn is_on(&self) -> bool {
        self.0.is_some()
    }

    /// Adds what was written, and the counters that moved with it.
    pub fn add(&mut self, written: Written, counters: &BTreeMap<&'static str, u64>) {
        let Some(untold) = &mut self.0 else { return };
        let moved = moved(&untold.counters, counters);
        let written = Written { counters: moved, ..written };
        if !written.is_empty() {
            untold.counters.clone_from(counters);
            untold.written.push(written);
        }
    }

    pub fn take(&mut self) -> Vec<Written> {
        self.0.as_mut().map(|untold| std::mem::take(&mut untold.written)).unwrap_or_default()
    }
}

/// Tables of records, by their object.
pub type Tables = BTreeMap<&'static str, Vec<Arc<Row>>>;

/// What leads from one state of the records to another.
pub fn difference(before: &Tables, after: &Tables) -> Written {
    let mut written = Written::default();
    let nothing = Vec::new();
    for (sobject, old) in before {
        let new = after.get(sobject).unwrap_or(&nothing);
        let gone = old.iter().skip(shared(old, new)).rev();
        written.taken_back.extend(gone.map(|row| row.id.clone()));
    }
    for (sobject, new) in after {
        let old = before.get(sobject).unwrap_or(&nothing);
        let shared = shared(old, new);
        let changed = new.iter().enumerate().filter(|(place, row)| {
            let same = old.get(*place).is_some_and(|old| Arc::ptr_eq(old, row));
            *place >= shared || !same
        });
        written.put.extend(changed.map(|(_, row)| (*sobject, Arc::clone(row))));
    }
    written
}

/// Counters that are not as they were.
pub fn moved(before: &BTreeMap<&'static str, u64>, after: &BTreeMap<&'static str, u64>) -> Vec<(&'static str, u64)> {
    let moved = after.iter().filter(|(name, number)| before.get(*name) != Some(number));
    let gone = before.keys().filter(|name| !after.contains_key(*name));
    moved.map(|(name, number)| (*name, *number)).chain(gone.map(|name| (*name, 0))).collect()
}

/// At how many places from the first on two tables have the same records, in whatever form.
fn shared(old: &[Arc<Row>], new: &[Arc<Row>]) -> usize {
    old.iter().zip(new).take_while(|(old, new)| old.id == new.id).count()
}
