//! The lookups of many conversations as one: `Email IN ('a', 'b', …)` for all of them, and the rows shared out again.
//!
//! A row goes to the conversations whose keys it fits as this module compares. One that may fit to Salesforce only, such as
//! `Straße` for `strasse`, is asked for by that conversation alone. Where Salesforce has found a row that fits none at all, every
//! conversation that may be meant asks again by itself: otherwise it would create a record that exists. And where a query looks
//! in several fields, a row that fits a key only in another spelling may be there for another conversation's sake: then
//! Salesforce is asked about that key alone, as it would be in a single run.

use std::collections::BTreeMap;
use std::rc::Rc;

use serde_json::Value;

use super::answer::Share;
use crate::base::json::Count;
use crate::base::{MAX_VALUES, fold, order, text};
use crate::code::Code;
use crate::exchange::retry::Trouble;
use crate::record::Lookup;
use crate::record::found::{fits, fits_one};
use crate::record::plan::Branch;
use crate::run::{Reply, Told};
use crate::salesforce::{ApiVersion, FieldName, FieldPath, FieldType, RecordId, SObjectName};
use crate::settings::MAX_LOOKUPS;
use crate::value::{Scalar, folded};
use crate::wire::query::{Found, Row};
use crate::wire::soql::length;
use crate::wire::{
    ApiError, Condition, Failed, Head, Literal, MAX_QUERY_LENGTH, Order, Request, Response, Rows, Select, query,
};

/// Rows of one query: as many as one page of an answer holds. Source: REST API guide, Query.
const MAX_ROWS: usize = 2_000;
/// Bytes of a query beside its fields and conditions.
const FRAME: usize = 200;

/// Queries while they are gathered.
pub(super) struct Gathering {
    queries: Vec<Query>,
    members: Vec<Member>,
}

/// Queries that were sent for several conversations.
pub(super) struct Gathered {
    /// And whether they look in several fields.
    selects: Vec<(Select, bool)>,
    members: Vec<Member>,
}

/// A conversation, and for each of its lookups the query that it is part of.
struct Member {
    index: usize,
    queries: Vec<usize>,
}

struct Query {
    select: Select,
    lists: Vec<(FieldPath, Vec<Literal>)>,
    others: Vec<Condition>,
    /// The fields of the first alternative.
    paths: Vec<FieldPath>,
    /// Others look in other fields.
    is_mixed: bool,
    /// At least as many bytes as its text will have.
    length: usize,
}

/// What a query found.
struct Rowset {
    rows: Vec<Rc<Row>>,
    is_mixed: bool,
    /// Rows by the folded text of a field, behind the number of the field.
    by_text: BTreeMap<String, Vec<usize>>,
    paths: Vec<FieldPath>,
    claimed: Vec<bool>,
}

/// What one lookup of one conversation was answered.
struct Part {
    limit: usize,
    rows: Result<Own, Failed>,
}

/// The rows of one lookup.
struct Own {
    rows: Vec<Rc<Row>>,
    /// One of its alternatives has found none.
    lacks: bool,
    /// One fits only in another spelling, and may be there for another's sake.
    is_loose: bool,
}

impl Part {
    /// As its own query would have been answered.
    fn into_found(self) -> Found {
        let Own { mut rows, .. } = self.rows?;
        rows.truncate(self.limit);
        Ok(Rows { complete: rows.len() < self.limit, rows })
    }
}

impl Gathering {
    pub(super) fn new() -> Self {
        Self { queries: Vec::new(), members: Vec::new() }
    }

    /// Adds a conversation's lookups; false if they do not fit with the others.
    pub(super) fn add(&mut self, index: usize, lookups: &[Lookup]) -> bool {
        let mut places: Vec<(usize, usize)> = Vec::with_capacity(lookups.len());
        let mut fresh = self.queries.len();
        for lookup in lookups {
            let length = length_of(lookup);
            let fitting = self
                .queries
                .iter()
                .position(|query| query.select.from == lookup.select.from && query.length + length <= MAX_QUERY_LENGTH);
            match fitting {
                Some(at) => places.push((at, length)),
                None if fresh < MAX_LOOKUPS && FRAME + length <= MAX_QUERY_LENGTH => {
                    places.push((fresh, length));
                    fresh += 1;
                }
                None => return false,
            }
        }
        for (lookup, &(at, length)) in lookups.iter().zip(&places) {
            if at >= self.queries.len() {
                self.queries.push(Query::new(&lookup.select.from));
            }
            if let Some(query) = self.queries.get_mut(at) {
                query.add(lookup, length);
            }
        }
        let queries = places.into_iter().map(|(at, _)| at).collect();
        self.members.push(Member { index, queries });
        true
    }

