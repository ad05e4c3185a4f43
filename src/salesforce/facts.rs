//! What `prepare` learnt about the org: facts of the mapped fields, written into the settings.
//!
//! Only what a run uses is kept, in Salesforce's own words, so that an administrator can read it beside Setup.

use std::fmt::Write as _;
use std::rc::Rc;

use serde_json::Value;

use crate::base::fingerprint::Fingerprint;
use crate::base::text;
use crate::salesforce::{FieldName, FieldPath, RecordId, SObjectName};

/// Facts of the mapped objects of one org, as its integration user sees them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OrgSchema {
    /// The user holds View All Data, which an upsert by a key that is not unique demands.
    pub view_all_data: bool,
    pub objects: Vec<ObjectFacts>,
}

/// Facts of one SObject.
#[derive(Clone, Debug, PartialEq)]
pub struct ObjectFacts {
    pub name: SObjectName,
    pub fields: Vec<(FieldName, FieldFacts)>,
    /// Relationship → the SObject behind it, for parents that are found by an external id.
    pub relationships: Vec<(FieldName, SObjectName)>,
    /// DeveloperName → id.
    pub record_types: Vec<(String, RecordId)>,
    /// The active ones, as far as the integration user may read them.
    pub validation_rules: Rc<[ValidationRule]>,
}

/// A validation rule of the org. Salesforce tells only its message when it refuses a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValidationRule {
    /// As Setup shows it.
    pub name: FieldName,
    /// What the org's administrator wrote for people who break it.
    pub message: String,
}

/// Facts of one field, named as in a describe.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FieldFacts {
    /// What people see.
    pub label: Option<String>,
    /// Decides how a chat value is converted; `Unknown` converts nothing.
    pub field_type: FieldType,
    /// `externalId`: an upsert can name it in its URL.
    pub external_id: bool,
    /// `idLookup`: an upsert can name it, too, for a user who may view all data.
    pub id_lookup: bool,
    /// `unique`: no two records of the org have the same value.
    pub unique: bool,
    /// `caseSensitive`: `a` and `A` are two values of a unique field.
    pub case_sensitive: bool,
    /// It takes no null: a required field, or a checkbox.
    pub required: bool,
    /// Most characters; `None` where it does not apply or is not known.
    pub length: Option<usize>,
    /// Most bytes, where these may be fewer than the characters need. Source: SOAP API guide, `byteLength`.
    pub byte_length: Option<usize>,
    /// Most digits of a number in all, and those behind the decimal point.
    pub digits: Option<(usize, usize)>,
    /// Of a preset, and the user may not fill it.
    pub left_out: bool,
    /// Values other than `values` are refused.
    pub restricted: bool,
    /// The active values of a picklist.
    pub values: Vec<PicklistValue>,
}

/// A value of a picklist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PicklistValue {
    /// What is stored: the API name of the value.
    pub value: String,
    /// What people see, where it is another text.
    pub label: Option<String>,
}

/// Types of fields that a mapping can fill. Source: SOAP API guide, "Field Types".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FieldType {
    /// The org was not asked.
    #[default]
    Unknown,
    /// The record's own id.
    Id,
    /// One line of text; a describe's `combobox` and `encryptedstring` as well.
    String,
    /// Text of several lines, rich text among it.
    TextArea,
    /// An address; Salesforce refuses what has not the form of one, and stores small letters.
    Email,
    /// A phone number, as a text in any form.
    Phone,
    /// A web address, as a text.
    Url,
    /// One value of a list.
    Picklist,
    /// Several values of a list, stored as `a;b`.
    MultiPicklist,
    /// A checkbox: it takes no null.
    Boolean,
    /// A whole number; a describe's `long` as well.
    Int,
    /// Numbers with decimals.
    Double,
    /// An amount of money, without its currency, which is a field of its own.
    Currency,
    /// A number of percent: `50` is 50 %.
    Percent,
    /// A day, without a time or a zone.
    Date,
    /// An instant, stored in UTC.
    DateTime,
    /// A time of day, without a day or a zone.
    Time,
    /// A lookup or master-detail field: the id of another record.
    Reference,
}

