//! Orgs that are larger than the memory of an instance leaves room for: 32 MiB, of which an answer must not take more than a
//! part. Each member that a real describe has is there, since it is their number that makes them long.

use host_tests::host::{FieldQuery, ObjectQuery};
use serde_json::{Value, json};

use crate::border::{Answer, Border, Crossing};
use crate::discovery::questions::{entry, fields, fields_over, names, objects, objects_over};
use crate::org::session;

/// Members without meaning here, as many as a real entry has.
fn padded(mut entry: Value, members: usize) -> Value {
    for index in 0..members {
        entry[format!("someOtherProperty{index}")] = json!({ "name": "}],\"", "label": ["\\\"", null, false] });
    }
    entry
}

fn object(index: usize) -> Value {
    let name = format!("Object_{index:04}__c");
    padded(
        json!({
            "name": name, "label": format!("Größe {index}"), "labelPlural": format!("Größen {index}"), "keyPrefix": "a00",
            "custom": true, "createable": true, "updateable": true, "queryable": true, "deprecatedAndHidden": false,
        }),
        18,
    )
}

fn field(index: usize, values: usize) -> Value {
    let value = |number: usize| {
        json!({
            "active": true, "defaultValue": false, "label": format!("Auswahl {number} von {index}"), "validFor": "AAAAAAAAAAAA",
            "value": format!("Value_{number}_of_{index}"),
        })
    };
    padded(
        json!({
            "name": format!("Field_{index:03}__c"), "label": format!("Feld {index}"), "type": "picklist", "length": 255,
            "createable": true, "updateable": true, "nillable": true, "filterable": true, "restrictedPicklist": true,
            "picklistValues": (0..values).map(value).collect::<Vec<_>>(),
        }),
        18,
    )
}

/// An org with this answer to everything.
fn org(body: &Value) -> (impl FnMut(Crossing) -> Answer + Send + 'static, usize) {
    let part = json!({ "body": body, "httpHeaders": {}, "httpStatusCode": 200, "referenceId": "ask_0" });
    let answer = json!({ "compositeResponse": [part] }).to_string().into_bytes();
    let length = answer.len();
    (move |_: Crossing| Ok((200, answer.clone())), length)
}

#[tokio::test]
async fn the_objects_of_a_large_org_fit_into_an_instance() {
    for count in [1_500, 6_000] {
        let (answer, length) = org(&json!({ "sobjects": (0..count).map(object).collect::<Vec<_>>() }));
        println!("{count} objects: {length} bytes");
        assert!(length > count * 1_000, "{length} bytes are less than a real org's");
        let query = ObjectQuery { limit: 1_000, ..objects("GRÖßE") };
        let all = objects_over(Border::new(answer), &session("token"), &query).await.expect("asked");
        assert_eq!((names(&all, "objects").len(), &all["total"]), (1_000, &json!(count)));
        assert_eq!(names(&all, "objects")[..2], ["Object_0000__c", "Object_0001__c"]);
    }
    let (answer, _) = org(&json!({ "sobjects": (0..1_500).map(object).collect::<Vec<_>>() }));
    let found = objects_over(Border::new(answer), &session("token"), &objects("größe 1234")).await.expect("asked");
    assert_eq!(names(&found, "objects"), ["Object_1234__c"]);
}

#[tokio::test]
async fn the_fields_of_a_large_object_fit_into_an_instance() {
    // More than 4 MiB, where other answers end. Beyond 4 MiB of what is wanted, more than any real object has, it is an error
    // value and no trap.
    for (count, values, status) in [(800, 40, "done"), (1_000, 150, "failed")] {
        let entries: Vec<Value> = (0..count).map(|index| field(index, values)).collect();
        let (answer, length) =
            org(&json!({ "name": "Huge__c", "label": "Riese", "createable": true, "fields": entries }));
        println!("{count} fields with {values} values each: {length} bytes");
        assert!(length > 4 << 20, "{length}");
        let query = FieldQuery { limit: 1_000, values: 20, ..fields("Huge__c", "") };
        let outcome = fields_over(Border::new(answer), &session("token"), &query).await.expect("asked");
        assert_eq!(outcome["status"], status, "{outcome:#}");
        match status {
            "done" => {
                assert_eq!((names(&outcome, "fields").len(), &outcome["total"]), (count, &json!(count)));
                let last = entry(&outcome, "fields", &format!("Field_{:03}__c", count - 1));
                assert_eq!((last["values"].as_array().map(Vec::len), &last["moreValues"]), (Some(20), &json!(true)));
            }
            _ => assert_eq!(outcome["findings"][0]["code"], "org-not-described"),
        }
    }
}

/// All values of one field, whatever its neighbours have.
#[tokio::test]
async fn the_whole_picklist_of_one_field_can_be_had() {
    let entries: Vec<Value> = (0..40).map(|index| field(index, 1_000)).collect();
    let (answer, length) = org(&json!({ "name": "Huge__c", "label": "Riese", "createable": true, "fields": entries }));
    assert!(length > 4 << 20, "{length}");
    let query = FieldQuery { limit: 1, values: 1_000, ..fields("Huge__c", "field_017__c") };
    let outcome = fields_over(Border::new(answer), &session("token"), &query).await.expect("asked");
    let found = entry(&outcome, "fields", "Field_017__c");
    assert_eq!((found["values"].as_array().map(Vec::len), &found["moreValues"]), (Some(1_000), &json!(false)));
}

/// 64 MiB of what nobody asked for cost no memory; one byte more ends the call with a value.
#[tokio::test]
async fn an_answer_of_any_length_is_bounded() {
    let (mut answer, _) = org(&json!({ "name": "Huge__c", "createable": true, "fields": [field(0, 1)], "other": "" }));
    let Ok((_, good)) =
        answer(Crossing { method: String::new(), url: String::new(), headers: Vec::new(), body: Vec::new() })
    else {
        panic!("an answer")
    };
    let good = String::from_utf8(good).expect("UTF-8");
    for (length, status) in [(64 << 20, "done"), ((64 << 20) + 1, "failed")] {
        let padding = "x".repeat(length - good.len());
        let body = good.replacen("\"other\":\"", &format!("\"other\":\"{padding}"), 1).into_bytes();
        assert_eq!(body.len(), length);
        let border = Border::new(move |_: Crossing| Ok((200, body.clone())));
        let outcome = fields_over(border, &session("token"), &fields("Huge__c", "")).await.expect("asked");
        assert_eq!(outcome["status"], status, "{outcome:#}");
    }
}
