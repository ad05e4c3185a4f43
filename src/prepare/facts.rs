//! Describe → the facts of the mapped fields, as far as a run uses them.

use crate::name::{FieldName, FieldPath, RecordId, SObjectName};
use crate::rest::describe::{Describe, Field};
use crate::settings::{FieldFacts, FieldType, ObjectFacts, OrgSchema, PicklistValue, RecordSettings};

/// Longer lists are left to Salesforce: they would fill the settings.
const MAX_VALUES: usize = 1_000;

/// Facts of all fields that the mappings name.
pub fn schema(records: &[RecordSettings], describes: &[Describe], view_all_data: bool) -> OrgSchema {
    let mut schema = OrgSchema { view_all_data, objects: Vec::new() };
    for record in records {
        let Some(describe) = describes.iter().find(|describe| describe.is(&record.sobject)) else { continue };
        for mapping in &record.mappings {
            add(&mut schema, describe, describes, &mapping.field);
        }
        let Some(facts) = object(&mut schema, describe) else { continue };
        let wanted = record.record_type.as_deref();
        for (name, id, _) in describe.record_types() {
            let is_wanted = wanted.is_some_and(|wanted| wanted.eq_ignore_ascii_case(name));
            if let (true, None, Some(id)) = (is_wanted, facts.record_type(name), RecordId::of_answer(id)) {
                facts.record_types.push((name.to_owned(), id));
            }
        }
    }
    schema
}

fn add(schema: &mut OrgSchema, describe: &Describe, describes: &[Describe], path: &FieldPath) {
    let Some(relationship) = &path.relationship else {
        add_field(schema, describe, &path.field);
        return;
    };
    let parent = describe.lookup_field(relationship).and_then(Field::only_reference);
    let parent = parent.and_then(SObjectName::parse);
    let Some(parent) = parent.and_then(|name| describes.iter().find(|describe| describe.is(&name))) else { return };
    add_field(schema, parent, &path.field);
    let name = SObjectName::parse(parent.name());
    if let (Some(facts), Some(name)) = (object(schema, describe), name)
        && facts.parent(relationship).is_none()
    {
        facts.relationships.push((relationship.clone(), name));
    }
}

fn add_field(schema: &mut OrgSchema, describe: &Describe, name: &FieldName) {
    let (Some(field), Some(object)) = (describe.field(name), object(schema, describe)) else { return };
    if let (None, Some(facts), Some(name)) = (object.field(name), facts(field), FieldName::parse(field.name())) {
        object.fields.push((name, facts));
    }
}

/// The entry of an object, made where there is none.
fn object<'a>(schema: &'a mut OrgSchema, describe: &Describe) -> Option<&'a mut ObjectFacts> {
    let name = SObjectName::parse(describe.name())?;
    let at = schema.objects.iter().position(|object| object.name == name).unwrap_or_else(|| {
        let (fields, relationships, record_types) = (Vec::new(), Vec::new(), Vec::new());
        schema.objects.push(ObjectFacts { name, fields, relationships, record_types });
        schema.objects.len() - 1
    });
    schema.objects.get_mut(at)
}

/// The facts of a field; `None` if no mapping can fill its type.
pub fn facts(field: Field) -> Option<FieldFacts> {
    let field_type = FieldType::of_describe(field.word())?;
    let digits = match field_type {
        FieldType::Int => field.number("digits").filter(|digits| *digits > 0).map(|digits| (digits, 0)),
        FieldType::Double | FieldType::Currency | FieldType::Percent => {
            field.number("precision").zip(field.number("scale")).filter(|(precision, _)| *precision > 0)
        }
        _ => None,
    };
    let is_list = matches!(field_type, FieldType::Picklist | FieldType::MultiPicklist);
    let values: Vec<PicklistValue> = match is_list {
        true => field.picklist().map(picklist_value).collect(),
        false => Vec::new(),
    };
    let is_whole = values.len() <= MAX_VALUES;
    // A multi-select field's length is not that of one of its values.
    let has_length = field_type.is_text() || field_type == FieldType::Picklist;
    Some(FieldFacts {
        field_type,
        external_id: field.flag("externalId"),
        id_lookup: field.flag("idLookup"),
        unique: field.flag("unique"),
        case_sensitive: field.flag("caseSensitive"),
        required: !field.flag("nillable"),
        length: field.number("length").filter(|length| has_length && *length > 0),
        digits,
        restricted: is_list && is_whole && field.flag("restrictedPicklist"),
        values: if is_whole { values } else { Vec::new() },
    })
}

fn picklist_value((value, label): (&str, Option<&str>)) -> PicklistValue {
    let label = label.filter(|label| *label != value);
    PicklistValue { value: value.to_owned(), label: label.map(ToOwned::to_owned) }
}
