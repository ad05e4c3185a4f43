//! Files of visitors: `multipart/form-data` with two parts.

use std::convert::Infallible;

use futures_util::FutureExt;
use futures_util::stream;
use multer::Multipart;
use serde_json::{Value, json};

use super::FILES;
use super::body;
use super::message::accepted;
use super::refusal::Refusal;
use super::said::static_content;
use super::script::SentFile;
use super::token::Token;
use super::turn::{Answer, Turn, json_answer};
use crate::document::Node;
use crate::http::{Request, Response};

/// Endings of file names that agents can be sent.
const ENDINGS: [&str; 22] = [
    "bmp", "csv", "doc", "docx", "gif", "heic", "jpeg", "jpg", "m4a", "mov", "mp3", "mp4", "pdf", "png", "ppt", "pptx",
    "rtf", "tif", "tiff", "txt", "xls", "xlsx",
];

/// A part of the body.
struct Part {
    name: String,
    file_name: Option<String>,
    media_type: String,
    content: Vec<u8>,
}

impl Turn<'_> {
    pub fn upload(&mut self, id: &str, request: &Request, token: &Token) -> Answer {
        let boundary = request.header("content-type").and_then(|kind| multer::parse_boundary(kind).ok());
        let boundary = boundary.ok_or_else(|| Refusal::new(415, "Content-Type must be multipart/form-data."))?;
        if !token.deployment.files {
            return Err(Refusal::new(403, "Attachments are not enabled in this deployment."));
        }
        let parts = parts(boundary, request.body.clone())
            .ok_or_else(|| Refusal::bad("The body is no multipart/form-data of this boundary."))?;
        if let Some(part) = parts.iter().find(|part| !["messageEntry", "fileData"].contains(&part.name.as_str())) {
            return Err(Refusal::bad(format!("There is no part {}.", part.name)));
        }
        let [entry, data] = ["messageEntry", "fileData"].map(|name| only(&parts, name));
        let (entry, data) = (entry?, data?);
        if !entry.media_type.starts_with("application/json") {
            return Err(Refusal::new(415, "The part messageEntry must be application/json."));
        }
        let json: Value =
            serde_json::from_slice(&entry.content).map_err(|_| Refusal::bad("The part messageEntry is no JSON."))?;
        let node = Node::new("messageEntry", &json);
        node.only(&["esDeveloperName", "message", "isNewMessagingSession", "routingAttributes", "language"])?;
        body::deployment(&node, token)?;
        let message = node.need("message", "an object")?;
        message.only(&["id", "fileId", "text", "inReplyToMessageId"])?;
        let (message_id, file_id) = (body::id(&message, "id")?, body::id(&message, "fileId")?);
        let text = message.optional_text("text")?.unwrap_or_default().to_owned();
        let file = self.checked_file(data)?;
        let is_new = node.flag("isNewMessagingSession", false)?;
        if self.admit(id, &message_id, is_new)? {
            return json_answer(202, accepted(&[message_id], self.now));
        }
        if self.live(id).is_none() {
            self.begin_session(id);
        }
        let name = file.name.clone();
        let attachment = self.attachment(file, Some(&file_id));
        let content = static_content("Attachments", json!({ "attachments": [attachment], "text": text }));
        self.echo(id, &message_id, token, content);
        self.heard(id, &name);
        json_answer(202, accepted(&[message_id], self.now))
    }

    fn checked_file(&self, part: &Part) -> Result<SentFile, Refusal> {
        let name = part.file_name.clone().filter(|name| !name.trim().is_empty());
        let name = name.ok_or_else(|| Refusal::bad("The part fileData must have a file name."))?;
        let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
        if !ENDINGS.contains(&ending.as_str()) {
            return Err(Refusal::new(415, "Files of this type are not supported."));
        }
        match part.content.len() {
            0 => Err(Refusal::bad("The file is empty.")),
            length if length > self.switches.max_file_bytes => Err(Refusal::new(413, "The file is too large.")),
            _ => Ok(SentFile { name, media_type: part.media_type.clone(), content: part.content.clone() }),
        }
    }

    /// The bytes of a file. Its address is the key to it.
    pub fn file(&self, request: &Request, id: &str) -> Answer {
        if request.method != "GET" {
            return Err(Refusal::new(405, format!("Method {} is not allowed; GET is.", request.method)));
        }
        let file = self.state.files.get(id).ok_or_else(Refusal::not_found)?;
        debug_assert!(request.path.starts_with(FILES));
        let headers = vec![("Content-Type".into(), file.media_type.clone())];
        Ok(Response { status: 200, headers, body: file.content.clone() })
    }
}

fn only<'a>(parts: &'a [Part], name: &str) -> Result<&'a Part, Refusal> {
    let mut found = parts.iter().filter(|part| part.name == name);
    match (found.next(), found.next()) {
        (Some(part), None) => Ok(part),
        (None, _) => Err(Refusal::bad(format!("The part {name} is missing."))),
        (Some(_), Some(_)) => Err(Refusal::bad(format!("The part {name} is there twice."))),
    }
}

/// All parts. The whole body is there, so reading it never waits.
fn parts(boundary: String, body: Vec<u8>) -> Option<Vec<Part>> {
    let whole = stream::once(async move { Ok::<_, Infallible>(multer::bytes::Bytes::from(body)) });
    let mut multipart = Multipart::new(whole, boundary);
    let reading = async {
        let mut parts = Vec::new();
        while let Some(field) = multipart.next_field().await? {
            let part = Part {
                name: field.name().unwrap_or_default().to_owned(),
                file_name: field.file_name().map(str::to_owned),
                media_type: field.content_type().map(ToString::to_string).unwrap_or_default(),
                content: Vec::new(),
            };
            parts.push(Part { content: field.bytes().await?.to_vec(), ..part });
        }
        Ok::<_, multer::Error>(parts)
    };
    reading.now_or_never()?.ok()
}
