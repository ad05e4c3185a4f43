//! After a create: has another conversation created the same person in the same moment?
//!
//! Between a lookup and the create that follows it another run can do the same. A unique field or a duplicate rule makes
//! Salesforce refuse the second one. Where there is neither, nothing can; but a run that looks after its own create is committed
//! sees whatever was committed before, so of two such runs at least one sees both records, and says so.

use super::{Run, Sent, Step, Told};
use crate::base::{Finding, FindingCode};
use crate::exchange::retry::Next;
use crate::record::Lookup;
use crate::record::decide::Decision;
use crate::record::found::share_all;
use crate::record::plan::{By, verifying};
use crate::record::write::Stored;
use crate::record::{Link, PlannedRecord};
use crate::run::Ending;
use crate::salesforce::RecordId;
use crate::settings::MAX_LOOKUPS;
use crate::texts::said;
use crate::wire::MAX_CANDIDATES;
use crate::wire::query::Row;

/// A run that has written and looks around.
#[derive(Debug, PartialEq)]
pub(super) struct Doubles {
    decisions: Vec<Decision>,
    stored: Vec<Stored>,
    lookups: Vec<Lookup>,
}

impl Doubles {
    pub(super) fn lookups(&self) -> &[Lookup] {
        &self.lookups
    }
}

impl Run {
    /// All is written.
    pub(super) fn done(mut self, decisions: Vec<Decision>, stored: Vec<Stored>) -> Step {
        let all = self.records();
        let records = all.iter().zip(&decisions).zip(&stored).enumerate();
        let created = records.filter(|(_, ((record, decision), stored))| {
            let updated = stored.written.as_ref().is_some_and(|written| written.created == Some(false));
            record.settings.check_for_doubles() && record.settings.has_keys() && decision.is_new() && !updated
        });
        let created: Vec<(usize, By)> = created.map(|(index, _)| (index, By::OwnKeys)).collect();
        let lookups = verifying(&all, created);
        let possible = lookups.len() <= MAX_LOOKUPS && self.exchange.has_time();
        if lookups.is_empty() || !possible {
            if !lookups.is_empty() {
                self.note_not_checked();
            }
            let ending = Ending::written(self.take_over(), decisions, stored, &[], self.exchange.spent);
            return self.attach(ending);
        }
        self.send(Sent::Doubles(Doubles { decisions, stored, lookups }), 0)
    }

    pub(super) fn looked_around(mut self, doubles: Doubles, told: Told) -> Step {
        let found = match self.matches(&doubles.lookups, told, share_all) {
            Ok(found) => found,
            Err(failure) => {
                if let Some(Next::Again { after }) = failure.trouble().map(|trouble| self.next(trouble, true)) {
                    return self.send(Sent::Doubles(doubles), after);
                }
                self.note_not_checked();
                Vec::new()
            }
        };
        let Doubles { decisions, stored, .. } = doubles;
        let mut others: Vec<Vec<RecordId>> = vec![Vec::new(); decisions.len()];
        let id_of = |link: &Link| {
            let at = self.plan.records.iter().position(|record| *record.name() == link.record)?;
            let written = stored.get(at).and_then(|stored| stored.written.as_ref()).map(|written| &written.id);
            written.or_else(|| decisions.get(at)?.existing())
        };
        // The query saw a linked record by its keys; now its id is known.
        let links_alike = |record: &PlannedRecord, row: &Row| {
            let fits = |link: &Link| match id_of(link) {
                Some(id) => row.links_to(&link.field, id),
                None => true,
            };
            record.alternatives().iter().any(|keys| keys.iter().filter_map(|key| key.link()).all(fits))
        };
        let records = self.plan.records.iter().zip(&stored).enumerate();
        for ((index, (record, stored)), others) in records.zip(&mut others) {
            let own = stored.written.as_ref().map(|written| &written.id);
            let matches = found.iter().filter_map(|matches| matches.get(index)?.as_ref());
            let rows = matches.flat_map(|matches| &matches.rows).filter(|row| links_alike(record, row));
            others.extend(rows.map(|row| row.id.clone()).filter(|id| Some(id) != own).take(MAX_CANDIDATES));
            if !others.is_empty() {
                self.progress.note(Finding::new(
                    FindingCode::Doubled,
                    record.settings.place("checkForDoubles"),
                    said!(findings_run::doubled(record.name())),
                ));
            }
        }
        let ending = Ending::written(self.take_over(), decisions, stored, &others, self.exchange.spent);
        self.attach(ending)
    }

    /// What was written stays written.
    fn note_not_checked(&mut self) {
        self.progress.note(Finding::new(
            FindingCode::DoublesNotChecked,
            "/objects",
            said!(findings_run::doubles_not_checked()),
        ));
    }
}