    pub(super) fn finish(self, version: ApiVersion) -> (Request, Gathered) {
        let selects: Vec<(Select, bool)> = self.queries.into_iter().map(Query::finish).collect();
        let request = query::request(version, &queries(&selects));
        (request, Gathered { selects, members: self.members })
    }
}

/// Each under its reference.
fn queries(selects: &[(Select, bool)]) -> Vec<query::Query<'_>> {
    selects.iter().enumerate().map(|(at, (select, _))| (format!("find_{at}"), select)).collect()
}

impl Gathered {
    /// What each conversation is told. `lookups_of` gives its lookups, in the order in which they were added. `None` if the answer
    /// does not hold all rows, so that fewer conversations must be asked for at once.
    pub(super) fn split<'a>(
        self,
        head: Head,
        response: &Response,
        lookups_of: impl Fn(usize) -> &'a [Lookup],
    ) -> Option<Vec<(usize, Share)>> {
        let Self { selects, members } = self;
        let unreadable = |members: Vec<Member>| {
            let told = || Told { head, reply: Err(Box::new(Trouble::Unreadable)) };
            members.into_iter().map(|member| (member.index, Share::Told(told()))).collect::<Vec<_>>()
        };
        // More values than fit are more rows than fit.
        if Count::of(&response.body).values > MAX_VALUES {
            return None;
        }
        let Some(answers) = query::found(&queries(&selects), response) else {
            return Some(unreadable(members));
        };
        let mut found: Vec<Result<Rowset, Box<ApiError>>> = Vec::new();
        for (at, ((_, is_mixed), answer)) in selects.iter().zip(answers).enumerate() {
            found.push(match answer {
                Ok(rows) if rows.complete => Ok(Rowset::new(rows, *is_mixed)),
                Ok(_) | Err(Failed::GoesOn) => return None,
                Err(Failed::Unreadable) => return Some(unreadable(members)),
                Err(Failed::Refused(error)) => {
                    let asked = members.iter().flat_map(|member| member.queries.iter().zip(lookups_of(member.index)));
                    let asked: Vec<&Lookup> = asked.filter(|(of, _)| **of == at).map(|(_, lookup)| lookup).collect();
                    if is_of_one(&error, &asked) {
                        return None;
                    }
                    Err(error)
                }
            });
        }
        let shared: Vec<(Member, Vec<Part>)> = members
            .into_iter()
            .map(|member| {
                let parts = member.queries.iter().zip(lookups_of(member.index)).map(|(&at, lookup)| {
                    let rows = match found.get_mut(at) {
                        Some(Ok(found)) => Ok(found.rows_of(lookup)),
                        Some(Err(error)) => Err(Failed::Refused(error.clone())),
                        None => Err(Failed::Unreadable),
                    };
                    Part { limit: lookup.select.limit, rows }
                });
                let parts = parts.collect();
                (member, parts)
            })
            .collect();
        let strange = |at: &usize| matches!(found.get(*at), Some(Ok(found)) if found.claimed.contains(&false));
        let share = |(member, parts): (Member, Vec<Part>)| {
            let in_doubt = |(at, part): (&usize, &Part)| match &part.rows {
                Ok(own) => own.is_loose || (strange(at) && own.lacks),
                Err(_) => false,
            };
            let mut ids: Vec<RecordId> = Vec::new();
            let mut bytes = 0;
            for part in &parts {
                let Ok(own) = &part.rows else { continue };
                own.rows.iter().for_each(|row| row.add_ids(&mut ids));
                bytes += own.rows.iter().take(part.limit).map(|row| row.length()).sum::<usize>();
            }
            if member.queries.iter().zip(&parts).any(in_doubt) {
                for rows in member.queries.iter().filter_map(|at| found.get(*at)?.as_ref().ok()) {
                    rows.unclaimed().for_each(|row| row.add_ids(&mut ids));
                }
                return (member.index, Share::Alone { ids });
            }
            let found: Vec<Found> = parts.into_iter().map(Part::into_found).collect();
            (member.index, Share::Found { told: Told { head, reply: Ok(Reply::Found(found)) }, ids, bytes })
        };
        Some(shared.into_iter().map(share).collect())
    }
}

