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

fn record_type(bench: &mut Bench, developer_name: &str) -> String {
    let soql = format!("SELECT Id FROM RecordType WHERE DeveloperName = '{developer_name}' AND IsActive = true");
    bench.column(&soql, "Id")[0].as_str().unwrap().to_owned()
}

#[test]
fn a_record_type_is_set_by_its_id_on_create_and_update() {
    let mut bench = Bench::new();
    let (support, complaint) = (record_type(&mut bench, "Support_Case"), record_type(&mut bench, "Complaint"));
    let case = bench.create("Case", json!({ "RecordTypeId": support }));
    let target = format!("/sobjects/Case/{case}");
    assert_eq!(bench.patch(&target, json!({ "RecordTypeId": &complaint[..15] })).status, 204);
    assert_eq!(bench.column("SELECT RecordTypeId FROM Case", "RecordTypeId"), [complaint.as_str()]);
    let soql = "SELECT Subject FROM Case WHERE RecordType.DeveloperName = 'Complaint'";
    assert_eq!(bench.column(soql, "Subject").len(), 1);
}

#[test]
fn a_record_type_of_another_object_an_unavailable_or_an_unknown_one_is_refused() {
    let mut bench = Bench::new();
    let case = bench.create("Case", json!({}));
    let unknown = super::super::schema::id::numbered("012", 99);
    let (business, internal) = (record_type(&mut bench, "Business"), record_type(&mut bench, "Internal"));
    for id in [business, internal, unknown] {
        let body = json!({ "RecordTypeId": id });
        for response in
            [bench.post("/sobjects/Case", body.clone()), bench.patch(&format!("/sobjects/Case/{case}"), body)]
        {
            let message = format!("Record Type ID: this ID value isn't valid for the user: {id}");
            assert_eq!(error(&response), (400, "INVALID_CROSS_REFERENCE_KEY".into(), message));
            assert_eq!(response.json()[0]["fields"], json!(["RecordTypeId"]));
        }
    }
    let contact = bench.create("Contact", json!({ "LastName": "Doe" }));
    refused(&bench.post("/sobjects/Case", json!({ "RecordTypeId": contact })), 400, "MALFORMED_ID");
}

#[test]
fn describe_lists_the_record_types_and_which_of_them_the_user_may_choose() {
    let mut bench = Bench::new();
    for (sobject, expected) in [
        ("Case", &[("Support_Case", true), ("Complaint", true), ("Internal", false), ("Master", true)][..]),
        ("Account", &[("Business", true), ("Master", true)]),
        ("Contact", &[("Master", true)]),
    ] {
        let description = bench.get(&format!("/sobjects/{sobject}/describe")).json();
        let infos = description["recordTypeInfos"].as_array().unwrap();
        let shown = infos.iter().map(|info| (info["developerName"].as_str().unwrap(), info["available"] == true));
        assert!(shown.eq(expected.iter().copied()), "{sobject}");
    }
    let field = super::describe::field(&mut bench, "Case", "RecordTypeId");
    assert_eq!((&field["createable"], &field["updateable"]), (&json!(true), &json!(true)));
    assert_eq!((&field["type"], &field["referenceTo"]), (&json!("reference"), &json!(["RecordType"])));
}
