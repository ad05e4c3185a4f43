//! Individuals and their consents.

use serde_json::json;

use super::*;

#[test]
fn a_consent_is_of_the_individual_that_a_contact_is() {
    let mut bench = Bench::new();
    let composite = json!({ "allOrNone": true, "compositeRequest": [
        { "method": "POST", "referenceId": "individual", "url": format!("{BASE}/sobjects/Individual"),
          "body": { "FirstName": "Anna", "LastName": "Berg" } },
        { "method": "POST", "referenceId": "contact", "url": format!("{BASE}/sobjects/Contact"),
          "body": { "LastName": "Berg", "Email": "anna@example.com", "IndividualId": "@{individual.id}" } },
        { "method": "POST", "referenceId": "consent", "url": format!("{BASE}/sobjects/ContactPointTypeConsent"),
          "body": { "Name": "Newsletter", "PartyId": "@{individual.id}", "ContactPointType": "Email",
            "PrivacyConsentStatus": "OptIn", "CaptureDate": "2026-11-22T10:00:00Z", "CaptureContactPointType": "Web",
            "CaptureSource": "Chat", "EffectiveFrom": "2026-11-22T10:00:00Z" } },
    ] });
    let answer = bench.post("/composite", composite).json();
    assert!(answer["compositeResponse"].as_array().unwrap().iter().all(|one| one["httpStatusCode"] == 201), "{answer}");
    let soql =
        "SELECT Party.Name, PrivacyConsentStatus, CaptureSource FROM ContactPointTypeConsent WHERE Name = 'newsletter'";
    let consent = bench.query(soql).json()["records"][0].clone();
    assert_eq!((&consent["Party"]["Name"], &consent["PrivacyConsentStatus"]), (&json!("Anna Berg"), &json!("OptIn")));
    let of_contact = "SELECT Individual.Name FROM Contact WHERE Individual.LastName = 'Berg'";
    assert_eq!(bench.query(of_contact).json()["records"][0]["Individual"]["Name"], "Anna Berg");
}

#[test]
fn a_consent_that_does_not_fit_is_refused() {
    let mut bench = Bench::new();
    let party = bench.create("Individual", json!({ "LastName": "Berg" }));
    let contact = bench.create("Contact", json!({ "LastName": "Berg" }));
    for (body, code, field) in [
        (json!({ "PartyId": party }), "REQUIRED_FIELD_MISSING", "Name"),
        (json!({ "Name": "N" }), "REQUIRED_FIELD_MISSING", "PartyId"),
        (json!({ "Name": "N", "PartyId": contact }), "MALFORMED_ID", "PartyId"),
        (
            json!({ "Name": "N", "PartyId": party, "PrivacyConsentStatus": "Yes" }),
            "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
            "PrivacyConsentStatus",
        ),
        (
            json!({ "Name": "N", "PartyId": party, "ContactPointType": "Fax" }),
            "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
            "ContactPointType",
        ),
    ] {
        let response = bench.post("/sobjects/ContactPointTypeConsent", body);
        refused(&response, 400, code);
        assert_eq!(response.json()[0]["fields"], json!([field]));
    }
    bench.create("ContactPointTypeConsent", json!({ "Name": "N", "PartyId": party }));
    assert_eq!(bench.org.records("ContactPointTypeConsent")[0]["PrivacyConsentStatus"], "NotSeen");
}

#[test]
fn a_seed_has_people_before_what_refers_to_them() {
    let mut bench = Bench::new();
    let individual = "0PKHn00000000jt";
    let seed = json!({
        "ContactPointTypeConsent": [{ "Name": "Newsletter", "PartyId": individual, "PrivacyConsentStatus": "OptOut" }],
        "Contact": [{ "LastName": "Berg", "IndividualId": individual, "Alternate_Email__c": "Anna@Example.com" }],
        "Individual": [{ "Id": individual, "LastName": "Berg" }],
    });
    bench.org.seed(&seed, bench.now).unwrap_or_else(|error| panic!("{error}"));
    let soql = "SELECT Individual.Name FROM Contact WHERE Email = 'anna@example.com' OR Alternate_Email__c = 'anna@example.com'";
    assert_eq!(bench.query(soql).json()["records"][0]["Individual"]["Name"], "Berg");
}
