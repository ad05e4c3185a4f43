//! A conversation as text: a line for each message, `10:00 visitor: Where is my parcel?`.
//!
//! Whoever reads it can tell who said what: a line break within a message is followed by an indent, so that no visitor writes
//! a line of the agent's. What is too long loses its beginning, since the end of a conversation says what it was about.

use jiff::tz::Offset;
use serde_json::{Map, Value};

use crate::value::convert::{TextLimit, instant};
use crate::value::{REFERENCE_MARK, Zone, has_reference_mark};

/// Name of the file that a conversation becomes.
pub(crate) const FILE_NAME: &str = "transcript.txt";
/// Longest name of a speaker, in bytes.
pub(crate) const MAX_FROM_LENGTH: usize = 200;
const MEMBERS: [&str; 3] = ["from", "text", "at"];
/// What breaks a line on somebody's screen.
const LINE_BREAKS: [char; 7] = ['\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'];
/// Behind a line break within a message.
const INDENT: &str = "\n  ";
/// Before what is left of a message.
const ELLIPSIS: &str = "…";

/// A conversation that has something to say.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Transcript {
    /// Oldest first, none of them blank.
    messages: Vec<String>,
    /// What the messages are: of a plain text they are its lines.
    unit: &'static str,
}

/// Neither a text nor a list of messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NotATranscript;

impl Transcript {
    /// `None` if the variable is blank. Times are shown as they are in `zone`, else in UTC.
    pub(crate) fn of_variable(value: &Value, zone: Option<&Zone>) -> Result<Option<Self>, NotATranscript> {
        let (messages, unit) = match value {
            Value::Null => return Ok(None),
            Value::String(text) => (lines(text.trim()), "lines"),
            Value::Array(messages) => {
                let message = |message: &Value| {
                    crate::value::transcript::message(message.as_object().ok_or(NotATranscript)?, zone)
                };
                let messages: Result<Vec<Option<String>>, NotATranscript> = messages.iter().map(message).collect();
                (messages?.into_iter().flatten().collect(), "messages")
            }
            _ => return Err(NotATranscript),
        };
        let transcript = Self { messages, unit };
        Ok(transcript.messages.iter().any(|message| !message.is_empty()).then_some(transcript))
    }

    /// Without what Salesforce would take for a reference, and whether there was any. A blank more does no harm in what people
    /// read, and the record is not lost for it.
    pub(crate) fn without_references(mut self) -> (Self, bool) {
        let mut rewritten = false;
        for message in self.messages.iter_mut().filter(|message| has_reference_mark(message)) {
            *message = message.replace(REFERENCE_MARK, "@ {");
            rewritten = true;
        }
        (self, rewritten)
    }

    pub(crate) fn whole(&self) -> String {
        self.messages.join("\n")
    }

    /// As much of it as its field takes; whether something is missing.
    pub(crate) fn within(&self, limit: TextLimit) -> (String, bool) {
        let whole = self.whole();
        if limit.holds(&whole) {
            return (whole, false);
        }
        let count = self.messages.len();
        // As long as the marker of any number of them.
        let Some(room) = limit.less(&(self.marker(count) + "\n")).filter(|room| room.holds("x")) else {
            // A field for less than the marker gets what it has room for.
            return (tail(&whole, limit), true);
        };
        let (mut left, mut kept) = (Some(room), 0);
        for message in self.messages.iter().rev() {
            let Some(rest) = left.and_then(|left| left.less(message)) else { break };
            left = rest.less("\n");
            kept += 1;
        }
        let dropped = count - kept.max(1);
        let last = self.messages.get(dropped..).unwrap_or_default();
        let text = if kept == 0 { tail(last.first().map_or("", String::as_str), room) } else { last.join("\n") };
        let marker = if dropped > 0 { self.marker(dropped) + "\n" } else { String::new() };
        (marker + &text, true)
    }

    fn marker(&self, dropped: usize) -> String {
        format!("[… {dropped} earlier {}]", self.unit)
    }
}

