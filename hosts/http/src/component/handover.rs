//! The functions of the interface `handover`, and events as they come.

use serde_json::Value;
use wasip2::clocks::{monotonic_clock, wall_clock};
use wasip2::http::types::ResponseOutparam;

use super::bindings::chat_flow::salesforce::handover as module;
use super::bindings::chat_flow::salesforce::types::Finding;
use super::call::{answer, refused};
use super::http::{self, Stream};
use crate::answer::Answer;
use crate::handover::{self, Chat, Content, LISTEN, Send, Start, WAIT};
use crate::shared::json;

pub(super) fn prepare(settings: &str) -> Answer {
    answer(module::prepare(settings).map(|prepared| json::prepared_handover(&prepared)))
}

pub(super) fn start(asked: &Start) -> Answer {
    let earlier = asked.earlier.as_deref().map(chat);
    let (settings, variables) = (&asked.settings, &asked.variables);
    handed(module::start(settings, variables, earlier.as_ref(), now(asked.now), asked.correlation.as_deref()))
}

pub(super) fn send(asked: Send) -> Answer {
    let content = match asked.message.content {
        Content::Text(text) => module::OutgoingContent::Text(text),
        Content::Choice { option_id, in_reply_to } => {
            module::OutgoingContent::Choice(module::ChosenOption { option_id, in_reply_to })
        }
        Content::File { name, media_type, content } => {
            module::OutgoingContent::Attachment(module::SentFile { name, media_type, content })
        }
    };
    let message = module::OutgoingMessage { key: asked.message.key, again: asked.message.again, content };
    handed(module::send(&asked.settings, &chat(&asked.chat), &message, now(asked.now)))
}

pub(super) fn receive(asked: &Chat) -> Answer {
    answer(received(&asked.settings, &asked.chat, asked.wait_seconds, now(asked.now)).map(|(received, _)| received))
}

pub(super) fn end(asked: &Chat) -> Answer {
    handed(module::end(&asked.settings, &chat(&asked.chat), now(asked.now)))
}

fn handed(answered: Result<module::Handed, Vec<Finding>>) -> Answer {
    answer(answered.map(|handed| {
        http::log(&handed.progress.log);
        json::handed(&handed)
    }))
}

/// With the phase, by which a stream ends.
fn received(settings: &str, secret: &str, wait: u32, now: u32) -> Result<(Value, module::Phase), Vec<Finding>> {
    let received = module::receive(settings, &chat(secret), wait, now)?;
    http::log(&received.progress.log);
    Ok((json::received(&received), received.progress.phase))
}

/// Tells what `receive` answers, as it comes, until the chat is over or the time is. Each answer has the newest chat, with which the caller
/// asks again.
pub(super) fn events(response: ResponseOutparam, settings: &str, chat: &str) {
    let began = monotonic_clock::now();
    // What is there already is told at once.
    let (mut told, mut phase) = match received(settings, chat, 0, now(None)) {
        Ok(first) => first,
        Err(found) => return http::respond(response, &refused(&found)),
    };
    let Some(stream) = Stream::open(response, "text/event-stream") else { return };
    // A caller that is gone has an older chat, and is told the same with it.
    while stream.write(&handover::told(&told)) {
        let is_over = matches!(phase, module::Phase::Ended | module::Phase::Refused)
            || told.get("error").is_some_and(Value::is_object);
        if is_over || monotonic_clock::now().saturating_sub(began) >= LISTEN {
            break;
        }
        let Some(chat) = told.get("chat").and_then(Value::as_str) else { break };
        match received(settings, chat, WAIT, now(None)) {
            Ok(next) => (told, phase) = next,
            // It was a chat a moment ago: what is wrong now, the next request is told.
            Err(_) => break,
        }
    }
    stream.end();
}

fn chat(secret: &str) -> module::Chat {
    module::Chat { secret: secret.to_owned() }
}

/// Seconds since 1970: the platform's, unless the caller says its own.
fn now(of_caller: Option<u32>) -> u32 {
    of_caller.unwrap_or_else(|| u32::try_from(wall_clock::now().seconds).unwrap_or(u32::MAX))
}
