//! Settings of these tests, and what came of many conversations.

use salesforce_module::base::Finding;
use salesforce_module::many::{Conversation, Earlier, Ending};
use salesforce_module::module::{self, Session};
use salesforce_module::report::{Outcome, RecordResult};
use serde_json::{Map, Value};

use crate::stage::Stage;

pub use crate::common::many::{contacts, key, link, map, person, settings, support};

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

pub fn outcome(result: &Result<Outcome, Vec<Finding>>) -> &Outcome {
    result.as_ref().unwrap_or_else(|findings| panic!("not run: {findings:#?}"))
}

/// Results of the records of each conversation.
pub fn results(ending: &Ending) -> Vec<Vec<RecordResult>> {
    let of = |result| outcome(result).records.iter().map(|record| record.result).collect();
    ending.results.iter().map(of).collect()
}
