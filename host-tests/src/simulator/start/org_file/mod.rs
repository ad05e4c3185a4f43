//! `--org FILE`: what an admin adds to an org, as JSON. `org.schema.json` beside this says the same to an editor.
//!
//! It is strict: a file that says something that is not understood is refused, as one that is half understood would make a
//! test of something else.

mod field;
mod rules;
mod settings;

use serde_json::Value;

use crate::simulator::document::{BadFile, Node};
use crate::simulator::org::Org;
use crate::simulator::schema::text::keep;
use crate::simulator::schema::{Access, SObject};

/// Members of the file.
pub const MEMBERS: &[&str] = &[
    "$schema",
    "settings",
    "objects",
    "queues",
    "users",
    "apiUser",
    "validationRules",
    "duplicateRules",
    "assignmentRules",
    "onSave",
];
pub const OF_AN_OBJECT: &[&str] = &["label", "labelPlural", "keyPrefix", "fields", "recordTypes"];
pub const OF_A_RECORD_TYPE: &[&str] = &["name", "developerName", "available", "default"];
pub const OF_A_USER: &[&str] = &["username", "firstName", "lastName", "email", "active"];
pub const OF_THE_API_USER: &[&str] = &["viewAllData", "viewSetup", "objects", "fields"];

/// Applies what records need: objects, users, switches.
pub fn before_records(org: &mut Org, file: &str, value: &Value) -> Result<(), BadFile> {
    let root = Node::new(file, value);
    root.only(MEMBERS)?;
    if let Some(settings) = root.get("settings")? {
        settings::apply(org, &settings)?;
    }
    if let Some(objects) = root.get("objects")? {
        // Objects first, so that fields can refer to any of them.
        let objects = objects.members()?;
        objects.iter().try_for_each(|(name, node)| add_object(org, name, node))?;
        objects.iter().try_for_each(|(name, node)| add_fields(org, name, node))?;
        objects.iter().try_for_each(|(name, node)| add_record_types(org, name, node))?;
        org.settle_schema();
    }
    for queue in root.list("queues")? {
        org.add_queue(queue.text()?);
    }
    for user in root.list("users")? {
        add_user(org, &user)?;
    }
    Ok(())
}

/// Applies the rules, and what the API user may not do: none of it is asked about the records that are there already.
pub fn after_records(org: &mut Org, file: &str, value: &Value) -> Result<(), BadFile> {
    let root = Node::new(file, value);
    rules::apply(org, &root)?;
    root.get("apiUser")?.map_or(Ok(()), |user| restrict(org, &user))
}

/// The object of that name, in any case.
fn object<'a>(org: &'a Org, node: &Node<'_>, name: &str) -> Result<&'a SObject, BadFile> {
    org.schema.existing(name).ok_or_else(|| {
        let names = org.schema.objects().iter().map(|object| object.name);
        node.problem(format!("there is no object {name}{}", crate::simulator::document::meant(name, names)))
    })
}

/// The field of that name, in any case.
fn field_of(sobject: &SObject, node: &Node<'_>, name: &str) -> Result<&'static str, BadFile> {
    let known = sobject.fields.iter().find(|field| field.name.eq_ignore_ascii_case(name));
    known.map(|field| field.name).ok_or_else(|| {
        let names = sobject.fields.iter().map(|field| field.name);
        let meant = crate::simulator::document::meant(name, names);
        node.problem(format!("there is no field {}.{name}{meant}", sobject.name))
    })
}

fn add_object(org: &mut Org, name: &str, node: &Node<'_>) -> Result<(), BadFile> {
    node.only(OF_AN_OBJECT)?;
    if org.schema.existing(name).is_some() {
        for member in ["label", "labelPlural", "keyPrefix"] {
            if let Some(given) = node.get(member)? {
                return Err(given.problem(format!("{name} is there already, and only its fields can be added to")));
            }
        }
        return Ok(());
    }
    if !name.ends_with("__c") && !name.ends_with("__e") {
        let known = org.schema.objects().iter().map(|object| object.name);
        let meant = crate::simulator::document::meant(name, known);
        return Err(
            node.problem(format!("expected an object of the org, or a new one that ends with __c or __e{meant}"))
        );
    }
    let label = keep(node.optional_text("label")?.unwrap_or(name.trim_end_matches("__c")));
    let plural = keep(node.optional_text("labelPlural")?.map_or(format!("{label}s"), str::to_owned).as_str());
    let prefix = match node.get("keyPrefix")? {
        Some(given) => {
            let text = given.text()?;
            if text.len() != 3 || !text.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
                return Err(given.problem(format!("expected three letters or digits, got \"{text}\"")));
            }
            if let Some(other) = org.schema.objects().iter().find(|object| object.prefix == text) {
                return Err(given.problem(format!("\"{text}\" is the prefix of {}", other.name)));
            }
            keep(text)
        }
        None => org.free_prefix(),
    };
    org.add_object(SObject::custom(keep(name), label, plural, prefix));
    Ok(())
}

