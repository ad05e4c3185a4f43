//! The core's types → those of `wit/`, one to one.

#[cfg(not(feature = "run-only"))]
mod form;
#[cfg(not(feature = "run-only"))]
mod many;
mod outcome;
#[cfg(not(feature = "run-only"))]
mod plan;

#[cfg(not(feature = "run-only"))]
pub(super) use form::{form, manifest, renderer, tool};
#[cfg(not(feature = "run-only"))]
pub(super) use many::many_outcome;
pub(super) use outcome::outcome;
#[cfg(not(feature = "run-only"))]
pub(super) use plan::{plan, prepared, preview};

use super::exports::chat_flow::salesforce::types as wit;
use crate::base::{Finding, Language, Severity, Words};
use crate::report::{Act, Ambiguity, Problem, RecordError, RecordResult, Retry, Status};
use crate::salesforce::RecordId;
use crate::wire::ApiUsage;

pub(super) fn findings(findings: Vec<Finding>) -> Vec<wit::Finding> {
    let finding = |finding: Finding| wit::Finding {
        severity: match finding.severity {
            Severity::Error => wit::Severity::Error,
            Severity::Warning => wit::Severity::Warning,
            Severity::Info => wit::Severity::Info,
        },
        code: finding.code.word().to_owned(),
        path: finding.path,
        message: finding.message.get(Language::En).to_owned(),
        remedy: finding.remedy.get(Language::En).to_owned(),
        texts: finding_texts(finding.message, finding.remedy),
    };
    findings.into_iter().map(finding).collect()
}

fn finding_texts(message: Words, remedy: Words) -> Vec<wit::FindingTexts> {
    let texts = |((language, message), (_, remedy)): ((Language, String), (Language, String))| wit::FindingTexts {
        language: language.tag().to_owned(),
        message,
        remedy,
    };
    message.into_each().zip(remedy.into_each()).map(texts).collect()
}

pub(super) fn api_usage(usage: ApiUsage) -> wit::ApiUsage {
    wit::ApiUsage { used: usage.used, limit: usage.limit }
}

pub(super) fn status(status: Status) -> wit::Status {
    match status {
        Status::Done => wit::Status::Done,
        Status::Ambiguous => wit::Status::Ambiguous,
        Status::Failed => wit::Status::Failed,
        Status::Deferred => wit::Status::Deferred,
        Status::SessionExpired => wit::Status::SessionExpired,
    }
}

/// What is counted here is far below.
fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

fn error(error: RecordError, act: Act, result: Option<RecordResult>) -> wit::RecordError {
    let visitor = error.for_visitor(act, result);
    with_texts(error, visitor)
}

fn with_texts(error: RecordError, visitor: Words) -> wit::RecordError {
    let texts = visitor.into_each().map(|(language, visitor)| wit::Texts {
        language: language.tag().to_owned(),
        visitor,
        administrator: error.message.get(language).to_owned(),
    });
    wit::RecordError {
        texts: texts.collect(),
        code: error.code.to_string(),
        message: error.message.get(Language::En).to_owned(),
        fields: error.fields,
        retry: match error.retry {
            Retry::Never => wit::RetryAdvice::Never,
            Retry::RenewSession => wit::RetryAdvice::RenewSession,
            Retry::Later => wit::RetryAdvice::Later,
            Retry::Verify => wit::RetryAdvice::Verify,
        },
    }
}

#[cfg(not(feature = "run-only"))]
pub(super) fn chat_error(failure: RecordError, act: Act) -> wit::RecordError {
    error(failure, act, None)
}

pub(super) fn visitor_texts(words: Words) -> Vec<wit::ProblemText> {
    let text = |(language, text): (Language, String)| wit::ProblemText { language: language.tag().to_owned(), text };
    words.into_each().map(text).collect()
}

fn problem(problem: Problem) -> wit::Problem {
    wit::Problem {
        variable: problem.variable,
        field: problem.field,
        code: problem.code.to_string(),
        texts: visitor_texts(problem.text),
    }
}

fn ambiguity(ambiguity: Ambiguity) -> wit::Ambiguity {
    wit::Ambiguity { keys: ambiguity.keys, differ_in: ambiguity.differ_in }
}

fn id(id: Option<RecordId>) -> Option<String> {
    id.map(|id| id.as_str().to_owned())
}

fn ids(ids: &[RecordId]) -> Vec<String> {
    ids.iter().map(|id| id.as_str().to_owned()).collect()
}
