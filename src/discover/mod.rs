//! What an org has, for the drop-downs of the form: its objects, and the fields of one of them.
//!
//! Asked while an author fills in the settings, so nothing of those is needed but where the org is. As a [`crate::run::Run`]
//! it is sans-I/O. One composite request each, like everything else: it is repeated by the same table and ends in the same
//! statuses. A second one follows only to name the object that was meant.
//!
//! However large the org is, little of it is in memory: the shell keeps only [`MEMBERS`] of an answer while it arrives, and
//! of the entries only the best so far.

mod field;
mod object;
pub(crate) mod query;
pub(crate) mod search;

use std::borrow::Cow;

use serde_json::Value;

use crate::base::{Finding, FindingCode};
use crate::exchange::retry::{Next, Trouble};
use crate::exchange::{self, Exchange, Moment, Transport, Unanswered, Within};
use crate::report::Status;
use crate::salesforce::SObjectName;
use crate::salesforce::name::suggestion;
use crate::settings::DEFAULT_DEADLINE_SECONDS;
use crate::texts::{Again, said};
use crate::wire::composite::Composite;
use crate::wire::filter::{Unfit, handing_over};
use crate::wire::{Answer, ApiError, ApiUsage, Head, Request, describe};
use query::Query;
use search::Best;

pub use field::{FieldEntry, Key};
pub use object::{ObjectEntry, RecordTypeEntry};

pub use query::Asked;

/// The members of the answers, and of the composite answer around them, that anything here looks at.
pub const MEMBERS: [&str; 36] = [
    "compositeResponse",
    "httpStatusCode",
    "referenceId",
    "body",
    "errorCode",
    "message",
    "sobjects",
    "name",
    "label",
    "labelPlural",
    "keyPrefix",
    "custom",
    "createable",
    "updateable",
    "queryable",
    "deprecatedAndHidden",
    "recordTypeInfos",
    "developerName",
    "available",
    "master",
    "fields",
    "type",
    "length",
    "nillable",
    "defaultedOnCreate",
    "externalId",
    "idLookup",
    "unique",
    "filterable",
    "restrictedPicklist",
    "picklistValues",
    "active",
    "value",
    "referenceTo",
    "relationshipName",
    "inlineHelpText",
];

/// What the org has of what was asked for.
#[derive(Debug, PartialEq)]
pub struct Discovered {
    /// `Done`, or why there are no entries: `Failed`, `SessionExpired` or `Deferred`.
    pub status: Status,
    /// Of the objects, or the object whose fields were asked for.
    pub objects: Vec<ObjectEntry>,
    /// Record types of the object whose fields were asked for, whatever the search; 200 at most.
    pub record_types: Vec<RecordTypeEntry>,
    /// Fields that fit the search, those that fit best first, as many as were asked for.
    pub fields: Vec<FieldEntry>,
    /// Entries that fit, listed or not.
    pub total: u32,
    /// HTTP requests handed to the transport, repeated ones included.
    pub requests: u32,
    /// With `Deferred`: how long to wait before asking again.
    pub retry_after_seconds: Option<u32>,
    /// Of the last answer that told it; `None` if none did.
    pub api_usage: Option<ApiUsage>,
    /// Why the status is not `Done`.
    pub findings: Vec<Finding>,
}

/// What to do next.
pub type Step = exchange::Step<Waiting, Discovered>;

/// A discovery that waits for an answer.
#[derive(Debug, PartialEq)]
pub struct Waiting {
    discover: Discover,
    request: Request,
    composite: Composite,
    asked: Question,
}

/// A discovery.
#[derive(Debug, PartialEq)]
pub struct Discover {
    query: Query,
    exchange: Exchange,
}

#[derive(Clone, Debug, PartialEq)]
enum Question {
    Objects,
    Fields(SObjectName),
    /// Which of its objects has nearly this name?
    Nearest(SObjectName),
}

/// What an answer tells.
enum Learnt {
    Found(Discovered),
    NoSuchObject(SObjectName),
}

impl Discover {
    pub(crate) fn new(query: Query) -> Self {
        Self { query, exchange: Exchange::new(DEFAULT_DEADLINE_SECONDS) }
    }

    /// The first step.
    pub fn start(self) -> Step {
        let question = match &self.query.object {
            Some(object) => Question::Fields(object.clone()),
            None => Question::Objects,
        };
        self.ask(question)
    }

    /// Carries out a whole discovery.
    pub fn drive(self, transport: &mut impl Transport) -> Discovered {
        self.start().drive(transport)
    }

    fn ask(self, asked: Question) -> Step {
        let (version, reference) = (self.query.api_version, "ask_0".to_owned());
        let subrequest = match &asked {
            Question::Fields(object) => describe::subrequest(version, reference, object),
            Question::Objects | Question::Nearest(_) => describe::all(version, reference),
        };
        let (request, composite) = Composite::new(version, false, vec![subrequest]);
        self.send(request, composite, asked, 0)
    }

    fn send(mut self, request: Request, composite: Composite, asked: Question, after: u64) -> Step {
        let sending = self.exchange.sending(after, Within::All);
        Step::Send(sending, Box::new(Waiting { discover: self, request, composite, asked }))
    }

