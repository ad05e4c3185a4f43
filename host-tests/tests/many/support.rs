//! Settings of these tests, and what came of many conversations.

use salesforce_module::base::Finding;
use salesforce_module::many::{Conversation, Earlier, Ending};
use salesforce_module::module::{self, Session};
use salesforce_module::report::{Outcome, RecordResult};
use serde_json::{Map, Value, json};

use crate::stage::{DOMAIN, Stage};

pub const SESSION: Session = Session { instance_url: "https://example.my.salesforce.com", access_token: "token" };

impl Stage {
    pub fn run_many(&mut self, settings: &Value, conversations: &[Value]) -> Ending {
        let conversations = conversations.iter().map(|variables| Conversation::from(variables.to_string()));
        self.run_after(settings, conversations.collect(), &[])
    }

    /// The same after others, and of conversations that may be in doubt.
    pub fn run_after(&mut self, settings: &Value, conversations: Vec<Conversation>, earlier: &[Earlier]) -> Ending {
        (self.clock, self.sent) = (0, Vec::new());
        let started = module::start_many(&SESSION, &settings.to_string(), conversations, earlier);
        started.expect("good input").0.drive(self)
    }

    /// Records of the org without what depends on when they were created.
    pub fn state(&self, sobject: &str, fields: &[&str]) -> Vec<Value> {
        let row = |record: &Value| {
            let fields = fields.iter().map(|&field| (field.to_owned(), record[field].clone()));
            Value::Object(fields.collect::<Map<String, Value>>())
        };
        let mut rows: Vec<Value> = self.org.records(sobject).iter().map(row).collect();
        rows.sort_by_key(Value::to_string);
        rows
    }
}

pub fn settings(mappings: Value, objects: Value) -> Value {
    json!({ "mode": "sobject-write", "deploymentDomain": DOMAIN, "mappings": mappings, "objects": objects })
}

pub fn map(variable: &str, object: &str, field: &str) -> Value {
    json!({ "source": { "variable": variable }, "object": object, "field": field })
}

pub fn key(variable: &str, object: &str, field: &str) -> Value {
    json!({ "source": { "variable": variable }, "object": object, "field": field, "useToFindExisting": true })
}

pub fn link(record: &str, object: &str, field: &str) -> Value {
    json!({ "source": { "record": record }, "object": object, "field": field })
}

/// Contacts by e-mail.
pub fn contacts() -> Value {
    settings(json!([key("mail", "Contact", "Email"), map("name", "Contact", "LastName")]), json!({}))
}

/// A contact and its case, whose number is wanted.
pub fn support() -> Value {
    settings(
        json!([
            key("mail", "Contact", "Email"),
            map("name", "Contact", "LastName"),
            map("topic", "Case", "Subject"),
            link("Contact", "Case", "ContactId"),
        ]),
        json!({ "Case": { "store": { "Id": "case_id", "CaseNumber": "case_number" } } }),
    )
}

pub fn person(n: usize) -> Value {
    json!({ "mail": format!("p{n}@example.com"), "name": format!("Berg{n}"), "topic": format!("Topic {n}") })
}

pub fn outcome(result: &Result<Outcome, Vec<Finding>>) -> &Outcome {
    result.as_ref().unwrap_or_else(|findings| panic!("not run: {findings:#?}"))
}

/// Results of the records of each conversation.
pub fn results(ending: &Ending) -> Vec<Vec<RecordResult>> {
    let of = |result| outcome(result).records.iter().map(|record| record.result).collect();
    ending.results.iter().map(of).collect()
}
