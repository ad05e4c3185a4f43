//! What a formula gives of a record. A blank text is null, and null is neither true nor equal to a text.

use std::cmp::Ordering;

use jiff::tz::TimeZone;
use serde_json::Value;

use super::{Function, Record, Term};
use crate::simulator::schema::{Decimal, temporal};

pub fn value(term: &Term, record: &Record<'_>) -> Value {
    match term {
        Term::Literal(value) => value.clone(),
        Term::Field(name) => (record.after)(name),
        Term::Call(function, terms) => call(*function, terms, record),
    }
}

fn call(function: Function, terms: &[Term], record: &Record<'_>) -> Value {
    let nth = |place: usize| terms.get(place).map_or(Value::Null, |term| value(term, record));
    let holds = |term: &Term| value(term, record) == Value::Bool(true);
    let order = || compare(&nth(0), &nth(1));
    match function {
        Function::And => terms.iter().all(holds).into(),
        Function::Or => terms.iter().any(holds).into(),
        Function::Not => (!terms.iter().all(holds)).into(),
        Function::Equal | Function::IsPickVal => is_equal(&nth(0), &nth(1)).into(),
        Function::NotEqual => (!is_equal(&nth(0), &nth(1))).into(),
        Function::Less => order().is_some_and(Ordering::is_lt).into(),
        Function::LessOrEqual => order().is_some_and(Ordering::is_le).into(),
        Function::Greater => order().is_some_and(Ordering::is_gt).into(),
        Function::GreaterOrEqual => order().is_some_and(Ordering::is_ge).into(),
        Function::Join => terms.iter().map(|term| text(&value(term, record))).collect::<String>().into(),
        Function::If => nth(if nth(0) == Value::Bool(true) { 1 } else { 2 }),
        Function::IsBlank => is_blank(&nth(0)).into(),
        Function::IsNew => record.before.is_none().into(),
        Function::IsChanged => record.before.is_some_and(|before| before(field(terms)) != nth(0)).into(),
        // Of a new record it is the value itself. Source: help, PRIORVALUE.
        Function::PriorValue => record.before.map_or_else(|| nth(0), |before| before(field(terms))),
        Function::Includes => text(&nth(0)).split(';').any(|part| part == text(&nth(1))).into(),
        Function::Contains => text(&nth(0)).contains(&text(&nth(1))).into(),
        Function::Begins => text(&nth(0)).starts_with(&text(&nth(1))).into(),
        Function::Len => text(&nth(0)).encode_utf16().count().into(),
        Function::Lower => text(&nth(0)).to_lowercase().into(),
        Function::Upper => text(&nth(0)).to_uppercase().into(),
        Function::Trim => text(&nth(0)).trim().into(),
        Function::Text => text(&nth(0)).into(),
        Function::Today => record.now.to_zoned(TimeZone::UTC).date().to_string().into(),
        Function::Now => temporal::datetime_text(record.now).into(),
    }
}

/// The field that stands as the only argument; the reader lets nothing else pass.
fn field(terms: &[Term]) -> &'static str {
    match terms.first() {
        Some(Term::Field(name)) => name,
        _ => "",
    }
}

fn is_blank(value: &Value) -> bool {
    value.is_null() || value.as_str() == Some("")
}

fn is_equal(left: &Value, right: &Value) -> bool {
    is_blank(left) && is_blank(right) || compare(left, right) == Some(Ordering::Equal)
}

/// Texts, dates and datetimes in their stored form compare as texts.
fn compare(left: &Value, right: &Value) -> Option<Ordering> {
    match (left, right) {
        (Value::String(left), Value::String(right)) => Some(left.cmp(right)),
        (Value::Number(left), Value::Number(right)) => {
            Some(Decimal::parse(left.as_str())?.cmp(&Decimal::parse(right.as_str())?))
        }
        (Value::Bool(left), Value::Bool(right)) => Some(left.cmp(right)),
        _ => None,
    }
}

fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
