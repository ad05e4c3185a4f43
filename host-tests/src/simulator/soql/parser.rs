//! Recursive descent over the tokens of a query.
//!
//! AND and OR on one level need brackets: SOQL has no precedence between them, and neither has this parser.

use super::ast::{Comparison, Condition, Item, Literal, LiteralValue, Name, Operator, Order, Parameters, Query};
use super::lexer::{Placed, Token, tokens};
use super::pointing;
use crate::simulator::http::ApiError;

/// Deepest nesting of conditions; far above what people write, far below what the stack holds.
const MAX_DEPTH: usize = 100;

const CLAUSES: &[&str] =
    &["WHERE", "ORDER", "LIMIT", "OFFSET", "GROUP", "HAVING", "WITH", "FOR", "USING", "ALL", "UPDATE"];

/// Reads a query.
pub fn parse(text: &str) -> Result<Query, ApiError> {
    parse_with(text, &|_| None)
}

/// Reads a query with parameters, `:name`, which a condition and LIMIT may have.
pub fn parse_with(text: &str, parameters: Parameters<'_>) -> Result<Query, ApiError> {
    let mut parser = Parser { text, parameters, tokens: tokens(text)?, next: 0, depth: 0 };
    let query = parser.query()?;
    match parser.peek() {
        None => Ok(query),
        Some(_) => Err(parser.unexpected()),
    }
}

struct Parser<'a> {
    text: &'a str,
    parameters: Parameters<'a>,
    tokens: Vec<Placed>,
    next: usize,
    depth: usize,
}

