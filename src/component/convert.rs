//! The core's types → those of `wit/`, one to one.

use serde_json::Value;

use super::exports::chat_flow::salesforce::types as wit;
use crate::audit::Audit;
use crate::base::{Finding, Language, Severity, Words, text};
use crate::describe::Tool;
use crate::form::{Form, Renderer};
use crate::log;
use crate::manifest;
use crate::many::Ending;
use crate::module::{Outcome, Plan, Preview};
use crate::prepare::Prepared;
use crate::record::{Approach, FieldValue, Link, Lookup, NoneMatches, PlannedRecord};
use crate::report::{
    Act, Ambiguity, FileOutcome, FileResult, PreviewDecision, PreviewedRecord, Problem, RecordError, RecordOutcome,
    RecordResult, Retry, Status,
};
use crate::salesforce::{Domain, RecordId, RecordName};
use crate::settings::{DuplicateRule, Mode, Overwrite, WhenSeveralMatch, Work};
use crate::value::Attached;
use crate::wire::{ApiUsage, Request};

pub(super) fn manifest() -> wit::ModuleManifest {
    wit::ModuleManifest {
        name: env!("CARGO_PKG_NAME").to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        modes: Mode::ALL.iter().map(|mode| mode.name().to_owned()).collect(),
        settings_schema: manifest::SETTINGS_SCHEMA.to_owned(),
    }
}

pub(super) fn renderer(renderer: wit::Renderer) -> Renderer {
    match renderer {
        wit::Renderer::ReactJsonschemaForm => Renderer::ReactJsonSchemaForm,
        wit::Renderer::JsonForms => Renderer::JsonForms,
    }
}

pub(super) fn form(form: &Form) -> wit::SettingsForm {
    wit::SettingsForm { schema: text(&form.schema), ui_schema: text(&form.ui_schema), data: text(&form.data) }
}

pub(super) fn tool(tool: Tool) -> wit::Tool {
    wit::Tool {
        name: tool.name,
        title: tool.title,
        description: tool.description,
        variables: text(&tool.variables),
        results: text(&tool.results),
        examples: tool.examples.iter().map(text).collect(),
    }
}

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

pub(super) fn outcome(outcome: Outcome, audit: &Audit) -> wit::Outcome {
    let log = text(&audit.note(log::outcome(&outcome)));
    let correlation = audit.correlation.clone();
    let act = outcome.act(|outcome| outcome.target.act);
    match outcome {
        Work::Write(outcome) | Work::Read(outcome) => wit::Outcome {
            log,
            correlation,
            status: status(outcome.status),
            records: outcome.records.into_iter().map(|record| record_outcome(record, act, &audit.domain)).collect(),
            files: outcome.files.into_iter().map(file_outcome).collect(),
            variables: text(&Value::Object(outcome.variables)),
            requests: outcome.requests,
            retry_after_seconds: outcome.retry_after_seconds,
            api_usage: outcome.api_usage.map(api_usage),
            response: None,
            findings: findings(outcome.findings),
        },
        Work::Request(outcome) => wit::Outcome {
            log,
            correlation,
            status: status(outcome.status),
            records: Vec::new(),
            files: Vec::new(),
            variables: text(&Value::Object(outcome.variables)),
            requests: outcome.requests,
            retry_after_seconds: outcome.retry_after_seconds,
            api_usage: outcome.api_usage.map(api_usage),
            response: Some(wit::ApiResponse {
                http_status: outcome.http_status,
                error: outcome.error.map(|failure| error(failure, act, None)),
            }),
            findings: findings(outcome.findings),
        },
    }
}

/// The correlations are those of the conversations, in their order.
pub(super) fn many_outcome(ending: Ending, correlations: Vec<Option<String>>, audit: &Audit) -> wit::ManyOutcome {
    wit::ManyOutcome {
        log: text(&audit.note(log::many(&ending))),
        status: status(ending.status()),
        retry_after_seconds: ending.retry_after_seconds(),
        requests: ending.spent.requests,
        api_usage: ending.spent.api_usage.map(api_usage),
        conversations: ending
            .results
            .into_iter()
            .zip(correlations)
            .map(|(result, correlation)| {
                let audit = audit.of(correlation);
                match result {
                    Ok(ended) => outcome(Work::Write(ended), &audit),
                    Err(findings) => unread(findings, &audit),
                }
            })
            .collect(),
    }
}

/// Of a conversation that could not be read: findings of severity `error`, and no record.
fn unread(found: Vec<Finding>, audit: &Audit) -> wit::Outcome {
    wit::Outcome {
        log: text(&audit.note(log::unread(&found))),
        correlation: audit.correlation.clone(),
        status: wit::Status::Failed,
        records: Vec::new(),
        files: Vec::new(),
        variables: "{}".to_owned(),
        requests: 0,
        retry_after_seconds: None,
        api_usage: None,
        response: None,
        findings: findings(found),
    }
}

pub(super) fn prepared(prepared: Prepared) -> wit::Prepared {
    wit::Prepared {
        status: status(prepared.status),
        settings: prepared.settings,
        requests: prepared.requests,
        retry_after_seconds: prepared.retry_after_seconds,
        findings: findings(prepared.findings),
    }
}

