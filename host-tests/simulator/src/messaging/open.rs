//! Conversations: opened, asked for and listed.

use serde_json::{Value, json};

use super::body;
use super::conversation::Conversation;
use super::refusal::Refusal;
use super::token::Token;
use super::turn::{Answer, Turn, empty, json_answer};
use crate::document::Node;
use crate::http::Request;
use crate::settings::Repeated;

const MEMBERS: &[&str] = &["conversationId", "esDeveloperName", "routingAttributes", "language"];

impl Turn<'_> {
    pub fn create(&mut self, request: &Request, token: &Token) -> Answer {
        let json = body::json(request)?;
        let node = Node::new(body::BODY, &json);
        node.only(MEMBERS)?;
        let id = body::id(&node, "conversationId")?;
        body::deployment(&node, token)?;
        let attributes = body::attributes(&node)?;
        let language = body::language(&node)?;
        if let Some(known) = self.state.conversations.get(&id) {
            let is_own = known.subject == token.subject;
            return match self.switches.repeated_conversation {
                Repeated::Ignored if is_own => empty(201),
                // A conversation cannot be there twice.
                _ => Err(Refusal::new(409, "A conversation with this conversationId exists.")),
            };
        }
        let mut conversation = Conversation::new(token.subject.clone(), token.deployment, self.now);
        if let Some(attributes) = attributes {
            conversation.take_attributes(attributes);
        }
        conversation.language = language.map(str::to_owned);
        self.state.conversations.insert(id.clone(), conversation);
        self.state.version += 1;
        // Where the form is asked per session, the first message brings its answers.
        if !token.deployment.per_session {
            self.begin_session(&id);
        }
        empty(201)
    }

    pub fn routing_status(&mut self, id: &str) -> Answer {
        let routing = self.conversation(id)?.routing();
        json_answer(200, json!({ "conversationId": id, "routingStatus": routing }))
    }

    pub fn list(&mut self, request: &Request, token: &Token) -> Answer {
        let pairs = body::query(request, &["inclClosedConvs", "limit"])?;
        let limit = body::limit(&pairs)?;
        let with_closed = match body::parameter(&pairs, "inclClosedConvs") {
            None | Some("false") => false,
            Some("true") => true,
            Some(_) => return Err(Refusal::bad("The inclClosedConvs must be true or false.")),
        };
        let own = self.state.conversations.iter().filter(|(_, conversation)| conversation.subject == token.subject);
        let mut own: Vec<(&String, &Conversation)> = own.collect();
        own.sort_by_key(|(_, conversation)| std::cmp::Reverse(conversation.started));
        let closed = own.iter().filter(|(_, conversation)| conversation.closed).count();
        let listed = own.iter().filter(|(_, conversation)| with_closed || !conversation.closed).take(limit);
        let listed: Value = listed
            .map(|(id, conversation)| json!({ "conversationId": id, "startTimestamp": conversation.started }))
            .collect();
        let mut answer = json!({ "openConversationsFound": own.len() - closed, "conversations": listed });
        if let (true, Some(members)) = (with_closed, answer.as_object_mut()) {
            members.insert("closedConversationsFound".into(), closed.into());
        }
        json_answer(200, answer)
    }
}
