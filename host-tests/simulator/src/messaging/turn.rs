//! One turn at the state: a request, a piece of a stream, or what an agent does, with the switches and the time.

use serde_json::{Value, json};

use super::conversation::{Conversation, Session};
use super::entry::{Entry, Event, Sender};
use super::refusal::Refusal;
use super::token::Token;
use super::{BASE, FILES, Messaging, STREAM, uuid};
use crate::http::{Reply, Request, Response, html, plain};
use crate::settings::{self, Settings};

pub struct Turn<'a> {
    pub state: &'a mut Messaging,
    pub settings: &'a Settings,
    pub switches: &'a settings::Messaging,
    /// Milliseconds since 1970.
    pub now: i64,
}

/// What a request is answered with.
pub type Answer = Result<Response, Refusal>;

impl Turn<'_> {
    pub fn answer(&mut self, request: &Request) -> Response {
        let host = request.header("host").unwrap_or_default();
        // The data host has none of these paths.
        if host.split(':').next().is_some_and(|name| name.ends_with(".my.salesforce.com")) {
            return html(404, "<h1>404 Not Found</h1>");
        }
        if request.path == STREAM {
            return self.whole_stream(request);
        }
        if let Some(id) = request.path.strip_prefix(FILES) {
            return self.file(request, id).unwrap_or_else(Response::from);
        }
        self.route(request).unwrap_or_else(Response::from)
    }

    fn route(&mut self, request: &Request) -> Answer {
        let rest = request.path.strip_prefix(BASE).ok_or_else(Refusal::not_found)?;
        let segments: Vec<&str> = rest.split('/').collect();
        let allowed = match segments.as_slice() {
            ["authorization", "unauthenticated" | "authenticated", "access-token"] => "POST",
            ["authorization", "continuation-access-token"] => "GET",
            ["conversation"] => "POST",
            ["conversation", "list"] => "GET",
            ["conversation", _] => "GET,DELETE",
            ["conversation", _, "message" | "file" | "entry" | "acknowledge-entries"] => "POST",
            ["conversation", _, "entries"] => "GET",
            ["conversation", _, "session"] => "DELETE",
            _ => return Err(Refusal::not_found()),
        };
        if !allowed.split(',').any(|method| method == request.method) {
            return Err(Refusal::new(405, format!("Method {} is not allowed; {allowed} is.", request.method)));
        }
        if let ["authorization", kind, "access-token"] = segments.as_slice() {
            return self.access_token(request, *kind == "authenticated");
        }
        let token = self.state.tokens.of(request.header("authorization"), self.now)?.clone();
        match (segments.as_slice(), request.method.as_str()) {
            (["authorization", _], _) => self.continuation(&token),
            (["conversation"], _) => self.create(request, &token),
            (["conversation", "list"], _) => self.list(request, &token),
            (["conversation", id, rest @ ..], method) => {
                self.owned(id, &token)?;
                match (rest, method) {
                    ([], "GET") => self.routing_status(id),
                    ([], _) => self.close(id, request, &token),
                    (["message"], _) => self.message(id, request, &token),
                    (["file"], _) => self.upload(id, request, &token),
                    (["entry"], _) => self.typing(id, request),
                    (["acknowledge-entries"], _) => self.acknowledge(id, request),
                    (["entries"], _) => self.history(id, request),
                    (_, _) => self.end_session(id, request, &token),
                }
            }
            _ => Err(Refusal::not_found()),
        }
    }

    /// The address of the messaging host, which is not the data host's.
    pub fn host(&self) -> String {
        self.settings.instance_url.replace(".my.salesforce.com", ".my.salesforce-scrt.com")
    }

    /// That a conversation is there, and the token's.
    fn owned(&self, id: &str, token: &Token) -> Result<(), Refusal> {
        if !uuid::is_v4(id) {
            return Err(Refusal::bad("Specify the conversationId in UUID format."));
        }
        let conversation = self.state.conversations.get(id);
        let is_own = conversation.is_some_and(|conversation| conversation.subject == token.subject);
        if is_own { Ok(()) } else { Err(Refusal::no_conversation()) }
    }

    pub fn conversation(&mut self, id: &str) -> Result<&mut Conversation, Refusal> {
        self.state.conversations.get_mut(id).ok_or_else(Refusal::no_conversation)
    }

    pub fn live(&mut self, id: &str) -> Option<&mut Session> {
        self.state.conversations.get_mut(id)?.live_mut()
    }

    pub fn next_id(&mut self) -> String {
        self.state.ids += 1;
        uuid::numbered(self.state.ids + 0x1000_0000)
    }

    /// Tells the visitor's stream, and the history, what happened. The payload gets type and id.
    pub fn tell(&mut self, id: &str, kind: &'static str, sender: Sender, payload: Value) -> String {
        let identifier = self.next_id();
        self.tell_as(id, &identifier, (kind, event_name(kind)), sender, payload, true);
        identifier
    }

    /// Tells only the stream.
    pub fn mention(&mut self, id: &str, kind: &'static str, name: &str, sender: Sender, payload: Value) {
        let identifier = self.next_id();
        self.tell_as(id, &identifier, (kind, name.to_owned()), sender, payload, false);
    }

    pub fn tell_as(
        &mut self,
        id: &str,
        identifier: &str,
        (kind, name): (&'static str, String),
        sender: Sender,
        payload: Value,
        stays: bool,
    ) {
        let Some(conversation) = self.state.conversations.get(id) else { return };
        let mut whole = json!({ "entryType": kind, "id": identifier });
        if let (Some(whole), Value::Object(members)) = (whole.as_object_mut(), payload) {
            whole.extend(members);
        }
        let (subject, deployment) = (conversation.subject.clone(), conversation.deployment.name);
        self.state.last_event += 1;
        let entry = Entry { identifier: identifier.into(), kind, sender, at: self.now, payload: whole };
        let event = Event { id: self.state.last_event, name, conversation: id.into(), deployment, entry, stays };
        self.state.events.entry(subject.clone()).or_default().push(event);
        self.state.news.insert(subject);
        self.state.version += 1;
    }
}

/// `ParticipantChanged` as `CONVERSATION_PARTICIPANT_CHANGED`.
fn event_name(kind: &str) -> String {
    let mut name = "CONVERSATION".to_owned();
    for letter in kind.chars() {
        if letter.is_ascii_uppercase() {
            name.push('_');
        }
        name.push(letter.to_ascii_uppercase());
    }
    name
}

/// An answer without a body.
pub fn empty(status: u16) -> Answer {
    Ok(Response { status, ..Response::default() })
}

pub fn json_answer(status: u16, body: Value) -> Answer {
    Ok(plain(Reply::new(status, body)))
}

#[cfg(test)]
mod tests {
    #[test]
    fn events_are_named_by_their_type() {
        assert_eq!(super::event_name("SessionStatusChanged"), "CONVERSATION_SESSION_STATUS_CHANGED");
        assert_eq!(super::event_name("Message"), "CONVERSATION_MESSAGE");
    }
}
