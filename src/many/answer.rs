//! What one conversation gets of an answer to many.

use crate::run::Told;
use crate::salesforce::RecordId;

/// What a conversation is told after a request.
pub(super) enum Share {
    Told(Told),
    /// The answer, and the existing records in it.
    Found {
        told: Told,
        ids: Vec<RecordId>,
        /// Length of its text, in bytes, about.
        bytes: usize,
    },
    /// Nothing of it was tried: it goes with the next request.
    Again,
    /// They were too many for one request.
    Fewer {
        at_once: usize,
    },
    /// It has to ask by itself. These are records that it may find then.
    Alone {
        ids: Vec<RecordId>,
    },
}
