//! Query jobs of the Bulk API 2.0.

use serde_json::{Value, json};

use super::{Bench, refused};

fn job(bench: &mut Bench, body: Value) -> String {
    let made = bench.post("/jobs/query", body);
    assert_eq!((made.status, &made.json()["state"]), (200, &"UploadComplete".into()), "{}", made.json());
    let id = made.json()["id"].as_str().unwrap().to_owned();
    let info = bench.get(&format!("/jobs/query/{id}")).json();
    assert_eq!((&info["state"], &info["jobType"]), (&"JobComplete".into(), &"V2Query".into()));
    id
}

#[test]
fn rows_are_fetched_page_by_page_with_parents_and_empty_cells() {
    let mut bench = Bench::new();
    let account = bench.create("Account", json!({ "Name": "A \"quoted\" name" }));
    for name in ["Berg", "Cole", "Doe"] {
        bench.create("Contact", json!({ "LastName": name, "AccountId": account }));
    }
    let query = "SELECT LastName, Title, Account.Name, IsDeleted FROM Contact ORDER BY LastName";
    let id = job(&mut bench, json!({ "operation": "query", "query": query }));
    let page = bench.get(&format!("/jobs/query/{id}/results?maxRecords=2"));
    assert_eq!((page.header("Sforce-NumberOfRecords"), page.header("Content-Type")), (Some("2"), Some("text/csv")));
    let row = |name: &str| format!("\"{name}\",\"\",\"A \"\"quoted\"\" name\",\"false\"\n");
    let head = "\"LastName\",\"Title\",\"Account.Name\",\"IsDeleted\"\n";
    assert_eq!(String::from_utf8_lossy(&page.body), format!("{head}{}{}", row("Berg"), row("Cole")));
    let locator = page.header("Sforce-Locator").unwrap().to_owned();
    let page = bench.get(&format!("/jobs/query/{id}/results?locator={locator}&maxRecords=2"));
    assert_eq!(String::from_utf8_lossy(&page.body), format!("{head}{}", row("Doe")));
    assert_eq!(page.header("Sforce-Locator"), Some("null"));
    for bad in ["locator=nope", "maxRecords=0", "maxRecords=x"] {
        refused(&bench.get(&format!("/jobs/query/{id}/results?{bad}")), 400, "INVALIDJOB");
    }
    assert_eq!(bench.send("DELETE", &format!("/jobs/query/{id}"), None).status, 204);
    refused(&bench.get(&format!("/jobs/query/{id}/results")), 404, "NOT_FOUND");
}

#[test]
fn a_query_of_all_finds_the_deleted_and_a_wrong_one_is_refused_at_once() {
    let mut bench = Bench::new();
    let id = bench.create("Contact", json!({ "LastName": "Gone" }));
    bench.send("DELETE", &format!("/sobjects/Contact/{id}"), None);
    for (operation, rows) in [("query", "0"), ("queryAll", "1")] {
        let id = job(&mut bench, json!({ "operation": operation, "query": "SELECT Id FROM Contact" }));
        let results = bench.get(&format!("/jobs/query/{id}/results"));
        assert_eq!(results.header("Sforce-NumberOfRecords"), Some(rows));
    }
    for (query, code) in [
        ("SELECT Nope FROM Contact", "INVALID_FIELD"),
        ("SELECT COUNT() FROM Contact", "API_ERROR"),
        ("SELECT COUNT(Id) FROM Contact", "API_ERROR"),
        ("SELECT Id, (SELECT Id FROM Contacts) FROM Account", "API_ERROR"),
        ("SELECT Id FROM Contact OFFSET 1", "API_ERROR"),
    ] {
        refused(&bench.post("/jobs/query", json!({ "operation": "query", "query": query })), 400, code);
    }
    refused(&bench.post("/jobs/query", json!({ "operation": "query" })), 400, "INVALIDJOB");
}