    fn answered(mut self, request: Request, composite: Composite, asked: Question, answer: &Answer) -> Step {
        let trouble = match self.learn(&composite, &asked, answer) {
            Ok(Learnt::Found(found)) => return Step::Done(Box::new(found)),
            Ok(Learnt::NoSuchObject(object)) => return self.ask(Question::Nearest(object)),
            Err(trouble) => *trouble,
        };
        match (self.exchange.next(&trouble, true), asked) {
            (Next::Again { after }, asked) => self.send(request, composite, asked, after),
            // That there is no such object is known, and no suggestion is no reason to hide it.
            (Next::GiveUp(_), Question::Nearest(object)) => Step::Done(Box::new(self.unknown_object(&object, &[]))),
            (next, _) => Step::Done(Box::new(self.failed(next, trouble))),
        }
    }

    fn learn(&self, composite: &Composite, asked: &Question, answer: &Answer) -> Result<Learnt, Box<Trouble>> {
        let response = Trouble::of(answer)?;
        let query = &self.query;
        let (mut objects, mut fields) = (Best::new(query.limit), Best::new(query.limit));
        let mut names = Vec::new();
        let list = if let Question::Fields(_) = asked { "fields" } else { "sobjects" };
        let mut take = |entry: &Value| match asked {
            Question::Objects => ObjectEntry::offer(entry, query, &mut objects),
            Question::Fields(_) => FieldEntry::offer(entry, query, &mut fields),
            Question::Nearest(_) => {
                names.extend(entry.get("name").and_then(Value::as_str).and_then(SObjectName::parse));
            }
        };
        let rest = handing_over(&response.body, &MEMBERS, list, &mut take).map_err(|unfit| match unfit {
            Unfit::TooManyValues => Trouble::TOO_LARGE,
            Unfit::NotJson => Trouble::Unreadable,
        })?;
        let subresponse = composite.answers_of(rest).and_then(|answers| answers.into_iter().next());
        let subresponse = subresponse.ok_or(Trouble::Unreadable)?;
        if !subresponse.is_success() {
            let error = ApiError::new(subresponse.status, &subresponse.body);
            return match asked {
                Question::Fields(object) if error.status == 404 => Ok(Learnt::NoSuchObject(object.clone())),
                _ => Err(Trouble::Refused { error, whole: false }.into()),
            };
        }
        let (total, found) = match asked {
            Question::Objects => {
                let (objects, total) = objects.into_parts();
                (total, Discovered { objects, ..self.ended(Status::Done) })
            }
            Question::Fields(_) => {
                let object = ObjectEntry::new(&subresponse.body).ok_or(Trouble::Unreadable)?;
                let record_types = RecordTypeEntry::all(&subresponse.body);
                let (fields, total) = fields.into_parts();
                (total, Discovered { objects: vec![object], record_types, fields, ..self.ended(Status::Done) })
            }
            Question::Nearest(object) => (0, self.unknown_object(object, &names)),
        };
        Ok(Learnt::Found(Discovered { total, ..found }))
    }

    fn unknown_object(&self, object: &SObjectName, names: &[SObjectName]) -> Discovered {
        let names: Vec<&str> = names.iter().map(SObjectName::as_str).collect();
        let said = match suggestion(object.as_str(), &names) {
            Some(near) => said!(findings_org::misspelt_object(object, near)),
            None => said!(findings_org::unknown_object(object)),
        };
        let findings = vec![Finding::new(FindingCode::UnknownObject, query::OBJECT, said)];
        Discovered { findings, ..self.ended(Status::Failed) }
    }

    fn failed(&self, next: Next, trouble: Trouble) -> Discovered {
        let Unanswered { status, finding, retry_after_seconds } = Unanswered::of(next, trouble, Again::Ask);
        Discovered { retry_after_seconds, findings: vec![finding], ..self.ended(status) }
    }

    fn ended(&self, status: Status) -> Discovered {
        Discovered {
            status,
            objects: Vec::new(),
            record_types: Vec::new(),
            fields: Vec::new(),
            total: 0,
            requests: self.exchange.spent.requests,
            retry_after_seconds: None,
            api_usage: self.exchange.spent.api_usage,
            findings: Vec::new(),
        }
    }
}

impl exchange::Waiting<Discovered> for Waiting {
    fn request(&self) -> Cow<'_, Request> {
        Cow::Borrowed(&self.request)
    }

    fn answer(mut self, answer: Answer, now: Moment) -> Step {
        self.discover.exchange.told(Head::of(&answer), now);
        self.discover.answered(self.request, self.composite, self.asked, &answer)
    }
}

fn text(value: &Value, member: &str) -> Option<String> {
    value.get(member)?.as_str().map(ToOwned::to_owned)
}

fn flag(value: &Value, member: &str) -> bool {
    value.get(member).and_then(Value::as_bool).unwrap_or(false)
}

fn list<'a>(value: &'a Value, member: &str) -> &'a [Value] {
    value.get(member).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}
