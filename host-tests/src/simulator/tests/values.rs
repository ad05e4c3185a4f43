//! Field values: what is refused and how it is stored.

use serde_json::json;

use super::*;

fn ticket(field: &str, value: Value) -> (Response, Bench) {
    let mut bench = Bench::new();
    let response = bench.post("/sobjects/Ticket__c", json!({ "Subject__c": "s", field: value }));
    (response, bench)
}

#[track_caller]
fn stores(field: &str, value: Value, stored: Value) {
    let (response, bench) = ticket(field, value);
    assert_eq!(response.status, 201, "{}", response.json());
    assert_eq!(bench.org.records("Ticket__c")[0].get(field).cloned().unwrap_or_default(), stored);
}

#[track_caller]
fn refuses(field: &str, value: Value, code: &str) {
    let (response, bench) = ticket(field, value);
    refused(&response, 400, code);
    assert!(bench.org.records("Ticket__c").is_empty());
}

#[test]
fn required_fields_are_named() {
    let mut bench = Bench::new();
    let response = bench.post("/sobjects/Lead", json!({ "FirstName": "Jo", "Company": " " }));
    refused(&response, 400, "REQUIRED_FIELD_MISSING");
    assert_eq!(response.json()[0]["message"], "Required fields are missing: [LastName, Company]");
    assert_eq!(response.json()[0]["fields"], json!(["LastName", "Company"]));
}

#[test]
fn null_clears_an_optional_field_and_is_refused_on_a_required_one() {
    let mut bench = Bench::new();
    let id = bench.create("Contact", json!({ "LastName": "Doe" }));
    refused(
        &bench.patch(&format!("/sobjects/Contact/{id}"), json!({ "LastName": null })),
        400,
        "REQUIRED_FIELD_MISSING",
    );
    refused(&bench.patch(&format!("/sobjects/Contact/{id}"), json!({ "LastName": "" })), 400, "REQUIRED_FIELD_MISSING");
}

#[test]
fn text_is_trimmed_and_blank_text_is_null() {
    stores("External_Id__c", json!("  x y "), json!("x y"));
    stores("External_Id__c", json!("   "), Value::Null);
}

#[test]
fn text_above_its_length_is_refused_with_the_value_in_the_message() {
    let long = "x".repeat(65);
    let (response, _) = ticket("External_Id__c", json!(long));
    refused(&response, 400, "STRING_TOO_LONG");
    let message = format!("External Id: data value too large: {long} (max length=64)");
    assert_eq!(response.json()[0]["message"], message.as_str());
    assert_eq!(response.json()[0]["fields"], json!(["External_Id__c"]));
    stores("External_Id__c", json!("x".repeat(64)), json!("x".repeat(64)));
}

#[test]
fn length_counts_utf_16_units() {
    stores("External_Id__c", json!("\u{1F600}".repeat(32)), json!("\u{1F600}".repeat(32)));
    refuses("External_Id__c", json!("\u{1F600}".repeat(33)), "STRING_TOO_LONG");
    stores("External_Id__c", json!("ü".repeat(64)), json!("ü".repeat(64)));
}

#[test]
fn an_email_is_checked_and_stored_in_lower_case() {
    let mut bench = Bench::new();
    bench.create("Contact", json!({ "LastName": "Doe", "Email": " Jo.Doe@Example.COM " }));
    assert_eq!(bench.org.records("Contact")[0]["Email"], "jo.doe@example.com");
    for bad in [
        "jo",
        "jo@",
        "@example.com",
        "jo@example",
        "jo doe@example.com",
        "jo@exa_mple.com",
        "a@b@c.de",
        "jo@-x.de",
        ".jo@x.de",
    ] {
        let response = bench.post("/sobjects/Contact", json!({ "LastName": "Doe", "Email": bad }));
        refused(&response, 400, "INVALID_EMAIL_ADDRESS");
        assert_eq!(response.json()[0]["message"], format!("Email: invalid email address: {bad}"));
    }
}

