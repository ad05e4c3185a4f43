//! Settings + the org itself → settings with the org's facts in them, and what they get wrong about it.
//!
//! Asked once, when an author publishes, so that a run asks nothing. As a [`crate::run::Run`] it is sans-I/O: it says what
//! to send and is told the answer. The describes of all mapped objects travel in one composite request, beside two queries;
//! a second one follows only for parents that are found by an external id, or to name the object that was meant. The validation
//! rules take one of their own, in the end and only of settings that are right: a composite request takes no Tooling query.

mod check;
mod facts;
mod org;
pub(crate) mod rewrite;
mod rules;

use std::borrow::Cow;

use crate::base::{Finding, FindingCode, has_error};
use crate::exchange::retry::{Next, Trouble};
use crate::exchange::{self, Exchange, Moment, Transport, Unanswered, Within};
use crate::report::Status;
use crate::salesforce::{FieldName, SObjectName};
use crate::settings::{Records, Settings, Work};
use crate::texts::Again;
use crate::wire::composite::Composite;
use crate::wire::filter::Unfit;
use crate::wire::{Answer, ApiError, Describe, Head, Request, Subrequest, content, describe};
use org::{Org, Rule};

pub use rewrite::with_schema;

/// Describes in one request. One has some hundred kilobytes, and the answer of a request has a bound.
const DESCRIBES_AT_ONCE: usize = 8;
/// Whether the user may upsert by a key that is not unique. Source: object reference, UserPermissionAccess.
const PERMISSIONS: &str = "SELECT PermissionsViewAllData FROM UserPermissionAccess LIMIT 1";
/// Assignment rules, by object. Source: object reference, AssignmentRule.
const RULES: &str = "SELECT Id, SobjectType, Active FROM AssignmentRule LIMIT 2000";

/// What the org answered.
#[derive(Debug, PartialEq)]
pub struct Prepared {
    /// `Done`, or why there are no prepared settings: `Failed`, `SessionExpired` or `Deferred`.
    pub status: Status,
    /// The settings with `schema`; `None` if a finding is an error, or the org did not answer.
    pub settings: Option<String>,
    /// What the settings get wrong about the org, and what `check` says of the prepared ones.
    pub findings: Vec<Finding>,
    /// HTTP requests handed to the transport, repeated ones included.
    pub requests: u32,
    /// With `Deferred`: how long to wait before preparing again.
    pub retry_after_seconds: Option<u32>,
}

/// What to do next.
pub type Step = exchange::Step<Waiting, Prepared>;

/// A preparation that waits for an answer.
#[derive(Debug, PartialEq)]
pub struct Waiting {
    prepare: Prepare,
    request: Request,
    asked: Asked,
}

/// What a request was sent for.
#[derive(Debug, PartialEq)]
enum Asked {
    Questions(Composite, Vec<Question>),
    ValidationRules,
}

/// A preparation.
#[derive(Debug, PartialEq)]
pub enum Preparation {
    /// The records against the org.
    Records(Box<Prepare>),
    /// The document of a request, for which the org has no facts to give.
    Request(String),
}

/// A preparation that asks the org.
#[derive(Debug, PartialEq)]
pub struct Prepare {
    /// The author's document.
    text: String,
    settings: Records,
    org: Org,
    /// The validation rules were asked for, whatever came back.
    asked_for_rules: bool,
    /// What is still to be asked.
    questions: Vec<Question>,
    at_once: usize,
    exchange: Exchange,
}

/// What one subrequest asks.
#[derive(Clone, Debug, PartialEq)]
enum Question {
    Permissions,
    Rules,
    Describe(SObjectName),
    AllObjects,
}

/// Why an answer taught nothing.
enum Unlearnt {
    /// Fewer questions at once may have an answer that fits.
    TooLarge,
    Trouble(Box<Trouble>),
}

impl From<Trouble> for Unlearnt {
    fn from(trouble: Trouble) -> Self {
        Self::Trouble(Box::new(trouble))
    }
}

impl Preparation {
    pub(crate) fn new(text: &str, settings: Settings) -> Self {
        let deadline = settings.deadline_seconds;
        match settings.work {
            Work::Write(records) | Work::Read(records) => {
                Self::Records(Box::new(Prepare::new(text, records, deadline)))
            }
            Work::Request(_) => Self::Request(text.to_owned()),
        }
    }

    /// The first step.
    pub fn start(self) -> Step {
        match self {
            Self::Records(prepare) => prepare.next(),
            Self::Request(text) => Step::Done(Box::new(Prepared {
                status: Status::Done,
                findings: Settings::check(&text),
                settings: Some(text),
                requests: 0,
                retry_after_seconds: None,
            })),
        }
    }

