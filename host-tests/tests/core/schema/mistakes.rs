//! A single mistake is refused by the schema and by the parser.

use super::*;

/// Each with one mistake: at this place stands this, or nothing.
#[test]
fn a_single_mistake_of_shape_is_refused_by_the_schema_and_by_the_parser() {
    let schema = jsonschema::draft202012::new(&schema()).unwrap();
    let long = "x".repeat(81);
    for (place, mistake) in [
        // A key that is missing.
        ("/mode", None),
        ("/deploymentDomain", None),
        ("/mappings", None),
        ("/mappings/0/source", None),
        ("/mappings/0/object", None),
        ("/mappings/0/field", None),
        ("/mappings/7/field", None),
        ("/schema/objects/Case/fields", None),
        ("/schema/objects/Case/fields/Origin/values/0/value", None),
        // A key that nobody knows, at every level.
        ("/mapings", Some(json!([]))),
        ("/$schema", Some(json!("https://example.com"))),
        ("/mappings/0/whenblank", Some(json!("skip"))),
        ("/mappings/0/source/x", Some(json!("y"))),
        ("/objects/Case/doublets", Some(json!("block"))),
        ("/schema/date", Some(json!("2026-11-22"))),
        ("/schema/objects/Case/label", Some(json!("Case"))),
        ("/schema/objects/Case/fields/Origin/labels", Some(json!("Origin"))),
        ("/schema/objects/Case/fields/Origin/values/0/active", Some(json!(true))),
        // Another type.
        ("", Some(json!([]))),
        ("/mode", Some(json!(null))),
        ("/deploymentDomain", Some(json!(1))),
        ("/apiVersion", Some(json!(62.0))),
        ("/locale", Some(json!(["de"]))),
        ("/timeZone", Some(json!(1))),
        ("/preset", Some(json!(true))),
        ("/mappings", Some(json!({}))),
        ("/mappings/0", Some(json!("Email"))),
        ("/mappings/0/source", Some(json!("customer_email"))),
        ("/mappings/0/source/variable", Some(json!(1))),
        ("/mappings/1/source/constant", Some(json!(null))),
        ("/mappings/1/source/constant", Some(json!({}))),
        ("/mappings/2/source/template", Some(json!(["{a}"]))),
        ("/mappings/3/source/record", Some(json!({}))),
        ("/mappings/6/source/file", Some(json!(["photo"]))),
        ("/mappings/6/source/file", Some(json!(" "))),
        ("/mappings/7/source/transcript", Some(json!({}))),
        ("/mappings/0/object", Some(json!(null))),
        ("/mappings/0/field", Some(json!(1))),
        ("/mappings/0/useToFindExisting", Some(json!("true"))),
        ("/mappings/0/silence", Some(json!("mismatched-source"))),
        ("/mappings/7/onlyFor", Some(json!("Lead"))),
        ("/objects/Person/lookIn", Some(json!({ "Contact": 1, "Lead": 2 }))),
        ("/objects/Person/lookIn/0", Some(json!(1))),
        ("/objects", Some(json!([]))),
        ("/objects/Case", Some(json!(null))),
        ("/objects/Contact/onlyUpdateExisting", Some(json!(0))),
        ("/objects/Contact/store", Some(json!("Id"))),
        ("/objects/Contact/store/Id", Some(json!(true))),
        ("/schema", Some(json!("prepared"))),
        ("/schema/hash", Some(json!(0))),
        ("/schema/viewAllData", Some(json!("yes"))),
        ("/schema/objects", Some(json!([]))),
        ("/schema/objects/Case/fields", Some(json!([]))),
        ("/schema/objects/Case/fields/Subject", Some(json!(null))),
        ("/schema/objects/Case/fields/Origin/unique", Some(json!(1))),
        ("/schema/objects/Case/fields/Origin/length", Some(json!("40"))),
        ("/schema/objects/Case/fields/Origin/length", Some(json!(-1))),
        ("/schema/objects/Case/fields/Origin/length", Some(json!(4_294_967_296_u64))),
        ("/schema/objects/Case/fields/Origin/scale", Some(json!(0.5))),
        ("/schema/objects/Case/fields/Origin/values", Some(json!({}))),
        ("/schema/objects/Case/fields/Origin/values/0", Some(json!("Web"))),
        ("/schema/objects/Case/fields/Origin/values/0/label", Some(json!(null))),
        ("/schema/objects/Case/relationships/Account", Some(json!(["Account"]))),
        ("/schema/objects/Case/recordTypes/Support", Some(json!({}))),
        // A value that is none of the possible ones.
        ("/mode", Some(json!("sobject-update"))),
        ("/locale", Some(json!("de_DE"))),
        ("/preset", Some(json!("web-to-lead"))),
        ("/mappings/0/whenBlank", Some(json!("Skip"))),
        ("/mappings/0/overwrite", Some(json!("never"))),
        ("/mappings/0/whenTooLong", Some(json!("truncate"))),
        ("/mappings/0/locale", Some(json!("xx"))),
        ("/mappings/0/silence/0", Some(json!("not-prepared"))),
        ("/objects/Contact/matchKeys", Some(json!("first"))),
        ("/objects/Contact/whenSeveralMatch", Some(json!(""))),
        ("/objects/Contact/duplicateRule", Some(json!("merge"))),
        ("/objects/Case/assignmentRule", Some(json!("on"))),
        ("/objects/Case/preset", Some(json!("web-to-lead"))),
        ("/schema/objects/Case/fields/Origin/type", Some(json!("address"))),
        // A name that nothing can have.
        ("/mappings/0/object", Some(json!("Last Name"))),
        ("/mappings/0/object", Some(json!("1st"))),
        ("/mappings/0/object", Some(json!(long))),
        ("/mappings/0/field", Some(json!("Name_"))),
        ("/mappings/0/field", Some(json!("A.B.C"))),
        ("/mappings/0/field", Some(json!("Vorname des Käufers"))),
        ("/mappings/3/source/record", Some(json!("the contact"))),
        ("/objects/Case/sobject", Some(json!(""))),
        ("/objects/Person/lookIn/1", Some(json!("Key Account"))),
        ("/objects/Case/recordType", Some(json!("Support Case"))),
        ("/objects/Contact/store/Case Number", Some(json!("case_number"))),
        ("/objects/Last Name", Some(json!({}))),
        ("/schema/objects/Ca se", Some(json!({ "fields": {} }))),
        ("/schema/objects/Case/fields/First Name", Some(json!({}))),
        ("/schema/objects/Case/relationships/Account", Some(json!("an account"))),
        ("/schema/objects/Case/relationships/A b", Some(json!("Account"))),
        // A text in a form that does not hold.
        ("/deploymentDomain", Some(json!(""))),
        ("/deploymentDomain", Some(json!("login.salesforce.com"))),
        ("/deploymentDomain", Some(json!("https://example.my.salesforce.com"))),
        ("/deploymentDomain", Some(json!("example.lightning.force.com"))),
        ("/deploymentDomain", Some(json!("example.my.salesforce.com.evil.com"))),
        ("/deploymentDomain", Some(json!("evilmy.salesforce.com"))),
        ("/apiVersion", Some(json!("62"))),
        ("/apiVersion", Some(json!("45.0"))),
        ("/apiVersion", Some(json!("v62.0"))),
        ("/timeZone", Some(json!("Central European Time"))),
        ("/mappings/0/timeZone", Some(json!(""))),
        ("/mappings/0/source/variable", Some(json!(" \t"))),
        ("/mappings/1/source/constant", Some(json!("\u{a0}"))),
        ("/mappings/1/source/constant", Some(json!("@{contact.id}"))),
        ("/mappings/2/source/template", Some(json!("no variable"))),
        ("/mappings/2/source/template", Some(json!("{{escaped}}"))),
        ("/mappings/2/source/template", Some(json!("{open"))),
        ("/mappings/2/source/template", Some(json!("close} {a}"))),
        ("/mappings/2/source/template", Some(json!("{a} { }"))),
        ("/mappings/2/source/template", Some(json!("{a} @{{contact}}"))),
        ("/objects/Case/assignmentRule", Some(json!("01Q00000000000"))),
        ("/objects/Contact/store/Id", Some(json!(" "))),
        ("/schema/objects/Case/recordTypes/Support", Some(json!("Support"))),
        ("/schema/objects/Case/fields/Origin/label", Some(json!(1))),
        ("/title", Some(json!(" "))),
        ("/title", Some(json!("x".repeat(81)))),
        ("/description", Some(json!("x".repeat(1025)))),
        ("/description", Some(json!(null))),
        // Too few, or too many.
        ("/mappings", Some(json!([]))),
        ("/mappings", Some(full()["mappings"][1].clone()).map(|row| Value::from(vec![row; 1001]))),
        ("/mappings/7/onlyFor", Some(json!([]))),
        ("/mappings/7/onlyFor", Some(json!(["Lead", "Lead"]))),
        ("/objects/Person/lookIn", Some(json!(["Lead"]))),
        ("/objects/Person/lookIn", Some(json!(["A__c", "B__c", "C__c", "D__c", "E__c", "F__c"]))),
        ("/objects/Person/lookIn", Some(json!(["Lead", "Contact", "Lead"]))),
        ("/objects/Person/sobject", Some(json!("Lead"))),
        ("/mappings/0/source", Some(json!({}))),
        ("/mappings/0/source/constant", Some(json!("x"))),
        ("/mappings/4/source/constant", Some(json!([]))),
        ("/mappings/4/source/constant", Some(json!([["a"]]))),
        ("/mappings/4/source/constant", Some(json!([null]))),
        ("/mappings/4/source/constant", Some(json!(["a", "@{b}"]))),
    ] {
        let mut settings = full();
        let shown = mistake.as_ref().map_or("nothing".to_owned(), |value| value.to_string().chars().take(80).collect());
        put(&mut settings, place, mistake);
        assert!(!schema.is_valid(&settings), "the schema accepts {shown} at {place}");
        assert!(!errors(&settings).is_empty(), "the parser accepts {shown} at {place}");
    }
}

