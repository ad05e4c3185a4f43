//! Server-sent events: a text of events that goes on, and of which only whole events count. Source: WHATWG HTML, 9.2.6.
//!
//! The stream of the messaging host is read for some time and then cut, at any byte.

/// One event, as far as it is looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Event<'a> {
    /// As the stream names it; the empty text where it has no name.
    pub name: &'a str,
    /// JSON. Salesforce writes it in one line.
    pub data: &'a str,
    /// Where the stream can be taken up again.
    pub id: Option<&'a str>,
}

/// What a host is told about. Others, such as `ping` and receipts, change nothing.
pub const TELLING: [&str; 8] = [
    "CONVERSATION_MESSAGE",
    "CONVERSATION_PARTICIPANT_CHANGED",
    "CONVERSATION_ROUTING_RESULT",
    "CONVERSATION_SESSION_STATUS_CHANGED",
    "CONVERSATION_CLOSE_CONVERSATION",
    "CONVERSATION_QUEUE_POSITION",
    "CONVERSATION_TYPING_STARTED_INDICATOR",
    "CONVERSATION_TYPING_STOPPED_INDICATOR",
];

/// How the messaging host ends the stream of a token that is over: in the middle of the stream, and not as an event of it. Two
/// clients saw one of these each, and no document names them.
const TOKEN_OVER: [&str; 2] = ["Jwt is expired", "{\"status\":401"];

/// The whole events of a stream, in order. What is cut off, or is no text, is left out.
pub fn events(body: &[u8]) -> Vec<Event<'_>> {
    let mut found = Vec::new();
    let mut event = Event::default();
    for line in whole_lines(body) {
        if line.is_empty() {
            if event != Event::default() {
                found.push(std::mem::take(&mut event));
            }
            continue;
        }
        let (field, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "event" => event.name = value,
            "data" => event.data = value,
            "id" => event.id = Some(value),
            _ => {}
        }
    }
    found
}

/// Whether the stream says that its token is over.
pub fn is_token_over(body: &[u8]) -> bool {
    let lines = body.split(|byte| matches!(byte, b'\n' | b'\r'));
    lines.into_iter().any(|line| TOKEN_OVER.iter().any(|text| line.trim_ascii_start().starts_with(text.as_bytes())))
}

/// Whether there is something to tell, so that it is not worth listening for longer.
pub fn is_heard(body: &[u8]) -> bool {
    is_token_over(body) || events(body).iter().any(|event| TELLING.contains(&event.name))
}

/// Lines that end. Three ways to end one are allowed: either sign, and both together.
fn whole_lines(body: &[u8]) -> Vec<&str> {
    let (mut lines, mut begin, mut bytes) = (Vec::new(), 0, body.iter().enumerate().peekable());
    while let Some((at, byte)) = bytes.next() {
        if !matches!(byte, b'\n' | b'\r') {
            continue;
        }
        lines.push(body.get(begin..at).and_then(|line| str::from_utf8(line).ok()).unwrap_or("-"));
        begin = at + 1;
        if *byte == b'\r' && bytes.next_if(|(_, next)| **next == b'\n').is_some() {
            begin += 1;
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    const STREAM: &str = "event: ping\ndata: 0\n\nid: 7\nevent: CONVERSATION_MESSAGE\ndata: {\"a\":\"b: ü\"}\n\n";

    #[test]
    fn whole_events_are_read_whatever_ends_a_line() {
        for end in ["\n", "\r\n", "\r"] {
            let stream = STREAM.replace('\n', end);
            let events = events(stream.as_bytes());
            assert_eq!(events.len(), 2, "{end:?}: {events:?}");
            let message = Event { name: "CONVERSATION_MESSAGE", data: "{\"a\":\"b: ü\"}", id: Some("7") };
            assert_eq!((events[0].name, events[1]), ("ping", message));
        }
    }

    #[test]
    fn a_cut_at_any_byte_leaves_whole_events_only() {
        let stream = STREAM.replace('\n', "\r\n");
        for at in 0..=stream.len() {
            let heard = events(&stream.as_bytes()[..at]);
            assert!(heard.iter().all(|event| event.data == "0" || event.id == Some("7") && event.data.ends_with('}')));
            assert_eq!(is_heard(&stream.as_bytes()[..at]), heard.len() == 2, "{at}");
        }
        assert!(is_heard(STREAM.as_bytes()) && !is_heard(b"event: ping\ndata: 0\n\n"));
    }

    #[test]
    fn a_token_that_is_over_ends_the_stream_in_either_way() {
        for end in ["Jwt is expired", "{\"status\":401,\"error\":\"Unauthorized\",\"path\":\"/eventrouter/v1/sse\"}"] {
            assert!(is_heard(format!("event: ping\ndata: 0\n\n{end}").as_bytes()), "{end}");
        }
        assert!(!is_token_over(b"data: {\"text\":\"Jwt is expired\"}\n\n"));
    }
}
