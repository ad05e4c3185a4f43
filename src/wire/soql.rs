//! SOQL, written from types: an identifier, a literal and a condition are different things, and none of them can be made
//! from a raw text. What a visitor types ends up inside a literal, whatever it looks like.
//!
//! Source: SOQL reference, "Quoted String Escape Sequences" and "condition expression".

use std::fmt::{self, Write as _};

use crate::base::decimal::Decimal;
use crate::salesforce::{FieldName, FieldPath, RecordId, SObjectName};
use crate::value::Scalar;
use crate::value::convert::Temporal;

/// Longest text in a condition, in characters. Source: SOQL and SOSL limits.
pub const MAX_LITERAL_LENGTH: usize = 4_000;
/// Longest query, in characters. Source: SOQL and SOSL limits.
pub const MAX_QUERY_LENGTH: usize = 100_000;

/// A query.
#[derive(Clone, Debug, PartialEq)]
pub struct Select {
    /// Each a column, `Id` among them.
    pub fields: Vec<FieldPath>,
    /// Fields of the record behind a relationship, and those of its parents.
    pub behind: Vec<(FieldName, FieldPath)>,
    /// The SObject whose records are searched.
    pub from: SObjectName,
    /// It holds the visitor's values, as literals.
    pub condition: Condition,
    /// Decides which rows come if there are more than `limit`.
    pub order: Order,
    /// Most rows.
    pub limit: usize,
}

/// What rows must fulfil.
#[derive(Clone, Debug, PartialEq)]
pub enum Condition {
    /// `=`: texts are compared without regard to case, unless the field regards it.
    Equals(FieldPath, Literal),
    /// Any of these values. Never empty.
    In(FieldPath, Vec<Literal>),
    /// Joined by AND.
    All(Vec<Condition>),
    /// Joined by OR.
    Any(Vec<Condition>),
}

/// A value in a condition.
#[derive(Clone, Debug, PartialEq)]
pub enum Literal {
    /// Quoted, with its special characters escaped; [`Literal::new`] takes [`MAX_LITERAL_LENGTH`] characters at most.
    Text(String),
    /// In plain digits, without an exponent.
    Number(Decimal),
    /// `true` or `false`.
    Boolean(bool),
    /// Without quotes, as SOQL writes days, instants and times.
    Temporal(Temporal),
    /// Quoted, as a text is.
    Id(RecordId),
}

/// The order of the rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// Any, but always the same.
    ById,
    /// The one changed last comes first.
    NewestFirst,
}

/// Why a value cannot be looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LiteralError {
    TooLong,
    NotAnId,
    NotANumber,
}

impl Literal {
    /// The literal that finds `value` in `field`, by the value's own type; `Id` takes ids only.
    pub fn new(field: &FieldPath, value: &Scalar) -> Result<Self, LiteralError> {
        match value {
            Scalar::Text(text) if field.field.is_id() => {
                RecordId::parse(text).map(Self::Id).ok_or(LiteralError::NotAnId)
            }
            _ if field.field.is_id() => Err(LiteralError::NotAnId),
            Scalar::Text(text) if text.chars().count() > MAX_LITERAL_LENGTH => Err(LiteralError::TooLong),
            Scalar::Text(text) => Ok(Self::Text(text.clone())),
            Scalar::Number(number) => Decimal::parse(number.as_str()).map(Self::Number).ok_or(LiteralError::NotANumber),
            Scalar::Boolean(value) => Ok(Self::Boolean(*value)),
            Scalar::Temporal(temporal) => Ok(Self::Temporal(*temporal)),
        }
    }
}

/// How many bytes a query, or a part of one, takes as text. The text itself is not made.
pub(crate) fn length(part: &impl fmt::Display) -> usize {
    struct Length(usize);
    impl fmt::Write for Length {
        fn write_str(&mut self, text: &str) -> fmt::Result {
            self.0 += text.len();
            Ok(())
        }
    }
    let mut length = Length(0);
    // It never fails, and neither does what is written.
    let _ = write!(length, "{part}");
    length.0
}

impl fmt::Display for Select {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SELECT ")?;
        separated(f, &self.fields, ", ", |f, field| write!(f, "{field}"))?;
        self.behind.iter().try_for_each(|(relationship, field)| write!(f, ", {relationship}.{field}"))?;
        write!(f, " FROM {} WHERE {}", self.from, self.condition)?;
        f.write_str(match self.order {
            Order::ById => " ORDER BY Id",
            Order::NewestFirst => " ORDER BY LastModifiedDate DESC NULLS LAST, Id",
        })?;
        write!(f, " LIMIT {}", self.limit)
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Equals(field, literal) => write!(f, "{field} = {literal}"),
            Self::In(field, literals) => {
                write!(f, "{field} IN (")?;
                separated(f, literals, ", ", |f, literal| write!(f, "{literal}"))?;
                f.write_char(')')
            }
            Self::All(conditions) => separated(f, conditions, " AND ", nested),
            Self::Any(conditions) => separated(f, conditions, " OR ", nested),
        }
    }
}

