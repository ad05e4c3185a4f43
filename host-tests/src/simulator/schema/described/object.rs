//! One describe into one object.

use std::sync::Arc;

use super::{DescribedObject, RecordType, field};
use crate::simulator::document::{BadFile, Node};
use crate::simulator::schema::text::keep;
use crate::simulator::schema::{Can, Field, Kind, SObject, id};

/// Members that an answer works out itself.
const OWN_MEMBERS: &[&str] = &["childRelationships", "fields", "recordTypeInfos", "urls"];

/// Prefix of the ids of objects that have none in describe, such as custom settings of old; letters that Salesforce gives to
/// no object of its own.
const WITHOUT_PREFIX: &str = "zz";

/// Reads a describe.
pub fn read(node: &Node<'_>) -> Result<DescribedObject, BadFile> {
    let name = node.need("name", "the object's API name")?;
    let name = keep(field::name_of(&name)?);
    let label = keep(node.optional_text("label")?.unwrap_or(name));
    let mut fields = Vec::new();
    for item in node.list("fields")? {
        let field = field::read(&item)?;
        if fields.iter().any(|known: &Field| known.name.eq_ignore_ascii_case(field.name)) {
            return Err(item.problem(format!("the field {} is there twice", field.name)));
        }
        fields.push(field);
    }
    for item in node.list("fields")? {
        field::check_controller(&item, &fields)?;
    }
    let is_event = name.ends_with("__e");
    if !is_event && !fields.iter().any(|field| field.kind == Kind::Id) {
        // Documents that somebody shortened: no record is without one.
        fields.insert(0, Field::new("Id", "Record ID", Kind::Id).read_only().defaulted());
    }
    let flag = |member: &str| node.flag(member, true);
    let can = Can {
        create: flag("createable")?,
        update: flag("updateable")? && !is_event,
        delete: flag("deletable")? && !is_event,
        query: flag("queryable")? && !is_event,
    };
    let sobject = SObject {
        name,
        label,
        label_plural: keep(node.optional_text("labelPlural")?.unwrap_or(label)),
        prefix: prefix(node, name)?,
        custom: node.flag("custom", name.ends_with("__c"))?,
        writable: can.create || can.update || can.delete,
        can,
        retrieveable: flag("retrieveable")?,
        access: None,
        fields,
        document: Some(document(node)?),
    };
    Ok(DescribedObject {
        file: node.file().into(),
        record_types: record_types(node)?,
        children: children(node)?,
        sobject,
    })
}

fn prefix(node: &Node<'_>, name: &str) -> Result<&'static str, BadFile> {
    let Some(given) = node.get("keyPrefix")? else {
        // The same for the same name, whatever else is in the folder.
        let number = name.bytes().fold(0u8, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte)) % 36;
        return Ok(keep(&format!("{WITHOUT_PREFIX}{}", char::from_digit(number.into(), 36).unwrap_or('0'))));
    };
    let text = given.text()?;
    match text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        true => Ok(keep(text)),
        false => Err(given.problem(format!("expected three letters or digits, got \"{text}\""))),
    }
}

/// What describe prints of the object itself, as text: most orgs have many objects, and few of them are described twice.
fn document(node: &Node<'_>) -> Result<Arc<str>, BadFile> {
    let mut members = node.object()?.clone();
    members.retain(|name, _| !OWN_MEMBERS.contains(&name.as_str()));
    Ok(serde_json::Value::Object(members).to_string().into())
}

fn record_types(node: &Node<'_>) -> Result<Vec<RecordType>, BadFile> {
    let mut types = Vec::new();
    for info in node.list("recordTypeInfos")? {
        let given = info.need("recordTypeId", "the record type's id")?;
        let id = id::to_18(given.text()?).ok_or_else(|| given.problem("expected an id of 15 or 18 characters"))?;
        let name = info.need("name", "the record type's label")?.text()?;
        // Older versions say neither `master` nor a developer name; the master's id is the same in every org.
        if info.flag("master", id.starts_with("012000000000000"))? {
            continue;
        }
        types.push(RecordType {
            id,
            name: name.into(),
            developer_name: info.optional_text("developerName")?.unwrap_or(name).into(),
            active: info.flag("active", true)?,
            available: info.flag("available", true)?,
            default: info.flag("defaultRecordTypeMapping", false)?,
        });
    }
    Ok(types)
}

fn children(node: &Node<'_>) -> Result<Vec<(String, String, String)>, BadFile> {
    let mut children = Vec::new();
    for child in node.list("childRelationships")? {
        let Some(name) = child.optional_text("relationshipName")? else { continue };
        let sobject = child.need("childSObject", "the object that points here")?.text()?;
        let field = child.need("field", "the lookup that points here")?.text()?;
        children.push((sobject.to_owned(), field.to_owned(), name.to_owned()));
    }
    Ok(children)
}
