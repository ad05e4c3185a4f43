//! The lookups of many conversations as one: `Email IN ('a', 'b', …)` for all of them, and the rows shared out again.
//!
//! A row goes to the conversations whose keys it fits as this module compares. Where Salesforce has found a row that fits none,
//! it compares otherwise than we do, and every conversation that would have come away empty asks again by itself: otherwise
//! it would create somebody who exists.

use std::collections::BTreeMap;
use std::rc::Rc;

use serde_json::Value;

use super::share::{Share, answer_of, ids_of};
use crate::document::{Count, MAX_VALUES};
use crate::lookup::fits;
use crate::name::{FieldPath, RecordId, SObjectName};
use crate::plan::{Branch, Lookup};
use crate::rest::composite::object;
use crate::rest::query::{Row, Rows};
use crate::rest::{ApiError, Composite, Request, Response, query};
use crate::settings::{ApiVersion, MAX_LOOKUPS};
use crate::soql::{Condition, Literal, MAX_QUERY_LENGTH, Order, Select};
use crate::value::{Scalar, fold, folded};

/// Rows of one query: as many as one page of an answer holds. Source: REST API guide, Query.
const MAX_ROWS: usize = 2_000;
/// Bytes of a query beside its fields and conditions.
const FRAME: usize = 200;

/// Queries while they are gathered.
pub struct Gathering {
    queries: Vec<Query>,
    members: Vec<Member>,
}

/// Queries that were sent for several conversations.
pub struct Gathered {
    selects: Vec<Select>,
    composite: Composite,
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
    /// At least as many bytes as its text will have.
    length: usize,
}

/// What a query found.
struct Found {
    rows: Vec<Rc<Row>>,
    /// Rows by the folded text of a field.
    by_text: BTreeMap<(usize, String), Vec<usize>>,
    paths: Vec<FieldPath>,
    claimed: Vec<bool>,
}

impl Gathering {
    pub fn new() -> Self {
        Self { queries: Vec::new(), members: Vec::new() }
    }

    /// Adds a conversation's lookups; false if they do not fit with the others.
    pub fn add(&mut self, index: usize, lookups: &[Lookup]) -> bool {
        let mut places = Vec::new();
        let mut fresh = self.queries.len();
        for lookup in lookups {
            let length = length_of(lookup);
            let fitting = self
                .queries
                .iter()
                .position(|query| query.select.from == lookup.select.from && query.length + length <= MAX_QUERY_LENGTH);
            match fitting {
                Some(at) => places.push(at),
                None if fresh < MAX_LOOKUPS && FRAME + length <= MAX_QUERY_LENGTH => {
                    places.push(fresh);
                    fresh += 1;
                }
                None => return false,
            }
        }
        for (lookup, &at) in lookups.iter().zip(&places) {
            if at >= self.queries.len() {
                self.queries.push(Query::new(&lookup.select.from));
            }
            if let Some(query) = self.queries.get_mut(at) {
                query.add(lookup);
            }
        }
        self.members.push(Member { index, queries: places });
        true
    }

    pub fn finish(self, version: ApiVersion) -> (Request, Gathered) {
        let selects: Vec<Select> = self.queries.into_iter().map(Query::finish).collect();
        let subrequest = |(at, select): (usize, &Select)| query::subrequest(version, format!("find_{at}"), select);
        let (request, composite) = Composite::new(version, false, selects.iter().enumerate().map(subrequest).collect());
        (request, Gathered { selects, composite, members: self.members })
    }
}

impl Gathered {
    /// What each conversation is told. `lookups_of` gives its lookups, in the order in which they were added. `None` if the answer
    /// does not hold all rows, so that fewer conversations must be asked for at once.
    pub fn split<'a>(
        self,
        response: &Response,
        lookups_of: impl Fn(usize) -> &'a [Lookup],
    ) -> Option<Vec<(usize, Share)>> {
        let Self { selects, composite, members } = self;
        let unreadable = |members: Vec<Member>| {
            members.into_iter().map(|member| (member.index, Share::unreadable(response))).collect::<Vec<_>>()
        };
        // More values than fit are more rows than fit.
        if Count::of(&response.body).values > MAX_VALUES {
            return None;
        }
        let Some(answers) = response.json().and_then(|json| composite.answers_of(json)) else {
            return Some(unreadable(members));
        };
        let mut found: Vec<Result<Found, (u16, Value)>> = Vec::new();
        for (select, answer) in selects.iter().zip(answers) {
            found.push(match answer.is_success() {
                true => {
                    let goes_on = answer.body.get("done").and_then(Value::as_bool) == Some(false);
                    match query::rows(select, answer) {
                        Some(rows) if rows.complete => Ok(Found::new(rows)),
                        None if !goes_on => return Some(unreadable(members)),
                        _ => return None,
                    }
                }
                false if is_of_one(&ApiError::new(answer.status, &answer.body)) => return None,
                false => Err((answer.status, answer.body)),
            });
        }
        let shared: Vec<(Member, Vec<Part>)> = members
            .into_iter()
            .map(|member| {
                let parts = member.queries.iter().zip(lookups_of(member.index)).map(|(&at, lookup)| {
                    let rows = match found.get_mut(at) {
                        Some(Ok(found)) => Ok(found.rows_of(lookup)),
                        Some(Err((status, body))) => Err((*status, body.clone())),
                        None => Ok(Vec::new()),
                    };
                    Part { reference: lookup.reference.clone(), limit: lookup.select.limit, rows }
                });
                let parts = parts.collect();
                (member, parts)
            })
            .collect();
        let strange = |at: &usize| matches!(found.get(*at), Some(Ok(found)) if found.claimed.contains(&false));
        let share = |(member, parts): (Member, Vec<Part>)| {
            let empty = |(at, part): (&usize, &Part)| strange(at) && matches!(&part.rows, Ok(rows) if rows.is_empty());
            if member.queries.iter().zip(&parts).any(empty) {
                return (member.index, Share::Alone);
            }
            let rows = parts.iter().filter_map(|part| part.rows.as_ref().ok()).flatten();
            let ids: Vec<RecordId> = rows.flat_map(|row| ids_of(row.fields())).collect();
            let answers = parts.into_iter().map(Part::into_json).collect();
            (member.index, Share::Found { answer: answer_of(response, answers), ids })
        };
        Some(shared.into_iter().map(share).collect())
    }
}

