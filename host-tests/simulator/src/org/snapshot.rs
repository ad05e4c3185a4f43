//! States of the org that can be gone back to, and its clock.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use super::{Org, Rules, Store};
use crate::messaging::Messaging;
use crate::schema::Schema;
use crate::settings::Settings;

/// What a reset brings back: records, schema, rules and switches. Tokens and the log of requests stay as they are, so that a client
/// goes on as it was.
#[derive(Clone, Debug)]
struct State {
    settings: Settings,
    schema: Arc<Schema>,
    store: Store,
    rules: Rules,
    messaging: Messaging,
}

/// All that were kept.
#[derive(Clone, Debug, Default)]
pub struct Snapshots {
    start: Option<Box<State>>,
    named: BTreeMap<String, State>,
}

impl Org {
    /// Keeps the state as the one that a reset without a name brings back.
    pub fn keep_start(&mut self) {
        self.snapshots.start = Some(Box::new(self.state()));
    }

    /// Keeps the state under a name, in place of one that has it.
    pub fn snapshot(&mut self, name: &str) {
        let state = self.state();
        self.snapshots.named.insert(name.to_owned(), state);
    }

    /// Goes back to a snapshot, or to the start; false if there is none.
    pub fn reset(&mut self, name: Option<&str>) -> bool {
        let state = match name {
            Some(name) => self.snapshots.named.get(name).cloned(),
            None => self.snapshots.start.as_deref().cloned(),
        };
        let Some(State { settings, schema, store, rules, messaging }) = state else { return false };
        (self.settings, self.schema, self.rules) = (settings, schema, rules);
        self.store.become_other(store);
        self.messaging.go_back_to(&messaging);
        self.cursors = Default::default();
        self.bulk = Default::default();
        self.late.clear();
        self.schema_since = None;
        if name.is_none() {
            self.ahead = SignedDuration::ZERO;
        }
        true
    }

    /// What time it is in the org when it is `now` outside.
    pub fn time(&self, now: Timestamp) -> Timestamp {
        now.checked_add(self.ahead).unwrap_or(now)
    }

    /// Moves the clock: it goes on from there.
    pub fn set_clock(&mut self, wanted: Timestamp, now: Timestamp) {
        self.ahead = wanted.duration_since(now);
    }

    /// Ids of new records count from a number that the seed makes, so that two orgs with two seeds share none.
    pub fn seed_ids(&mut self, seed: u64) {
        // Ten digits of base 62 hold 8·10^17 ids: 900 million of each object for each of 900 million seeds.
        const EACH: u64 = 62 * 62 * 62 * 62 * 62;
        self.store.count_ids_from(seed % EACH * EACH);
    }

    fn state(&self) -> State {
        State {
            settings: self.settings.clone(),
            schema: Arc::clone(&self.schema),
            store: self.store.clone(),
            rules: self.rules.clone(),
            messaging: self.messaging.clone(),
        }
    }
}
