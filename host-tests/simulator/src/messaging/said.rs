//! What agents say.

use serde_json::{Value, json};

use super::FILES;
use super::entry::Sender;
use super::script::SentFile;
use super::turn::Turn;

const MESSAGE: &str = "Message";

impl Turn<'_> {
    pub fn say(&mut self, id: &str, place: usize, text: &str) {
        self.agent_message(id, place, static_content("Text", json!({ "text": text })));
    }

    pub fn link(&mut self, id: &str, place: usize, url: &str) {
        let item =
            json!({ "itemType": "LinkItem", "url": url, "titleItem": { "itemType": "TitleItem", "title": url } });
        self.agent_message(id, place, static_content("RichLink", json!({ "linkItem": item })));
    }

    pub fn send_file(&mut self, id: &str, place: usize, file: SentFile) {
        let attachment = self.attachment(file, None);
        self.agent_message(
            id,
            place,
            static_content("Attachments", json!({ "attachments": [attachment], "text": "" })),
        );
    }

    pub fn offer_choices(&mut self, id: &str, place: usize, text: &str, options: Vec<String>) {
        let items = options.iter().enumerate().map(|(place, label)| {
            let title = json!({ "itemType": "TitleItem", "title": label });
            json!({ "itemType": "InteractionsItem", "optionIdentifier": option_id(place), "titleItem": title })
        });
        let choices = json!({ "formatType": "Buttons", "text": text, "optionItems": items.collect::<Value>() });
        let message = self.agent_message(id, place, json!({ "messageType": "ChoicesMessage", "choices": choices }));
        if let Some(conversation) = self.state.conversations.get_mut(id) {
            conversation.offered.insert(message, options);
        }
    }

    /// Says something, and gives the id of the message.
    fn agent_message(&mut self, id: &str, place: usize, content: Value) -> String {
        let Some(sender) = self.agent_sender(place) else { return String::new() };
        self.message_of(id, sender, content)
    }

    /// A bot says something beside the agents.
    pub fn bot_says(&mut self, id: &str, text: &str) {
        let sender =
            Sender { role: "Chatbot", app: "chatbot", subject: "0XxHn0000000001KAA".into(), name: "Bot".into() };
        self.message_of(id, sender, static_content("Text", json!({ "text": text })));
    }

    fn message_of(&mut self, id: &str, sender: Sender, content: Value) -> String {
        let message = self.next_id();
        let kind = (MESSAGE, "CONVERSATION_MESSAGE".to_owned());
        self.tell_as(id, &message, kind, sender, abstract_message(&message, content), true);
        message
    }

    pub fn agent_sender(&self, place: usize) -> Option<Sender> {
        let agent = self.state.agents.get(place)?;
        Some(Sender { role: "Agent", app: "agent", subject: agent.id.clone(), name: agent.name.clone() })
    }

    /// How a message names a file that it brings.
    pub fn attachment(&mut self, file: SentFile, id: Option<&str>) -> Value {
        let (name, media_type) = (file.name.clone(), file.media_type.clone());
        let kept = self.keep_file(file);
        json!({
            "id": id.unwrap_or(&kept),
            "name": name,
            "mimeType": media_type,
            "url": format!("{}{FILES}{kept}", self.host()),
            "referenceId": null,
            "attachmentUploadResult": "Success",
        })
    }
}

pub fn static_content(format: &str, members: Value) -> Value {
    let mut content = json!({ "formatType": format });
    if let (Some(content), Value::Object(members)) = (content.as_object_mut(), members) {
        content.extend(members);
    }
    json!({ "messageType": "StaticContentMessage", "inReplyToMessageId": null, "staticContent": content })
}

pub fn abstract_message(id: &str, mut content: Value) -> Value {
    if let Some(members) = content.as_object_mut() {
        members.insert("id".into(), id.into());
    }
    json!({ "messageReason": null, "abstractMessage": content })
}

/// How an option of a message is called.
pub fn option_id(place: usize) -> String {
    format!("option-{}", place + 1)
}
