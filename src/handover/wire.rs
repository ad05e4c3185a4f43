//! Requests to the messaging host. Source: messaging API guide, version 2; the sample application of Salesforce's.
//!
//! Every path is ours: nothing of an answer becomes a part of one.

use serde_json::{Map, Value};

use super::state::State;
use super::{Message, Outgoing};
use crate::base::json::object;
use crate::base::{Secret, text};
use crate::settings::HandoverSettings;
use crate::value::Content;
use crate::wire::{ContentType, Headers, Request, encode};

const API: &str = "/iamessage/api/v2";
/// Most entries of one page. Source: messaging API guide, List Conversation Entries.
pub(super) const PAGE: usize = 50;

fn authorized(token: &Secret, mut others: Vec<(&'static str, String)>) -> Headers {
    others.push(("authorization", format!("Bearer {}", token.reveal())));
    Headers(others)
}

fn get(path: String, state: &State) -> Request {
    Request { method: "GET", path, headers: authorized(&state.token, Vec::new()), ..Request::default() }
}

fn post(path: String, body: &Value, state: &State) -> Request {
    Request { method: "POST", ..Request { body: text(body), ..get(path, state) } }
}

fn conversation(state: &State, below: &str) -> String {
    format!("{API}/conversation/{}{below}", state.conversation)
}

/// A guest's token, and the deployment's pre-chat form with it.
pub(super) fn token(settings: &HandoverSettings) -> Request {
    let context =
        object([("appName", "salesforce-module".into()), ("clientVersion", env!("CARGO_PKG_VERSION").into())]);
    let body = object([
        ("orgId", settings.organization.as_str().into()),
        ("esDeveloperName", settings.deployment.as_str().into()),
        ("capabilitiesVersion", "1".into()),
        ("platform", "Web".into()),
        ("context", context),
    ]);
    let path = format!("{API}/authorization/unauthenticated/access-token");
    Request { method: "POST", path, body: text(&body), ..Request::default() }
}

/// The same guest's next token.
pub(super) fn continuation(state: &State) -> Request {
    get(format!("{API}/authorization/continuation-access-token"), state)
}

pub(super) fn create(settings: &HandoverSettings, state: &State) -> Request {
    let attributes = state.attributes.clone().unwrap_or_default();
    let body = object([
        ("conversationId", state.conversation.as_str().into()),
        ("esDeveloperName", settings.deployment.as_str().into()),
        ("routingAttributes", Value::Object(attributes)),
        ("language", settings.language.as_str().into()),
    ]);
    post(format!("{API}/conversation"), &body, state)
}

pub(super) fn status(state: &State) -> Request {
    get(conversation(state, ""), state)
}

pub(super) fn close(settings: &HandoverSettings, state: &State) -> Request {
    let path = conversation(state, &format!("?esDeveloperName={}", encode(&settings.deployment)));
    Request { method: "DELETE", ..get(path, state) }
}

/// Entries from a time on, the oldest first. Doubt: whether that time itself is within; so one before it is asked for.
pub(super) fn entries_from(state: &State, at: u64) -> Request {
    let from = if at > 0 { format!("&startTimestamp={}", at - 1) } else { String::new() };
    get(conversation(state, &format!("/entries?limit={PAGE}&direction=FromStart{from}")), state)
}

/// The newest entries, those before a time if one is given.
pub(super) fn entries_before(state: &State, at: Option<u64>) -> Request {
    let before = at.map(|at| format!("&endTimestamp={at}")).unwrap_or_default();
    get(conversation(state, &format!("/entries?limit={PAGE}&direction=FromEnd{before}")), state)
}

/// Doubt: one client got a 400 without `Last-Event-Id`, others leave it out; so it is always there. `0` is what the token answer
/// of the samples says.
pub(super) fn listen(settings: &HandoverSettings, state: &State) -> Request {
    let last = state.last_event.clone().unwrap_or_else(|| "0".to_owned());
    let own = vec![("x-org-id", settings.organization.clone()), ("last-event-id", last)];
    let headers = authorized(&state.token, own);
    Request { method: "GET", path: "/eventrouter/v1/sse".to_owned(), headers, stream: true, ..Request::default() }
}

/// One message. The first of a session says so, and tells the attributes again: one client found that ids arrive only then.
pub(super) fn message(settings: &HandoverSettings, state: &State, message: &Message, begins: bool) -> Request {
    let content = match &message.content {
        Outgoing::Text(text) => object([
            ("id", message.id.as_str().into()),
            ("messageType", "StaticContentMessage".into()),
            ("staticContent", object([("formatType", "Text".into()), ("text", text.as_str().into())])),
        ]),
        Outgoing::Choice { option, in_reply_to } => object([
            ("id", message.id.as_str().into()),
            ("inReplyToMessageId", in_reply_to.as_str().into()),
            ("messageType", "ChoicesResponseMessage".into()),
            (
                "choicesResponse",
                object([
                    ("formatType", "Selections".into()),
                    ("selectedOptions", vec![object([("optionIdentifier", option.as_str().into())])].into()),
                ]),
            ),
        ]),
        Outgoing::File { name, media_type, content } => {
            return file(settings, state, &message.id, (name, media_type, content), begins);
        }
    };
    let body = session(settings, state, content, begins);
    post(conversation(state, "/message"), &body, state)
}

fn session(settings: &HandoverSettings, state: &State, message: Value, begins: bool) -> Value {
    let mut body = Map::new();
    body.insert("message".to_owned(), message);
    body.insert("esDeveloperName".to_owned(), settings.deployment.as_str().into());
    body.insert("isNewMessagingSession".to_owned(), begins.into());
    body.insert("language".to_owned(), settings.language.as_str().into());
    if begins {
        let attributes = state.attributes.clone().unwrap_or_default();
        body.insert("routingAttributes".to_owned(), Value::Object(attributes));
    }
    Value::Object(body)
}

/// Two parts. The boundary follows from the message's id, which no visitor knows.
fn file(
    settings: &HandoverSettings,
    state: &State,
    id: &str,
    (name, media_type, content): (&str, &str, &Content),
    begins: bool,
) -> Request {
    let message = object([("id", id.into()), ("fileId", id.into()), ("text", "".into())]);
    let entry = text(&session(settings, state, message, begins));
    let boundary = format!("salesforce-module-{id}");
    // As browsers do it. Source: WHATWG HTML, multipart/form-data encoding algorithm.
    let name = name.replace('"', "%22");
    let body = format!(
        "--{boundary}\r\nContent-Disposition: form-data; name=\"messageEntry\"\r\nContent-Type: application/json\r\n\r\n\
         {entry}\r\n--{boundary}\r\nContent-Disposition: form-data; name=\"fileData\"; filename=\"{name}\"\r\n\
         Content-Type: {media_type}\r\n\r\n\r\n--{boundary}--\r\n"
    );
    let (content_type, file) = (ContentType::Parts, Some(content.clone()));
    let path = conversation(state, "/file");
    Request { method: "POST", content_type, body, file, ..get(path, state) }
}
