//! What a seed can say of the org's setup.

use serde_json::json;

use super::*;

fn seeded(seed: Value) -> Bench {
    let mut bench = Bench::new();
    bench.org.seed(&seed, bench.now).unwrap_or_else(|error| panic!("{error}"));
    bench
}

#[test]
fn a_setup_changes_fields_and_their_access_after_the_records() {
    let mut bench = seeded(json!({
        "setup": { "fields": {
            "Contact.Customer_No__c": { "unique": false },
            "Contact.FirstName": { "access": "hidden" },
            "Contact.Title": { "access": "read-only" },
            "Ticket__c.Subject__c": { "required": false },
            "Case.Subject": { "length": 2 },
        } },
        "Contact": [
            { "LastName": "Berg", "FirstName": "Anna", "Title": "Dr", "Customer_No__c": "1" },
            { "LastName": "Olsen", "Customer_No__c": "1" },
        ],
    }));
    assert_eq!(bench.org.records("Contact").len(), 2);
    refused(&bench.query("SELECT FirstName FROM Contact"), 400, "INVALID_FIELD");
    let titled = bench.post("/sobjects/Contact", json!({ "LastName": "Berg", "Title": "Dr" }));
    refused(&titled, 400, "INVALID_FIELD_FOR_INSERT_UPDATE");
    bench.create("Ticket__c", json!({}));
    refused(&bench.post("/sobjects/Case", json!({ "Subject": "Help" })), 400, "STRING_TOO_LONG");
}

#[test]
fn a_setup_has_duplicate_and_assignment_rules_and_permissions() {
    let mut bench = seeded(json!({
        "setup": {
            "viewAllData": false,
            "duplicateRules": [{ "field": "Contact.Email", "matching": ["Lead.Email"], "allowSave": true }],
            "assignmentRules": ["01QD000000IqhSL"],
        },
        "Lead": [{ "LastName": "Berg", "Company": "x", "Email": "anna@example.com" }],
    }));
    let contact = json!({ "LastName": "Berg", "Email": "anna@example.com" });
    refused(&bench.post("/sobjects/Contact", contact.clone()), 400, "DUPLICATES_DETECTED");
    bench.header("sforce-duplicate-rule-header", "allowSave=true");
    bench.create("Contact", contact);
    bench.header("sforce-auto-assign", "01QD000000IqhSL");
    bench.create("Case", json!({}));
    let upsert = bench.patch("/sobjects/Contact/Loyalty_No__c/1", json!({ "LastName": "Berg" }));
    refused(&upsert, 403, "INSUFFICIENT_ACCESS_OR_READONLY");
}

#[test]
fn a_setup_has_switches_that_bring_fields_and_validation_rules() {
    let mut bench = seeded(json!({
        "setup": {
            "personAccounts": true,
            "stateAndCountryPicklists": true,
            "fields": { "Lead.CountryCode": { "access": "read-only" } },
            "validationRules": [
                { "object": "Contact", "name": "No_Test", "field": "LastName", "refused": "Test", "message": "No tests." },
            ],
        },
        "Account": [{ "LastName": "Berg", "PersonEmail": "anna@example.com" }],
        "Lead": [{ "LastName": "Berg", "Company": "x", "Country": "Germany" }],
    }));
    assert_eq!(bench.org.records("Account")[0]["IsPersonAccount"], true);
    assert_eq!(bench.org.records("Lead")[0]["CountryCode"], "DE");
    let lead = json!({ "LastName": "Berg", "Company": "x", "CountryCode": "DE" });
    refused(&bench.post("/sobjects/Lead", lead), 400, "INVALID_FIELD_FOR_INSERT_UPDATE");
    let refusal = bench.post("/sobjects/Contact", json!({ "LastName": "Test" }));
    refused(&refusal, 400, "FIELD_CUSTOM_VALIDATION_EXCEPTION");
    let error = &refusal.json()[0];
    assert_eq!((&error["message"], &error["fields"]), (&json!("No tests."), &json!(["LastName"])));
}

#[test]
fn a_setup_that_is_not_understood_changes_nothing() {
    for setup in [
        json!([]),
        json!({ "viewAllDate": true }),
        json!({ "viewAllData": 1 }),
        json!({ "fields": { "Contact": {} } }),
        json!({ "fields": { "Contact.Nope": { "unique": true } } }),
        json!({ "fields": { "Contact.Email": { "uniq": true } } }),
        json!({ "fields": { "Contact.Email": { "length": 3 } } }),
        json!({ "fields": { "Contact.Email": { "access": "none" } } }),
        json!({ "personAccounts": 1 }),
        json!({ "validationRules": [{ "object": "Contact" }] }),
        json!({ "validationRules": [{ "object": "Contact", "odd": 1 }] }),
        json!({ "assignmentRules": ["003000000000001"] }),
        json!({ "duplicateRules": [{ "field": "Contact.Nope" }] }),
        json!({ "duplicateRules": [{ "field": "Contact.Email", "alowSave": true }] }),
    ] {
        let mut bench = Bench::new();
        let seed = json!({ "setup": setup, "Contact": [{ "LastName": "Berg" }] });
        let error = bench.org.seed(&seed, bench.now).unwrap_err();
        assert_eq!(error.sobject, "setup", "{error}");
        assert!(bench.org.records("Contact").is_empty());
    }
    let mut bench = Bench::new();
    let half = json!({ "setup": { "fields": { "Contact.LastName": { "required": false } }, "nope": 1 } });
    bench.org.seed(&half, bench.now).unwrap_err();
    refused(&bench.post("/sobjects/Contact", json!({})), 400, "REQUIRED_FIELD_MISSING");
}
