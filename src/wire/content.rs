//! `POST /sobjects/ContentVersion`: a file, attached to a record by the same request that creates it.
//!
//! The content travels as base64 in JSON, which Salesforce takes up to 37.5 MB. Nothing of it stands in the request line.
//! Source: REST API guide, Insert or Update Blob Data; object reference, ContentVersion.

use serde_json::Value;

use super::query::Row;
use super::{Request, Response};
use crate::base::text;
use crate::salesforce::{ApiVersion, FieldName, FieldPath, RecordId, SObjectName};
use crate::value::file::File;
use crate::wire::{Condition, Literal, Order, Select};

/// Where files are.
pub(crate) const SOBJECT: &str = "ContentVersion";
/// The record that a new file is attached to.
pub(crate) const RECORD: &str = "FirstPublishLocationId";
/// The file's name, which its type follows from.
pub(crate) const NAME: &str = "PathOnClient";
/// All fields that a new file is given.
pub(crate) const FIELDS: [&str; 4] = ["Title", NAME, RECORD, "VersionData"];
const SIZE: &str = "ContentSize";
/// MD5 of the content, in hexadecimal digits. Source: object reference, ContentVersion, where it may be null.
const CHECKSUM: &str = "Checksum";
/// What the answer to [`already_there`] may have: far more than a record has files of a few names.
const MAX_ROWS: usize = 200;

/// Creates the file at the record.
pub(crate) fn create(version: ApiVersion, record: &RecordId, file: &File) -> Request {
    let mut body = String::new();
    for (member, value) in [("{\"Title\":", file.title()), (",\"PathOnClient\":", file.name.as_str())] {
        body.push_str(member);
        body.push_str(&text(&Value::String(value.to_owned())));
    }
    body.push_str(",\"FirstPublishLocationId\":\"");
    body.push_str(record.as_str());
    body.push_str("\",\"VersionData\":\"");
    body.push_str(Request::AFTER_FILE);
    let path = format!("/services/data/v{version}/sobjects/{SOBJECT}");
    Request { method: "POST", path, body, file: Some(file.content.clone()), ..Request::default() }
}

/// The id of the file; `None` if the answer says something else than that it is there.
pub(crate) fn created(response: &Response) -> Option<RecordId> {
    let body = response.json()?;
    let is_there = response.status == 201 && body.get("success")?.as_bool()?;
    is_there.then(|| RecordId::of_answer(body.get("id")?.as_str()?)).flatten()
}

/// Asks for files of these names at these records. `None` cannot happen: the names of the fields are names.
pub(crate) fn already_there<'a>(wanted: impl Iterator<Item = (&'a RecordId, &'a File)>) -> Option<Select> {
    let field = |name| FieldName::parse(name).map(FieldPath::from);
    let (record, name) = (field(RECORD)?, field(NAME)?);
    let one = |(id, file): (&RecordId, &File)| {
        Condition::All(vec![
            Condition::Equals(record.clone(), Literal::Id(id.clone())),
            Condition::Equals(name.clone(), Literal::Text(file.name.clone())),
        ])
    };
    Some(Select {
        fields: vec![field("Id")?, record.clone(), name.clone(), field(SIZE)?, field(CHECKSUM)?],
        behind: Vec::new(),
        from: SObjectName::parse(SOBJECT)?,
        condition: Condition::Any(wanted.map(one).collect()),
        order: Order::ById,
        limit: MAX_ROWS,
    })
}

/// Whether a row of [`already_there`] is this file at this record.
pub(crate) fn is_same(row: &Row, record: &RecordId, file: &File) -> bool {
    let value = |name: &str| FieldName::parse(name).map(|name| row.field(&name).clone()).unwrap_or_default();
    let (at, name, size) = (value(RECORD), value(NAME), value(SIZE));
    at.as_str().and_then(RecordId::of_answer).as_ref() == Some(record)
        && name.as_str().is_some_and(|name| name.eq_ignore_ascii_case(&file.name))
        && size.as_u64().is_some_and(|size| usize::try_from(size) == Ok(file.content.bytes().len()))
        && value(CHECKSUM).as_str().is_none_or(|sum| sum.eq_ignore_ascii_case(&file.content.md5()))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::value::Content;

    fn file(name: &str, content: &[u8]) -> File {
        File { name: name.into(), content: Content::new(content.to_vec()) }
    }

    #[test]
    fn a_file_is_one_json_object_whatever_its_name_is() {
        let id = RecordId::parse("500000000000001").unwrap();
        let name = "a\"b\u{1F600}\\ .tar.gz";
        let request = create(ApiVersion(62), &id, &file(name, b"content"));
        assert_eq!((request.method, &*request.path), ("POST", "/services/data/v62.0/sobjects/ContentVersion"));
        let body: Value = serde_json::from_str(&request.text()).unwrap();
        let expected = json!({
            "Title": "a\"b\u{1F600}\\ .tar", "PathOnClient": name, "FirstPublishLocationId": id.as_str(),
            "VersionData": "Y29udGVudA==",
        });
        assert_eq!(body, expected);
        let names: Vec<&str> = body.as_object().unwrap().keys().map(String::as_str).collect();
        assert!(FIELDS.iter().all(|field| names.contains(field)) && names.len() == FIELDS.len());
    }

    #[test]
    fn only_a_success_with_an_id_is_a_file() {
        let answer =
            |status, body: Value| Response { status, body: body.to_string().into_bytes(), ..Response::default() };
        let good = json!({ "id": "068000000000001AAA", "success": true, "errors": [] });
        assert!(created(&answer(201, good.clone())).is_some());
        for (status, body) in [
            (200, good),
            (201, json!({ "id": "068000000000001AAA", "success": false })),
            (201, json!({ "success": true })),
            (201, json!({ "id": "../x", "success": true })),
            (201, json!([])),
        ] {
            assert_eq!(created(&answer(status, body)), None);
        }
    }

    #[test]
    fn a_name_is_looked_for_as_a_literal() {
        let id = RecordId::parse("500000000000001").unwrap();
        let select = already_there([(&id, &file("x' OR Id != '", b"x"))].into_iter()).unwrap().to_string();
        let expected = "SELECT Id, FirstPublishLocationId, PathOnClient, ContentSize, Checksum FROM ContentVersion WHERE \
                        (FirstPublishLocationId = '500000000000001AAA' AND PathOnClient = 'x\\' OR Id != \\'') ORDER BY Id LIMIT \
                        200";
        assert_eq!(select, expected);
    }
}
