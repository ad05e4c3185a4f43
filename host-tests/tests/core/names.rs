//! Names of variables: those that the flow does not have, and those that it did not pass.

use salesforce_module::base::{Finding, Severity};
use salesforce_module::module;
use salesforce_module::report::{Outcome, Status};
use serde_json::{Value, json};

use crate::stage::{Stage, codes};

fn settings() -> Value {
    json!({
        "mode": "sobject-write", "deploymentDomain": "example.my.salesforce.com", "preset": "web-to-case",
        "mappings": [
            { "source": { "variable": "customer_email" }, "object": "Contact", "field": "Email", "useToFindExisting": true },
            { "source": { "variable": "customer_firstnam" }, "object": "Contact", "field": "FirstName" },
            { "source": { "template": "{topic} ({product})" }, "object": "Case", "field": "Subject" },
            { "source": { "transcript": "messages" }, "object": "Case", "field": "Description" },
            { "source": { "file": "photo" }, "object": "Case" },
        ],
        "objects": { "Case": { "idempotency": { "field": "Step__c", "variable": "step" } } },
    })
}

fn unknown(settings: &Value, known: &[&str]) -> Vec<Finding> {
    let known: Vec<String> = known.iter().map(|name| (*name).to_owned()).collect();
    let findings = module::check_in_flow(&settings.to_string(), &known);
    findings.into_iter().filter(|finding| finding.code == "unknown-variable").collect()
}

#[test]
fn a_variable_that_the_flow_does_not_have_is_an_error_with_the_name_that_is_meant() {
    let known = ["customer_email", "customer_firstname", "topic", "product", "messages", "photo", "step"];
    let [finding] = unknown(&settings(), &known).try_into().unwrap();
    assert_eq!((finding.severity, finding.path.as_str()), (Severity::Error, "/mappings/1/source/variable"));
    assert_eq!(finding.remedy.get(salesforce_module::base::Language::En), "Did you mean `customer_firstname`?");
    assert_eq!(finding.remedy.get(salesforce_module::base::Language::De), "Ist `customer_firstname` gemeint?");
    let message = [
        finding.message.get(salesforce_module::base::Language::En),
        finding.message.get(salesforce_module::base::Language::De),
    ];
    for (text, place) in message.iter().zip(["`FirstName` of `Contact`", "`FirstName` von `Contact`"]) {
        assert!(text.contains("`customer_firstnam`") && text.contains(place), "{text}");
    }
    let paths: Vec<String> = unknown(&settings(), &[]).into_iter().map(|finding| finding.path).collect();
    assert_eq!(
        paths,
        [
            "/mappings/0/source/variable",
            "/mappings/1/source/variable",
            // Twice: for two variables.
            "/mappings/2/source/template",
            "/mappings/2/source/template",
            "/mappings/3/source/transcript",
            "/mappings/4/source/file",
            "/objects/Case/idempotency/variable",
        ]
    );
    assert!(module::check(&settings().to_string()).iter().all(|finding| finding.code != "unknown-variable"));
}

#[test]
fn an_author_who_knows_better_silences_it() {
    let mut settings = settings();
    for at in [1, 4] {
        settings["mappings"][at]["silence"] = json!(["unknown-variable"]);
    }
    let found = unknown(&settings, &["customer_email", "topic", "product", "messages", "step"]);
    assert_eq!(found, []);
}

#[test]
fn each_place_of_a_request_is_looked_at() {
    let settings = json!({
        "mode": "api-request", "deploymentDomain": "example.my.salesforce.com", "method": "POST", "allowWrites": true,
        "path": "/services/apexrest/orders/{a}", "query": { "q": "x{b}" }, "body": { "n": [{ "m": "{c} {a}" }] },
    });
    let paths: Vec<String> = unknown(&settings, &["aa"]).into_iter().map(|finding| finding.path).collect();
    assert_eq!(paths, ["/path", "/query/q", "/body/n/0/m", "/body/n/0/m"]);
}

fn absent(findings: &[Finding]) -> Vec<(Severity, &str)> {
    findings
        .iter()
        .filter(|finding| finding.code == "absent-variable")
        .map(|finding| (finding.severity, finding.path.as_str()))
        .collect()
}

#[test]
fn what_the_flow_did_not_pass_is_told_and_changes_nothing() {
    let (settings, variables) = (settings().to_string(), r#"{"customer_firstnam":null,"topic":"x","step":"1"}"#);
    let plan = module::plan(&settings, variables).unwrap().records().unwrap();
    assert_eq!(
        absent(&plan.findings),
        [
            (Severity::Warning, "/mappings/0/source/variable"),
            (Severity::Info, "/mappings/2/source/template"),
            (Severity::Info, "/mappings/3/source/transcript"),
            (Severity::Info, "/mappings/4/source/file"),
        ]
    );
}

#[test]
fn a_row_can_silence_it_and_a_file_of_the_hosts_is_there() {
    let mut stage = Stage::new();
    let mut settings = json!({
        "mode": "sobject-write", "deploymentDomain": "example.my.salesforce.com",
        "mappings": [
            { "source": { "variable": "name" }, "object": "Contact", "field": "LastName" },
            { "source": { "variable": "first" }, "object": "Contact", "field": "FirstName" },
        ],
    });
    let outcome = stage.run(&settings, &json!({ "name": "Berg" }));
    assert_eq!((outcome.status, codes(&outcome)), (Status::Done, vec!["absent-variable"]));
    settings["mappings"][1]["silence"] = json!(["absent-variable"]);
    let outcome = stage.run(&settings, &json!({ "name": "Berg" }));
    assert_eq!((outcome.status, codes(&outcome)), (Status::Done, vec![]));
}

/// A thousand conversations would say it a thousand times.
#[test]
fn of_many_conversations_the_first_that_lacks_it_says_so() {
    let mut stage = Stage::new();
    let settings = crate::common::many::contacts();
    let people: Vec<Value> = (0..20)
        .map(|n| match n {
            0..5 => json!({ "mail": format!("p{n}@example.com"), "name": "Berg" }),
            _ => json!({ "mail": format!("p{n}@example.com") }),
        })
        .collect();
    let ending = stage.run_many(&settings, &people);
    let said = |result: &Result<Outcome, Vec<Finding>>| absent(&result.as_ref().unwrap().findings).len();
    let counts: Vec<usize> = ending.results.iter().map(said).collect();
    let expected: Vec<usize> = (0..20).map(|n| usize::from(n == 5)).collect();
    assert_eq!(counts, expected);
}
