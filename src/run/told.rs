//! What a run is told: the answer to what it has asked, whether that came alone or with the answers of others.

use super::{Sent, Waiting};
use crate::exchange::retry::Trouble;
use crate::salesforce::RecordId;
use crate::wire::query::{Found, Query};
use crate::wire::record::Answered;
use crate::wire::{Answer, ApiError, Head, Response, composite, content, query};

/// An answer.
pub(crate) struct Told {
    pub(crate) head: Head,
    pub(crate) reply: Result<Reply, Box<Trouble>>,
}

/// The content of an answer.
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
        let mut ids = Vec::new();
        if let Ok(Reply::Found(found)) = &self.reply {
            for rows in found.iter().flatten() {
                rows.rows.iter().for_each(|row| row.add_ids(&mut ids));
            }
        }
        ids
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
        let read = |response: &Response| match &self.sent {
            Sent::Write { write, .. } => composite::answered(&write.operations, response).map(Reply::Done),
            _ => query::found(&self.queries(), response).map(Reply::Found),
        };
        // The answer to a read may be more than fits. To the lookups of a write it is not, unless the answer is hostile.
        let unread = |response: &Response| match self.run.plan.reads() && !response.fits() {
            true => Trouble::TOO_LARGE,
            false => Trouble::Unreadable,
        };
        let reply = match (&self.sent, Trouble::of(answer)) {
            (Sent::File(..), _) => file(answer),
            (_, Ok(response)) => read(response).ok_or_else(|| Box::new(unread(response))),
            (_, Err(trouble)) => Err(trouble),
        };
        Told { head: Head::of(answer), reply }
    }

    /// What is asked; nothing, where it writes.
    pub(super) fn queries(&self) -> Vec<Query<'_>> {
        let lookups = match &self.sent {
            Sent::FilesThere(_, select) => return vec![("find_files".to_owned(), select)],
            Sent::Lookups => self.run.asked(),
            Sent::Verify(verifying) => verifying.lookups(),
            Sent::Doubles(doubles) => doubles.lookups(),
            Sent::Write { .. } | Sent::File(..) => return Vec::new(),
        };
        lookups.iter().map(|lookup| (lookup.reference.clone(), &lookup.select)).collect()
    }
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
