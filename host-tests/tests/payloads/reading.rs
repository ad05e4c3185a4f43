//! What our REST code reads in an answer, against what stands in it. All expectations are taken from the payload itself.

use salesforce_module::name::{FieldName, FieldPath, SObjectName};
use salesforce_module::oauth::{self, Client, Grant, OAuthError, Remedy, Secret, Tokens};
use salesforce_module::rest::describe::{Describe, MEMBERS};
use salesforce_module::rest::query::{Rows, rows};
use salesforce_module::rest::record::written;
use salesforce_module::rest::{ApiError, Composite, Request, Response, Subrequest, Subresponse, TransportError};
use salesforce_module::settings::ApiVersion;
use salesforce_module::soql::{Condition, Order, Select};
use serde_json::{Map, Value, json};

use crate::catalogue::{Kind, of};
use crate::files::{self, Payload};

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

fn list<'a>(value: &'a Value, member: &str) -> &'a [Value] {
    value[member].as_array().unwrap_or_else(|| panic!("no list {member}")).as_slice()
}

fn text<'a>(value: &'a Value, member: &str) -> &'a str {
    value[member].as_str().unwrap_or_else(|| panic!("no text {member}"))
}

fn flag(value: &Value, member: &str) -> bool {
    value[member].as_bool().unwrap_or(false)
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
        let got = written(&answer);
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
        assert_eq!(written(&answer), None, "{}", payload.name);
    });
}

fn select(limit: usize) -> Select {
    let from = SObjectName::parse("Contact").expect("a name");
    Select { fields: Vec::new(), from, condition: Condition::All(Vec::new()), order: Order::ById, limit }
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
fn composite(references: impl Iterator<Item = String>) -> Composite {
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
        let composite = crate::reading::composite(references());
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
        assert_eq!(error.code, text(&body[0], "errorCode"), "{name}");
    } else if body.get("records").is_some() {
        check_rows(name, body);
    } else if let Some(id) = body["id"].as_str() {
        let got = written(answer).map(|written| written.id.to_string());
        assert_eq!(got.as_deref(), Some(id).filter(|id| is_id(id)), "{name}");
    }
}

#[test]
fn describes_are_read_field_by_field() {
    each(Kind::Describe, |payload| check_describe(payload.name, &payload.body));
    each(Kind::DescribeInComposite, |payload| {
        check_describe(payload.name, &payload.body["compositeResponse"][0]["body"]);
    });
}

fn check_describe(name: &str, body: &Value) {
    let describe = Describe::new(body, |_, _| true).unwrap_or_else(|| panic!("{name}: not read"));
    assert_eq!(describe.name, text(body, "name"), "{name}");
    assert_eq!(describe.createable, flag(body, "createable"), "{name}");
    let fields = list(body, "fields");
    assert_eq!(describe.fields.len(), fields.len(), "{name}");
    for (field, described) in describe.fields.iter().zip(fields) {
        let at = format!("{name}: {}", field.name);
        assert_eq!(field.name, text(described, "name"));
        assert_eq!(field.relationship.as_deref(), described["relationshipName"].as_str(), "{at}");
        assert_eq!(
            (field.createable, field.updateable),
            (flag(described, "createable"), flag(described, "updateable"))
        );
        let references: Vec<&str> = field.references().collect();
        assert_eq!(json!(references), described["referenceTo"], "{at}");
        // The platform's rule: a tick box always has a value, so it is never demanded.
        assert!(!(field.demanded && described["type"] == "boolean"), "{at}");
        assert!(!field.demanded || described["nillable"] == false, "{at}");
        let Some(facts) = field.facts() else {
            let word = text(described, "type");
            assert!(["address", "location", "base64", "anyType", "complexvalue"].contains(&word), "{at}: {word}");
            continue;
        };
        assert_eq!(facts.external_id, flag(described, "externalId"), "{at}");
        assert_eq!(facts.id_lookup, flag(described, "idLookup"), "{at}");
        assert_eq!(facts.unique, flag(described, "unique"), "{at}");
        if facts.field_type.is_text() {
            assert_eq!(facts.length.map_or(json!(0), |length| json!(length)), described["length"], "{at}");
        }
        let active = list(described, "picklistValues").iter().filter(|entry| flag(entry, "active"));
        let active: Vec<&Value> = active.filter(|entry| entry["value"].is_string()).collect();
        if !facts.values.is_empty() {
            let values: Vec<&str> = facts.values.iter().map(|value| value.value.as_str()).collect();
            let expected: Vec<&str> = active.iter().map(|entry| text(entry, "value")).collect();
            assert_eq!(values, expected, "{at}");
        }
    }
    let usable = |info: &&Value| flag(info, "available") && info.get("active").is_none_or(|active| active == true);
    let types = body["recordTypeInfos"].as_array().map(Vec::as_slice).unwrap_or_default();
    let expected = types.iter().filter(|info| info["developerName"].is_string()).filter(usable).count();
    let got = describe.record_types.iter().filter(|record_type| record_type.usable).count();
    assert_eq!(got, expected, "{name}");
    // `prepare` reads only the members that it names, as the whole may not fit its memory: nothing may be lost by that.
    let whole = json!({ "compositeResponse": [{ "body": body, "httpStatusCode": 200, "referenceId": "d" }] });
    let composite = composite(["d".to_owned()].into_iter());
    let kept = composite.answers_keeping(&response(200, whole.to_string().into_bytes()), &MEMBERS);
    let kept = kept.unwrap_or_else(|unfit| panic!("{name}: {unfit:?}"));
    assert_eq!(Describe::new(&kept[0].body, |_, _| true), Some(describe), "{name}");
}

