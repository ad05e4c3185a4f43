//! Whatever is looked for: in the query it stands as a text, and the query around it is the same for every text.
//!
//! The queries are read back by a reader that shares nothing with the writer: written from the SOQL reference ("Quoted String
//! Escape Sequences", "SELECT"), it takes only the queries that this module may write.

use salesforce_module::salesforce::{FieldPath, SObjectName};
use salesforce_module::value::Scalar;
use salesforce_module::wire::{Condition, Literal, Order, Select};

use super::{parts, text};

/// A query without what it looks for, and what it looks for.
#[derive(Debug, PartialEq)]
pub struct Read {
    /// The query with `?` in the place of each text.
    pub around: String,
    pub texts: Vec<String>,
}

/// The parts of the input are the texts that a query looks for.
pub fn soql_literal(data: &[u8]) {
    let Some(text) = text(data) else { return };
    let texts: Vec<&str> = parts(text).take(4).collect();
    let written = select(&texts);
    let read = read(&written).unwrap_or_else(|| panic!("{written}"));
    assert_eq!(read.texts, texts, "{written}");
    let harmless = vec!["x"; texts.len()];
    assert_eq!(self::read(&select(&harmless)).map(|read| read.around), Some(read.around), "{written}");
    for text in texts {
        by_its_type(text);
    }
}

fn select(texts: &[&str]) -> String {
    let field = |name| FieldPath::parse(name).expect("a field");
    let literal = |text: &str| Literal::Text(text.to_owned());
    let equals = texts.iter().map(|text| Condition::Equals(field("Account.No__c"), literal(text)));
    let all = Condition::All(vec![
        Condition::Equals(field("Done__c"), Literal::Boolean(true)),
        Condition::Any(equals.collect()),
    ]);
    let from = SObjectName::parse("Contact").expect("an object");
    let fields = vec![field("Id"), field("Email")];
    Select { fields, behind: Vec::new(), from, condition: all, order: Order::NewestFirst, limit: 10 }.to_string()
}

/// What makes a value a key decides by the field: an id field takes ids only, a number stays one.
fn by_its_type(text: &str) {
    let id = FieldPath::parse("Id").expect("a field");
    if let Ok(literal) = Literal::new(&id, &Scalar::Text(text.to_owned())) {
        let literal = literal.to_string();
        let inside = literal.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\'')).expect("quotes");
        assert!(inside.len() == 18 && inside.bytes().all(|b| b.is_ascii_alphanumeric()), "{literal}");
        assert!(inside.starts_with(&text[..15]), "{literal} for {text}");
    }
    let number = serde_json::from_str::<serde_json::Number>(text).map(Scalar::Number);
    if let Some(Ok(literal)) =
        number.ok().map(|number| Literal::new(&FieldPath::parse("N__c").expect("a field"), &number))
    {
        let literal = literal.to_string();
        assert!(literal.bytes().all(|b| b.is_ascii_digit() || b == b'-' || b == b'.'), "{literal}");
        assert!(serde_json::from_str::<serde_json::Number>(&literal).is_ok(), "{literal}");
    }
}

/// Reads a query; `None` if it is not one that the module may write.
pub fn read(query: &str) -> Option<Read> {
    let mut read = Read { around: String::new(), texts: Vec::new() };
    let mut characters = query.chars();
    while let Some(c) = characters.next() {
        match c {
            '\'' => {
                read.texts.push(quoted(&mut characters)?);
                read.around.push('?');
            }
            // No comment, no bind variable, no second statement, no wildcard.
            c if c.is_ascii_alphanumeric() || " _.,=()<>+-:".contains(c) => read.around.push(c),
            _ => return None,
        }
    }
    let words: Vec<&str> = read.around.split(' ').collect();
    let count = |wanted: &str| words.iter().filter(|word| **word == wanted).count();
    let is_one = ["SELECT", "FROM", "WHERE", "ORDER", "LIMIT"].iter().all(|wanted| count(wanted) == 1);
    let brackets = |bracket| read.around.matches(bracket).count();
    (is_one && words.first() == Some(&"SELECT") && brackets('(') == brackets(')')).then_some(read)
}

/// The rest of a text behind its opening quote, up to the closing one.
fn quoted(characters: &mut impl Iterator<Item = char>) -> Option<String> {
    let mut text = String::new();
    loop {
        match characters.next()? {
            '\'' => return Some(text),
            '\\' => text.push(match characters.next()? {
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                'b' => '\u{8}',
                'f' => '\u{c}',
                same @ ('\\' | '\'' | '"' | '_' | '%') => same,
                'u' => {
                    let digits: String = characters.by_ref().take(4).collect();
                    (digits.len() == 4)
                        .then(|| u32::from_str_radix(&digits, 16).ok())
                        .flatten()
                        .and_then(char::from_u32)?
                }
                _ => return None,
            }),
            c if c.is_control() => return None,
            c => text.push(c),
        }
    }
}
