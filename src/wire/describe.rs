//! `GET /sobjects/X/describe`: what the integration user may see and do. Source: REST API guide, sObject Describe.

use serde_json::{Map, Value};

use super::Subrequest;
use crate::salesforce::{ApiVersion, FieldFacts, FieldName, FieldType, PicklistValue, SObjectName};

/// The members of a describe, and of the composite answer around it, that anything here looks at.
pub const MEMBERS: [&str; 40] = [
    "compositeResponse",
    "httpStatusCode",
    "referenceId",
    "body",
    "errorCode",
    "name",
    "createable",
    "updateable",
    "queryable",
    "fields",
    "type",
    "length",
    "byteLength",
    "precision",
    "scale",
    "digits",
    "nillable",
    "defaultedOnCreate",
    "externalId",
    "idLookup",
    "unique",
    "caseSensitive",
    "filterable",
    "restrictedPicklist",
    "picklistValues",
    "active",
    "value",
    "label",
    "referenceTo",
    "relationshipName",
    "recordTypeInfos",
    "recordTypeId",
    "developerName",
    "available",
    // Of the queries beside it, and of the list of all objects.
    "records",
    "PermissionsViewAllData",
    "SobjectType",
    "Active",
    "Id",
    "sobjects",
];

/// Bytes that a character takes at most, for each of the one or two that it counts as. Source: UTF-8.
const BYTES_OF_CHARACTER: usize = 3;

/// Longer lists are left to Salesforce: they would fill the settings.
const MAX_PICKLIST_VALUES: usize = 1_000;

/// One SObject, as described: the names of all fields, and more of those that are used. A large org has hundreds of
/// fields on an object, and a guest little memory.
#[derive(Clone, Debug, PartialEq)]
pub struct Describe {
    /// As the org spells it.
    pub name: String,
    /// The user may create records of it.
    pub createable: bool,
    /// The user may change records of it.
    pub updateable: bool,
    /// Its records can be searched for.
    pub queryable: bool,
    /// All that the user may see.
    pub fields: Vec<Field>,
    /// All of the SObject, also those that the user may not give a record.
    pub record_types: Vec<RecordType>,
}

/// One field, as described.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// As the org spells it.
    pub name: String,
    pub relationship: Option<String>,
    /// Salesforce refuses a new record without it. Source: SOAP API guide, DescribeSObjectResult.
    pub demanded: bool,
    pub createable: bool,
    pub updateable: bool,
    /// Of the fields that are used.
    pub details: Option<Details>,
}

/// What is known of a field that is used.
#[derive(Clone, Debug, PartialEq)]
pub struct Details {
    /// Salesforce's word for the type.
    pub word: String,
    pub filterable: bool,
    /// The SObjects whose ids it takes.
    pub references: Vec<String>,
    /// `None` if no mapping can fill its type.
    pub facts: Option<FieldFacts>,
}

/// One record type, as described.
#[derive(Clone, Debug, PartialEq)]
pub struct RecordType {
    pub developer_name: String,
    pub id: String,
    /// The user may give it to a record.
    pub usable: bool,
}

pub(crate) fn subrequest(version: ApiVersion, reference_id: String, sobject: &SObjectName) -> Subrequest {
    get(format!("/services/data/v{version}/sobjects/{sobject}/describe"), reference_id)
}

/// The names of all objects that the user sees. Source: REST API guide, Describe Global.
pub(crate) fn all(version: ApiVersion, reference_id: String) -> Subrequest {
    get(format!("/services/data/v{version}/sobjects"), reference_id)
}

pub(crate) fn get(url: String, reference_id: String) -> Subrequest {
    Subrequest { method: "GET", url, reference_id, headers: Map::new(), body: None }
}

impl Describe {
    /// `None` if the answer is something else. `is_used` tells a field by its name and its relationship's.
    pub fn new(body: &Value, is_used: impl Fn(&str, Option<&str>) -> bool) -> Option<Self> {
        let field = |field: &Value| {
            let (name, relationship) = (text(field, "name")?, text(field, "relationshipName"));
            let details = is_used(name, relationship).then(|| details(field));
            Some(Field {
                name: name.to_owned(),
                relationship: relationship.map(ToOwned::to_owned),
                demanded: flag(field, "createable") && !flag(field, "nillable") && !flag(field, "defaultedOnCreate"),
                createable: flag(field, "createable"),
                updateable: flag(field, "updateable"),
                details,
            })
        };
        Some(Self {
            name: text(body, "name")?.to_owned(),
            createable: flag(body, "createable"),
            updateable: flag(body, "updateable"),
            queryable: flag(body, "queryable"),
            fields: body.get("fields")?.as_array()?.iter().filter_map(field).collect(),
            record_types: list(body, "recordTypeInfos").iter().filter_map(record_type).collect(),
        })
    }

