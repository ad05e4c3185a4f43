//! Describe → the facts of the mapped fields, as far as a run uses them.

use std::rc::Rc;

use super::Org;
use crate::salesforce::facts::{ObjectFacts, OrgSchema};
use crate::salesforce::{FieldFacts, FieldName, FieldPath, FieldType, RecordId, SObjectName};
use crate::settings::RecordSettings;
use crate::wire::Describe;
use crate::wire::describe::Field;

/// What stands for a parent that may be of several objects, and its fields that hold texts.
/// Source: SOQL reference, polymorphic relationships; object reference, Name.
const NAME: &str = "Name";
pub(super) const NAME_FIELDS: [&str; 10] =
    ["Id", "Name", "FirstName", "LastName", "Email", "Phone", "Title", "Alias", "Username", "Type"];

/// Facts of all fields that the mappings name.
pub(super) fn schema(records: &[Rc<RecordSettings>], org: &Org) -> OrgSchema {
    let describes = org.describes.as_slice();
    let view_all_data = org.view_all_data.unwrap_or(false);
    let mut schema = OrgSchema { view_all_data, objects: Vec::new() };
    for record in records.iter().flat_map(|record| record.forms()) {
        let Some(describe) = describes.iter().find(|describe| describe.is(&record.sobject)) else { continue };
        if record.reads() {
            record.paths().for_each(|path| add(&mut schema, describe, describes, path));
            continue;
        }
        for mapping in &record.mappings {
            match mapping.completes && !is_fillable(describe, &mapping.field.field) {
                true => leave_out(&mut schema, describe, &mapping.field.field),
                false => add(&mut schema, describe, describes, &mapping.field),
            }
        }
        if let Some(idempotency) = record.idempotency() {
            add_field(&mut schema, describe, &idempotency.field);
        }
        let Some(facts) = object(&mut schema, describe) else { continue };
        facts.validation_rules = org.validation_rules_of(&facts.name).collect();
        let wanted = record.record_type();
        for record_type in &describe.record_types {
            let name = &record_type.developer_name;
            let is_wanted = wanted.is_some_and(|wanted| wanted.eq_ignore_ascii_case(name));
            if let (true, None, Some(id)) = (is_wanted, facts.record_type(name), RecordId::of_answer(&record_type.id)) {
                facts.record_types.push((name.clone(), id));
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
    let parent = describe.lookup_field(relationship);
    if parent.is_some_and(|lookup| lookup.references().nth(1).is_some()) {
        return add_shared(schema, describe, relationship, &path.field);
    }
    let parent = parent.and_then(Field::only_reference);
    let parent = parent.and_then(SObjectName::parse);
    let Some(parent) = parent.and_then(|name| describes.iter().find(|describe| describe.is(&name))) else { return };
    add_field(schema, parent, &path.field);
    let name = SObjectName::parse(&parent.name);
    if let (Some(facts), Some(name)) = (object(schema, describe), name)
        && facts.parent(relationship).is_none()
    {
        facts.relationships.push((relationship.clone(), name));
    }
}

/// A field of a parent that may be of several objects; only a read goes there.
fn add_shared(schema: &mut OrgSchema, describe: &Describe, relationship: &FieldName, field: &FieldName) {
    let Some(name) = SObjectName::parse(NAME) else { return };
    if let Some(facts) = object(schema, describe)
        && facts.parent(relationship).is_none()
    {
        facts.relationships.push((relationship.clone(), name.clone()));
    }
    let shared = entry(schema, name);
    if let Some(shared) = shared.filter(|shared| shared.field(field).is_none()) {
        shared.fields.push((field.clone(), FieldFacts { field_type: FieldType::String, ..FieldFacts::default() }));
    }
}

fn add_field(schema: &mut OrgSchema, describe: &Describe, name: &FieldName) {
    let (Some(field), Some(object)) = (describe.field(name), object(schema, describe)) else { return };
    // An author's own mapping counts for more than the preset's of another record.
    object.fields.retain(|(known, facts)| known != name || !facts.left_out);
    if let (None, Some(facts), Some(name)) = (object.field(name), field.facts(), FieldName::parse(&field.name)) {
        object.fields.push((name, facts.clone()));
    }
}

/// Whether this user may set the field on a new record.
pub(super) fn is_fillable(describe: &Describe, name: &FieldName) -> bool {
    describe.field(name).is_some_and(|field| field.createable)
}

/// A preset does without a field that the user may not fill.
fn leave_out(schema: &mut OrgSchema, describe: &Describe, name: &FieldName) {
    let Some(object) = object(schema, describe) else { return };
    if object.field(name).is_none() {
        object.fields.push((name.clone(), FieldFacts { left_out: true, ..FieldFacts::default() }));
    }
}

/// The entry of an object, made where there is none.
fn object<'a>(schema: &'a mut OrgSchema, describe: &Describe) -> Option<&'a mut ObjectFacts> {
    entry(schema, SObjectName::parse(&describe.name)?)
}

fn entry(schema: &mut OrgSchema, name: SObjectName) -> Option<&mut ObjectFacts> {
    let at = schema.objects.iter().position(|object| object.name == name).unwrap_or_else(|| {
        let (fields, relationships, record_types) = (Vec::new(), Vec::new(), Vec::new());
        let validation_rules = Rc::default();
        schema.objects.push(ObjectFacts { name, fields, relationships, record_types, validation_rules });
        schema.objects.len() - 1
    });
    schema.objects.get_mut(at)
}
