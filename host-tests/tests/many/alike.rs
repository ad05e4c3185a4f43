//! Many conversations at once end as the same conversations one after the other: the same results, the same records.

use proptest::prelude::*;
use proptest::sample::select;
use salesforce_module::outcome::RecordResult;
use serde_json::{Value, json};

use crate::stage::Stage;
use crate::support::{key, link, map, outcome, settings};

/// Settings that differ in what can go wrong between two conversations.
fn all_settings() -> Vec<Value> {
    let name = || map("name", "Contact", "LastName");
    let first = || map("first", "Contact", "FirstName");
    let mail = || key("mail", "Contact", "Email");
    let phone = || key("phone", "Contact", "Phone");
    let case = || map("topic", "Case", "Subject");
    let mut if_empty = first();
    if_empty["overwrite"] = "if-empty".into();
    let mut must = key("mail", "Contact", "Email");
    must["whenBlank"] = "fail".into();
    vec![
        settings(json!([mail(), name(), first()]), json!({})),
        settings(json!([mail(), phone(), name(), if_empty]), json!({ "Contact": { "matchKeys": "any" } })),
        settings(json!([mail(), phone(), name()]), json!({ "Contact": { "matchKeys": "all" } })),
        settings(json!([mail(), name()]), json!({ "Contact": { "onlyUpdateExisting": true } })),
        settings(json!([must, name()]), json!({ "Contact": { "whenSeveralMatch": "most-recently-modified" } })),
        settings(
            json!([mail(), name(), case(), link("Contact", "Case", "ContactId")]),
            json!({ "Case": { "store": { "CaseNumber": "number" } } }),
        ),
        settings(
            json!([
                mail(),
                name(),
                key("other", "Friend", "Email"),
                map("first", "Friend", "LastName"),
                link("Contact", "Friend", "ReportsToId"),
            ]),
            json!({ "Friend": { "sobject": "Contact" } }),
        ),
        settings(
            json!([mail(), name(), map("other", "Contact", "Phone")]),
            json!({ "Contact": { "duplicateRule": "adopt" } }),
        ),
        settings(
            json!([case()]),
            json!({ "Case": { "idempotency": { "field": "Chat_Conversation_Id__c", "variable": "phone" } } }),
        ),
        settings(json!([name(), case(), link("Contact", "Case", "ContactId")]), json!({})),
        settings(
            json!([
                key("mail", "Person", "Email"),
                map("name", "Person", "LastName"),
                map("phone", "Person", "Phone"),
                { "source": { "constant": "Acme" }, "object": "Person", "field": "Company", "onlyFor": ["Lead"] },
            ]),
            json!({ "Person": { "lookIn": ["Contact", "Lead"] } }),
        ),
    ]
}

fn conversation() -> impl Strategy<Value = Value> {
    let mails = select(vec!["anna@example.com", "ANNA@example.com", "ben@example.com", "carl@example.com", "", "no"]);
    let names = select(vec!["Berg", "berg", "Olsen", "Müller", ""]);
    let phones = select(vec!["110", "112", "0", ""]);
    let others = select(vec!["anna@example.com", "dora@example.com", ""]);
    (mails, names, phones, others, select(vec!["Anna", "Ben", ""]), select(vec!["A", "B"])).prop_map(
        |(mail, name, phone, other, first, topic)| {
            json!({ "mail": mail, "name": name, "phone": phone, "other": other, "first": first, "topic": topic })
        },
    )
}

/// Some who are known already, two of them alike.
fn org() -> Stage {
    let mut stage = Stage::new();
    let seed = json!({ "Contact": [
        { "LastName": "Berg", "Email": "ben@example.com", "Phone": "110" },
        { "LastName": "Zwei", "Email": "carl@example.com", "Phone": "112" },
        { "LastName": "Drei", "Email": "carl@example.com" },
    ] });
    stage.org.seed(&seed, jiff::Timestamp::UNIX_EPOCH).expect("a seed");
    stage
}

/// The records, and of a link what it leads to.
fn state(stage: &Stage) -> Vec<Value> {
    let contacts = stage.org.records("Contact");
    let name = |id: &Value| {
        let found = contacts.iter().find(|contact| contact["Id"] == *id);
        found.map(|contact| json!([contact["Email"], contact["LastName"]])).unwrap_or_default()
    };
    let people = contacts
        .iter()
        .map(|c| json!([c["Email"], c["LastName"], c["FirstName"], c["Phone"], name(&c["ReportsToId"])]));
    let leads = stage.org.records("Lead");
    let leads = leads.iter().map(|l| json!([l["Email"], l["LastName"], l["Phone"], name(&l["ConvertedContactId"])]));
    let cases = stage.org.records("Case");
    let cases = cases.iter().map(|case| json!([case["Subject"], name(&case["ContactId"])]));
    let mut rows: Vec<Value> = people.chain(leads).chain(cases).collect();
    rows.sort_by_key(Value::to_string);
    rows
}

#[test]
fn many_at_once_end_as_one_after_the_other() {
    let settings = all_settings();
    let count = settings.len();
    let mut seen = std::collections::BTreeSet::new();
    let mut runner = proptest::test_runner::TestRunner::new_with_rng(
        ProptestConfig { cases: 600, ..ProptestConfig::default() },
        proptest::test_runner::TestRng::deterministic_rng(proptest::test_runner::RngAlgorithm::ChaCha),
    );
    let cases = (0..count, proptest::collection::vec(conversation(), 1..12));
    let result = runner.run(&cases, |(at, conversations)| {
        let (mut one_by_one, mut at_once) = (org(), org());
        let alone: Vec<_> = conversations.iter().map(|variables| one_by_one.run(&settings[at], variables)).collect();
        let ending = at_once.run_many(&settings[at], &conversations);
        prop_assert_eq!(ending.results.len(), alone.len());
        for (n, (result, alone)) in ending.results.iter().zip(&alone).enumerate() {
            let together = outcome(result);
            prop_assert_eq!(together.status, alone.status, "conversation {}", n);
            let results = |outcome: &salesforce_module::outcome::Outcome| {
                let of = |record: &salesforce_module::outcome::RecordOutcome| {
                    (record.result, record.error.as_ref().map(|error| error.code.to_string()))
                };
                outcome.records.iter().map(of).collect::<Vec<_>>()
            };
            prop_assert_eq!(results(together), results(alone), "conversation {}", n);
        }
        prop_assert_eq!(state(&at_once), state(&one_by_one));
        Ok(())
    });
    result.expect("alike");
    // Else the conversations have become all of one kind, and the test says little.
    for settings in &settings {
        let mut stage = org();
        for n in 0..6 {
            let mail = ["anna@example.com", "ben@example.com", "carl@example.com"][n % 3];
            let variables =
                json!({ "mail": mail, "name": "Berg", "phone": "1", "other": "", "first": "A", "topic": "T" });
            seen.extend(stage.run(settings, &variables).records.iter().map(|record| format!("{:?}", record.result)));
        }
    }
    for wanted in [RecordResult::Created, RecordResult::Updated, RecordResult::Unchanged, RecordResult::Ambiguous] {
        assert!(seen.contains(&format!("{wanted:?}")), "{wanted:?}");
    }
}