#[test]
fn the_standard_objects_demand_what_their_describes_say() {
    let demanded = |file: &'static str| {
        let describe = files::read(of(Kind::Describe))?.into_iter().find(|payload| payload.name == file)?;
        let describe = Describe::new(&describe.body, |_, _| true)?;
        let demanded = describe.fields.into_iter().filter(|field| field.demanded);
        Some(demanded.map(|field| field.name).collect::<Vec<_>>())
    };
    for (file, fields) in [
        ("describe/describe_contact", vec!["LastName"]),
        ("describe/describe_lead", vec!["LastName", "Company"]),
        ("describe/describe_case", vec![]),
    ] {
        assert!(demanded(file).is_none_or(|demanded| demanded == fields), "{file}");
    }
}

/// The answer to a refresh that was asked for with a grant of this org.
fn refreshed(body: &Value) -> Result<Tokens, OAuthError> {
    const DOMAIN: &str = "example.my.salesforce.com";
    let client = Client::new(DOMAIN, "app", None).expect("a client");
    let known = Grant {
        refresh_token: Secret::new("kept"),
        instance_url: format!("https://{DOMAIN}"),
        scope: None,
        identity_url: None,
    };
    let answer = response(200, body.to_string().into_bytes());
    let mut transport = |_: &Request| Ok::<_, TransportError>(answer.clone());
    oauth::refresh(&client, known, &mut transport)
}

#[test]
fn tokens_are_read_and_the_old_grant_is_kept_where_none_is_given() {
    each(Kind::Tokens, |payload| {
        let name = payload.name;
        // Recorded when orgs had no hosts of their own: tokens for an instance of many orgs are for none of ours.
        let old = refreshed(&payload.body).expect_err("an old instance");
        assert_eq!(old.code, "unusable-answer", "{name}: {old:?}");
        let mut body = payload.body.clone();
        body.as_object_mut().expect("an object").remove("instance_url");
        let tokens = refreshed(&body).unwrap_or_else(|error| panic!("{name}: {error:?}"));
        assert_eq!(tokens.access_token.reveal(), text(&body, "access_token"), "{name}");
        let issued_at = tokens.issued_at.map(|issued_at| issued_at.to_string());
        assert_eq!(issued_at.as_deref(), body["issued_at"].as_str(), "{name}");
        assert_eq!(body.get("refresh_token"), None, "{name}");
        assert_eq!(tokens.grant.expect("a grant").refresh_token.reveal(), "kept", "{name}");
    });
}

#[test]
fn a_refusal_of_the_token_endpoint_says_who_must_act() {
    each(Kind::TokenError, |payload| {
        let error = OAuthError::of_answer(&response(payload.status.expect("a status"), payload.bytes()));
        assert_eq!(error.code, text(&payload.body, "error"), "{}", payload.name);
        let who = match payload.name.rsplit('/').next().expect("a name") {
            "refresh_error_already_being_processed" => Remedy::TryLater,
            "refresh_error_expired" | "token_error_expired_authorization_code" | "token_error_invalid_password" => {
                Remedy::LogInAgain
            }
            "token_error_invalid_client" | "token_error_invalid_client_id" | "token_error_redirect_uri_mismatch" => {
                Remedy::Misconfigured
            }
            "token_error_unsupported_grant_type" | "token_error_user_hasnt_approved" => Remedy::AdminMustAct,
            other => panic!("who must act at {other}?"),
        };
        assert_eq!(error.who, who, "{}", payload.name);
        let description = text(&payload.body, "error_description");
        assert!(!format!("{error:?}").contains(description), "{}: repeated", payload.name);
    });
}
