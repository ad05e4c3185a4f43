//! Small describes, in the shape of real ones.

use serde_json::{Value, json};

/// A field with what every describe says of one; `facts` replace or add members.
pub fn field(name: &str, kind: &str, facts: Value) -> Value {
    let mut field = json!({
        "name": name, "label": name, "type": kind, "createable": true, "updateable": true, "nillable": true,
        "defaultedOnCreate": false, "filterable": true, "sortable": true, "length": 0, "byteLength": 0, "precision": 0, "scale": 0, "digits": 0,
    });
    if ["string", "textarea", "picklist", "url"].contains(&kind) {
        (field["length"], field["byteLength"]) = (json!(40), json!(120));
    }
    let members = field.as_object_mut().expect("an object");
    members.extend(facts.as_object().expect("an object").clone());
    field
}

/// A describe with an Id, a name and these fields.
pub fn describe(name: &str, prefix: &str, fields: Vec<Value>) -> Value {
    let id = field(
        "Id",
        "id",
        json!({ "createable": false, "updateable": false, "nillable": false, "defaultedOnCreate": true, "idLookup": true }),
    );
    let own = field("Name", "string", json!({ "nameField": true, "nillable": false, "label": "Full Name" }));
    let fields = [vec![id, own], fields].concat();
    json!({
        "name": name, "label": name.trim_end_matches("__c"), "labelPlural": format!("{}s", name.trim_end_matches("__c")),
        "keyPrefix": prefix, "custom": name.ends_with("__c"), "createable": true, "updateable": true, "deletable": true,
        "queryable": true, "retrieveable": true, "childRelationships": [], "recordTypeInfos": [],
        "fields": fields,
    })
}

pub fn value(text: &str, facts: Value) -> Value {
    let mut value = json!({ "value": text, "label": text, "active": true, "defaultValue": false, "validFor": null });
    value.as_object_mut().expect("an object").extend(facts.as_object().expect("an object").clone());
    value
}

/// A house with one of everything.
pub fn house() -> Value {
    let countries = json!([value("DE", json!({})), value("US", json!({ "label": "United States" }))]);
    // The first value goes with the second country, the second with both.
    let states = json!([value("CA", json!({ "validFor": "QAAA" })), value("BE", json!({ "validFor": "wAAA" }))]);
    let levels = json!([
        value("Low", json!({})),
        value("Mid", json!({ "defaultValue": true })),
        value("Old", json!({ "active": false }))
    ]);
    let part = |name: &str, kind: &str| {
        field(name, kind, json!({ "compoundFieldName": "Site__c", "precision": 18, "scale": 15 }))
    };
    let mut house = describe(
        "House__c",
        "a0H",
        vec![
            field(
                "Number__c",
                "string",
                json!({ "externalId": true, "unique": true, "idLookup": true, "caseSensitive": true }),
            ),
            field("Level__c", "picklist", json!({ "restrictedPicklist": true, "picklistValues": levels })),
            field("Country__c", "picklist", json!({ "restrictedPicklist": true, "picklistValues": countries })),
            field(
                "State__c",
                "picklist",
                json!({ "restrictedPicklist": true, "picklistValues": states, "controllerName": "Country__c", "dependentPicklist": true }),
            ),
            field("Site__c", "location", json!({ "createable": true })),
            part("Site__Latitude__s", "double"),
            part("Site__Longitude__s", "double"),
            field("Total__c", "double", json!({ "calculated": true, "precision": 18, "scale": 2 })),
            field("Note__c", "textarea", json!({ "length": 5, "byteLength": 5 })),
            field("Built__c", "date", json!({ "defaultValueFormula": "Today()" })),
            field("Rooms__c", "double", json!({ "precision": 4, "scale": 0, "defaultValueFormula": "3" })),
            field(
                "Lived_In__c",
                "boolean",
                json!({ "nillable": false, "defaultedOnCreate": true, "defaultValue": true }),
            ),
            field(
                "Party__c",
                "reference",
                json!({ "referenceTo": ["Contact", "Flat__c"], "relationshipName": "Party__r" }),
            ),
            field(
                "Elsewhere__c",
                "reference",
                json!({ "referenceTo": ["Nowhere__c"], "relationshipName": "Elsewhere__r" }),
            ),
            field(
                "RecordTypeId",
                "reference",
                json!({ "referenceTo": ["RecordType"], "relationshipName": "RecordType" }),
            ),
        ],
    );
    let record_type = |id: &str, name: &str, available: bool, default: bool| json!({ "recordTypeId": id, "name": name, "developerName": name, "active": true, "available": available, "defaultRecordTypeMapping": default, "master": name == "Master" });
    house["recordTypeInfos"] = json!([
        record_type("012000000000001AAA", "Old", true, false),
        record_type("012000000000002AAA", "New", true, true),
        record_type("012000000000003AAA", "Secret", false, false),
        record_type("012000000000000AAA", "Master", true, false),
    ]);
    house["childRelationships"] = json!([{ "childSObject": "Flat__c", "field": "House__c", "relationshipName": "Flats__r", "cascadeDelete": false }]);
    house
}

pub fn flat() -> Value {
    let house = json!({ "referenceTo": ["House__c"], "relationshipName": "House__r", "nillable": false });
    describe("Flat__c", "a0F", vec![field("House__c", "reference", house)])
}
