//! One module of the flow, and what is told of it.

use serde_json::{Map, Value};

use super::org::Stage;
use super::{answers, entry};
use crate::cli::text;
use crate::edit::again::is_idempotent;
use crate::host::bindings::exports::chat_flow::salesforce::types::Status;
use crate::host::{Finding, Outcome, RunPlan};
use crate::json;
use crate::web::recorder::Exchanges;

/// What came of a module.
pub struct Ran {
    pub outcome: Outcome,
    pub entry: Value,
    /// What the visitor is told, where it is not done.
    pub said: Option<String>,
}

impl Stage {
    pub async fn plan(&self, name: &str, settings: &str, variables: &Map<String, Value>) -> anyhow::Result<RunPlan> {
        let (settings, variables) = (self.org.settings(settings), Value::Object(variables.clone()).to_string());
        self.host.plan(&settings, &variables).await?.map_err(|findings| bad_settings(name, &findings))
    }

    /// Whether a run that may be under way still can be made again, and nothing is there twice.
    pub async fn is_repeatable(
        &self,
        name: &str,
        settings: &str,
        variables: &Map<String, Value>,
    ) -> anyhow::Result<bool> {
        let plan = self.plan(name, settings, variables).await?;
        Ok(is_idempotent(&json::document(settings), &json::plan(&plan)))
    }

    /// Runs a module.
    pub async fn module(&self, name: &str, settings: &str, variables: &Map<String, Value>) -> anyhow::Result<Ran> {
        let plan = self.plan(name, settings, variables).await?;
        let (settings, variables) = (self.org.settings(settings), Value::Object(variables.clone()).to_string());
        let exchanges = Exchanges::default();
        let (host, settings, variables) = (&self.host, settings.as_str(), variables.as_str());
        let run = |egress, session| async move { host.run(egress, &session, settings, variables).await };
        let outcome = self.org.call(settings, &exchanges, run).await?;
        let outcome = outcome.map_err(|findings| bad_settings(name, &findings))?;
        let entry = entry::module(name, &plan, &exchanges.to_json(), &outcome, &self.org);
        let said = (outcome.status != Status::Done)
            .then(|| answers::for_visitor(&outcome).unwrap_or(answers::NOT_SAVED).to_owned());
        Ok(Ran { outcome, entry, said })
    }
}

pub fn bad_settings(module: &str, findings: &[Finding]) -> anyhow::Error {
    let first = findings.first().map(|finding| text::of_finding(finding).0).unwrap_or_default();
    anyhow::anyhow!("the settings of the module `{module}` are wrong: {first}")
}