#[test]
fn a_wrong_json_type_is_a_parser_error_without_fields() {
    for (field, value) in [
        ("Score__c", json!("banana")),
        ("Score__c", json!("1,5")),
        ("Score__c", json!("")),
        ("Score__c", json!(true)),
        ("Subject__c", json!(5)),
        ("Subject__c", json!(["a"])),
        ("Done__c", json!("true")),
        ("Done__c", Value::Null),
        ("Channels__c", json!(["Chat"])),
        ("Due__c", json!("")),
    ] {
        let (response, _) = ticket(field, value.clone());
        refused(&response, 400, "JSON_PARSER_ERROR");
        assert_eq!(response.json()[0].get("fields"), None, "{field} {value}");
    }
}

#[test]
fn dates_and_times_are_strict() {
    stores("Due__c", json!("2026-02-28"), json!("2026-02-28"));
    stores("Started__c", json!("2025-12-16T14:05:30+01:00"), json!("2025-12-16T13:05:30.000+0000"));
    stores("Starts_At__c", json!("13:05:30.000Z"), json!("13:05:30.000Z"));
    refuses("Due__c", json!("2026-02-30"), "JSON_PARSER_ERROR");
    refuses("Due__c", json!("2026-02-28T10:00:00Z"), "JSON_PARSER_ERROR");
    refuses("Due__c", json!("1500-01-01"), "FIELD_INTEGRITY_EXCEPTION");
    refuses("Started__c", json!("2025-12-16 13:05:30Z"), "JSON_PARSER_ERROR");
    refuses("Started__c", json!("2025-12-16T13:05:30"), "JSON_PARSER_ERROR");
}

#[test]
fn numbers_are_cut_to_their_scale_and_bounded_by_their_precision() {
    stores("Score__c", json!(12), serde_json::from_str("12.0").unwrap());
    stores("Score__c", json!("1.999"), serde_json::from_str("1.99").unwrap());
    stores(
        "Score__c",
        serde_json::from_str("1234567890123456.78").unwrap(),
        serde_json::from_str("1234567890123456.78").unwrap(),
    );
    refuses("Score__c", serde_json::from_str("12345678901234567").unwrap(), "NUMBER_OUTSIDE_VALID_RANGE");
    let mut bench = Bench::new();
    let account = |value: Value| json!({ "Name": "Acme", "NumberOfEmployees": value });
    refused(&bench.post("/sobjects/Account", account(json!(1.5))), 400, "JSON_PARSER_ERROR");
    bench.create("Account", account(json!(7)));
    assert_eq!(bench.org.records("Account")[0]["NumberOfEmployees"], json!(7));
}

#[test]
fn a_restricted_picklist_takes_its_values_and_an_unrestricted_one_any() {
    stores("Priority__c", json!("High"), json!("High"));
    refuses("Priority__c", json!("Urgent"), "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST");
    refuses("Channels__c", json!("Chat;Fax"), "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST");
    let mut bench = Bench::new();
    bench.create("Case", json!({ "Origin": "Chat", "Status": "Anything" }));
    bench.create("Contact", json!({ "LastName": "Doe", "acme__Tier__c": "Platinum" }));
}

#[test]
fn a_multi_select_value_comes_back_in_picklist_order_without_repeats() {
    stores("Channels__c", json!("Phone; Chat;Phone;"), json!("Chat;Phone"));
}

#[test]
fn read_only_fields_are_named() {
    let mut bench = Bench::new();
    let response = bench
        .post("/sobjects/Contact", json!({ "LastName": "Doe", "Name": "x", "CreatedDate": "2025-12-16T13:05:30Z" }));
    refused(&response, 400, "INVALID_FIELD_FOR_INSERT_UPDATE");
    assert_eq!(response.json()[0]["fields"], json!(["CreatedDate", "Name"]));
    refused(&bench.post("/sobjects/Case", json!({ "CaseNumber": "1" })), 400, "INVALID_FIELD_FOR_INSERT_UPDATE");
}

