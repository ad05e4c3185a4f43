//! Formulas of an admin, as far as a condition of a rule needs them: fields of the record, comparisons and some functions.
//!
//! Source: help, "Formula Operators and Functions". What is not known here is refused when the formula is read, never when a
//! record meets it.

mod eval;
mod lexer;
mod parser;

use jiff::Timestamp;
use serde_json::Value;

use crate::simulator::schema::SObject;

/// A formula whose fields are all there.
#[derive(Clone, Debug, PartialEq)]
pub struct Formula(Term);

/// What a formula reads.
pub struct Record<'a> {
    /// The value that a field will have.
    pub after: &'a dyn Fn(&str) -> Value,
    /// The value that it has; `None` of a new record.
    pub before: Option<&'a dyn Fn(&str) -> Value>,
    pub now: Timestamp,
}

/// A part of a formula.
#[derive(Clone, Debug, PartialEq)]
enum Term {
    Literal(Value),
    Field(&'static str),
    Call(Function, Vec<Term>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Function {
    And,
    Or,
    Not,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Join,
    If,
    IsBlank,
    IsPickVal,
    IsNew,
    IsChanged,
    PriorValue,
    Includes,
    Contains,
    Begins,
    Len,
    Lower,
    Upper,
    Trim,
    Text,
    Today,
    Now,
}

impl Formula {
    /// Reads a formula of an object; the error says what is wrong and where.
    pub fn read(text: &str, sobject: &SObject) -> Result<Formula, String> {
        parser::read(text, sobject).map(Formula)
    }

    /// Whether it is true of a record; null is not.
    pub fn holds(&self, record: &Record<'_>) -> bool {
        self.value(record) == Value::Bool(true)
    }

    /// What it gives of a record.
    pub fn value(&self, record: &Record<'_>) -> Value {
        eval::value(&self.0, record)
    }
}
