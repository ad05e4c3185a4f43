//! SOQL: what it finds and what it refuses.

use serde_json::json;

use super::*;

fn people() -> Bench {
    let mut bench = Bench::new();
    let now = bench.now;
    let seed = json!({
        "Account": [{ "Name": "Acme", "Customer_No__c": "A1" }],
        "Contact": [
            { "LastName": "Ångström", "Email": "a@example.com", "Score__c": 5, "Account": { "Customer_No__c": "A1" } },
            { "LastName": "O'Hara", "Title": "50%", "Birthdate": "1990-05-01", "Topics__c": "News;Offers", "Newsletter__c": true },
            { "LastName": "back\\slash", "Score__c": 10, "Loyalty_No__c": "Ab", "Topics__c": "Events" },
        ],
        "acme__Order__c": [{ "acme__Number__c": "n1", "acme__Total__c": 9.5 }, { "acme__Number__c": "N1" }],
    });
    bench.org.seed(&seed, now).unwrap();
    bench
}

#[track_caller]
fn finds(filter: &str, names: &[&str]) {
    let soql = format!("SELECT LastName FROM Contact WHERE {filter}");
    assert_eq!(people().column(&soql, "LastName"), names, "{filter}");
}

#[track_caller]
fn fails(soql: &str, code: &str) {
    refused(&people().query(soql), 400, code);
}

const A: &str = "Ångström";
const O: &str = "O'Hara";
const B: &str = "back\\slash";

#[test]
fn a_row_has_attributes_and_its_columns() {
    let mut bench = people();
    let answer = bench.query("select lastname, Contact.Id from contact where email = 'A@EXAMPLE.com'").json();
    let record = &answer["records"][0];
    let id = record["Id"].as_str().unwrap();
    let attributes = json!({ "type": "Contact", "url": format!("{BASE}/sobjects/Contact/{id}") });
    assert_eq!(
        answer,
        json!({ "totalSize": 1, "done": true, "records": [{ "attributes": attributes, "Id": id, "LastName": A }] })
    );
}

#[test]
fn text_compares_without_case_unless_the_field_is_case_sensitive() {
    finds("LastName = 'ÅNGSTRÖM'", &[A]);
    finds("Loyalty_No__c = 'aB'", &[B]);
    let orders = |filter: &str| {
        people().column(&format!("SELECT acme__Number__c FROM acme__Order__c WHERE {filter}"), "acme__Number__c")
    };
    assert_eq!(orders("acme__Number__c = 'n1'"), ["n1"]);
}

#[test]
fn operators_compare_by_type() {
    finds("Score__c > 5", &[B]);
    finds("Score__c >= 5.0 AND Score__c <= 1e1", &[A, B]);
    finds("Score__c != 5", &[O, B]);
    finds("Score__c <> 5 AND Score__c < 11", &[B]);
    finds("Birthdate = 1990-05-01", &[O]);
    finds("Birthdate < 2000-01-01", &[O]);
    finds("CreatedDate <= 2026-11-22T11:00:00%2B01:00".replace("%2B", "+").as_str(), &[A, O, B]);
    finds("CreatedDate > 2026-11-22T10:00:00Z", &[]);
    finds("CreatedDate = TODAY", &[A, O, B]);
    finds("CreatedDate = LAST_N_DAYS:3 AND Birthdate < YESTERDAY", &[O]);
    finds("CreatedDate > TODAY", &[]);
    finds("Newsletter__c = true", &[O]);
    finds("Newsletter__c = null", &[A, B]);
    finds("LastName > 'b' AND LastName < 'c'", &[B]);
}

#[test]
fn null_and_the_empty_string_are_alike() {
    finds("Title = null", &[A, B]);
    finds("Title = ''", &[A, B]);
    finds("Title != ''", &[O]);
    finds("Title NOT IN ('x')", &[A, O, B]);
}

