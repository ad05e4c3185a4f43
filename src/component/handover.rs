//! The interface `handover`: WIT on one side, `crate::handover` on the other.

use serde_json::Value;

use super::Component;
use super::convert::{chat_error, findings, status, visitor_texts};
use super::exports::chat_flow::salesforce::handover as wit;
use super::exports::chat_flow::salesforce::types::Finding;
use super::http::WasiHttp;
use crate::audit::Audit;
use crate::base::{Line, text};
use crate::handover::{
    ChatEvent, Content, Delivery, EndedBy, FormField, Handed, Handover, Occurrence, Outgoing, OutgoingMessage,
    Participant, Phase, Progress, Role, SharedFile,
};
use crate::log;
use crate::report::Act;
use crate::value::Variables;

impl wit::Guest for Component {
    fn prepare(settings: String) -> Result<wit::PreparedHandover, Vec<Finding>> {
        let handover = Handover::parse(&settings).map_err(findings)?;
        let prepared = handover.prepare(&mut WasiHttp::to_messaging(handover.host()));
        Ok(wit::PreparedHandover {
            status: status(prepared.status),
            fields: prepared.forms.fields.into_iter().map(form_field).collect(),
            files: prepared.forms.files,
            requests: prepared.requests,
            retry_after_seconds: prepared.retry_after_seconds,
            findings: findings(prepared.findings),
        })
    }

    fn start(
        settings: String,
        variables: String,
        earlier: Option<wit::Chat>,
        now: u32,
        correlation: Option<String>,
    ) -> Result<wit::Handed, Vec<Finding>> {
        let (handover, audit) = read(&settings, correlation.clone())?;
        let variables = Variables::parse(&variables).map_err(findings)?;
        let mut http = WasiHttp::to_messaging(handover.host());
        let earlier = earlier.map(|chat| chat.secret);
        let handed = handover.start(&variables, earlier.as_deref(), now, correlation, &mut http).map_err(findings)?;
        Ok(answer(handed, Act::Open, &audit.took(http.elapsed())))
    }

    fn send(
        settings: String,
        chat: wit::Chat,
        message: wit::OutgoingMessage,
        now: u32,
    ) -> Result<wit::Handed, Vec<Finding>> {
        let (handover, audit) = read(&settings, None)?;
        let mut http = WasiHttp::to_messaging(handover.host());
        let handed = handover.send(&chat.secret, &outgoing(message), now, &mut http).map_err(findings)?;
        Ok(answer(handed, Act::Message, &audit.took(http.elapsed())))
    }

    fn receive(settings: String, chat: wit::Chat, wait_seconds: u32, now: u32) -> Result<wit::Received, Vec<Finding>> {
        let (handover, audit) = read(&settings, None)?;
        let mut http = WasiHttp::to_messaging(handover.host());
        let received = handover.receive(&chat.secret, wait_seconds, now, &mut http).map_err(findings)?;
        let log = noted(&received.progress, log::received(&received), &audit.took(http.elapsed()));
        Ok(wit::Received {
            events: received.events.into_iter().map(event).collect(),
            error: received.error.map(|error| chat_error(error, Act::Message)),
            progress: progress(received.progress, log),
        })
    }

    fn end(settings: String, chat: wit::Chat, now: u32) -> Result<wit::Handed, Vec<Finding>> {
        let (handover, audit) = read(&settings, None)?;
        let mut http = WasiHttp::to_messaging(handover.host());
        let handed = handover.end(&chat.secret, now, &mut http).map_err(findings)?;
        Ok(answer(handed, Act::Message, &audit.took(http.elapsed())))
    }
}

fn read(settings: &str, correlation: Option<String>) -> Result<(Handover, Audit), Vec<Finding>> {
    let handover = Handover::parse(settings).map_err(findings)?;
    let audit = Audit::new(handover.domain(), settings, correlation).map_err(findings)?;
    Ok((handover, audit))
}

fn form_field(field: FormField) -> wit::FormField {
    wit::FormField {
        name: field.name,
        kind: field.kind,
        required: field.required,
        hidden: field.hidden,
        max_length: field.max_length,
        choices: field.choices,
    }
}