/// Brackets around what has several conditions itself: AND and OR on one level are a syntax error.
fn nested(f: &mut fmt::Formatter<'_>, condition: &Condition) -> fmt::Result {
    match condition {
        Condition::All(inner) | Condition::Any(inner) if inner.len() > 1 => write!(f, "({condition})"),
        _ => write!(f, "{condition}"),
    }
}

impl fmt::Display for Literal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => quoted(f, text),
            Self::Number(number) => write!(f, "{number}"),
            Self::Boolean(value) => write!(f, "{value}"),
            Self::Temporal(temporal) => write!(f, "{temporal}"),
            Self::Id(id) => write!(f, "'{id}'"),
        }
    }
}

/// A text between quotes. SOQL refuses a backslash before any other character than these.
fn quoted(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    f.write_char('\'')?;
    escaped(f, text, false)?;
    f.write_char('\'')
}

/// What stands between the quotes. In a pattern of LIKE, `%` and `_` are made to mean themselves.
pub(crate) fn escaped(f: &mut impl fmt::Write, text: &str, like: bool) -> fmt::Result {
    let is_plain = |c: char| !(c.is_control() || matches!(c, '\\' | '\'') || (like && matches!(c, '%' | '_')));
    if text.chars().all(is_plain) {
        return f.write_str(text);
    }
    for c in text.chars() {
        match c {
            '%' | '_' if like => write!(f, "\\{c}")?,
            '\\' => f.write_str("\\\\")?,
            '\'' => f.write_str("\\'")?,
            '\n' => f.write_str("\\n")?,
            '\r' => f.write_str("\\r")?,
            '\t' => f.write_str("\\t")?,
            '\u{8}' => f.write_str("\\b")?,
            '\u{c}' => f.write_str("\\f")?,
            c if c.is_control() => write!(f, "\\u{:04X}", u32::from(c))?,
            c => f.write_char(c)?,
        }
    }
    Ok(())
}

fn separated<T>(
    f: &mut fmt::Formatter<'_>,
    items: &[T],
    separator: &str,
    write: impl Fn(&mut fmt::Formatter<'_>, &T) -> fmt::Result,
) -> fmt::Result {
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            f.write_str(separator)?;
        }
        write(f, item)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> FieldPath {
        FieldPath::parse(text).unwrap()
    }

    fn equals(field: &str, text: &str) -> Condition {
        Condition::Equals(path(field), Literal::Text(text.into()))
    }

    #[test]
    fn a_query_is_written_with_brackets_where_and_meets_or() {
        let select = Select {
            fields: vec![path("Id"), path("Account.Customer_No__c")],
            behind: Vec::new(),
            from: SObjectName::parse("Contact").unwrap(),
            condition: Condition::Any(vec![
                Condition::All(vec![equals("FirstName", "A"), equals("LastName", "B")]),
                Condition::All(vec![equals("Email", "c")]),
            ]),
            order: Order::ById,
            limit: 10,
        };
        assert_eq!(
            select.to_string(),
            "SELECT Id, Account.Customer_No__c FROM Contact WHERE (FirstName = 'A' AND LastName = 'B') OR Email = 'c' \
             ORDER BY Id LIMIT 10"
        );
    }

    #[test]
    fn no_text_ends_its_literal() {
        for (text, literal) in [
            ("O'Neil", r"'O\'Neil'"),
            (r"\' OR Name != '", r"'\\\' OR Name != \''"),
            (r"C:\new", r"'C:\\new'"),
            ("a\n\t\u{1}\u{7f}b", r"'a\n\t\u0001\u007Fb'"),
            ("50%_ü😀", "'50%_ü😀'"),
        ] {
            assert_eq!(Literal::Text(text.into()).to_string(), literal);
        }
    }

    #[test]
    fn an_id_field_takes_ids_only_and_a_text_must_not_be_endless() {
        let id = path("Id");
        let text = |text: &str| Scalar::Text(text.into());
        assert_eq!(Literal::new(&id, &text("x' OR Id != '")), Err(LiteralError::NotAnId));
        assert_eq!(
            Literal::new(&id, &text("001D000000IqhSL")).map(|literal| literal.to_string()),
            Ok("'001D000000IqhSLIAZ'".into())
        );
        assert_eq!(Literal::new(&path("Email"), &text(&"x".repeat(4001))), Err(LiteralError::TooLong));
    }
}
