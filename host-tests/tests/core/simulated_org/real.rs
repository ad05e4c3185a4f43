//! Describes of real orgs, where their folder is: each boots as an org and is answered as it was recorded, and what the
//! module makes of such an org holds there.

use serde_json::{Value, json};

use super::Client;
use crate::payloads::catalogue::{Kind, of};
use crate::payloads::files;

/// The recorded describes, those in composite answers included.
fn recorded() -> Option<Vec<(&'static str, Value)>> {
    let alone = files::read(of(Kind::Describe))?;
    let within = files::read(of(Kind::DescribeInComposite))?;
    Some(alone.into_iter().chain(within).map(|payload| (payload.name, payload.body)).collect())
}

/// The describe itself.
fn plain(body: &Value) -> &Value {
    let within = &body["compositeResponse"][0]["body"];
    if within.is_null() { body } else { within }
}

#[test]
fn each_real_describe_is_an_org_that_describes_itself_so() {
    let Some(recorded) = recorded() else { return };
    for (name, body) in recorded {
        let mut client = Client::described(std::slice::from_ref(&body));
        let given = plain(&body);
        let sobject = given["name"].as_str().expect("a name");
        let answered = client.get(&format!("/sobjects/{sobject}/describe"));
        let answered_field = |name: &Value| {
            let fields = answered["fields"].as_array().expect("a list");
            fields.iter().find(|field| field["name"] == *name).unwrap_or_else(|| panic!("{name}")).clone()
        };
        for field in given["fields"].as_array().expect("a list") {
            assert_eq!(answered_field(&field["name"]), *field, "{name}");
        }
        for (member, value) in given.as_object().expect("an object") {
            if !["fields", "childRelationships", "recordTypeInfos", "urls"].contains(&member.as_str()) {
                assert_eq!(answered[member], *value, "{name}.{member}");
            }
        }
        for info in given["recordTypeInfos"].as_array().into_iter().flatten() {
            let infos = answered["recordTypeInfos"].as_array().expect("a list");
            let same =
                infos.iter().find(|other| other["recordTypeId"] == info["recordTypeId"]).expect("the record type");
            for member in ["name", "available", "defaultRecordTypeMapping"] {
                assert_eq!(same[member], info[member], "{name}: {info}");
            }
        }
    }
}

/// What a create must bring, with a value of the field's type.
fn demanded(describe: &Value) -> Value {
    let mut body = serde_json::Map::new();
    for field in describe["fields"].as_array().expect("a list") {
        let is_demanded =
            field["createable"] == true && field["nillable"] == false && field["defaultedOnCreate"] == false;
        let value = match field["type"].as_str().expect("a type") {
            _ if !is_demanded => continue,
            "boolean" => json!(true),
            "picklist" => field["picklistValues"][0]["value"].clone(),
            "date" => json!("2026-11-22"),
            "datetime" => json!("2026-11-22T10:00:00Z"),
            "double" | "currency" | "percent" | "int" => json!(1),
            "string" | "textarea" => json!("x"),
            // Nothing to point to.
            _ => return Value::Null,
        };
        body.insert(field["name"].as_str().expect("a name").to_owned(), value);
    }
    body.into()
}

#[test]
fn a_record_with_what_each_real_describe_demands_is_taken_and_nothing_less() {
    let Some(recorded) = recorded() else { return };
    let mut taken = 0;
    for (name, body) in recorded {
        let mut client = Client::described(std::slice::from_ref(&body));
        let describe = plain(&body);
        let sobject = describe["name"].as_str().expect("a name");
        let mut record = demanded(describe);
        let Value::Object(members) = &mut record else { continue };
        if sobject == "Event" {
            // The platform's rule, which no describe says.
            members.extend([
                ("DurationInMinutes".into(), json!(1)),
                ("ActivityDateTime".into(), json!("2026-11-22T10:00:00Z")),
            ]);
        }
        if name.ends_with("person_accounts_enabled") {
            // A person or a company, which no describe says either.
            members.insert("Name".into(), json!("x"));
        }
        let id = client.create(sobject, record.clone());
        let row = client.row(sobject, &id);
        for (member, value) in record.as_object().expect("an object") {
            assert!(!row[member].is_null() && !value.is_null(), "{name}.{member}");
        }
        for member in demanded(describe).as_object().expect("an object").keys() {
            let mut less = record.clone();
            less.as_object_mut().expect("an object").remove(member);
            assert_eq!(client.post(sobject, less).status, 400, "{name} without {member}");
        }
        taken += 1;
    }
    assert!(taken >= 12, "{taken}");
}

/// The describes that fit together, with a global one.
pub fn standard_objects() -> Option<Vec<Value>> {
    let recorded = recorded()?;
    let wanted = [
        "describe_account",
        "describe_contact",
        "describe_lead",
        "describe_case",
        "describe_event",
        "describe_opportunity",
        "describe_opportunitycontactrole",
        "describe_custom_object_in_composite",
    ];
    let is_wanted = |name: &str| wanted.iter().any(|wanted| name.ends_with(&format!("/{wanted}")));
    let mut documents: Vec<Value> =
        recorded.into_iter().filter(|(name, _)| is_wanted(name)).map(|(_, body)| body).collect();
    assert_eq!(documents.len(), wanted.len());
    documents
        .extend(files::read(of(Kind::DescribeGlobal)).expect("the folder").into_iter().map(|payload| payload.body));
    Some(documents)
}

#[test]
fn the_real_standard_objects_are_one_org_together() {
    let Some(documents) = standard_objects() else { return };
    let mut client = Client::described(&documents);
    let account = client.create("Account", json!({ "Name": "Acme", "BillingCity": "Berlin" }));
    assert_eq!(client.row("Account", &account)["BillingAddress"]["city"], "Berlin");
    let contact =
        client.create("Contact", json!({ "LastName": "Berg", "AccountId": account, "Email": "A@example.com" }));
    let case = client.create("Case", json!({ "Subject": "Help", "ContactId": contact }));
    let row = client.row("Case", &case);
    assert_eq!(
        (&row["Status"], &row["Priority"], &row["AccountId"]),
        (&json!("New"), &json!("Medium"), &json!(account))
    );
    let opportunity = client.create(
        "Opportunity",
        json!({ "Name": "O", "StageName": "Prospecting", "CloseDate": "2026-12-01", "AccountId": account }),
    );
    client.create("OpportunityContactRole", json!({ "OpportunityId": opportunity, "ContactId": contact }));
    let upsert =
        client.send("PATCH", "/sobjects/Contact/Email/a%40example.com", Some(json!({ "LastName": "Berg-Olsen" })));
    assert_eq!((upsert.status, &upsert.json()["created"]), (200, &json!(false)));
}

#[test]
fn states_of_a_real_org_go_with_their_country() {
    let Some(recorded) = recorded() else { return };
    let (_, body) =
        recorded.into_iter().find(|(name, _)| name.ends_with("describe_account_v58_2026")).expect("the file");
    let mut client = Client::described(&[body]);
    let id = client.create("Account", json!({ "Name": "Acme", "BillingCountryCode": "US", "BillingStateCode": "CA" }));
    let row = client.row("Account", &id);
    assert_eq!((&row["BillingCountry"], &row["BillingState"]), (&json!("United States"), &json!("California")));
    assert_eq!(row["BillingAddress"]["countryCode"], "US");
    let refused =
        client.post("Account", json!({ "Name": "Acme", "BillingCountryCode": "DE", "BillingState": "California" }));
    assert_eq!(super::code(&refused), "FIELD_INTEGRITY_EXCEPTION");
}