pub(super) fn preview(preview: Preview, audit: &Audit) -> wit::RunPreview {
    let log = text(&audit.note(log::preview(&preview)));
    let act = preview.act(|plan| plan.target.act);
    match preview {
        Work::Write(preview) | Work::Read(preview) => wit::RunPreview {
            log,
            status: status(preview.status),
            records: preview.records.into_iter().map(|record| previewed_record(record, act, &audit.domain)).collect(),
            writes: preview.writes.into_iter().map(request).collect(),
            files: preview.files.iter().map(|(record, attached)| planned_file(record, attached)).collect(),
            hash: preview.hash,
            requests: preview.requests,
            retry_after_seconds: preview.retry_after_seconds,
            api_usage: preview.api_usage.map(api_usage),
            error: None,
            findings: findings(preview.findings),
        },
        Work::Request(plan) => {
            let (status, hash) = (status(plan.status()), plan.hash());
            let (sent, error) = rendered(plan.rendered, act);
            wit::RunPreview {
                log,
                status,
                records: Vec::new(),
                writes: sent.into_iter().collect(),
                files: Vec::new(),
                hash,
                requests: 0,
                retry_after_seconds: None,
                api_usage: None,
                error,
                findings: findings(plan.findings),
            }
        }
    }
}

/// What is sent, or why nothing is.
fn rendered(rendered: Result<Request, RecordError>, act: Act) -> (Option<wit::HttpRequest>, Option<wit::RecordError>) {
    match rendered {
        Ok(sent) => (Some(request(sent)), None),
        Err(failure) => (None, Some(error(failure, act, None))),
    }
}

