//! A visitor's message, before it is sent.

use super::{MAX_MESSAGE_KEY, MAX_PART_BYTES, MAX_SENT_BYTES, MAX_SENT_FILE, Outgoing, OutgoingMessage};
use crate::base::{Finding, FindingCode};
use crate::texts::said;
use crate::value::HostFile;
use crate::value::convert::TextLimit;
use crate::value::file::{File, Room};

/// What is wrong with a message is the host's mistake: nothing is sent.
pub(super) fn check_message(message: &OutgoingMessage) -> Result<(), Vec<Finding>> {
    let bad = |place: &'static str, said| Err(vec![Finding::new(FindingCode::BadMessage, place, said)]);
    let is_line = |text: &str| (1..=MAX_MESSAGE_KEY).contains(&text.len()) && !text.contains(char::is_control);
    if !is_line(&message.key) {
        return bad("message/key", said!(findings_handover::bad_key(MAX_MESSAGE_KEY)));
    }
    match &message.content {
        Outgoing::Text(text) if text.trim().is_empty() || text.len() > MAX_SENT_BYTES => {
            bad("message/content", said!(findings_handover::bad_text(MAX_SENT_BYTES)))
        }
        Outgoing::Choice { option, in_reply_to } if !is_line(option) || !is_line(in_reply_to) => {
            bad("message/content", said!(findings_handover::bad_choice(MAX_MESSAGE_KEY)))
        }
        Outgoing::File { name, media_type, content } => {
            let file = HostFile {
                variable: String::new(),
                name: name.clone(),
                media_type: Some(media_type.clone()),
                content: Some(content.clone()),
            };
            let read = File::of_hosts(std::iter::once(&file), &mut Room::default());
            let is_file = read.iter().all(Result::is_ok) && name.trim() == name;
            if is_file && content.bytes().len() <= MAX_SENT_FILE {
                return Ok(());
            }
            bad("message/content", said!(findings_handover::bad_file(MAX_SENT_FILE)))
        }
        _ => Ok(()),
    }
}

/// A text as messages of at most [`MAX_PART_BYTES`] each, cut between lines or words where there are any.
pub(super) fn cut(text: &str) -> Vec<String> {
    let limit = TextLimit { characters: None, bytes: Some(MAX_PART_BYTES) };
    let mut parts = Vec::new();
    let mut left = text.trim();
    while !left.is_empty() {
        let start = if limit.holds(left) { left } else { limit.start(left) };
        let end = match start.len() == left.len() {
            true => start.len(),
            false => [start.rfind('\n'), start.rfind(' ')]
                .into_iter()
                .flatten()
                .find(|at| *at > start.len() / 2)
                .unwrap_or(start.len()),
        };
        let Some((part, rest)) = left.split_at_checked(end) else { break };
        parts.push(part.trim().to_owned());
        left = rest.trim();
    }
    parts.retain(|part| !part.is_empty());
    parts
}