#[test]
fn lists_and_multi_select() {
    finds("LastName IN ('o\\'hara', 'nobody')", &[O]);
    finds("LastName NOT IN ('o\\'hara')", &[A, B]);
    finds("Topics__c INCLUDES ('News;Offers', 'Nothing')", &[O]);
    finds("Topics__c INCLUDES ('News;Events')", &[]);
    finds("Topics__c EXCLUDES ('Events')", &[A, O]);
    finds("Topics__c = 'News'", &[]);
    finds("Topics__c = 'News;Offers'", &[O]);
}

#[test]
fn like_and_its_escapes() {
    finds("LastName LIKE 'o_h%'", &[O]);
    finds(r"Title LIKE '50\%'", &[O]);
    finds(r"LastName LIKE 'back\\\\slash'", &[]);
    finds(r"LastName LIKE 'back\\slash'", &[B]);
    fails(r"SELECT Id FROM Contact WHERE LastName = '50\%'", "MALFORMED_QUERY");
}

#[test]
fn and_with_or_needs_brackets() {
    finds("(Score__c = 5 OR Score__c = 10) AND LastName != 'x'", &[A, B]);
    finds("Score__c = 5 OR Score__c = 10 OR Title = '50%'", &[A, O, B]);
    finds("NOT Score__c = 5", &[O, B]);
    finds("NOT (Score__c = 5 OR Score__c = 10)", &[O]);
    fails("SELECT Id FROM Contact WHERE Score__c = 5 AND Title = 'x' OR Title = 'y'", "MALFORMED_QUERY");
    fails("SELECT Id FROM Contact WHERE Score__c = 5 OR Title = 'x' AND Title = 'y'", "MALFORMED_QUERY");
}

#[test]
fn an_unknown_escape_is_a_malformed_query() {
    finds(r"LastName = 'back\\slash'", &[B]);
    for bad in [r"\s", r"\_", r"\x41", r"\u12"] {
        fails(&format!("SELECT Id FROM Contact WHERE LastName = 'a{bad}'"), "MALFORMED_QUERY");
    }
    fails("SELECT Id FROM Contact WHERE LastName = 'O'Hara'", "MALFORMED_QUERY");
    fails("SELECT Id FROM Contact WHERE LastName = 'open", "MALFORMED_QUERY");
    fails(r"SELECT Id FROM Contact WHERE LastName = 'open\'", "MALFORMED_QUERY");
}

#[test]
fn a_value_needs_the_spelling_of_its_type() {
    for filter in [
        "Score__c = '5'",
        "Newsletter__c = 'true'",
        "Birthdate = '1990-05-01'",
        "CreatedDate > '2026-11-22T10:00:00Z'",
        "LastName = 5",
        "LastName = true",
        "CreatedDate > 2026-11-22",
        "Birthdate > 2026-11-22T10:00:00Z",
        "Birthdate = 1990-02-30",
        "AccountId = 5",
        "Score__c = 2026-11-22",
        "Score__c = TODAY",
    ] {
        fails(&format!("SELECT Id FROM Contact WHERE {filter}"), "INVALID_FIELD");
    }
}

#[test]
fn some_fields_can_not_be_filtered_or_sorted() {
    let response = people().query("SELECT Id FROM Contact WHERE Description = 'x'");
    refused(&response, 400, "INVALID_FIELD");
    assert!(error(&response).2.contains("field 'Description' can not be filtered in a query call"));
    fails("SELECT Id FROM Contact ORDER BY Description", "INVALID_FIELD");
    fails("SELECT Id FROM Contact ORDER BY Topics__c", "INVALID_FIELD");
    fails("SELECT Id FROM Contact WHERE Score__c LIKE '5'", "INVALID_FIELD");
    fails("SELECT Id FROM Contact WHERE LastName INCLUDES ('x')", "INVALID_FIELD");
    fails("SELECT Id FROM Contact WHERE Newsletter__c > false", "INVALID_FIELD");
}

