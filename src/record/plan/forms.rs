//! A record with `lookIn` on its way to what it turns out to be.
//!
//! Past a lookup it is an ordinary record of one SObject; the others stay beside it, because the next lookup may find
//! something else.

use std::mem::take;
use std::rc::Rc;

use crate::record::evaluate::{Evaluated, EvaluatedForm, State};
use crate::record::{Approach, NoneMatches, PlannedRecord};
use crate::salesforce::SObjectName;
use crate::settings::RecordSettings;

/// The record as a new one would be, with what else it may be beside it.
pub(super) fn gathered(settings: &Rc<RecordSettings>, forms: Vec<EvaluatedForm>) -> PlannedRecord {
    let approach = approach(&forms);
    let mut records: Vec<PlannedRecord> = forms.into_iter().map(planned).collect();
    let all_looked_in = !records.iter().any(|record| record.is_not_looked_in);
    for record in &mut records {
        record.approach.clone_from(&approach);
        // If an SObject was not searched, the record may already exist there.
        if record.when_none_matches == NoneMatches::Create && !all_looked_in {
            record.when_none_matches = NoneMatches::Skip;
        }
    }
    // `lookIn` is never empty.
    let mut record = records.pop().unwrap_or_else(|| PlannedRecord::new(Rc::clone(settings), Evaluated::default()));
    record.may_be = records;
    record
}

/// What is wrong with a key stops all; any other mistake only where the record turns out to be of that SObject.
fn approach(forms: &[EvaluatedForm]) -> Approach {
    let states = || forms.iter().map(|form| &form.evaluated.state);
    let in_key = states().find_map(|state| match state {
        State::Failed(error) => Some(error),
        _ => None,
    });
    let looked_in = || states().filter(|state| !matches!(state, State::Skipped { .. }));
    match (in_key, looked_in().next()) {
        (Some(error), _) => Approach::Fail(error.clone()),
        (None, None) => Approach::Skip { asked: states().any(|state| *state == State::Skipped { asked: true }) },
        (None, Some(State::Unfit(error))) if looked_in().all(|state| matches!(state, State::Unfit(_))) => {
            Approach::Fail(error.clone())
        }
        _ => Approach::LookUp,
    }
}

fn planned(EvaluatedForm { settings, mut evaluated, findings }: EvaluatedForm) -> PlannedRecord {
    let misfit = take(&mut evaluated.misfit);
    let is_not_looked_in = matches!(evaluated.state, State::Skipped { .. });
    PlannedRecord { misfit, is_not_looked_in, findings, ..PlannedRecord::new(settings, evaluated) }
}

impl PlannedRecord {
    /// What the record may be, in the order in which they are looked in: itself, where that is all.
    pub fn forms(&self) -> impl Iterator<Item = &Self> {
        self.settings.sobjects().iter().filter_map(|sobject| self.form(sobject))
    }

    /// The record as it is for an SObject.
    pub fn form(&self, sobject: &SObjectName) -> Option<&Self> {
        std::iter::once(self).chain(&self.may_be).find(|form| form.sobject() == sobject)
    }
}
