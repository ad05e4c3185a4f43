//! What a visitor can be asked again: each bad answer by itself, with the variable that held it.

use super::{RecordError, Whose};
use crate::base::Words;
use crate::code::Code;
use crate::texts::text;

/// Most problems of one value, and of one record: a template can name a hundred thousand variables.
pub const MAX_PROBLEMS: usize = 100;

/// A value that the visitor can correct.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The chat variable that held it.
    pub variable: String,
    /// API name of the field that it is for.
    pub field: String,
    /// Why it is not taken.
    pub code: Code,
    /// What may be said in the chat: what to enter instead, and nothing about the org.
    pub text: Words,
}

/// Why it is not clear which record is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ambiguity {
    /// Fields by which the records were found.
    pub keys: Vec<String>,
    /// Further fields of the settings in which those records differ, as far as this run asked for them: a key of one of these
    /// would decide.
    pub differ_in: Vec<String>,
}

impl Problem {
    /// One for each variable that the value was made of; none, if no visitor can correct it.
    pub(crate) fn of(error: &RecordError, field: &str, variables: Vec<&str>) -> Vec<Self> {
        let is_visitors = error.whose == Whose::Visitor;
        let text = || error.asks.as_deref().cloned().unwrap_or_else(|| text!(visitor::CHECK));
        let of = |variable: &str| Self {
            variable: variable.to_owned(),
            field: field.to_owned(),
            code: error.code.clone(),
            text: text(),
        };
        variables.into_iter().filter(|_| is_visitors).take(MAX_PROBLEMS).map(of).collect()
    }
}
