//! GROUP BY, HAVING and the functions of groups.

use serde_json::json;

use super::*;

/// Five accounts in three industries, one without.
fn bench() -> Bench {
    let mut bench = Bench::new();
    for (name, industry, employees, revenue) in [
        ("A", Some("Banking"), 10, 1.5),
        ("B", Some("banking"), 20, 2.0),
        ("C", Some("Retail"), 30, 4.25),
        ("D", None, 40, 0.0),
    ] {
        let body =
            json!({ "Name": name, "Industry": industry, "NumberOfEmployees": employees, "AnnualRevenue": revenue });
        bench.create("Account", body);
    }
    bench.create("Account", json!({ "Name": "E", "Industry": "Retail" }));
    bench
}

fn found(bench: &mut Bench, soql: &str) -> Vec<Value> {
    let response = bench.query(soql);
    assert_eq!(response.status, 200, "{soql}: {}", response.json());
    let body = response.json();
    assert_eq!((&body["done"], &body["totalSize"]), (&json!(true), &json!(body["records"].as_array().unwrap().len())));
    body["records"].as_array().unwrap().clone()
}

/// What is shown, without attributes.
fn plain(bench: &mut Bench, soql: &str) -> Value {
    let records = found(bench, soql).into_iter().map(|mut record| {
        let attributes = record.as_object_mut().unwrap().remove("attributes");
        assert_eq!(attributes, Some(json!({ "type": "AggregateResult" })));
        record
    });
    records.collect()
}

#[test]
fn a_group_has_one_record_with_its_values_and_aliases() {
    let mut bench = bench();
    assert_eq!(
        plain(
            &mut bench,
            "SELECT Industry, COUNT(Id), SUM(NumberOfEmployees) people FROM Account GROUP BY Industry ORDER BY Industry NULLS LAST"
        ),
        json!([
            { "Industry": "Banking", "expr0": 2, "people": 30 },
            { "Industry": "Retail", "expr0": 2, "people": 30 },
            { "Industry": null, "expr0": 1, "people": 40 },
        ])
    );
}

#[test]
fn without_group_by_all_rows_are_one_group() {
    let mut bench = bench();
    let all = "SELECT COUNT(Id) n, COUNT(Industry) known, COUNT_DISTINCT(Industry) kinds, MIN(NumberOfEmployees) few, MAX(Name) last, AVG(NumberOfEmployees) mean, SUM(NumberOfEmployees) FROM Account";
    assert_eq!(
        plain(&mut bench, all),
        json!([{ "n": 5, "known": 4, "kinds": 2, "few": 10, "last": "E", "mean": 25.0, "expr0": 100 }])
    );
    assert_eq!(
        plain(&mut bench, "SELECT MAX(NumberOfEmployees), COUNT(Id) FROM Account WHERE Name = 'Z'"),
        json!([{ "expr0": null, "expr1": 0 }])
    );
}

#[test]
fn having_and_order_look_at_groups() {
    let mut bench = bench();
    let names = |records: Value| {
        records.as_array().unwrap().iter().map(|record| record["Industry"].clone()).collect::<Vec<_>>()
    };
    let having = "SELECT Industry FROM Account GROUP BY Industry HAVING COUNT(Id) > 1 AND (NOT Industry = 'Retail')";
    assert_eq!(names(plain(&mut bench, having)), [json!("Banking")]);
    let order = "SELECT Industry FROM Account GROUP BY Industry ORDER BY MAX(NumberOfEmployees) DESC LIMIT 2";
    assert_eq!(names(plain(&mut bench, order)), [Value::Null, json!("Retail")]);
    let offset = "SELECT Industry FROM Account GROUP BY Industry ORDER BY COUNT(Id), Industry OFFSET 1";
    assert_eq!(names(plain(&mut bench, offset)), [json!("Banking"), json!("Retail")]);
}

#[test]
fn parents_can_be_grouped_by() {
    let mut bench = Bench::new();
    let account = bench.create("Account", json!({ "Name": "Acme" }));
    for name in ["A", "B"] {
        bench.create("Contact", json!({ "LastName": name, "AccountId": account }));
    }
    let grouped = "SELECT Account.Name, COUNT(Id) n FROM Contact GROUP BY Account.Name";
    assert_eq!(plain(&mut bench, grouped), json!([{ "Name": "Acme", "n": 2 }]));
    let renamed = "SELECT Account.Name company, COUNT(Id) n FROM Contact GROUP BY Account.Name";
    assert_eq!(plain(&mut bench, renamed), json!([{ "company": "Acme", "n": 2 }]));
}

#[test]
fn what_cannot_be_grouped_is_refused() {
    let mut bench = bench();
    for (soql, code) in [
        ("SELECT Name, COUNT(Id) FROM Account GROUP BY Industry", "MALFORMED_QUERY"),
        ("SELECT Name, COUNT(Id) FROM Account", "MALFORMED_QUERY"),
        ("SELECT Industry, COUNT(Id) n, SUM(NumberOfEmployees) n FROM Account GROUP BY Industry", "MALFORMED_QUERY"),
        ("SELECT Industry FROM Account GROUP BY Industry ORDER BY Name", "MALFORMED_QUERY"),
        ("SELECT Name FROM Account HAVING COUNT(Id) > 1", "MALFORMED_QUERY"),
        ("SELECT Name FROM Account WHERE COUNT(Id) > 1", "MALFORMED_QUERY"),
        ("SELECT COUNT(Id) FROM Account GROUP BY AnnualRevenue", "INVALID_FIELD"),
        ("SELECT COUNT(Id) FROM Account GROUP BY Description", "INVALID_FIELD"),
        ("SELECT SUM(Name) FROM Account", "INVALID_FIELD"),
        ("SELECT MAX(Description) FROM Account", "INVALID_FIELD"),
        ("SELECT Name n FROM Account", "MALFORMED_QUERY"),
        ("SELECT Industry, (SELECT Id FROM Contacts) FROM Account GROUP BY Industry", "MALFORMED_QUERY"),
        ("SELECT COUNT(Id) FROM Account HAVING Id IN (SELECT AccountId FROM Contact)", "MALFORMED_QUERY"),
    ] {
        refused(&bench.query(soql), 400, code);
    }
}

#[test]
fn what_the_simulator_does_not_know_has_a_code_of_its_own() {
    let mut bench = Bench::new();
    for soql in [
        "SELECT toLabel(Status) FROM Case",
        "SELECT FORMAT(AnnualRevenue) FROM Account",
        "SELECT convertCurrency(AnnualRevenue) FROM Account",
        "SELECT CALENDAR_YEAR(CreatedDate), COUNT(Id) FROM Account GROUP BY CALENDAR_YEAR(CreatedDate)",
        "SELECT COUNT(Id) FROM Account GROUP BY ROLLUP(Industry)",
        "SELECT Id FROM Account WHERE DAY_ONLY(CreatedDate) = TODAY",
        "SELECT Id FROM Account WHERE DISTANCE(BillingAddress, GEOLOCATION(1, 2), 'mi') < 1",
        "SELECT TYPEOF What WHEN Account THEN Name END FROM Task",
        "SELECT Id FROM Account USING SCOPE mine",
        "SELECT Id FROM Account WITH SECURITY_ENFORCED",
    ] {
        refused(&bench.query(soql), 400, "NOT_SIMULATED");
    }
}
