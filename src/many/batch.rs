//! What goes out together, and how its answer is shared out again.

use super::answer::Share;
use super::pending::{Asking, Kind};
use super::{Batch, MAX_CONVERSATIONS, MAX_WEIGHT, Many, collections, graphs, lookups};
use crate::exchange::Waiting as _;
use crate::run::Told;
use crate::wire::graph::Graph;
use crate::wire::{Answer, ApiError, Head, Request, TransportErrorKind};

impl Many {
    /// The next request, with as many conversations in it as fit. Those that need not pause come first, and lookups before
    /// writes, so that there are many to be gathered.
    pub(super) fn gather(&self) -> Option<(Request, Batch, Vec<usize>)> {
        // What was found is kept until it is written: where that is much, writes come first.
        let is_heavy = self.weight > MAX_WEIGHT;
        let turn = |asking: &Asking| (asking.after > 0, asking.lookups().is_some() == is_heavy);
        let (first, asks) = self.asking().min_by_key(|(index, asking)| (turn(asking), *index))?;
        let version = self.settings.api_version;
        let same_turn = self.asking().filter(|(index, asking)| *index >= first && turn(asking) == turn(asks));
        let alone = || Some((asks.waiting.request().into_owned(), Batch::Alone, vec![first]));
        let mut members: Vec<usize> = Vec::new();
        match asks.kind {
            Kind::Lookups { .. } => {
                let mut gathering = lookups::Gathering::new();
                let mut most = MAX_CONVERSATIONS;
                for (index, asking) in same_turn {
                    let (Kind::Lookups { at_once }, Some(lookups)) = (asking.kind, asking.lookups()) else { continue };
                    most = most.min(at_once);
                    if members.len() >= most || !gathering.add(index, lookups) {
                        break;
                    }
                    members.push(index);
                }
                if members.len() > 1 {
                    let (request, gathered) = gathering.finish(version);
                    return Some((request, Batch::Lookups(gathered), members));
                }
                alone()
            }
            Kind::Single => {
                let mut gathering = collections::Gathering::default();
                for (index, asking) in same_turn.filter(|(_, asking)| asking.kind == Kind::Single) {
                    let [only] = asking.operations() else { continue };
                    if !gathering.add(index, only) {
                        break;
                    }
                    members.push(index);
                }
                if members.len() > 1 {
                    let (request, gathered) = gathering.finish(version);
                    let members = gathered.members.clone();
                    return Some((request, Batch::Collections(gathered), members));
                }
                alone()
            }
            Kind::Graph if !self.without_graphs => {
                let mut gathering = graphs::Gathering::default();
                for (index, asking) in same_turn.filter(|(_, asking)| asking.kind == Kind::Graph) {
                    if !gathering.add(index, asking.operations()) {
                        break;
                    }
                    members.push(index);
                }
                if members.len() > 1 {
                    let (request, members) = gathering.finish(version);
                    return Some((request, Batch::Graphs, members));
                }
                alone()
            }
            Kind::Graph | Kind::Alone => alone(),
        }
    }

    /// What each conversation is told.
    pub(super) fn shares(&mut self, batch: Batch, members: Vec<usize>, answer: &Answer) -> Vec<(usize, Share)> {
        let head = Head::of(answer);
        let alone =
            |members: Vec<usize>| members.into_iter().map(|index| (index, Share::Alone { ids: Vec::new() })).collect();
        match (batch, answer) {
            (Batch::Alone, Ok(response)) => {
                let share = |index| {
                    let told = self.asking_at(index)?.waiting.read(answer);
                    Some((index, Share::Found { ids: told.ids(), told, bytes: response.body.len() }))
                };
                members.into_iter().filter_map(share).collect()
            }
            (Batch::Lookups(gathered), Ok(response)) if response.status == 200 => {
                let lookups = |index| self.lookups_of(index);
                gathered.split(head, response, lookups).unwrap_or_else(|| fewer(members))
            }
            (Batch::Lookups(_), answer) if is_too_much(answer) => fewer(members),
            (Batch::Collections(gathered), Ok(response)) if response.status == 200 => gathered.split(head, response),
            (Batch::Graphs, Ok(response)) if response.status == 200 => {
                let graphs: Vec<Graph> = members
                    .iter()
                    .map(|&index| (index, self.asking_at(index).map_or(&[][..], Asking::operations)))
                    .collect();
                graphs::split(&graphs, head, response)
            }
            (Batch::Graphs, Ok(response)) if [404, 405].contains(&response.status) => {
                self.without_graphs = true;
                alone(members)
            }
            // Refused before any of it was done, and maybe because of one of them. Salesforce also says 400 when it gives up.
            (Batch::Collections(_) | Batch::Graphs, Ok(response))
                if [400, 413].contains(&response.status) && !ApiError::of_response(response).is_busy() =>
            {
                alone(members)
            }
            (_, answer) => members.into_iter().map(|index| (index, Share::Told(Told::trouble(answer)))).collect(),
        }
    }
}

/// The same of half as many at a time.
fn fewer(members: Vec<usize>) -> Vec<(usize, Share)> {
    let at_once = members.len() / 2;
    members.into_iter().map(|index| (index, Share::Fewer { at_once })).collect()
}

/// Whether the lookups were more than fits into a request or an answer.
fn is_too_much(answer: &Answer) -> bool {
    match answer {
        Ok(response) => [400, 413, 414, 431].contains(&response.status),
        Err(error) => error.kind == TransportErrorKind::TooLarge,
    }
}
