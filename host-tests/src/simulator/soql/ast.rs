//! The syntax tree, before any name is looked up.

/// A query as written.
#[derive(Clone, Debug, PartialEq)]
pub struct Query {
    pub select: Vec<Item>,
    pub from: Name,
    /// `FROM Contact c`
    pub alias: Option<String>,
    pub filter: Option<Condition>,
    pub group: Vec<Name>,
    pub having: Option<Condition>,
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
    Field(Name, Option<Name>),
    /// `count()`
    Count,
    /// `SUM(Amount) total`
    Call(Call, Option<Name>),
    /// `(SELECT Id FROM Contacts)`
    Children(Box<Query>),
    /// `FIELDS(ALL)`, `FIELDS(STANDARD)`, `FIELDS(CUSTOM)`
    Fields(Name),
}

/// A function of a field.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    pub function: Name,
    /// None: `COUNT()`.
    pub field: Option<Name>,
}

/// What is compared or sorted by.
#[derive(Clone, Debug, PartialEq)]
pub enum Subject {
    Field(Name),
    Call(Call),
}

impl Subject {
    pub fn position(&self) -> usize {
        match self {
            Subject::Field(name) => name.position,
            Subject::Call(call) => call.function.position,
        }
    }
}

/// A condition of WHERE or HAVING.
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
    pub subject: Subject,
    pub operator: Operator,
    pub values: Values,
}

/// What it is compared with.
#[derive(Clone, Debug, PartialEq)]
pub enum Values {
    List(Vec<Literal>),
    /// `IN (SELECT AccountId FROM Contact)`
    Query(Box<Query>),
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
    pub subject: Subject,
    pub descending: bool,
    pub nulls_last: bool,
}
