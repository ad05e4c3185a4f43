//! Opportunities and their stages; the org, its profile and its permission set.

use serde_json::json;

use super::*;

const FIELDS: &str = "SELECT StageName, Probability, IsClosed, IsWon, Account.Name FROM Opportunity";

#[test]
fn a_stage_brings_its_probability_and_closes() {
    let mut bench = Bench::new();
    let account = bench.create("Account", json!({ "Name": "Berg AG" }));
    let body =
        json!({ "Name": "Machines", "AccountId": account, "StageName": "Prospecting", "CloseDate": "2026-12-24" });
    let id = bench.create("Opportunity", body);
    let path = format!("/sobjects/Opportunity/{id}");
    let now = |bench: &mut Bench| {
        let row = bench.query(FIELDS).json()["records"][0].clone();
        json!([row["StageName"], row["Probability"], row["IsClosed"], row["IsWon"], row["Account"]["Name"]])
    };
    assert_eq!(now(&mut bench), json!(["Prospecting", 10.0, false, false, "Berg AG"]));
    bench.patch(&path, json!({ "Probability": 35 }));
    bench.patch(&path, json!({ "StageName": "Prospecting", "NextStep": "Call" }));
    assert_eq!(now(&mut bench), json!(["Prospecting", 35.0, false, false, "Berg AG"]), "the same stage brings nothing");
    bench.patch(&path, json!({ "StageName": "Closed Won" }));
    assert_eq!(now(&mut bench), json!(["Closed Won", 100.0, true, true, "Berg AG"]));
    bench.patch(&path, json!({ "StageName": "Closed Lost", "Probability": 5 }));
    assert_eq!(now(&mut bench), json!(["Closed Lost", 5.0, true, false, "Berg AG"]));
}

#[test]
fn an_opportunity_needs_a_name_a_stage_and_a_date() {
    let mut bench = Bench::new();
    let response = bench.post("/sobjects/Opportunity", json!({ "Amount": 100 }));
    refused(&response, 400, "REQUIRED_FIELD_MISSING");
    assert_eq!(response.json()[0]["fields"], json!(["Name", "StageName", "CloseDate"]));
    let wins = bench.post(
        "/sobjects/Opportunity",
        json!({ "Name": "M", "StageName": "Closed Won", "CloseDate": "2026-12-24", "IsWon": true }),
    );
    refused(&wins, 400, "INVALID_FIELD_FOR_INSERT_UPDATE");
}

#[test]
fn a_client_reads_the_org_and_the_profile_and_writes_neither() {
    let mut bench = Bench::new();
    let first = |bench: &mut Bench, soql: &str| bench.query(soql).json()["records"][0].clone();
    let org = first(&mut bench, "SELECT Id, Name, OrganizationType, IsSandbox FROM Organization");
    assert!(org["Id"].as_str().unwrap().starts_with("00D"), "{org}");
    assert_eq!((&org["OrganizationType"], &org["IsSandbox"]), (&json!("Developer Edition"), &json!(false)));
    let user = first(&mut bench, "SELECT Profile.Name FROM User");
    assert_eq!(user["Profile"]["Name"], "Integration");
    let set = first(&mut bench, "SELECT Label, Profile.Name FROM PermissionSet WHERE IsOwnedByProfile = true");
    assert_eq!((&set["Label"], &set["Profile"]["Name"]), (&json!("Integration"), &json!("Integration")));
    for object in ["Organization", "Profile", "PermissionSet"] {
        assert_eq!(bench.post(&format!("/sobjects/{object}"), json!({ "Name": "X" })).status, 400, "{object}");
    }
}
