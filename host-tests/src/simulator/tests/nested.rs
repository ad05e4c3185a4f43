//! Queries inside of queries, date literals and locks.

use serde_json::json;

use super::*;

/// Two accounts; the first has two contacts and a case.
fn bench() -> (Bench, String, String) {
    let mut bench = Bench::new();
    let acme = bench.create("Account", json!({ "Name": "Acme" }));
    let zeta = bench.create("Account", json!({ "Name": "Zeta" }));
    for name in ["Berg", "Adam"] {
        bench.create("Contact", json!({ "LastName": name, "AccountId": acme, "Title": "Dr" }));
    }
    bench.create("Contact", json!({ "LastName": "Solo" }));
    bench.create("Case", json!({ "AccountId": acme, "Subject": "Help" }));
    (bench, acme, zeta)
}

fn names(bench: &mut Bench, soql: &str) -> Vec<Value> {
    bench.column(soql, "Name")
}

#[test]
fn children_are_a_result_of_their_own_or_null() {
    let (mut bench, acme, _) = bench();
    let soql = "SELECT Name, (SELECT LastName FROM Contacts WHERE Title = 'Dr' ORDER BY LastName), (SELECT Subject FROM Cases LIMIT 1) FROM Account ORDER BY Name";
    let records = bench.query(soql).json()["records"].clone();
    let contacts = &records[0]["Contacts"];
    assert_eq!((&contacts["totalSize"], &contacts["done"]), (&json!(2), &json!(true)));
    assert_eq!(
        (&contacts["records"][0]["LastName"], &contacts["records"][1]["LastName"]),
        (&json!("Adam"), &json!("Berg"))
    );
    assert_eq!(contacts["records"][0]["attributes"]["type"], "Contact");
    assert_eq!(records[0]["Cases"]["records"][0]["Subject"], "Help");
    assert_eq!((&records[1]["Contacts"], &records[1]["Cases"]), (&Value::Null, &Value::Null));
    assert_eq!(records[0]["attributes"]["url"], json!(format!("{BASE}/sobjects/Account/{acme}")));
    // Children of the org's own objects, and children of children.
    let contact = bench.create("Contact", json!({ "LastName": "T", "AccountId": acme }));
    bench.create("Ticket__c", json!({ "Subject__c": "s", "Contact__c": contact }));
    let deep = "SELECT (SELECT LastName, (SELECT Subject__c FROM Tickets__r) FROM Contacts WHERE LastName = 'T') FROM Account WHERE Name = 'Acme'";
    let record = bench.query(deep).json()["records"][0].clone();
    assert_eq!(record["Contacts"]["records"][0]["Tickets__r"]["records"][0]["Subject__c"], "s");
}

#[test]
fn a_deleted_child_is_not_shown() {
    let (mut bench, ..) = bench();
    let id = bench.column("SELECT Id FROM Contact WHERE LastName = 'Berg'", "Id")[0].as_str().unwrap().to_owned();
    assert_eq!(bench.send("DELETE", &format!("/sobjects/Contact/{id}"), None).status, 204);
    let records = bench.query("SELECT (SELECT Id FROM Contacts) FROM Account ORDER BY Name").json()["records"].clone();
    assert_eq!(records[0]["Contacts"]["totalSize"], 1);
}

#[test]
fn a_semi_join_finds_and_an_anti_join_leaves_out() {
    let (mut bench, ..) = bench();
    assert_eq!(names(&mut bench, "SELECT Name FROM Account WHERE Id IN (SELECT AccountId FROM Contact)"), ["Acme"]);
    assert_eq!(names(&mut bench, "SELECT Name FROM Account WHERE Id NOT IN (SELECT AccountId FROM Contact)"), ["Zeta"]);
    let both =
        "SELECT Name FROM Account WHERE Name LIKE 'A%' AND Id IN (SELECT AccountId FROM Case WHERE Subject = 'Help')";
    assert_eq!(names(&mut bench, both), ["Acme"]);
    let other_side =
        "SELECT Name FROM Contact WHERE AccountId IN (SELECT Id FROM Account WHERE Name = 'Acme') ORDER BY Name";
    assert_eq!(names(&mut bench, other_side), ["Adam", "Berg"]);
    assert!(
        names(&mut bench, "SELECT Name FROM Account WHERE Id IN (SELECT AccountId FROM Case WHERE Subject = 'x')")
            .is_empty()
    );
}

