//! The syntax tree, before any name is looked up.

/// A query as written.
#[derive(Clone, Debug, PartialEq)]
pub struct Query {
    pub select: Vec<Item>,
    pub from: Name,
    /// `FROM Contact c`
    pub alias: Option<String>,
    pub filter: Option<Condition>,
    pub order: Vec<Order>,
    pub limit: Option<usize>,
    pub offset: Option<usize>,
}

/// Values of the parameters of a query, by their names.
pub type Parameters<'a> = &'a dyn Fn(&str) -> Option<String>;

/// A name or a dotted path and its position.
#[derive(Clone, Debug, PartialEq)]
pub struct Name {
    pub text: String,
    pub position: usize,
}

/// One item of the SELECT list.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    Field(Name),
    /// `count()`
    Count,
    /// `FIELDS(ALL)`, `FIELDS(STANDARD)`, `FIELDS(CUSTOM)`
    Fields(Name),
}

/// A condition of WHERE.
#[derive(Clone, Debug, PartialEq)]
pub enum Condition {
    And(Vec<Condition>),
    Or(Vec<Condition>),
    Not(Box<Condition>),
    Compare(Comparison),
}

/// `field operator value(s)`
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    pub field: Name,
    pub operator: Operator,
    pub values: Vec<Literal>,
}

/// Comparison operators.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Like,
    In,
    NotIn,
    Includes,
    Excludes,
}

/// A value and its position.
#[derive(Clone, Debug, PartialEq)]
pub struct Literal {
    pub value: LiteralValue,
    pub position: usize,
}

/// A value as written.
#[derive(Clone, Debug, PartialEq)]
pub enum LiteralValue {
    Null,
    Bool(bool),
    /// Between quotes, escapes untouched.
    Quoted(String),
    /// The value of a parameter; how it is to be read depends on the field.
    Bound(String),
    /// A number, date, datetime or time; which one depends on the field.
    Bare(String),
    /// `TODAY`, `LAST_N_DAYS:3`
    Relative {
        name: String,
        count: Option<i32>,
    },
}

/// One item of ORDER BY.
#[derive(Clone, Debug, PartialEq)]
pub struct Order {
    pub field: Name,
    pub descending: bool,
    pub nulls_last: bool,
}
