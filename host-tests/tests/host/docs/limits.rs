//! Each limit of the sources is in the table, with the value that it has.

use std::collections::BTreeSet;

use crate::docs::page::Page;
use crate::docs::source;

/// The first cell of a row; the constants behind it, with their values: two constants may have one name.
const LIMITS: &[(&str, &[(&str, u64)])] = &[
    ("settings", &[("MAX_SETTINGS_BYTES", 1 << 20), ("MAX_VALUES", 100_000), ("MAX_DEPTH", 127)]),
    ("mappings", &[("MAX_MAPPINGS", 1_000)]),
    ("records of a run, read-backs included", &[("MAX_RECORDS", 25)]),
    ("SObjects with keys, those of `lookIn` included; records of a read", &[("MAX_LOOKUPS", 5)]),
    ("records in a list; values of all lists, were they full", &[("MAX_LISTED", 200), ("MAX_VALUES", 100_000)]),
    ("what a read hands over, as JSON", &[("MAX_VARIABLES_BYTES", 1 << 20), ("MAX_VALUES", 100_000)]),
    ("groups of `matchKeys`, and fields of one", &[("MAX_KEY_GROUPS", 10)]),
    ("`separator`", &[("MAX_SEPARATOR", 100)]),
    ("findings of a document", &[("MAX_FINDINGS", 100)]),
    ("`title`; `description`", &[("MAX_TITLE_LENGTH", 80), ("MAX_DESCRIPTION_LENGTH", 1_024)]),
    ("names of records and fields; other keys of the settings", &[("MAX_NAME_LENGTH", 80), ("MAX_KEY_LENGTH", 200)]),
    ("deployment domain; access token", &[("MAX_HOST_LENGTH", 253), ("MAX_TOKEN_LENGTH", 8_192)]),
    (
        "variables; with the base64 of files in them",
        &[("MAX_VARIABLES_BYTES", 1 << 20), ("MAX_VARIABLES_WITH_FILES", 6 << 20), ("MAX_VALUES", 100_000)],
    ),
    ("all texts of a run, as JSON", &[("MAX_VALUES_BYTES", 1 << 20)]),
    ("all files of a run and its variables; the number of files", &[("MAX_FILES_BYTES", 16 << 20), ("MAX_FILES", 10)]),
    ("name of a file; without extension", &[("MAX_NAME_LENGTH", 500), ("MAX_TITLE_LENGTH", 255)]),
    ("`from` of a transcript's message", &[("MAX_FROM_LENGTH", 200)]),
    ("a correlation", &[("MAX_CORRELATION", 200)]),
    ("the state of a chat; the token in it", &[("MAX_STATE_BYTES", 4_096), ("MAX_GUEST_TOKEN", 2_600)]),
    (
        "a visitor's text, and one message of it; a file; the key of a message",
        &[("MAX_SENT_BYTES", 32_000), ("MAX_PART_BYTES", 4_000), ("MAX_SENT_FILE", 5 << 20), ("MAX_MESSAGE_KEY", 200)],
    ),
    (
        "the transcript that opens a chat; the text by which it is opened once",
        &[("MAX_TRANSCRIPT_BYTES", 16_000), ("MAX_CHAT_KEY", 255)],
    ),
    ("entries of a chat that a call reads; events of a stream", &[("MAX_HISTORY", 250), ("MAX_STREAMED", 500)]),
    ("a comment on a Case", &[("COMMENT_BYTES", 4_000)]),
    ("a key; the query that it stands in", &[("MAX_LITERAL_LENGTH", 4_000), ("MAX_QUERY_LENGTH", 100_000)]),
    ("zeros between the digits of a number and its decimal point", &[("MAX_ZEROS", 64)]),
    ("an idempotency key", &[("MAX_STEP_LENGTH", 255)]),
    (
        "path and query of an API request; its parameters; what it stores",
        &[("MAX_URL_BYTES", 16_384), ("MAX_ENTRIES", 100)],
    ),
    ("an answer", &[("MAX_ANSWER_BYTES", 4 << 20), ("MAX_VALUES", 100_000), ("MAX_DEPTH", 127)]),
    ("an answer to `objects` or `fields`", &[("MAX_SIEVED_BYTES", 64 << 20), ("MAX_ANSWER_BYTES", 4 << 20)]),
    (
        "entries listed; picklist values of a field; of all of them",
        &[("MAX_ENTRIES", 1_000), ("MAX_VALUES_OF_A_FIELD", 1_000), ("MAX_VALUES_OF_ALL", 20_000)],
    ),
    ("a search text", &[("MAX_SEARCH_BYTES", 255)]),
    (
        "fields of an error; candidates; problems of a record",
        &[("MAX_FIELDS", 100), ("MAX_CANDIDATES", 10), ("MAX_PROBLEMS", 100)],
    ),
    ("values of a picklist in `schema`", &[("MAX_PICKLIST_VALUES", 1_000)]),
    ("each text given to `oauth`", &[("MAX_TEXT_BYTES", 16_384)]),
    (
        "conversations of a call of `run-many`; their records; their variables",
        &[("MAX_CONVERSATIONS", 1_000), ("MAX_RECORDS", 5_000), ("MAX_CONVERSATIONS_BYTES", 4 << 20)],
    ),
    ("`earlier` conversations of that call; their variables", &[("MAX_EARLIER", 2_000)]),
    (
        "a run; a call of `run-many`",
        &[("DEFAULT_DEADLINE_SECONDS", 20), ("MAX_DEADLINE_SECONDS", 60), ("MAX_SECONDS", 600)],
    ),
];

