//! `/simulator/agent…` and its neighbours: what agents see and do, as JSON, for the page and for tests.

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::script::{self, Action};
use super::turn::Turn;
use super::{Messaging, switches};
use crate::document::{BadFile, Node};
use crate::http::{ApiError, Reply, Request};
use crate::settings::Settings;

/// How a complaint calls the body.
const BODY: &str = "body";
const ACTIONS: [&str; 12] =
    ["accept", "choices", "cut", "end", "event", "expire", "file", "leave", "link", "say", "transfer", "typing"];

impl From<BadFile> for ApiError {
    fn from(bad: BadFile) -> ApiError {
        ApiError::bad("JSON_PARSER_ERROR", bad.to_string())
    }
}

/// Answers `/simulator/<resource>` where it is the messaging host's; `None` for every other one.
pub fn answer(
    messaging: &mut Messaging,
    settings: &mut Settings,
    resource: &str,
    request: &Request,
    now: Timestamp,
) -> Option<Result<Reply, ApiError>> {
    let (first, rest) = resource.split_once('/').unwrap_or((resource, ""));
    if !["agent", "agents", "messaging"].contains(&first) {
        return None;
    }
    let mut turn = messaging.turn(settings, now);
    Some(match (first, rest, request.method.as_str()) {
        ("agent", "", "GET") => turn.desk(request),
        ("agent", "presence", "POST") => json(request).and_then(|body| turn.presence(&body)),
        ("agent", action, "POST") if ACTIONS.contains(&action) => {
            json(request).and_then(|body| turn.agent_does(action, &body))
        }
        ("agents", "", "GET") => Ok(Reply::ok(json!({ "agents": turn.agents() }))),
        ("agents", "", "POST") => json(request).and_then(|body| turn.script(&body)),
        ("agents", "", "DELETE") => Ok(turn.dismiss()),
        ("messaging", "", "POST") => json(request).and_then(|body| {
            switches::apply(&mut settings.messaging, &Node::new(BODY, &body))?;
            Ok(Reply::no_content())
        }),
        ("agent", "", method) => Err(ApiError::method_not_allowed(method, "GET,HEAD")),
        ("agents", "", method) => Err(ApiError::method_not_allowed(method, "GET,HEAD,POST,DELETE")),
        ("messaging", "", method) => Err(ApiError::method_not_allowed(method, "POST")),
        ("agent", action, method) if action == "presence" || ACTIONS.contains(&action) => {
            Err(ApiError::method_not_allowed(method, "POST"))
        }
        _ => Err(ApiError::not_found()),
    })
}

fn json(request: &Request) -> Result<Value, ApiError> {
    serde_json::from_slice(&request.body).map_err(|_| ApiError::bad("JSON_PARSER_ERROR", "the body must be JSON"))
}

impl Turn<'_> {
    fn presence(&mut self, body: &Value) -> Result<Reply, ApiError> {
        let node = Node::new(BODY, body);
        node.only(&["name", "online"])?;
        let online = node.need("online", "true or false")?.boolean()?;
        let place = node.optional_text("name")?.map(|name| self.agent_named(name));
        self.set_online(place, online);
        Ok(Reply::no_content())
    }

    fn script(&mut self, body: &Value) -> Result<Reply, ApiError> {
        let agents = script::agents(BODY, body)?;
        agents.into_iter().for_each(|agent| self.add_agent(agent));
        Ok(Reply::new(201, json!({ "agents": self.agents() })))
    }

    /// Scripts end where they are; the agents stay, as people who are offline.
    fn dismiss(&mut self) -> Reply {
        for agent in self.state.agents.iter_mut().filter(|agent| agent.script.is_some()) {
            (agent.script, agent.online) = (None, false);
        }
        self.state.version += 1;
        Reply::no_content()
    }

    fn agent_does(&mut self, name: &str, body: &Value) -> Result<Reply, ApiError> {
        let node = Node::new(BODY, body);
        let own: &[&str] = match name {
            "accept" => &["name"],
            "choices" => &["text", "options"],
            "end" => &["told"],
            "event" => &["event"],
            "file" => &["name", "type", "text", "base64"],
            "link" => &["url"],
            "say" => &["text"],
            "typing" => &["on"],
            _ => &[],
        };
        node.only(&[&["conversationId"], own].concat())?;
        let id = node.need("conversationId", "the id of a conversation")?.text()?;
        let session = self.live(id).ok_or_else(|| no_session("this conversation has no session"))?;
        let place = session.agent;
        if name == "accept" {
            if place.is_some() {
                return Err(no_session("this conversation has an agent"));
            }
            let place = self.agent_named(node.optional_text("name")?.unwrap_or("Maya"));
            self.accept(id, place);
            return Ok(Reply::no_content());
        }
        let text = |name: &str| Ok::<String, BadFile>(node.need(name, "a text")?.text()?.to_owned());
        let without_id = without_id(body);
        let inner = Node::new(BODY, &without_id);
        let action = match name {
            "choices" => script::choices(&inner)?,
            "cut" => Action::Cut,
            "end" => Action::End(node.get("told")?.map(|told| told.boolean()).transpose()?),
            "event" => Action::Event(text("event")?),
            "expire" => Action::Expire,
            "file" => Action::File(script::file(&inner)?),
            "leave" => Action::Leave,
            "link" => Action::Link(text("url")?),
            "say" => Action::Say(text("text")?),
            "typing" => Action::Typing(node.flag("on", true)?),
            _ => Action::Transfer,
        };
        // Streams and tokens are no agent's.
        let needs_agent = !matches!(action, Action::Cut | Action::Expire | Action::Event(_) | Action::End(_));
        let place = match place {
            Some(place) => place,
            None if needs_agent => return Err(no_session("this conversation waits for an agent")),
            None => 0,
        };
        self.act(id, place, action);
        Ok(Reply::no_content())
    }
}

fn no_session(message: &str) -> ApiError {
    ApiError::new(409, "CONFLICT", message)
}

fn without_id(body: &Value) -> Value {
    let members = body.as_object().into_iter().flatten().filter(|(name, _)| *name != "conversationId");
    Value::Object(members.map(|(name, value)| (name.clone(), value.clone())).collect::<Map<String, Value>>())
}
