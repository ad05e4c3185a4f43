//! What a module instance does, decided once, when its settings are read.

use super::{Records, RequestSettings};
use crate::base::keyword::{Keyword, words};
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
        /// Hands the conversation over to a person.
        Handover = "handover",
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
    pub const ALL: &'static [Self] = Self::VARIANTS;

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
        let reads = matches!(self, Self::Read(_));
        match self {
            // Called in one place, which is one copy of it in the component.
            Self::Write(work) | Self::Read(work) => {
                let work = records(work);
                if reads { Work::Read(work) } else { Work::Write(work) }
            }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::Settings;

    fn parsed(mode: &str, members: &str) -> Work {
        let text = format!(r#"{{ "mode": "{mode}", "deploymentDomain": "example.my.salesforce.com", {members} }}"#);
        Settings::parse(&text).expect("good settings").0.work
    }

    #[test]
    fn the_mode_decides_the_work_and_each_stage_keeps_it() {
        let key =
            r#"{ "source": { "variable": "mail" }, "object": "Contact", "field": "Email", "useToFindExisting": true }"#;
        let name = r#"{ "object": "Contact", "field": "LastName", "target": { "variable": "name" } }"#;
        let write = parsed("sobject-write", &format!(r#""mappings": [{key}]"#));
        let read = parsed("sobject-read", &format!(r#""mappings": [{key}, {name}]"#));
        let request = parsed("api-request", r#""path": "/services/data/v62.0/limits""#);
        let works = [write, read, request].map(|work| {
            let reads = |records: &Records| records.records.iter().all(|record| record.reads());
            (work.mode(), work.as_ref().map(reads, RequestSettings::act), work)
        });
        for ((mode, next, work), known) in works.iter().zip(Mode::ALL) {
            assert_eq!((mode, next.mode()), (known, *known));
            assert_eq!(work.as_ref().records().is_some(), *known != Mode::ApiRequest);
        }
        let [(_, write, _), (_, read, _), (_, request, _)] = works;
        // Of each record the same is known as of the whole.
        assert_eq!((write.act(|act| *act), write.records()), (Act::Save, Some(false)));
        assert_eq!((read.act(|act| *act), read.records()), (Act::LookUp, Some(true)));
        assert_eq!((request.act(|act| *act), request.request()), (Act::LookUp, Some(Act::LookUp)));
    }
}
