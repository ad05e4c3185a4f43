//! `GET /sobjects/X/describe`: what the integration user may see and do. Source: REST API guide, sObject Describe.

use serde_json::{Map, Value};

use super::Subrequest;
use crate::name::{FieldName, SObjectName};
use crate::settings::ApiVersion;

/// The members of a describe, and of the composite answer around it, that anything here looks at.
pub const MEMBERS: [&str; 38] = [
    "compositeResponse",
    "httpStatusCode",
    "referenceId",
    "body",
    "errorCode",
    "name",
    "createable",
    "updateable",
    "fields",
    "type",
    "length",
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

/// One SObject, as described.
#[derive(Clone, Debug, PartialEq)]
pub struct Describe(Value);

/// One field, as described.
#[derive(Clone, Copy)]
pub struct Field<'a>(&'a Value);

pub fn subrequest(version: ApiVersion, reference_id: String, sobject: &SObjectName) -> Subrequest {
    get(format!("/services/data/v{version}/sobjects/{sobject}/describe"), reference_id)
}

/// The names of all objects that the user sees. Source: REST API guide, Describe Global.
pub fn all(version: ApiVersion, reference_id: String) -> Subrequest {
    get(format!("/services/data/v{version}/sobjects"), reference_id)
}

pub fn get(url: String, reference_id: String) -> Subrequest {
    Subrequest { method: "GET", url, reference_id, headers: Map::new(), body: None }
}

impl Describe {
    /// `None` if the answer is something else.
    pub fn new(body: Value) -> Option<Self> {
        let is_describe = body.get("fields").is_some_and(Value::is_array) && text(&body, "name").is_some();
        is_describe.then_some(Self(body))
    }

    /// As the org spells it.
    pub fn name(&self) -> &str {
        text(&self.0, "name").unwrap_or_default()
    }

    pub fn is(&self, sobject: &SObjectName) -> bool {
        self.name().eq_ignore_ascii_case(sobject.as_str())
    }

    pub fn flag(&self, member: &str) -> bool {
        flag(&self.0, member)
    }

    pub fn fields(&self) -> impl Iterator<Item = Field<'_>> {
        list(&self.0, "fields").iter().map(Field)
    }

    pub fn field(&self, name: &FieldName) -> Option<Field<'_>> {
        self.fields().find(|field| field.name().eq_ignore_ascii_case(name.as_str()))
    }

    /// The lookup field behind a relationship such as `Account` or `Parent__r`.
    pub fn lookup_field(&self, relationship: &FieldName) -> Option<Field<'_>> {
        self.fields()
            .find(|field| field.relationship().is_some_and(|name| name.eq_ignore_ascii_case(relationship.as_str())))
    }

    /// DeveloperName, id, and whether the user may give it to a record.
    pub fn record_types(&self) -> impl Iterator<Item = (&str, &str, bool)> {
        list(&self.0, "recordTypeInfos").iter().filter_map(|info| {
            let usable = flag(info, "available") && info.get("active").is_none_or(|active| active == true);
            Some((text(info, "developerName")?, text(info, "recordTypeId")?, usable))
        })
    }
}

impl<'a> Field<'a> {
    /// As the org spells it.
    pub fn name(self) -> &'a str {
        text(self.0, "name").unwrap_or_default()
    }

    pub fn word(self) -> &'a str {
        text(self.0, "type").unwrap_or_default()
    }

    pub fn flag(self, member: &str) -> bool {
        flag(self.0, member)
    }

    pub fn number(self, member: &str) -> Option<usize> {
        self.0.get(member)?.as_u64()?.try_into().ok()
    }

    pub fn relationship(self) -> Option<&'a str> {
        text(self.0, "relationshipName")
    }

    /// The SObjects whose ids it takes.
    pub fn references(self) -> impl Iterator<Item = &'a str> {
        list(self.0, "referenceTo").iter().filter_map(Value::as_str)
    }

    /// The one SObject whose ids it takes; `None` if there are several.
    pub fn only_reference(self) -> Option<&'a str> {
        let mut references = self.references();
        references.next().filter(|_| references.next().is_none())
    }

    /// Value and label of the active entries.
    pub fn picklist(self) -> impl Iterator<Item = (&'a str, Option<&'a str>)> {
        let entries = list(self.0, "picklistValues").iter().filter(|entry| flag(entry, "active"));
        entries.filter_map(|entry| Some((text(entry, "value")?, text(entry, "label"))))
    }

    /// Whether Salesforce refuses a new record without it. Source: SOAP API guide, DescribeSObjectResult.
    pub fn is_demanded(self) -> bool {
        self.flag("createable") && !self.flag("nillable") && !self.flag("defaultedOnCreate")
    }
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
