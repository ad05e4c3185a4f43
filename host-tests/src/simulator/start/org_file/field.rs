//! One field of an org file.

use crate::simulator::document::{BadFile, Node};
use crate::simulator::org::Org;
use crate::simulator::schema::text::{keep, keep_all};
use crate::simulator::schema::{Field, Kind, SObject, convert};

pub const MEMBERS: &[&str] = &[
    "type",
    "label",
    "length",
    "precision",
    "scale",
    "required",
    "readOnly",
    "unique",
    "caseSensitive",
    "externalId",
    "autoNumber",
    "values",
    "restricted",
    "default",
    "to",
    "relationship",
    "children",
    "cascadeDelete",
];
pub const OF_A_VALUE: &[&str] = &["value", "label", "active"];
pub const TYPES: &[&str] = &[
    "string",
    "textarea",
    "email",
    "phone",
    "url",
    "picklist",
    "multipicklist",
    "boolean",
    "double",
    "currency",
    "percent",
    "date",
    "datetime",
    "time",
    "reference",
];

/// Reads a field of an object.
pub fn read(org: &Org, sobject: &SObject, name: &str, node: &Node<'_>) -> Result<Field, BadFile> {
    node.only(MEMBERS)?;
    let legal = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if !legal || !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return Err(node.problem(format!("expected an API name, got \"{name}\"")));
    }
    let label =
        node.optional_text("label")?.map_or_else(|| name.trim_end_matches("__c").replace('_', " "), str::to_owned);
    let kind = node.need("type", &format!("one of {}", TYPES.join(", ")))?;
    let word = kind.word(TYPES)?;
    let mut field = Field::new(keep(name), keep(&label), self::kind(org, sobject, name, word, node)?);
    field.name_field = name == "Name";
    field.children = node.optional_text("children")?.map(keep);
    field.cascades = node.flag("cascadeDelete", false)?;
    values(node, &mut field)?;
    field.restricted = node.flag("restricted", false)?;
    if node.flag("required", false)? && field.kind != Kind::Boolean {
        field.nillable = false;
    }
    if node.flag("externalId", false)? {
        field = field.external_id();
    }
    field.unique = node.flag("unique", false)?;
    field.case_sensitive = node.flag("caseSensitive", false)?;
    if node.flag("readOnly", false)? {
        field = field.read_only();
    }
    if node.flag("autoNumber", false)? {
        field = field.auto_number();
    }
    if let Some(given) = node.get("default")? {
        let value = convert::value(&field, given.value());
        field.default =
            Some(value.map_err(|error| given.problem(format!("expected a value of this field: {}", error.message)))?);
        field.defaulted_on_create = true;
    }
    Ok(field)
}

fn kind(org: &Org, sobject: &SObject, name: &str, word: &str, node: &Node<'_>) -> Result<Kind, BadFile> {
    let length = |otherwise| node.number("length", otherwise);
    let digits = |member, otherwise| -> Result<u32, BadFile> {
        Ok(u32::try_from(node.number(member, otherwise)?).unwrap_or(u32::MAX).min(18))
    };
    let (precision, scale) = (digits("precision", 18)?, digits("scale", 0)?);
    if scale > precision {
        return Err(node.problem(format!("expected \"scale\" up to \"precision\", got {scale} and {precision}")));
    }
    // Without a list a picklist would refuse everything, or nothing.
    let values = || -> Result<&'static [&'static str], BadFile> {
        let given = node.need("values", "the picklist's values")?.items()?;
        let texts = given.iter().map(|value| match value.value().is_object() {
            true => value.need("value", "the value that records hold")?.text(),
            false => value.text(),
        });
        Ok(keep_all(texts.collect::<Result<Vec<_>, _>>()?))
    };
    Ok(match word {
        "textarea" => Kind::TextArea { length: length(32_768)? },
        "email" => Kind::Email,
        "phone" => Kind::Phone,
        "url" => Kind::Url,
        "picklist" => Kind::Picklist { values: values()?, length: 255 },
        "multipicklist" => Kind::MultiPicklist { values: values()? },
        "boolean" => Kind::Boolean,
        "double" => Kind::Double { precision, scale },
        "currency" => Kind::Currency { precision, scale },
        "percent" => Kind::Percent { precision, scale },
        "date" => Kind::Date,
        "datetime" => Kind::DateTime,
        "time" => Kind::Time,
        "reference" => {
            let mut to = Vec::new();
            for target in node.need("to", "the objects that it points to")?.items()? {
                to.push(super::object(org, &target, target.text()?)?.name);
            }
            if to.is_empty() {
                return Err(node.problem(format!("{}.{name} points to no object", sobject.name)));
            }
            let relationship =
                node.optional_text("relationship")?.map_or_else(|| name.replace("__c", "__r"), str::to_owned);
            Kind::Reference { to: keep_all(to), relationship: keep(&relationship) }
        }
        _ => Kind::Text { length: length(255)? },
    })
}

fn values(node: &Node<'_>, field: &mut Field) -> Result<(), BadFile> {
    let mut inactive = Vec::new();
    for value in node.list("values")? {
        if !value.value().is_object() {
            let text = keep(value.text()?);
            field.labels.push((text, text));
            continue;
        }
        value.only(OF_A_VALUE)?;
        let text = keep(value.need("value", "the value that records hold")?.text()?);
        field.labels.push((text, keep(value.optional_text("label")?.unwrap_or(text))));
        if !value.flag("active", true)? {
            inactive.push(text);
        }
    }
    field.inactive = keep_all(inactive);
    Ok(())
}
