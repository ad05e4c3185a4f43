//! Writes of several records each, put together as graphs: one for each conversation, whose records are all written or none.

use super::answer::Share;
use crate::exchange::retry::Trouble;
use crate::run::{Reply, Told};
use crate::salesforce::ApiVersion;
use crate::wire::graph::{self, Ended, Graph, Room};
use crate::wire::record::Operation;
use crate::wire::{Head, Request, Response};

/// Graphs while they are gathered, each under the index of its conversation.
#[derive(Default)]
pub(super) struct Gathering<'a> {
    graphs: Vec<Graph<'a>>,
    room: Room<'a>,
}

impl<'a> Gathering<'a> {
    /// Adds the operations of a conversation's write; false if there is no room for them.
    pub(super) fn add(&mut self, index: usize, operations: &'a [Operation]) -> bool {
        let fits = self.room.take(operations);
        if fits {
            self.graphs.push((index, operations));
        }
        fits
    }

    pub(super) fn finish(self, version: ApiVersion) -> (Request, Vec<usize>) {
        (graph::request(version, &self.graphs), self.graphs.into_iter().map(|(index, _)| index).collect())
    }
}

/// What each conversation is told.
pub(super) fn split(graphs: &[Graph], head: Head, response: &Response) -> Vec<(usize, Share)> {
    let share = |(&(index, _), ended): (&Graph, Ended)| {
        let reply = match ended {
            Ended::Untried => return (index, Share::Again),
            Ended::Answered(answered) => Ok(Reply::Done(answered)),
            Ended::Unreadable => Err(Box::new(Trouble::Unreadable)),
        };
        (index, Share::Told(Told { head, reply }))
    };
    graphs.iter().zip(graph::answered(graphs, response)).map(share).collect()
}
