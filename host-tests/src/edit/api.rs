//! What the page asks for. Each is a call of the reference host; what the component says is passed on as `chat-host --json` prints it.

use std::sync::Arc;

use axum::extract::State;
use serde_json::{Value, json};

use super::answer::{Answer, Asked, Problem};
use super::document::Saved;
use super::kept::Call;
use super::recorder::Exchanges;
use super::remedies::{self, Told};
use super::{Editor, changes, presets};
use crate::host::bindings::exports::chat_flow::salesforce::types::Status;
use crate::host::{FieldQuery, ObjectQuery, Renderer};
use crate::json as answers;

pub(super) type Shared = State<Arc<Editor>>;
pub(super) type Reply = Result<Answer, Problem>;

/// Most entries of a drop-down that are passed on: the others come up as the author types.
const MAX_LISTED: u32 = 50;
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
        "org": editor.org().to_json(),
        // What the app of a log-in must have as callback URL.
        "callback": editor.log_ins.as_ref().map(|log_ins| format!("http://localhost:{}/callback", log_ins.port)),
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
    let variables = &*editor.files.put_in(variables)?;
    let host = &editor.host;
    let (findings, tool, plan) =
        tokio::try_join!(editor.check(settings), host.describe(settings), host.plan(settings, variables))?;
    let mut answer = answers::findings(&findings);
    remedies::add(&editor, settings, &mut answer["findings"], Told::ByCheck).await?;
    answer["tool"] = tool.map_or(Value::Null, |tool| answers::tool(&tool));
    (answer["plan"], answer["refused"]) = match plan {
        Ok(plan) => (answers::plan(&plan), json!([])),
        Err(refused) => (Value::Null, answers::findings(&refused)["findings"].take()),
    };
    // Somebody may have logged in in another tab.
    answer["org"] = editor.org().to_json();
    Ok(Answer(answer))
}

/// Whether the org can be reached with its token: one request that writes nothing, and before it the simulator's log-in.
pub(super) async fn authenticate(State(editor): Shared, asked: Asked) -> Reply {
    let domain = asked.text("domain")?;
    editor.kept.forget();
    if let Err(error) = editor.org().log_in(&editor.host, domain).await? {
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
    listed(
        &editor,
        "objects",
        &asked,
        objects_of(&editor, domain, api_version, search, MAX_LISTED, asked.is_set("all")),
    )
    .await
}

/// What the same question was answered a moment ago, or else the answer of this call.
async fn listed(
    editor: &Editor,
    name: &str,
    asked: &Asked,
    call: impl Future<Output = Result<Value, Problem>>,
) -> Reply {
    let question = format!("{name} {asked}");
    if let Some(known) = editor.kept.list(&question) {
        return Ok(Answer(known));
    }
    let answer = call.await?;
    if answer["status"] == answers::status(Status::Done) {
        editor.kept.keep_list(question, &answer);
    }
    Ok(Answer(answer))
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
    Ok(match editor.org().call(domain, call).await? {
        Ok(answer) => {
            keep(editor, kept, answer.status);
            answers::objects(&answer)
        }
        Err(findings) => answers::findings(&findings),
    })
}

pub(super) async fn fields(State(editor): Shared, asked: Asked) -> Reply {
    listed(&editor, "fields", &asked, fields_of(&editor, &asked)).await
}

async fn fields_of(editor: &Editor, asked: &Asked) -> Result<Value, Problem> {
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
    Ok(match editor.org().call(domain, call).await? {
        Ok(answer) => {
            keep(editor, kept, answer.status);
            answers::fields(&answer)
        }
        Err(findings) => answers::findings(&findings),
    })
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
    let mut answer = match editor.org().call(&answers::deployment_domain(settings), call).await? {
        Ok(prepared) => {
            let mut answer = answers::unprepared(&prepared);
            answer["settings"] = prepared.settings.as_deref().map_or(Value::Null, answers::document);
            answer
        }
        Err(findings) => answers::findings(&findings),
    };
    remedies::add(&editor, settings, &mut answer["findings"], Told::Elsewhere).await?;
    answer["exchanges"] = exchanges.to_json();
    Ok(Answer(answer))
}

/// The lookups are made, and what would be written is shown.
pub(super) async fn preview(State(editor): Shared, asked: Asked) -> Reply {
    let (settings, variables) = (asked.text("settings")?, asked.text("variables")?);
    let variables = &*editor.files.put_in(variables)?;
    let (host, exchanges) = (&editor.host, &Exchanges::default());
    let call = |egress, session| async move { host.preview(exchanges.of(egress), &session, settings, variables).await };
    let mut answer = match editor.org().call(&answers::deployment_domain(settings), call).await? {
        Ok(preview) => answers::preview(&preview),
        Err(findings) => answers::findings(&findings),
    };
    remedies::add(&editor, settings, &mut answer["findings"], Told::Elsewhere).await?;
    let exchanges = exchanges.to_json();
    answer["changes"] = changes::of(&answer, &exchanges);
    answer["exchanges"] = exchanges;
    Ok(Answer(answer))
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
