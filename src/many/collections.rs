//! Writes of one record each, put together as collections, each of one SObject, one kind of write and the same headers.

use super::answer::Share;
use crate::base::order;
use crate::run::{Reply, Told};
use crate::salesforce::ApiVersion;
use crate::wire::collections::{self, Collections, MAX_COLLECTIONS, MAX_RECORDS, go_together};
use crate::wire::record::Operation;
use crate::wire::{Head, Request, Response};

/// Writes while they are gathered.
#[derive(Default)]
pub(super) struct Gathering<'a> {
    collections: Vec<Vec<&'a Operation>>,
    /// The conversations of each collection.
    members: Vec<Vec<usize>>,
    records: usize,
}

/// Writes that were sent together.
pub(super) struct Gathered {
    collections: Collections,
    /// In the order in which they are carried out.
    pub members: Vec<usize>,
}

impl<'a> Gathering<'a> {
    /// Adds a conversation's write; false if there is no room for it.
    pub(super) fn add(&mut self, index: usize, operation: &'a Operation) -> bool {
        if self.records == MAX_RECORDS {
            return false;
        }
        let same = |others: &Vec<&Operation>| others.first().is_some_and(|other| go_together(other, operation));
        let at = self.collections.iter().position(same).unwrap_or(self.collections.len());
        match (self.collections.get_mut(at), self.members.get_mut(at)) {
            (Some(operations), Some(members)) => {
                operations.push(operation);
                members.push(index);
            }
            _ if at == MAX_COLLECTIONS => return false,
            _ => {
                self.collections.push(vec![operation]);
                self.members.push(vec![index]);
            }
        }
        self.records += 1;
        true
    }

    pub(super) fn finish(self, version: ApiVersion) -> (Request, Gathered) {
        let (request, collections) = collections::request(version, &self.collections);
        (request, Gathered { collections, members: self.members.into_iter().flatten().collect() })
    }
}

impl Gathered {
    /// What each conversation is told.
    pub(super) fn split(self, head: Head, response: &Response) -> Vec<(usize, Share)> {
        let answered = self.collections.answered(response);
        let share = |(index, answered)| (index, Share::Told(Told { head, reply: Ok(Reply::Done(vec![answered])) }));
        in_order(self.members.into_iter().zip(answered).map(share).collect())
    }
}

/// Each conversation is told before those that come after it. A sort of these is larger than what they are worth.
fn in_order(mut shares: Vec<(usize, Share)>) -> Vec<(usize, Share)> {
    let mut indexes: Vec<usize> = shares.iter().map(|(index, _)| *index).collect();
    order::sort(&mut indexes);
    let mut take = |index| {
        let at = shares.iter().position(|(other, _)| *other == index)?;
        Some(shares.swap_remove(at))
    };
    indexes.into_iter().filter_map(&mut take).collect()
}