#[test]
fn nested_queries_that_make_no_sense_are_refused() {
    let (mut bench, ..) = bench();
    for (soql, code) in [
        ("SELECT (SELECT Id FROM Contact) FROM Account", "INVALID_TYPE"),
        ("SELECT (SELECT Id FROM Nopes) FROM Account", "INVALID_TYPE"),
        ("SELECT (SELECT Nope FROM Contacts) FROM Account", "INVALID_FIELD"),
        ("SELECT (SELECT COUNT(Id) FROM Contacts) FROM Account", "MALFORMED_QUERY"),
        ("SELECT (SELECT Id FROM Contacts), (SELECT Name FROM Contacts) FROM Account", "MALFORMED_QUERY"),
        ("SELECT (SELECT Id FROM Contacts FROM Account", "MALFORMED_QUERY"),
        ("SELECT Id FROM Account WHERE Name IN (SELECT AccountId FROM Contact)", "MALFORMED_QUERY"),
        ("SELECT Id FROM Account WHERE Id IN (SELECT Name FROM Contact)", "MALFORMED_QUERY"),
        ("SELECT Id FROM Account WHERE Id IN (SELECT Id, AccountId FROM Contact)", "MALFORMED_QUERY"),
        ("SELECT Id FROM Account WHERE Id IN (SELECT AccountId FROM Nope)", "INVALID_TYPE"),
    ] {
        refused(&bench.query(soql), 400, code);
    }
}

#[test]
fn date_literals_stand_for_days() {
    let mut bench = Bench::new();
    // The clock of the tests is at Sunday, 2026-11-22.
    for (name, birthdate) in
        [("Today", "2026-11-22"), ("Week", "2026-11-16"), ("Month", "2026-10-31"), ("Year", "2025-01-01")]
    {
        bench.create("Contact", json!({ "LastName": name, "Birthdate": birthdate }));
    }
    for (condition, expected) in [
        ("Birthdate = TODAY", vec!["Today"]),
        ("Birthdate = LAST_WEEK", vec!["Week"]),
        ("Birthdate = LAST_MONTH", vec!["Month"]),
        ("Birthdate = THIS_MONTH", vec!["Today", "Week"]),
        ("Birthdate < THIS_QUARTER", vec!["Year"]),
        ("Birthdate = LAST_YEAR", vec!["Year"]),
        ("Birthdate = LAST_N_DAYS:6", vec!["Today", "Week"]),
        ("Birthdate = N_DAYS_AGO:6", vec!["Week"]),
        ("Birthdate > LAST_N_MONTHS:1", vec!["Today", "Week"]),
        ("Birthdate = NEXT_YEAR", vec![]),
        ("CreatedDate = THIS_FISCAL_YEAR", vec!["Today", "Week", "Month", "Year"]),
    ] {
        let found = bench.column(&format!("SELECT LastName FROM Contact WHERE {condition}"), "LastName");
        assert_eq!(found, expected, "{condition}");
    }
    for condition in
        ["Birthdate = SOMEDAY", "Birthdate = LAST_N_DAYS", "Birthdate = TODAY:1", "Birthdate = LAST_N_DAYS:-1"]
    {
        refused(&bench.query(&format!("SELECT Id FROM Contact WHERE {condition}")), 400, "MALFORMED_QUERY");
    }
    refused(&bench.query("SELECT Id FROM Contact WHERE LastName = TODAY"), 400, "INVALID_FIELD");
}

#[test]
fn a_lock_and_the_scope_of_everything_change_nothing() {
    let (mut bench, ..) = bench();
    assert_eq!(names(&mut bench, "SELECT Name FROM Account ORDER BY Name LIMIT 1 FOR UPDATE"), ["Acme"]);
    assert_eq!(
        names(&mut bench, "SELECT Name FROM Account USING SCOPE everything WHERE Name = 'Zeta' FOR VIEW"),
        ["Zeta"]
    );
    for soql in
        ["SELECT Name FROM Account FOR", "SELECT Name FROM Account FOR FUN", "SELECT Name FROM Account ALL ROWS"]
    {
        refused(&bench.query(soql), 400, "MALFORMED_QUERY");
    }
}

#[test]
fn fields_of_a_group_and_pages_go_with_children() {
    let (mut bench, ..) = bench();
    let record =
        bench.query("SELECT FIELDS(STANDARD), (SELECT Id FROM Contacts) FROM Account WHERE Name = 'Acme'").json();
    assert_eq!(record["records"][0]["Contacts"]["totalSize"], 2);
    assert!(record["records"][0].get("Customer_No__c").is_none());
    for number in 0..201 {
        bench.create("Account", json!({ "Name": format!("N{number}") }));
    }
    let first = bench
        .header("sforce-query-options", "batchSize=200")
        .query("SELECT Id, (SELECT Id FROM Contacts) FROM Account")
        .json();
    assert_eq!((&first["totalSize"], &first["done"]), (&json!(203), &json!(false)));
    let next = first["nextRecordsUrl"].as_str().unwrap().to_owned();
    assert_eq!(bench.get(&next).json()["records"].as_array().unwrap().len(), 3);
}