#[test]
fn a_lookup_needs_a_living_record_of_the_right_object() {
    let mut bench = Bench::new();
    let account = bench.create("Account", json!({ "Name": "Acme" }));
    let contact = bench.create("Contact", json!({ "LastName": "Doe", "AccountId": &account[..15] }));
    assert_eq!(bench.org.records("Contact")[0]["AccountId"], account.as_str());
    let response = bench.post("/sobjects/Contact", json!({ "LastName": "Doe", "AccountId": contact }));
    refused(&response, 400, "MALFORMED_ID");
    assert_eq!(response.json()[0]["message"], format!("Account ID: id value of incorrect type: {contact}"));
    refused(&bench.post("/sobjects/Contact", json!({ "LastName": "Doe", "AccountId": "x" })), 400, "MALFORMED_ID");
    let unknown = super::super::schema::id::numbered("001", 999);
    let response = bench.post("/sobjects/Contact", json!({ "LastName": "Doe", "AccountId": unknown }));
    refused(&response, 400, "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY");
    assert_eq!(response.json()[0]["fields"], json!([]));
    let response =
        bench.post("/sobjects/Case", json!({ "RecordTypeId": super::super::schema::id::numbered("012", 2) }));
    refused(&response, 400, "INVALID_CROSS_REFERENCE_KEY");
}

#[test]
fn a_parent_may_be_named_by_its_external_id() {
    let mut bench = Bench::new();
    let account = bench.create("Account", json!({ "Name": "Acme", "Customer_No__c": "A1" }));
    let contact = bench.create(
        "Contact",
        json!({ "LastName": "Doe", "Email": "jo@example.com", "Account": { "Customer_No__c": "a1" } }),
    );
    bench.create("Ticket__c", json!({ "Subject__c": "s", "Contact__r": { "Email": "Jo@example.com" } }));
    assert_eq!(bench.org.records("Contact")[0]["AccountId"], account.as_str());
    assert_eq!(bench.org.records("Ticket__c")[0]["Contact__c"], contact.as_str());
    let response = bench.post("/sobjects/Contact", json!({ "LastName": "Doe", "Account": { "Customer_No__c": "A2" } }));
    let message = "Foreign key external ID: A2 not found for field Customer_No__c in entity Account";
    assert_eq!(error(&response), (400, "INVALID_FIELD".into(), message.into()));
    assert_eq!(response.json()[0]["fields"], json!([]));
    for parent in [json!({ "Name": "Acme" }), json!({}), json!({ "Nope": 1 }), json!({ "Customer_No__c": null })] {
        refused(
            &bench.post("/sobjects/Contact", json!({ "LastName": "Doe", "Account": parent })),
            400,
            "INVALID_FIELD",
        );
    }
    bench.create("Contact", json!({ "LastName": "Roe", "Email": "jo@example.com" }));
    let twice = json!({ "Subject__c": "s", "Contact__r": { "Email": "jo@example.com" } });
    refused(&bench.post("/sobjects/Ticket__c", twice), 400, "DUPLICATE_EXTERNAL_ID");
}

#[test]
fn a_unique_field_names_the_other_record() {
    let mut bench = Bench::new();
    let first = bench.create("Contact", json!({ "LastName": "Doe", "Customer_No__c": "ab1" }));
    let response = bench.post("/sobjects/Contact", json!({ "LastName": "Roe", "Customer_No__c": "AB1" }));
    refused(&response, 400, "DUPLICATE_VALUE");
    let message = format!("duplicate value found: Customer_No__c duplicates value on record with id: {}", &first[..15]);
    assert_eq!(response.json()[0]["message"], message);
    assert_eq!(bench.patch(&format!("/sobjects/Contact/{first}"), json!({ "Customer_No__c": "AB1" })).status, 204);
    bench.create("acme__Order__c", json!({ "acme__Number__c": "n" }));
    bench.create("acme__Order__c", json!({ "acme__Number__c": "N" }));
    bench.create("Contact", json!({ "LastName": "Doe", "Loyalty_No__c": "same" }));
    bench.create("Contact", json!({ "LastName": "Doe", "Loyalty_No__c": "same" }));
}