    /// Whether it is the describe of this SObject, in any case.
    pub fn is(&self, sobject: &SObjectName) -> bool {
        self.name.eq_ignore_ascii_case(sobject.as_str())
    }

    /// The field with this name, in any case; `None` if there is none, or the user may not see it.
    pub fn field(&self, name: &FieldName) -> Option<&Field> {
        self.fields.iter().find(|field| field.name.eq_ignore_ascii_case(name.as_str()))
    }

    /// The lookup field behind a relationship such as `Account` or `Parent__r`.
    pub fn lookup_field(&self, relationship: &FieldName) -> Option<&Field> {
        let is_it = |name: &str| name.eq_ignore_ascii_case(relationship.as_str());
        self.fields.iter().find(|field| field.relationship.as_deref().is_some_and(is_it))
    }
}

impl Field {
    /// The SObjects whose ids it takes.
    pub fn references(&self) -> impl Iterator<Item = &str> {
        self.details.iter().flat_map(|details| details.references.iter()).map(String::as_str)
    }

    /// The one SObject whose ids it takes; `None` if there are several.
    pub fn only_reference(&self) -> Option<&str> {
        let mut references = self.references();
        references.next().filter(|_| references.next().is_none())
    }

    pub fn facts(&self) -> Option<&FieldFacts> {
        self.details.as_ref()?.facts.as_ref()
    }
}

fn details(field: &Value) -> Details {
    let word = text(field, "type").unwrap_or_default();
    Details {
        word: word.to_owned(),
        filterable: flag(field, "filterable"),
        references: list(field, "referenceTo").iter().filter_map(Value::as_str).map(ToOwned::to_owned).collect(),
        facts: FieldType::of_describe(word).map(|field_type| facts(field, field_type)),
    }
}

fn facts(field: &Value, field_type: FieldType) -> FieldFacts {
    let digits = match field_type {
        FieldType::Int => number(field, "digits").map(|digits| (digits, 0)),
        FieldType::Double | FieldType::Currency | FieldType::Percent => {
            number(field, "precision").map(|precision| (precision, number(field, "scale").unwrap_or(0)))
        }
        _ => None,
    };
    let is_list = matches!(field_type, FieldType::Picklist | FieldType::MultiPicklist);
    let entries = list(field, "picklistValues").iter().filter(|entry| is_list && flag(entry, "active"));
    let values: Vec<PicklistValue> = entries.filter_map(picklist_value).collect();
    let is_whole = values.len() <= MAX_PICKLIST_VALUES;
    // A multi-select field's length is not that of one of its values.
    let has_length = field_type.is_text() || field_type == FieldType::Picklist;
    let length = number(field, "length").filter(|_| has_length);
    // Elsewhere there is room for any text of that length.
    let binds = |bytes: &usize| length.is_some_and(|length| *bytes < length.saturating_mul(BYTES_OF_CHARACTER));
    FieldFacts {
        label: text(field, "label").filter(|label| Some(*label) != text(field, "name")).map(ToOwned::to_owned),
        field_type,
        external_id: flag(field, "externalId"),
        id_lookup: flag(field, "idLookup"),
        unique: flag(field, "unique"),
        case_sensitive: flag(field, "caseSensitive"),
        required: !flag(field, "nillable"),
        length,
        byte_length: number(field, "byteLength").filter(|bytes| field_type.is_text() && binds(bytes)),
        digits,
        left_out: false,
        restricted: is_list && is_whole && flag(field, "restrictedPicklist"),
        values: if is_whole { values } else { Vec::new() },
    }
}

fn picklist_value(entry: &Value) -> Option<PicklistValue> {
    let value = text(entry, "value")?;
    let label = text(entry, "label").filter(|label| *label != value);
    Some(PicklistValue { value: value.to_owned(), label: label.map(ToOwned::to_owned) })
}

fn record_type(info: &Value) -> Option<RecordType> {
    Some(RecordType {
        developer_name: text(info, "developerName")?.to_owned(),
        id: text(info, "recordTypeId")?.to_owned(),
        usable: flag(info, "available") && info.get("active").is_none_or(|active| active == true),
    })
}

/// A number above zero, which stands for "does not apply".
fn number(value: &Value, member: &str) -> Option<usize> {
    value.get(member)?.as_u64()?.try_into().ok().filter(|number| *number > 0)
}

fn text<'a>(value: &'a Value, member: &str) -> Option<&'a str> {
    value.get(member)?.as_str()
}

fn flag(value: &Value, member: &str) -> bool {
    value.get(member).and_then(Value::as_bool).unwrap_or(false)
}

fn list<'a>(value: &'a Value, member: &str) -> &'a [Value] {
    value.get(member).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}
