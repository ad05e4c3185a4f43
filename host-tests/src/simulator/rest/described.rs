//! One field of a describe.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value, json};

use crate::simulator::schema::{Field, Kind};

/// What describe prints of a field: what the org's own describe says of it, as far as an admin has changed nothing since.
pub fn field(field: &Field) -> Value {
    let said = field.document.as_deref().map(serde_json::from_str::<Value>);
    let Some(Ok(Value::Object(mut said))) = said else { return worked_out(field) };
    let compound_or_formula = field.kind.is_compound() || said.get("calculated") == Some(&Value::Bool(true));
    let facts = [
        ("createable", field.createable),
        ("updateable", field.updateable),
        ("nillable", field.nillable),
        ("unique", field.unique),
    ];
    for (name, fact) in facts.into_iter().filter(|(name, _)| !compound_or_formula || *name == "nillable") {
        if fact || said.contains_key(name) {
            said.insert(name.into(), fact.into());
        }
    }
    if let (Some(length), Kind::Text { .. } | Kind::TextArea { .. }) = (said.get_mut("length"), &field.kind) {
        *length = field.length().into();
    }
    Value::Object(said)
}

fn worked_out(field: &Field) -> Value {
    let length = field.length();
    let fraction = field.kind.decimals().is_some();
    let (precision, scale) = field.kind.decimals().unwrap_or((0, 0));
    let id_like = matches!(field.kind, Kind::Id | Kind::Reference { .. });
    let multi = matches!(field.kind, Kind::MultiPicklist { .. });
    let groupable = field.filterable && !field.auto_number && !fraction && field.kind != Kind::DateTime;
    let mut description = members(json!({
        "aggregatable": field.filterable && !multi && !matches!(field.kind, Kind::Boolean | Kind::Time),
        "aiPredictionField": false,
        "autoNumber": field.auto_number,
        "byteLength": if id_like || multi || field.in_bytes { length } else { length * 3 },
        "calculated": false,
        "calculatedFormula": null,
        "cascadeDelete": false,
        "caseSensitive": field.case_sensitive,
        "compoundFieldName": field.compound,
        "controllerName": field.dependency.as_ref().map(|dependency| dependency.controller),
        "createable": field.createable,
        "custom": field.custom,
        "defaultValue": if field.kind == Kind::Boolean { json!(false) } else { json!(null) },
        "defaultValueFormula": null,
        "defaultedOnCreate": field.defaulted_on_create,
        "dependentPicklist": field.dependency.is_some(),
        "deprecatedAndHidden": false,
        "digits": if field.kind == Kind::Int { field.int_digits() } else { 0 },
        "displayLocationInDecimal": false,
        "encrypted": false,
        "externalId": field.external_id,
        "extraTypeInfo": null,
        "filterable": field.filterable,
        "filteredLookupInfo": null,
        "formulaTreatNullNumberAsZero": false,
        "groupable": groupable && !multi && field.kind != Kind::Time,
    }));
    description.extend(members(json!({
        "highScaleNumber": false,
        "htmlFormatted": false,
        "idLookup": field.id_lookup,
        "inlineHelpText": null,
        "label": field.label,
        "length": length,
        "mask": null,
        "maskType": null,
        "name": field.name,
        "nameField": field.name_field,
        "namePointing": field.references().len() > 1,
        "nillable": field.nillable,
        "permissionable": field.nillable && (field.custom || !id_like),
        "picklistValues": picklist_values(field),
        "polymorphicForeignKey": field.references().len() > 1,
        "precision": precision,
        "queryByDistance": false,
        "referenceTargetField": null,
        "referenceTo": field.references(),
        "relationshipName": field.relationship(),
        "relationshipOrder": null,
        "restrictedDelete": false,
        "restrictedPicklist": field.restricted,
        "scale": scale,
        "searchPrefilterable": field.createable && !field.defaulted_on_create && field.references().len() == 1,
        "soapType": soap_type(&field.kind),
        "sortable": field.sortable,
        "type": field.kind.name(),
        "unique": field.unique,
        "updateable": field.updateable,
        "writeRequiresMasterRead": false,
    })));
    Value::Object(description)
}

fn picklist_values(field: &Field) -> Vec<Value> {
    let valid_for = |place: usize| {
        let bits = field.dependency.as_ref().and_then(|dependency| dependency.valid_for.get(place));
        // Three bytes at least, as recorded describes have.
        bits.map(|bits| {
            STANDARD.encode(bits.iter().copied().chain([0; 3]).take(bits.len().max(3)).collect::<Vec<u8>>())
        })
    };
    let entries = field.entries().enumerate();
    entries
        .map(|(place, (value, label))| {
            json!({
                "active": !field.inactive.contains(&value),
                "defaultValue": field.default.as_ref().is_some_and(|default| default == value),
                "label": label,
                "validFor": valid_for(place),
                "value": value,
            })
        })
        .collect()
}

fn soap_type(kind: &Kind) -> &'static str {
    match kind {
        Kind::Id | Kind::Reference { .. } => "tns:ID",
        Kind::Boolean => "xsd:boolean",
        Kind::Int => "xsd:int",
        Kind::Double { .. } | Kind::Currency { .. } | Kind::Percent { .. } => "xsd:double",
        Kind::Date => "xsd:date",
        Kind::DateTime => "xsd:dateTime",
        Kind::Time => "xsd:time",
        Kind::Base64 => "xsd:base64Binary",
        Kind::Address => "urn:address",
        Kind::Location => "urn:location",
        Kind::Other(_) => "xsd:anyType",
        _ => "xsd:string",
    }
}

/// The members of an object.
pub fn members(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(members) => members,
        _ => Map::new(),
    }
}
