//! Recursive descent over the tokens of a query: its clauses, and what is selected.

use super::ast::{Call, Item, Name, Order, Parameters, Query, Subject};
use super::lexer::{Placed, Token, tokens};
use super::{not_simulated, pointing};
use crate::simulator::http::ApiError;

/// Deepest nesting of queries; five are allowed. Source: SOQL reference, relationship query limits.
const MAX_QUERIES: usize = 6;

const CLAUSES: &[&str] =
    &["WHERE", "ORDER", "LIMIT", "OFFSET", "GROUP", "HAVING", "WITH", "FOR", "USING", "ALL", "UPDATE"];

/// Reads a query.
pub fn parse(text: &str) -> Result<Query, ApiError> {
    parse_with(text, &|_| None)
}

/// Reads a query with parameters, `:name`, which a condition and LIMIT may have.
pub fn parse_with(text: &str, parameters: Parameters<'_>) -> Result<Query, ApiError> {
    let mut parser = Parser { text, parameters, tokens: tokens(text)?, next: 0, depth: 0, nested: 0 };
    let query = parser.query()?;
    match parser.peek() {
        None => Ok(query),
        Some(_) => Err(parser.unexpected()),
    }
}

pub struct Parser<'a> {
    text: &'a str,
    parameters: Parameters<'a>,
    pub tokens: Vec<Placed>,
    pub next: usize,
    depth: usize,
    pub nested: usize,
}