impl Parser<'_> {
    fn query(&mut self) -> Result<Query, ApiError> {
        self.keyword("SELECT")?;
        let mut select = vec![self.item()?];
        while self.take_symbol(",") {
            select.push(self.item()?);
        }
        self.keyword("FROM")?;
        let from = self.name()?;
        let alias = match self.peek() {
            Some(Token::Word(word)) if !CLAUSES.iter().any(|clause| word.eq_ignore_ascii_case(clause)) => {
                Some(self.name()?.text)
            }
            _ => None,
        };
        let filter = if self.take_keyword("WHERE") { Some(self.condition()?) } else { None };
        let mut order = Vec::new();
        if self.take_keyword("ORDER") {
            self.keyword("BY")?;
            order.push(self.order()?);
            while self.take_symbol(",") {
                order.push(self.order()?);
            }
        }
        let limit = if self.take_keyword("LIMIT") { Some(self.count()?) } else { None };
        let offset = if self.take_keyword("OFFSET") { Some(self.count()?) } else { None };
        Ok(Query { select, from, alias, filter, order, limit, offset })
    }

    fn item(&mut self) -> Result<Item, ApiError> {
        let name = self.name()?;
        if !self.take_symbol("(") {
            return Ok(Item::Field(name));
        }
        if name.text.eq_ignore_ascii_case("count") && self.take_symbol(")") {
            return Ok(Item::Count);
        }
        if name.text.eq_ignore_ascii_case("FIELDS") {
            let group = self.name()?;
            self.symbol(")")?;
            return Ok(Item::Fields(group));
        }
        let message = format!("the simulator does not know the function {}", name.text);
        Err(pointing("MALFORMED_QUERY", self.text, name.position, &message))
    }

    fn condition(&mut self) -> Result<Condition, ApiError> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(ApiError::bad("MALFORMED_QUERY", "the condition is nested too deeply"));
        }
        let first = self.term()?;
        let joined = match () {
            () if self.at_keyword("AND") => Condition::And(self.chain("AND", first)?),
            () if self.at_keyword("OR") => Condition::Or(self.chain("OR", first)?),
            () => first,
        };
        self.depth -= 1;
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
            self.depth += 1;
            if self.depth > MAX_DEPTH {
                return Err(ApiError::bad("MALFORMED_QUERY", "the condition is nested too deeply"));
            }
            let negated = Condition::Not(Box::new(self.term()?));
            self.depth -= 1;
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
        let field = self.name()?;
        let operator = self.operator()?;
        let values = match operator {
            Operator::In | Operator::NotIn | Operator::Includes | Operator::Excludes => {
                self.symbol("(")?;
                let mut values = vec![self.literal()?];
                while self.take_symbol(",") {
                    values.push(self.literal()?);
                }
                self.symbol(")")?;
                values
            }
            _ => vec![self.literal()?],
        };
        Ok(Comparison { field, operator, values })
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
                name @ ("TODAY" | "YESTERDAY" | "TOMORROW") => {
                    LiteralValue::Relative { name: name.into(), count: None }
                }
                name @ ("LAST_N_DAYS" | "NEXT_N_DAYS") => {
                    self.next += 1;
                    self.symbol(":")?;
                    let count = match self.peek() {
                        Some(Token::Bare(number)) => number.parse().ok().filter(|count| *count >= 0),
                        _ => None,
                    };
                    let count = Some(count.ok_or_else(|| self.unexpected())?);
                    LiteralValue::Relative { name: name.into(), count }
                }
                _ => return Err(self.unexpected()),
            },
            Token::Symbol(":") => LiteralValue::Bound(self.parameter()?),
            Token::Symbol(_) => return Err(self.unexpected()),
        };
        self.next += 1;
        Ok(Literal { value, position: placed.position })
    }

    /// The value of a parameter. The colon is next, and its name is next when this is done.
    fn parameter(&mut self) -> Result<String, ApiError> {
        let value = match self.tokens.get(self.next + 1) {
            Some(Placed { token: Token::Word(name), .. }) => (self.parameters)(name),
            _ => None,
        };
        let value = value.ok_or_else(|| self.unexpected())?;
        self.next += 1;
        Ok(value)
    }

    fn order(&mut self) -> Result<Order, ApiError> {
        let field = self.name()?;
        let descending = self.take_keyword("DESC");
        if !descending {
            self.take_keyword("ASC");
        }
        let mut nulls_last = false;
        if self.take_keyword("NULLS") {
            nulls_last = self.take_keyword("LAST");
            if !nulls_last {
                self.keyword("FIRST")?;
            }
        }
        Ok(Order { field, descending, nulls_last })
    }

    fn count(&mut self) -> Result<usize, ApiError> {
        let count = match self.peek() {
            Some(Token::Bare(text)) => text.parse().ok(),
            Some(Token::Symbol(":")) => self.parameter()?.parse().ok(),
            _ => None,
        };
        let count = count.ok_or_else(|| self.unexpected())?;
        self.next += 1;
        Ok(count)
    }

    fn name(&mut self) -> Result<Name, ApiError> {
        match self.tokens.get(self.next) {
            Some(Placed { token: Token::Word(text), position }) if !text.ends_with('.') => {
                let name = Name { text: text.clone(), position: *position };
                self.next += 1;
                Ok(name)
            }
            _ => Err(self.unexpected()),
        }
    }

    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.next).map(|placed| &placed.token)
    }

    fn at_keyword(&self, keyword: &str) -> bool {
        matches!(self.peek(), Some(Token::Word(word)) if word.eq_ignore_ascii_case(keyword))
    }

    fn take_keyword(&mut self, keyword: &str) -> bool {
        let found = self.at_keyword(keyword);
        self.next += usize::from(found);
        found
    }

    fn keyword(&mut self, keyword: &str) -> Result<(), ApiError> {
        if self.take_keyword(keyword) { Ok(()) } else { Err(self.unexpected()) }
    }

    fn take_symbol(&mut self, symbol: &str) -> bool {
        let found = matches!(self.peek(), Some(Token::Symbol(known)) if *known == symbol);
        self.next += usize::from(found);
        found
    }

    fn symbol(&mut self, symbol: &str) -> Result<(), ApiError> {
        if self.take_symbol(symbol) { Ok(()) } else { Err(self.unexpected()) }
    }

    /// The answer to a token that does not belong where it stands; a first word that is wrong has no caret.
    fn unexpected(&self) -> ApiError {
        let Some(placed) = self.tokens.get(self.next) else {
            return ApiError::bad("MALFORMED_QUERY", "unexpected token: '<EOF>'");
        };
        let shown = match &placed.token {
            Token::Word(text) | Token::Bare(text) => text.clone(),
            Token::Quoted(text) => format!("'{text}'"),
            Token::Symbol(symbol) => (*symbol).to_owned(),
        };
        if self.next == 0 {
            return ApiError::bad("MALFORMED_QUERY", format!("unexpected token: {shown}"));
        }
        pointing("MALFORMED_QUERY", self.text, placed.position, &format!("unexpected token: '{shown}'"))
    }
}
