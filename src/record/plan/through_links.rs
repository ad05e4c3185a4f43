//! The keys of a record as conditions. A link that is a key becomes the keys of the record that it links to, seen through the
//! lookup field: which of its records that one is, the same request finds out.

use super::lookups::Wanted;
use crate::record::{Approach, Current, FieldValue, Link, PlannedRecord};
use crate::salesforce::{FieldName, FieldPath, FieldType, RecordId};
use crate::value::{Comparison, Scalar};
use crate::wire::Literal;

/// Most conjunctions of one record: beyond, its query would be too long.
pub(super) const MAX_CONJUNCTIONS: usize = 100;

/// A key of a planned record.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Key<'a> {
    /// A value of the conversation, or of the author.
    Field(&'a FieldValue),
    /// The id of another record of the run, which is known once that one is looked up.
    Link(&'a Link),
}

/// What must be fulfilled together.
pub(super) struct Conjunction {
    /// Of a record with a link among its keys: which of its alternatives this belongs to.
    pub alternative: Option<usize>,
    pub wanted: Vec<(Wanted, Literal)>,
    /// Lookup fields, by which the rows are told apart once the linked records are known.
    pub links: Vec<FieldName>,
}

impl<'a> Key<'a> {
    pub(crate) fn field(self) -> Option<&'a FieldValue> {
        match self {
            Self::Field(field) => Some(field),
            Self::Link(_) => None,
        }
    }

    pub(crate) fn link(self) -> Option<&'a Link> {
        match self {
            Self::Field(_) => None,
            Self::Link(link) => Some(link),
        }
    }

    pub(crate) fn path(self) -> FieldPath {
        match self {
            Self::Field(field) => field.path.clone(),
            Self::Link(link) => link.field.clone().into(),
        }
    }
}

/// The conjunctions that find a record by its own keys, in the order of its alternatives.
pub(super) fn conjunctions(records: &[Current], record: &PlannedRecord) -> Vec<Conjunction> {
    let is_linked = record.links.iter().any(|link| link.key);
    let of = |(number, keys): (usize, Vec<Key<'_>>)| {
        let alternative = is_linked.then_some(number);
        let links: Vec<FieldName> = keys.iter().filter_map(|key| Some(key.link()?.field.clone())).collect();
        let all = conjoined(records, &keys).into_iter();
        all.map(move |wanted| Conjunction { alternative, wanted, links: links.clone() })
    };
    record.alternatives().into_iter().enumerate().flat_map(of).collect()
}

/// What must be fulfilled together.
type Wants = Vec<(Wanted, Literal)>;

/// Each way in which all of these keys can be fulfilled.
fn conjoined(records: &[Current], keys: &[Key]) -> Vec<Wants> {
    let own = keys.iter().filter_map(|key| key.field()).filter_map(|field| wanted(field, field.path.clone()));
    let links: Vec<&Link> = keys.iter().filter_map(|key| key.link()).collect();
    let mut all: Vec<Wants> = vec![own.collect()];
    for (at, link) in links.iter().enumerate() {
        // Several links to one record, each for what it may turn out to be, are one.
        if links.iter().take(at).any(|other| other.record == link.record) {
            continue;
        }
        let to_it: Vec<&Link> = links.iter().copied().filter(|other| other.record == link.record).collect();
        let ways = records.iter().find(|record| *record.name() == link.record).map(|to| through(&to_it, to));
        let ways = ways.unwrap_or_default();
        all = all.iter().flat_map(|wants| ways.iter().map(|way| [wants.as_slice(), way].concat())).collect();
        if all.len() > MAX_CONJUNCTIONS {
            break;
        }
    }
    all
}

/// The ways in which a record can be found, seen through links to it.
fn through(links: &[&Link], record: &Current) -> Vec<Wants> {
    let mut ways = Vec::new();
    if matches!(record.approach, Approach::Skip { .. }) {
        return ways;
    }
    for form in record.looked_in() {
        let meant: Vec<&&Link> = links.iter().filter(|link| form.sobject().is_meant_by(&link.only_for)).collect();
        if meant.is_empty() {
            continue;
        }
        let seen = |keys: &[&FieldValue]| {
            let of_link = |link: &&Link| keys.iter().map(|key| seen_through(link, key)).collect::<Vec<_>>();
            meant.iter().flat_map(|link| of_link(link)).collect::<Option<Vec<_>>>()
        };
        match record.adopted() {
            Some((_, id)) => ways.push(meant.iter().map(|link| is_id(&link.field, id.clone())).collect()),
            None => {
                ways.extend(form.idempotency_key().and_then(|mark| seen(&[mark])));
                // A record that is itself found through a link is refused in the settings.
                ways.extend(
                    form.alternatives()
                        .iter()
                        .filter_map(|keys| seen(&keys.iter().filter_map(|key| key.field()).collect::<Vec<_>>())),
                );
            }
        }
    }
    ways
}

fn seen_through(link: &Link, key: &FieldValue) -> Option<(Wanted, Literal)> {
    match (&key.key, key.path.is_id()) {
        (Some(Literal::Id(id)), true) => Some(is_id(&link.field, id.clone())),
        _ => wanted(key, key.path.through(&link.field)?),
    }
}

fn is_id(field: &FieldName, id: RecordId) -> (Wanted, Literal) {
    let comparison = Comparison { field_type: FieldType::Reference, case_sensitive: false };
    let value = Scalar::Text(id.as_str().to_owned());
    (Wanted { path: field.clone().into(), value, comparison }, Literal::Id(id))
}

fn wanted(key: &FieldValue, path: FieldPath) -> Option<(Wanted, Literal)> {
    let wanted = Wanted { path, value: key.value.clone()?, comparison: key.comparison };
    Some((wanted, key.key.clone()?))
}