impl Parser<'_> {
    pub fn query(&mut self) -> Result<Query, ApiError> {
        self.depth += 1;
        if self.depth > MAX_QUERIES {
            return Err(ApiError::bad("MALFORMED_QUERY", "the query is nested too deeply"));
        }
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
        self.scope()?;
        let filter = if self.take_keyword("WHERE") { Some(self.condition()?) } else { None };
        self.with()?;
        let mut group = Vec::new();
        if self.take_keyword("GROUP") {
            self.keyword("BY")?;
            group.push(self.group()?);
            while self.take_symbol(",") {
                group.push(self.group()?);
            }
        }
        let having = if self.take_keyword("HAVING") { Some(self.condition()?) } else { None };
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
        self.purpose()?;
        self.depth -= 1;
        Ok(Query { select, from, alias, filter, group, having, order, limit, offset })
    }

    /// `USING SCOPE everything`, which every query has.
    fn scope(&mut self) -> Result<(), ApiError> {
        if !self.take_keyword("USING") {
            return Ok(());
        }
        self.keyword("SCOPE")?;
        let scope = self.name()?;
        match scope.text.eq_ignore_ascii_case("everything") {
            true => Ok(()),
            false => Err(not_simulated(self.text, &scope, &format!("USING SCOPE {}", scope.text))),
        }
    }

    /// `WITH DATA CATEGORY …`
    fn with(&mut self) -> Result<(), ApiError> {
        match self.at_keyword("WITH") {
            true => {
                let with = self.name()?;
                Err(not_simulated(self.text, &with, "WITH"))
            }
            false => Ok(()),
        }
    }

    fn group(&mut self) -> Result<Name, ApiError> {
        let name = self.name()?;
        match self.peek() {
            Some(Token::Symbol("(")) => Err(not_simulated(self.text, &name, &format!("GROUP BY {}", name.text))),
            _ => Ok(name),
        }
    }

    /// `FOR UPDATE` locks until the request ends, which it has when the next one comes; `FOR VIEW` and `FOR REFERENCE` move
    /// dates that the simulator does not keep.
    fn purpose(&mut self) -> Result<(), ApiError> {
        while self.take_keyword("FOR") {
            let known = ["UPDATE", "VIEW", "REFERENCE"];
            if !known.iter().any(|purpose| self.take_keyword(purpose)) {
                return Err(self.unexpected());
            }
        }
        Ok(())
    }

    fn item(&mut self) -> Result<Item, ApiError> {
        if self.take_symbol("(") {
            let children = self.query()?;
            self.symbol(")")?;
            return Ok(Item::Children(Box::new(children)));
        }
        let name = self.name()?;
        if name.text.eq_ignore_ascii_case("TYPEOF") && matches!(self.peek(), Some(Token::Word(_))) {
            return Err(not_simulated(self.text, &name, "TYPEOF"));
        }
        if !self.take_symbol("(") {
            return Ok(Item::Field(name, self.alias()?));
        }
        if name.text.eq_ignore_ascii_case("FIELDS") {
            let group = self.name()?;
            self.symbol(")")?;
            return Ok(Item::Fields(group));
        }
        let call = self.call(name)?;
        match (call.field.is_none() && call.function.text.eq_ignore_ascii_case("count"), self.alias()?) {
            (true, None) => Ok(Item::Count),
            (_, alias) => Ok(Item::Call(call, alias)),
        }
    }

    /// What stands in the brackets of a function, which are open already.
    fn call(&mut self, function: Name) -> Result<Call, ApiError> {
        if self.take_symbol(")") {
            return Ok(Call { function, field: None });
        }
        let field = self.name()?;
        // A function of a function, or of several fields.
        if let Some(Token::Symbol("(" | ",")) = self.peek() {
            return Err(not_simulated(self.text, &function, &function.text));
        }
        self.symbol(")")?;
        Ok(Call { function, field: Some(field) })
    }

    /// A name behind a field or a function.
    fn alias(&mut self) -> Result<Option<Name>, ApiError> {
        match self.peek() {
            Some(Token::Word(word)) if !word.eq_ignore_ascii_case("FROM") => self.name().map(Some),
            _ => Ok(None),
        }
    }

    /// A field, or a function of one, in WHERE, HAVING or ORDER BY.
    pub fn subject(&mut self) -> Result<Subject, ApiError> {
        let name = self.name()?;
        match self.take_symbol("(") {
            true => self.call(name).map(Subject::Call),
            false => Ok(Subject::Field(name)),
        }
    }

    /// The value of a parameter. The colon is next, and its name is next when this is done.
    pub fn parameter(&mut self) -> Result<String, ApiError> {
        let value = match self.tokens.get(self.next + 1) {
            Some(Placed { token: Token::Word(name), .. }) => (self.parameters)(name),
            _ => None,
        };
        let value = value.ok_or_else(|| self.unexpected())?;
        self.next += 1;
        Ok(value)
    }

    fn order(&mut self) -> Result<Order, ApiError> {
        let subject = self.subject()?;
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
        Ok(Order { subject, descending, nulls_last })
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

    pub fn name(&mut self) -> Result<Name, ApiError> {
        match self.tokens.get(self.next) {
            Some(Placed { token: Token::Word(text), position }) if !text.ends_with('.') => {
                let name = Name { text: text.clone(), position: *position };
                self.next += 1;
                Ok(name)
            }
            _ => Err(self.unexpected()),
        }
    }

    pub fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.next).map(|placed| &placed.token)
    }

    pub fn at_keyword(&self, keyword: &str) -> bool {
        matches!(self.peek(), Some(Token::Word(word)) if word.eq_ignore_ascii_case(keyword))
    }

    pub fn take_keyword(&mut self, keyword: &str) -> bool {
        let found = self.at_keyword(keyword);
        self.next += usize::from(found);
        found
    }

    pub fn keyword(&mut self, keyword: &str) -> Result<(), ApiError> {
        if self.take_keyword(keyword) { Ok(()) } else { Err(self.unexpected()) }
    }

    pub fn take_symbol(&mut self, symbol: &str) -> bool {
        let found = matches!(self.peek(), Some(Token::Symbol(known)) if *known == symbol);
        self.next += usize::from(found);
        found
    }

    pub fn symbol(&mut self, symbol: &str) -> Result<(), ApiError> {
        if self.take_symbol(symbol) { Ok(()) } else { Err(self.unexpected()) }
    }

    /// The answer to a token that does not belong where it stands; a first word that is wrong has no caret.
    pub fn unexpected(&self) -> ApiError {
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
