//! One cell: a call that meets a fault, what must hold then, and what must hold after those conversations were run again that say so.

use std::sync::Arc;

use host_tests::host::{Conversation, EarlierConversation, Host};
use host_tests::json as answers;
use host_tests::simulator::Simulator;
use host_tests::simulator::fault::Scripted;
use jiff::Timestamp;
use serde_json::Value;

use super::batches::Batch;
use super::rules::{self, Seen};
use crate::faults::cell::{Finished, renew, way_to};
use crate::faults::rules::in_doubt;
use crate::faults::state::State;

pub struct Cell {
    pub batch: Arc<Batch>,
    pub scripted: Scripted,
    /// Where the org carries out late what it was asked: whether it does so before anything is run again.
    pub settles_first: bool,
}

impl Cell {
    pub async fn run(self, host: &Host) -> Finished {
        let Scripted { request, and_after, fault } = self.scripted;
        let more = if and_after { "+" } else { "" };
        let order = if self.settles_first { " and settles" } else { "" };
        let name = format!("{} {request}{more}:{fault}{order}", self.batch.name);
        let mut org = self.batch.org();
        org.script_fault(self.scripted);
        let token = org.access_token().to_owned();
        let simulator = Simulator::start(org, 0).await.expect("a free port");
        let (settings, conversations) = (&self.batch.settings, &self.batch.conversations);
        let mut outcomes = match run(host, &simulator, settings, conversations, &[]).await {
            Ok(outcomes) => outcomes,
            Err(error) => return Finished { name, fault, met: true, broken: vec![format!("no trap: {error}")] },
        };
        let met = simulator.org().met().iter().any(|(_, fault)| fault.is_some());
        let judge = |outcomes: &[Value], simulator: &Simulator| {
            let state = State::of(&simulator.org());
            rules::broken(&Seen { batch: &self.batch, outcomes, state: &state, token: &token })
        };
        let mut broken = judge(&outcomes, &simulator);
        if self.settles_first {
            simulator.org().settle(Timestamp::now());
            broken.extend(judge(&outcomes, &simulator));
        }
        simulator.org().clear_faults();
        if outcomes.iter().any(|outcome| outcome["status"] == "session-expired") {
            renew(&simulator);
        }
        let again: Vec<usize> =
            (0..outcomes.len()).filter(|index| rules::is_to_be_run_again(&outcomes[*index])).collect();
        let earlier: Vec<EarlierConversation> = (0..outcomes.len())
            .filter(|index| !again.contains(index) && in_doubt(&outcomes[*index]))
            .map(|index| EarlierConversation {
                variables: conversations[index].to_string(),
                in_doubt_for: Some(0),
                records: Some(rules::ids(&outcomes[index])),
            })
            .collect();
        if !again.is_empty() {
            let conversations: Vec<Value> = again.iter().map(|index| conversations[*index].clone()).collect();
            match run(host, &simulator, settings, &conversations, &earlier).await {
                Ok(repeated) => again.into_iter().zip(repeated).for_each(|(index, outcome)| outcomes[index] = outcome),
                Err(error) => broken.push(format!("no trap in the second call: {error}")),
            }
            simulator.org().settle(Timestamp::now());
            broken
                .extend(judge(&outcomes, &simulator).into_iter().map(|rule| format!("after the second call, {rule}")));
            let state = State::of(&simulator.org());
            let is_settled = outcomes.iter().all(|outcome| outcome["status"] == "done");
            if is_settled && !state.holds_as(&self.batch.baseline().after) && !rules::lacks_a_file(&outcomes) {
                broken.push("what is run again and done leads to what is there without the fault".to_owned());
            }
        }
        Finished { name, fault, met, broken }
    }
}

/// One call in the sandbox: the outcome of each conversation.
pub async fn run(
    host: &Host,
    simulator: &Simulator,
    settings: &Value,
    conversations: &[Value],
    earlier: &[EarlierConversation],
) -> anyhow::Result<Vec<Value>> {
    let (session, egress) = way_to(simulator, settings)?;
    let conversations: Vec<Conversation> = conversations
        .iter()
        .map(|variables| Conversation { variables: variables.to_string(), in_doubt_for: None, correlation: None })
        .collect();
    let ran = host.run_many(egress, &session, &settings.to_string(), &conversations, earlier).await?;
    let many = ran.map_err(|findings| anyhow::anyhow!("not run: {findings:?}"))?;
    anyhow::ensure!(many.conversations.len() == conversations.len(), "an outcome for each conversation");
    anyhow::ensure!(many.conversations.iter().all(|outcome| !outcome.records.is_empty()), "each conversation is read");
    Ok(many.conversations.iter().map(answers::outcome).collect())
}
