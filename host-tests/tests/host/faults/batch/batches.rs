//! The batches: one for each way in which records are sent together.

use host_tests::host::Host;
use host_tests::simulator::fault::{Fault, Scripted, What};
use host_tests::simulator::{Org, Simulator};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::cell::run;
use crate::faults::rules::is_lookup;
use crate::faults::state::State;

pub struct Batch {
    pub name: &'static str,
    pub settings: Value,
    pub conversations: Vec<Value>,
    seed: Value,
    baseline: Option<Baseline>,
}

/// The call when nothing goes wrong.
pub struct Baseline {
    pub before: State,
    pub after: State,
    pub outcomes: Vec<Value>,
    /// Which requests only ask, in their order.
    pub lookups: Vec<bool>,
}

fn settings(mappings: Value, objects: Value) -> Value {
    let domain = "example.my.salesforce.com";
    json!({ "mode": "sobject-write", "deploymentDomain": domain, "mappings": mappings, "objects": objects })
}

fn map(variable: &str, object: &str, field: &str) -> Value {
    json!({ "source": { "variable": variable }, "object": object, "field": field })
}

fn key(variable: &str, object: &str, field: &str) -> Value {
    json!({ "source": { "variable": variable }, "object": object, "field": field, "useToFindExisting": true })
}

fn person(number: usize) -> Value {
    json!({
        "mail": format!("canary.{number}@example.com"),
        "name": format!("Canary {number}"),
        "topic": format!("Canary topic {number}"),
        "step": format!("canary-step-{number}"),
        "photo": { "name": "canary.txt", "mediaType": "text/plain", "base64": "aGFsbG8=" },
    })
}

/// The last of them has written before: the same address and name, another topic.
fn people(count: usize) -> Vec<Value> {
    let mut people: Vec<Value> = (0..count).map(person).collect();
    let mut again = person(0);
    again["topic"] = "Canary topic again".into();
    again["step"] = "canary-step-again".into();
    people.push(again);
    people
}

impl Batch {
    pub fn all() -> Vec<Self> {
        let contact = || vec![key("mail", "Contact", "Email"), map("name", "Contact", "LastName")];
        let case = || map("topic", "Case", "Subject");
        let with_case = || {
            let link = json!({ "source": { "record": "Contact" }, "object": "Case", "field": "ContactId" });
            [contact(), vec![case(), link]].concat()
        };
        let photo = json!({ "source": { "file": "photo" }, "object": "Contact" });
        let mark = json!({ "Case": { "idempotency": { "field": "Chat_Conversation_Id__c", "variable": "step" } } });
        let known = json!({ "Contact": [{ "Email": "canary.1@example.com", "LastName": "Before" }] });
        let batch = |name, settings, conversations, seed: &Value| Self {
            name,
            settings,
            conversations,
            seed: seed.clone(),
            baseline: None,
        };
        vec![
            batch("contacts by e-mail", settings(json!(contact()), json!({})), people(4), &known),
            batch("cases without a key", settings(json!([case()]), json!({})), people(3), &json!({})),
            batch("cases with a mark", settings(json!([case()]), mark), people(3), &json!({})),
            batch("contacts with a case each", settings(json!(with_case()), json!({})), people(3), &known),
            batch(
                "contacts with a file",
                settings(json!([contact(), vec![photo]].concat()), json!({})),
                people(1),
                &known,
            ),
        ]
    }

    /// An org before the call.
    pub fn org(&self) -> Org {
        let mut org = Org::new();
        // Not by the clock, but when a cell says so.
        org.settings.late_by = SignedDuration::MAX;
        org.seed(&self.seed, Timestamp::UNIX_EPOCH).expect("a good seed");
        org
    }

    pub async fn run_without_faults(&mut self, host: &Host) {
        let mut org = self.org();
        // Never met: it makes the server one that counts.
        let fault = Fault { processed: false, what: What::Close };
        org.script_fault(Scripted { request: usize::MAX, and_after: false, fault });
        let before = State::of(&org);
        let simulator = Simulator::start(org, 0).await.expect("a free port");
        let outcomes = run(host, &simulator, &self.settings, &self.conversations, &[]).await.expect("no trap");
        for outcome in &outcomes {
            assert_eq!(outcome["status"], "done", "{}: {outcome:#}", self.name);
        }
        let lookups = simulator.org().met().iter().map(|(body, _)| is_lookup(body)).collect();
        let after = State::of(&simulator.org());
        self.baseline = Some(Baseline { before, after, outcomes, lookups });
    }

    pub fn baseline(&self) -> &Baseline {
        self.baseline.as_ref().expect("it ran")
    }
}
