//! SOQL with chat variables in it: each must stand inside a literal, where nothing that is typed can get out of it.
//!
//! Only quotes delimit, only a backslash escapes, and there are no comments, so that a look at each character decides.
//! Source: SOQL reference, "Quoted String Escape Sequences".

use crate::value::{Part, Template};

/// The place of one variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Slot {
    /// In the pattern of a LIKE, where `%` and `_` mean something.
    pub like: bool,
}

/// Why a text is no query that values can be put into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SoqlError {
    /// A variable outside of quotes.
    Unquoted,
    /// A variable within an escape sequence, such as `\{a}`.
    InEscape,
    /// An escape sequence that SOQL refuses.
    BadEscape,
    /// A literal that does not end.
    OpenQuote,
}

/// Where the reader is.
#[derive(Clone, Copy, PartialEq)]
enum State {
    Outside,
    Inside,
    /// After a backslash.
    Escape,
    /// This number of hexadecimal digits of `\u` is still to come.
    Unicode(u8),
}

/// The places of the variables, in their order.
pub(crate) fn slots(template: &Template) -> Result<Vec<Slot>, SoqlError> {
    let (mut state, mut like) = (State::Outside, false);
    let mut slots = Vec::new();
    // The last word before a quote, as far as it may be LIKE.
    let mut before = Before::default();
    for part in &template.parts {
        let text = match part {
            Part::Text(text) => text,
            Part::Variable(_) if state == State::Inside => {
                slots.push(Slot { like });
                continue;
            }
            Part::Variable(_) if state == State::Outside => return Err(SoqlError::Unquoted),
            Part::Variable(_) => return Err(SoqlError::InEscape),
        };
        for c in text.chars() {
            state = match (state, c) {
                (State::Outside, '\'') => {
                    like = before.is_like();
                    State::Inside
                }
                (State::Outside, c) => {
                    before.push(c);
                    State::Outside
                }
                (State::Inside, '\'') => {
                    before = Before::default();
                    State::Outside
                }
                (State::Inside, '\\') => State::Escape,
                (State::Inside, _) => State::Inside,
                (State::Escape, 'u' | 'U') => State::Unicode(4),
                (State::Escape, '_' | '%') if like => State::Inside,
                (State::Escape, '\\' | '\'' | '"') => State::Inside,
                (State::Escape, c) if "nrtbfNRTBF".contains(c) => State::Inside,
                (State::Unicode(1), c) if c.is_ascii_hexdigit() => State::Inside,
                (State::Unicode(left), c) if c.is_ascii_hexdigit() => State::Unicode(left - 1),
                (State::Escape | State::Unicode(_), _) => return Err(SoqlError::BadEscape),
            };
        }
    }
    if state == State::Outside { Ok(slots) } else { Err(SoqlError::OpenQuote) }
}

/// The word that the text read so far ends with, blanks after it left out.
#[derive(Default)]
struct Before {
    word: String,
    ended: bool,
}

impl Before {
    fn push(&mut self, c: char) {
        if c.is_whitespace() {
            self.ended = true;
            return;
        }
        let in_word = c.is_alphanumeric() || c == '_';
        if std::mem::take(&mut self.ended) || !in_word {
            self.word.clear();
        }
        // Longer words are others, and their length does not matter.
        if in_word && self.word.len() <= "LIKE".len() {
            self.word.push(c);
        }
    }

    fn is_like(&self) -> bool {
        self.word.eq_ignore_ascii_case("LIKE")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Result<Vec<bool>, SoqlError> {
        slots(&Template::parse_any(text).unwrap()).map(|slots| slots.iter().map(|slot| slot.like).collect())
    }

    #[test]
    fn a_variable_stands_inside_a_literal_or_nowhere() {
        assert_eq!(
            of("SELECT Id FROM Contact WHERE Email = '{a}' AND toLabel(X)LIKE '%{b}%{c}'"),
            Ok(vec![false, true, true])
        );
        assert_eq!(of("SELECT Id FROM Contact WHERE Name like\n'{a}' OR X = 'it\\'s {b}'"), Ok(vec![true, false]));
        assert_eq!(of("WHERE A = 'x' AND B__cLIKE '{a}' AND C = '\\u0041{b}'"), Ok(vec![false, false]));
        assert_eq!(of("SELECT Id FROM Contact"), Ok(vec![]));
        for unquoted in ["{a}", "WHERE Id = {a}", "WHERE A = '{a}' LIMIT {b}", "WHERE A = 'b' {a}", "A = '\\\\' {a}"] {
            assert_eq!(of(unquoted), Err(SoqlError::Unquoted), "{unquoted}");
        }
    }

    /// Else a value that begins with a quote would end the literal.
    #[test]
    fn no_variable_is_a_part_of_an_escape_sequence() {
        for text in ["A = '\\{a}'", "A = 'x\\\\\\{a}'", "A = '\\u00{a}'"] {
            assert_eq!(of(text), Err(SoqlError::InEscape), "{text}");
        }
        for text in ["A = '\\x{a}'", "A = '\\u00g0'", "A = '\\_'"] {
            assert_eq!(of(text), Err(SoqlError::BadEscape), "{text}");
        }
        assert_eq!(of("A LIKE '\\_{a}\\%'"), Ok(vec![true]));
    }

    #[test]
    fn a_literal_ends() {
        for text in ["A = '{a}", "A = 'x\\'", "A = ''{{'"] {
            assert_eq!(of(text), Err(SoqlError::OpenQuote), "{text}");
        }
    }
}