/// The same of settings that read.
#[test]
fn a_single_mistake_of_shape_in_a_read_is_refused_by_the_schema_and_by_the_parser() {
    let schema = jsonschema::draft202012::new(&schema()).unwrap();
    assert!(schema.is_valid(&full_read()));
    assert_eq!(errors(&full_read()), []);
    for (place, mistake) in [
        ("/mappings/0/source", None),
        ("/mappings/1/target", None),
        ("/mappings/1/target", Some(json!("last_name"))),
        ("/mappings/1/target", Some(json!({}))),
        ("/mappings/1/target/variable", Some(json!(" \u{a0}"))),
        ("/mappings/1/target/list", Some(json!(true))),
        ("/mappings/1/source", Some(json!({ "variable": "x" }))),
        ("/mappings/1/field", Some(json!("Account.Owner.Name"))),
        ("/objects/Contact/whenNoneMatch", Some(json!("null"))),
        ("/objects/Contact/whenSeveralMatch", Some(json!("first"))),
        ("/objects/Contact/list", Some(json!("contacts"))),
        ("/objects/Contact/list", Some(json!({ "limit": 10 }))),
        ("/objects/Contact/list/variable", Some(json!(1))),
        ("/objects/Contact/list/limit", Some(json!(0))),
        ("/objects/Contact/list/limit", Some(json!(201))),
        ("/objects/Contact/list/limit", Some(json!("10"))),
        ("/objects/Contact/list/offset", Some(json!(10))),
    ] {
        let mut settings = full_read();
        put(&mut settings, place, mistake.clone());
        assert!(!schema.is_valid(&settings), "the schema accepts {mistake:?} at {place}");
        assert!(!errors(&settings).is_empty(), "the parser accepts {mistake:?} at {place}");
    }
}

