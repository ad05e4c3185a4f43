//! What a run would do, and what `prepare` has found.

use super::{ambiguity, api_usage, error, findings, id, ids, number, problem, status, wit};
use crate::audit::Audit;
use crate::base::text;
use crate::log;
use crate::module::{Plan, Preview};
use crate::prepare::Prepared;
use crate::record::{Approach, FieldValue, Link, Lookup, NoneMatches, PlannedRecord};
use crate::report::{Act, PreviewDecision, PreviewedRecord, RecordError};
use crate::salesforce::{Domain, RecordName};
use crate::settings::{DuplicateRule, Overwrite, WhenSeveralMatch, Work};
use crate::value::Attached;
use crate::wire::Request;

pub(crate) fn prepared(prepared: Prepared) -> wit::Prepared {
    wit::Prepared {
        status: status(prepared.status),
        settings: prepared.settings,
        requests: prepared.requests,
        retry_after_seconds: prepared.retry_after_seconds,
        findings: findings(prepared.findings),
    }
}

pub(crate) fn preview(preview: Preview, audit: &Audit) -> wit::RunPreview {
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

pub(crate) fn plan(plan: Plan, audit: &Audit) -> wit::RunPlan {
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

fn planned_file(record: &RecordName, attached: &Attached) -> wit::PlannedFile {
    wit::PlannedFile {
        record: record.as_str().to_owned(),
        variable: attached.variable.clone(),
        index: number(attached.index),
        name: attached.file.name.clone(),
        size: number(attached.file.content.bytes().len()),
    }
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
