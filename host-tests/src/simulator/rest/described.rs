//! One field of a describe.

use serde_json::{Map, Value, json};

use crate::simulator::schema::{Field, Kind, convert::INT_DIGITS};

/// What describe prints of a field.
pub fn field(field: &Field) -> Value {
    let length = field.kind.length();
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
        "compoundFieldName": null,
        "controllerName": null,
        "createable": field.createable,
        "custom": field.custom,
        "defaultValue": if field.kind == Kind::Boolean { json!(false) } else { json!(null) },
        "defaultValueFormula": null,
        "defaultedOnCreate": field.defaulted_on_create,
        "dependentPicklist": false,
        "deprecatedAndHidden": false,
        "digits": if field.kind == Kind::Int { INT_DIGITS } else { 0 },
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
    let values = field.kind.values().iter();
    values
        .map(|value| {
            json!({
                "active": !field.inactive.contains(value),
                "defaultValue": field.default == Some(value),
                "label": field.label_of(value),
                "validFor": null,
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
