//! A record with `lookIn` as it is for each of its SObjects.
//!
//! Everything that asks about fields asks about one SObject, so that no rule has to know that there may be several: it is
//! asked once for each.

use std::rc::Rc;
use std::slice::from_ref;

use super::{AssignmentRule, Mapping, RecordSettings, RecordWork};
use crate::salesforce::SObjectName;
use crate::salesforce::facts::{OrgSchema, ValidationRule};

impl RecordSettings {
    /// What the record may turn out to be, in the order in which they are looked in.
    pub fn sobjects(&self) -> &[SObjectName] {
        if self.look_in.is_empty() { from_ref(&self.sobject) } else { &self.look_in }
    }

    /// The record for each of its SObjects.
    pub fn forms(&self) -> impl Iterator<Item = &Self> {
        let itself = self.by_sobject.is_empty().then_some(self);
        itself.into_iter().chain(self.by_sobject.iter().map(Rc::as_ref))
    }

    /// The same, to be kept; none, if the record is of one SObject.
    pub fn by_sobject(&self) -> &[Rc<Self>] {
        &self.by_sobject
    }

    /// The SObjects of `only_for` that this record may turn out to be.
    pub fn among(&self, only_for: &[SObjectName]) -> Vec<SObjectName> {
        only_for.iter().filter(|sobject| self.look_in.contains(sobject)).cloned().collect()
    }

    /// Once the record is read: works out what it is for each of its SObjects.
    pub(super) fn finish(&mut self, schema: Option<&OrgSchema>) {
        if let RecordWork::Write(writing) = &mut self.work {
            writing.validation_rules = validation_rules(schema, &self.sobject);
        }
        self.by_sobject = self.look_in.iter().map(|sobject| Rc::new(self.form(sobject, schema))).collect();
    }

    fn form(&self, sobject: &SObjectName, schema: Option<&OrgSchema>) -> Self {
        let counts = |mapping: &&Rc<Mapping>| sobject.is_meant_by(&self.among(&mapping.only_for));
        let mut form = self.clone();
        form.mappings = self.mappings.iter().filter(counts).map(Rc::clone).collect();
        form.sobject = sobject.clone();
        if let RecordWork::Write(writing) = &mut form.work {
            // Files are the record's, whatever it turns out to be.
            writing.attachments = Vec::new();
            writing.validation_rules = validation_rules(schema, sobject);
            // A new record is of the last one.
            if *sobject != self.sobject {
                writing.only_update_existing = true;
                writing.record_type = None;
                writing.assignment_rule = AssignmentRule::Default;
            }
        }
        form
    }
}

fn validation_rules(schema: Option<&OrgSchema>, sobject: &SObjectName) -> Rc<[ValidationRule]> {
    let object = schema.and_then(|schema| schema.object(sobject));
    object.map(|object| Rc::clone(&object.validation_rules)).unwrap_or_default()
}
