//! JSON that comes in pieces → the same JSON without the members that are not asked for, before it is held anywhere.
//!
//! A describe has 60 members for each field and a guest 32 MiB for everything, so an answer of any length is let through
//! here and only what is wanted of it stays. What is skipped is not checked: of a document that is broken only in a
//! skipped value, a good one may be left. One that ends too early stays one that ends too early.

/// Deepest nesting that is followed. `serde_json` reads as deep.
const MAX_DEPTH: usize = 127;
/// Longest name of a member that could be wanted.
const MAX_MEMBER: usize = 80;

/// Takes pieces of a document and keeps the wanted members, at any depth.
#[derive(Debug)]
pub struct Sieve<'a> {
    keep: Option<&'a [&'a str]>,
    kept: Vec<u8>,
    /// What is open around this place.
    open: Vec<Open>,
    place: Place,
    /// The byte before was a backslash in a text.
    escaped: bool,
    member: Vec<u8>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Open {
    List,
    Object { is_empty: bool },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// Before, in or behind a value that is kept.
    Value,
    /// Before the name of a member.
    Member,
    Name,
    Colon,
    Text,
    /// In a member that is not asked for, this number of brackets deep.
    Skipped(usize),
    SkippedText(usize),
    /// Not to be made sense of. Nothing more is kept, and no bracket is closed any more.
    Lost,
}

impl<'a> Sieve<'a> {
    /// Without a list of members everything is kept, whatever it is.
    pub fn new(keep: Option<&'a [&'a str]>) -> Self {
        let (kept, open, member) = (Vec::new(), Vec::new(), Vec::new());
        Self { keep, kept, open, place: Place::Value, escaped: false, member }
    }

    /// Takes the next piece, which may end anywhere, within a character too.
    pub fn push(&mut self, bytes: &[u8]) {
        match self.keep {
            Some(keep) => bytes.iter().for_each(|byte| self.take(*byte, keep)),
            None => self.kept.extend_from_slice(bytes),
        }
    }

    /// Bytes kept so far.
    pub fn len(&self) -> usize {
        self.kept.len()
    }

    /// Whether nothing is kept so far.
    pub fn is_empty(&self) -> bool {
        self.kept.is_empty()
    }

    /// What is kept, to be read as JSON.
    pub fn into_bytes(self) -> Vec<u8> {
        self.kept
    }

    fn take(&mut self, byte: u8, keep: &[&str]) {
        match self.place {
            Place::Value => self.value(byte),
            Place::Member => match byte {
                b'"' => {
                    self.member.clear();
                    self.place = Place::Name;
                }
                b' ' | b'\t' | b'\r' | b'\n' => {}
                // Of an object without members, or after the last of them.
                _ => self.value(byte),
            },
            Place::Name => {
                if self.ends_text(byte) {
                    self.place = Place::Colon;
                } else if self.member.len() <= MAX_MEMBER {
                    self.member.push(byte);
                }
            }
            Place::Colon => match byte {
                b':' => self.choose(keep),
                b' ' | b'\t' | b'\r' | b'\n' => {}
                _ => self.place = Place::Lost,
            },
            Place::Text => {
                self.kept.push(byte);
                if self.ends_text(byte) {
                    self.place = Place::Value;
                }
            }
            Place::Skipped(depth) => match (byte, depth.checked_sub(1)) {
                (b'"', _) => self.place = Place::SkippedText(depth),
                (b'{' | b'[', _) => self.place = Place::Skipped(depth + 1),
                (b'}' | b']', Some(less)) => self.place = Place::Skipped(less),
                (b'}' | b']' | b',', None) => self.value(byte),
                _ => {}
            },
            Place::SkippedText(depth) => {
                if self.ends_text(byte) {
                    self.place = Place::Skipped(depth);
                }
            }
            Place::Lost => {}
        }
    }

    fn value(&mut self, byte: u8) {
        self.place = Place::Value;
        match byte {
            b'"' => self.place = Place::Text,
            b'{' => self.enter(Open::Object { is_empty: true }),
            b'[' => self.enter(Open::List),
            b'}' | b']' => drop(self.open.pop()),
            // Written before the next member that is kept, if there is one.
            b',' if matches!(self.open.last(), Some(Open::Object { .. })) => {
                self.place = Place::Member;
                return;
            }
            _ => {}
        }
        if self.place != Place::Lost {
            self.kept.push(byte);
        }
    }

    fn enter(&mut self, open: Open) {
        if self.open.len() == MAX_DEPTH {
            self.place = Place::Lost;
            return;
        }
        self.open.push(open);
        if open != Open::List {
            self.place = Place::Member;
        }
    }

    fn choose(&mut self, keep: &[&str]) {
        if !keep.iter().any(|wanted| wanted.as_bytes() == self.member) {
            self.place = Place::Skipped(0);
            return;
        }
        if let Some(Open::Object { is_empty }) = self.open.last_mut()
            && !std::mem::take(is_empty)
        {
            self.kept.push(b',');
        }
        self.kept.push(b'"');
        self.kept.extend_from_slice(&self.member);
        self.kept.extend_from_slice(b"\":");
        self.place = Place::Value;
    }

    fn ends_text(&mut self, byte: u8) -> bool {
        let ends = byte == b'"' && !self.escaped;
        self.escaped = byte == b'\\' && !self.escaped;
        ends
    }
}

