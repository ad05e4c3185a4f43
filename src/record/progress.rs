//! What a run learns, beside its plan: the plan stays what was shown, and the records as they stand are both together.

use std::ops::Deref;

use crate::base::Finding;
use crate::record::plan::{ADOPTED, Lookup, lookups};
use crate::record::{Approach, FieldValue, NoneMatches, Plan, PlannedRecord};
use crate::salesforce::{RecordId, SObjectName};
use crate::settings::DuplicateRule;

/// What a run has learnt.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Progress {
    /// Of each record.
    records: Vec<Learnt>,
    /// In the place of the plan's.
    lookups: Option<Vec<Lookup>>,
    /// Beside the plan's.
    findings: Vec<Finding>,
    /// Names of the fields that were sent for each record, if anything was.
    pub(crate) sent: Vec<Vec<String>>,
}

/// What is known of one record.
#[derive(Clone, Debug, Default, PartialEq)]
struct Learnt {
    /// In the place of the planned one.
    approach: Option<Approach>,
    /// With `lookIn`: what it turned out to be.
    settled_as: Option<SObjectName>,
    /// The existing record that a duplicate rule named, which is to be updated instead.
    adopted: Option<(SObjectName, RecordId)>,
}

/// A record as it stands: what was planned, in the form that it has turned out to be of, with what is known of it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Current<'a> {
    planned: &'a PlannedRecord,
    form: &'a PlannedRecord,
    pub(crate) approach: &'a Approach,
    pub(crate) when_none_matches: NoneMatches,
    adopted: Option<(&'a SObjectName, &'a RecordId)>,
}

impl Deref for Current<'_> {
    type Target = PlannedRecord;

    fn deref(&self) -> &PlannedRecord {
        self.form
    }
}

impl<'a> Current<'a> {
    /// Nothing is learnt yet.
    pub(crate) fn planned(planned: &'a PlannedRecord) -> Self {
        let (approach, when_none_matches) = (&planned.approach, planned.when_none_matches);
        Self { planned, form: planned, approach, when_none_matches, adopted: None }
    }

    fn new(planned: &'a PlannedRecord, learnt: &'a Learnt) -> Self {
        let form = learnt.settled_as.as_ref().and_then(|sobject| planned.form(sobject)).unwrap_or(planned);
        let adopted = learnt.adopted.as_ref().map(|(sobject, id)| (sobject, id));
        let current = Self { form, adopted, ..Self::planned(form) };
        let current = Self { planned, approach: learnt.approach.as_ref().unwrap_or(current.approach), ..current };
        match current.is_adopted() {
            // It was there a moment ago; a create would only be refused again.
            true => Self { when_none_matches: NoneMatches::Fail, ..current },
            false => current,
        }
    }

    /// What it has turned out to be.
    pub(crate) fn settled(&self) -> &'a PlannedRecord {
        self.form
    }

    /// What it may be, in the order in which they are looked in: itself, where that is all.
    pub(crate) fn forms(&self) -> impl Iterator<Item = &'a PlannedRecord> + use<'a> {
        self.planned.forms()
    }

    pub(crate) fn form(&self, sobject: &SObjectName) -> Option<&'a PlannedRecord> {
        self.planned.form(sobject)
    }

    /// With `lookIn`: it may be of several SObjects.
    pub(crate) fn may_be_several(&self) -> bool {
        !self.planned.may_be.is_empty()
    }

    /// The forms that existing records are looked for in: where a duplicate rule named one, that alone.
    pub(crate) fn looked_in(&self) -> impl Iterator<Item = &'a PlannedRecord> + use<'a> {
        let adopted = self.adopted.map(|(sobject, _)| sobject);
        self.forms().filter(move |form| match adopted {
            Some(sobject) => form.sobject() == sobject,
            None => !form.is_not_looked_in,
        })
    }

    /// The record that a duplicate rule named, with its SObject.
    pub(crate) fn adopted(&self) -> Option<(&'a SObjectName, &'a RecordId)> {
        self.adopted
    }

    /// As what it is now, a duplicate rule has named it.
    fn is_adopted(&self) -> bool {
        self.adopted.is_some_and(|(sobject, _)| sobject == self.form.sobject())
    }

    /// Whether a duplicate that Salesforce names can take the place of a new record.
    pub(crate) fn may_adopt(&self) -> bool {
        self.settings.duplicate_rule() == DuplicateRule::Adopt
            && self.settings.may_create()
            && !self.is_adopted()
            && matches!(self.approach, Approach::Create | Approach::LookUp | Approach::UpsertByKey(_))
    }

    /// Whether an existing record is one that this very step has written.
    pub(crate) fn is_found_by_idempotency(&self) -> bool {
        self.form.is_found_by_idempotency() && !self.is_adopted()
    }

    /// What an existing record is found by.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &'a FieldValue> + use<'a> {
        self.keys_of(self.form)
    }

    /// The same in one of its forms. A record that was named is not found by what this step would have written.
    pub(crate) fn keys_of<'b>(&self, form: &'b PlannedRecord) -> impl Iterator<Item = &'b FieldValue> + use<'b> {
        let is_adopted = self.adopted.is_some_and(|(sobject, _)| sobject == form.sobject());
        let key = form.idempotency_key().filter(|_| form.is_found_by_idempotency() && !is_adopted);
        form.own_keys().chain(key)
    }
}

impl Progress {
    /// Nothing is learnt yet.
    pub(crate) fn new(plan: &Plan) -> Self {
        Self { records: plan.records.iter().map(|_| Learnt::default()).collect(), ..Self::default() }
    }

