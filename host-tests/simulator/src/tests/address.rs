//! State and country picklists.

use serde_json::json;

use super::describe::field;
use super::*;

fn bench() -> Bench {
    let mut bench = Bench::new();
    bench.org.settings.state_and_country_picklists = true;
    bench
}

#[test]
fn the_switch_puts_a_code_beside_each_state_and_country() {
    let mut bench = bench();
    for (sobject, name) in [
        ("Lead", "CountryCode"),
        ("Lead", "StateCode"),
        ("Contact", "MailingCountryCode"),
        ("Account", "BillingStateCode"),
    ] {
        bench.org.settings.state_and_country_picklists = true;
        assert_eq!(field(&mut bench, sobject, name)["type"], "picklist", "{name}");
        bench.org.settings.state_and_country_picklists = false;
        assert_eq!(field(&mut bench, sobject, name), Value::Null, "{name}");
    }
}

fn lead(members: &Value) -> Value {
    let mut lead = json!({ "LastName": "Doe", "Company": "Acme" });
    lead.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
    lead
}

#[test]
fn text_and_code_follow_each_other() {
    for given in [
        json!({ "Country": "United States", "State": "Florida" }),
        json!({ "CountryCode": "US", "StateCode": "FL" }),
        json!({ "Country": "united states", "StateCode": "FL" }),
    ] {
        let mut bench = bench();
        bench.create("Lead", lead(&given));
        let stored = &bench.org.records("Lead")[0];
        let values = ["Country", "CountryCode", "State", "StateCode"].map(|name| stored[name].clone());
        assert_eq!(values, ["United States", "US", "Florida", "FL"].map(Value::from), "{given}");
    }
}

#[test]
fn nothing_else_is_taken() {
    for (given, named) in [
        (json!({ "Country": "USA" }), "Country"),
        (json!({ "Country": "FR" }), "Country"),
        (json!({ "CountryCode": "France" }), "CountryCode"),
        (json!({ "CountryCode": "US", "StateCode": "Florida" }), "StateCode"),
        (json!({ "CountryCode": "FR", "State": "Florida" }), "State"),
    ] {
        let mut bench = bench();
        let response = bench.post("/sobjects/Lead", lead(&given));
        refused(&response, 400, "FIELD_INTEGRITY_EXCEPTION");
        assert_eq!(response.json()[0]["fields"], json!([named]), "{given}");
        // An org without the lists stores whatever it is told.
        bench.org.settings.state_and_country_picklists = false;
        if given.get("Country").is_some() {
            bench.create("Lead", lead(&given));
        }
    }
}

#[test]
fn api_access_control_refuses_every_session_with_the_code_of_an_expired_one() {
    let mut bench = Bench::new();
    bench.org.settings.api_access_control = true;
    let response = bench.get("/limits");
    refused(&response, 401, "INVALID_SESSION_ID");
    assert!(response.json()[0]["message"].as_str().unwrap().contains("REST API"));
}
