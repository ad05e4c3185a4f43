//! WHERE and HAVING: conditions over comparisons.
//!
//! AND and OR on one level need brackets: SOQL has no precedence between them, and neither has this parser.

use super::ast::{Comparison, Condition, Literal, LiteralValue, Operator, Values};
use super::days;
use super::lexer::Token;
use super::parser::Parser;
use crate::simulator::http::ApiError;

/// Deepest nesting of conditions; far above what people write, far below what the stack holds.
const MAX_DEPTH: usize = 100;

impl Parser<'_> {
    pub fn condition(&mut self) -> Result<Condition, ApiError> {
        self.nested += 1;
        if self.nested > MAX_DEPTH {
            return Err(ApiError::bad("MALFORMED_QUERY", "the condition is nested too deeply"));
        }
        let first = self.term()?;
        let joined = match () {
            () if self.at_keyword("AND") => Condition::And(self.chain("AND", first)?),
            () if self.at_keyword("OR") => Condition::Or(self.chain("OR", first)?),
            () => first,
        };
        self.nested -= 1;
        Ok(joined)
    }

    /// Terms joined by one word. Where the other word follows, the caller meets a token that it does not expect.
    fn chain(&mut self, joiner: &str, first: Condition) -> Result<Vec<Condition>, ApiError> {
        let mut terms = vec![first];
        while self.take_keyword(joiner) {
            terms.push(self.term()?);
        }
        Ok(terms)
    }

    fn term(&mut self) -> Result<Condition, ApiError> {
        if self.take_keyword("NOT") {
            self.nested += 1;
            if self.nested > MAX_DEPTH {
                return Err(ApiError::bad("MALFORMED_QUERY", "the condition is nested too deeply"));
            }
            let negated = Condition::Not(Box::new(self.term()?));
            self.nested -= 1;
            return Ok(negated);
        }
        if self.take_symbol("(") {
            let inner = self.condition()?;
            self.symbol(")")?;
            return Ok(inner);
        }
        self.comparison().map(Condition::Compare)
    }

    fn comparison(&mut self) -> Result<Comparison, ApiError> {
        let subject = self.subject()?;
        let operator = self.operator()?;
        let values = match operator {
            Operator::In | Operator::NotIn | Operator::Includes | Operator::Excludes => {
                self.symbol("(")?;
                if self.at_keyword("SELECT") && matches!(operator, Operator::In | Operator::NotIn) {
                    let query = self.query()?;
                    self.symbol(")")?;
                    return Ok(Comparison { subject, operator, values: Values::Query(Box::new(query)) });
                }
                let mut values = vec![self.literal()?];
                while self.take_symbol(",") {
                    values.push(self.literal()?);
                }
                self.symbol(")")?;
                values
            }
            _ => vec![self.literal()?],
        };
        Ok(Comparison { subject, operator, values: Values::List(values) })
    }

    fn operator(&mut self) -> Result<Operator, ApiError> {
        let symbols = [
            ("=", Operator::Equal),
            ("!=", Operator::NotEqual),
            ("<>", Operator::NotEqual),
            ("<=", Operator::LessOrEqual),
            (">=", Operator::GreaterOrEqual),
            ("<", Operator::Less),
            (">", Operator::Greater),
        ];
        for (symbol, operator) in symbols {
            if self.take_symbol(symbol) {
                return Ok(operator);
            }
        }
        let words = [
            ("LIKE", Operator::Like),
            ("IN", Operator::In),
            ("INCLUDES", Operator::Includes),
            ("EXCLUDES", Operator::Excludes),
        ];
        for (word, operator) in words {
            if self.take_keyword(word) {
                return Ok(operator);
            }
        }
        if self.take_keyword("NOT") {
            self.keyword("IN")?;
            return Ok(Operator::NotIn);
        }
        Err(self.unexpected())
    }

    fn literal(&mut self) -> Result<Literal, ApiError> {
        let Some(placed) = self.tokens.get(self.next).cloned() else {
            return Err(self.unexpected());
        };
        let value = match placed.token {
            Token::Quoted(text) => LiteralValue::Quoted(text),
            Token::Bare(text) => LiteralValue::Bare(text),
            Token::Word(word) => match word.to_ascii_uppercase().as_str() {
                "NULL" => LiteralValue::Null,
                "TRUE" => LiteralValue::Bool(true),
                "FALSE" => LiteralValue::Bool(false),
                name => match days::needs_count(name) {
                    Some(false) => LiteralValue::Relative { name: name.into(), count: None },
                    Some(true) => {
                        self.next += 1;
                        self.symbol(":")?;
                        let count = match self.peek() {
                            Some(Token::Bare(number)) => number.parse().ok().filter(|count| *count >= 0),
                            _ => None,
                        };
                        let count = Some(count.ok_or_else(|| self.unexpected())?);
                        LiteralValue::Relative { name: name.into(), count }
                    }
                    None => return Err(self.unexpected()),
                },
            },
            Token::Symbol(":") => LiteralValue::Bound(self.parameter()?),
            Token::Symbol(_) => return Err(self.unexpected()),
        };
        self.next += 1;
        Ok(Literal { value, position: placed.position })
    }
}
