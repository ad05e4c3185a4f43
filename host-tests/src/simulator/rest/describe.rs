//! Describe, printed from the schema that validates writes.

use serde_json::{Map, Value, json};

use crate::simulator::http::{Call, Reply};
use crate::simulator::org::Org;
use crate::simulator::schema::{Field, Kind, SObject, convert::INT_DIGITS};

/// `GET /sobjects/`
pub fn global(org: &Org, call: &Call) -> Reply {
    let sobjects: Vec<Value> = org
        .schema
        .objects()
        .iter()
        .filter(|object| !object.is_hidden())
        .map(|object| Value::Object(summary(object, call)))
        .collect();
    dated(org, call, Reply::ok(json!({ "encoding": "UTF-8", "maxBatchSize": 200, "sobjects": sobjects })))
}

/// `GET /sobjects/X`
pub fn basic(org: &Org, call: &Call, sobject: &SObject) -> Reply {
    let recent = org.store.living(sobject.name).collect::<Vec<_>>();
    let recent: Vec<Value> = recent
        .iter()
        .rev()
        .take(5)
        .map(|row| {
            let attributes = json!({ "type": sobject.name, "url": call.record_url(sobject.name, &row.id) });
            json!({ "attributes": attributes, "Id": row.id, "Name": row.value("Name") })
        })
        .collect();
    Reply::ok(json!({ "objectDescribe": summary(sobject, call), "recentItems": recent }))
}

/// `GET /sobjects/X/describe`
pub fn full(org: &Org, call: &Call, sobject: &SObject) -> Reply {
    let mut description = summary(sobject, call);
    let fields: Vec<Value> = sobject.visible().map(field).collect();
    description.extend(members(json!({
        "actionOverrides": [],
        "childRelationships": children(org, sobject),
        "compactLayoutable": true,
        "defaultImplementation": null,
        "extendedBy": null,
        "extendsInterfaces": null,
        "fields": fields,
        "implementedBy": null,
        "implementsInterfaces": null,
        "listviewable": null,
        "lookupLayoutable": null,
        "namedLayoutInfos": [],
        "networkScopeFieldName": null,
        "recordTypeInfos": record_types(org, sobject, call),
        "searchLayoutable": true,
        "sobjectDescribeOption": "FULL",
        "supportedScopes": [{ "label": format!("All {}", sobject.label_plural), "name": "everything" }],
    })));
    dated(org, call, Reply::ok(Value::Object(description)))
}

/// Describes change when an admin changes something.
fn dated(org: &Org, call: &Call, reply: Reply) -> Reply {
    reply.modified(org.schema_since.unwrap_or(call.now), call)
}

/// What describeGlobal and describe have in common.
fn summary(sobject: &SObject, call: &Call) -> Map<String, Value> {
    let path = format!("{}/sobjects/{}", call.base(), sobject.name);
    let writable = sobject.is_writable();
    members(json!({
        "activateable": false,
        "associateEntityType": null,
        "associateParentEntity": null,
        "createable": writable,
        "custom": sobject.custom,
        "customSetting": false,
        "deepCloneable": false,
        "deletable": writable,
        "deprecatedAndHidden": false,
        "feedEnabled": writable,
        "hasSubtypes": false,
        "isInterface": false,
        "isSubtype": false,
        "keyPrefix": sobject.prefix,
        "label": sobject.label,
        "labelPlural": sobject.label_plural,
        "layoutable": writable,
        "mergeable": matches!(sobject.name, "Account" | "Case" | "Contact" | "Lead"),
        "mruEnabled": writable,
        "name": sobject.name,
        "queryable": true,
        "replicateable": sobject.retrieveable,
        "retrieveable": sobject.retrieveable,
        "searchable": writable,
        "triggerable": writable,
        "undeletable": writable,
        "updateable": writable,
        "urls": {
            "describe": format!("{path}/describe"),
            "layouts": format!("{path}/describe/layouts"),
            "rowTemplate": format!("{path}/{{ID}}"),
            "sobject": path,
        },
    }))
}

fn children(org: &Org, sobject: &SObject) -> Vec<Value> {
    let objects = org.schema.objects().iter().filter(|child| !child.is_hidden());
    let all = objects.flat_map(|child| child.visible().map(move |field| (child, field)));
    let pointing = all.filter(|(_, field)| field.references().contains(&sobject.name));
    pointing
        .map(|(child, field)| {
            json!({
                "cascadeDelete": field.cascades,
                "childSObject": child.name,
                "deprecatedAndHidden": false,
                "field": field.name,
                "junctionIdListNames": [],
                "junctionReferenceTo": [],
                "relationshipName": null,
                "restrictedDelete": false,
            })
        })
        .collect()
}

/// The record types of the object, and always the master one.
fn record_types(org: &Org, sobject: &SObject, call: &Call) -> Vec<Value> {
    const MASTER: &str = "012000000000000AAA";
    let info = |id: &str, name: &str, developer_name: &str, available: bool, master: bool| {
        let layout = format!("{}/sobjects/{}/describe/layouts/{id}", call.base(), sobject.name);
        json!({
            "active": true,
            "available": available,
            "defaultRecordTypeMapping": master,
            "developerName": developer_name,
            "master": master,
            "name": name,
            "recordTypeId": id,
            "urls": { "layout": layout },
        })
    };
    let rows = org.store.living("RecordType").filter(|row| row.text("SobjectType") == Some(sobject.name));
    let own = rows.map(|row| {
        let text = |field: &str| row.text(field).unwrap_or_default();
        info(&row.id, text("Name"), text("DeveloperName"), org.rules.is_available(&row.id), false)
    });
    own.chain([info(MASTER, "Master", "Master", true, true)]).collect()
}

fn field(field: &Field) -> Value {
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

fn members(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(members) => members,
        _ => Map::new(),
    }
}
