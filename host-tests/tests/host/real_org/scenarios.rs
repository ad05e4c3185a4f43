//! What is tried out. Each scenario has records of its own.

use std::pin::Pin;

use serde_json::{Value, json};

use crate::real_org::clean::Clean;
use crate::real_org::module::Module;
use crate::real_org::rest::{Rest, mapping, quoted};

/// What a scenario works with.
pub struct Org {
    pub rest: Rest,
    pub module: Module,
    pub clean: Clean,
}

type Scenario = fn(Org) -> Pin<Box<dyn Future<Output = ()> + Send>>;

pub const ALL: [(&str, Scenario); 6] = [
    ("prepare: the org has what the settings map", |org| Box::pin(prepare(org))),
    ("a record is created, found again, updated, and then left alone", |org| Box::pin(one_record(org))),
    ("several matches write nothing", |org| Box::pin(several_matches(org))),
    ("a contact and its case are written together", |org| Box::pin(contact_with_case(org))),
    ("a prepared upsert by e-mail keeps to its plan", |org| Box::pin(upsert_by_email(org))),
    ("a lost token writes nothing, and a good one goes on", |org| Box::pin(lost_token(org))),
];

/// A person of one scenario.
struct Person {
    last_name: String,
    email: String,
}

impl Person {
    fn variables(&self, first_name: &str) -> Value {
        json!({
            "customer_email": self.email,
            "customer_firstname": first_name,
            "customer_lastname": self.last_name,
            "topic": format!("{} needs help", self.last_name),
        })
    }
}

impl Org {
    fn person(&self, scenario: &str) -> Person {
        let marker = self.clean.marker();
        Person { last_name: format!("{marker} {scenario}"), email: format!("{marker}.{scenario}@example.com") }
    }

    /// A Contact by e-mail, with a Case where that is wanted.
    fn settings(&self, with_case: bool) -> Value {
        let mut mappings = vec![
            mapping(json!({ "variable": "customer_email" }), "Contact", "Email", true),
            mapping(json!({ "variable": "customer_firstname" }), "Contact", "FirstName", false),
            mapping(json!({ "variable": "customer_lastname" }), "Contact", "LastName", false),
        ];
        let mut settings =
            json!({ "mode": "sobject-write", "deploymentDomain": self.module.domain(), "apiVersion": "62.0" });
        if with_case {
            mappings.push(mapping(json!({ "variable": "topic" }), "Case", "Subject", false));
            mappings.push(mapping(json!({ "record": "Contact" }), "Case", "ContactId", false));
            settings["objects"] = json!({ "Case": { "store": { "Id": "case_id", "CaseNumber": "case_number" } } });
        }
        settings["mappings"] = mappings.into();
        settings
    }

    /// A run, whose new records are remembered.
    async fn run(&self, settings: &str, variables: &Value) -> Value {
        let outcome = self.module.run(settings, variables).await;
        for record in outcome["records"].as_array().into_iter().flatten() {
            if let ("created", Some(id)) = (record["result"].as_str().unwrap_or_default(), record["id"].as_str()) {
                self.clean.remember(id);
            }
        }
        outcome
    }

    /// A run that ends `done`, with these results; gives the first record's id.
    async fn done(&self, settings: &str, variables: &Value, expected: &[&str]) -> String {
        let outcome = self.run(settings, variables).await;
        assert_eq!((&outcome["status"], results(&outcome)), (&json!("done"), expected.to_vec()), "{outcome:#}");
        outcome["records"][0]["id"].as_str().expect("an id").to_owned()
    }

    async fn create_contact(&self, person: &Person) -> String {
        let id = self.rest.create("Contact", json!({ "LastName": person.last_name, "Email": person.email })).await;
        self.clean.remember(&id);
        id
    }

    async fn contact(&self, email: &str) -> Value {
        let soql = format!("SELECT Id, FirstName, LastName FROM Contact WHERE Email = {}", quoted(email));
        self.rest.row(&soql).await
    }

    async fn contacts(&self, email: &str) -> usize {
        let soql = format!("SELECT Id FROM Contact WHERE Email = {}", quoted(email));
        self.rest.query(&soql).await.expect("an answer").len()
    }
}

fn results(outcome: &Value) -> Vec<&str> {
    let records = outcome["records"].as_array().map(Vec::as_slice).unwrap_or_default();
    records.iter().filter_map(|record| record["result"].as_str()).collect()
}

