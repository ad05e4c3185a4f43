//! The reference host as a driver of `chat-host conform`; hosts/conformance/README.md describes its lines.

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, anyhow};
use host_tests::COMPONENT;
use host_tests::host::bindings::exports::chat_flow::salesforce::types::{FieldQuery, ObjectQuery};
use host_tests::host::{
    Chat, Conversation, EarlierConversation, Egress, Finding, Host, HttpClient, OutgoingMessage, Renderer, Session,
};
use host_tests::json as answers;
use host_tests::relay::read_content;
use serde_json::{Map, Value, json};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::sync::mpsc;
use tokio::task::JoinSet;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let host = Arc::new(Host::cached(COMPONENT)?);
    let client = HttpClient::new()?;
    let (tell, mut told) = mpsc::unbounded_channel::<Value>();
    let writer = tokio::spawn(async move {
        let mut stdout = tokio::io::stdout();
        while let Some(line) = told.recv().await {
            stdout.write_all(format!("{line}\n").as_bytes()).await?;
            stdout.flush().await?;
        }
        anyhow::Ok(())
    });
    let mut lines = BufReader::new(tokio::io::stdin()).lines();
    let mut calls = JoinSet::new();
    while let Some(line) = lines.next_line().await? {
        let (host, client, tell) = (Arc::clone(&host), client.clone(), tell.clone());
        calls.spawn(async move {
            // Nobody listens any more when the runner is gone.
            drop(tell.send(answered(&host, client, &line).await));
        });
    }
    while calls.join_next().await.is_some() {}
    drop(tell);
    writer.await?
}

/// The line that answers a line.
async fn answered(host: &Host, client: HttpClient, line: &str) -> Value {
    let call: Value = match serde_json::from_str(line) {
        Ok(call) => call,
        Err(_) => return failure(&Value::Null, "host", "the line is no JSON"),
    };
    let id = &call["id"];
    if !id.is_u64() {
        return failure(&Value::Null, "host", "the line has no number `id`");
    }
    let carried_out = carry_out(host, client, &call);
    let ended = match call["abortAfter"].as_u64() {
        // A dropped call takes its instance with it.
        Some(after) => match tokio::time::timeout(Duration::from_millis(after), carried_out).await {
            Ok(ended) => ended,
            Err(_) => return failure(id, "aborted", "the host ended the call"),
        },
        None => carried_out.await,
    };
    match ended {
        Ok(Ok(answer)) => json!({ "id": id, "answer": answer }),
        Ok(Err(findings)) => json!({ "id": id, "findings": answers::findings(&findings)["findings"] }),
        Err(error) => failure(id, code(&error), &error.to_string()),
    }
}

fn failure(id: &Value, code: &str, message: &str) -> Value {
    json!({ "id": id, "failure": { "code": code, "message": message } })
}

/// The host's own errors say at their head what ended the call.
fn code(error: &anyhow::Error) -> &'static str {
    match error.to_string().as_str() {
        "the module trapped" => "trap",
        "the module took too long" => "timeout",
        _ => "host",
    }
}