/// The answer to one lookup of one conversation.
struct Part {
    reference: String,
    limit: usize,
    rows: Result<Vec<Rc<Row>>, (u16, Value)>,
}

impl Part {
    fn into_json(self) -> Value {
        let (status, body) = match self.rows {
            Ok(rows) => {
                let rows: Vec<Value> =
                    rows.iter().take(self.limit).map(|row| Value::Object(row.fields().clone())).collect();
                (
                    200,
                    object([("totalSize", rows.len().into()), ("done", true.into()), ("records", Value::Array(rows))]),
                )
            }
            Err(error) => error,
        };
        object([("body", body), ("httpStatusCode", status.into()), ("referenceId", self.reference.into())])
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
        Self { select, lists: Vec::new(), others: Vec::new(), length: FRAME }
    }

    fn add(&mut self, lookup: &Lookup) {
        self.length += length_of(lookup);
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

    fn finish(self) -> Select {
        let lists = self.lists.into_iter().map(|(path, literals)| Condition::In(path, literals));
        Select { condition: Condition::Any(lists.chain(self.others).collect()), limit: MAX_ROWS, ..self.select }
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
    let fields = lookup.select.fields.iter().map(|field| field.to_string().len() + BETWEEN);
    let behind = lookup
        .select
        .behind
        .iter()
        .map(|(relationship, field)| relationship.as_str().len() + field.to_string().len() + BETWEEN);
    let conditions = alternatives(lookup).map(|condition| condition.to_string().len() + BETWEEN);
    fields.chain(behind).chain(conditions).sum()
}

/// Whether what is refused may be the fault of one conversation, or of there being so many.
fn is_of_one(error: &ApiError) -> bool {
    let is_drift = error.code == "INVALID_TYPE" || (error.code == "INVALID_FIELD" && error.names_something());
    [400, 413, 414, 431].contains(&error.status) && !is_drift && !error.is_limit() && !error.is_expired_session()
}

impl Found {
    fn new(rows: Rows) -> Self {
        let claimed = vec![false; rows.rows.len()];
        Self { rows: rows.rows, by_text: BTreeMap::new(), paths: Vec::new(), claimed }
    }

    /// The rows that a lookup would have found by itself, in the order of the query.
    fn rows_of(&mut self, lookup: &Lookup) -> Vec<Rc<Row>> {
        let mut found: Vec<usize> = Vec::new();
        for branch in &lookup.branches {
            for at in self.candidates(branch) {
                if self.rows.get(at).is_some_and(|row| fits(branch, row)) && !found.contains(&at) {
                    found.push(at);
                }
            }
        }
        found.sort_unstable();
        for &at in &found {
            if let Some(claimed) = self.claimed.get_mut(at) {
                *claimed = true;
            }
        }
        found.iter().filter_map(|&at| self.rows.get(at)).map(Rc::clone).collect()
    }

    /// The rows that may fit: for a text those with the same text, else all of them.
    fn candidates(&mut self, branch: &Branch) -> Vec<usize> {
        let by_text = branch.keys.iter().find_map(|wanted| match &wanted.value {
            Scalar::Text(text) => Some((&wanted.path, folded(text).collect::<String>())),
            _ => None,
        });
        match by_text {
            Some((path, text)) => {
                let path = self.indexed(path);
                self.by_text.get(&(path, text)).cloned().unwrap_or_default()
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
                    let text: String = folded(text.trim()).collect();
                    // An id that was given in its short form.
                    if text.len() == LONG_ID {
                        let short = text.chars().take(SHORT_ID).collect();
                        self.by_text.entry((key, short)).or_default().push(at);
                    }
                    self.by_text.entry((key, text)).or_default().push(at);
                }
                (None, Value::Null) => {}
                // A number that a text was compared with.
                (None, other) => self.by_text.entry((key, folded(&other.to_string()).collect())).or_default().push(at),
            }
        }
        key
    }
}

/// Whether this module knows what Salesforce takes for the same as these keys: others are looked up alone.
pub fn is_comparable(lookups: &[Lookup]) -> bool {
    let known = |value: &Scalar| match value {
        Scalar::Text(text) => text.chars().all(fold::is_known),
        _ => true,
    };
    lookups
        .iter()
        .flat_map(|lookup| &lookup.branches)
        .flat_map(|branch| &branch.keys)
        .all(|wanted| known(&wanted.value))
}
