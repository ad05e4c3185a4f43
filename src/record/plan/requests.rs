//! How many requests a run takes, at least and at most: counted from what is known before the first of them.
//!
//! A record without keys that only links to others is written for them alone. Where they do not take part, nor does it, and a
//! run of nothing else sends nothing.

use crate::record::{Approach, Link, NoneMatches, Plan, PlannedRecord};
use crate::settings::WhenBlank;

/// Whether a record will be there in the end of a run that is `done`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    /// It is skipped.
    No,
    /// What the lookups find, or what another record turns out to be, decides.
    Perhaps,
    Yes,
}

impl Plan {
    /// Requests of a run that ends `done`, and at most.
    pub(super) fn requests(&self) -> (u32, u32) {
        if self.fails() {
            return (0, 0);
        }
        let looks_up = u32::from(!self.lookups.is_empty());
        if self.reads() {
            return (looks_up, looks_up);
        }
        let parts = self.parts();
        let part_of = |part: Part| {
            let records = self.records.iter().zip(&parts);
            records.filter(move |(_, known)| **known >= part).map(|(record, _)| record)
        };
        let is_written = |record: &PlannedRecord| {
            matches!(record.approach, Approach::Create | Approach::UpsertByKey(_) | Approach::UpdateById(_))
        };
        // It is sent even where it may find no record.
        let only_updates = |record: &PlannedRecord| is_written(record) && record.settings.only_update_existing();
        let for_sure = part_of(Part::Yes).any(is_written) || self.records.iter().any(only_updates);
        let writes_for_sure = u32::from(for_sure);
        let writes_perhaps = u32::from(part_of(Part::Perhaps).any(is_written));
        // An idempotency key has no other way.
        let gives_way = |record: &PlannedRecord| {
            matches!(record.approach, Approach::UpsertByKey(_))
                && (!record.is_found_by_idempotency() || record.may_adopt())
        };
        let fallback = if part_of(Part::Perhaps).any(gives_way) { 2 } else { 0 };
        let may_create = |record: &PlannedRecord| record.settings.may_create() && record.settings.has_keys();
        let checks = part_of(Part::Perhaps).any(|record| record.settings.check_for_doubles() && may_create(record));
        let adopting = part_of(Part::Perhaps).filter(|record| record.may_adopt()).map(|_| 2);
        let (files_at_least, files_at_most) = self.requests_for_files(&parts);
        let writes = writes_perhaps.max(looks_up) + fallback + adopting.sum::<u32>() + u32::from(checks);
        (looks_up + writes_for_sure + files_at_least, looks_up + writes + files_at_most)
    }

    /// A file is sent where its record is there in the end, and it is not.
    fn requests_for_files(&self, parts: &[Part]) -> (u32, u32) {
        let (mut at_least, mut at_most, mut looks) = (0, 0, 0);
        for file in &self.files {
            let part = parts.get(file.record).copied().unwrap_or(Part::No);
            if part == Part::No {
                continue;
            }
            at_most += 1;
            match file.is_idempotent {
                true => looks = 1,
                // Which object the record turns out to be of, the lookup tells.
                false => at_least += u32::from(part == Part::Yes && file.attached.only_for.is_empty()),
            }
        }
        (at_least, at_most + looks)
    }

    /// Of each record, in the order of the plan's records.
    fn parts(&self) -> Vec<Part> {
        let mut parts = vec![Part::No; self.records.len()];
        // Each comes after those it links to.
        for &index in &self.write_order {
            let Some(record) = self.records.get(index) else { continue };
            let linked = |link: &Link| {
                let at = self.records.iter().position(|record| *record.name() == link.record);
                at.and_then(|at| Some(self.linked(link, self.records.get(at)?, *parts.get(at)?))).unwrap_or(Part::No)
            };
            let worth = || match record.fields.iter().any(|field| field.is_reason) {
                true => Part::Yes,
                false => record.links.iter().map(linked).max().unwrap_or(Part::No),
            };
            let part = match (&record.approach, record.when_none_matches) {
                (Approach::Skip { .. } | Approach::Fail(_), _) => Part::No,
                (Approach::Create, _) => worth(),
                (Approach::UpsertByKey(_), _) if record.is_found_by_idempotency() => worth(),
                (Approach::UpsertByKey(_) | Approach::UpdateById(_), _) if record.settings.only_update_existing() => {
                    Part::Perhaps
                }
                (Approach::UpsertByKey(_) | Approach::UpdateById(_), _) => Part::Yes,
                (Approach::LookUp, NoneMatches::Create) if record.is_found_by_idempotency() => {
                    worth().max(Part::Perhaps)
                }
                (Approach::LookUp, NoneMatches::Create | NoneMatches::Fail) => Part::Yes,
                (Approach::LookUp, NoneMatches::Skip | NoneMatches::Clear) => Part::Perhaps,
            };
            if let Some(slot) = parts.get_mut(index) {
                *slot = part;
            }
        }
        parts
    }

    /// Whether a link will have a value.
    fn linked(&self, link: &Link, target: &PlannedRecord, part: Part) -> Part {
        let fits = |record: &PlannedRecord| record.sobject().is_meant_by(&link.only_for);
        let fits_as = match (target.forms().any(fits), target.forms().all(fits)) {
            (false, _) => Part::No,
            (true, false) => Part::Perhaps,
            (true, true) => Part::Yes,
        };
        match part.min(fits_as) {
            // Without a value the run fails.
            Part::Perhaps if link.when_blank == WhenBlank::Fail => Part::Yes,
            part => part,
        }
    }
}
