//! What must hold for any text from outside, one function for each fuzz target: they take bytes and panic where a rule is
//! broken.
//!
//! They know neither the fuzzer nor the tests, so that the same function is fuzzed (`fuzz_targets/`) and replays the corpus
//! (`host-tests/tests/core/fuzz_corpus.rs`). An input is text that people can read and write. Where a target needs several,
//! a line of three hyphens stands between them.

mod answers;
mod canary;
mod chat_answers;
mod convert;
mod describe;
mod domain;
pub mod form;
mod many_answers;
mod request;
mod rest_answers;
mod settings;
mod soql;
mod template;
mod token_answers;
mod transcript;
mod variables;

pub use chat_answers::chat_answers;
pub use convert::convert;
pub use describe::describe;
pub use domain::domain;
pub use many_answers::many_answers;
pub use request::request;
pub use rest_answers::rest_answers;
pub use settings::settings;
pub use soql::soql_literal;
pub use template::template;
pub use token_answers::token_answers;
pub use variables::variables;

/// Takes an input; panics where a rule is broken.
type Target = fn(&[u8]);

/// Every target by its name, which is also that of its file in `fuzz_targets/` and of its folder in `corpus/`.
pub const TARGETS: [(&str, Target); 12] = [
    ("chat_answers", chat_answers),
    ("convert", convert),
    ("describe", describe),
    ("domain", domain),
    ("many_answers", many_answers),
    ("request", request),
    ("rest_answers", rest_answers),
    ("settings", settings),
    ("soql_literal", soql_literal),
    ("template", template),
    ("token_answers", token_answers),
    ("variables", variables),
];

/// The input as text; what is none cannot reach the module, whose interface knows texts only.
fn text(data: &[u8]) -> Option<&str> {
    std::str::from_utf8(data).ok()
}

/// The parts of an input.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split("\n---\n")
}
