//! `objects` and `fields`: WIT on one side, `crate::discover` on the other.

use super::convert::{api_usage, findings, status};
use super::exports::chat_flow::salesforce::types as wit;
use super::http::WasiHttp;
use crate::discover::{Asked, Discovered, FieldEntry, Key, MEMBERS, ObjectEntry, RecordTypeEntry};
use crate::module::{self, Session};

pub(super) fn objects(
    session: &wit::Session,
    query: &wit::ObjectQuery,
) -> Result<wit::ObjectsAnswer, Vec<wit::Finding>> {
    let asked = Asked {
        deployment_domain: &query.deployment_domain,
        api_version: query.api_version.as_deref(),
        search: &query.search,
        limit: query.limit,
        all: query.all,
        of: None,
    };
    let found = discover(session, &asked)?;
    Ok(wit::ObjectsAnswer {
        status: status(found.status),
        more: is_more(found.total, found.objects.len()),
        objects: found.objects.into_iter().map(object_entry).collect(),
        total: found.total,
        requests: found.requests,
        retry_after_seconds: found.retry_after_seconds,
        api_usage: found.api_usage.map(api_usage),
        findings: findings(found.findings),
    })
}

pub(super) fn fields(session: &wit::Session, query: &wit::FieldQuery) -> Result<wit::FieldsAnswer, Vec<wit::Finding>> {
    let asked = Asked {
        deployment_domain: &query.deployment_domain,
        api_version: query.api_version.as_deref(),
        search: &query.search,
        limit: query.limit,
        all: query.all,
        of: Some((&query.object, query.values)),
    };
    let found = discover(session, &asked)?;
    Ok(wit::FieldsAnswer {
        status: status(found.status),
        object: found.objects.into_iter().next().map(object_entry),
        record_types: found.record_types.into_iter().map(record_type_entry).collect(),
        more: is_more(found.total, found.fields.len()),
        fields: found.fields.into_iter().map(field_entry).collect(),
        total: found.total,
        requests: found.requests,
        retry_after_seconds: found.retry_after_seconds,
        api_usage: found.api_usage.map(api_usage),
        findings: findings(found.findings),
    })
}

fn discover(session: &wit::Session, asked: &Asked) -> Result<Discovered, Vec<wit::Finding>> {
    let access = Session { instance_url: &session.instance_url, access_token: &session.access_token };
    let (discover, domain) = module::discover(&access, asked).map_err(findings)?;
    Ok(discover.drive(&mut WasiHttp::new(&domain, Some(&session.access_token)).keeping(&MEMBERS)))
}

fn is_more(total: u32, listed: usize) -> bool {
    usize::try_from(total).is_ok_and(|total| total > listed)
}

fn object_entry(object: ObjectEntry) -> wit::ObjectEntry {
    wit::ObjectEntry {
        name: object.name,
        label: object.label,
        label_plural: object.label_plural,
        key_prefix: object.key_prefix,
        custom: object.custom,
        createable: object.createable,
        updateable: object.updateable,
        queryable: object.queryable,
    }
}

fn record_type_entry(entry: RecordTypeEntry) -> wit::RecordTypeEntry {
    wit::RecordTypeEntry { developer_name: entry.developer_name, label: entry.label }
}

fn field_entry(field: FieldEntry) -> wit::FieldEntry {
    wit::FieldEntry {
        name: field.name,
        label: field.label,
        help: field.help,
        type_: field.word,
        length: field.length,
        required: field.required,
        custom: field.custom,
        createable: field.createable,
        updateable: field.updateable,
        key: match field.key {
            Key::No => wit::KeyUse::None,
            Key::Lookup => wit::KeyUse::ByLookup,
            Key::NativeWithViewAllData => wit::KeyUse::NativeWithViewAllData,
            Key::Native => wit::KeyUse::Native,
        },
        restricted: field.restricted,
        values: field.values.into_iter().map(|(value, label)| wit::PicklistValue { value, label }).collect(),
        more_values: field.more_values,
        references: field.references,
        relationship: field.relationship,
    }
}