#[test]
fn names_that_do_not_exist_are_pointed_at() {
    let (_, code, message) = error(&people().query("SELECT Bacon__c FROM Account LIMIT 2"));
    assert_eq!(code, "INVALID_FIELD");
    let start = "\nSELECT Bacon__c FROM Account LIMIT 2\n       ^\nERROR at Row:1:Column:8\nNo such column 'Bacon__c' on entity 'Account'.";
    assert!(message.starts_with(start), "{message}");
    fails("SELECT Id FROM Unicorn", "INVALID_TYPE");
    fails("SELECT Nope.Name FROM Contact", "INVALID_FIELD");
    fails("SELECT Account.Nope FROM Contact", "INVALID_FIELD");
    fails("SELECT Id, Name, id FROM Contact", "INVALID_FIELD");
}

#[test]
fn what_is_not_soql_is_malformed() {
    assert_eq!(
        error(&people().query("SELEKT Name FROM Account")),
        (400, "MALFORMED_QUERY".into(), "unexpected token: SELEKT".into())
    );
    for soql in [
        "SELECT Id FROM Contact LIMIT",
        "SELECT Id FROM Contact LIMIT -1",
        "SELECT FROM Contact",
        "SELECT Id Contact",
        "SELECT Id FROM Contact WHERE",
        "SELECT Id FROM Contact WHERE LastName",
        "SELECT Id FROM Contact WHERE (LastName = 'x'",
        "SELECT Id FROM Contact WHERE LastName = \"x\"",
        "SELECT Id; FROM Contact",
        "SELECT Id FROM Contact WHERE LastName IN ()",
        "SELECT Id FROM Contact LIMIT 1 WHERE LastName = 'x'",
        "SELECT Id FROM Contact -- x",
        "SELECT count(), Id FROM Contact",
        "SELECT Id, FROM Contact",
    ] {
        fails(soql, "MALFORMED_QUERY");
    }
    let deep = format!("SELECT Id FROM Contact WHERE {}LastName = 'x'{}", "(".repeat(400), ")".repeat(400));
    fails(&deep, "MALFORMED_QUERY");
    fails(&format!("SELECT Id FROM Contact WHERE {}LastName = 'x'", "NOT ".repeat(400)), "MALFORMED_QUERY");
    refused(&people().get("/query"), 400, "MALFORMED_QUERY");
}

#[test]
fn ids_compare_in_both_lengths_and_an_impossible_one_is_refused() {
    let mut bench = people();
    let id = bench.column("SELECT Id FROM Contact LIMIT 1", "Id")[0].as_str().unwrap().to_owned();
    for form in [&id[..15], &id, &id.to_lowercase()] {
        assert_eq!(bench.column(&format!("SELECT Id FROM Contact WHERE Id = '{form}'"), "Id"), [id.as_str()]);
    }
    let other = super::super::schema::id::numbered("001", 99);
    assert!(bench.column(&format!("SELECT Id FROM Contact WHERE Id = '{other}'"), "Id").is_empty());
    let (_, code, message) = error(&bench.query("SELECT Id FROM Contact WHERE Id = 'somethingwonky'"));
    assert_eq!(code, "INVALID_QUERY_FILTER_OPERATOR");
    assert!(message.ends_with("invalid ID field: somethingwonky"), "{message}");
}

#[test]
fn parents_nest_or_are_null() {
    let mut bench = people();
    let answer = bench
        .query("SELECT Name, Account.Name, Account.Owner.Name, Owner.Name FROM Contact ORDER BY CreatedDate LIMIT 2")
        .json();
    let records = &answer["records"];
    assert_eq!(records[0]["Account"]["Name"], "Acme");
    assert_eq!(records[0]["Account"]["Owner"]["attributes"]["type"], "User");
    assert_eq!(records[0]["Owner"]["Name"], "Integration User");
    assert_eq!(records[1]["Account"], Value::Null);
    finds("Account.Name = 'acme'", &[A]);
    finds("Account.Name != 'acme'", &[O, B]);
    finds("Account.Name = null", &[O, B]);
}