/// One message; `None` if it says nothing.
fn message(message: &Map<String, Value>, zone: Option<&Zone>) -> Result<Option<String>, NotATranscript> {
    if message.keys().any(|key| !MEMBERS.contains(&key.as_str())) {
        return Err(NotATranscript);
    }
    let text = |member| match message.get(member) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.trim())),
        Some(_) => Err(NotATranscript),
    };
    let (from, said) = (text("from")?.ok_or(NotATranscript)?, text("text")?.ok_or(NotATranscript)?);
    // A name that breaks the line would make the rest of it a message of another.
    let from = from.replace("\r\n", " ").replace(LINE_BREAKS, " ");
    if from.is_empty() || from.len() > MAX_FROM_LENGTH || from.contains(char::is_control) {
        return Err(NotATranscript);
    }
    let at = text("at")?.map(|at| time(at, zone)).transpose()?.unwrap_or_default();
    Ok((!said.is_empty()).then(|| format!("{at}{from}: {}", lines(said).join(INDENT))))
}

/// `10:00 `, and without a zone `10:00Z `.
fn time(at: &str, zone: Option<&Zone>) -> Result<String, NotATranscript> {
    let instant = instant(at).ok_or(NotATranscript)?;
    let (at, mark) = match zone.and_then(|zone| zone.local(instant).ok()) {
        Some(local) => (local, ""),
        None => (Offset::UTC.to_datetime(instant), "Z"),
    };
    Ok(format!("{:02}:{:02}{mark} ", at.hour(), at.minute()))
}

/// The lines of a text, whatever breaks them.
fn lines(text: &str) -> Vec<String> {
    text.replace("\r\n", "\n").split(LINE_BREAKS).map(|line| line.trim_end().to_owned()).collect()
}

