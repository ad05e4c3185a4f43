//! Describe agrees with what writes accept.

use serde_json::json;

use super::*;

pub fn field(bench: &mut Bench, sobject: &str, name: &str) -> Value {
    let description = bench.get(&format!("/sobjects/{sobject}/describe")).json();
    let fields = description["fields"].as_array().unwrap();
    fields.iter().find(|field| field["name"] == name).cloned().unwrap_or_default()
}

#[test]
fn describe_prints_what_writes_obey() {
    let mut bench = Bench::new();
    let last_name = field(&mut bench, "contact", "LastName");
    assert_eq!(
        (&last_name["length"], &last_name["nillable"], &last_name["createable"]),
        (&json!(80), &json!(false), &json!(true))
    );
    let score = field(&mut bench, "Ticket__c", "Score__c");
    assert_eq!((&score["type"], &score["precision"], &score["scale"]), (&json!("double"), &json!(18), &json!(2)));
    let priority = field(&mut bench, "Ticket__c", "Priority__c");
    assert_eq!(
        (&priority["restrictedPicklist"], &priority["picklistValues"][2]["value"]),
        (&json!(true), &json!("High"))
    );
    assert_eq!(field(&mut bench, "Contact", "Description")["filterable"], false);
    assert_eq!(field(&mut bench, "Contact", "AccountId")["relationshipName"], "Account");
    assert_eq!(field(&mut bench, "acme__Order__c", "acme__Number__c")["caseSensitive"], true);
}

#[test]
fn exactly_the_documented_fields_are_keys() {
    let mut bench = Bench::new();
    let mut keys = |sobject: &str| -> Vec<String> {
        let description = bench.get(&format!("/sobjects/{sobject}/describe")).json();
        let fields = description["fields"].as_array().unwrap().clone();
        let keys = fields.iter().filter(|field| field["idLookup"] == true);
        keys.map(|field| field["name"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(keys("Contact"), ["Id", "Email", "Customer_No__c", "Loyalty_No__c"]);
    assert_eq!(keys("Lead"), ["Id", "Email"]);
    assert_eq!(keys("Case"), ["Id", "CaseNumber", "Chat_Conversation_Id__c"]);
    assert_eq!(keys("Account"), ["Id", "Customer_No__c"]);
    assert_eq!(keys("Ticket__c"), ["Id", "External_Id__c", "Serial__c", "Number__c"]);
    assert_eq!(keys("acme__Order__c"), ["Id", "Name", "acme__Number__c"]);
}

#[test]
fn a_record_with_just_the_fields_that_describe_requires_is_accepted() {
    let mut bench = Bench::new();
    for sobject in ["Account", "Contact", "Lead", "Case", "Ticket__c", "acme__Order__c"] {
        let description = bench.get(&format!("/sobjects/{sobject}/describe")).json();
        let fields = description["fields"].as_array().unwrap();
        let required = fields.iter().filter(|field| {
            field["createable"] == true && field["nillable"] == false && field["defaultedOnCreate"] == false
        });
        let names: Vec<String> = required.map(|field| field["name"].as_str().unwrap().to_owned()).collect();
        let body: serde_json::Map<String, Value> = names.iter().map(|name| (name.clone(), json!("x"))).collect();
        bench.create(sobject, Value::Object(body.clone()));
        for name in &names {
            let mut without = body.clone();
            without.remove(name);
            let response = bench.post(&format!("/sobjects/{sobject}"), Value::Object(without));
            refused(&response, 400, "REQUIRED_FIELD_MISSING");
        }
    }
}

#[test]
fn describe_global_lists_every_object() {
    let body = Bench::new().get("/sobjects").json();
    assert_eq!((&body["encoding"], &body["maxBatchSize"]), (&json!("UTF-8"), &json!(200)));
    let names: Vec<&str> =
        body["sobjects"].as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap()).collect();
    assert!(names.contains(&"Contact") && names.contains(&"acme__Order__c"));
}

#[test]
fn the_basic_information_shows_recent_records() {
    let mut bench = Bench::new();
    let id = bench.create("Account", json!({ "Name": "Acme" }));
    let body = bench.get("/sobjects/Account").json();
    assert_eq!(body["objectDescribe"]["keyPrefix"], "001");
    assert_eq!(body["recentItems"][0]["Id"], id.as_str());
}
