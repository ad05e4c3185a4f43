//! What a record with `lookIn` turns out to be, by what was found in each of its SObjects.
//!
//! The first SObject of the list that has a match decides. A Lead that was converted is its Contact from then on: Salesforce
//! refuses to write it, and the person goes on as that Contact. Where matches lead to different records, none is picked,
//! and one that leads nowhere is never the reason to create the person anew.

use std::rc::Rc;

use super::{Matches, cut_short};
use crate::base::{Finding, FindingCode};
use crate::record::plan::{CONVERTED_CONTACT, IS_CONVERTED};
use crate::record::{Approach, Current, Plan, PlannedRecord, Progress};
use crate::report::error::unreadable;
use crate::report::{Code, RecordError, Retry};
use crate::salesforce::{RecordId, SObjectName};
use crate::texts::{said, text};
use crate::wire::query::{Row, get};

/// Settles each record as what was found, and gives its matches. `found` are those of each lookup, for each record.
pub(crate) fn resolve(
    plan: &Plan,
    progress: &mut Progress,
    mut found: Vec<Vec<Option<Matches>>>,
) -> Vec<Option<Matches>> {
    let mut resolved = Vec::new();
    for index in 0..plan.records.len() {
        let lookups = progress.lookups(plan);
        let mut found_in = |sobject: &SObjectName| {
            let mut found = lookups.iter().zip(&mut found).filter(|(lookup, _)| lookup.select.from == *sobject);
            found.find_map(|(_, matches)| matches.get_mut(index)?.take())
        };
        let settled = match progress.record(plan, index) {
            Some(record) if record.may_be_several() => settle(record, found_in),
            Some(record) => {
                found_in(record.sobject()).map(|matches| Resolved { matches, settled_as: None, note: None })
            }
            None => None,
        };
        let Some(Resolved { matches, settled_as, note }) = settled else {
            resolved.push(None);
            continue;
        };
        if let Some(sobject) = settled_as {
            progress.settle_as(index, sobject);
        }
        if let Some(note) = note {
            progress.note_once(note);
        }
        resolved.push(Some(matches));
    }
    resolved
}

/// What was found of a record.
struct Resolved {
    matches: Matches,
    /// What it turned out to be.
    settled_as: Option<SObjectName>,
    note: Option<Finding>,
}

fn settle(record: Current, found_in: impl FnMut(&SObjectName) -> Option<Matches>) -> Option<Resolved> {
    if *record.approach != Approach::LookUp {
        return None;
    }
    let looked_in: Vec<&SObjectName> = record.looked_in().map(PlannedRecord::sobject).collect();
    // A missing answer does not say that there is no record.
    let found: Option<Vec<Matches>> = looked_in.iter().copied().map(found_in).collect();
    let first = looked_in.into_iter().zip(found?).find(|(_, matches)| !matches.rows.is_empty());
    Some(match first {
        Some((sobject, matches)) if sobject.is_lead() => follow(record, sobject, matches),
        Some((sobject, matches)) => Resolved { matches, settled_as: Some(sobject.clone()), note: None },
        None => {
            // One that a duplicate rule named stays it; else a new one would be of the last.
            let adopted = record.adopted().map(|(sobject, _)| sobject);
            let settled_as = adopted.or_else(|| record.settings.look_in.last()).cloned();
            Resolved { matches: Matches::default(), settled_as, note: None }
        }
    })
}

/// What a Lead leads to.
enum Way {
    /// To itself.
    Open(Rc<Row>),
    Contact(Rc<Row>),
    /// It was converted to something that cannot be written here.
    Nowhere(Rc<Row>),
}

impl Way {
    /// `None` if the answer does not say whether it is converted.
    fn of(row: &Rc<Row>, to_contact: bool) -> Option<Self> {
        let contact = || row.behind(CONVERTED_CONTACT).filter(|_| to_contact);
        match get(row.fields(), IS_CONVERTED)?.as_bool()? {
            false => Some(Self::Open(Rc::clone(row))),
            true => Some(contact().map_or_else(|| Self::Nowhere(Rc::clone(row)), |row| Self::Contact(Rc::new(row)))),
        }
    }

    fn row(&self) -> &Rc<Row> {
        match self {
            Self::Open(row) | Self::Contact(row) | Self::Nowhere(row) => row,
        }
    }
}

/// The matches among Leads → those that they lead to.
fn follow(record: Current, lead: &SObjectName, matches: Matches) -> Resolved {
    let as_lead = |matches| Resolved { matches, settled_as: Some(lead.clone()), note: None };
    let contact = record.forms().map(PlannedRecord::sobject).find(|sobject| sobject.is_contact());
    let ways: Option<Vec<Way>> = matches.rows.iter().map(|row| Way::of(row, contact.is_some())).collect();
    let Some(mut ways) = ways else { return as_lead(failed(unreadable(Retry::Never))) };
    if ways.iter().all(|way| matches!(way, Way::Open(_))) {
        return as_lead(matches);
    }
    let mut seen: Vec<RecordId> = Vec::new();
    ways.retain(|way| {
        let is_new = !seen.contains(&way.row().id);
        seen.push(way.row().id.clone());
        is_new
    });
    if ways.iter().all(|way| matches!(way, Way::Nowhere(_))) {
        return as_lead(failed(leads_nowhere()));
    }
    // Where there are more, they may lead to somebody else.
    if matches.is_cut && ways.len() == 1 {
        return as_lead(failed(cut_short()));
    }
    let rows = ways.iter().map(|way| Rc::clone(way.row())).collect();
    let matches = Matches { rows, stops: true, ..Matches::default() };
    match contact.filter(|_| ways.iter().all(|way| matches!(way, Way::Contact(_)))) {
        Some(contact) => {
            let note = (ways.len() == 1).then(|| converted(record.settled()));
            Resolved { matches, settled_as: Some(contact.clone()), note }
        }
        None => as_lead(matches),
    }
}

fn failed(error: RecordError) -> Matches {
    Matches { error: Some(error), ..Matches::default() }
}

fn converted(record: &PlannedRecord) -> Finding {
    Finding::new(
        FindingCode::LeadConverted,
        record.settings.place("lookIn"),
        said!(findings_run::lead_converted(record.name())),
    )
}

fn leads_nowhere() -> RecordError {
    RecordError::new(Code::ConvertedLeadWithoutContact, text!(records::CONVERTED_WITHOUT_CONTACT))
}
