//! The module's functions: what was asked goes in, and what they answer comes out as JSON.

use serde_json::Value;

use super::bindings::chat_flow::salesforce::salesforce_module as module;
use super::bindings::chat_flow::salesforce::types::{
    Conversation as WitConversation, EarlierConversation, FieldQuery, Finding, ObjectQuery, Outcome, Renderer, Session,
};
use super::http;
use crate::access::Access;
use crate::answer::Answer;
use crate::asked::{Check, Conversation, Form, Library, Many, OneOfMany, Query};
use crate::shared::json;

pub(super) fn session(access: Access) -> Session {
    Session { instance_url: access.instance_url, access_token: access.access_token }
}

pub(super) fn manifest() -> Answer {
    Answer::json(200, json::manifest(&module::manifest()).to_string())
}

pub(super) fn form(asked: &Form) -> Answer {
    let renderer = match asked.renderer {
        Library::ReactJsonSchemaForm => Renderer::ReactJsonschemaForm,
        Library::JsonForms => Renderer::JsonForms,
    };
    let form = module::form(&asked.mode, &asked.language, renderer, &asked.records);
    answer(form.map(|form| json::form(&form)))
}

pub(super) fn check(asked: &Check) -> Answer {
    Answer::json(200, json::findings(&module::check(&asked.settings, asked.known_variables.as_deref())).to_string())
}

pub(super) fn describe(settings: &str) -> Answer {
    answer(described(settings))
}

/// The tool that settings are.
pub(super) fn described(settings: &str) -> Result<Value, Vec<Finding>> {
    module::describe(settings).map(|tool| json::tool(&tool))
}

pub(super) fn plan(asked: &Conversation) -> Answer {
    let plan = module::plan(&asked.settings, &asked.variables, asked.correlation.as_deref());
    answer(plan.map(|plan| {
        http::log(&plan.log);
        json::plan(&plan)
    }))
}

pub(super) fn preview(session: &Session, asked: &Conversation) -> Answer {
    let preview = module::preview(session, &asked.settings, &asked.variables, asked.correlation.as_deref());
    answer(preview.map(|preview| {
        http::log(&preview.log);
        json::preview(&preview)
    }))
}

pub(super) fn run(session: &Session, asked: &Conversation) -> Answer {
    answer(outcome(session, &asked.settings, &asked.variables, asked.correlation.as_deref()))
}

/// What became of one run.
pub(super) fn outcome(
    session: &Session,
    settings: &str,
    variables: &str,
    correlation: Option<&str>,
) -> Result<Value, Vec<Finding>> {
    let outcome: Outcome = module::run(session, settings, variables, correlation)?;
    http::log(&outcome.log);
    Ok(json::outcome(&outcome))
}

pub(super) fn run_many(session: &Session, asked: Many) -> Answer {
    let conversation =
        |OneOfMany { variables, in_doubt_for, correlation }| WitConversation { variables, in_doubt_for, correlation };
    let conversations: Vec<_> = asked.conversations.into_iter().map(conversation).collect();
    let earlier = asked.earlier.into_iter().map(|earlier| EarlierConversation {
        variables: earlier.variables,
        in_doubt_for: earlier.in_doubt_for,
        records: earlier.records,
    });
    let many = module::run_many(session, &asked.settings, &conversations, &earlier.collect::<Vec<_>>());
    answer(many.map(|many| {
        http::log(&many.log);
        many.conversations.iter().for_each(|outcome| http::log(&outcome.log));
        json::many_outcome(&many)
    }))
}

/// With the settings as the module wrote them, to the byte: their hash is in every log.
pub(super) fn prepare(session: &Session, settings: &str) -> Answer {
    match module::prepare(session, settings) {
        Ok(prepared) => {
            let about = json::unprepared(&prepared).to_string();
            let settings = prepared.settings.as_deref().unwrap_or("null");
            Answer::json(200, format!(r#"{{"settings":{settings},{}"#, about.trim_start_matches('{')))
        }
        Err(found) => refused(&found),
    }
}

pub(super) fn objects(session: &Session, query: Query) -> Answer {
    let query = ObjectQuery {
        deployment_domain: query.deployment_domain,
        api_version: query.api_version,
        search: query.search,
        limit: query.limit,
        all: query.all,
    };
    answer(module::objects(session, &query).map(|answer| json::objects(&answer)))
}

pub(super) fn fields(session: &Session, query: Query) -> Answer {
    let query = FieldQuery {
        deployment_domain: query.deployment_domain,
        api_version: query.api_version,
        object: query.object.unwrap_or_default(),
        search: query.search,
        limit: query.limit,
        all: query.all,
        values: query.values,
    };
    answer(module::fields(session, &query).map(|answer| json::fields(&answer)))
}

pub(super) fn answer(answered: Result<Value, Vec<Finding>>) -> Answer {
    match answered {
        Ok(answer) => Answer::json(200, answer.to_string()),
        Err(found) => refused(&found),
    }
}

/// Nothing was sent: something of the input is not what it must be, and the findings say what.
pub(super) fn refused(found: &[Finding]) -> Answer {
    Answer::json(422, json::findings(found).to_string())
}
