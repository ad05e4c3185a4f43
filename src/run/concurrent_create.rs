//! After a create: has another conversation created the same person in the same moment?
//!
//! Between a lookup and the create that follows it another run can do the same. A unique field or a duplicate rule makes
//! Salesforce refuse the second one. Where there is neither, nothing can; but a run that looks after its own create is committed
//! sees whatever was committed before, so of two such runs at least one sees both records, and says so.

use super::{Run, Sent, Step, ask};
use crate::base::{Finding, FindingCode};
use crate::exchange::retry::Next;
use crate::record::Lookup;
use crate::record::decide::Decision;
use crate::record::found::share_all;
use crate::record::plan::{By, verifying};
use crate::record::write::Answered;
use crate::run::Ending;
use crate::salesforce::RecordId;
use crate::settings::MAX_LOOKUPS;
use crate::texts::said;
use crate::wire::{Answer, Composite, MAX_CANDIDATES, Request};

/// A run that has written and looks around.
#[derive(Debug, PartialEq)]
pub(super) struct Doubles {
    decisions: Vec<Decision>,
    answered: Vec<Answered>,
    lookups: Vec<Lookup>,
}

impl Doubles {
    pub(super) fn lookups(&self) -> &[Lookup] {
        &self.lookups
    }
}

impl Run {
    /// All is written.
    pub(super) fn done(mut self, decisions: Vec<Decision>, answered: Vec<Answered>) -> Step {
        let records = self.plan.records.iter().zip(&decisions).zip(&answered).enumerate();
        let created = records.filter(|(_, ((record, decision), answered))| {
            let updated = answered.written.as_ref().is_some_and(|written| written.created == Some(false));
            record.settings.check_for_doubles && record.settings.has_keys() && decision.is_new() && !updated
        });
        let created: Vec<(usize, By)> = created.map(|(index, _)| (index, By::OwnKeys)).collect();
        let lookups = verifying(&self.plan.records, created);
        let possible = lookups.len() <= MAX_LOOKUPS && self.exchange.has_time();
        if lookups.is_empty() || !possible {
            if !lookups.is_empty() {
                self.note_not_checked();
            }
            let ending = Ending::written(self.take_plan(), decisions, answered, &[], self.exchange.spent);
            return self.attach(ending);
        }
        let (request, composite) = ask(self.plan.api_version, &lookups);
        self.send(request, Sent::Doubles(Doubles { decisions, answered, lookups }, composite), 0)
    }

    pub(super) fn looked_around(
        mut self,
        request: Request,
        doubles: Doubles,
        composite: Composite,
        answer: &Answer,
    ) -> Step {
        let found = match self.matches(&doubles.lookups, &composite, answer, share_all) {
            Ok(found) => found,
            Err(failure) => {
                if let Some(Next::Again { after }) = failure.trouble().map(|trouble| self.next(trouble, true, answer)) {
                    return self.send(request, Sent::Doubles(doubles, composite), after);
                }
                self.note_not_checked();
                Vec::new()
            }
        };
        let Doubles { decisions, answered, .. } = doubles;
        let mut others: Vec<Vec<RecordId>> = vec![Vec::new(); decisions.len()];
        let records = self.plan.records.iter().zip(&answered).enumerate();
        for ((index, (record, answered)), others) in records.zip(&mut others) {
            let own = answered.written.as_ref().map(|written| &written.id);
            let matches = found.iter().filter_map(|matches| matches.get(index)?.as_ref());
            let rows = matches.flat_map(|matches| &matches.rows);
            others.extend(rows.map(|row| row.id.clone()).filter(|id| Some(id) != own).take(MAX_CANDIDATES));
            if !others.is_empty() {
                self.plan.findings.push(Finding::new(
                    FindingCode::Doubled,
                    record.settings.place("checkForDoubles"),
                    said!(findings_run::doubled(record.name())),
                ));
            }
        }
        let ending = Ending::written(self.take_plan(), decisions, answered, &others, self.exchange.spent);
        self.attach(ending)
    }

    /// What was written stays written.
    fn note_not_checked(&mut self) {
        self.plan.findings.push(Finding::new(
            FindingCode::DoublesNotChecked,
            "/objects",
            said!(findings_run::doubles_not_checked()),
        ));
    }
}
