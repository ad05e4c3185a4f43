//! Describe, printed from the schema that validates writes.

use serde_json::{Map, Value, json};

use super::described::{field, members};
use crate::simulator::http::{Call, Reply};
use crate::simulator::org::Org;
use crate::simulator::schema::SObject;

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
    let recent = org.store.living(sobject.name).filter(|_| sobject.retrieveable).collect::<Vec<_>>();
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
    let fields: Vec<Value> = sobject.visible().map(field).collect();
    let mut description = members(json!({
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
    }));
    description.extend(summary(sobject, call));
    dated(org, call, Reply::ok(Value::Object(description)))
}

/// Describes change when an admin changes something.
fn dated(org: &Org, call: &Call, reply: Reply) -> Reply {
    reply.modified(org.schema_since.unwrap_or(call.now), call)
}

/// What describeGlobal and describe have in common. Of a described object it is what its describe says.
fn summary(sobject: &SObject, call: &Call) -> Map<String, Value> {
    let worked_out = worked_out(sobject, call);
    let said = sobject.document.as_deref().map(serde_json::from_str::<Value>);
    let Some(Ok(Value::Object(said))) = said else { return worked_out };
    let mut summary = said;
    summary.extend(worked_out.into_iter().filter(|(name, _)| {
        // What the user's permissions leave of it.
        name == "urls" || sobject.access.is_some() && ["createable", "deletable", "updateable"].contains(&name.as_str())
    }));
    summary
}

fn worked_out(sobject: &SObject, call: &Call) -> Map<String, Value> {
    let path = format!("{}/sobjects/{}", call.base(), sobject.name);
    let writable = sobject.is_writable();
    // An event is only created.
    let kept = writable && sobject.can.update;
    members(json!({
        "activateable": false,
        "associateEntityType": null,
        "associateParentEntity": null,
        "createable": writable,
        "custom": sobject.custom,
        "customSetting": false,
        "deepCloneable": false,
        "deletable": kept,
        "deprecatedAndHidden": false,
        "feedEnabled": kept,
        "hasSubtypes": false,
        "isInterface": false,
        "isSubtype": false,
        "keyPrefix": sobject.prefix,
        "label": sobject.label,
        "labelPlural": sobject.label_plural,
        "layoutable": kept,
        "mergeable": matches!(sobject.name, "Account" | "Case" | "Contact" | "Lead"),
        "mruEnabled": kept,
        "name": sobject.name,
        "queryable": sobject.can.query,
        "replicateable": sobject.retrieveable,
        "retrieveable": sobject.retrieveable,
        "searchable": kept,
        "triggerable": writable,
        "undeletable": kept,
        "updateable": kept,
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
                "relationshipName": field.children,
                "restrictedDelete": false,
            })
        })
        .collect()
}

/// The record types of the object, and always the master one.
fn record_types(org: &Org, sobject: &SObject, call: &Call) -> Vec<Value> {
    const MASTER: &str = "012000000000000AAA";
    let default = org.rules.default_record_types.get(sobject.name).map(String::as_str);
    let info = |id: &str, name: &str, developer_name: &str, available: bool, active: bool, master: bool| {
        let layout = format!("{}/sobjects/{}/describe/layouts/{id}", call.base(), sobject.name);
        json!({
            "active": active,
            "available": available,
            "defaultRecordTypeMapping": id == default.unwrap_or(MASTER),
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
        let active = row.value("IsActive") == true;
        info(&row.id, text("Name"), text("DeveloperName"), org.rules.is_available(&row.id), active, false)
    });
    own.chain([info(MASTER, "Master", "Master", true, true, true)]).collect()
}
