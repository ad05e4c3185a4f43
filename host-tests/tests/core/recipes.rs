//! docs/recipes.md: the settings of each recipe, taken from the page, do twice what the page says.

mod reads;
mod writes;

use host_tests::simulator::Org;
use jiff::Timestamp;
use salesforce_module::base::{Finding, Severity};
use salesforce_module::module::{self, Outcome, Session};
use salesforce_module::report::{RecordResult, RequestOutcome, RunKind, Status};
use serde_json::Value;

use crate::stage::{DOMAIN, Stage};

const PAGE: &str = include_str!("../../../docs/recipes.md");

/// A test for each heading of the page; one without a test is seen by [`each_recipe_of_the_page_is_run`].
macro_rules! recipes {
    ($($name:ident: $title:literal by $proof:path;)*) => {
        const TITLES: &[&str] = &[$($title),*];
        $(
            #[test]
            fn $name() {
                $proof(&documents($title));
            }
        )*
    };
}

recipes! {
    the_open_case_or_a_new_one: "The customer's open Case or a new one" by writes::open_case;
    a_task_on_a_person: "A Task on the person who was found" by writes::task;
    a_transcript_on_a_case: "The transcript on the Case" by writes::transcript;
    e_mail_and_first_name: "E-mail and first name, else e-mail alone" by writes::groups;
    one_address_in_two_fields: "One address in two fields" by writes::two_fields;
    one_more_value: "One more value in a multi-select" by writes::multi_select;
    a_campaign_answer: "Campaign answer" by writes::campaign;
    a_consent: "Newsletter consent" by writes::consent;
    a_knowledge_search: "Knowledge search" by reads::knowledge;
    a_named_query: "Named Query" by reads::named_query;
    a_platform_event: "Platform event" by writes::event;
    an_invocable_flow: "Invocable flow" by reads::flow;
    a_case_and_a_person: "Write the Case, then hand over with its id" by writes::handed_over;
}

#[test]
fn each_recipe_of_the_page_is_run() {
    let headings: Vec<&str> = PAGE.lines().filter_map(|line| line.strip_prefix("## ")).collect();
    assert!(headings.iter().all(|heading| TITLES.contains(heading)), "{headings:#?}");
    for heading in headings {
        assert!(PAGE.contains(&format!("(#{})", anchor(heading))), "the table of the page lacks `{heading}`");
        for label in ["- **Variables:** ", "- **The first time", "- **What can go wrong:** "] {
            assert!(section(heading).contains(label), "`{heading}` does not say {label}");
        }
    }
}

/// As GitHub makes it.
fn anchor(heading: &str) -> String {
    let kept = heading.to_lowercase().replace(' ', "-");
    kept.chars().filter(|c| c.is_alphanumeric() || *c == '-').collect()
}

fn section(title: &str) -> &'static str {
    let (_, rest) = PAGE.split_once(&format!("\n## {title}\n")).expect("a heading");
    rest.split("\n## ").next().expect("a section")
}

/// The settings of a recipe. None of them has an error or a warning, but that they are not prepared yet.
fn documents(title: &str) -> Vec<Value> {
    let blocks = section(title).split("```jsonc\n").skip(1).map(|rest| rest.split("```").next().expect("an end"));
    let documents: Vec<Value> = blocks.map(document).collect();
    assert!(!documents.is_empty(), "{title}");
    for document in &documents {
        let remarks = module::check(&document.to_string());
        let is_meant = |finding: &Finding| finding.severity == Severity::Info || finding.code == "not-prepared";
        assert!(remarks.iter().all(is_meant), "{title}: {remarks:#?}");
    }
    documents
}

/// The comments of the page stand behind two blanks at least, at the end of a line.
fn document(block: &str) -> Value {
    let lines = block.lines().map(|line| line.split("  // ").next().unwrap_or_default());
    serde_json::from_str(&lines.collect::<Vec<_>>().join("\n")).expect("JSON")
}

/// An org with these records.
fn org(seed: &Value) -> Stage {
    let mut stage = Stage::new();
    add(&mut stage.org, seed);
    stage
}

fn add(org: &mut Org, seed: &Value) {
    org.seed(seed, Timestamp::UNIX_EPOCH).expect("a seed");
}

/// The same settings as an author writes them, and with the facts of the org, about which `prepare` has nothing to say.
fn both(settings: &Value) -> [Value; 2] {
    let (prepare, _) = module::prepare(&session(), &settings.to_string()).expect("good settings");
    let ending = prepare.drive(&mut Stage::new());
    let serious: Vec<_> = ending.findings.iter().filter(|finding| finding.severity != Severity::Info).collect();
    assert!(serious.is_empty(), "{serious:#?}");
    let prepared = ending.settings.expect("prepared settings");
    [settings.clone(), serde_json::from_str(&prepared).expect("JSON")]
}

fn session() -> Session<'static> {
    assert_eq!(DOMAIN, "example.my.salesforce.com");
    Session { instance_url: "https://example.my.salesforce.com", access_token: "token" }
}

type Told = (Status, u32, Vec<RecordResult>);

/// Status, requests and what became of each record.
fn run(stage: &mut Stage, settings: &Value, variables: &Value) -> Told {
    let outcome = stage.run(settings, variables);
    (outcome.status, outcome.requests, outcome.records.iter().map(|record| record.result).collect())
}

/// A request of the author's own.
fn send(stage: &mut Stage, settings: &Value, variables: &Value) -> RequestOutcome {
    let (work, _) =
        module::start(&session(), &settings.to_string(), &variables.to_string(), RunKind::Write).expect("good input");
    let outcome: Outcome = work.drive(stage).into_outcome();
    outcome.request().expect("a request's")
}

/// The values of one field, in the order of the records.
fn values(stage: &Stage, sobject: &str, field: &str) -> Vec<Value> {
    stage.org.records(sobject).iter().map(|record| record[field].clone()).collect()
}