    /// The records as they stand.
    pub(crate) fn records<'a>(&'a self, plan: &'a Plan) -> Vec<Current<'a>> {
        plan.records.iter().zip(&self.records).map(|(planned, learnt)| Current::new(planned, learnt)).collect()
    }

    pub(crate) fn record<'a>(&'a self, plan: &'a Plan, index: usize) -> Option<Current<'a>> {
        Some(Current::new(plan.records.get(index)?, self.records.get(index)?))
    }

    /// What is looked up.
    pub(crate) fn lookups<'a>(&'a self, plan: &'a Plan) -> &'a [Lookup] {
        self.lookups.as_deref().unwrap_or(&plan.lookups)
    }

    /// Whether any record cannot be written, so that nothing is.
    pub(crate) fn fails(&self, plan: &Plan) -> bool {
        self.records(plan).iter().any(|record| matches!(record.approach, Approach::Fail(_)))
    }

    pub(crate) fn note(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    /// The same once: another lookup may lead to it again.
    pub(crate) fn note_once(&mut self, finding: Finding) {
        if !self.findings.contains(&finding) {
            self.findings.push(finding);
        }
    }

    pub(crate) fn into_findings(self) -> Vec<Finding> {
        self.findings
    }

    /// After a refused upsert by key: by way of lookups.
    pub(crate) fn look_up_instead(&mut self, plan: &Plan) {
        for (learnt, record) in self.records.iter_mut().zip(&plan.records) {
            if matches!(record.approach, Approach::UpsertByKey(_) | Approach::UpdateById(_)) {
                learnt.approach.get_or_insert(Approach::LookUp);
            }
        }
        self.look_up_anew(plan);
    }

    /// A duplicate rule named the existing record that takes the place of a new one.
    pub(crate) fn adopt(&mut self, plan: &Plan, index: usize, sobject: SObjectName, id: RecordId) {
        if let Some(learnt) = self.records.get_mut(index) {
            learnt.approach = Some(Approach::LookUp);
            learnt.settled_as = Some(sobject.clone());
            learnt.adopted = Some((sobject, id));
        }
        self.look_up_instead(plan);
    }

    /// As before a duplicate rule named a record: the next time it may be another one.
    pub(crate) fn forget_adopted(&mut self, plan: &Plan) {
        let mut forgets = false;
        for (learnt, planned) in self.records.iter_mut().zip(&plan.records) {
            if learnt.adopted.take().is_some() {
                forgets = true;
                // What has no key of its own was to be created.
                learnt.approach = learnt.approach.take().filter(|_| planned.approach != Approach::Create);
            }
        }
        if forgets {
            self.findings.retain(|finding| finding.code != ADOPTED);
            self.look_up_anew(plan);
        }
    }

    /// What a record has turned out to be.
    pub(crate) fn settle_as(&mut self, index: usize, sobject: SObjectName) {
        if let Some(learnt) = self.records.get_mut(index) {
            learnt.settled_as = Some(sobject);
        }
    }

    fn look_up_anew(&mut self, plan: &Plan) {
        let (lookups, failed) = lookups(&self.records(plan));
        for (index, error) in failed {
            if let Some(learnt) = self.records.get_mut(index) {
                learnt.approach = Some(Approach::Fail(error));
            }
        }
        self.lookups = Some(lookups);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::record::sample::{key, mapping, planned};
    use crate::texts::said;

    fn soql(progress: &Progress, plan: &Plan) -> Vec<String> {
        progress.lookups(plan).iter().map(|lookup| lookup.select.to_string()).collect()
    }

    #[test]
    fn a_record_that_was_named_is_looked_up_until_it_is_forgotten() {
        let more = json!({ "objects": { "Contact": { "duplicateRule": "adopt" } } });
        let plan = planned(&json!([mapping("last", "Contact.LastName")]), more, &json!({ "last": "Berg" }));
        let mut progress = Progress::new(&plan);
        let current = |progress: &Progress| {
            let record = progress.record(&plan, 0).unwrap();
            (record.approach.clone(), record.when_none_matches, record.may_adopt())
        };
        let before = current(&progress);
        assert_eq!(before, (Approach::Create, NoneMatches::Create, true));
        let contact = plan.records[0].sobject().clone();
        progress.note(Finding::new(ADOPTED, "", said!(findings_run::duplicate_adopted("Contact"))));
        progress.adopt(&plan, 0, contact, RecordId::parse("003000000000009AAA").unwrap());
        assert_eq!(current(&progress), (Approach::LookUp, NoneMatches::Fail, false));
        let [query] = &soql(&progress, &plan)[..] else { panic!("one query") };
        assert!(query.contains("Id = '003000000000009AAA'"), "{query}");
        // The plan is as it was shown.
        assert!(plan.lookups.is_empty() && plan.records[0].approach == Approach::Create);
        progress.forget_adopted(&plan);
        assert_eq!(current(&progress), before);
        assert!(soql(&progress, &plan).is_empty() && progress.into_findings().is_empty());
    }

    #[test]
    fn what_was_to_be_updated_by_its_id_can_be_looked_up_instead() {
        let mappings = json!([key("id", "Contact.Id"), mapping("last", "Contact.LastName")]);
        let plan = planned(&mappings, json!({}), &json!({ "id": "003000000000001AAA", "last": "Berg" }));
        let mut progress = Progress::new(&plan);
        assert!(
            matches!(progress.records(&plan)[0].approach, Approach::UpdateById(_)) && soql(&progress, &plan).is_empty()
        );
        progress.look_up_instead(&plan);
        assert_eq!(*progress.records(&plan)[0].approach, Approach::LookUp);
        assert_eq!(soql(&progress, &plan).len(), 1);
        assert!(matches!(plan.records[0].approach, Approach::UpdateById(_)) && plan.lookups.is_empty());
    }
}
