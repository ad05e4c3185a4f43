//! What a run is told: the answer to what it has asked, whether that came alone or with the answers of others.

use super::files::Attaching;
use super::{Sent, Waiting};
use crate::exchange::retry::Trouble;
use crate::record::Lookup;
use crate::salesforce::RecordId;
use crate::wire::query::Found;
use crate::wire::record::Answered;
use crate::wire::{Answer, ApiError, Head, Response, Select, composite, content, query};

/// An answer.
#[derive(Clone)]
pub(crate) struct Told {
    pub(crate) head: Head,
    pub(crate) reply: Result<Reply, Box<Trouble>>,
}

/// The content of an answer.
#[derive(Clone)]
pub(crate) enum Reply {
    /// Of each query.
    Found(Vec<Found>),
    /// What became of each operation.
    Done(Vec<Answered>),
    /// The file is there.
    File(RecordId),
}

impl Told {
    /// Nothing of what was asked for.
    pub(crate) fn trouble(answer: &Answer) -> Self {
        let trouble = Trouble::of(answer).err().unwrap_or_else(|| Box::new(Trouble::Unreadable));
        Self { head: Head::of(answer), reply: Err(trouble) }
    }

    /// The records that were found.
    pub(crate) fn ids(&self) -> Vec<RecordId> {
        let Ok(Reply::Found(found)) = &self.reply else { return Vec::new() };
        found.iter().flatten().flat_map(|found| &found.rows).flat_map(|row| row.ids()).collect()
    }

    pub(super) fn found(self) -> Result<Vec<Found>, Box<Trouble>> {
        match self.reply? {
            Reply::Found(found) => Ok(found),
            Reply::Done(_) | Reply::File(_) => Err(Box::new(Trouble::Unreadable)),
        }
    }

    pub(super) fn done(self) -> Result<Vec<Answered>, Box<Trouble>> {
        match self.reply? {
            Reply::Done(answered) => Ok(answered),
            Reply::Found(_) | Reply::File(_) => Err(Box::new(Trouble::Unreadable)),
        }
    }

    pub(super) fn file(self) -> Result<RecordId, Box<Trouble>> {
        match self.reply? {
            Reply::File(id) => Ok(id),
            Reply::Found(_) | Reply::Done(_) => Err(Box::new(Trouble::Unreadable)),
        }
    }
}

impl Waiting {
    /// Reads the answer to the run's own request.
    pub(crate) fn read(&self, answer: &Answer) -> Told {
        let reply = match &self.sent {
            Sent::File(..) => file(answer),
            Sent::Write { write, .. } => {
                let answered = |response| composite::answered(&write.operations, response).ok_or(Trouble::Unreadable);
                Trouble::of(answer).and_then(|response| Ok(Reply::Done(answered(response)?)))
            }
            Sent::Lookups => self.found(answer, queries(&self.run.plan.lookups)),
            Sent::Verify(verifying) => self.found(answer, queries(verifying.lookups())),
            Sent::Doubles(doubles) => self.found(answer, queries(doubles.lookups())),
            Sent::FilesThere(_, select) => self.found(answer, Attaching::queries(select)),
        };
        Told { head: Head::of(answer), reply }
    }

    fn found<'a>(
        &self,
        answer: &Answer,
        queries: impl Iterator<Item = (String, &'a Select)>,
    ) -> Result<Reply, Box<Trouble>> {
        let response = Trouble::of(answer)?;
        let found = query::found(queries, response);
        // What is read may be more than fits; what is looked up for a write is not, unless somebody is hostile.
        let is_too_large = || self.run.plan.reads() && !response.fits();
        found
            .map(Reply::Found)
            .ok_or_else(|| Box::new(if is_too_large() { Trouble::TOO_LARGE } else { Trouble::Unreadable }))
    }
}

/// The queries of lookups, each under its reference.
pub(super) fn queries(lookups: &[Lookup]) -> impl Iterator<Item = (String, &Select)> {
    lookups.iter().map(|lookup| (lookup.reference.clone(), &lookup.select))
}

/// A file is no composite request: its status says what became of it.
fn file(answer: &Answer) -> Result<Reply, Box<Trouble>> {
    let trouble = |response: &Response| match response.status {
        201 => Trouble::Unreadable,
        _ => Trouble::whole(ApiError::of_response(response)),
    };
    match answer {
        Ok(response) => content::created(response).map(Reply::File).ok_or_else(|| Box::new(trouble(response))),
        Err(error) => Err(Box::new(Trouble::Transport(*error))),
    }
}
