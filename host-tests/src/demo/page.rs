//! The page of `chat-host chat --web`, and what it asks for.

use std::sync::Arc;

use axum::Router;
use axum::extract::{RawQuery, State};
use axum::routing::{get, post};
use serde_json::json;

use super::room::Room;
use super::shell::Said;
use crate::web::answer::{Answer, Asked, Problem};
use crate::web::file;

const PAGE: &str = include_str!("../../editor/src/chat/index.html");
const SCRIPT: &str = include_str!("../../editor/dist/chat.js");
const STYLE: &str = include_str!("../../editor/dist/chat.css");

type Shared = State<Arc<Room>>;
type Reply = Result<Answer, Problem>;

pub fn routes(room: Arc<Room>) -> Router {
    let calls = Router::new()
        .route("/api/follow", get(follow))
        .route("/api/say", post(say))
        .route("/api/again", post(again))
        .with_state(room);
    Router::new()
        .route("/", file("text/html; charset=utf-8", PAGE))
        .route("/chat.js", file("text/javascript; charset=utf-8", SCRIPT))
        .route("/chat.css", file("text/css; charset=utf-8", STYLE))
        .merge(calls)
}

/// `conversation`, `entries` and `version` are what the tab has.
async fn follow(State(room): Shared, RawQuery(query): RawQuery) -> Answer {
    let query = query.unwrap_or_default();
    let value = |name: &str| {
        let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        pairs.find(|(known, _)| *known == name).map_or("", |(_, value)| value)
    };
    let entries = value("entries").parse().unwrap_or_default();
    let version = value("version").parse().unwrap_or_default();
    Answer(room.follow(value("conversation"), entries, version).await)
}

/// `text`, or `option` of `message` with its `label`, or `person`, or `end`.
async fn say(State(room): Shared, asked: Asked) -> Reply {
    let (conversation, key) = (asked.text("conversation")?, asked.text("key")?);
    let question = asked.number("question").and_then(|question| usize::try_from(question).ok());
    let said = match asked.optional("option") {
        Some(option) => Said::Choice {
            option: option.to_owned(),
            message: asked.text("message")?.to_owned(),
            label: asked.text("label")?.to_owned(),
        },
        None if asked.is_set("person") => Said::Person,
        None if asked.is_set("end") => Said::End,
        None => Said::Text(asked.text("text")?.to_owned()),
    };
    Ok(Answer(json!({ "taken": room.say(conversation, key, question, said).await })))
}

async fn again(State(room): Shared, asked: Asked) -> Reply {
    Ok(Answer(json!({ "taken": room.again(asked.text("conversation")?).await })))
}
