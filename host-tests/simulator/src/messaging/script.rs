//! Agents of a script: what they do, and when.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use crate::document::{BadFile, Node};

/// An agent as somebody describes it.
#[derive(Clone, Debug, Default)]
pub struct Script {
    pub steps: Vec<Step>,
    /// Begins again after the last step.
    pub repeat: bool,
    /// How long a conversation waits for the agent, in milliseconds.
    pub accept_after: i64,
}

#[derive(Clone, Debug)]
pub struct Step {
    pub after: After,
    pub action: Action,
}

/// What a step waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum After {
    /// Nothing: it follows the step before.
    Before,
    /// The visitor's next message since the agent is there.
    Message,
    /// So many milliseconds.
    Time(i64),
}

#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    Say(String),
    /// Says what the visitor said last.
    Echo,
    Link(String),
    Choices(String, Vec<String>),
    File(SentFile),
    Typing(bool),
    /// The agent leaves, and the conversation waits for another.
    Transfer,
    /// The session ends; `None` tells it as the switch says.
    End(Option<bool>),
    /// The agent leaves and nothing else happens.
    Leave,
    /// A supervisor listens, of which visitors are told nothing.
    Supervisor,
    /// Another agent joins.
    Conference,
    /// The session sleeps, and is not over.
    Inactive,
    /// A bot says something.
    Bot(String),
    Queue(u64),
    /// An event that no client knows.
    Event(String),
    /// The visitor's streams end in the middle of their next event.
    Cut,
    /// The visitor's tokens expire.
    Expire,
    Online(bool),
}

/// A file that an agent sends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentFile {
    pub name: String,
    pub media_type: String,
    pub content: Vec<u8>,
}

const OF_AN_AGENT: &[&str] = &["name", "online", "acceptAfterSeconds", "repeat", "script"];
const ACTIONS: &[&str] = &[
    "say",
    "echo",
    "link",
    "choices",
    "file",
    "typing",
    "transfer",
    "end",
    "leave",
    "supervisor",
    "conference",
    "inactive",
    "bot",
    "queue",
    "event",
    "cut",
    "expire",
    "online",
];
/// Longest wait of a step: a day.
const LONGEST: f64 = 86_400.0;

/// An agent: its name, whether it is there, and its script.
pub fn agent(node: &Node<'_>) -> Result<(String, bool, Script), BadFile> {
    node.only(OF_AN_AGENT)?;
    let name = node.optional_text("name")?.unwrap_or("Maya");
    if name.trim().is_empty() {
        return Err(node.problem("expected a name that is not blank"));
    }
    let steps = steps(node.need("script", "a list of steps such as {\"say\": \"Hi\"}")?.items()?)?;
    let repeat = node.flag("repeat", false)?;
    let waits = |step: &Step| match step.after {
        After::Before => false,
        After::Message => true,
        After::Time(time) => time > 0,
    };
    if repeat && !steps.iter().any(waits) {
        return Err(node.problem("expected a step with \"after\": a script that repeats without one never ends"));
    }
    let accept_after = node.get("acceptAfterSeconds")?.map_or(Ok(0), |seconds| milliseconds(&seconds))?;
    Ok((name.into(), node.flag("online", true)?, Script { steps, repeat, accept_after }))
}

fn steps(nodes: Vec<Node<'_>>) -> Result<Vec<Step>, BadFile> {
    nodes.iter().map(step).collect()
}

