//! What our REST code reads in an answer, against what stands in it. All expectations are taken from the payload itself.

use salesforce_module::salesforce::{ApiVersion, FieldName, FieldPath, SObjectName};
use salesforce_module::wire::{
    ApiError, Composite, Condition, Order, Response, Rows, Select, Subrequest, Subresponse, rows, written,
};
use serde_json::{Map, Value, json};

use crate::payloads::catalogue::{Kind, of};
use crate::payloads::files::{self, Payload};

pub fn response(status: u16, body: Vec<u8>) -> Response {
    Response { status, body, ..Response::default() }
}

/// Each payload of a kind.
pub fn each(kind: Kind, read: impl Fn(&Payload)) {
    for payload in files::read(of(kind)).into_iter().flatten() {
        read(&payload);
    }
}

fn part(status: u16, body: &Value) -> Subresponse {
    Subresponse { status, body: body.clone(), reference_id: "part".into() }
}

pub fn list<'a>(value: &'a Value, member: &str) -> &'a [Value] {
    value[member].as_array().unwrap_or_else(|| panic!("no list {member}")).as_slice()
}

pub fn text<'a>(value: &'a Value, member: &str) -> &'a str {
    value[member].as_str().unwrap_or_else(|| panic!("no text {member}"))
}

/// Fixtures also hold placeholders, which are no ids.
fn is_id(text: &str) -> bool {
    matches!(text.len(), 15 | 18) && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

#[test]
fn a_write_is_read_with_its_id_and_whether_it_created() {
    let read = |payload: &Payload| {
        let answer = part(payload.status.expect("a status"), &payload.body);
        let id = text(&payload.body, "id");
        let got = written(&answer.body);
        assert_eq!(got.is_some(), is_id(id), "{}", payload.name);
        if let Some(got) = got {
            assert_eq!((got.id.as_str(), got.created), (id, payload.body["created"].as_bool()), "{}", payload.name);
        }
        assert!(answer.is_success());
    };
    each(Kind::Created, read);
    each(Kind::Upserted, read);
}

#[test]
fn an_answer_without_a_body_is_a_success_that_names_nothing() {
    each(Kind::Empty, |payload| {
        let answer = part(payload.status.expect("a status"), &payload.body);
        assert!(answer.is_success(), "{}", payload.name);
        assert_eq!(written(&answer.body), None, "{}", payload.name);
    });
}

fn select(limit: usize) -> Select {
    let from = SObjectName::parse("Contact").expect("a name");
    let condition = Condition::All(Vec::new());
    Select { fields: Vec::new(), behind: Vec::new(), from, condition, order: Order::ById, limit }
}

/// What is read of a query's answer, against what stands in it; whether it can be decided on.
fn check_rows(name: &str, body: &Value) -> bool {
    let records = list(body, "records");
    let adds_up = body["done"] == true && body["totalSize"] == records.len();
    let has_ids = records.iter().all(|record| record["Id"].as_str().is_some_and(is_id));
    let read = rows(&select(records.len() + 1), part(200, body));
    assert_eq!(read.is_some(), adds_up && has_ids, "{name}");
    let Some(Rows { rows: read, complete }) = read else { return false };
    assert!(complete && read.len() == records.len(), "{name}");
    for (row, record) in read.iter().zip(records) {
        assert_eq!(row.id.as_str(), text(record, "Id"), "{name}");
        for (field, value) in record.as_object().expect("a record").iter().filter(|(field, _)| *field != "attributes") {
            // One recording's masking left a name that no field has.
            let Some(parsed) = FieldName::parse(field) else { continue };
            assert_eq!(row.field(&parsed), value, "{name}");
            let lower = FieldName::parse(&field.to_lowercase()).expect("a name");
            assert_eq!(row.field(&lower), value, "{name}: names in any case");
            let nested = value.as_object().into_iter().flatten();
            for (inner, value) in
                nested.filter(|(inner, _)| *inner != "attributes" && value.get("attributes").is_some())
            {
                let path = FieldPath::parse(&format!("{field}.{inner}")).unwrap_or_else(|| panic!("{name}: {field}"));
                assert_eq!(row.get(&path), value, "{name}");
            }
        }
    }
    assert!(records.is_empty() || !rows(&select(records.len()), part(200, body)).expect("rows").complete, "{name}");
    true
}

#[test]
fn a_query_is_read_row_by_row_or_not_at_all() {
    let mut decided = Vec::new();
    for payload in files::read(of(Kind::Query)).into_iter().flatten() {
        decided.push(check_rows(payload.name, &payload.body));
    }
    // Pages of more, and rows without ids, are among them: both must have been met.
    assert!(decided.is_empty() || (decided.contains(&true) && decided.contains(&false)));
}

/// The composite request that has these parts.
pub fn composite(references: impl Iterator<Item = String>) -> Composite {
    let subrequest =
        |reference_id| Subrequest { method: "GET", url: String::new(), reference_id, headers: Map::new(), body: None };
    Composite::new(ApiVersion(62), true, references.map(subrequest).collect()).1
}

#[test]
fn composite_answers_are_read_part_by_part_whatever_their_order() {
    each(Kind::Composite, |payload| {
        let name = payload.name;
        let parts = list(&payload.body, "compositeResponse");
        let references = || parts.iter().rev().map(|part| text(part, "referenceId").to_owned());
        let composite = composite(references());
        let answers = composite.answers(&response(200, payload.bytes()));
        let answers = answers.unwrap_or_else(|| panic!("{name}: not read"));
        assert_eq!(answers.len(), parts.len(), "{name}");
        for (answer, part) in answers.iter().zip(parts.iter().rev()) {
            check_part(name, answer, part);
        }
        // The cause of a rollback is the one failure that is no consequence, wherever it stands.
        let failed = answers.iter().filter(|answer| answer.status >= 400);
        let errors: Vec<ApiError> = failed.map(|answer| ApiError::new(answer.status, &answer.body)).collect();
        let halted = parts.iter().filter(|part| part["body"][0]["errorCode"] == "PROCESSING_HALTED").count();
        assert_eq!(errors.iter().filter(|error| error.is_consequence()).count(), halted, "{name}");
        let mut cut = payload.body.clone();
        drop(cut["compositeResponse"].as_array_mut().and_then(Vec::pop));
        let composite = crate::payloads::reading::composite(references());
        assert_eq!(composite.answers(&response(200, cut.to_string().into_bytes())), None, "{name}: a part is missing");
    });
}

#[test]
fn one_part_of_a_composite_answer_is_read() {
    each(Kind::Subresult, |payload| {
        let reference = text(&payload.body, "referenceId").to_owned();
        let whole = json!({ "compositeResponse": [payload.body] }).to_string();
        let answers = composite([reference].into_iter()).answers(&response(200, whole.into_bytes()));
        check_part(payload.name, &answers.expect("one part")[0], &payload.body);
    });
}

fn check_part(name: &str, answer: &Subresponse, part: &Value) {
    assert_eq!(answer.reference_id, text(part, "referenceId"), "{name}");
    assert_eq!(part["httpStatusCode"], answer.status, "{name}");
    let body = &part["body"];
    assert_eq!(answer.is_success(), (200..300).contains(&answer.status), "{name}");
    if answer.status >= 400 {
        let error = ApiError::new(answer.status, &answer.body);
        assert_eq!(error.code.as_str(), text(&body[0], "errorCode"), "{name}");
    } else if body.get("records").is_some() {
        check_rows(name, body);
    } else if let Some(id) = body["id"].as_str() {
        let got = written(&answer.body).map(|written| written.id.to_string());
        assert_eq!(got.as_deref(), Some(id).filter(|id| is_id(id)), "{name}");
    }
}
