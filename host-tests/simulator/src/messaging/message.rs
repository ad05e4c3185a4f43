//! Messages: of visitors with all their checks, and of agents.

use serde_json::{Value, json};

use super::body;
use super::entry::Sender;
use super::refusal::Refusal;
use super::said::{abstract_message, option_id};
use super::token::Token;
use super::turn::{Answer, Turn, json_answer};
use crate::document::Node;
use crate::http::Request;
use crate::settings::Repeated;

const MEMBERS: &[&str] = &["message", "esDeveloperName", "isNewMessagingSession", "routingAttributes", "language"];
const OF_A_MESSAGE: &[&str] = &["id", "messageType", "inReplyToMessageId", "staticContent", "choicesResponse"];
const MESSAGE: &str = "Message";

/// What a visitor sends.
struct Sent {
    id: String,
    /// Without its id.
    message: Value,
    text: String,
}

impl Turn<'_> {
    pub fn message(&mut self, id: &str, request: &Request, token: &Token) -> Answer {
        let json = body::json(request)?;
        let node = Node::new(body::BODY, &json);
        node.only(MEMBERS)?;
        body::deployment(&node, token)?;
        let sent = self.sent(id, &node.need("message", "an object")?)?;
        let is_new = node.flag("isNewMessagingSession", false)?;
        let attributes = body::attributes(&node)?;
        if let (false, Some(_)) = (is_new, attributes) {
            return Err(Refusal::bad(
                "The routingAttributes are of a new session: isNewMessagingSession must be true.",
            ));
        }
        let language = body::language(&node)?.map(str::to_owned);
        if self.admit(id, &sent.id, is_new)? {
            return json_answer(202, accepted(&[sent.id], self.now));
        }
        if let Some(attributes) = attributes {
            self.conversation(id)?.take_attributes(attributes);
        }
        if language.is_some() {
            self.conversation(id)?.language = language;
        }
        if self.live(id).is_none() {
            self.begin_session(id);
        }
        let ids = self.take_message(id, sent, token);
        json_answer(202, accepted(&ids, self.now))
    }

    /// Whether a message may come now; true if it is one that is known and ignored.
    pub fn admit(&mut self, id: &str, message: &str, is_new: bool) -> Result<bool, Refusal> {
        let (now, limit, repeated) = (self.now, self.switches.messages_per_minute, self.switches.repeated_message);
        let conversation = self.conversation(id)?;
        if conversation.closed {
            return Err(Refusal::new(403, "The session is no longer valid."));
        }
        if conversation.live().is_none() && conversation.deployment.per_session && !is_new {
            return Err(Refusal::new(
                417,
                "There is no session, and a new one needs the answers of the pre-chat form.",
            ));
        }
        if !conversation.recent.count(limit, now) {
            return Err(Refusal::too_many("messages"));
        }
        let is_known = !conversation.messages.insert(message.to_owned());
        match repeated {
            Repeated::Refused if is_known => Err(Refusal::new(409, "A message with this id exists.")),
            Repeated::Ignored if is_known => Ok(true),
            _ => Ok(false),
        }
    }

    fn sent(&mut self, id: &str, node: &Node<'_>) -> Result<Sent, Refusal> {
        node.only(OF_A_MESSAGE)?;
        let message = body::id(node, "id")?;
        let in_reply_to = node.optional_text("inReplyToMessageId")?;
        let kind = node.need("messageType", "such as \"StaticContentMessage\"")?;
        let mut whole = json!({ "messageType": kind.text()?, "inReplyToMessageId": in_reply_to });
        let (name, content, text) = match kind.word(&["StaticContentMessage", "ChoicesResponseMessage"])? {
            "StaticContentMessage" => {
                let content = node.need("staticContent", "an object with formatType and text")?;
                content.only(&["formatType", "text"])?;
                content.need("formatType", "\"Text\"")?.word(&["Text"])?;
                let text = content.need("text", "the message")?.text()?;
                ("staticContent", content, self.checked(text)?)
            }
            _ => {
                let content = node.need("choicesResponse", "an object with formatType and selectedOptions")?;
                content.only(&["formatType", "selectedOptions"])?;
                content.need("formatType", "\"Selections\"")?.word(&["Selections"])?;
                let chosen = content.need("selectedOptions", "a list of options")?;
                let text = self.chosen(id, in_reply_to, &chosen)?;
                ("choicesResponse", content, text)
            }
        };
        if let Some(members) = whole.as_object_mut() {
            members.insert(name.into(), content.value().clone());
        }
        Ok(Sent { id: message, message: whole, text })
    }

    fn checked(&self, text: &str) -> Result<String, Refusal> {
        if text.trim().is_empty() {
            return Err(Refusal::bad("The text of a message must not be blank."));
        }
        match self.switches.max_message_bytes.is_some_and(|most| text.len() > most) {
            true => Err(Refusal::bad("The text of the message is too long.")),
            false => Ok(text.to_owned()),
        }
    }

    /// The labels of the options that were chosen, each of which the agent must have offered.
    fn chosen(&mut self, id: &str, in_reply_to: Option<&str>, node: &Node<'_>) -> Result<String, Refusal> {
        let offered = in_reply_to.and_then(|message| self.state.conversations.get(id)?.offered.get(message));
        let offered = offered.ok_or_else(|| Refusal::bad("The inReplyToMessageId is of no message with choices."))?;
        let mut labels = Vec::new();
        for option in node.items()? {
            option.only(&["optionIdentifier"])?;
            let identifier = option.need("optionIdentifier", "the identifier of an option")?.text()?;
            let place = (0..offered.len()).find(|place| option_id(*place) == identifier);
            let label = place.and_then(|place| offered.get(place));
            labels.push(label.ok_or_else(|| Refusal::bad("The optionIdentifier is none of the message's."))?.clone());
        }
        if labels.is_empty() { Err(Refusal::bad("The selectedOptions are empty.")) } else { Ok(labels.join(", ")) }
    }

    /// Puts a message into the conversation; a URL at either end of its text makes it two.
    fn take_message(&mut self, id: &str, sent: Sent, token: &Token) -> Vec<String> {
        let parts = match sent.message.pointer("/staticContent/text").and_then(Value::as_str) {
            Some(text) => split_url(text),
            None => Vec::new(),
        };
        let mut ids = vec![sent.id.clone()];
        if parts.len() < 2 {
            self.echo(id, &sent.id, token, sent.message);
        } else {
            ids.extend((1..parts.len()).map(|_| self.next_id()));
            for (message, text) in ids.clone().iter().zip(parts) {
                let mut part = sent.message.clone();
                if let Some(content) = part.pointer_mut("/staticContent/text") {
                    *content = text.into();
                }
                self.echo(id, message, token, part);
            }
        }
        self.heard(id, &sent.text);
        ids
    }

    /// The visitor's own message, as everybody sees it.
    pub fn echo(&mut self, id: &str, message: &str, token: &Token, content: Value) {
        let payload = abstract_message(message, content);
        let kind = (MESSAGE, "CONVERSATION_MESSAGE".to_owned());
        self.tell_as(id, message, kind, Sender::visitor(&token.subject), payload, true);
    }

    /// The agent gets it.
    pub fn heard(&mut self, id: &str, text: &str) {
        if let Some(conversation) = self.state.conversations.get_mut(id) {
            conversation.visitor_types = false;
        }
        if let Some(session) = self.live(id) {
            session.unanswered += 1;
            text.clone_into(&mut session.last_text);
        }
        self.delivered(id);
        self.follow_script(id);
    }
}