fn add_fields(org: &mut Org, name: &str, node: &Node<'_>) -> Result<(), BadFile> {
    let Some(fields) = node.get("fields")? else { return Ok(()) };
    let sobject = object(org, node, name)?.clone();
    for (field_name, field_node) in fields.members()? {
        let field = field::read(org, &sobject, field_name, &field_node)?;
        if !field_name.ends_with("__c") && field_name != "Name" {
            return Err(field_node.problem("expected a new field that ends with __c, or the Name of a new object"));
        }
        if !org.add_field(&sobject, field) {
            return Err(field_node.problem(format!("{name} has a field {field_name} already")));
        }
    }
    Ok(())
}

fn add_record_types(org: &mut Org, name: &str, node: &Node<'_>) -> Result<(), BadFile> {
    let sobject = object(org, node, name)?.name;
    for given in node.list("recordTypes")? {
        given.only(OF_A_RECORD_TYPE)?;
        let label = given.need("name", "the record type's label")?.text()?;
        let developer_name = given.optional_text("developerName")?.unwrap_or(label);
        let (available, default) = (given.flag("available", true)?, given.flag("default", false)?);
        org.add_record_type(sobject, label, developer_name, available, default);
    }
    Ok(())
}

fn add_user(org: &mut Org, node: &Node<'_>) -> Result<(), BadFile> {
    node.only(OF_A_USER)?;
    let username = node.need("username", "such as \"anna.berg@example.com\"")?.text()?;
    let last_name = node.need("lastName", "the user's last name")?.text()?;
    let first_name = node.optional_text("firstName")?;
    let email = node.optional_text("email")?.unwrap_or(username);
    org.add_user(username, first_name, last_name, email, node.flag("active", true)?);
    Ok(())
}

fn restrict(org: &mut Org, node: &Node<'_>) -> Result<(), BadFile> {
    node.only(OF_THE_API_USER)?;
    org.settings.view_all_data = node.flag("viewAllData", org.settings.view_all_data)?;
    org.settings.view_setup = node.flag("viewSetup", org.settings.view_setup)?;
    let access = |node: &Node<'_>| -> Result<Access, BadFile> {
        Ok(if node.word(&["hidden", "read-only"])? == "hidden" { Access::Hidden } else { Access::ReadOnly })
    };
    for (place, given) in node.get("fields")?.map_or(Ok(Vec::new()), |fields| fields.members())? {
        let (name, field) =
            place.split_once('.').ok_or_else(|| given.problem(format!("expected Object.Field, got \"{place}\"")))?;
        let sobject = object(org, &given, name)?;
        let (name, field) = (sobject.name, field_of(sobject, &given, field)?);
        org.restrict_field(name, field, access(&given)?);
    }
    for (name, given) in node.get("objects")?.map_or(Ok(Vec::new()), |objects| objects.members())? {
        let name = object(org, &given, name)?.name;
        org.restrict_object(name, access(&given)?);
    }
    Ok(())
}