async fn carry_out(host: &Host, client: HttpClient, call: &Value) -> anyhow::Result<Result<Value, Vec<Finding>>> {
    let arguments = call["arguments"].as_object().context("no `arguments`")?;
    let text = |name: &str| text(arguments, name);
    let correlation = arguments.get("correlation").and_then(Value::as_str);
    let function = call["function"].as_str().context("no `function`")?;
    let client = match call["route"].as_str() {
        Some(url) => client.routed_to(url)?,
        None => client,
    };
    let session = arguments.get("session").map(session).transpose()?;
    let way = || {
        let (domain, session) = session.clone().context("no `session`")?;
        anyhow::Ok((Egress::Domain { domain, client: client.clone() }, session))
    };
    // A hand-over has no session, and goes to the messaging host of its settings' domain.
    let messaging = || {
        let domain = answers::members(text("settings")?).remove("deploymentDomain");
        let domain = domain.as_ref().and_then(Value::as_str).unwrap_or_default();
        anyhow::Ok(Egress::messaging(domain, client.clone()))
    };
    let now = || number(&call["arguments"], "now");
    Ok(match function {
        "manifest" => Ok(answers::manifest(&host.manifest().await?)),
        "check" => {
            let known = arguments.get("knownVariables").filter(|known| !known.is_null());
            let findings = match known {
                Some(known) => host.check_in_flow(text("settings")?, &names(known)?).await?,
                None => host.check(text("settings")?).await?,
            };
            Ok(answers::findings(&findings))
        }
        "form" => {
            let renderer = match text("renderer")? {
                "react-jsonschema-form" => Renderer::ReactJsonschemaForm,
                "json-forms" => Renderer::JsonForms,
                _ => anyhow::bail!("no such `renderer`"),
            };
            let form = host.form(text("mode")?, text("language")?, renderer, &names(&arguments["records"])?).await?;
            form.map(|form| answers::form(&form))
        }
        "describe" => host.describe(text("settings")?).await?.map(|tool| answers::tool(&tool)),
        "plan" => {
            let plan = host.plan_correlated(text("settings")?, text("variables")?, correlation).await?;
            plan.map(|plan| answers::plan(&plan))
        }
        "prepare" => {
            let (egress, session) = way()?;
            let prepared = host.prepare(egress, &session, text("settings")?).await?;
            prepared.map(|prepared| match &prepared.settings {
                Some(settings) => answers::document(settings),
                None => answers::unprepared(&prepared),
            })
        }
        "objects" => {
            let (egress, session) = way()?;
            let answer = host.objects(egress, &session, &object_query(&arguments["query"])?).await?;
            answer.map(|answer| answers::objects(&answer))
        }
        "fields" => {
            let (egress, session) = way()?;
            let answer = host.fields(egress, &session, &field_query(&arguments["query"])?).await?;
            answer.map(|answer| answers::fields(&answer))
        }
        "preview" => {
            let (egress, session) = way()?;
            let (settings, variables) = (text("settings")?, text("variables")?);
            let preview = host.preview_correlated(egress, &session, settings, variables, correlation).await?;
            preview.map(|preview| answers::preview(&preview))
        }
        "run" => {
            let (egress, session) = way()?;
            let (settings, variables) = (text("settings")?, text("variables")?);
            let outcome = host.run_with_files(egress, &session, settings, variables, &[], correlation).await?;
            outcome.map(|outcome| answers::outcome(&outcome))
        }
        "runMany" => {
            let (egress, session) = way()?;
            let conversations = list(&arguments["conversations"], conversation)?;
            let earlier = list(&arguments["earlier"], earlier)?;
            let outcome = host.run_many(egress, &session, text("settings")?, &conversations, &earlier).await?;
            outcome.map(|outcome| answers::many_outcome(&outcome))
        }
        "prepareHandover" => {
            let prepared = host.prepare_handover(messaging()?, text("settings")?).await?;
            prepared.map(|prepared| answers::prepared_handover(&prepared))
        }
        "startHandover" => {
            let earlier = text("earlier").ok().map(chat);
            let (settings, variables) = (text("settings")?, text("variables")?);
            let handed =
                host.start_handover(messaging()?, settings, variables, earlier.as_ref(), now()?, correlation).await?;
            handed.map(|handed| answers::handed(&handed))
        }
        "sendMessage" => {
            let (chat, message) = (chat(text("chat")?), message(&arguments["message"])?);
            let handed = host.send_message(messaging()?, text("settings")?, &chat, &message, now()?).await?;
            handed.map(|handed| answers::handed(&handed))
        }
        "receiveEvents" => {
            let (chat, wait) = (chat(text("chat")?), number(&call["arguments"], "waitSeconds")?);
            let received = host.receive_events(messaging()?, text("settings")?, &chat, wait, now()?).await?;
            received.map(|received| answers::received(&received))
        }
        "endHandover" => {
            let handed = host.end_handover(messaging()?, text("settings")?, &chat(text("chat")?), now()?).await?;
            handed.map(|handed| answers::handed(&handed))
        }
        other => return Err(anyhow!("there is no function `{other}`")),
    })
}

fn text<'a>(arguments: &'a Map<String, Value>, name: &str) -> anyhow::Result<&'a str> {
    arguments.get(name).and_then(Value::as_str).with_context(|| format!("no text `{name}`"))
}

fn member(value: &Value, name: &str) -> anyhow::Result<String> {
    value[name].as_str().map(str::to_owned).with_context(|| format!("no text `{name}`"))
}

fn number(value: &Value, name: &str) -> anyhow::Result<u32> {
    let number = value[name].as_u64().and_then(|number| number.try_into().ok());
    number.with_context(|| format!("no number `{name}`"))
}

/// With the domain that the session is for.
fn session(value: &Value) -> anyhow::Result<(String, Session)> {
    let domain = member(value, "domain")?;
    let session = Session { instance_url: format!("https://{domain}"), access_token: member(value, "accessToken")? };
    Ok((domain, session))
}

fn list<T>(value: &Value, read: impl Fn(&Value) -> anyhow::Result<T>) -> anyhow::Result<Vec<T>> {
    value.as_array().context("no list")?.iter().map(read).collect()
}

fn names(value: &Value) -> anyhow::Result<Vec<String>> {
    list(value, |name| name.as_str().map(str::to_owned).context("no name"))
}

fn conversation(value: &Value) -> anyhow::Result<Conversation> {
    Ok(Conversation {
        variables: member(value, "variables")?,
        in_doubt_for: number(value, "inDoubtFor").ok(),
        correlation: member(value, "correlation").ok(),
    })
}

fn earlier(value: &Value) -> anyhow::Result<EarlierConversation> {
    Ok(EarlierConversation {
        variables: member(value, "variables")?,
        in_doubt_for: number(value, "inDoubtFor").ok(),
        records: names(&value["records"]).ok(),
    })
}

fn chat(secret: &str) -> Chat {
    Chat { secret: secret.to_owned() }
}

fn message(value: &Value) -> anyhow::Result<OutgoingMessage> {
    let content = read_content(value).context("a message without `text`, `choice` or `file`")?;
    Ok(OutgoingMessage { key: member(value, "key")?, again: value["again"] == true, content })
}

fn object_query(value: &Value) -> anyhow::Result<ObjectQuery> {
    Ok(ObjectQuery {
        deployment_domain: member(value, "deploymentDomain")?,
        api_version: member(value, "apiVersion").ok(),
        search: member(value, "search")?,
        limit: number(value, "limit")?,
        all: value["all"] == true,
    })
}

fn field_query(value: &Value) -> anyhow::Result<FieldQuery> {
    Ok(FieldQuery {
        deployment_domain: member(value, "deploymentDomain")?,
        api_version: member(value, "apiVersion").ok(),
        object: member(value, "object")?,
        search: member(value, "search")?,
        limit: number(value, "limit")?,
        all: value["all"] == true,
        values: number(value, "values")?,
    })
}
