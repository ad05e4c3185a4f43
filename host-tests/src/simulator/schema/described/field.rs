//! One field of a describe.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use crate::simulator::document::{BadFile, Node};
use crate::simulator::schema::text::{keep, keep_all};
use crate::simulator::schema::{Dependency, Field, Kind, convert};

/// Every type that describe knows. Source: SOAP API guide, FieldType of DescribeSObjectResult; recorded describes.
const TYPES: &[&str] = &[
    "id",
    "string",
    "textarea",
    "email",
    "phone",
    "url",
    "picklist",
    "multipicklist",
    "combobox",
    "encryptedstring",
    "boolean",
    "int",
    "long",
    "double",
    "currency",
    "percent",
    "date",
    "datetime",
    "time",
    "base64",
    "reference",
    "address",
    "location",
    "anyType",
    "complexvalue",
    "datacategorygroupreference",
    "json",
];

/// Most digits of the type `long`.
const LONG_DIGITS: u32 = 18;

/// Length of a text whose describe is shortened and does not say it.
const UNKNOWN_LENGTH: usize = 255;

/// An API name: a letter, then letters, digits and underscores.
pub fn name_of<'a>(node: &Node<'a>) -> Result<&'a str, BadFile> {
    let name = node.text()?;
    let legal = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    match legal && name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        true => Ok(name),
        false => Err(node.problem(format!("expected an API name, got \"{name}\""))),
    }
}

/// Reads a field.
pub fn read(node: &Node<'_>) -> Result<Field, BadFile> {
    let name = keep(name_of(&node.need("name", "the field's API name")?)?);
    let label = keep(node.optional_text("label")?.unwrap_or(name));
    let kind = node.need("type", "the field's type")?;
    let word = kind.word(TYPES)?;
    let kind = self::kind(node, word)?;
    let compound = kind.is_compound();
    let mut field = Field::new(name, label, kind);
    // Whatever else is said, a formula and a compound field are written by nobody.
    let fixed = compound || node.flag("calculated", false)?;
    field.createable = !fixed && needed_flag(node, "createable")?;
    field.updateable = !fixed && needed_flag(node, "updateable")?;
    field.nillable = needed_flag(node, "nillable")?;
    field.defaulted_on_create = needed_flag(node, "defaultedOnCreate")?;
    field.filterable = node.flag("filterable", field.filterable)? && !compound;
    field.sortable = node.flag("sortable", field.sortable)?;
    field.unique = node.flag("unique", false)?;
    field.external_id = node.flag("externalId", false)?;
    field.id_lookup = node.flag("idLookup", field.kind == Kind::Id)?;
    field.case_sensitive = node.flag("caseSensitive", false)?;
    field.restricted = node.flag("restrictedPicklist", false)?;
    field.auto_number = node.flag("autoNumber", false)?;
    field.name_field = node.flag("nameField", false)?;
    field.custom = node.flag("custom", field.custom)?;
    field.cascades = node.flag("cascadeDelete", false)?;
    field.compound = node.optional_text("compoundFieldName")?.map(keep);
    lengths(node, word, &mut field)?;
    picklist(node, &mut field)?;
    default(node, &mut field)?;
    field.document = Some(node.value().to_string().into());
    Ok(field)
}

fn needed_flag(node: &Node<'_>, name: &str) -> Result<bool, BadFile> {
    node.need(name, "true or false")?.boolean()
}

fn kind(node: &Node<'_>, word: &str) -> Result<Kind, BadFile> {
    let length = match node.number("length", 0)? {
        0 => UNKNOWN_LENGTH,
        length => length,
    };
    let decimals = || -> Result<(u32, u32), BadFile> {
        let number = |name, otherwise| {
            let number = node.number(name, otherwise)?;
            u32::try_from(number).map_err(|_| node.problem(format!("expected \"{name}\" to be a number of digits")))
        };
        Ok((number("precision", 18)?, number("scale", 0)?))
    };
    let values = || -> Result<&'static [&'static str], BadFile> {
        let mut values = Vec::new();
        for value in node.list("picklistValues")? {
            // A list of record types has entries without a value.
            values.push(value.optional_text("value")?.unwrap_or_default());
        }
        Ok(keep_all(values))
    };
    Ok(match word {
        "id" => Kind::Id,
        "string" => Kind::Text { length },
        "textarea" => Kind::TextArea { length },
        "email" => Kind::Email,
        "phone" => Kind::Phone,
        "url" => Kind::Url,
        "picklist" => Kind::Picklist { values: values()?, length },
        "multipicklist" => Kind::MultiPicklist { values: values()? },
        "combobox" => Kind::Combobox { values: values()? },
        "encryptedstring" => Kind::Encrypted { length },
        "boolean" => Kind::Boolean,
        "int" | "long" => Kind::Int,
        "double" => decimals().map(|(precision, scale)| Kind::Double { precision, scale })?,
        "currency" => decimals().map(|(precision, scale)| Kind::Currency { precision, scale })?,
        "percent" => decimals().map(|(precision, scale)| Kind::Percent { precision, scale })?,
        "date" => Kind::Date,
        "datetime" => Kind::DateTime,
        "time" => Kind::Time,
        "base64" => Kind::Base64,
        "address" => Kind::Address,
        "location" => Kind::Location,
        "reference" => {
            let mut to = Vec::new();
            for target in node.list("referenceTo")? {
                to.push(name_of(&target)?);
            }
            let relationship = keep(node.optional_text("relationshipName")?.unwrap_or_default());
            Kind::Reference { to: keep_all(to), relationship }
        }
        other => Kind::Other(keep(other)),
    })
}

