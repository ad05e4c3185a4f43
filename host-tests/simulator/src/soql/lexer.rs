//! Tokens of a query, each with its position for the caret in error messages.

use super::pointing;
use crate::http::ApiError;

/// One token.
#[derive(Clone, Debug, PartialEq)]
pub enum Token {
    /// Keywords, names and dotted paths; keywords are not reserved words in SOQL, so the parser tells them apart.
    Word(String),
    /// The characters between the quotes, escapes untouched: which are legal depends on the operator.
    Quoted(String),
    /// Numbers, dates, times: whatever starts with a digit or a sign.
    Bare(String),
    /// Brackets, commas, comparison operators, the colon of `LAST_N_DAYS:3`.
    Symbol(&'static str),
}

/// A token and where it starts, in characters.
#[derive(Clone, Debug)]
pub struct Placed {
    pub token: Token,
    pub position: usize,
}

const SYMBOLS: &[&str] = &["<=", ">=", "!=", "<>", "=", "<", ">", "(", ")", ",", ":"];

/// Splits a query into tokens.
pub fn tokens(text: &str) -> Result<Vec<Placed>, ApiError> {
    let characters: Vec<char> = text.chars().collect();
    let mut tokens = Vec::new();
    let mut position = 0;
    while let Some(&first) = characters.get(position) {
        if first.is_whitespace() {
            position += 1;
            continue;
        }
        let (token, end) = match first {
            '\'' => quoted(text, &characters, position)?,
            _ if first.is_ascii_alphabetic() => {
                let (word, end) = take(&characters, position, |c| c.is_ascii_alphanumeric() || c == '_' || c == '.');
                (Token::Word(word), end)
            }
            _ if first.is_ascii_digit() || matches!(first, '+' | '-') => {
                let part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | ':' | '-' | '+');
                let (bare, end) = take(&characters, position, part);
                (Token::Bare(bare), end)
            }
            _ => symbol(text, &characters, position)?,
        };
        tokens.push(Placed { token, position });
        position = end;
    }
    Ok(tokens)
}

fn take(characters: &[char], start: usize, wanted: impl Fn(char) -> bool) -> (String, usize) {
    let word: String = characters.iter().skip(start).copied().take_while(|&c| wanted(c)).collect();
    let end = start + word.chars().count();
    (word, end)
}

fn quoted(text: &str, characters: &[char], start: usize) -> Result<(Token, usize), ApiError> {
    let mut content = String::new();
    let mut position = start + 1;
    loop {
        match characters.get(position) {
            Some('\'') => return Ok((Token::Quoted(content), position + 1)),
            Some('\\') => {
                content.push('\\');
                content.extend(characters.get(position + 1));
                position += 2;
            }
            Some(&other) => {
                content.push(other);
                position += 1;
            }
            None => {
                return Err(pointing("MALFORMED_QUERY", text, start, "unexpected token: '\'' (string is not closed)"));
            }
        }
    }
}

fn symbol(text: &str, characters: &[char], start: usize) -> Result<(Token, usize), ApiError> {
    let found =
        SYMBOLS.iter().find(|symbol| symbol.chars().eq(characters.iter().skip(start).take(symbol.len()).copied()));
    match found {
        Some(symbol) => Ok((Token::Symbol(symbol), start + symbol.len())),
        None => {
            let shown = characters.get(start).copied().unwrap_or(' ');
            Err(pointing("MALFORMED_QUERY", text, start, &format!("unexpected token: '{shown}'")))
        }
    }
}
