//! All that a visitor can correct, each with its variable, and what would tell several matches apart.

use salesforce_module::base::Language::{De, En};
use salesforce_module::report::{MAX_PROBLEMS, Outcome, Status};
use serde_json::{Value, json};

use crate::common::many::{key, link, map, settings};
use crate::many::alike::prepared;
use crate::stage::{Fault, Stage, answer};

/// Variable, field, code and the English text of each problem.
fn problems(outcome: &Outcome, record: usize) -> Vec<(String, String, String, String)> {
    let of = |problem: &salesforce_module::report::Problem| {
        assert_ne!(problem.text.get(En), problem.text.get(De));
        (problem.variable.clone(), problem.field.clone(), problem.code.to_string(), problem.text.get(En).to_owned())
    };
    outcome.records[record].problems.iter().map(of).collect()
}

fn told(variable: &str, field: &str, code: &str, text: &str) -> (String, String, String, String) {
    (variable.into(), field.into(), code.into(), text.into())
}

fn contact() -> Value {
    let mut name = map("name", "Contact", "LastName");
    name["whenBlank"] = "fail".into();
    settings(
        json!([
            key("mail", "Contact", "Email"),
            name,
            map("born", "Contact", "Birthdate"),
            { "source": { "template": "{street} {number}" }, "object": "Contact", "field": "Department" },
            { "source": { "constant": "x" }, "object": "Contact", "field": "FirstName" },
            map("topic", "Case", "Subject"),
            link("Contact", "Case", "ContactId"),
        ]),
        json!({}),
    )
}

#[test]
fn each_bad_answer_is_a_problem_with_its_variable() {
    let variables = json!({
        "mail": "no address", "name": "", "born": "soon", "street": "s".repeat(80), "number": "7", "topic": "t".repeat(300),
    });
    let outcome = Stage::new().run(&prepared(&contact()), &variables);
    assert_eq!((outcome.status, outcome.requests), (Status::Failed, 0));
    assert_eq!(
        problems(&outcome, 0),
        [
            told("mail", "Email", "NOT_CONVERTIBLE", "Please enter an e-mail address such as name@example.com."),
            told("name", "LastName", "BLANK_VALUE", "Please answer this question."),
            told("born", "Birthdate", "NOT_CONVERTIBLE", "Please enter a date such as 2026-12-24."),
            told("street", "Department", "VALUE_TOO_LONG", "Please enter at most 80 characters."),
            told("number", "Department", "VALUE_TOO_LONG", "Please enter at most 80 characters."),
        ]
    );
    assert_eq!(
        problems(&outcome, 1),
        [told("topic", "Subject", "VALUE_TOO_LONG", "Please enter at most 255 characters.")]
    );
    // The error of the record is one of them.
    assert_eq!(
        outcome.records[0].error.as_ref().map(|error| error.code.to_string()).as_deref(),
        Some("NOT_CONVERTIBLE")
    );
    assert!(!format!("{outcome:?}").contains("no address"));
}

#[test]
fn what_salesforce_refuses_is_a_problem_of_the_field_that_it_names() {
    let variables = json!({ "mail": "anna@example.com", "name": "n".repeat(81) });
    let outcome = Stage::new().run(&contact(), &variables);
    assert_eq!(outcome.status, Status::Failed);
    let text = "Please check what you have entered.";
    assert_eq!(problems(&outcome, 0), [told("name", "LastName", "STRING_TOO_LONG", text)]);
}

#[test]
fn so_many_problems_of_a_record_are_listed() {
    let template = |field: &str| {
        let names: String = (0..60).map(|n| format!("{{v{n}}}")).collect();
        json!({ "source": { "template": names }, "object": "Contact", "field": field })
    };
    let settings = settings(json!([template("LastName"), template("FirstName")]), json!({}));
    let refused = json!({ "compositeResponse": [{
        "referenceId": "write_Contact",
        "httpStatusCode": 400,
        "httpHeaders": {},
        "body": [{ "errorCode": "STRING_TOO_LONG", "message": "too long", "fields": ["LastName", "FirstName"] }],
    }] });
    let mut stage = Stage::with(1, Fault::Refused(answer(200, &refused.to_string())));
    let outcome = stage.run(&settings, &json!({ "v0": "x" }));
    assert_eq!(outcome.status, Status::Failed);
    assert_eq!(problems(&outcome, 0).len(), MAX_PROBLEMS);
}

#[test]
fn what_is_right_or_not_the_visitors_is_no_problem() {
    let good = json!({ "mail": "anna@example.com", "name": "Berg" });
    assert!(Stage::new().run(&prepared(&contact()), &good).records.iter().all(|record| record.problems.is_empty()));
    // A record that is skipped for want of a key asks nothing.
    let skipped = Stage::new().run(&prepared(&contact()), &json!({ "name": "Berg", "born": "soon" }));
    assert!(skipped.records[0].problems.is_empty(), "{skipped:?}");
}

#[test]
fn several_matches_say_by_which_keys_and_what_would_decide() {
    let mut stage = Stage::new();
    let seed = json!({ "Contact": [
        { "LastName": "Berg", "FirstName": "Anna", "Email": "berg@example.com", "Phone": "1" },
        { "LastName": "Berg", "FirstName": "Ole", "Email": "berg@example.com", "Phone": "1" },
    ] });
    stage.org.seed(&seed, jiff::Timestamp::UNIX_EPOCH).expect("a seed");
    let rows = json!([
        key("mail", "Contact", "Email"),
        map("name", "Contact", "LastName"),
        map("first", "Contact", "FirstName"),
        map("phone", "Contact", "Phone"),
    ]);
    let variables = json!({ "mail": "berg@example.com", "name": "Berg", "first": "Kim", "phone": "1" });
    let outcome = stage.run(&settings(rows, json!({})), &variables);
    assert_eq!(outcome.status, Status::Ambiguous);
    let ambiguity = outcome.records[0].ambiguity.as_ref().expect("an ambiguity");
    assert_eq!(
        (ambiguity.keys.as_slice(), ambiguity.differ_in.as_slice()),
        (["Email".to_owned()].as_slice(), ["FirstName".to_owned()].as_slice())
    );
}