fn lengths(node: &Node<'_>, word: &str, field: &mut Field) -> Result<(), BadFile> {
    let length = node.number("length", 0)?;
    match field.kind {
        Kind::Email | Kind::Phone | Kind::Url | Kind::Combobox { .. } | Kind::MultiPicklist { .. } if length > 0 => {
            field.longest = Some(length);
        }
        // A character takes up to three bytes, unless the length is one of bytes.
        Kind::Text { .. } | Kind::TextArea { .. } => {
            field.in_bytes = length > 0 && node.number("byteLength", 0)? == length;
        }
        Kind::Int => {
            let digits = u32::try_from(node.number("digits", 0)?).unwrap_or(LONG_DIGITS).min(LONG_DIGITS);
            let digits = if word == "long" { LONG_DIGITS } else { digits };
            field.digits = (digits > 0).then_some(digits);
        }
        _ => {}
    }
    Ok(())
}

fn picklist(node: &Node<'_>, field: &mut Field) -> Result<(), BadFile> {
    let mut inactive = Vec::new();
    let mut valid_for = Vec::new();
    for value in node.list("picklistValues")? {
        let text = keep(value.optional_text("value")?.unwrap_or_default());
        field.labels.push((text, keep(value.optional_text("label")?.unwrap_or(text))));
        if !value.flag("active", true)? {
            inactive.push(text);
        }
        if value.flag("defaultValue", false)? {
            field.default = Some(text.into());
        }
        // Source: SOAP API guide, PicklistEntry: a bitmap in base64, the highest bit for the first controlling value.
        let bits = value.get("validFor")?;
        let bits = bits.map(|bits| STANDARD.decode(bits.text()?).map_err(|_| bits.problem("expected base64")));
        valid_for.push(bits.transpose()?.unwrap_or_default());
    }
    field.inactive = keep_all(inactive);
    field.dependency = match node.optional_text("controllerName")? {
        Some(controller) if node.flag("dependentPicklist", true)? => {
            Some(Dependency { controller: keep(controller), valid_for })
        }
        _ => None,
    };
    Ok(())
}

/// What a new record gets. A formula that is a constant, a day or a moment is understood; of any other the result is not
/// known, and the field stays empty.
fn default(node: &Node<'_>, field: &mut Field) -> Result<(), BadFile> {
    if let Some(given) = node.get("defaultValue")? {
        let value = convert::value(field, given.value())
            .map_err(|error| given.problem(format!("expected a value of this field: {}", error.message)))?;
        field.default = Some(value).filter(|value| !value.is_null()).or(field.default.take());
        return Ok(());
    }
    let Some(formula) = node.optional_text("defaultValueFormula")?.map(str::trim) else { return Ok(()) };
    let moment = matches!(field.kind, Kind::Date | Kind::DateTime);
    match formula.to_ascii_uppercase().as_str() {
        "TODAY()" | "NOW()" if moment => field.defaults_to_now = true,
        "TRUE" if field.kind == Kind::Boolean => field.default = Some(true.into()),
        _ => {
            let quoted = formula.strip_prefix(['"', '\'']).and_then(|rest| rest.strip_suffix(['"', '\'']));
            let is_number = field.kind.is_number();
            let text = quoted.or(is_number.then_some(formula)).map(Value::from);
            // What is no constant is a formula.
            let value = text.and_then(|text| convert::value(field, &text).ok());
            field.default = value.filter(|value| !value.is_null()).or(field.default.take());
        }
    }
    Ok(())
}

/// A list that depends on another field needs that field.
pub fn check_controller(node: &Node<'_>, fields: &[Field]) -> Result<(), BadFile> {
    let Some(controller) = node.get("controllerName")? else { return Ok(()) };
    let name = controller.text()?;
    let found = fields.iter().find(|field| field.name.eq_ignore_ascii_case(name));
    match found.map(|field| &field.kind) {
        Some(Kind::Picklist { .. } | Kind::Boolean) => Ok(()),
        Some(_) => Err(controller.problem(format!("expected a picklist or a checkbox, \"{name}\" is neither"))),
        // Field-level security can hide it from the user that the describe is of.
        None => Ok(()),
    }
}
