//! What the page asks for. Each is a call of the reference host; what the component says is passed on as `chat-host --json` prints it.

use std::sync::Arc;

use axum::extract::State;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::answer::{Answer, Asked, Problem};
use super::document::Saved;
use super::kept::Call;
use super::recorder::Exchanges;
use super::runs::Begun;
use super::{Editor, changes, presets};
use crate::host::bindings::exports::chat_flow::salesforce::types::Status;
use crate::host::{FieldQuery, ObjectQuery, Renderer};
use crate::json as answers;

type Shared = State<Arc<Editor>>;
type Reply = Result<Answer, Problem>;

/// Most entries of a drop-down that are passed on: the others come up as the author types.
const MAX_LISTED: u32 = 100;
/// Most values of a field's picklist.
const MAX_VALUES: u32 = 200;

/// All that the page needs to begin.
pub(super) async fn start(State(editor): Shared) -> Reply {
    let manifest = editor.host.manifest().await?;
    let file = match &editor.document {
        Some(document) => json!({ "name": document.name(), "text": document.load()? }),
        None => Value::Null,
    };
    Ok(Answer(json!({
        "version": manifest.version,
        "modes": manifest.modes,
        "language": editor.language,
        "org": {
            "simulated": editor.org.is_simulated(),
            "domain": editor.org.domain(),
            "connection": editor.org.connection(),
        },
        "file": file,
        "variables": editor.variables.as_deref().map(answers::document),
        "presets": presets::all(),
        "runs": editor.runs.is_some(),
    })))
}

pub(super) async fn form(State(editor): Shared, asked: Asked) -> Reply {
    let (mode, language, records) = (asked.text("mode")?, asked.text("language")?, asked.texts("records")?);
    let form = editor.host.form(mode, language, Renderer::ReactJsonschemaForm, &records).await?;
    Ok(Answer(form.map_or_else(|findings| answers::findings(&findings), |form| answers::form(&form))))
}

/// What is wrong with the settings, what they take, and what a run with these variables would do. Sends nothing.
pub(super) async fn follow(State(editor): Shared, asked: Asked) -> Reply {
    let (settings, variables) = (asked.text("settings")?, asked.text("variables")?);
    let host = &editor.host;
    let known = editor.variables.as_deref().map(answers::members);
    let names: Option<Vec<String>> = known.map(|known| known.into_iter().map(|(name, _)| name).collect());
    let check = async {
        match &names {
            Some(names) => host.check_in_flow(settings, names).await,
            None => host.check(settings).await,
        }
    };
    let (findings, tool, plan) = tokio::try_join!(check, host.describe(settings), host.plan(settings, variables))?;
    let mut answer = answers::findings(&findings);
    answer["tool"] = tool.map_or(Value::Null, |tool| answers::tool(&tool));
    (answer["plan"], answer["refused"]) = match plan {
        Ok(plan) => (answers::plan(&plan), json!([])),
        Err(refused) => (Value::Null, answers::findings(&refused)["findings"].take()),
    };
    Ok(Answer(answer))
}

/// Whether the org can be reached with its token: one request that writes nothing, and before it the simulator's log-in.
pub(super) async fn authenticate(State(editor): Shared, asked: Asked) -> Reply {
    let domain = asked.text("domain")?;
    editor.kept.forget();
    if let Err(error) = editor.org.log_in(&editor.host, domain).await? {
        let (code, message, remedy) = (error.code, error.message, error.remedy);
        return Ok(Answer(json!({ "status": "failed", "code": code, "message": message, "remedy": remedy })));
    }
    let mut answer = objects_of(&editor, domain, None, "", 1, false).await?;
    if answer["status"] == answers::status(Status::Done) {
        return Ok(Answer(json!({ "status": "success" })));
    }
    Ok(Answer(json!({ "status": "failed", "findings": answer["findings"].take() })))
}

pub(super) async fn objects(State(editor): Shared, asked: Asked) -> Reply {
    let (domain, search) = (asked.text("domain")?, asked.text("search")?);
    let api_version = asked.optional("apiVersion");
    objects_of(&editor, domain, api_version, search, MAX_LISTED, asked.is_set("all")).await.map(Answer)
}

async fn objects_of(
    editor: &Editor,
    domain: &str,
    api_version: Option<&str>,
    search: &str,
    limit: u32,
    all: bool,
) -> Result<Value, Problem> {
    let query = ObjectQuery {
        deployment_domain: domain.to_owned(),
        api_version: api_version.map(str::to_owned),
        search: search.to_owned(),
        limit,
        all,
    };
    let (host, query, kept) = (&editor.host, &query, &editor.kept.call());
    let call = |egress, session| async move { host.objects(kept.over(egress), &session, query).await };
    Ok(match editor.org.call(domain, call).await? {
        Ok(answer) => {
            keep(editor, kept, answer.status);
            answers::objects(&answer)
        }
        Err(findings) => answers::findings(&findings),
    })
}