#[cfg(test)]
mod tests {
    use super::{MAX_DEPTH, Sieve};
    use crate::wire::filter::Unfit;
    use crate::wire::filtered;

    const KEEP: [&str; 2] = ["a", "list"];

    fn sieved(json: &str, piece: usize) -> String {
        let mut sieve = Sieve::new(Some(&KEEP));
        json.as_bytes().chunks(piece).for_each(|bytes| sieve.push(bytes));
        String::from_utf8(sieve.into_bytes()).unwrap()
    }

    #[test]
    fn what_nobody_asked_for_is_not_kept_wherever_the_pieces_end() {
        for (json, expected) in [
            (r#"{"x":1,"a":{"x":"}],","a":[1,{"x":[],"a":null}]},"x":{}}"#, r#"{"a":{"a":[1,{"a":null}]}}"#),
            (r#"{"a":"\"\\","x":"\\\"}","list":["x",{"a":-1.5e3}] }"#, r#"{"a":"\"\\","list":["x",{"a":-1.5e3}] }"#),
            (r#"[{"x":[[{"a":1}]]},{},"a:{",{"x":"a","a":"x"}]"#, r#"[{},{},"a:{",{"a":"x"}]"#),
            ("{ \"x\" : 1 , \"a\" : 2 }", "{\"a\": 2 }"),
            ("<html>\"{a", "<html>\"{a"),
        ] {
            for piece in 1..20 {
                assert_eq!(sieved(json, piece), expected, "{piece}");
            }
        }
    }

    /// Every member that the filter keeps, this keeps: what is read of a sieved answer is what the answer says.
    #[test]
    fn what_is_kept_is_what_the_filter_keeps() {
        let inner = r#"{"x":{"a":[true,"\u00e4 \\"]},"list":[{"a":"","x":[1,2]},{"a":{"a":0}},[]],"a":"😀,{"}"#;
        let json = format!(r#"{{"skip":[{inner},{inner}],"list":[{inner},{inner}],"z":"z"}}"#);
        let kept = sieved(&json, 3);
        assert!(kept.len() < json.len() / 2, "{kept}");
        assert_eq!(filtered(kept.as_bytes(), &KEEP), filtered(json.as_bytes(), &KEEP));
    }

    #[test]
    fn a_document_that_ends_too_early_stays_one() {
        let json = r#"{"x":{"b":"c"},"a":[1,{"a":"d","x":[2]}],"x":"e"}"#;
        for end in 0..json.len() {
            assert_eq!(filtered(sieved(&json[..end], 2).as_bytes(), &KEEP), Err(Unfit::NotJson), "{end}");
        }
    }

    #[test]
    fn what_is_too_deep_is_no_document_any_more_and_takes_no_memory() {
        let nested = |levels: usize| format!("{}1{}", "[".repeat(levels), "]".repeat(levels));
        assert_eq!(sieved(&nested(MAX_DEPTH), 7), nested(MAX_DEPTH));
        assert_eq!(sieved(&nested(1_000_000), 4096), "[".repeat(MAX_DEPTH));
        let skipped = format!("{{\"x\":{},\"a\":1}}", nested(1_000_000));
        assert_eq!(sieved(&skipped, 4096), "{\"a\":1}");
        assert!(sieved(&format!("{{\"{}\":1}}", "a".repeat(1_000_000)), 4096).len() < 10);
        assert_eq!(sieved("{\"a\" 1}", 1), "{");
    }
}
