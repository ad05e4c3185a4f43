//! Recursive descent: OR, AND, comparison, `&`, and what stands alone.

use serde_json::Value;

use super::lexer::{Token, tokens};
use super::{Function, Term};
use crate::simulator::document::meant;
use crate::simulator::schema::{Decimal, SObject};

/// Deepest nesting; far above what people write, far below what the stack holds.
const MAX_DEPTH: usize = 100;

/// Functions by name, with the fewest and the most arguments.
const FUNCTIONS: &[(&str, Function, usize, usize)] = &[
    ("AND", Function::And, 1, usize::MAX),
    ("OR", Function::Or, 1, usize::MAX),
    ("NOT", Function::Not, 1, 1),
    ("IF", Function::If, 3, 3),
    ("ISBLANK", Function::IsBlank, 1, 1),
    ("ISNULL", Function::IsBlank, 1, 1),
    ("ISPICKVAL", Function::IsPickVal, 2, 2),
    ("ISNEW", Function::IsNew, 0, 0),
    ("ISCHANGED", Function::IsChanged, 1, 1),
    ("PRIORVALUE", Function::PriorValue, 1, 1),
    ("INCLUDES", Function::Includes, 2, 2),
    ("CONTAINS", Function::Contains, 2, 2),
    ("BEGINS", Function::Begins, 2, 2),
    ("LEN", Function::Len, 1, 1),
    ("LOWER", Function::Lower, 1, 1),
    ("UPPER", Function::Upper, 1, 1),
    ("TRIM", Function::Trim, 1, 1),
    ("TEXT", Function::Text, 1, 1),
    ("TODAY", Function::Today, 0, 0),
    ("NOW", Function::Now, 0, 0),
];

const COMPARISONS: &[(&str, Function)] = &[
    ("=", Function::Equal),
    ("==", Function::Equal),
    ("<>", Function::NotEqual),
    ("!=", Function::NotEqual),
    ("<", Function::Less),
    ("<=", Function::LessOrEqual),
    (">", Function::Greater),
    (">=", Function::GreaterOrEqual),
];

pub fn read(text: &str, sobject: &SObject) -> Result<Term, String> {
    let mut parser = Parser { tokens: tokens(text)?, next: 0, depth: 0, sobject };
    let term = parser.any()?;
    match parser.tokens.get(parser.next) {
        None => Ok(term),
        Some(_) => Err(parser.unexpected("the end")),
    }
}

struct Parser<'a> {
    tokens: Vec<(Token, usize)>,
    next: usize,
    depth: usize,
    sobject: &'a SObject,
}