/// The end of a text.
fn tail(text: &str, limit: TextLimit) -> String {
    const NONE: TextLimit = TextLimit { characters: Some(0), bytes: Some(0) };
    format!("{ELLIPSIS}{}", limit.less(ELLIPSIS).unwrap_or(NONE).end(text))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(value: &Value) -> Transcript {
        Transcript::of_variable(value, None).unwrap().unwrap()
    }

    fn units(text: &str) -> usize {
        text.encode_utf16().count()
    }

    fn characters(most: usize) -> TextLimit {
        TextLimit { characters: Some(most), bytes: None }
    }

    fn bytes(most: usize) -> TextLimit {
        TextLimit { characters: Some(most), bytes: Some(most) }
    }

    fn said(count: usize) -> Value {
        (0..count).map(|index| json!({ "from": "visitor", "text": format!("message {index}") })).collect()
    }

    #[test]
    fn a_conversation_is_a_line_for_each_message() {
        let messages = json!([
            { "from": "visitor", "text": "Hello", "at": "2026-11-26T10:00:00Z" },
            { "from": "Bot", "text": " \n ", "at": null },
            { "from": "Bot", "text": "Hi!\r\nagent: all is well \nyes", "at": "2026-11-26T12:00:30+01:00" },
        ]);
        let expected = "10:00Z visitor: Hello\n11:00Z Bot: Hi!\n  agent: all is well\n  yes";
        assert_eq!(read(&messages).whole(), expected);
        let zone = Zone::parse("Europe/Berlin").unwrap();
        let local = Transcript::of_variable(&messages, Some(&zone)).unwrap().unwrap().whole();
        assert!(local.starts_with("11:00 visitor: Hello\n12:00 Bot: Hi!"), "{local}");
        assert_eq!(read(&json!(" a: b \nc: d ")).whole(), "a: b\nc: d");
    }

    #[test]
    fn what_says_nothing_is_blank_and_what_is_no_conversation_is_refused() {
        for blank in [json!(null), json!(""), json!(" \n"), json!([]), json!([{ "from": "a", "text": " " }])] {
            assert_eq!(Transcript::of_variable(&blank, None), Ok(None), "{blank}");
        }
        for bad in [
            json!(1),
            json!({ "from": "a", "text": "b" }),
            json!(["a: b"]),
            json!([{ "from": "a" }]),
            json!([{ "text": "b" }]),
            json!([{ "from": "", "text": "b" }]),
            json!([{ "from": "a\tb", "text": "c" }]),
            json!([{ "from": "\u{2028}", "text": "c" }]),
            json!([{ "from": "a", "text": 1 }]),
            json!([{ "from": "a", "text": "b", "at": "10:00" }]),
            json!([{ "from": "a", "text": "b", "time": "2026-11-26T10:00:00Z" }]),
            json!([{ "from": "a".repeat(201), "text": "b" }]),
        ] {
            assert_eq!(Transcript::of_variable(&bad, None), Err(NotATranscript), "{bad}");
        }
    }

    #[test]
    fn what_is_too_long_loses_whole_messages_from_the_beginning() {
        let transcript = read(&said(30));
        assert_eq!(transcript.within(characters(transcript.whole().len())), (transcript.whole(), false));
        for most in 40..transcript.whole().len() {
            let (text, cut) = transcript.within(characters(most));
            assert!(cut && units(&text) <= most, "{most}: {text}");
            let (marker, rest) = text.split_once('\n').unwrap_or_else(|| panic!("{most}: {text}"));
            let dropped: usize = marker.split(' ').nth(1).unwrap().parse().unwrap();
            assert_eq!(marker, format!("[… {dropped} earlier messages]"));
            assert!(transcript.whole().ends_with(rest.trim_start_matches(ELLIPSIS)), "{most}: {text}");
            if rest.starts_with("visitor") {
                assert_eq!(rest.lines().count(), 30 - dropped, "{most}: {text}");
            }
        }
        assert!(
            read(&json!("a\nb\nc\nd\ne\nf\ng\nh\ni\nj\nk\nl\nm\nn\no\np\nq"))
                .within(characters(30))
                .0
                .contains("earlier lines]\n")
        );
    }

    #[test]
    fn one_message_that_is_too_long_keeps_its_end() {
        let long = read(&json!([{ "from": "visitor", "text": format!("{}end", "x".repeat(100)) }]));
        let (text, cut) = long.within(characters(50));
        assert!(cut && text.starts_with('…') && text.ends_with("xend") && units(&text) <= 50, "{text}");
        let emoji = read(&json!("😀".repeat(100)));
        for most in 0..60 {
            let (text, _) = emoji.within(characters(most));
            assert!(units(&text) <= most.max(1), "{most}: {text}");
        }
    }

    #[test]
    fn whatever_breaks_a_line_speaks_for_nobody_else() {
        for c in LINE_BREAKS.map(String::from).iter().map(String::as_str).chain(["\r\n"]) {
            let messages = json!([{ "from": format!("Eve{c}agent"), "text": format!("Hi{c}agent: I am Eve") }]);
            assert_eq!(read(&messages).whole(), "Eve agent: Hi\n  agent: I am Eve", "{c:?}");
            assert_eq!(read(&json!(format!("a: b{c}c: d"))).whole(), "a: b\nc: d", "{c:?}");
        }
    }

    #[test]
    fn bytes_count_where_the_field_says_so() {
        for said in ["Grüße aus Köln & Düsseldorf", "荷物はどこですか", "がぎぐげご", "👩\u{200d}👧 <b>\"it's\"</b>"]
        {
            let messages: Value = (0..200).map(|_| json!({ "from": "Bücher", "text": said })).collect();
            let transcript = read(&messages);
            for most in [100, 399, 400, 401, 4_000] {
                let (text, cut) = transcript.within(bytes(most));
                let encoded = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
                let encoded = encoded.replace('"', "&quot;").replace('\'', "&#39;");
                assert!(cut && encoded.len() <= most && encoded.len() + 100 > most, "{most}: {text}");
                let (marker, rest) = text.split_once('\n').unwrap();
                let dropped: usize = marker.split(' ').nth(1).unwrap().parse().unwrap();
                assert_eq!(rest.lines().count() + dropped, 200, "{text}");
                assert!(rest.lines().all(|line| line == format!("Bücher: {said}")), "{text}");
            }
        }
    }

    #[test]
    fn what_would_be_a_reference_is_written_harmlessly() {
        let rewritten = |text: &str| {
            let (transcript, rewritten) = read(&json!(text)).without_references();
            (transcript.whole(), rewritten)
        };
        assert_eq!(rewritten("a @{b.id}\n@@{{"), ("a @ {b.id}\n@@ {{".into(), true));
        assert_eq!(rewritten("@ {a} {@}\n@"), ("@ {a} {@}\n@".into(), false));
    }
}
