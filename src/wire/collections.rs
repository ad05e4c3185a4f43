//! `POST` and `PATCH /composite/sobjects`: up to 200 records in a request, each of which is written or not by itself.
//!
//! A collection is of one SObject, one kind of write and the same headers. Up to five travel in one composite request. Source: REST
//! API guide, sObject Collections and Composite.

use serde_json::{Map, Value};

use super::record::{Action, Answered, Operation, Success, written};
use super::{ApiError, Composite, Failed, Request, Response, Subrequest, Subresponse};
use crate::base::json::object;
use crate::code::Code;
use crate::salesforce::ApiVersion;

/// Records of one request. Source: REST API guide, sObject Collections.
pub(crate) const MAX_RECORDS: usize = 200;
/// Collections in a composite request: as many as queries. Source: REST API guide, Composite.
pub(crate) const MAX_COLLECTIONS: usize = 5;

/// What is needed to read the answer: how each collection writes, and how many records are in it.
pub(crate) struct Collections(Vec<(Write, usize)>);

#[derive(Clone, Copy, PartialEq, Eq)]
enum Write {
    Create,
    Update,
}

/// Whether a collection takes this operation: a create, or an update by id. What collections make of a parent that is named by
/// its external id, the guide does not say.
pub(crate) fn takes(operation: &Operation) -> bool {
    match &operation.action {
        Action::Create(body) | Action::Update(_, body) => {
            body.links.is_empty() && !body.values.values().any(Value::is_object)
        }
        Action::Upsert { .. } | Action::Read { .. } => false,
    }
}

/// Whether two operations can be in one collection.
pub(crate) fn go_together(one: &Operation, other: &Operation) -> bool {
    Write::of(one) == Write::of(other) && one.sobject == other.sobject && one.headers == other.headers
}

/// One request for all collections. None of them is empty.
pub(crate) fn request(version: ApiVersion, collections: &[Vec<&Operation>]) -> (Request, Collections) {
    let subrequest = |(at, operations): (usize, &Vec<&Operation>)| {
        let first = operations.first()?;
        let records = operations.iter().map(|operation| record(operation)).collect();
        let mut body = Map::new();
        body.insert("allOrNone".to_owned(), false.into());
        body.insert("records".to_owned(), Value::Array(records));
        Some(Subrequest {
            method: first.method(),
            url: format!("/services/data/v{version}/composite/sobjects"),
            reference_id: reference(at),
            headers: first.headers.json(),
            body: Some(body),
        })
    };
    let subrequests = collections.iter().enumerate().filter_map(subrequest).collect();
    let sent = collections.iter().filter_map(|operations| Some((Write::of(operations.first()?), operations.len())));
    (Composite::new(version, false, subrequests).0, Collections(sent.collect()))
}

fn reference(at: usize) -> String {
    format!("rows_{at}")
}

/// A record as a collection lists it.
fn record(operation: &Operation) -> Value {
    let mut record = operation.body().map(|body| body.json("")).unwrap_or_default();
    record.insert("attributes".to_owned(), object([("type", operation.sobject.as_str().into())]));
    if let Action::Update(id, _) = &operation.action {
        record.insert("id".to_owned(), id.as_str().into());
    }
    Value::Object(record)
}

impl Write {
    fn of(operation: &Operation) -> Self {
        match operation.action {
            Action::Update(..) => Self::Update,
            _ => Self::Create,
        }
    }
}

impl Collections {
    /// What became of each operation, in the order of the collections.
    pub(crate) fn answered(&self, response: &Response) -> Vec<Answered> {
        let references = (0..self.0.len()).map(reference).collect();
        let answers = Composite::of(references).answers(response);
        let mut answers = answers.unwrap_or_default().into_iter();
        let mut answered = Vec::new();
        for &(write, count) in &self.0 {
            answered.append(&mut rows(write, count, answers.next()));
        }
        answered
    }
}

/// What became of the records of one collection.
fn rows(write: Write, count: usize, answer: Option<Subresponse>) -> Vec<Answered> {
    let all = |failed: Failed| (0..count).map(|_| Err(failed.clone())).collect();
    match answer {
        Some(answer) if !answer.is_success() => {
            let error = ApiError::new(answer.status, &answer.body);
            // Salesforce gave up: each row is a transaction of its own, and some may be done.
            all(if error.is_busy() { Failed::Unreadable } else { Failed::Refused(Box::new(error)) })
        }
        Some(Subresponse { body: Value::Array(rows), .. }) if rows.len() == count => {
            rows.iter().map(|body| row(write, body).unwrap_or(Err(Failed::Unreadable))).collect()
        }
        _ => all(Failed::Unreadable),
    }
}

