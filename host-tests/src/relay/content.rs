//! What a visitor sends, as JSON: `{"text": …}`, `{"choice": {"optionId", "inReplyTo"}}` or `{"file": {"name", "mediaType", "content"}}`, the
//! content in base64.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::host::{ChosenOption, OutgoingContent, SentFile};

/// The content as JSON.
pub fn content(content: &OutgoingContent) -> Value {
    match content {
        OutgoingContent::Text(text) => json!({ "text": text }),
        OutgoingContent::Choice(choice) => {
            json!({ "choice": { "optionId": choice.option_id, "inReplyTo": choice.in_reply_to } })
        }
        OutgoingContent::Attachment(file) => {
            let content = STANDARD.encode(&file.content);
            json!({ "file": { "name": file.name, "mediaType": file.media_type, "content": content } })
        }
    }
}

/// The content that a JSON says; `None` if it says none.
pub fn read_content(json: &Value) -> Option<OutgoingContent> {
    if let Some(text) = json.get("text") {
        return Some(OutgoingContent::Text(text.as_str()?.to_owned()));
    }
    if let Some(choice) = json.get("choice") {
        let text = |name: &str| Some(choice.get(name)?.as_str()?.to_owned());
        return Some(OutgoingContent::Choice(ChosenOption {
            option_id: text("optionId")?,
            in_reply_to: text("inReplyTo")?,
        }));
    }
    let file = json.get("file")?;
    let text = |name: &str| Some(file.get(name)?.as_str()?.to_owned());
    let content = STANDARD.decode(text("content")?).ok()?;
    Some(OutgoingContent::Attachment(SentFile { name: text("name")?, media_type: text("mediaType")?, content }))
}
