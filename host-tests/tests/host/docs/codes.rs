//! Each code of the sources is in a table of the pages, and the other way round.

use std::collections::BTreeSet;

use salesforce_module::base::FindingCode;
use salesforce_module::report::{Code, Origin, Whose};

use crate::docs::page::{Page, code_spans};
use crate::docs::source;

/// Tables of codes: page, and the comment before the table.
const MODULES: (&str, &str) = ("docs/outcomes.md", "codes: module");
const SALESFORCES: (&str, &str) = ("docs/outcomes.md", "codes: salesforce");
const OAUTH: (&str, &str) = ("docs/connect-salesforce.md", "codes: oauth");
const FINDINGS: [(&str, &str); 3] =
    [("docs/findings.md", "codes: findings"), ("docs/settings.md", "codes: smells"), OAUTH];

/// Strings that look like codes of errors: variables of the build, and words of the messaging API.
const NO_ERRORS: [&str; 21] = [
    "CARGO_PKG_DESCRIPTION",
    "CARGO_PKG_LICENSE",
    "CARGO_PKG_NAME",
    "CARGO_PKG_VERSION",
    "CLOSE_CONVERSATION",
    "CONVERSATION_CLOSE_CONVERSATION",
    "CONVERSATION_MESSAGE",
    "CONVERSATION_PARTICIPANT_CHANGED",
    "CONVERSATION_QUEUE_POSITION",
    "CONVERSATION_ROUTING_RESULT",
    "CONVERSATION_SESSION_STATUS_CHANGED",
    "CONVERSATION_TYPING_STARTED_INDICATOR",
    "CONVERSATION_TYPING_STOPPED_INDICATOR",
    "NEEDS_ROUTING",
    "OUT_DIR",
    "PARTICIPANT_CHANGED",
    "QUEUE_POSITION",
    "ROUTING_RESULT",
    "SESSION_STATUS_CHANGED",
    "TYPING_STARTED_INDICATOR",
    "TYPING_STOPPED_INDICATOR",
];
/// The same: words of settings, of logs and plans, names of headers.
const NO_FINDINGS: [&str; 24] = [
    "api-request",
    "bad-input",
    "content-length",
    "content-type",
    "date-time",
    "epoch-milliseconds",
    "epoch-seconds",
    "if-empty",
    "last-event-id",
    "look-up",
    "most-recently-modified",
    "on-create",
    "renew-session",
    "retry-after",
    "run-only",
    "salesforce-module",
    "sforce-limit-info",
    "sobject-read",
    "sobject-write",
    "update-by-id",
    "upsert-by-key",
    "user-agent",
    "web-to-case",
    "write-anyway",
];

fn shown(tables: &[(&str, &str)]) -> BTreeSet<String> {
    let rows = tables.iter().flat_map(|(page, name)| Page::load(page).table(name));
    rows.flat_map(|row| code_spans(&row[0])).collect()
}

/// `NOT_WRITTEN`: two words at least, or one that waits for an answer.
fn is_error(text: &str) -> bool {
    let is_word = |word: &str| !word.is_empty() && word.chars().all(|c| c.is_ascii_uppercase());
    text == "TIMEOUT" || (text.contains('_') && text.split('_').all(is_word))
}

/// `bad-link`; `x-…` are headers and members of JSON Schema.
fn is_finding(text: &str) -> bool {
    let is_word = |word: &str| !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase());
    text.contains('-') && !text.starts_with("x-") && text.split('-').all(is_word)
}

#[test]
fn each_error_code_is_in_a_table() {
    for (table, origin) in [(MODULES, Origin::Module), (SALESFORCES, Origin::Salesforce)] {
        let known = Code::ALL.iter().filter(|code| code.origin() == origin);
        let shown = shown(&[table]).into_iter().filter(|code| is_error(code)).collect();
        compare(&known.map(|code| code.as_str().to_owned()).collect(), &shown, &[]);
    }
    let shown = shown(&[OAUTH]).into_iter().filter(|code| is_error(code)).collect();
    compare(&errors_in("src/oauth"), &shown, &[]);
}

/// What a code is called, its table says; all else names the variant.
#[test]
fn no_other_source_spells_a_code() {
    let mut spelt = errors_in("src");
    for code in errors_in("src/oauth").iter().chain(&errors_in("src/code")) {
        spelt.remove(code);
    }
    assert_eq!(spelt, NO_ERRORS.map(str::to_owned).into());
    let elsewhere = source::code("src").replace(&source::code("src/code"), "");
    let literals: BTreeSet<String> = source::literals(&elsewhere).into_iter().collect();
    let again: Vec<&str> = Code::ALL.iter().map(Code::as_str).filter(|code| literals.contains(*code)).collect();
    assert!(again.is_empty(), "{again:?}");
}

fn errors_in(path: &str) -> BTreeSet<String> {
    source::literals(&source::code(path)).into_iter().filter(|text| is_error(text)).collect()
}

#[test]
fn each_code_of_a_finding_is_in_a_table() {
    let code = source::code("src");
    let literals = source::literals(&code);
    let mut used: BTreeSet<String> = literals.iter().filter(|text| is_finding(text)).cloned().collect();
    // Codes of one word look like any other text.
    used.extend(FindingCode::ALL.iter().map(|code| code.word().to_owned()));
    let never: Vec<_> = FindingCode::ALL.iter().filter(|of| !code.contains(&format!("FindingCode::{of:?}"))).collect();
    assert!(never.is_empty(), "no finding has {never:?}");
    let shown = shown(&FINDINGS).into_iter().filter(|code| !is_error(code)).collect();
    compare(&used, &shown, &NO_FINDINGS);
}

fn compare(used: &BTreeSet<String>, shown: &BTreeSet<String>, no_codes: &[&str]) {
    let no_codes: BTreeSet<String> = no_codes.iter().map(|text| (*text).to_owned()).collect();
    let unnamed: Vec<_> = used.iter().filter(|code| !shown.contains(*code) && !no_codes.contains(*code)).collect();
    assert!(unnamed.is_empty(), "no table names {unnamed:?}; what is no code belongs into the list of this test");
    let unused: Vec<_> = shown.union(&no_codes).filter(|code| !used.contains(*code)).collect();
    assert!(unused.is_empty(), "no source has {unused:?}");
    let both: Vec<_> = shown.intersection(&no_codes).collect();
    assert!(both.is_empty(), "{both:?} are in a table and in the list of what is no code");
}

#[test]
fn the_table_says_which_codes_a_visitor_can_correct() {
    let (page, table) = SALESFORCES;
    for row in Page::load(page).table(table) {
        for word in code_spans(&row[0]) {
            let visitors = Code::of_salesforce(&word).whose() == Whose::Visitor;
            assert_eq!(row[2] == "yes", visitors, "whether the visitor can correct {word}");
        }
    }
}

#[test]
fn the_locales_are_those_of_the_source() {
    let code = source::code("src");
    let used: BTreeSet<&str> = code.split("locale(\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let page = Page::load("docs/values.md").text;
    let list = page.split("**Locales:**").nth(1).and_then(|rest| rest.split("\n\n").next()).expect("a list of locales");
    let shown: BTreeSet<&str> = list.split(['`', ' ', '\n', '.']).filter(|locale| !locale.is_empty()).collect();
    assert_eq!(shown, used);
}