impl FieldType {
    /// Salesforce's words for them, as a describe has them.
    pub const WORDS: [(&'static str, Self); 17] = [
        ("id", Self::Id),
        ("string", Self::String),
        ("textarea", Self::TextArea),
        ("email", Self::Email),
        ("phone", Self::Phone),
        ("url", Self::Url),
        ("picklist", Self::Picklist),
        ("multipicklist", Self::MultiPicklist),
        ("boolean", Self::Boolean),
        ("int", Self::Int),
        ("double", Self::Double),
        ("currency", Self::Currency),
        ("percent", Self::Percent),
        ("date", Self::Date),
        ("datetime", Self::DateTime),
        ("time", Self::Time),
        ("reference", Self::Reference),
    ];

    /// The type that a describe names; `None` for those that no chat value fills, such as `address` and `base64`.
    pub fn of_describe(word: &str) -> Option<Self> {
        let word = match word {
            "combobox" | "encryptedstring" => "string",
            "long" => "int",
            word => word,
        };
        Self::WORDS.iter().find(|(known, _)| *known == word).map(|(_, field_type)| *field_type)
    }

    pub(crate) fn word(self) -> Option<&'static str> {
        Self::WORDS.iter().find(|(_, known)| *known == self).map(|(word, _)| *word)
    }

    /// Texts that Salesforce compares and cuts as texts.
    pub fn is_text(self) -> bool {
        matches!(self, Self::String | Self::TextArea | Self::Email | Self::Phone | Self::Url)
    }
}

/// Texts that are kept as a comment on a Case. Source: Salesforce help 000382141; object reference, Case and CaseComment.
const COMMENTS: [(&str, &str); 2] = [("CaseComment", "CommentBody"), ("Case", "Comments")];
/// Most bytes of them.
const COMMENT_BYTES: usize = 4_000;

impl FieldFacts {
    /// With what the name alone says, whether or not the org was asked; `None` if that is nothing new.
    pub fn known_by_name(sobject: &SObjectName, path: &FieldPath, facts: Option<&Self>) -> Option<Self> {
        let is = |(object, field): &(&str, &str)| {
            sobject.as_str().eq_ignore_ascii_case(object) && path.field.as_str().eq_ignore_ascii_case(field)
        };
        let is_told = facts.is_some_and(|facts| facts.byte_length.is_some());
        let is_comment = path.relationship.is_none() && COMMENTS.iter().any(is);
        (is_comment && !is_told)
            .then(|| Self { byte_length: Some(COMMENT_BYTES), ..facts.cloned().unwrap_or_default() })
    }
}

impl OrgSchema {
    pub fn object(&self, name: &SObjectName) -> Option<&ObjectFacts> {
        self.objects.iter().find(|object| object.name == *name)
    }

    /// The facts of a field, or of a parent's field.
    pub fn field(&self, sobject: &SObjectName, path: &FieldPath) -> Option<&FieldFacts> {
        let object = self.object(sobject)?;
        let owner = match &path.relationship {
            None => object,
            Some(relationship) => self.object(object.parent(relationship)?)?,
        };
        owner.field(&path.field)
    }

    /// Whether this user may upsert by this field, so that no lookup is needed.
    /// Source: REST API guide, Upsert by External ID; SOAP API guide, upsert().
    pub fn upserts_by(&self, facts: &FieldFacts) -> bool {
        (facts.external_id && facts.unique) || (self.view_all_data && (facts.external_id || facts.id_lookup))
    }
}

impl ObjectFacts {
    pub fn field(&self, name: &FieldName) -> Option<&FieldFacts> {
        self.fields.iter().find(|(field, _)| field == name).map(|(_, facts)| facts)
    }

    pub fn parent(&self, relationship: &FieldName) -> Option<&SObjectName> {
        self.relationships.iter().find(|(name, _)| name == relationship).map(|(_, sobject)| sobject)
    }

    /// The record type with this DeveloperName, which Salesforce keeps in one spelling.
    pub fn record_type(&self, developer_name: &str) -> Option<&RecordId> {
        let mut types = self.record_types.iter();
        types.find(|(name, _)| name.eq_ignore_ascii_case(developer_name)).map(|(_, id)| id)
    }
}

/// SHA-256 of `schema` without its hash, in hexadecimal, whatever its layout.
pub(crate) fn hash(schema: &Value) -> String {
    let mut facts = schema.clone();
    if let Value::Object(facts) = &mut facts {
        facts.remove("hash");
    }
    let mut fingerprint = Fingerprint::default();
    // Writing to a hash cannot fail.
    let _ = fingerprint.write_str(&text(&facts));
    fingerprint.hex()
}
