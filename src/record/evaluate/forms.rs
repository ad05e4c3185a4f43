//! The values of a record with `lookIn`, worked out for each of its SObjects: fields differ in type and length.
//!
//! Which of them counts, the lookup tells. So what is wrong for one SObject does no harm where the record turns out to be
//! of another, but for a key: if a key cannot be looked for, the record may already exist.

use std::mem::{replace, take};
use std::rc::Rc;

use super::participation::key_without_value;
use super::{Conversation, Evaluated, State};
use crate::base::{Finding, FindingCode};
use crate::settings::RecordSettings;
use crate::texts::said;

/// A record with `lookIn` as it is for one of its SObjects.
#[derive(Debug, PartialEq)]
pub struct EvaluatedForm {
    pub settings: Rc<RecordSettings>,
    pub evaluated: Evaluated,
    /// What there is to say if the record turns out to be this.
    pub findings: Vec<Finding>,
}

impl Conversation<'_> {
    pub(super) fn evaluate_variants(&mut self, record: &RecordSettings) -> Evaluated {
        let files = self.files(record);
        let mut forms = Vec::new();
        let mut blank: Vec<String> = Vec::new();
        // Only one of them is sent.
        let room = self.room;
        let mut left = room;
        for settings in record.by_sobject() {
            self.room = room;
            let before = take(&mut self.findings);
            let mut evaluated = self.evaluate(settings);
            if let (State::Ready, Some(error)) = (&evaluated.state, files.unfit_for(&settings.sobject)) {
                evaluated.misfit.get_or_insert_with(|| error.clone());
                evaluated.state = State::Unfit(error.clone());
            }
            let (of_keys, findings): (Vec<Finding>, Vec<Finding>) = replace(&mut self.findings, before)
                .into_iter()
                .partition(|finding| finding.code == FindingCode::KeyWithoutValue);
            left = left.min(self.room);
            blank.extend(of_keys.into_iter().map(|finding| finding.path));
            forms.push(EvaluatedForm { settings: Rc::clone(settings), evaluated, findings });
        }
        self.room = left;
        let skipped = |form: &EvaluatedForm| matches!(form.evaluated.state, State::Skipped { .. });
        let takes_part = !forms.iter().all(skipped);
        for mapping in record.keys().filter(|mapping| blank.contains(&mapping.pointer)) {
            self.findings.push(key_without_value(record, mapping, takes_part));
        }
        for form in forms.iter().filter(|form| takes_part && skipped(form)) {
            self.findings.push(not_looked_in(&form.settings));
        }
        Evaluated { may_be: forms, files, ..Evaluated::default() }
    }
}

fn not_looked_in(record: &RecordSettings) -> Finding {
    Finding::new(
        FindingCode::NotLookedIn,
        record.place("lookIn"),
        said!(findings_conversation::not_looked_in(&record.name, &record.sobject)),
    )
}
