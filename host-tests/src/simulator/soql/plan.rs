//! A checked query: every name is a known field, every value has its field's type.

use super::ast::Operator;
use super::literal::LikePart;
use crate::simulator::schema::{Decimal, Field};

/// What to find and what to show of it.
#[derive(Clone, Debug)]
pub struct Plan {
    pub sobject: &'static str,
    /// `SELECT count()`: rows are counted, not shown.
    pub count: bool,
    pub columns: Vec<Column>,
    pub filter: Option<Filter>,
    pub order: Vec<Key>,
    pub limit: Option<usize>,
    pub offset: usize,
}

/// A field, directly on the record or on a parent.
#[derive(Clone, Debug)]
pub struct Column {
    /// The lookups to follow, outermost first.
    pub parents: Vec<Parent>,
    pub field: Field,
}

/// One lookup to follow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parent {
    pub lookup: &'static str,
    pub relationship: &'static str,
    /// A lookup with several targets answers as the type `Name`.
    pub polymorphic: bool,
}

/// A condition.
#[derive(Clone, Debug)]
pub enum Filter {
    And(Vec<Filter>),
    Or(Vec<Filter>),
    Not(Box<Filter>),
    Test(Test),
}

/// One comparison.
#[derive(Clone, Debug)]
pub struct Test {
    pub column: Column,
    pub operator: Operator,
    pub operands: Vec<Operand>,
    /// All of them are texts, in the order of the field's comparison.
    pub sorted: bool,
}

/// A value in the form in which the field stores it.
#[derive(Clone, Debug, PartialEq)]
pub enum Operand {
    Null,
    Bool(bool),
    /// Text, ids, and dates in their stored form, whose text order is their order in time.
    Text(String),
    Number(Decimal),
    Like(Vec<LikePart>),
    /// All of these must be chosen.
    Choices(Vec<String>),
    /// Days relative to today, both included.
    Days {
        first: i32,
        last: i32,
    },
}

/// One sort key.
#[derive(Clone, Debug)]
pub struct Key {
    pub column: Column,
    pub descending: bool,
    pub nulls_last: bool,
}
