//! What of a chat was told already.
//!
//! The history is read from a place in time on, and the stream repeats what the history has. An entry may come to light a little
//! after a later one. So entries of the last seconds are known by their identifiers, and what is older has been told.

use serde_json::Value;

use super::id::short;

/// How much later than a newer one an entry may come to light, in milliseconds.
const OVERLAP: u64 = 10_000;
/// Most entries that are known by their identifiers. A chat in which more happens within [`OVERLAP`] is followed less far back.
const MAX_SEEN: usize = 40;

/// What was told.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Seen {
    /// Everything before this time has been told, in milliseconds since 1970.
    from: u64,
    newest: u64,
    /// The oldest first.
    entries: Vec<(u64, String)>,
}

impl Seen {
    /// Where the history is to be read from.
    pub(super) fn from(&self) -> u64 {
        self.from
    }

    /// What has no time is as new as can be.
    pub(super) fn time(&self, at: u64) -> u64 {
        if at == 0 { self.newest } else { at }
    }

    /// Whether it is to be told; from now on it has been.
    pub(super) fn is_new(&mut self, at: u64, identifier: &str) -> bool {
        let id = short(identifier);
        if at < self.from || self.entries.iter().any(|(_, known)| *known == id) {
            return false;
        }
        let place = self.entries.partition_point(|(other, _)| *other <= at);
        self.entries.insert(place, (at, id));
        self.newest = self.newest.max(at);
        true
    }

    /// Forgets what cannot come again. To be called when everything up to the newest entry has been read.
    pub(super) fn settle(&mut self) {
        self.from = self.from.max(self.newest.saturating_sub(OVERLAP));
        self.limit(MAX_SEEN);
    }

    /// Keeps this number of identifiers at most. Those of the last millisecond that is left out stand for themselves no longer.
    pub(super) fn limit(&mut self, most: usize) {
        let excess = self.entries.len().saturating_sub(most);
        if let Some((at, _)) = excess.checked_sub(1).and_then(|last| self.entries.get(last)) {
            self.from = self.from.max(at + 1);
        }
        let from = self.from;
        self.entries.retain(|(at, _)| *at >= from);
    }

    pub(super) fn to_json(&self) -> Value {
        let mut list = vec![Value::from(self.from), Value::from(self.newest)];
        for (at, id) in &self.entries {
            list.extend([Value::from(at.saturating_sub(self.from)), Value::from(id.as_str())]);
        }
        Value::Array(list)
    }

    pub(super) fn of_json(value: &Value) -> Option<Self> {
        let (head, entries) = value.as_array()?.split_at_checked(2)?;
        let [from, newest] = head else { return None };
        let (from, newest) = (from.as_u64()?, newest.as_u64()?);
        let entry = |pair: &[Value]| match pair {
            [at, id] => Some((from.checked_add(at.as_u64()?)?, id.as_str()?.to_owned())),
            _ => None,
        };
        Some(Self { from, newest, entries: entries.chunks(2).map(entry).collect::<Option<_>>()? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_is_told_once_also_if_it_comes_late() {
        let mut seen = Seen::default();
        assert!(seen.is_new(20_000, "b") && !seen.is_new(20_000, "b") && seen.is_new(20_000, "c"));
        seen.settle();
        let mut seen = Seen::of_json(&seen.to_json()).unwrap();
        assert_eq!(seen.from(), 10_000);
        assert!(!seen.is_new(20_000, "b") && !seen.is_new(9_999, "old") && seen.is_new(10_000, "a"));
    }

    #[test]
    fn a_burst_is_followed_less_far_back() {
        let mut seen = Seen::default();
        for at in 0..200 {
            assert!(seen.is_new(100_000 + at, &at.to_string()));
        }
        seen.settle();
        assert_eq!((seen.entries.len(), seen.from()), (MAX_SEEN, 100_160));
        for at in 0..200 {
            assert!(!seen.is_new(100_000 + at, &at.to_string()), "{at}");
        }
        assert!(seen.is_new(100_200, "next"));
    }
}
