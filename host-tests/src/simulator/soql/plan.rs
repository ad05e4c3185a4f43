//! A checked query: every name is a known field, every value has its field's type.

use std::sync::Arc;

use super::ast::Operator;
use super::days::Period;
use super::literal::LikePart;
use crate::simulator::schema::{Decimal, Field};

/// What to find and what to show of it.
#[derive(Clone, Debug)]
pub struct Plan {
    pub sobject: &'static str,
    /// `SELECT count()`: rows are counted, not shown.
    pub count: bool,
    pub columns: Vec<Column>,
    /// Records that point to the row, by subqueries.
    pub children: Vec<Child>,
    /// Rows are put together, and what is shown is one of these each.
    pub groups: Option<Groups>,
    pub filter: Option<Filter>,
    pub order: Vec<Key>,
    pub limit: Option<usize>,
    pub offset: usize,
}

/// A subquery of SELECT.
#[derive(Clone, Debug)]
pub struct Child {
    /// As the parent calls the children.
    pub name: &'static str,
    /// The lookup that points to the parent.
    pub lookup: &'static str,
    pub plan: Plan,
}

/// GROUP BY and what is made of each group.
#[derive(Clone, Debug)]
pub struct Groups {
    pub by: Vec<Column>,
    /// What is shown, and under which name.
    pub shown: Vec<(String, Measure)>,
    pub having: Option<Having>,
    pub order: Vec<MeasureKey>,
}

/// A value of a group.
#[derive(Clone, Debug)]
pub enum Measure {
    /// One of the columns that it is grouped by.
    Group(usize),
    /// Of all rows, or of the values of a column.
    Of(Aggregate, Option<Box<Column>>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aggregate {
    Count,
    CountDistinct,
    Sum,
    Avg,
    Min,
    Max,
}

/// A condition of HAVING.
#[derive(Clone, Debug)]
pub enum Having {
    And(Vec<Having>),
    Or(Vec<Having>),
    Not(Box<Having>),
    /// The test's column is a stand-in of the measure's type.
    Test(Measure, Box<Test>),
}

/// A sort key of groups.
#[derive(Clone, Debug)]
pub struct MeasureKey {
    pub measure: Measure,
    pub key: Key,
}

/// A field, directly on the record or on a parent.
#[derive(Clone, Debug)]
pub struct Column {
    /// The lookups to follow, outermost first.
    pub parents: Vec<Parent>,
    pub field: Arc<Field>,
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
    Test(Box<Test>),
}

/// One comparison.
#[derive(Clone, Debug)]
pub struct Test {
    pub column: Column,
    pub operator: Operator,
    pub operands: Vec<Operand>,
    /// All of them are texts, in the order of the field's comparison.
    pub sorted: bool,
    /// `IN (SELECT …)`: the operands are what this finds in the column.
    pub query: Option<Box<(Plan, Column)>>,
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
    /// Days relative to today.
    Days(Period),
}

/// One sort key.
#[derive(Clone, Debug)]
pub struct Key {
    pub column: Column,
    pub descending: bool,
    pub nulls_last: bool,
}