impl Query {
    fn new(from: &SObjectName) -> Self {
        let select = Select {
            fields: Vec::new(),
            behind: Vec::new(),
            from: from.clone(),
            condition: Condition::Any(Vec::new()),
            order: Order::ById,
            limit: MAX_ROWS + 1,
        };
        let (paths, is_mixed) = (Vec::new(), false);
        Self { select, lists: Vec::new(), others: Vec::new(), paths, is_mixed, length: FRAME }
    }

    fn add(&mut self, lookup: &Lookup, length: usize) {
        self.length += length;
        for field in &lookup.select.fields {
            if !self.select.fields.contains(field) {
                self.select.fields.push(field.clone());
            }
        }
        for column in &lookup.select.behind {
            if !self.select.behind.contains(column) {
                self.select.behind.push(column.clone());
            }
        }
        if lookup.select.order == Order::NewestFirst {
            self.select.order = Order::NewestFirst;
        }
        for branch in &lookup.branches {
            let paths = branch.keys.iter().map(|wanted| &wanted.path);
            if self.paths.is_empty() {
                self.paths = paths.cloned().collect();
            } else {
                self.is_mixed |= !paths.eq(&self.paths);
            }
        }
        for condition in alternatives(lookup) {
            match condition {
                Condition::Equals(path, literal) => match self.lists.iter_mut().find(|(of, _)| of == path) {
                    Some((_, literals)) => literals.push(literal.clone()),
                    None => self.lists.push((path.clone(), vec![literal.clone()])),
                },
                other => self.others.push(other.clone()),
            }
        }
    }

    fn finish(self) -> (Select, bool) {
        let lists = self.lists.into_iter().map(|(path, literals)| Condition::In(path, literals));
        let condition = Condition::Any(lists.chain(self.others).collect());
        (Select { condition, limit: MAX_ROWS, ..self.select }, self.is_mixed)
    }
}

/// A lookup's alternatives; one that has a single condition is that condition.
fn alternatives(lookup: &Lookup) -> impl Iterator<Item = &Condition> {
    let all = match &lookup.select.condition {
        Condition::Any(all) => all.as_slice(),
        one => std::slice::from_ref(one),
    };
    all.iter().map(|condition| match condition {
        Condition::All(conditions) => match conditions.as_slice() {
            [one] => one,
            _ => condition,
        },
        other => other,
    })
}

fn length_of(lookup: &Lookup) -> usize {
    const BETWEEN: usize = 8;
    let fields = lookup.select.fields.iter().map(|field| length(field) + BETWEEN);
    let behind =
        lookup.select.behind.iter().map(|(relationship, field)| relationship.as_str().len() + length(field) + BETWEEN);
    let conditions = alternatives(lookup).map(|condition| length(condition) + BETWEEN);
    fields.chain(behind).chain(conditions).sum()
}

/// Whether what is refused may be the fault of one conversation, or of their number. A column that all of them select
/// and that is not there is the fault of none; nor is one that all of them compare with values of one kind.
fn is_of_one(error: &ApiError, asked: &[&Lookup]) -> bool {
    let selects = |lookup: &Lookup, name: &FieldName| lookup.select.fields.iter().any(|path| path.field == *name);
    let of_all = |name: &FieldName| asked.iter().all(|lookup| selects(lookup, name));
    let named = error.clone().naming(of_all).fields;
    let mut kinds = asked
        .iter()
        .flat_map(|lookup| &lookup.branches)
        .flat_map(|branch| &branch.keys)
        .filter(|wanted| named.contains(&wanted.path.field))
        .map(|wanted| std::mem::discriminant(&wanted.value));
    let first = kinds.next();
    let of_one_kind = kinds.all(|kind| Some(kind) == first);
    let is_drift = matches!(error.code, Code::InvalidType)
        || (matches!(error.code, Code::InvalidField) && !named.is_empty() && of_one_kind);
    [400, 413, 414, 431].contains(&error.status) && !is_drift && !error.is_limit() && !error.is_expired_session()
}

/// Whether a row fits as it would if Salesforce were asked for it alone, as far as the type of the field is known.
fn is_exact(branch: &Branch, row: &Row) -> bool {
    branch.keys.iter().filter(|wanted| !wanted.path.is_id()).all(|wanted| {
        match (&wanted.value, row.get(&wanted.path), wanted.comparison.field_type) {
            (Scalar::Text(text), Value::String(stored), _) if stored == text => true,
            (Scalar::Text(_), _, FieldType::Unknown) => false,
            (Scalar::Text(_), _, FieldType::Id | FieldType::Reference) => true,
            (Scalar::Text(text), Value::String(stored), _) => folded(text).eq(folded(stored.trim())),
            _ => true,
        }
    })
}

