//! Field values as answers show them, and what "the same value" means.

use serde_json::{Map, Value, json};

use super::{Row, Store, compound};
use crate::simulator::http::{ApiError, Call};
use crate::simulator::schema::{Decimal, Field, Kind, SObject};
use crate::simulator::settings::Settings;

/// What values come from: the records, and the switches that some setup records show.
#[derive(Clone, Copy)]
pub struct Source<'a> {
    pub store: &'a Store,
    pub settings: &'a Settings,
}

/// The value of a field, stored or derived; null when there is none.
pub fn value(source: Source<'_>, sobject: &SObject, row: &Row, field: &Field) -> Value {
    match (sobject.name, field.name) {
        (_, "Id") => row.id.as_str().into(),
        (_, "IsDeleted") => row.deleted.into(),
        ("Case", "ContactEmail") => of_person(source.store, row, "Email"),
        ("Case", "ContactPhone") => of_person(source.store, row, "Phone"),
        ("CampaignMember", "FirstName" | "LastName" | "Email" | "Phone") => of_person(source.store, row, field.name),
        ("CampaignMember", "Type") => person_of(row).map_or(Value::Null, |(sobject, _)| sobject.into()),
        (_, "IsPersonAccount") => is_person(source.store, sobject.name, row).into(),
        // A switch is a public field without a moment of change, so what shows it is worked out at each read.
        ("AssignmentRule", "Active") => source.settings.case_assignment_rule.into(),
        ("UserPermissionAccess", "PermissionsViewAllData") => source.settings.view_all_data.into(),
        _ if field.kind.is_compound() => compound::value(sobject, row, field),
        // Setup records leave out what is false.
        _ if field.kind == Kind::Boolean => row.value(field.name).as_bool().unwrap_or(false).into(),
        _ => row.value(field.name),
    }
}

/// Whether the value of a field is stored in its record, so that an index knows it; what [`value`] works out is not.
pub fn is_stored(sobject: &SObject, field: &Field) -> bool {
    let derived = match sobject.name {
        "Case" => ["ContactEmail", "ContactPhone"].contains(&field.name),
        "CampaignMember" => ["FirstName", "LastName", "Email", "Phone", "Type"].contains(&field.name),
        _ => false,
    };
    !derived && !field.kind.is_compound() && !matches!(field.kind, Kind::Boolean | Kind::Id)
}

/// The value as an answer has it: of content there is only the address that it can be fetched from.
pub fn shown(source: Source<'_>, call: &Call, sobject: &SObject, row: &Row, field: &Field) -> Value {
    match value(source, sobject, row, field) {
        Value::String(_) if field.kind == Kind::Base64 => {
            format!("{}/{}", call.record_url(sobject.name, &row.id), field.name).into()
        }
        value => value,
    }
}

/// A record as JSON with every visible field, null ones included, as a read without `fields` answers.
pub fn everything(source: Source<'_>, call: &Call, sobject: &SObject, row: &Row) -> Value {
    let mut record = attributes(call, sobject, &row.id);
    for field in sobject.visible() {
        record.insert(field.name.into(), shown(source, call, sobject, row, field));
    }
    Value::Object(record)
}

/// A record with the fields of a `fields=` parameter and always its Id.
pub fn selected(source: Source<'_>, call: &Call, sobject: &SObject, row: &Row, names: &str) -> Result<Value, ApiError> {
    let mut record = attributes(call, sobject, &row.id);
    record.insert("Id".into(), row.id.as_str().into());
    for name in names.split(',').map(str::trim).filter(|name| !name.is_empty()) {
        let field = sobject.field(name).ok_or_else(|| ApiError::no_such_column(name, sobject.name))?;
        record.insert(field.name.into(), shown(source, call, sobject, row, field));
    }
    Ok(Value::Object(record))
}

/// A record without attributes and without nulls, for tests and demos.
pub fn filled(source: Source<'_>, sobject: &SObject, row: &Row) -> Value {
    let values = sobject.fields.iter().map(|field| (field.name.to_owned(), value(source, sobject, row, field)));
    Value::Object(values.filter(|(_, value)| !value.is_null()).collect())
}

/// The `attributes` member that starts every record.
pub fn attributes(call: &Call, sobject: &SObject, id: &str) -> Map<String, Value> {
    let attributes = json!({ "type": sobject.name, "url": call.record_url(sobject.name, id) });
    Map::from_iter([("attributes".to_owned(), attributes)])
}

/// Whether two stored values are equal; null equals nothing here.
pub fn same(left: &Value, right: &Value, any_case: bool) -> bool {
    match (left, right) {
        (Value::String(left), Value::String(right)) if any_case => same_text(left, right),
        (Value::String(left), Value::String(right)) => left == right,
        (Value::Number(left), Value::Number(right)) => Decimal::parse(left.as_str()) == Decimal::parse(right.as_str()),
        (Value::Bool(left), Value::Bool(right)) => left == right,
        _ => false,
    }
}

/// Text comparison without case, beyond ASCII.
pub fn same_text(left: &str, right: &str) -> bool {
    left.chars().flat_map(char::to_lowercase).eq(right.chars().flat_map(char::to_lowercase))
}

/// Whether an account or a contact is one side of a person.
pub fn is_person(store: &Store, sobject: &str, row: &Row) -> bool {
    let account = match sobject {
        "Contact" => row.text("AccountId").and_then(|account| store.get(account)),
        _ => Some(row),
    };
    let contact = account.and_then(|account| account.text("PersonContactId"));
    contact.is_some_and(|contact| sobject == "Account" || contact == row.id)
}

/// A field of the person that a record is of.
fn of_person(store: &Store, row: &Row, field: &str) -> Value {
    let person = person_of(row).and_then(|(_, id)| store.get(id)).filter(|person| !person.deleted);
    person.map_or(Value::Null, |person| person.value(field))
}

/// A Contact, also where there is the Lead that it was before.
fn person_of(row: &Row) -> Option<(&'static str, &str)> {
    let lookups = [("Contact", "ContactId"), ("Lead", "LeadId")];
    lookups.into_iter().find_map(|(sobject, lookup)| Some((sobject, row.text(lookup)?)))
}
