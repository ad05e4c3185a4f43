//! A chat with a person: what the bodies hold, and who may reach which org.
//!
//! The chat is a secret of one conversation, as a password is, and an address is written into every log on the way. So it travels in the body,
//! and for server-sent events, which have none, in a header of its own.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::config::Tenant;
use crate::members::Members;
use crate::problem::Problem;
use crate::{access, config};

/// The header by which a caller passes the chat whose events it wants.
pub const CHAT: &str = "x-salesforce-chat";
/// How long one call of the module's listens within a stream of events, in seconds.
pub const WAIT: u32 = 25;
/// Time after which no further call is begun, in nanoseconds: two fit into the 70 seconds that a platform gives an answer.
pub const LISTEN: u64 = 20_000_000_000;

pub struct Start {
    pub settings: String,
    pub variables: String,
    pub earlier: Option<String>,
    pub now: Option<u32>,
    pub correlation: Option<String>,
}

pub struct Send {
    pub settings: String,
    pub chat: String,
    pub now: Option<u32>,
    pub message: Message,
}

/// What the visitor sends.
pub struct Message {
    pub key: String,
    pub again: bool,
    pub content: Content,
}

#[derive(Debug, PartialEq)]
pub enum Content {
    Text(String),
    Choice { option_id: String, in_reply_to: String },
    File { name: String, media_type: String, content: Vec<u8> },
}

/// Of `receive` and `end`; the latter does not wait.
pub struct Chat {
    pub settings: String,
    pub chat: String,
    pub now: Option<u32>,
    pub wait_seconds: u32,
}

pub fn start(body: &[u8]) -> Result<Start, Problem> {
    let mut members = Members::of_body(body)?;
    let start = Start {
        settings: members.document("settings")?,
        variables: members.document("variables")?,
        earlier: members.text_or_none("earlier")?,
        now: members.count_or_none("now")?,
        correlation: members.text_or_none("correlation")?,
    };
    members.end()?;
    Ok(start)
}

pub fn send(body: &[u8]) -> Result<Send, Problem> {
    let mut members = Members::of_body(body)?;
    let (settings, chat) = (members.document("settings")?, members.text("chat")?);
    let now = members.count_or_none("now")?;
    let message = members.object("message")?;
    let message = message.ok_or_else(|| Problem::bad_request("/message must be an object.")).and_then(message_of)?;
    members.end()?;
    Ok(Send { settings, chat, now, message })
}

pub fn receive(body: &[u8]) -> Result<Chat, Problem> {
    chat(body, |members| Ok(members.count_or_none("waitSeconds")?.unwrap_or_default()))
}

pub fn end(body: &[u8]) -> Result<Chat, Problem> {
    chat(body, |_| Ok(0))
}

fn chat(body: &[u8], wait: impl Fn(&mut Members) -> Result<u32, Problem>) -> Result<Chat, Problem> {
    let mut members = Members::of_body(body)?;
    let chat = Chat {
        settings: members.document("settings")?,
        chat: members.text("chat")?,
        now: members.count_or_none("now")?,
        wait_seconds: wait(&mut members)?,
    };
    members.end()?;
    Ok(chat)
}

fn message_of(mut message: Members) -> Result<Message, Problem> {
    let (key, again) = (message.text("key")?, message.flag("again")?);
    let content = if let Some(text) = message.text_or_none("text")? {
        Content::Text(text)
    } else if let Some(mut choice) = message.object("choice")? {
        let content = Content::Choice { option_id: choice.text("optionId")?, in_reply_to: choice.text("inReplyTo")? };
        choice.end()?;
        content
    } else if let Some(mut file) = message.object("file")? {
        let content = STANDARD.decode(file.text("content")?);
        let content = content.map_err(|_| Problem::bad_request("/message/file/content must be base64."))?;
        let content = Content::File { name: file.text("name")?, media_type: file.text("mediaType")?, content };
        file.end()?;
        content
    } else {
        return Err(Problem::bad_request("/message must have `text`, `choice` or `file`."));
    };
    message.end()?;
    Ok(Message { key, again, content })
}

/// Whether this caller may reach the org of the settings. Settings without one get no further than the module's findings.
pub fn may_reach(tenant: &Tenant, settings: &str) -> Result<(), Problem> {
    access::allowed(tenant, access::deployment_domain(settings)).map(drop)
}

