//! The org: its state, what an admin changes, and what tests read. It answers no request: that is what `rest` adds.

mod admin;
mod bulk;
mod compound;
mod cursors;
mod extend;
mod faults;
mod index;
mod log;
mod places;
pub mod read;
mod rules;
mod sessions;
mod setup;
mod snapshot;
mod store;
mod values;
mod written;

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use crate::document::BadFile;
use crate::fault::messaging::NamedFaults;
use crate::fault::{Fault, Faults};
use crate::http::Request;
use crate::messaging::Messaging;
use crate::oauth::{self, OAuth};
use crate::schema::{Schema, described};
use crate::settings::Settings;

pub use bulk::{Bulk, Job, Rows};
pub use cursors::{Cursor, Cursors};
use log::Log;
pub use read::Source;
pub use rules::{Assignment, Check, OnSave, Refusal};
pub use setup::{DuplicateRule, Rules, ValidationRule};
use snapshot::Snapshots;
pub use store::{Changes, Draft, Row, Store};
pub use written::Written;

/// Calls a day of a Developer org, printed in `Sforce-Limit-Info`; the simulator counts but never cuts off.
const DAILY_CALLS: u32 = 15_000;

/// A Salesforce org without sockets or clock.
#[derive(Debug)]
pub struct Org {
    /// The admin's switches.
    pub settings: Settings,
    pub(super) schema: Arc<Schema>,
    pub(super) store: Store,
    pub(super) rules: Rules,
    pub(super) oauth: OAuth,
    pub(super) messaging: Messaging,
    pub(super) cursors: Cursors,
    pub(super) bulk: Bulk,
    /// When the schema was seen changed; `None` until the next request, as the org has no clock.
    pub(super) schema_since: Option<Timestamp>,
    log: Log,
    pub(super) calls: u32,
    faults: Faults,
    named_faults: NamedFaults,
    /// What will be carried out when nobody waits for it any more, and when it came.
    pub(super) late: Vec<(Request, Timestamp)>,
    met: Vec<(Vec<u8>, Option<Fault>)>,
    snapshots: Snapshots,
    /// How far the org's clock is ahead of the one outside.
    ahead: SignedDuration,
}

impl Default for Org {
    fn default() -> Org {
        Org::new()
    }
}

impl Org {
    /// An org with its users, queues and rules, but no business records.
    pub fn new() -> Org {
        let mut store = Store::default();
        let rules = setup::install(&mut store);
        Org::of(Schema::new(), store, rules)
    }

    /// An org of somebody's own, by its describe documents: each is a file's name and its text.
    pub fn described(files: &[(String, String)]) -> Result<Org, BadFile> {
        let described = described::read(files)?;
        let mut store = Store::default();
        let rules = setup::install_described(&mut store, &described);
        Ok(Org::of(Schema::described(&described), store, rules))
    }

    fn of(schema: Schema, store: Store, rules: Rules) -> Org {
        let settings = Settings {
            person_accounts: schema.has_person_accounts(),
            state_and_country_picklists: schema.has_address_picklists(),
            ..Settings::default()
        };
        Org {
            settings,
            schema: Arc::new(schema),
            store,
            rules,
            oauth: OAuth::new(),
            messaging: Messaging::new(),
            cursors: Cursors::default(),
            bulk: Bulk::default(),
            schema_since: None,
            log: Log::default(),
            calls: 0,
            faults: Faults::default(),
            named_faults: NamedFaults::default(),
            late: Vec::new(),
            met: Vec::new(),
            snapshots: Snapshots::default(),
            ahead: SignedDuration::ZERO,
        }
    }

    /// The newest access token; the first one is valid from the start, without any grant.
    pub fn access_token(&self) -> &str {
        self.oauth.tokens.current()
    }

    /// The consumer key of the one connected app.
    pub fn client_id(&self) -> &str {
        oauth::CLIENT_ID
    }

    /// The consumer secret of the one connected app.
    pub fn client_secret(&self) -> &str {
        oauth::CLIENT_SECRET
    }

    /// Who the API user is, as the list of resources says it.
    pub(super) fn identity_url(&self) -> String {
        oauth::identity_url()
    }

    /// The address that a token answer names as API base.
    pub fn instance_url(&self) -> &str {
        &self.settings.instance_url
    }

    /// Living records of an object with their non-null fields, in creation order; empty for an unknown object.
    pub fn records(&self, sobject: &str) -> Vec<Value> {
        let schema = self.current_schema();
        let Some(sobject) = schema.existing(sobject) else {
            return Vec::new();
        };
        let rows = self.store.living(sobject.name);
        rows.map(|row| read::filled(self.source(), sobject, row)).collect()
    }

    /// What was written since this was asked last, where a file keeps it.
    pub(crate) fn take_written(&mut self) -> Vec<Written> {
        self.store.commit();
        self.store.take_written()
    }

    /// Brings the schema in line with the settings, which a test can change at any time.
    pub(super) fn follow_settings(&mut self) {
        let current = self.current_schema();
        if !Arc::ptr_eq(&current, &self.schema) {
            self.schema = current;
            self.schema_since = None;
        }
    }

    /// The schema, for an admin who changes it.
    pub(super) fn change_schema(&mut self) -> &mut Schema {
        self.follow_settings();
        self.schema_since = None;
        Arc::make_mut(&mut self.schema)
    }

    pub(crate) fn current_schema(&self) -> Arc<Schema> {
        let mut schema = Arc::clone(&self.schema);
        if schema.has_person_accounts() != self.settings.person_accounts {
            Arc::make_mut(&mut schema).switch_person_accounts(self.settings.person_accounts);
        }
        if schema.has_address_picklists() != self.settings.state_and_country_picklists {
            Arc::make_mut(&mut schema).switch_address_picklists(self.settings.state_and_country_picklists);
        }
        schema
    }

    /// What field values are read from.
    pub(super) fn source(&self) -> Source<'_> {
        Source { store: &self.store, settings: &self.settings }
    }

    /// Calls so far, and what a day allows.
    pub(super) fn usage(&self) -> (u32, u32) {
        (self.calls, DAILY_CALLS)
    }

    /// A batch counts each of its subrequests as a call; everything else counts once.
    pub(super) fn count_calls(&mut self, more: u32) {
        self.calls += more;
    }
}
