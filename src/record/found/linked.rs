//! The rows of a record that is found by other records of the run. Which of them count is known once those are decided: the
//! query saw them only by their keys.

use std::rc::Rc;

use super::{Matches, cut_short};
use crate::record::{Link, PlannedRecord};
use crate::report::RecordError;
use crate::salesforce::RecordId;
use crate::wire::query::Row;

/// Rows that wait for the linked records.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Undecided {
    /// With the number of the alternative whose keys they fit, each row once in an alternative.
    pub rows: Vec<(usize, Rc<Row>)>,
    /// There may be more rows.
    pub is_cut: bool,
    /// This number of rows tells enough, where there may be more.
    pub suffices: usize,
}

/// What a link leads to.
pub(crate) enum Target {
    Existing(RecordId),
    /// It does not exist yet, so nothing is linked to it.
    New,
    /// It does not take part, or is not what the link is meant for. `asked` says whether the flow asked for it.
    Nothing {
        asked: bool,
    },
}

/// What is found once the linked records are known.
pub(crate) enum Narrowed<'r> {
    Found(Matches),
    /// None of the alternatives has all of its records; this link lacks one.
    NoKey {
        link: Option<&'r Link>,
        asked: bool,
    },
    Unclear(RecordError),
}

impl Undecided {
    /// The rows of the first alternative that has any.
    pub(crate) fn narrowed<'r>(&self, record: &'r PlannedRecord, target: &dyn Fn(&Link) -> Target) -> Narrowed<'r> {
        let mut lacking: Option<(&Link, bool)> = None;
        let mut is_usable = false;
        for (number, keys) in record.alternatives().into_iter().enumerate() {
            let links: Vec<&Link> = keys.iter().filter_map(|key| key.link()).collect();
            let targets: Vec<(&Link, Target)> = links.iter().map(|link| (*link, target(link))).collect();
            let leads = |(_, target): &&(&Link, Target)| !matches!(target, Target::Nothing { .. });
            // Of several links to one record, those count that are meant for what it turned out to be.
            let lacks = |(link, target): &&(&Link, Target)| {
                let same = |(other, _): &&(&Link, Target)| other.record == link.record;
                matches!(target, Target::Nothing { .. }) && !targets.iter().filter(leads).any(|other| same(&other))
            };
            if let Some((link, target)) = targets.iter().find(lacks) {
                lacking.get_or_insert((*link, matches!(target, Target::Nothing { asked: true })));
                continue;
            }
            is_usable = true;
            let fits = |row: &Row| targets.iter().filter(leads).all(|(link, target)| leads_to(row, link, target));
            let rows: Vec<Rc<Row>> = self
                .rows
                .iter()
                .filter(|(of, row)| *of == number && fits(row))
                .map(|(_, row)| Rc::clone(row))
                .collect();
            let is_new = targets.iter().any(|(_, target)| matches!(target, Target::New));
            if self.is_cut && rows.len() < self.suffices && !is_new {
                return Narrowed::Unclear(cut_short());
            }
            if !rows.is_empty() {
                return Narrowed::Found(Matches { rows, is_cut: self.is_cut, ..Matches::default() });
            }
        }
        match is_usable {
            true => Narrowed::Found(Matches::default()),
            false => {
                Narrowed::NoKey { link: lacking.map(|(link, _)| link), asked: lacking.is_some_and(|(_, asked)| asked) }
            }
        }
    }
}

fn leads_to(row: &Row, link: &Link, target: &Target) -> bool {
    match target {
        Target::Existing(id) => row.links_to(&link.field, id),
        Target::New | Target::Nothing { .. } => false,
    }
}
