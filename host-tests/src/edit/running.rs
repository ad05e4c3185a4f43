//! Runs from the page, and the last ones.

use std::sync::Arc;

use axum::extract::State;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::again;
use super::answer::{Answer, Asked, Problem};
use super::api::{Reply, Shared};
use super::recorder::Exchanges;
use super::remedies::{self, Told};
use super::runs::{Begun, Runs};
use super::{EditedOrg, Editor};
use crate::connections::ConnectionError;
use crate::host::Host;
use crate::json as answers;

/// Looks up, decides and writes. To an org that is not the simulator only after the author has said so.
///
/// It goes on to its end, and is kept, whatever becomes of the page that asked.
pub(super) async fn run(State(editor): Shared, asked: Asked) -> Reply {
    let carried_out = tokio::spawn(async move { carry_out(&editor, &asked).await });
    carried_out.await.map_err(anyhow::Error::from)?
}

/// What is to run: what the page has, or an earlier run once more.
struct Wanted {
    settings: String,
    variables: String,
    correlation: Option<String>,
    keeps_values: bool,
    /// The earlier run.
    again: Option<String>,
}

impl Wanted {
    fn of(editor: &Editor, org: &EditedOrg, asked: &Asked) -> Result<Self, Problem> {
        let Some(id) = asked.optional("again") else {
            return Ok(Self {
                settings: asked.text("settings")?.to_owned(),
                variables: asked.text("variables")?.to_owned(),
                correlation: asked.optional("correlation").filter(|text| !text.is_empty()).map(ToOwned::to_owned),
                keeps_values: asked.is_set("keepValues"),
                again: None,
            });
        };
        let run = editor.runs.as_ref().map(|runs| runs.read(id)).transpose()?.flatten();
        let run = run.filter(|run| again::is_offered(editor, org, run)).ok_or_else(Problem::not_again)?;
        Ok(Self {
            settings: run["settings"].to_string(),
            variables: run["values"].to_string(),
            // It is the same step of the same conversation.
            correlation: run["correlation"].as_str().map(ToOwned::to_owned),
            keeps_values: true,
            again: Some(id.to_owned()),
        })
    }
}

async fn carry_out(editor: &Arc<Editor>, asked: &Asked) -> Reply {
    let org = editor.org();
    let wanted = Wanted::of(editor, &org, asked)?;
    // The author has said so of this org: another tab may have logged in to another meanwhile.
    if !org.is_simulated() && (org.domain().is_none() || asked.optional("confirmed") != org.domain()) {
        return Ok(Answer(json!({ "confirm": org.domain() })));
    }
    let (settings, correlation) = (wanted.settings.as_str(), wanted.correlation.as_deref());
    let variables = &*editor.files.put_in(&wanted.variables)?;
    let domain = answers::deployment_domain(settings);
    let noted = match &editor.runs {
        None => None,
        Some(runs) => {
            let begun = Begun {
                settings,
                variables: &wanted.variables,
                correlation,
                domain: org.domain().unwrap_or(&domain),
                is_simulated: org.is_simulated(),
                keeps_values: wanted.keeps_values,
                is_idempotent: is_idempotent(&editor.host, settings, variables).await?,
            };
            let noted = Noted { runs, id: runs.begin(&begun, Timestamp::now())?, again: wanted.again.as_deref() };
            if !noted.claims()? {
                return Err(Problem::not_again());
            }
            Some(noted)
        }
    };
    let (host, exchanges) = (&editor.host, &Exchanges::default());
    let call = |egress, session| async move {
        host.run_with_files(exchanges.of(egress), &session, settings, variables, &[], correlation).await
    };
    let called = org.call(&domain, call).await;
    let was_sent = match &called {
        Ok(ran) => ran.is_ok(),
        // Without a token nothing is sent.
        Err(error) => !error.is::<ConnectionError>(),
    };
    if let Some(noted) = noted.as_ref().filter(|_| !was_sent) {
        noted.cancel();
    }
    let mut answer = match called? {
        Ok(outcome) => {
            let mut answer = answers::outcome(&outcome);
            if let Some(noted) = noted {
                told(noted.runs.end(&noted.id, &answer));
            }
            let records = outcome.records.iter();
            answer["stored"] = records
                .filter_map(|record| {
                    let stored = org.record(&record.sobject, record.id.as_deref()?)?;
                    Some(json!({ "name": record.name, "sobject": record.sobject, "record": stored }))
                })
                .collect();
            answer
        }
        Err(findings) => answers::findings(&findings),
    };
    remedies::add(editor, settings, &mut answer["findings"], Told::Elsewhere).await?;
    answer["exchanges"] = exchanges.to_json();
    Ok(Answer(answer))
}

/// The run among the last ones.
struct Noted<'a> {
    runs: &'a Runs,
    id: String,
    /// The earlier run that it is once more.
    again: Option<&'a str>,
}

impl Noted<'_> {
    /// Whether no other run is that one once more.
    fn claims(&self) -> anyhow::Result<bool> {
        let is_ours = self.again.map_or(Ok(true), |earlier| self.runs.claim(earlier, &self.id))?;
        if !is_ours {
            self.runs.cancel(&self.id)?;
        }
        Ok(is_ours)
    }

    /// Nothing was sent.
    fn cancel(&self) {
        told(self.runs.cancel(&self.id));
        if let Some(earlier) = self.again {
            told(self.runs.unclaim(earlier));
        }
    }
}

/// Whether a second run writes nothing twice, however the first one ended.
async fn is_idempotent(host: &Host, settings: &str, variables: &str) -> anyhow::Result<bool> {
    let plan = host.plan(settings, variables).await?;
    Ok(plan.is_ok_and(|plan| again::is_idempotent(&answers::document(settings), &answers::plan(&plan))))
}

/// What the org has carried out is answered, even where it cannot be kept.
fn told(kept: anyhow::Result<()>) {
    if let Err(error) = kept {
        anstream::eprintln!("The run is not among the last runs: {error:#}.");
    }
}

/// The last runs, or one of them, or an end to all of them.
pub(super) async fn runs(State(editor): Shared, asked: Asked) -> Reply {
    let Some(runs) = &editor.runs else { return Ok(Answer(json!({ "runs": [] }))) };
    if asked.is_set("forget") {
        runs.forget()?;
    }
    Ok(Answer(match asked.optional("id") {
        Some(id) => json!({ "run": runs.read(id)? }),
        None => {
            let mut list = Vec::new();
            for mut run in runs.list()? {
                let can_run_again = again::is_offered(&editor, &editor.org(), &run);
                let has_values = !run["values"].is_null();
                if let Some(members) = run.as_object_mut() {
                    members.remove("settings");
                    members.remove("values");
                    members.insert("hasValues".to_owned(), has_values.into());
                    members.insert("canRunAgain".to_owned(), can_run_again.into());
                }
                list.push(run);
            }
            json!({ "runs": Value::from(list) })
        }
    }))
}
