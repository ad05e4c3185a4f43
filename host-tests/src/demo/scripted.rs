//! The visitors of the demo, and whether the records that came of them are right.

use std::collections::BTreeMap;

use serde_json::Value;

use super::flow::VISITORS;
use super::shell::{Input, Moment, Said, Shell};
use super::show;

/// One visitor after the other.
pub struct Scripted {
    is_quiet: bool,
    /// Of the visitor that is there, from 1.
    number: usize,
    answers: BTreeMap<&'static str, &'static str>,
}

impl Scripted {
    pub fn new(is_quiet: bool) -> Self {
        Self { is_quiet, number: 0, answers: BTreeMap::new() }
    }

    /// `false` if there is none.
    pub fn next_visitor(&mut self) -> bool {
        let Some(answers) = VISITORS.get(self.number) else { return false };
        self.answers = answers.iter().copied().collect();
        self.number += 1;
        if !self.is_quiet {
            show::heading(&format!("Conversation {}", self.number));
        }
        true
    }
}

impl Shell for Scripted {
    fn show(&mut self, entry: &Value) -> anyhow::Result<()> {
        if !self.is_quiet {
            show::entry(entry);
        }
        Ok(())
    }

    fn show_moment(&mut self, _: &Moment<'_>) -> anyhow::Result<()> {
        Ok(())
    }

    async fn answer(&mut self, variable: &str, question: usize) -> Option<Input> {
        let answer = self.answers.get(variable).copied().unwrap_or_default();
        let key = format!("{question}");
        Some(Input { said: Said::Text(answer.to_owned()), key, question: None, taken: None })
    }

    /// None of them asks for a person.
    async fn word(&mut self) -> Input {
        Input { said: Said::End, key: "end".to_owned(), question: None, taken: None }
    }

    async fn again(&mut self) -> bool {
        false
    }
}

/// What the demo's records should be and are not.
pub fn mistakes(outcomes: &[Value], contacts: &[Value], cases: &[Value]) -> Vec<String> {
    let results: Vec<String> = outcomes
        .iter()
        .flat_map(|outcome| outcome["records"].as_array().into_iter().flatten())
        .map(|record| {
            format!("{} {}", record["name"].as_str().unwrap_or("?"), record["result"].as_str().unwrap_or("?"))
        })
        .collect();
    let expected_results = [
        "Contact created",
        "Contact unchanged",
        "Case created",
        "Contact updated",
        "Contact unchanged",
        "Case created",
    ];
    let contact_id = contacts.first().map(|contact| &contact["Id"]);
    let checks = [
        ("exactly one Contact exists", contacts.len() == 1),
        ("its last name is the new one", contacts.iter().all(|contact| contact["LastName"] == "Berg-Olsen")),
        ("two Cases exist", cases.len() == 2),
        ("each Case is linked to the Contact", cases.iter().all(|case| Some(&case["ContactId"]) == contact_id)),
        ("each Case came from the web", cases.iter().all(|case| case["Origin"] == "Web")),
        (
            "the visitor was told each Case's number",
            cases.iter().all(|case| outcomes.iter().any(|o| o["variables"]["case_number"] == case["CaseNumber"])),
        ),
        ("the results are as expected", results == expected_results),
        (
            "no module needed more than two requests",
            outcomes.iter().all(|outcome| outcome["requests"].as_u64().is_some_and(|requests| requests <= 2)),
        ),
    ];
    checks.into_iter().filter(|(_, right)| !right).map(|(rule, _)| format!("not so: {rule}")).collect()
}
