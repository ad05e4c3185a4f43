//! A record with `lookIn` as it is for one of its SObjects.
//!
//! Everything that asks about fields asks about one SObject, so that no rule has to know that there may be several: it is
//! asked once for each.

use std::borrow::Cow;
use std::slice::from_ref;

use super::{AssignmentRule, Mapping, RecordSettings};
use crate::name::SObjectName;

impl RecordSettings {
    /// What the record may turn out to be, in the order in which they are looked in.
    pub fn sobjects(&self) -> &[SObjectName] {
        if self.look_in.is_empty() { from_ref(&self.sobject) } else { &self.look_in }
    }

    /// The record for each of its SObjects.
    pub fn variants(&self) -> impl Iterator<Item = Cow<'_, Self>> {
        self.sobjects().iter().map(|sobject| match self.look_in.is_empty() {
            true => Cow::Borrowed(self),
            false => Cow::Owned(self.variant(sobject)),
        })
    }

    /// The SObjects of `only_for` that this record may turn out to be.
    pub fn among(&self, only_for: &[SObjectName]) -> Vec<SObjectName> {
        only_for.iter().filter(|sobject| self.look_in.contains(sobject)).cloned().collect()
    }

    fn variant(&self, sobject: &SObjectName) -> Self {
        let counts = |mapping: &&Mapping| {
            let own = self.among(&mapping.only_for);
            own.is_empty() || own.contains(sobject)
        };
        let is_last = *sobject == self.sobject;
        Self {
            sobject: sobject.clone(),
            mappings: self.mappings.iter().filter(counts).cloned().collect(),
            // A new record is of the last one.
            only_update_existing: self.only_update_existing || !is_last,
            record_type: self.record_type.clone().filter(|_| is_last),
            name: self.name.clone(),
            look_in: self.look_in.clone(),
            match_keys: self.match_keys,
            when_several_match: self.when_several_match,
            duplicate_rule: self.duplicate_rule,
            assignment_rule: if is_last { self.assignment_rule.clone() } else { AssignmentRule::Default },
            store: self.store.clone(),
            idempotency: self.idempotency.clone(),
            check_for_doubles: self.check_for_doubles,
            // Files are the record's, whatever it turns out to be.
            attachments: Vec::new(),
            reading: self.reading.clone(),
        }
    }
}