    /// Carries out a whole preparation.
    pub fn drive(self, transport: &mut impl Transport) -> Prepared {
        self.start().drive(transport)
    }
}

impl Prepare {
    fn new(text: &str, settings: Records, deadline_seconds: u32) -> Self {
        let mut questions = vec![Question::Permissions];
        let writes = settings.records.iter().filter(|record| !record.reads());
        let mut sobjects = writes.flat_map(|record| record.sobjects());
        if sobjects.any(SObjectName::has_assignment_rules) {
            questions.push(Question::Rules);
        }
        let mut prepare = Self {
            text: text.to_owned(),
            exchange: Exchange::new(deadline_seconds),
            settings,
            org: Org::default(),
            asked_for_rules: false,
            questions,
            at_once: DESCRIBES_AT_ONCE,
        };
        let records = prepare.settings.records.iter();
        let sobjects: Vec<SObjectName> = records.flat_map(|record| record.sobjects()).cloned().collect();
        sobjects.iter().for_each(|sobject| prepare.ask_for(sobject));
        let attaches = prepare.settings.records.iter().any(|record| !record.attachments().is_empty());
        SObjectName::parse(content::SOBJECT).iter().filter(|_| attaches).for_each(|sobject| prepare.ask_for(sobject));
        prepare
    }

    fn ask_for(&mut self, sobject: &SObjectName) {
        // Once, whatever comes back.
        if !self.org.asked.contains(sobject) {
            self.org.asked.push(sobject.clone());
            self.questions.push(Question::Describe(sobject.clone()));
        }
    }

    fn next(mut self) -> Step {
        if self.questions.is_empty() {
            for parent in self.parents() {
                self.ask_for(&parent);
            }
        }
        if self.questions.is_empty() && !self.org.unknown.is_empty() && self.org.all_objects.is_none() {
            self.questions.push(Question::AllObjects);
        }
        if self.questions.is_empty() {
            return self.finish();
        }
        let describes = |question: &Question| matches!(question, Question::Describe(_));
        let others = self.questions.iter().filter(|question| !describes(question)).count();
        let rest = self.questions.split_off(self.questions.len().min(self.at_once + others));
        let asked = std::mem::replace(&mut self.questions, rest);
        let version = self.settings.api_version;
        let subrequests = asked.iter().enumerate().map(|(index, question)| {
            let reference = format!("ask_{index}");
            let query = |soql| format!("/services/data/v{version}/query?q={}", crate::wire::encode(soql));
            match question {
                Question::Permissions => describe::get(query(PERMISSIONS), reference),
                Question::Rules => describe::get(query(RULES), reference),
                Question::Describe(sobject) => describe::subrequest(version, reference, sobject),
                Question::AllObjects => describe::all(version, reference),
            }
        });
        let subrequests: Vec<Subrequest> = subrequests.collect();
        let (request, composite) = Composite::new(version, false, subrequests);
        self.send(request, composite, asked, 0)
    }

    fn send(mut self, request: Request, composite: Composite, asked: Vec<Question>, after: u64) -> Step {
        // There is no write to leave time for.
        let sending = self.exchange.sending(after, Within::All);
        let asked = Asked::Questions(composite, asked);
        Step::Send(sending, Box::new(Waiting { prepare: self, request, asked }))
    }

    /// Objects behind the relationships that mappings go through.
    fn parents(&self) -> Vec<SObjectName> {
        let mut parents = Vec::new();
        for record in self.settings.records.iter().flat_map(|record| record.forms()) {
            let Some(describe) = self.org.describe(&record.sobject) else { continue };
            let relationships = record.paths().filter_map(|path| path.relationship.as_ref());
            let fields = relationships.filter_map(|relationship| describe.lookup_field(relationship));
            parents.extend(fields.filter_map(|field| field.only_reference().and_then(SObjectName::parse)));
        }
        parents
    }

    fn answered(mut self, request: Request, composite: Composite, asked: Vec<Question>, answer: &Answer) -> Step {
        let (describes, unknown) = (self.org.describes.len(), self.org.unknown.len());
        let learnt = self.learn(&composite, &asked, answer);
        if learnt.is_err() {
            // All of it is asked again.
            self.org.describes.truncate(describes);
            self.org.unknown.truncate(unknown);
        }
        match learnt {
            Ok(()) => self.next(),
            Err(Unlearnt::TooLarge) if self.at_once > 1 => self.smaller(asked),
            Err(unlearnt) => {
                let trouble = match unlearnt {
                    Unlearnt::Trouble(trouble) => *trouble,
                    Unlearnt::TooLarge => Trouble::TOO_LARGE,
                };
                match self.exchange.next(&trouble, true) {
                    Next::Again { after } => self.send(request, composite, asked, after),
                    next => self.failed(next, trouble),
                }
            }
        }
    }