/// Whether Salesforce may have found a row for this branch that this module would not have.
fn may_fit(branch: &Branch, row: &Row) -> bool {
    branch.keys.iter().all(|wanted| match (&wanted.value, row.get(&wanted.path)) {
        (Scalar::Text(text), Value::String(stored)) if !wanted.path.is_id() && !wanted.comparison.case_sensitive => {
            fold::primary(text) == fold::primary(stored.trim())
        }
        _ => fits_one(wanted, row),
    })
}

impl Rowset {
    fn new(rows: Rows, is_mixed: bool) -> Self {
        let claimed = vec![false; rows.rows.len()];
        Self { rows: rows.rows, is_mixed, by_text: BTreeMap::new(), paths: Vec::new(), claimed }
    }

    /// The rows that a lookup would have found by itself, in the order of the query, and those that it may have.
    fn rows_of(&mut self, lookup: &Lookup) -> Own {
        let (mut found, mut lacks, mut is_loose): (Vec<usize>, bool, bool) = (Vec::new(), false, false);
        for branch in &lookup.branches {
            let mut none = true;
            for at in self.candidates(branch) {
                let Some(row) = self.rows.get(at) else { continue };
                let (fits, may_fit) = (fits(branch, row), may_fit(branch, row));
                if !fits && !may_fit {
                    continue;
                }
                none &= !fits;
                is_loose |= !fits || (self.is_mixed && !is_exact(branch, row));
                if !found.contains(&at) {
                    found.push(at);
                }
            }
            lacks |= none;
        }
        order::sort(&mut found);
        for &at in &found {
            if let Some(claimed) = self.claimed.get_mut(at) {
                *claimed = true;
            }
        }
        Own { rows: found.iter().filter_map(|&at| self.rows.get(at)).map(Rc::clone).collect(), lacks, is_loose }
    }

    /// The rows that fit no conversation as this module compares.
    fn unclaimed(&self) -> impl Iterator<Item = &Rc<Row>> {
        self.rows.iter().zip(&self.claimed).filter(|(_, claimed)| !**claimed).map(|(row, _)| row)
    }

    /// The rows that may fit: for a text those with the same text, else all of them.
    fn candidates(&mut self, branch: &Branch) -> Vec<usize> {
        let by_text = branch.keys.iter().find_map(|wanted| match &wanted.value {
            Scalar::Text(text) => Some((&wanted.path, fold::primary(text)?)),
            _ => None,
        });
        match by_text {
            Some((path, text)) => {
                let key = self.indexed(path);
                self.by_text.get(&entry(key, &text)).cloned().unwrap_or_default()
            }
            None => (0..self.rows.len()).collect(),
        }
    }

    /// The index of a field, which is made when it is needed first.
    fn indexed(&mut self, path: &FieldPath) -> usize {
        const LONG_ID: usize = 18;
        const SHORT_ID: usize = 15;
        if let Some(at) = self.paths.iter().position(|known| known == path) {
            return at;
        }
        let key = self.paths.len();
        self.paths.push(path.clone());
        for (at, row) in self.rows.iter().enumerate() {
            let id = path.is_id().then(|| row.id.as_str());
            match (id.or_else(|| row.get(path).as_str()), row.get(path)) {
                (Some(text), _) => {
                    // Such a text is never looked for together with others, so the row is no conversation's.
                    let Some(text) = fold::primary(text.trim()) else { continue };
                    // An id that was given in its short form.
                    if text.len() == LONG_ID {
                        let short: String = text.chars().take(SHORT_ID).collect();
                        self.by_text.entry(entry(key, &short)).or_default().push(at);
                    }
                    self.by_text.entry(entry(key, &text)).or_default().push(at);
                }
                (None, Value::Null) => {}
                // A number that a text was compared with.
                (None, other) => {
                    let entry = entry(key, &text(other));
                    self.by_text.entry(entry).or_default().push(at);
                }
            }
        }
        key
    }
}

fn entry(key: usize, text: &str) -> String {
    [&key.to_string(), " ", text].concat()
}

/// Whether this module knows what Salesforce may take for the same as these keys: others are looked up alone.
pub(super) fn is_comparable(lookups: &[Lookup]) -> bool {
    let known = |value: &Scalar| match value {
        Scalar::Text(text) => fold::primary(text).is_some(),
        _ => true,
    };
    lookups
        .iter()
        .flat_map(|lookup| &lookup.branches)
        .flat_map(|branch| &branch.keys)
        .all(|wanted| known(&wanted.value))
}
