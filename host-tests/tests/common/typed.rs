//! Texts that mean something somewhere.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use crate::common::documents;

/// Of SOQL, of URLs, of headers, of JSON, of composite references, of templates; and what looks different from what it is.
const PIECES: [&str; 44] = [
    "'",
    "\\",
    "\\'",
    "' OR Name != '",
    "') OR (Id != '",
    " --",
    "%",
    "_",
    "LIMIT 1",
    "/",
    "/../",
    "..",
    ".",
    "?",
    "#",
    "&q=",
    "=",
    "+",
    ";",
    "%27",
    "%2e%2e%2f",
    "%00",
    "\r\nX-Injected: yes",
    "\r\n\r\n",
    "\n",
    "\t",
    "\"",
    "\",\"Id\":\"",
    "}",
    "]}",
    "{",
    "@",
    "@{",
    "@{write_Contact.id}",
    "{{a}}",
    "{a}",
    "\\u0027",
    "\\u0040{",
    "\u{0}",
    "\u{7f}",
    "\u{202e}",
    "\u{200d}",
    "😀",
    "İ",
];

/// One of those, several, or anything.
pub fn typed() -> BoxedStrategy<String> {
    let piece = prop_oneof![
        6 => select(PIECES.to_vec()).prop_map(str::to_owned),
        2 => "[a-zA-Z0-9äß ]{1,6}",
        1 => any::<char>().prop_map(String::from),
    ];
    prop_oneof![6 => vec(piece, 1..6).prop_map(|pieces| pieces.concat()), 2 => documents::text()].boxed()
}

/// A text that a module will not refuse for its reference mark, nor find blank.
pub fn acceptable() -> BoxedStrategy<String> {
    typed().prop_filter("refused", |text| !text.contains("@{") && !text.trim().is_empty()).boxed()
}

/// What is left of a text that is a key: no marks at its ends that nobody sees.
pub fn seen(text: &str) -> &str {
    const NEVER_SEEN: &str =
        "\u{200e}\u{200f}\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}\u{2066}\u{2067}\u{2068}\u{2069}\u{feff}";
    text.trim_matches(|c: char| c.is_whitespace() || NEVER_SEEN.contains(c))
}