pub(super) async fn fields(State(editor): Shared, asked: Asked) -> Reply {
    let domain = asked.text("domain")?;
    let query = FieldQuery {
        deployment_domain: domain.to_owned(),
        api_version: asked.optional("apiVersion").map(str::to_owned),
        object: asked.text("object")?.to_owned(),
        search: asked.text("search")?.to_owned(),
        limit: asked.number("limit").unwrap_or(MAX_LISTED).min(MAX_LISTED),
        all: asked.is_set("all"),
        values: asked.number("values").unwrap_or_default().min(MAX_VALUES),
    };
    let (host, query, kept) = (&editor.host, &query, &editor.kept.call());
    let call = |egress, session| async move { host.fields(kept.over(egress), &session, query).await };
    Ok(Answer(match editor.org.call(domain, call).await? {
        Ok(answer) => {
            keep(&editor, kept, answer.status);
            answers::fields(&answer)
        }
        Err(findings) => answers::findings(&findings),
    }))
}

fn keep(editor: &Editor, call: &Call, status: Status) {
    if status == Status::Done {
        editor.kept.keep(call);
    }
}

/// The settings with the org's facts in them.
pub(super) async fn prepare(State(editor): Shared, asked: Asked) -> Reply {
    let settings = asked.text("settings")?;
    let (host, exchanges) = (&editor.host, &Exchanges::default());
    let call = |egress, session| async move { host.prepare(exchanges.of(egress), &session, settings).await };
    let mut answer = match editor.org.call(&answers::deployment_domain(settings), call).await? {
        Ok(prepared) => {
            let mut answer = answers::unprepared(&prepared);
            answer["settings"] = prepared.settings.as_deref().map_or(Value::Null, answers::document);
            answer
        }
        Err(findings) => answers::findings(&findings),
    };
    answer["exchanges"] = exchanges.to_json();
    Ok(Answer(answer))
}

/// The lookups are made, and what would be written is shown.
pub(super) async fn preview(State(editor): Shared, asked: Asked) -> Reply {
    let (settings, variables) = (asked.text("settings")?, asked.text("variables")?);
    let (host, exchanges) = (&editor.host, &Exchanges::default());
    let call = |egress, session| async move { host.preview(exchanges.of(egress), &session, settings, variables).await };
    let mut answer = match editor.org.call(&answers::deployment_domain(settings), call).await? {
        Ok(preview) => answers::preview(&preview),
        Err(findings) => answers::findings(&findings),
    };
    let exchanges = exchanges.to_json();
    answer["changes"] = changes::of(&answer, &exchanges);
    answer["exchanges"] = exchanges;
    Ok(Answer(answer))
}

/// Looks up, decides and writes. To an org that is not the simulator only after the author has said so.
///
/// It goes on to its end, and is kept, whatever becomes of the page that asked.
pub(super) async fn run(State(editor): Shared, asked: Asked) -> Reply {
    let carried_out = tokio::spawn(async move { carry_out(&editor, &asked).await });
    carried_out.await.map_err(anyhow::Error::from)?
}

async fn carry_out(editor: &Arc<Editor>, asked: &Asked) -> Reply {
    let (settings, variables) = (asked.text("settings")?, asked.text("variables")?);
    if !editor.org.is_simulated() && !asked.is_set("confirmed") {
        return Ok(Answer(json!({ "confirm": editor.org.domain() })));
    }
    let correlation = asked.optional("correlation").filter(|text| !text.is_empty());
    let domain = answers::deployment_domain(settings);
    let begun = Begun {
        settings,
        variables,
        correlation,
        domain: editor.org.domain().unwrap_or(&domain),
        is_simulated: editor.org.is_simulated(),
        keeps_values: asked.is_set("keepValues"),
    };
    let noted =
        editor.runs.as_ref().map(|runs| runs.begin(&begun, Timestamp::now()).map(|id| (runs, id))).transpose()?;
    let (host, exchanges) = (&editor.host, &Exchanges::default());
    let call = |egress, session| async move {
        host.run_with_files(exchanges.of(egress), &session, settings, variables, &[], correlation).await
    };
    let mut answer = match editor.org.call(&domain, call).await? {
        Ok(outcome) => {
            let mut answer = answers::outcome(&outcome);
            if let Some((runs, id)) = noted {
                told(runs.end(&id, &answer));
            }
            let records = outcome.records.iter();
            answer["stored"] = records
                .filter_map(|record| {
                    let stored = editor.org.record(&record.sobject, record.id.as_deref()?)?;
                    Some(json!({ "name": record.name, "sobject": record.sobject, "record": stored }))
                })
                .collect();
            answer
        }
        Err(findings) => {
            if let Some((runs, id)) = noted {
                told(runs.cancel(&id));
            }
            answers::findings(&findings)
        }
    };
    answer["exchanges"] = exchanges.to_json();
    Ok(Answer(answer))
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
        None => json!({ "runs": runs.list()? }),
    }))
}

pub(super) async fn save(State(editor): Shared, asked: Asked) -> Reply {
    let text = asked.text("text")?;
    let saved = match &editor.document {
        Some(document) => match document.save(text, asked.optional("base"))? {
            Saved::Done => "done",
            Saved::Changed => "changed",
        },
        // The page then offers it as a download.
        None => "no-file",
    };
    Ok(Answer(json!({ "saved": saved })))
}