/// The settings whose events a path names, and the chat of the header.
pub fn events<'a>(
    tenant: &'a Tenant,
    name: &str,
    chat: Option<String>,
) -> Result<(&'a config::Published, String), Problem> {
    let published = tenant.handovers().iter().find(|published| published.name == name).ok_or_else(|| {
        let detail = "This bearer has no hand-over of that name (`FRONT_HANDOVERS`).";
        Problem::new(404, "no-such-handover", detail)
    })?;
    may_reach(tenant, &published.settings)?;
    let chat = chat.filter(|chat| !chat.is_empty());
    let chat = chat.ok_or_else(|| {
        Problem::bad_request(
            "There is no chat: pass the `chat` of the newest answer by the header `X-Salesforce-Chat`.",
        )
    })?;
    Ok((published, chat))
}

/// One message of a stream: an answer of `receive`. JSON on one line has no line feed.
pub fn told(received: &serde_json::Value) -> String {
    format!("event: received\ndata: {received}\n\n")
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use super::*;
    use crate::config::Config;

    const SETTINGS: &str = r#"{"mode":"handover","deploymentDomain":"acme.my.salesforce.com"}"#;

    fn message(message: &str) -> Result<Message, Problem> {
        send(format!(r#"{{"settings":{{}},"chat":"secret","message":{message}}}"#).as_bytes()).map(|send| send.message)
    }

    #[test]
    fn a_message_is_a_text_a_choice_or_a_file() {
        let text = message(r#"{"key":"1","again":true,"text":"Hi"}"#).unwrap();
        assert_eq!((text.key.as_str(), text.again, text.content), ("1", true, Content::Text("Hi".to_owned())));
        let choice = message(r#"{"key":"1","choice":{"optionId":"o","inReplyTo":"m"}}"#).unwrap().content;
        assert_eq!(choice, Content::Choice { option_id: "o".to_owned(), in_reply_to: "m".to_owned() });
        let file = message(r#"{"key":"1","file":{"name":"a.png","mediaType":"image/png","content":"AP8="}}"#).unwrap();
        let expected =
            Content::File { name: "a.png".to_owned(), media_type: "image/png".to_owned(), content: vec![0, 255] };
        assert_eq!(file.content, expected);
    }

    #[test]
    fn what_is_wrong_is_named_and_not_repeated() {
        for (wrong, told) in [
            (r#"{"key":"1"}"#, "`text`, `choice` or `file`"),
            (r#"{"key":7,"text":"canary"}"#, "/message/key"),
            (r#"{"key":"1","file":{"name":"canary","mediaType":"a/b","content":"canary!"}}"#, "/message/file/content"),
            (r#"{"key":"1","choice":{"optionId":"canary"}}"#, "/message/choice/inReplyTo"),
            (r#""canary""#, "/message"),
        ] {
            let detail = message(wrong).err().unwrap().detail;
            assert!(detail.contains(told) && !detail.contains("canary"), "{wrong}: {detail}");
        }
        assert!(receive(br#"{"settings":{},"chat":"secret","waitSeconds":-1}"#).is_err());
        assert!(end(br#"{"settings":{},"chat":"secret","waitSeconds":1}"#).is_err());
    }

    #[test]
    fn events_need_a_published_hand_over_and_the_chat() {
        let environment = [
            ("FRONT_TOKEN", "0123456789abcdef"),
            ("FRONT_DOMAINS", "acme.my.salesforce.com"),
            ("FRONT_HANDOVERS", "support,foreign"),
            ("FRONT_SETTINGS_SUPPORT", SETTINGS),
            ("FRONT_SETTINGS_FOREIGN", r#"{"deploymentDomain":"evil.my.salesforce.com"}"#),
        ];
        let environment: Vec<_> = environment.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect();
        let config = Config::read(&environment).unwrap();
        let tenant = config.tenant(Some("Bearer 0123456789abcdef")).unwrap();
        assert!(tenant.published().is_empty(), "a hand-over is no tool of a language model");
        let asked = |name, chat: Option<&str>| events(tenant, name, chat.map(str::to_owned)).map(|(_, chat)| chat);
        assert_eq!(asked("support", Some("secret")), Ok("secret".to_owned()));
        assert_eq!(asked("support", None).unwrap_err().status, 400);
        assert_eq!(asked("other", Some("secret")).unwrap_err().code, "no-such-handover");
        assert_eq!(asked("foreign", Some("secret")).unwrap_err().code, "domain-not-allowed");
    }
}
