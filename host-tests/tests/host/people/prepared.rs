//! Prepared settings: how the org's facts change what is done with a person.

use serde_json::{Value, json};

use crate::common::people::{contact, person, person_with, visitor};
use crate::common::settings::map;
use crate::org::TestOrg;

/// Although the e-mail address could be upserted by, were there one SObject.
#[tokio::test(flavor = "multi_thread")]
async fn a_person_is_never_upserted() {
    let org = TestOrg::new().await;
    let settings = org.prepared(&person()).await;
    let plan = crate::org::plan(&settings, &visitor()).await.expect("a plan");
    assert_eq!(plan["records"][0]["approach"], "look-up", "{plan:#}");
    assert_eq!(plan["records"][0]["lookIn"], json!(["Contact", "Lead"]));
    assert_eq!((&plan["records"][0]["sobject"], plan["lookups"].as_array().map(Vec::len)), (&json!("Lead"), Some(2)));
}

/// A field of one name is of another length on each SObject.
#[tokio::test(flavor = "multi_thread")]
async fn values_are_converted_by_the_facts_of_what_the_record_turns_out_to_be() {
    let shorter = json!({ "setup": { "fields": { "Contact.Title": { "length": 5 } } } });
    let rows = |when_too_long: &str| {
        let mut title = map("title", "Person.Title");
        title["whenTooLong"] = when_too_long.into();
        person_with(&[title], &json!({}))
    };
    let mut variables = visitor();
    variables["title"] = "Professor".into();
    let cut = |outcome: &Value| crate::org::codes(outcome).contains(&"value-cut");

    let org = TestOrg::new().await;
    org.seed(shorter.clone());
    let settings = org.prepared(&rows("cut")).await;
    let outcome = org.done(&settings, &variables).await;
    assert_eq!((org.record("Lead")["Title"].as_str(), cut(&outcome)), (Some("Professor"), false), "{outcome:#}");
    org.seed(json!({ "Contact": [contact("Old")] }));
    let outcome = org.done(&settings, &variables).await;
    assert_eq!((org.record("Contact")["Title"].as_str(), cut(&outcome)), (Some("Profe"), true), "{outcome:#}");

    let org = TestOrg::new().await;
    org.seed(shorter);
    let settings = org.prepared(&rows("fail")).await;
    org.done(&settings, &variables).await;
    org.seed(json!({ "Contact": [contact("Old")] }));
    let outcome = org.run(&settings, &variables).await;
    assert_eq!(
        (crate::org::error(&outcome, 0), &outcome["records"][0]["sobject"]),
        ("VALUE_TOO_LONG", &json!("Contact"))
    );
    assert_eq!(org.record("Contact")["LastName"], "Old");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_type_is_that_of_a_new_lead() {
    let org = TestOrg::new().await;
    let refused = org.prepare(&person_with(&[], &json!({ "recordType": "Nope" }))).await;
    let finding = refused.refused("unknown-record-type", "/objects/Person/recordType");
    crate::org::says(finding, &["`Lead`"], &[]);
}