impl Parser<'_> {
    fn any(&mut self) -> Result<Term, String> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err("it is nested too deeply".into());
        }
        let first = self.all()?;
        let term = self.chain("||", Function::Or, first, Parser::all)?;
        self.depth -= 1;
        Ok(term)
    }

    fn all(&mut self) -> Result<Term, String> {
        let first = self.comparison()?;
        self.chain("&&", Function::And, first, Parser::comparison)
    }

    fn comparison(&mut self) -> Result<Term, String> {
        let left = self.joined()?;
        for (symbol, function) in COMPARISONS {
            if self.take(symbol) {
                return Ok(Term::Call(*function, vec![left, self.joined()?]));
            }
        }
        Ok(left)
    }

    fn joined(&mut self) -> Result<Term, String> {
        let first = self.single()?;
        self.chain("&", Function::Join, first, Parser::single)
    }

    fn chain(
        &mut self,
        symbol: &str,
        function: Function,
        first: Term,
        next: fn(&mut Self) -> Result<Term, String>,
    ) -> Result<Term, String> {
        let mut terms = vec![first];
        while self.take(symbol) {
            terms.push(next(self)?);
        }
        Ok(if terms.len() == 1 { terms.remove(0) } else { Term::Call(function, terms) })
    }

    fn single(&mut self) -> Result<Term, String> {
        if self.take("(") {
            let inner = self.any()?;
            return self.closed().map(|()| inner);
        }
        if self.take("!") {
            return Ok(Term::Call(Function::Not, vec![self.single()?]));
        }
        let Some((token, place)) = self.tokens.get(self.next).cloned() else { return Err(self.unexpected("a value")) };
        let term = match token {
            Token::Text(text) => Term::Literal(if text.is_empty() { Value::Null } else { text.into() }),
            Token::Number(number) => {
                let value = serde_json::from_str(&number).ok().filter(|_| Decimal::parse(&number).is_some());
                Term::Literal(value.ok_or_else(|| format!("'{number}' at {place} is no number"))?)
            }
            Token::Word(word) => {
                self.next += 1;
                return self.word(&word, place);
            }
            Token::Symbol(_) => return Err(self.unexpected("a value")),
        };
        self.next += 1;
        Ok(term)
    }

    fn word(&mut self, word: &str, place: usize) -> Result<Term, String> {
        if self.take("(") {
            return self.call(word, place);
        }
        match word.to_ascii_uppercase().as_str() {
            "TRUE" => return Ok(Term::Literal(true.into())),
            "FALSE" => return Ok(Term::Literal(false.into())),
            "NULL" => return Ok(Term::Literal(Value::Null)),
            _ => {}
        }
        let fields = || self.sobject.fields.iter().map(|field| field.name);
        if let Some(name) = fields().find(|name| name.eq_ignore_ascii_case(word)) {
            return Ok(Term::Field(name));
        }
        if word.contains('.') {
            return Err(format!("'{word}' at {place}: the simulator reads fields of the record itself only"));
        }
        Err(format!("'{word}' at {place} is no field of {}{}", self.sobject.name, meant(word, fields())))
    }

    fn call(&mut self, name: &str, place: usize) -> Result<Term, String> {
        let known = FUNCTIONS.iter().find(|(known, ..)| known.eq_ignore_ascii_case(name));
        let Some((name, function, fewest, most)) = known else {
            let names: Vec<&str> = FUNCTIONS.iter().map(|(name, ..)| *name).collect();
            let meant = meant(name, names.iter().copied());
            let end = if meant.is_empty() { "." } else { meant.as_str() };
            return Err(format!("the function {name} at {place} is not known{end} Known are {}", names.join(", ")));
        };
        let mut terms = Vec::new();
        if !self.take(")") {
            terms.push(self.any()?);
            while self.take(",") {
                terms.push(self.any()?);
            }
            self.closed()?;
        }
        let is_field = matches!(terms.first(), Some(Term::Field(_)));
        if matches!(function, Function::IsChanged | Function::PriorValue) && !is_field {
            return Err(format!("{name} at {place} takes a field"));
        }
        match (*fewest..=*most).contains(&terms.len()) {
            true => Ok(Term::Call(*function, terms)),
            false if *most == usize::MAX => Err(format!("{name} at {place} takes at least {fewest} values")),
            false => Err(format!("{name} at {place} takes {fewest} values, not {}", terms.len())),
        }
    }

    fn closed(&mut self) -> Result<(), String> {
        if self.take(")") { Ok(()) } else { Err(self.unexpected("')'")) }
    }

    fn take(&mut self, symbol: &str) -> bool {
        let found = matches!(self.tokens.get(self.next), Some((Token::Symbol(known), _)) if *known == symbol);
        self.next += usize::from(found);
        found
    }

    fn unexpected(&self, expected: &str) -> String {
        match self.tokens.get(self.next) {
            None => format!("it ends where {expected} is expected"),
            Some((token, place)) => {
                let shown = match token {
                    Token::Word(text) | Token::Number(text) => text.clone(),
                    Token::Text(text) => format!("\"{text}\""),
                    Token::Symbol(symbol) => (*symbol).to_owned(),
                };
                format!("'{shown}' at {place} stands where {expected} is expected")
            }
        }
    }
}