fn outgoing(message: wit::OutgoingMessage) -> OutgoingMessage {
    let content = match message.content {
        wit::OutgoingContent::Text(text) => Outgoing::Text(text),
        wit::OutgoingContent::Choice(choice) => {
            Outgoing::Choice { option: choice.option_id, in_reply_to: choice.in_reply_to }
        }
        wit::OutgoingContent::Attachment(file) => Outgoing::File {
            name: file.name,
            media_type: file.media_type,
            content: crate::value::Content::new(file.content),
        },
    };
    OutgoingMessage { key: message.key, again: message.again, content }
}

fn answer(handed: Handed, act: Act, audit: &Audit) -> wit::Handed {
    let log = noted(&handed.progress, log::handed(&handed), audit);
    wit::Handed {
        outcome: match handed.outcome {
            Delivery::Sent => wit::Delivery::Sent,
            Delivery::Unknown(error) => wit::Delivery::Unknown(chat_error(error, act)),
            Delivery::Failed(error) => wit::Delivery::Failed(chat_error(error, act)),
        },
        progress: progress(handed.progress, log),
    }
}

/// The line of the log, which has the correlation of the chat.
fn noted(progress: &Progress, line: Line, audit: &Audit) -> String {
    text(&audit.named(progress.correlation.clone()).note(line))
}

fn progress(progress: Progress, log: String) -> wit::Progress {
    wit::Progress {
        log,
        chat: progress.chat.map(|chat| wit::Chat { secret: chat.into_text() }),
        phase: match progress.phase {
            Phase::Waiting => wit::Phase::Waiting,
            Phase::Connected => wit::Phase::Connected,
            Phase::Transferring => wit::Phase::Transferring,
            Phase::Ended => wit::Phase::Ended,
            Phase::Refused => wit::Phase::Refused,
        },
        texts: visitor_texts(progress.phase.for_visitor(progress.ended_by)),
        variables: text(&Value::Object(progress.variables)),
        requests: progress.requests,
        retry_after_seconds: progress.retry_after_seconds,
        findings: findings(progress.findings),
    }
}

fn event(event: ChatEvent) -> wit::ChatEvent {
    wit::ChatEvent {
        at: event.instant(),
        what: match event.what {
            Occurrence::Joined(who) => wit::Occurrence::Joined(participant(who)),
            Occurrence::Left(who) => wit::Occurrence::Left(participant(who)),
            Occurrence::Message { id, author, content: said } => wit::Occurrence::Message(wit::IncomingMessage {
                id,
                author: participant(author),
                content: content(said),
            }),
            Occurrence::Queue(before) => wit::Occurrence::Queue(before),
            Occurrence::Typing(started) => wit::Occurrence::Typing(started),
            Occurrence::Refused(reason) => wit::Occurrence::Refused(reason),
            Occurrence::Ended(by) => wit::Occurrence::Ended(match by {
                EndedBy::Agent => wit::EndedBy::Agent,
                EndedBy::Visitor => wit::EndedBy::Visitor,
                EndedBy::System => wit::EndedBy::System,
                EndedBy::Unknown => wit::EndedBy::Unknown,
            }),
        },
    }
}

fn participant(who: Participant) -> wit::Participant {
    let role = match who.role {
        Role::Agent => wit::ParticipantRole::Agent,
        Role::Bot => wit::ParticipantRole::Bot,
        Role::System => wit::ParticipantRole::System,
    };
    wit::Participant { name: who.name, role }
}

fn content(content: Content) -> wit::IncomingContent {
    match content {
        Content::Text(text) => wit::IncomingContent::Text(text),
        Content::Files(files) => wit::IncomingContent::Files(files.into_iter().map(shared_file).collect()),
        Content::Options(text, options) => {
            let option = |(id, label)| wit::OfferedOption { id, label };
            wit::IncomingContent::Options(wit::Offer { text, options: options.into_iter().map(option).collect() })
        }
        Content::Unsupported(kind) => wit::IncomingContent::Unsupported(kind),
    }
}

fn shared_file(file: SharedFile) -> wit::SharedFile {
    wit::SharedFile { name: file.name, media_type: file.media_type, address: file.address }
}
