//! The lookups of many conversations as one: `Email IN ('a', 'b', …)` for all of them, and the rows shared out again.
//!
//! A row goes to the conversations whose keys it fits as this module compares. One that may fit to Salesforce only, such as
//! `Straße` for `strasse`, is asked for by that conversation alone. Where Salesforce has found a row that fits none at all, every
//! conversation that may be meant asks again by itself: otherwise it would create a record that exists. And where a query looks
//! in several fields, a row that fits a key only in another spelling may be there for another conversation's sake: then
//! Salesforce is asked about that key alone, as it would be in a single run.

mod asked;
mod rowset;

use asked::{FRAME, Query, length_of};
use rowset::{Own, Rowset};

use super::answer::Share;
use crate::base::json::Count;
use crate::base::{MAX_VALUES, fold};
use crate::code::Code;
use crate::exchange::retry::Trouble;
use crate::record::Lookup;
use crate::run::{Reply, Told};
use crate::salesforce::{ApiVersion, FieldName, RecordId};
use crate::settings::MAX_LOOKUPS;
use crate::value::Scalar;
use crate::wire::query::Found;
use crate::wire::{ApiError, Failed, Head, MAX_QUERY_LENGTH, Request, Response, Rows, Select, query};

/// Rows of one query: as many as one page of an answer holds. Source: REST API guide, Query.
const MAX_ROWS: usize = 2_000;

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

/// What one lookup of one conversation was answered.
struct Part {
    limit: usize,
    rows: Result<Own, Failed>,
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