    fn learn(&mut self, composite: &Composite, asked: &[Question], answer: &Answer) -> Result<(), Unlearnt> {
        let response = Trouble::of(answer).map_err(|trouble| match trouble.is_too_large() {
            true => Unlearnt::TooLarge,
            false => Unlearnt::Trouble(trouble),
        })?;
        let answers = composite.answers_keeping(response, &describe::MEMBERS).map_err(|unfit| match unfit {
            Unfit::TooManyValues => Unlearnt::TooLarge,
            Unfit::NotJson => Trouble::Unreadable.into(),
        })?;
        for (question, answer) in asked.iter().zip(answers) {
            let error = (!answer.is_success()).then(|| ApiError::new(answer.status, &answer.body));
            let refused = |error| Err(Trouble::Refused { error, whole: false }.into());
            match (question, error) {
                (_, Some(error)) if error.is_expired_session() || error.is_limit() => return refused(error),
                (Question::Describe(sobject), Some(error)) if error.status == 404 => {
                    self.org.unknown.push(sobject.clone());
                }
                (Question::Describe(_), Some(error)) => return refused(error),
                (Question::Describe(_), None) => {
                    let describe = Describe::new(&answer.body, |name, parent| self.uses(name, parent));
                    self.org.describes.push(describe.ok_or(Trouble::Unreadable)?);
                }
                (Question::Permissions, error) => {
                    self.org.view_all_data = org::permission(&answer.body, error.is_some());
                }
                (Question::Rules, None) => self.org.rules = Some(org::rules(&answer.body)),
                (Question::AllObjects, None) => self.org.all_objects = Some(org::names(&answer.body)),
                // Not every user may ask that; what it would have told is left out.
                (Question::Rules, Some(_)) => {}
                (Question::AllObjects, Some(_)) => self.org.all_objects = Some(Vec::new()),
            }
        }
        Ok(())
    }

    /// Whether a mapping names the field, or goes through its relationship. On whichever object: parents are known later.
    fn uses(&self, name: &str, relationship: Option<&str>) -> bool {
        let is = |field: &FieldName, name: &str| field.as_str().eq_ignore_ascii_case(name);
        if name == content::RECORD {
            return true;
        }
        let marks = self.settings.records.iter().filter_map(|record| record.idempotency());
        marks.into_iter().any(|mark| is(&mark.field, name))
            || self.settings.records.iter().flat_map(|record| record.paths()).any(|path| {
                let parent = path.relationship.as_ref();
                is(&path.field, name) || parent.zip(relationship).is_some_and(|(parent, name)| is(parent, name))
            })
    }

    /// The same questions again, fewer at once.
    fn smaller(mut self, asked: Vec<Question>) -> Step {
        self.at_once /= 2;
        self.questions.splice(0..0, asked);
        self.next()
    }

    fn failed(self, next: Next, trouble: Trouble) -> Step {
        let Unanswered { status, finding, retry_after_seconds } = Unanswered::of(next, trouble, Again::Prepare);
        let (findings, requests) = (vec![finding], self.exchange.spent.requests);
        Step::Done(Box::new(Prepared { status, settings: None, findings, requests, retry_after_seconds }))
    }

    fn finish(self) -> Step {
        let mut findings = check::check(&self.settings, &self.org);
        if self.is_to_ask_for_rules(&findings) {
            return self.ask_for_rules();
        }
        findings.extend(self.rules_unread());
        let schema = facts::schema(&self.settings.records, &self.org);
        let settings = rewrite::with_schema(&self.text, &rewrite::json(&schema));
        // What the document says of itself, now that the facts are in it. A field that is not there is one finding, not two.
        let of_document = Settings::check(&settings);
        let is_new = |finding: &Finding| {
            !findings.iter().any(|other| other.path == finding.path)
                && (finding.code != FindingCode::NotPrepared || !has_error(&findings))
        };
        let of_document: Vec<Finding> = of_document.into_iter().filter(is_new).collect();
        findings.extend(of_document);
        let failed = has_error(&findings);
        Step::Done(Box::new(Prepared {
            status: if failed { Status::Failed } else { Status::Done },
            settings: (!failed).then_some(settings),
            findings,
            requests: self.exchange.spent.requests,
            retry_after_seconds: None,
        }))
    }
}

impl exchange::Waiting<Prepared> for Waiting {
    fn request(&self) -> Cow<'_, Request> {
        Cow::Borrowed(&self.request)
    }

    fn answer(mut self, answer: Answer, now: Moment) -> Step {
        self.prepare.exchange.told(Head::of(&answer), now);
        match self.asked {
            Asked::Questions(composite, asked) => self.prepare.answered(self.request, composite, asked, &answer),
            Asked::ValidationRules => self.prepare.rules_answered(&answer),
        }
    }
}