/// What a send is answered with.
pub fn accepted(ids: &[String], now: i64) -> Value {
    let entries = ids.iter().map(|id| json!({ "id": id, "clientTimestamp": now }));
    json!({ "conversationEntries": entries.collect::<Value>() })
}

/// The text before or after a URL that stands at an end, and the URL, in their order.
fn split_url(text: &str) -> Vec<&str> {
    let is_url = |word: &str| word.starts_with("https://") || word.starts_with("http://");
    let text = text.trim();
    if let Some((first, rest)) = text.split_once(char::is_whitespace).filter(|(first, _)| is_url(first)) {
        return vec![first, rest.trim_start()];
    }
    match text.rsplit_once(char::is_whitespace).filter(|(_, last)| is_url(last)) {
        Some((rest, last)) => vec![rest.trim_end(), last],
        None => vec![text],
    }
}

#[cfg(test)]
mod tests {
    use super::split_url;

    #[test]
    fn a_url_at_an_end_is_a_message_of_its_own() {
        assert_eq!(split_url("see https://a.example/x"), ["see", "https://a.example/x"]);
        assert_eq!(split_url("https://a.example please"), ["https://a.example", "please"]);
        assert_eq!(split_url("a https://a.example b"), ["a https://a.example b"]);
        assert_eq!(split_url("https://a.example"), ["https://a.example"]);
    }
}
