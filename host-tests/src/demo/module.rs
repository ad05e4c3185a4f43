//! One module of the flow, and what is told of it.

use anyhow::Context;
use jiff::Timestamp;
use serde_json::Value;
use tokio::sync::mpsc;

use super::noted::{Note, Noted};
use super::org::Stage;
use super::unsettled::Unsettled;
use super::words::{Text, Words};
use super::{answers, entry};
use crate::cli::text;
use crate::host::bindings::exports::chat_flow::salesforce::types::Status;
use crate::host::{Conversation, Finding, Outcome, Session};
use crate::web::recorder::{Exchanges, Recorder};

/// What came of a module.
pub struct Ran {
    pub outcome: Outcome,
    pub entry: Value,
    /// What the visitor is told, where it is not done.
    pub said: Option<Text>,
    pub settings: &'static str,
}

impl Stage {
    /// Runs a module. What may have been carried out already is looked for first, and not written twice.
    pub async fn module(
        &self,
        name: Words,
        template: &'static str,
        open: &Unsettled,
        notes: mpsc::UnboundedSender<Note>,
    ) -> anyhow::Result<Ran> {
        let (settings, variables) = (self.org.settings(template), Value::Object(open.variables.clone()).to_string());
        let (settings, variables) = (settings.as_str(), variables.as_str());
        let bad_settings = |findings: Vec<Finding>| bad_settings(name.spoken(), &findings);
        let plan = self.host.plan(settings, variables).await?.map_err(bad_settings)?;
        let exchanges = Exchanges::default();
        let run = |recorder: Recorder, session: Session| {
            let way = Noted::new(recorder, notes.clone());
            async move {
                let Some(in_doubt_for) = open.in_doubt_for(Timestamp::now()) else {
                    return self.host.run(way, &session, settings, variables).await;
                };
                let (variables, in_doubt_for) = (variables.to_owned(), Some(in_doubt_for));
                let one = [Conversation { variables, in_doubt_for, correlation: None }];
                let ran = self.host.run_many(way, &session, settings, &one, &[]).await?;
                match ran {
                    Ok(mut many) => Ok(Ok(many.conversations.pop().context("an outcome is missing")?)),
                    Err(findings) => Ok(Err(findings)),
                }
            }
        };
        let outcome = self.org.call(settings, &exchanges, run).await?;
        let outcome = outcome.map_err(bad_settings)?;
        let entry = entry::module(name, &plan, &exchanges.to_json(), &outcome, &self.org);
        let said = (outcome.status != Status::Done)
            .then(|| answers::for_visitor(&outcome).unwrap_or(answers::NOT_SAVED.into()));
        Ok(Ran { outcome, entry, said, settings: template })
    }
}

pub fn bad_settings(module: &str, findings: &[Finding]) -> anyhow::Error {
    let first = findings.first().map(|finding| text::of_finding(finding).0).unwrap_or_default();
    anyhow::anyhow!("the settings of the module `{module}` are wrong: {first}")
}