pub(super) fn plan(plan: Plan, audit: &Audit) -> wit::RunPlan {
    let (log, hash) = (text(&audit.note(log::plan(&plan))), plan.hash());
    let act = plan.act(|plan| plan.target.act);
    match plan {
        Work::Write(plan) | Work::Read(plan) => wit::RunPlan {
            log,
            hash,
            lookups: plan.lookups.iter().map(|item| lookup(item, &plan.records)).collect(),
            records: plan.records.iter().map(|record| planned_record(record, act)).collect(),
            files: plan
                .files
                .iter()
                .filter_map(|file| Some(planned_file(plan.records.get(file.record)?.name(), &file.attached)))
                .collect(),
            requests_at_least: plan.requests_at_least,
            requests_at_most: plan.requests_at_most,
            findings: findings(plan.findings),
            request: None,
            error: None,
        },
        Work::Request(plan) => {
            let requests = plan.requests();
            let (request, error) = rendered(plan.rendered, act);
            wit::RunPlan {
                log,
                lookups: Vec::new(),
                records: Vec::new(),
                files: Vec::new(),
                requests_at_least: requests,
                requests_at_most: requests,
                hash,
                findings: findings(plan.findings),
                request,
                error,
            }
        }
    }
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

fn record_outcome(record: RecordOutcome, act: Act, domain: &Domain) -> wit::RecordOutcome {
    wit::RecordOutcome {
        name: record.name.as_str().to_owned(),
        sobject: record.sobject.as_str().to_owned(),
        result: match record.result {
            RecordResult::Created => wit::RecordResult::Created,
            RecordResult::Updated => wit::RecordResult::Updated,
            RecordResult::Unchanged => wit::RecordResult::Unchanged,
            RecordResult::Found => wit::RecordResult::Found,
            RecordResult::Skipped => wit::RecordResult::Skipped,
            RecordResult::Ambiguous => wit::RecordResult::Ambiguous,
            RecordResult::Failed => wit::RecordResult::Failed,
            RecordResult::Unknown => wit::RecordResult::Unknown,
        },
        url: record.id.as_ref().map(|id| domain.record_url(id)),
        id: id(record.id),
        candidates: ids(&record.candidates),
        error: record.error.map(|failure| error(failure, act, Some(record.result))),
        problems: record.problems.into_iter().map(problem).collect(),
        ambiguity: record.ambiguity.map(ambiguity),
    }
}

fn previewed_record(record: PreviewedRecord, act: Act, domain: &Domain) -> wit::PreviewedRecord {
    wit::PreviewedRecord {
        name: record.name.as_str().to_owned(),
        sobject: record.sobject.as_str().to_owned(),
        decision: match record.decision {
            PreviewDecision::Create => wit::Decision::Create,
            PreviewDecision::Update => wit::Decision::Update,
            PreviewDecision::Upsert => wit::Decision::Upsert,
            PreviewDecision::Unchanged => wit::Decision::Unchanged,
            PreviewDecision::Found => wit::Decision::Found,
            PreviewDecision::Skip => wit::Decision::Skip,
            PreviewDecision::Ambiguous => wit::Decision::Ambiguous,
            PreviewDecision::Fail => wit::Decision::Fail,
        },
        url: record.id.as_ref().map(|id| domain.record_url(id)),
        id: id(record.id),
        candidates: ids(&record.candidates),
        error: record.error.map(|failure| error(failure, act, None)),
        problems: record.problems.into_iter().map(problem).collect(),
        ambiguity: record.ambiguity.map(ambiguity),
    }
}

fn file_outcome(file: FileOutcome) -> wit::FileOutcome {
    wit::FileOutcome {
        record: file.record.as_str().to_owned(),
        variable: file.variable,
        index: number(file.index),
        result: match file.result {
            FileResult::Created => wit::FileResult::Created,
            FileResult::Failed => wit::FileResult::Failed,
            FileResult::Unknown => wit::FileResult::Unknown,
            FileResult::Skipped => wit::FileResult::Skipped,
        },
        id: id(file.id),
        error: file.error.map(|error| with_texts(error, RecordError::for_visitor_of_file(file.result))),
    }
}

fn planned_file(record: &RecordName, attached: &Attached) -> wit::PlannedFile {
    wit::PlannedFile {
        record: record.as_str().to_owned(),
        variable: attached.variable.clone(),
        index: number(attached.index),
        name: attached.file.name.clone(),
        size: number(attached.file.content.bytes().len()),
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

fn planned_record(record: &PlannedRecord, act: Act) -> wit::PlannedRecord {
    let (approach, failure) = match &record.approach {
        Approach::Create => (wit::Approach::Create, None),
        Approach::LookUp => (wit::Approach::LookUp, None),
        Approach::UpsertByKey(_) => (wit::Approach::UpsertByKey, None),
        Approach::UpdateById(_) => (wit::Approach::UpdateById, None),
        Approach::Skip { .. } => (wit::Approach::Skip, None),
        Approach::Fail(failure) => (wit::Approach::Fail, Some(failure.clone())),
    };
    wit::PlannedRecord {
        name: record.name().as_str().to_owned(),
        sobject: record.sobject().as_str().to_owned(),
        look_in: record.settings.look_in.iter().map(|sobject| sobject.as_str().to_owned()).collect(),
        approach,
        when_none_matches: match record.when_none_matches {
            NoneMatches::Create => wit::NoneMatches::Create,
            NoneMatches::Clear => wit::NoneMatches::Clear,
            NoneMatches::Skip => wit::NoneMatches::Skip,
            NoneMatches::Fail => wit::NoneMatches::Fail,
        },
        when_several_match: match record.settings.when_several_match {
            WhenSeveralMatch::Stop => wit::SeveralMatch::Stop,
            WhenSeveralMatch::MostRecentlyModified => wit::SeveralMatch::MostRecentlyModified,
            WhenSeveralMatch::List => wit::SeveralMatch::List,
        },
        when_duplicate: match record.settings.duplicate_rule() {
            DuplicateRule::Block => wit::DuplicateAlert::Refuse,
            DuplicateRule::Allow => wit::DuplicateAlert::Allow,
            DuplicateRule::Adopt => wit::DuplicateAlert::Adopt,
        },
        fields: record.fields.iter().map(planned_field).collect(),
        links: record.links.iter().map(planned_link).collect(),
        idempotency: record.idempotency_key().map(planned_field),
        read_back: record.fields_read().collect(),
        error: failure.map(|failure| error(failure, act, None)),
        problems: record.problems.iter().cloned().map(problem).collect(),
    }
}

fn planned_field(field: &FieldValue) -> wit::PlannedField {
    wit::PlannedField {
        field: field.path.to_string(),
        value: text(&field.json()),
        key: field.key.is_some(),
        only_finds: field.only_finds,
        overwrite: overwrite(field.overwrite),
    }
}

fn planned_link(link: &Link) -> wit::PlannedLink {
    wit::PlannedLink {
        field: link.field.as_str().to_owned(),
        record: link.record.as_str().to_owned(),
        key: link.key,
        only_finds: link.only_finds,
        overwrite: overwrite(link.overwrite),
    }
}

fn overwrite(overwrite: Overwrite) -> wit::Overwrite {
    match overwrite {
        Overwrite::Always => wit::Overwrite::Always,
        Overwrite::IfEmpty => wit::Overwrite::IfEmpty,
        Overwrite::OnCreate => wit::Overwrite::OnCreate,
        Overwrite::Append => wit::Overwrite::Append,
    }
}

fn lookup(lookup: &Lookup, records: &[PlannedRecord]) -> wit::Lookup {
    wit::Lookup {
        sobject: lookup.select.from.as_str().to_owned(),
        soql: lookup.select.to_string(),
        records: lookup
            .records()
            .into_iter()
            .filter_map(|index| records.get(index))
            .map(|record| record.name().as_str().to_owned())
            .collect(),
    }
}

fn request(request: Request) -> wit::HttpRequest {
    wit::HttpRequest { method: request.method.to_owned(), path: request.path, body: request.body }
}

fn id(id: Option<RecordId>) -> Option<String> {
    id.map(|id| id.as_str().to_owned())
}

fn ids(ids: &[RecordId]) -> Vec<String> {
    ids.iter().map(|id| id.as_str().to_owned()).collect()
}