async fn prepare(org: Org) {
    let prepared: Value = serde_json::from_str(&org.module.prepare(&org.settings(true)).await).expect("JSON");
    let contact = &prepared["schema"]["objects"]["Contact"]["fields"];
    assert_eq!((&contact["Email"]["type"], &contact["Email"]["idLookup"]), (&json!("email"), &json!(true)));
    assert_eq!(prepared["mappings"], org.settings(true)["mappings"]);
}

async fn one_record(org: Org) {
    let (person, settings) = (org.person("one"), org.settings(false).to_string());
    let created = org.done(&settings, &person.variables("Anna"), &["created"]).await;
    let contact = org.contact(&person.email).await;
    assert_eq!((&contact["Id"], &contact["FirstName"]), (&json!(created), &json!("Anna")));
    let updated = org.done(&settings, &person.variables("Johanna"), &["updated"]).await;
    let unchanged = org.done(&settings, &person.variables("Johanna"), &["unchanged"]).await;
    assert_eq!((&updated, &unchanged), (&created, &created));
    let contact = org.contact(&person.email).await;
    assert_eq!((&contact["FirstName"], &contact["LastName"]), (&json!("Johanna"), &json!(person.last_name)));
}

async fn several_matches(org: Org) {
    let person = org.person("several");
    let mut ids = [org.create_contact(&person).await, org.create_contact(&person).await];
    let outcome = org.run(&org.settings(true).to_string(), &person.variables("Anna")).await;
    assert_eq!(outcome["status"], "ambiguous", "{outcome:#}");
    let candidates = outcome["records"][0]["candidates"].as_array().expect("a list").iter();
    let mut candidates: Vec<&str> = candidates.filter_map(Value::as_str).collect();
    candidates.sort_unstable();
    ids.sort_unstable();
    assert_eq!(candidates, ids);
    let soql = format!("SELECT FirstName FROM Contact WHERE Email = {}", quoted(&person.email));
    let contacts = org.rest.query(&soql).await.expect("an answer");
    assert!(contacts.len() == 2 && contacts.iter().all(|contact| contact["FirstName"].is_null()), "written");
    let subject = quoted(&format!("{} needs help", person.last_name));
    let cases = org.rest.query(&format!("SELECT Id FROM Case WHERE Subject = {subject}")).await;
    assert_eq!(cases, Ok(vec![]));
}

async fn contact_with_case(org: Org) {
    let (person, settings) = (org.person("case"), org.settings(true).to_string());
    let outcome = org.run(&settings, &person.variables("Anna")).await;
    assert_eq!(results(&outcome), ["created", "created"], "{outcome:#}");
    let case_id = outcome["variables"]["case_id"].as_str().expect("an id");
    let case = org.rest.row(&format!("SELECT ContactId, CaseNumber FROM Case WHERE Id = {}", quoted(case_id))).await;
    assert_eq!(case["ContactId"], outcome["records"][0]["id"]);
    assert_eq!(case["CaseNumber"], outcome["variables"]["case_number"]);
    let again = org.run(&settings, &person.variables("Anna")).await;
    assert_eq!(results(&again), ["unchanged", "created"], "{again:#}");
}

/// One request where the user has View All Data; a lookup and a write where not.
async fn upsert_by_email(org: Org) {
    let person = org.person("upsert");
    let settings = org.module.prepare(&org.settings(false)).await;
    let (least, most) = org.module.requests(&settings, &person.variables("Anna")).await;
    for (first_name, expected) in [("Anna", "created"), ("Johanna", "updated")] {
        let outcome = org.run(&settings, &person.variables(first_name)).await;
        assert_eq!(results(&outcome), [expected], "{outcome:#}");
        let requests = outcome["requests"].as_u64().expect("a number");
        assert!((least..=most).contains(&requests), "{requests} requests, planned {least} to {most}");
        assert_eq!(org.contact(&person.email).await["FirstName"], first_name);
    }
}

async fn lost_token(org: Org) {
    let (person, settings) = (org.person("token"), org.settings(false).to_string());
    let outcome = org.module.with_lost_token().run(&settings, &person.variables("Anna")).await;
    assert_eq!(outcome["status"], "session-expired", "{outcome:#}");
    assert_eq!(org.contacts(&person.email).await, 0);
    org.done(&settings, &person.variables("Anna"), &["created"]).await;
    assert_eq!(org.contacts(&person.email).await, 1);
}