fn step(node: &Node<'_>) -> Result<Step, BadFile> {
    let known: Vec<&str> = ["after"].iter().chain(ACTIONS).copied().collect();
    node.only(&known)?;
    let after = match node.get("after")? {
        None => After::Before,
        Some(after) if after.value().is_number() => After::Time(milliseconds(&after)?),
        Some(after) => {
            after.word(&["message"])?;
            After::Message
        }
    };
    let members = node.members()?;
    let actions: Vec<&(&str, Node<'_>)> = members.iter().filter(|(name, _)| *name != "after").collect();
    match actions.as_slice() {
        [(name, given)] => Ok(Step { after, action: action(name, given)? }),
        _ => Err(node.problem(format!("expected one of {}", ACTIONS.join(", ")))),
    }
}

fn action(name: &str, node: &Node<'_>) -> Result<Action, BadFile> {
    Ok(match name {
        "say" => Action::Say(node.text()?.into()),
        "bot" => Action::Bot(node.text()?.into()),
        "link" => Action::Link(node.text()?.into()),
        "choices" => choices(node)?,
        "file" => Action::File(file(node)?),
        "typing" => Action::Typing(node.boolean()?),
        "queue" => Action::Queue(node.count()? as u64),
        "event" => Action::Event(node.text()?.into()),
        "online" => Action::Online(node.boolean()?),
        "end" if node.value().is_boolean() => of_true(node, Action::End(None))?,
        "end" => Action::End(Some(node.word(&["told", "silently"])? == "told")),
        "echo" => of_true(node, Action::Echo)?,
        "transfer" => of_true(node, Action::Transfer)?,
        "leave" => of_true(node, Action::Leave)?,
        "supervisor" => of_true(node, Action::Supervisor)?,
        "conference" => of_true(node, Action::Conference)?,
        "inactive" => of_true(node, Action::Inactive)?,
        "cut" => of_true(node, Action::Cut)?,
        _ => of_true(node, Action::Expire)?,
    })
}

fn of_true(node: &Node<'_>, action: Action) -> Result<Action, BadFile> {
    if node.boolean()? { Ok(action) } else { Err(node.problem("expected true, or the member left out")) }
}

/// `{"text": "Which?", "options": ["A", "B"]}`
pub fn choices(node: &Node<'_>) -> Result<Action, BadFile> {
    node.only(&["text", "options"])?;
    let text = node.need("text", "the question")?.text()?.to_owned();
    let options = node.need("options", "a list of texts")?;
    let options: Vec<String> =
        options.items()?.iter().map(|option| option.text().map(str::to_owned)).collect::<Result<_, _>>()?;
    match options.is_empty() {
        true => Err(node.problem("expected one option or more")),
        false => Ok(Action::Choices(text, options)),
    }
}

/// `{"name": "invoice.txt", "type": "text/plain", "text": "…"}`, or with `base64` in place of `text`.
pub fn file(node: &Node<'_>) -> Result<SentFile, BadFile> {
    node.only(&["name", "type", "text", "base64"])?;
    let content = match (node.optional_text("text")?, node.get("base64")?) {
        (text, None) => text.unwrap_or_default().as_bytes().to_vec(),
        (None, Some(encoded)) => {
            let bytes = STANDARD.decode(encoded.text()?);
            bytes.map_err(|_| encoded.problem("expected bytes in Base64"))?
        }
        (Some(_), Some(encoded)) => return Err(encoded.problem("expected either text or base64")),
    };
    Ok(SentFile {
        name: node.need("name", "such as \"invoice.txt\"")?.text()?.into(),
        media_type: node.optional_text("type")?.unwrap_or("text/plain").into(),
        content,
    })
}

fn milliseconds(node: &Node<'_>) -> Result<i64, BadFile> {
    let seconds = node.value().as_f64().filter(|seconds| (0.0..=LONGEST).contains(seconds));
    let seconds = seconds.ok_or_else(|| node.problem(format!("expected seconds, up to {LONGEST}")))?;
    Ok((seconds * 1000.0) as i64)
}

/// Agents of a list, one agent, or the steps of one.
pub fn agents(file: &str, value: &Value) -> Result<Vec<(String, bool, Script)>, BadFile> {
    let node = Node::new(file, value);
    match value.as_array() {
        Some(items) if items.iter().any(|item| item.get("script").is_some()) => {
            node.items()?.iter().map(agent).collect()
        }
        Some(_) => {
            let script = Script { steps: steps(node.items()?)?, ..Script::default() };
            Ok(vec![("Maya".into(), true, script)])
        }
        None => Ok(vec![agent(&node)?]),
    }
}