pub(super) fn full_read() -> Value {
    json!({
        "mode": "sobject-read",
        "deploymentDomain": "example.my.salesforce.com",
        "mappings": [
            {
                "source": { "variable": "customer_email" }, "object": "Contact", "field": "Email",
                "useToFindExisting": true, "whenBlank": "fail", "locale": "en-US", "timeZone": "UTC"
            },
            { "object": "Contact", "field": "Account.Name", "target": { "variable": "company" } }
        ],
        "objects": { "Contact": {
            "matchKeys": "any", "whenNoneMatch": "clear", "whenSeveralMatch": "list",
            "list": { "variable": "contacts", "limit": 200 }, "store": { "Id": "contact_id" }
        } }
    })
}

#[test]
fn a_single_mistake_in_a_request_is_refused_by_the_schema_and_by_the_parser() {
    let schema = jsonschema::draft202012::new(&schema()).unwrap();
    for (place, mistake) in [
        ("/mode", None),
        ("/path", None),
        ("/mode", Some(json!("sobject-write"))),
        ("/mappings", Some(full()["mappings"].clone())),
        ("/objects", Some(json!({}))),
        ("/schema", Some(json!({}))),
        ("/apiVersion", Some(json!("62.0"))),
        ("/methods", Some(json!("GET"))),
        ("/method", Some(json!("HEAD"))),
        ("/method", Some(json!(1))),
        ("/path", Some(json!("/setup/"))),
        ("/path", Some(json!("https://example.my.salesforce.com/services/data"))),
        ("/path", Some(json!(["services"]))),
        ("/query", Some(json!("a=b"))),
        ("/query/updateOnly", Some(json!(true))),
        ("/query/", Some(json!("true"))),
        ("/allowWrites", Some(json!("true"))),
        ("/deadlineSeconds", Some(json!(0))),
        ("/store", Some(json!(["/id"]))),
        ("/store/id", Some(json!(1))),
        ("/store/id", None),
        ("/store/~1created", Some(json!(" "))),
    ] {
        let mut settings = full_request();
        match (place, mistake.clone()) {
            // Names of members that a pointer would take for steps.
            ("/store/id", None) => settings["store"] = json!({ "id": "contact_id" }),
            ("/store/id", Some(value)) => settings["store"]["/id"] = value,
            ("/store/~1created", Some(value)) => settings["store"]["/created"] = value,
            (place, mistake) => put(&mut settings, place, mistake),
        }
        assert!(!schema.is_valid(&settings), "the schema accepts {mistake:?} at {place}");
        assert!(!errors(&settings).is_empty(), "the parser accepts {mistake:?} at {place}");
    }
    // And what belongs to this mode is refused in the other.
    for key in ["method", "path", "query", "body", "allowWrites", "store"] {
        let mut settings = full();
        settings[key] = full_request()[key].clone();
        assert!(!schema.is_valid(&settings) && !errors(&settings).is_empty(), "{key}");
    }
}

pub(super) fn put(document: &mut Value, place: &str, value: Option<Value>) {
    let Some((parent, key)) = place.rsplit_once('/') else {
        *document = value.unwrap_or_default();
        return;
    };
    let parent = document.pointer_mut(parent).unwrap_or_else(|| panic!("no place {place}"));
    match (parent, value) {
        (Value::Object(members), Some(value)) => drop(members.insert(key.to_owned(), value)),
        (Value::Object(members), None) => drop(members.remove(key).unwrap_or_else(|| panic!("nothing at {place}"))),
        (Value::Array(items), Some(value)) => items[key.parse::<usize>().unwrap()] = value,
        _ => panic!("nothing to change at {place}"),
    }
}