/// Limits that shape requests or time, and refuse nothing that anyone passes.
const INNER: &[(&str, u64)] = &[
    ("MAX_ALIKE", 16),
    ("MAX_CODE_LENGTH", 80),
    ("MAX_COLLECTIONS", 5),
    ("MAX_COMPARED", 64),
    ("MAX_CONJUNCTIONS", 100),
    ("MAX_DEPTH", 15),
    ("MAX_EVENT_VALUES", 10_000),
    ("MAX_FIELDS", 5),
    ("MAX_FINDINGS", 10),
    ("MAX_FORM_CHOICES", 500),
    ("MAX_FORM_FIELDS", 200),
    ("MAX_GRAPHS", 75),
    ("MAX_HISTORY_BYTES", 4 << 20),
    ("MAX_KEPT", 3 << 20),
    ("MAX_KEPT_TEXT", 80),
    ("MAX_KINDS", 15),
    ("MAX_MEDIA_TYPE_LENGTH", 255),
    ("MAX_MEMBER", 80),
    ("MAX_MESSAGE", 255),
    ("MAX_SEEN", 40),
    ("MAX_SENDS", 2),
    ("MAX_STEPS", 20_000),
    ("MAX_STREAMS", 5),
    ("MAX_NAME_LENGTH", 200),
    ("MAX_NODES", 500),
    ("MAX_PAUSE", 5_000),
    ("MAX_READ", 64 << 10),
    ("MAX_RECORDS", 200),
    ("MAX_RECORD_TYPES", 200),
    ("MAX_REFERENCES", 100),
    ("MAX_REPEATS", 2),
    ("MAX_REQUEST", 120_000),
    ("MAX_RESERVE", 5_000),
    ("MAX_ROWS", 200),
    ("MAX_ROWS", 2_000),
    ("MAX_RULES", 100),
    ("MAX_WEIGHT", 6 << 20),
    ("MAX_WRITE", 4_096),
];

/// Limits of the reference host, and how `docs/embed.md` says them.
const HOST: &[(&str, u64, &str)] = &[
    ("MAX_MEMORY", 32 << 20, "of 32 MiB"),
    ("MAX_TIME", 70, "and 70 seconds at most"),
    ("MAX_MANY_TIME", 610, "610 for `run-many`"),
    ("MAX_CALLS", 200, "200 calls at a time"),
];

/// As the table writes it: `1 MiB`, `16,384`.
fn written(value: u64) -> String {
    if value >= 1 << 20 && value.is_multiple_of(1 << 20) {
        return format!("{} MiB", value >> 20);
    }
    match value {
        0..1_000 => value.to_string(),
        _ => format!("{},{:03}", value / 1_000, value % 1_000),
    }
}

/// Whether a text names the number, and not a longer one that holds it.
fn names(text: &str, number: &str) -> bool {
    let text: String = text.chars().filter(|c| !matches!(c, ';')).collect();
    text.match_indices(number).any(|(at, _)| {
        let is_part = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        let (before, after) = (&text[..at], &text[at + number.len()..]);
        let joined = after.strip_prefix(',').is_some_and(|after| is_part(after.chars().next()));
        !is_part(before.chars().next_back()) && !before.ends_with(',') && !is_part(after.chars().next()) && !joined
    })
}

#[test]
fn each_limit_is_in_the_table_with_its_value() {
    let constants = source::constants(&source::code("src"));
    let rows = Page::load("docs/embed.md").table("limits");
    let mut known: BTreeSet<(String, u64)> = INNER.iter().map(|(name, value)| ((*name).to_owned(), *value)).collect();
    for (bound, limits) in LIMITS {
        let row = rows.iter().find(|row| row[0] == *bound).unwrap_or_else(|| panic!("no row `{bound}`"));
        for (name, value) in *limits {
            let number = written(*value);
            assert!(names(&row[1], &number), "the row `{bound}` does not say {number} ({name}): {}", row[1]);
            known.insert(((*name).to_owned(), *value));
        }
    }
    for row in &rows {
        assert!(LIMITS.iter().any(|(bound, _)| row[0] == *bound), "no constant stands behind the row `{}`", row[0]);
    }
    let gone: Vec<_> = known.difference(&constants).collect();
    assert!(gone.is_empty(), "src/ has no such constants: {gone:?}");
    let unnamed: Vec<_> = constants.difference(&known).filter(|(name, _)| name.starts_with("MAX_")).collect();
    assert!(unnamed.is_empty(), "neither the table of limits nor this test's list of inner ones has {unnamed:?}");
}

#[test]
fn the_limits_of_the_reference_host_are_said() {
    let constants = source::constants(&source::code("host-tests/src/host.rs"));
    let page = Page::load("docs/embed.md").text.replace('\n', " ");
    for (name, value, words) in HOST {
        assert!(constants.contains(&((*name).to_owned(), *value)), "the host has no {name} of {value}: {constants:?}");
        assert!(page.contains(words), "docs/embed.md does not say `{words}`");
    }
}

#[test]
fn a_number_is_not_found_in_a_longer_one() {
    assert!(names("1 MiB, 100,000 values; 127", "100,000") && names("80 characters; 200 bytes", "80"));
    assert!(!names("100,000", "100") && !names("16,384", "384") && !names("1,000", "1") && !names("2000", "200"));
}