/// What became of the record of one row; `None` if the row does not say.
fn row(write: Write, row: &Value) -> Option<Answered> {
    if row.get("success")?.as_bool()? {
        return match write {
            Write::Create => written(row).map(|written| Ok(Success::Written(written))),
            Write::Update => Some(Ok(Success::Updated)),
        };
    }
    let first = row.get("errors")?.as_array()?.first()?;
    let code = first.get("statusCode")?.as_str()?;
    // Which record is meant, a row by itself says with its status.
    let is_gone = matches!(Code::of_salesforce(code), Code::EntityIsDeleted | Code::InvalidCrossReference);
    let status = if is_gone && write == Write::Update { 404 } else { 400 };
    Some(Err(Failed::Refused(Box::new(ApiError::of_row(status, first)))))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::salesforce::{FieldName, RecordId, SObjectName};
    use crate::wire::record::{Body, Headers};

    const ID: &str = "003000000000001AAA";

    fn operation(sobject: &str, action: Action) -> Operation {
        let sobject = SObjectName::parse(sobject).unwrap();
        Operation { reference: "write_a".into(), sobject, headers: Headers::default(), action }
    }

    fn body() -> Body {
        let mut body = Body::default();
        body.set(&FieldName::parse("LastName").unwrap(), "Berg".into());
        body
    }

    fn update() -> Operation {
        operation("Contact", Action::Update(RecordId::parse(ID).unwrap(), body()))
    }

    #[test]
    fn only_records_without_a_reference_of_any_kind_fit() {
        assert!(takes(&update()) && takes(&operation("Contact", Action::Create(body()))));
        let name = FieldName::parse("ContactId").unwrap();
        let (mut linked, mut nested) = (body(), body());
        linked.link(&name, "write_b".into());
        nested.set(&name, json!({ "Number__c": "1" }));
        assert!(
            !takes(&operation("Case", Action::Create(linked))) && !takes(&operation("Case", Action::Create(nested)))
        );
    }

    #[test]
    fn an_id_is_a_member_and_an_sobject_an_attribute() {
        let update = update();
        let (request, _) = request(ApiVersion(62), &[vec![&update]]);
        let sent: Value = serde_json::from_str(&request.body).unwrap();
        let expected = json!({ "attributes": { "type": "Contact" }, "id": ID, "LastName": "Berg" });
        assert_eq!(sent["compositeRequest"][0]["body"], json!({ "allOrNone": false, "records": [expected] }));
        assert_eq!(sent["compositeRequest"][0]["method"], "PATCH");
    }

    fn answered(operation: &Operation, status: u16, body: &Value) -> Answered {
        let (_, collections) = request(ApiVersion(62), &[vec![operation]]);
        let part = json!({ "referenceId": "rows_0", "httpStatusCode": status, "body": body });
        let body = json!({ "compositeResponse": [part] }).to_string().into_bytes();
        let mut all = collections.answered(&Response { status: 200, body, ..Response::default() });
        assert_eq!(all.len(), 1);
        all.remove(0)
    }

    #[test]
    fn a_row_is_a_success_or_a_refusal_or_unreadable() {
        let (create, update) = (operation("Contact", Action::Create(body())), update());
        let success = json!([{ "id": ID, "success": true, "errors": [] }]);
        assert!(matches!(answered(&create, 200, &success), Ok(Success::Written(written)) if written.id.as_str() == ID));
        assert_eq!(answered(&update, 200, &success), Ok(Success::Updated));
        assert_eq!(answered(&create, 200, &json!([{ "success": true }])), Err(Failed::Unreadable));
        assert_eq!(answered(&create, 200, &json!([])), Err(Failed::Unreadable));
        assert_eq!(answered(&create, 200, &json!([{ "success": false, "errors": [] }])), Err(Failed::Unreadable));
        let failure =
            |code: &str| json!([{ "success": false, "errors": [{ "statusCode": code, "fields": ["Email"] }] }]);
        let refused = |operation, code| match answered(operation, 200, &failure(code)) {
            Err(Failed::Refused(error)) => (error.status, error.code.clone(), error.fields.len()),
            other => panic!("{other:?}"),
        };
        assert_eq!(refused(&create, "ENTITY_IS_DELETED"), (400, Code::EntityIsDeleted, 1));
        assert_eq!(refused(&update, "ENTITY_IS_DELETED"), (404, Code::EntityIsDeleted, 1));
    }

    #[test]
    fn where_salesforce_gave_up_some_rows_may_be_written() {
        let error = |code: &str| json!([{ "errorCode": code, "message": "" }]);
        assert_eq!(answered(&update(), 400, &error("UNKNOWN_EXCEPTION")), Err(Failed::Unreadable));
        assert!(matches!(answered(&update(), 400, &error("INVALID_TYPE")), Err(Failed::Refused(_))));
    }
}