/// Who owns a Case may be a queue, so of an owner there is what users and queues have in common.
#[test]
fn of_a_parent_of_several_kinds_only_the_common_fields_are_there() {
    let mut bench = people();
    let refused = bench.query("SELECT Owner.CreatedDate FROM Case").json();
    assert_eq!(refused[0]["errorCode"], "INVALID_FIELD");
    assert!(refused[0]["message"].as_str().unwrap().contains("No such column 'CreatedDate' on entity 'Name'"));
    assert_eq!(bench.query("SELECT Owner.Name, Owner.Email FROM Case WHERE Owner.Name = 'x'").json()["totalSize"], 0);
    // A Contact's owner is always a user.
    assert!(bench.query("SELECT Owner.CreatedDate FROM Contact").json()["records"].is_array());
}

#[test]
fn nulls_come_first_unless_told_otherwise() {
    let names = |order: &str| people().column(&format!("SELECT LastName FROM Contact ORDER BY {order}"), "LastName");
    assert_eq!(names("Score__c"), [O, A, B]);
    assert_eq!(names("Score__c DESC"), [O, B, A]);
    assert_eq!(names("Score__c DESC NULLS LAST"), [B, A, O]);
    assert_eq!(names("Newsletter__c DESC, LastName ASC"), [O, B, A]);
    assert_eq!(names("CreatedDate LIMIT 1 OFFSET 1"), [O]);
}

#[test]
fn count_answers_without_records() {
    let answer = people().query("SELECT count() FROM Contact WHERE Score__c != null").json();
    assert_eq!(answer, json!({ "totalSize": 2, "done": true, "records": [] }));
}

#[test]
fn all_fields_need_a_limit() {
    fails("SELECT FIELDS(ALL) FROM Contact", "MALFORMED_QUERY");
    fails("SELECT FIELDS(ALL) FROM Contact LIMIT 201", "MALFORMED_QUERY");
    let record = people().query("SELECT FIELDS(ALL) FROM Contact LIMIT 1").json()["records"][0].clone();
    assert_eq!(record["Score__c"].to_string(), "5.0");
    assert_eq!(people().query("SELECT FIELDS(STANDARD) FROM Contact").json()["records"][0].get("Score__c"), None);
}

#[test]
fn an_offset_beyond_2000_is_refused() {
    fails("SELECT Id FROM Contact OFFSET 2001", "NUMBER_OUTSIDE_VALID_RANGE");
}

#[test]
fn query_all_sees_deleted_records() {
    let mut bench = people();
    let id = bench.column("SELECT Id FROM Contact LIMIT 1", "Id")[0].as_str().unwrap().to_owned();
    bench.send("DELETE", &format!("/sobjects/Contact/{id}"), None);
    assert_eq!(bench.query("SELECT Id FROM Contact").json()["totalSize"], 2);
    let all = bench.get("/queryAll?q=SELECT+Id+FROM+Contact+WHERE+IsDeleted=true").json();
    assert_eq!(all["records"][0]["Id"], id.as_str());
}

#[test]
fn rows_beyond_2000_come_on_further_pages() {
    let mut bench = Bench::new();
    let now = bench.now;
    let list: Vec<Value> = (0..4_100).map(|number| json!({ "LastName": format!("N{number}") })).collect();
    bench.org.seed(&json!({ "Contact": list }), now).unwrap();
    let mut page = bench.query("SELECT LastName FROM Contact").json();
    let mut sizes = Vec::new();
    loop {
        sizes.push(page["records"].as_array().unwrap().len());
        assert_eq!(page["totalSize"], 4_100);
        let Some(next) = page["nextRecordsUrl"].as_str().map(str::to_owned) else {
            break;
        };
        assert_eq!(page["done"], false);
        page = bench.get(&next).json();
    }
    assert_eq!((sizes, &page["done"]), (vec![2000, 2000, 100], &json!(true)));
    refused(&bench.get("/query/0r8nonsense-2000"), 400, "INVALID_QUERY_LOCATOR");
}
