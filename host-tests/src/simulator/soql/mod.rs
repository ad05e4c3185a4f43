//! SOQL: text → tokens → syntax tree → plan checked against the schema → rows.
//!
//! The checks are the point. A query that the real API would refuse (an escape it does not know, a quoted date, AND
//! beside OR without brackets) is refused here with the same errorCode.

mod aggregate;
mod ast;
mod check;
mod conditions;
mod days;
mod eval;
mod grouping;
mod indexed;
mod lexer;
mod literal;
mod nested;
mod operand;
mod parser;
mod plan;

pub use aggregate::groups;
pub use ast::Parameters;
pub use eval::{World, children, run};
pub use plan::{Child, Column, Plan};

use crate::simulator::http::ApiError;
use crate::simulator::schema::Schema;

/// Longest query, in characters.
const MAX_QUERY: usize = 100_000;

/// Reads and checks a query.
pub fn prepare(text: &str, schema: &Schema) -> Result<Plan, ApiError> {
    if text.chars().count() > MAX_QUERY {
        return Err(ApiError::bad("MALFORMED_QUERY", "SOQL statements cannot be longer than 100000 characters."));
    }
    check::plan(text, parser::parse(text)?, schema)
}

/// Reads and checks a query with parameters.
pub fn prepare_with(text: &str, schema: &Schema, parameters: Parameters<'_>) -> Result<Plan, ApiError> {
    check::plan(text, parser::parse_with(text, parameters)?, schema)
}

/// The names of a query's parameters, in their order, each once.
pub fn parameters(text: &str) -> Result<Vec<String>, ApiError> {
    let names = std::cell::RefCell::new(Vec::<String>::new());
    let value = |name: &str| {
        let mut names = names.borrow_mut();
        if !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
        Some("1".to_owned())
    };
    parser::parse_with(text, &value)?;
    Ok(names.into_inner())
}

/// The quoted texts that a query compares with, decoded; the sequence or the message if it cannot be read.
pub fn texts(query: &str) -> Result<Vec<String>, String> {
    let query = parser::parse(query).map_err(|error| error.message)?;
    let mut texts = Vec::new();
    query.filter.iter().try_for_each(|condition| add_texts(condition, &mut texts))?;
    Ok(texts)
}

fn add_texts(condition: &ast::Condition, texts: &mut Vec<String>) -> Result<(), String> {
    match condition {
        ast::Condition::And(terms) | ast::Condition::Or(terms) => {
            terms.iter().try_for_each(|term| add_texts(term, texts))
        }
        ast::Condition::Not(term) => add_texts(term, texts),
        ast::Condition::Compare(comparison) => match &comparison.values {
            ast::Values::Query(query) => query.filter.iter().try_for_each(|condition| add_texts(condition, texts)),
            ast::Values::List(values) => values.iter().try_for_each(|literal| {
                if let ast::LiteralValue::Quoted(raw) = &literal.value {
                    texts.push(literal::decode(raw)?);
                }
                Ok(())
            }),
        },
    }
}

/// What an org understands and the simulator does not: a code that no org has, so that nobody takes it for a mistake in the
/// query.
fn not_simulated(text: &str, place: &ast::Name, what: &str) -> ApiError {
    pointing("NOT_SIMULATED", text, place.position, &format!("the simulator does not know {what}"))
}

/// An error that points into the query, with the excerpt and the caret of the real message.
fn pointing(code: &'static str, text: &str, position: usize, message: &str) -> ApiError {
    const AROUND: usize = 45;
    let flat: Vec<char> = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let position = position.min(flat.len());
    let start = position.saturating_sub(AROUND);
    let excerpt: String = flat.iter().skip(start).take(2 * AROUND).collect();
    let caret = " ".repeat(position - start);
    let column = position + 1;
    ApiError::bad(code, format!("\n{excerpt}\n{caret}^\nERROR at Row:1:Column:{column}\n{message}"))
}
