//! `schema`: what `prepare` wrote.

use std::rc::Rc;

use super::ParseFor;
use crate::base::FindingCode;
use crate::base::walk::{Node, Object, Walk};
use crate::salesforce::facts::{ObjectFacts, OrgSchema, ValidationRule};
use crate::salesforce::{FieldFacts, FieldName, FieldType, PicklistValue, RecordId, SObjectName};
use crate::texts::said;

const KEYS: [&str; 3] = ["hash", "viewAllData", "objects"];
const OBJECT_KEYS: [&str; 4] = ["fields", "relationships", "recordTypes", "validationRules"];
const FIELD_KEYS: [&str; 14] = [
    "label",
    "type",
    "externalId",
    "idLookup",
    "unique",
    "caseSensitive",
    "required",
    "length",
    "byteLength",
    "precision",
    "scale",
    "restricted",
    "leftOut",
    "values",
];

pub(super) fn schema(walk: &mut Walk, node: &Node, parse_for: ParseFor) -> Option<OrgSchema> {
    let object = walk.object(node, &KEYS)?;
    if let Some(hash) = object.get("hash") {
        let stated = walk.text(&hash)?;
        if parse_for == ParseFor::Check && crate::salesforce::facts::hash(node.value) != stated {
            walk.note(FindingCode::SchemaEdited, &hash, said!(findings_settings::schema_edited()));
        }
    }
    let view_all_data = flag(walk, &object, "viewAllData")?;
    let mut objects = Vec::new();
    if let Some(node) = object.get("objects") {
        for (name, node) in walk.any_object(&node)?.entries() {
            objects.push(crate::settings::parse::facts::object(walk, name, &node)?);
        }
    }
    Some(OrgSchema { view_all_data, objects })
}

fn object(walk: &mut Walk, name: &str, node: &Node) -> Option<ObjectFacts> {
    let object = walk.object(node, &OBJECT_KEYS)?;
    let mut facts = ObjectFacts {
        name: known(walk, node, SObjectName::parse(name))?,
        fields: Vec::new(),
        relationships: Vec::new(),
        record_types: Vec::new(),
        validation_rules: Rc::default(),
    };
    let fields = object.require(walk, "fields")?;
    for (name, node) in walk.any_object(&fields)?.entries() {
        facts.fields.push((known(walk, &node, FieldName::parse(name))?, field(walk, &node)?));
    }
    if let Some(node) = object.get("relationships") {
        for (name, node) in walk.any_object(&node)?.entries() {
            let sobject = SObjectName::parse(walk.text(&node)?);
            facts.relationships.push((known(walk, &node, FieldName::parse(name))?, known(walk, &node, sobject)?));
        }
    }
    if let Some(node) = object.get("recordTypes") {
        for (name, node) in walk.any_object(&node)?.entries() {
            let id = RecordId::parse(walk.text(&node)?);
            facts.record_types.push((name.to_owned(), known(walk, &node, id)?));
        }
    }
    if let Some(node) = object.get("validationRules") {
        let mut rules = Vec::new();
        for (name, node) in walk.any_object(&node)?.entries() {
            let message = walk.text(&node)?.to_owned();
            rules.push(ValidationRule { name: known(walk, &node, FieldName::parse(name))?, message });
        }
        facts.validation_rules = rules.into();
    }
    Some(facts)
}

fn field(walk: &mut Walk, node: &Node) -> Option<FieldFacts> {
    let object = walk.object(node, &FIELD_KEYS)?;
    let field_type = match object.get("type") {
        Some(node) => FieldType::of_describe(walk.one_of(&node, &FieldType::WORDS.map(|(word, _)| word))?)?,
        None => FieldType::Unknown,
    };
    let precision = number(walk, &object, "precision")?;
    let scale = number(walk, &object, "scale")?;
    let mut values = Vec::new();
    if let Some(node) = object.get("values") {
        for node in walk.list(&node)? {
            values.push(picklist_value(walk, &node)?);
        }
    }
    let label = match object.get("label") {
        Some(node) => Some(walk.text(&node)?.to_owned()),
        None => None,
    };
    Some(FieldFacts {
        label,
        field_type,
        external_id: flag(walk, &object, "externalId")?,
        id_lookup: flag(walk, &object, "idLookup")?,
        unique: flag(walk, &object, "unique")?,
        case_sensitive: flag(walk, &object, "caseSensitive")?,
        required: flag(walk, &object, "required")?,
        length: number(walk, &object, "length")?,
        byte_length: number(walk, &object, "byteLength")?,
        digits: precision.map(|precision| (precision, scale.unwrap_or(0))),
        restricted: flag(walk, &object, "restricted")?,
        left_out: flag(walk, &object, "leftOut")?,
        values,
    })
}

fn picklist_value(walk: &mut Walk, node: &Node) -> Option<PicklistValue> {
    let object = walk.object(node, &["value", "label"])?;
    let value = object.require(walk, "value")?;
    let value = walk.text(&value)?.to_owned();
    let label = match object.get("label") {
        Some(node) => Some(walk.text(&node)?.to_owned()),
        None => None,
    };
    Some(PicklistValue { value, label })
}

/// `None` is a mistake, `Some(false)` a missing key.
fn flag(walk: &mut Walk, object: &Object, key: &'static str) -> Option<bool> {
    object.get(key).map_or(Some(false), |node| walk.boolean(&node))
}

/// `None` is a mistake, `Some(None)` a missing key.
fn number(walk: &mut Walk, object: &Object, key: &'static str) -> Option<Option<usize>> {
    object.get(key).map_or(Some(None), |node| walk.count(&node).map(Some))
}

fn known<T>(walk: &mut Walk, node: &Node, name: Option<T>) -> Option<T> {
    if name.is_none() {
        walk.note(FindingCode::BadName, node, said!(findings_settings::bad_fact()));
    }
    name
}
