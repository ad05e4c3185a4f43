//! What an integration reads about the org itself.

use serde_json::json;

use super::*;

#[test]
fn the_permissions_of_the_running_user_are_one_row_that_follows_the_settings() {
    let mut bench = Bench::new();
    let soql = "SELECT PermissionsViewAllData FROM UserPermissionAccess LIMIT 1";
    assert_eq!(bench.column(soql, "PermissionsViewAllData"), [json!(true)]);
    bench.org.settings.view_all_data = false;
    let soql = "SELECT PermissionsViewAllData, PermissionsModifyAllData, PermissionsApiEnabled, LastCacheUpdate FROM UserPermissionAccess";
    let row = bench.query(soql).json()["records"][0].clone();
    assert_eq!(
        (&row["PermissionsViewAllData"], &row["PermissionsModifyAllData"], &row["PermissionsApiEnabled"]),
        (&json!(false), &json!(false), &json!(true))
    );
    assert!(row["LastCacheUpdate"].is_string());
    assert_eq!(bench.query("SELECT count() FROM UserPermissionAccess").json()["totalSize"], 1);
    assert_eq!(bench.org.records("UserPermissionAccess")[0]["PermissionsViewAllData"], false);
}

#[test]
fn the_permissions_of_the_running_user_can_be_filtered_described_and_not_written() {
    let mut bench = Bench::new();
    let soql = "SELECT Id FROM UserPermissionAccess WHERE PermissionsViewAllData = false";
    assert!(bench.column(soql, "Id").is_empty());
    let description = bench.get("/sobjects/UserPermissionAccess/describe").json();
    assert_eq!((&description["queryable"], &description["createable"]), (&json!(true), &json!(false)));
    assert_eq!((&description["retrieveable"], &description["replicateable"]), (&json!(false), &json!(false)));
    let id = bench.column("SELECT Id FROM UserPermissionAccess", "Id")[0].as_str().unwrap().to_owned();
    refused(&bench.get(&format!("/sobjects/UserPermissionAccess/{id}")), 404, "NOT_FOUND");
    let response = bench.post("/sobjects/UserPermissionAccess", json!({ "PermissionsViewAllData": true }));
    refused(&response, 400, "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY");
}

#[test]
fn an_assignment_rule_is_active_as_long_as_the_switch_is_on() {
    let mut bench = Bench::new();
    for filter in [
        "Active = true",
        "Active = true AND SobjectType = 'Case'",
        "Active = true AND SobjectType IN ('Case', 'Lead')",
        "(SobjectType = 'Case' OR SobjectType = 'Lead') AND Active = true",
        "Active != false",
    ] {
        let soql = format!("SELECT Id, Name, SobjectType, Active FROM AssignmentRule WHERE {filter}");
        bench.org.settings.case_assignment_rule = true;
        let rule = bench.query(&soql).json()["records"][0].clone();
        let texts = (rule["Name"].as_str(), rule["SobjectType"].as_str(), rule["Active"].as_bool());
        assert_eq!(texts, (Some("Standard"), Some("Case"), Some(true)), "{filter}");
        bench.org.settings.case_assignment_rule = false;
        assert_eq!(bench.query(&soql).json()["totalSize"], 0, "{filter}");
    }
    assert_eq!(bench.column("SELECT Active FROM AssignmentRule", "Active"), [json!(false)]);
}
