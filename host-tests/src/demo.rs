//! `chat-host demo` and `chat-host chat`: a conversation whose modules write to the simulator, through the real component.

mod answers;
mod flow;
mod lines;
mod person;
mod show;

use std::collections::BTreeMap;
use std::io::IsTerminal;
use std::path::Path;
use std::sync::Arc;

use anyhow::Context;
use serde_json::{Map, Value, json};

use crate::cli::text;
use crate::host::bindings::exports::chat_flow::salesforce::types::Status;
use crate::host::{Egress, Host, HttpClient, Outcome};
use crate::json;
use crate::simulator::{Exchange, Org, Simulator};
use flow::{FLOW, Step, VISITORS};
use lines::Lines;

/// The host, the org that it writes to, and what was said so far.
struct Stage {
    host: Arc<Host>,
    simulator: Simulator,
    client: HttpClient,
    /// Outcomes of the modules, in order.
    outcomes: Vec<Value>,
    /// A visitor who can give another answer is there.
    is_live: bool,
}

/// Plays the example conversation twice. The result says whether the records that came of it are right.
pub async fn demo(as_json: bool) -> anyhow::Result<bool> {
    let mut stage = Stage::new(false).await?;
    for (number, answers) in VISITORS.iter().enumerate() {
        if !as_json {
            show::heading(&format!("Conversation {}", number + 1));
        }
        let answers: BTreeMap<&str, &str> = answers.iter().copied().collect();
        let reply = |variable: &str| {
            let answer = answers.get(variable).copied().unwrap_or_default();
            if !as_json {
                show::visitor(answer);
            }
            Ok(answer.to_owned())
        };
        stage.converse(reply, &mut Map::new(), as_json).await?;
    }
    let mistakes = stage.mistakes();
    if as_json {
        let org = stage.simulator.org();
        let records = json!({ "Contact": org.records("Contact"), "Case": org.records("Case") });
        let summary = json!({ "outcomes": stage.outcomes, "records": records, "mistakes": mistakes });
        anstream::println!("{summary:#}");
    } else {
        show::verdict(&mistakes);
    }
    Ok(mistakes.is_empty())
}

/// The same conversation with the person in front of the terminal as the visitor, until the input ends. `agents` are scripts of agents who
/// answer a visitor that asks for a person.
pub async fn chat(agents: Option<&Path>) -> anyhow::Result<()> {
    let mut stage = Stage::new(true).await?;
    if let Some(file) = agents {
        let text = std::fs::read_to_string(file).with_context(|| format!("reading {}", file.display()))?;
        let json: Value = serde_json::from_str(&text).with_context(|| format!("{} is no JSON", file.display()))?;
        let added = stage.simulator.org().add_agents(&json, jiff::Timestamp::now());
        added.map_err(|problem| anyhow::anyhow!("{}: {problem}", file.display()))?;
    }
    show::heading("You are the visitor. Press Enter alone to leave a question unanswered, Ctrl-D to go.");
    show::note("Answer \"person\" to talk to one.");
    let is_terminal = std::io::stdin().is_terminal();
    let lines = Lines::read();
    for number in 1.. {
        let read = |_: &str| {
            if is_terminal {
                show::prompt().context("writing to the terminal")?;
            }
            let answer = lines.next().ok_or(Gone)?;
            if !is_terminal {
                show::visitor(&answer);
            }
            anyhow::ensure!(!answer.trim().eq_ignore_ascii_case("person"), WantsPerson);
            Ok(answer)
        };
        let mut variables = Map::new();
        match stage.converse(read, &mut variables, false).await {
            Err(error) if error.is::<Gone>() => return Ok(()),
            Err(error) if error.is::<WantsPerson>() => {
                let summary = stage.person(number, &variables, &lines, is_terminal).await?;
                variables.extend(summary);
                let summary = variables.iter().filter(|(name, _)| name.starts_with("person_"));
                let summary: Map<String, Value> = summary.map(|(name, value)| (name.clone(), value.clone())).collect();
                show::note(&format!("the flow goes on with {}", Value::Object(summary)));
                show::bot("Thank you for talking to us.");
            }
            other => other?,
        }
        show::heading("And again, with the same org");
    }
    Ok(())
}

/// The visitor left.
#[derive(Debug)]
struct Gone;

impl std::fmt::Display for Gone {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the input ended")
    }
}

impl std::error::Error for Gone {}

/// The visitor asks for a person.
#[derive(Debug)]
struct WantsPerson;

impl std::fmt::Display for WantsPerson {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the visitor asks for a person")
    }
}

impl std::error::Error for WantsPerson {}

