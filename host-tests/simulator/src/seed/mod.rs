//! Records, and what an admin set up, that are there before the first request.

mod setup;

use std::sync::Arc;

use jiff::Timestamp;
use serde_json::{Map, Value};

use crate::http::{ApiError, Options};
use crate::org::Org;
use crate::rules::save;
use crate::rules::validate::{self, Mode};
use crate::schema::{Can, SObject, id};
pub use setup::MEMBER as SETUP;

/// Which seed record was refused, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct SeedError {
    /// The object as the seed spells it, or `setup`.
    pub sobject: String,
    /// Position in that object's list, from 0.
    pub index: usize,
    /// What a create of that record would have answered.
    pub reason: String,
}

impl std::fmt::Display for SeedError {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.sobject.as_str() {
            setup::MEMBER => write!(formatter, "seed setup: {}", self.reason),
            sobject => write!(formatter, "seed record {sobject}[{}]: {}", self.index, self.reason),
        }
    }
}

impl std::error::Error for SeedError {}

impl Org {
    /// Creates records from `{"Contact": [{…}], "Account": [{…}]}`, parents before children, and gives their ids in
    /// that order.
    ///
    /// What the member `setup` says, if there is one, was done by an admin: see the `setup` module.
    ///
    /// Each record is validated like a create; a record may bring its own `Id`. Assignment and duplicate rules are not run: a
    /// seed says what is there, not how it came. When one is refused, none is kept.
    pub fn seed(&mut self, records: &Value, now: Timestamp) -> Result<Vec<String>, SeedError> {
        self.follow_settings();
        let mark = self.store.idempotency_key();
        let before = (self.settings.clone(), Arc::clone(&self.schema), self.rules.clone());
        let created = self.try_seed(records, now);
        if created.is_err() {
            self.store.roll_back(mark);
            (self.settings, self.schema, self.rules) = before;
        }
        self.store.commit();
        created
    }

    fn try_seed(&mut self, records: &Value, now: Timestamp) -> Result<Vec<String>, SeedError> {
        let error =
            |sobject: &str, index, reason: &str| SeedError { sobject: sobject.into(), index, reason: reason.into() };
        let objects = records.as_object().ok_or_else(|| error("", 0, "a seed must be a JSON object"))?;
        let setup = objects.get(setup::MEMBER);
        let bad_setup = |reason: String| error(setup::MEMBER, 0, &reason);
        setup.map_or(Ok(()), |setup| setup::before_records(self, setup)).map_err(bad_setup)?;
        let schema = Arc::clone(&self.schema);
        let mut names = objects.keys().filter(|name| *name != setup::MEMBER);
        if let Some(unknown) = names.find(|name| schema.existing(name).is_none_or(SObject::is_event)) {
            let is_known = schema.existing(unknown).is_some();
            let reason = if is_known { "an event is published, it is never there" } else { "no such object" };
            return Err(error(unknown, 0, reason));
        }
        let mut created = Vec::new();
        for sobject in schema.objects() {
            // What is there does not depend on what the API user may do, nor on what clients may do at all.
            let sobject = &SObject { access: None, writable: true, can: Can::ALL, ..sobject.clone() };
            for (name, list) in objects.iter().filter(|(name, _)| name.eq_ignore_ascii_case(sobject.name)) {
                let list = list.as_array().ok_or_else(|| error(name, 0, "the records must be a JSON array"))?;
                for (index, record) in list.iter().enumerate() {
                    let record =
                        record.as_object().ok_or_else(|| error(name, index, "a record must be a JSON object"))?;
                    let id = self.seed_one(sobject, record.clone(), now);
                    let id =
                        id.map_err(|reason| error(name, index, &format!("{}: {}", reason.code, reason.message)))?;
                    created.push(id);
                }
            }
        }
        setup.map_or(Ok(()), |setup| setup::after_records(self, setup, now)).map_err(bad_setup)?;
        Ok(created)
    }

    fn seed_one(
        &mut self,
        sobject: &SObject,
        mut record: Map<String, Value>,
        now: Timestamp,
    ) -> Result<String, ApiError> {
        let given = match record.remove("Id") {
            Some(given) => Some(self.seed_id(sobject, &given)?),
            None => None,
        };
        let changes = validate::changes(self, sobject, &record, Mode::Create)?;
        let options = Options { auto_assign: Some("FALSE".into()), allow_save: true, ..Options::default() };
        save::create(self, sobject, changes, &options, now, given)
    }

    fn seed_id(&self, sobject: &SObject, given: &Value) -> Result<String, ApiError> {
        let text = given.as_str().unwrap_or_default();
        let id = id::to_18(text).filter(|id| id.starts_with(sobject.prefix));
        let id = id.ok_or_else(|| ApiError::malformed_id("Record ID", text, "Id"))?;
        if self.store.get(&id).is_some() {
            return Err(ApiError::bad("DUPLICATE_VALUE", format!("the id {id} is taken")));
        }
        Ok(id)
    }
}
