//! The example of docs/modes.md, "Contact or Lead", from a stranger to a customer.

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::org::{TestOrg, codes, results};

#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_becomes_a_lead_and_the_lead_a_contact() {
    let parsed = |text| serde_json::from_str::<Value>(text).expect("JSON");
    let settings = parsed(include_str!("../../../examples/lead_or_contact.json"));
    let variables = parsed(include_str!("../../../examples/variables.json"));
    let org = TestOrg::new().await;
    let settings = org.prepared(&settings).await;

    let stranger = org.done(&settings, &variables).await;
    assert_eq!((results(&stranger), &stranger["records"][0]["sobject"]), (vec!["created", "created"], &json!("Lead")));
    let lead = stranger["variables"]["salesforce_person_id"].as_str().expect("an id").to_owned();
    assert_eq!(org.record("Lead")["Company"], "[not provided]");
    assert!(org.record("Case").get("ContactId").is_none());

    let known = org.done(&settings, &variables).await;
    assert_eq!((results(&known), &known["records"][0]["id"]), (vec!["unchanged", "created"], &json!(lead)));

    let contact = org.seed(json!({ "Contact": [{ "LastName": "Berg", "Email": "a.berg@example.com" }] })).remove(0);
    assert!(org.org().convert_lead(&lead, Some(&contact), Timestamp::now()));
    let customer = org.done(&settings, &variables).await;
    assert_eq!((results(&customer), codes(&customer)), (vec!["updated", "created"], vec!["lead-converted"]));
    assert_eq!((&customer["records"][0]["sobject"], &customer["requests"]), (&json!("Contact"), &json!(2)));
    let person = org.record("Contact");
    // The address that people keep in Salesforce stays.
    assert_eq!((&person["FirstName"], &person["Email"]), (&json!("Anna"), &json!("a.berg@example.com")));
    assert_eq!(org.records("Case")[2]["ContactId"], json!(contact));
    assert_eq!((org.records("Lead").len(), org.records("Contact").len()), (1, 1));
}