impl Stage {
    async fn new(is_live: bool) -> anyhow::Result<Self> {
        let simulator = Simulator::start(Org::new(), 0).await?;
        let client = HttpClient::new()?.routed_to(&simulator.url())?;
        Ok(Self { host: Arc::new(Host::cached(crate::COMPONENT)?), simulator, client, outcomes: Vec::new(), is_live })
    }

    /// One conversation, from the first question to the last module.
    async fn converse(
        &mut self,
        reply: impl Fn(&str) -> anyhow::Result<String>,
        variables: &mut Map<String, Value>,
        quiet: bool,
    ) -> anyhow::Result<()> {
        for step in FLOW {
            match step {
                Step::Say(text) => {
                    if let (Some(text), false) = (filled(text, variables), quiet) {
                        show::bot(&text);
                    }
                }
                Step::Ask { question, variable } => ask(question, variable, &reply, quiet, variables)?,
                Step::Module { name, settings } => loop {
                    let outcome = self.module(name, settings, variables, quiet).await?;
                    variables.extend(json::members(&outcome.variables));
                    let again = answers::to_correct(&outcome, settings);
                    let again = FLOW.iter().filter_map(|step| match step {
                        Step::Ask { question, variable } if again.contains(*variable) => Some((question, variable)),
                        _ => None,
                    });
                    let mut again = again.peekable();
                    if !self.is_live || again.peek().is_none() {
                        break;
                    }
                    for (question, variable) in again {
                        ask(question, variable, &reply, quiet, variables)?;
                    }
                },
            }
        }
        Ok(())
    }

    /// Runs a module.
    async fn module(
        &mut self,
        name: &str,
        settings: &str,
        variables: &Map<String, Value>,
        quiet: bool,
    ) -> anyhow::Result<Outcome> {
        let variables = Value::Object(variables.clone()).to_string();
        let plan = self.host.plan(settings, &variables).await?.map_err(|findings| bad_settings(name, &findings))?;
        let sent_before = self.simulator.org().log().len();
        // The instance gets a placeholder; the token is put in where its requests leave.
        let access_token = self.simulator.org().access_token().into();
        let domain = json::deployment_domain(settings);
        let (egress, session) = Egress::authorized(&domain, access_token, self.client.clone());
        let outcome = self.host.run(egress, &session, settings, &variables).await?;
        let outcome = outcome.map_err(|findings| bad_settings(name, &findings))?;
        if !quiet {
            let sent: Vec<Exchange> = self.simulator.org().log().get(sent_before..).unwrap_or_default().to_vec();
            show::module(name);
            show::plan(&plan);
            show::requests(&sent);
            show::outcome(&outcome);
            show::records(&self.simulator.org(), &outcome);
            if outcome.status != Status::Done {
                show::bot(answers::for_visitor(&outcome).unwrap_or("Sorry, I could not save that just now."));
            }
        }
        self.outcomes.push(json::outcome(&outcome));
        Ok(outcome)
    }

    /// What the demo's records should be and are not.
    fn mistakes(&self) -> Vec<String> {
        let org = self.simulator.org();
        let (contacts, cases) = (org.records("Contact"), org.records("Case"));
        let results: Vec<String> = self
            .outcomes
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
                cases
                    .iter()
                    .all(|case| self.outcomes.iter().any(|o| o["variables"]["case_number"] == case["CaseNumber"])),
            ),
            ("the results are as expected", results == expected_results),
            (
                "no module needed more than two requests",
                self.outcomes.iter().all(|outcome| outcome["requests"].as_u64().is_some_and(|requests| requests <= 2)),
            ),
        ];
        checks.into_iter().filter(|(_, right)| !right).map(|(rule, _)| format!("not so: {rule}")).collect()
    }
}

/// Asks a question; the answer goes into its variable. `reply` shows it.
fn ask(
    question: &str,
    variable: &str,
    reply: &impl Fn(&str) -> anyhow::Result<String>,
    quiet: bool,
    variables: &mut Map<String, Value>,
) -> anyhow::Result<()> {
    if !quiet {
        show::bot(question);
    }
    variables.insert(variable.to_owned(), reply(variable)?.into());
    Ok(())
}

fn bad_settings(module: &str, findings: &[crate::host::Finding]) -> anyhow::Error {
    let first = findings.first().map(|finding| text::of_finding(finding).0).unwrap_or_default();
    anyhow::anyhow!("the settings of the demo's module `{module}` are wrong: {first}")
}

/// A sentence with its variables; none if one of them is missing.
fn filled(text: &str, variables: &Map<String, Value>) -> Option<String> {
    let mut filled = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}')?;
        filled.push_str(before);
        filled.push_str(variables.get(name)?.as_str()?);
        rest = after;
    }
    Some(filled + rest)
}
