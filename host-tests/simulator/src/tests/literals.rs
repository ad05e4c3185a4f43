//! SOQL values by the type of their field.

use serde_json::json;

use super::*;

fn tickets() -> Bench {
    let mut bench = Bench::new();
    let now = bench.now;
    let ticket = json!({
        "Subject__c": "2026-11-22", "Amount__c": 12.5, "Discount__c": 50, "Count__c": 7, "Number__c": 42,
        "Due__c": "2026-11-22", "Started__c": "2026-11-22T10:00:00Z", "Starts_At__c": "13:05:00.000Z",
        "Done__c": true, "Channels__c": "Phone;Chat", "Email__c": "jo@example.com", "Source__c": "web_chat",
        "Region__c": "EMEA", "Url__c": "https://example.com",
    });
    bench.org.seed(&json!({ "Ticket__c": [ticket] }), now).unwrap();
    bench
}

#[track_caller]
fn count(filter: &str) -> u64 {
    let response = tickets().query(&format!("SELECT Id FROM Ticket__c WHERE {filter}"));
    assert_eq!(response.status, 200, "{filter}: {}", response.json());
    response.json()["totalSize"].as_u64().unwrap()
}

#[test]
fn each_type_takes_its_own_literal() {
    for filter in [
        "Subject__c = '2026-11-22'",
        "Email__c = 'JO@example.com'",
        "Url__c = 'https://example.com'",
        "Source__c = 'web_chat'",
        "Region__c IN ('EMEA', 'AMER')",
        "Amount__c = 12.5",
        "Amount__c IN (12.50, 13)",
        "Discount__c = 50",
        "Count__c > 6.5",
        "Number__c = 42.0",
        "Done__c = TRUE",
        "Due__c = 2026-11-22",
        "Started__c = 2026-11-22T10:00:00Z",
        "Started__c = 2026-11-22T10:00:00.000Z",
        "Started__c = 2026-11-22T11:00:00+01:00",
        "Started__c = 2026-11-22T08:30:00.000-01:30",
        "Starts_At__c = 13:05:00.000Z",
        "Starts_At__c < 13:05:01Z",
    ] {
        assert_eq!(count(filter), 1, "{filter}");
    }
}

#[test]
fn a_literal_of_another_type_names_the_field_and_what_it_wants() {
    for (filter, field, wanted) in [
        ("Subject__c = 5", "Subject__c", "string and should be"),
        ("Subject__c = true", "Subject__c", "string and should be"),
        ("Subject__c = 2026-11-22", "Subject__c", "string and should be"),
        ("Email__c = 5", "Email__c", "string and should be"),
        ("Region__c IN ('EMEA', 5)", "Region__c", "string and should be"),
        ("Channels__c INCLUDES (5)", "Channels__c", "string and should be"),
        ("Contact__c = 5", "Contact__c", "ID and should be"),
        ("Amount__c = '12.5'", "Amount__c", "currency and should not be"),
        ("Discount__c = '50'", "Discount__c", "percent and should not be"),
        ("Number__c = ''", "Number__c", "double and should not be"),
        ("Count__c IN (7, '8')", "Count__c", "int and should not be"),
        ("Count__c = true", "Count__c", "int and should not be"),
        ("Done__c = 'true'", "Done__c", "boolean and should not be"),
        ("Done__c = 1", "Done__c", "boolean and should not be"),
        ("Due__c = '2026-11-22'", "Due__c", "date and should not be"),
        ("Due__c = ''", "Due__c", "date and should not be"),
        ("Due__c = 2026-11-22T10:00:00Z", "Due__c", "date and should not be"),
        ("Started__c = '2026-11-22T10:00:00Z'", "Started__c", "dateTime and should not be"),
        ("Started__c = 2026-11-22", "Started__c", "dateTime and should not be"),
        ("Starts_At__c = '13:05:00.000Z'", "Starts_At__c", "time and should not be"),
        ("Starts_At__c = 13", "Starts_At__c", "time and should not be"),
    ] {
        let (status, code, message) = error(&tickets().query(&format!("SELECT Id FROM Ticket__c WHERE {filter}")));
        assert_eq!((status, code.as_str()), (400, "INVALID_FIELD"), "{filter}");
        let end = format!("value of filter criterion for field '{field}' must be of type {wanted} enclosed in quotes");
        assert!(message.ends_with(&end), "{filter}: {message}");
    }
}

#[test]
fn an_offset_whose_plus_was_not_encoded_is_malformed() {
    let mut bench = tickets();
    let target =
        |plus: &str| format!("/query?q=SELECT+Id+FROM+Ticket__c+WHERE+Started__c=2026-11-22T11:00:00{plus}01:00");
    assert_eq!(bench.get(&target("%2B")).json()["totalSize"], 1);
    refused(&bench.get(&target("+")), 400, "MALFORMED_QUERY");
}

#[test]
fn equality_on_a_multi_select_field_compares_the_stored_text() {
    assert_eq!(count("Channels__c = 'Chat;Phone'"), 1);
    assert_eq!(count("Channels__c = 'chat;phone'"), 1);
    for other in ["Phone;Chat", "Chat", "Chat; Phone"] {
        assert_eq!(count(&format!("Channels__c = '{other}'")), 0, "{other}");
        assert_eq!(count(&format!("Channels__c != '{other}'")), 1, "{other}");
    }
    assert_eq!(count("Channels__c INCLUDES ('Phone;Chat')"), 1);
}

#[test]
fn a_picklist_is_found_by_its_value_and_not_by_its_label() {
    assert_eq!((count("Source__c = 'Web chat'"), count("Region__c = 'Europe, Middle East and Africa'")), (0, 0));
}
