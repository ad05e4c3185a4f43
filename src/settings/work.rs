//! What a module instance does, decided once, when its settings are read.

use super::{Records, RequestSettings};
use crate::base::keyword::words;
use crate::report::Act;

words! {
    /// What a module instance does, as the settings name it.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Mode {
        /// Writes records: found by their keys, created, updated or left alone.
        SObjectWrite = "sobject-write",
        /// Finds records by their keys and hands their fields to the flow.
        SObjectRead = "sobject-read",
        /// Sends one request of the author's own.
        ApiRequest = "api-request",
    }
}

/// What a module instance does, with what each mode needs for it: first the settings, then the plan, the run and its outcome.
/// The two modes that have records differ in each record's [`super::RecordWork`], and go the same way.
#[derive(Clone, Debug, PartialEq)]
pub enum Work<R = Records, Q = RequestSettings> {
    /// Mode `sobject-write`.
    Write(R),
    /// Mode `sobject-read`.
    Read(R),
    /// Mode `api-request`.
    Request(Q),
}

impl Mode {
    /// The modes that this build runs.
    pub const ALL: [Self; 3] = [Self::SObjectWrite, Self::SObjectRead, Self::ApiRequest];

    /// As the settings name it.
    pub const fn name(self) -> &'static str {
        self.word()
    }
}

impl<R, Q> Work<R, Q> {
    /// The mode whose work it is.
    pub fn mode(&self) -> Mode {
        match self {
            Self::Write(_) => Mode::SObjectWrite,
            Self::Read(_) => Mode::SObjectRead,
            Self::Request(_) => Mode::ApiRequest,
        }
    }

    /// What did not happen, if it fails; of a request, the request itself tells.
    pub fn act(&self, of_request: impl FnOnce(&Q) -> Act) -> Act {
        match self {
            Self::Write(_) => Act::Save,
            Self::Read(_) => Act::LookUp,
            Self::Request(request) => of_request(request),
        }
    }

    /// The same work, one stage on.
    pub fn map<S, T>(self, records: impl FnOnce(R) -> S, request: impl FnOnce(Q) -> T) -> Work<S, T> {
        match self {
            Self::Write(work) => Work::Write(records(work)),
            Self::Read(work) => Work::Read(records(work)),
            Self::Request(work) => Work::Request(request(work)),
        }
    }

    /// Borrowed.
    pub fn as_ref(&self) -> Work<&R, &Q> {
        match self {
            Self::Write(work) => Work::Write(work),
            Self::Read(work) => Work::Read(work),
            Self::Request(work) => Work::Request(work),
        }
    }

    /// Of the modes that have records.
    pub fn records(self) -> Option<R> {
        match self {
            Self::Write(work) | Self::Read(work) => Some(work),
            Self::Request(_) => None,
        }
    }

    /// Of the mode that has none.
    pub fn request(self) -> Option<Q> {
        match self {
            Self::Request(work) => Some(work),
            Self::Write(_) | Self::Read(_) => None,
        }
    }
}
