//! A plan over the records.
//!
//! Text compares without case unless its field is case-sensitive, a record without a value is unequal to every value,
//! and rows that sort alike keep their creation order, so that the same query always gives the same answer.

use std::cmp::Ordering;

use jiff::{Timestamp, tz::TimeZone};
use serde_json::Value;

use super::ast::Operator;
use super::plan::{Child, Column, Filter, Key, Operand, Plan, Test};
use super::{indexed, literal, nested};
use crate::simulator::org::{Row, Source, read};
use crate::simulator::schema::{Decimal, Field, Kind, SObject, Schema, temporal};

/// What the records are and what time it is.
#[derive(Clone, Copy)]
pub struct World<'a> {
    pub source: Source<'a>,
    pub schema: &'a Schema,
    pub now: Timestamp,
}

/// The rows that a plan finds, sorted, after OFFSET and LIMIT.
pub fn run<'a>(world: World<'a>, plan: &Plan, deleted_too: bool) -> Vec<&'a Row> {
    let Some(sobject) = world.schema.object(plan.sobject) else {
        return Vec::new();
    };
    let rows = matching(world, plan, sobject, deleted_too);
    finished(world, plan, sobject, rows)
}

/// The children of a record that a subquery finds.
pub fn children<'a>(world: World<'a>, child: &Child, parent: &str) -> Vec<&'a Row> {
    let Some(sobject) = world.schema.object(child.plan.sobject) else {
        return Vec::new();
    };
    let filter = child.plan.filter.as_ref().map(|filter| nested::resolved(world, filter));
    let mut rows = world.source.store.holding(sobject.name, child.lookup, &Value::from(parent), false);
    rows.retain(|row| filter.as_ref().is_none_or(|filter| world.holds(filter, sobject, row)));
    finished(world, &child.plan, sobject, rows)
}

fn finished<'a>(world: World<'a>, plan: &Plan, sobject: &'a SObject, mut rows: Vec<&'a Row>) -> Vec<&'a Row> {
    if !plan.order.is_empty() {
        rows.sort_by(|left, right| world.order(&plan.order, sobject, left, right));
    }
    rows.into_iter().skip(plan.offset).take(plan.limit.unwrap_or(usize::MAX)).collect()
}

/// The rows that fit the condition, in the order of their creation.
pub fn matching<'a>(world: World<'a>, plan: &Plan, sobject: &'a SObject, deleted_too: bool) -> Vec<&'a Row> {
    let filter = plan.filter.as_ref().map(|filter| nested::resolved(world, filter));
    let rows = match filter.as_ref().and_then(|filter| indexed::rows(world, filter, sobject)) {
        Some(rows) => rows,
        None => world.source.store.all(plan.sobject).collect(),
    };
    let rows = rows.into_iter().filter(|row| deleted_too || !row.deleted);
    rows.filter(|row| filter.as_ref().is_none_or(|filter| world.holds(filter, sobject, row))).collect()
}

impl<'a> World<'a> {
    /// The record at the end of a path of lookups; `None` when one of them is empty.
    pub fn parent(&self, sobject: &'a SObject, row: &'a Row, column: &Column) -> Option<(&'a SObject, &'a Row)> {
        let mut place = (sobject, row);
        for step in &column.parents {
            place = self.step(place.1, step.lookup)?;
        }
        Some(place)
    }

    /// The record that a lookup points to.
    pub fn step(&self, row: &'a Row, lookup: &str) -> Option<(&'a SObject, &'a Row)> {
        let parent = self.source.store.get(row.text(lookup)?).filter(|parent| !parent.deleted)?;
        Some((self.schema.by_prefix(&parent.id)?, parent))
    }

    /// The value of a column; null when a parent is missing.
    pub fn value(&self, sobject: &'a SObject, row: &'a Row, column: &Column) -> Value {
        let Some((target, parent)) = self.parent(sobject, row, column) else {
            return Value::Null;
        };
        // A polymorphic parent may be of an object that has not this very field.
        match target.field(column.field.name) {
            Some(field) => read::value(self.source, target, parent, field),
            None => Value::Null,
        }
    }

    fn holds(&self, filter: &Filter, sobject: &'a SObject, row: &'a Row) -> bool {
        match filter {
            Filter::And(list) => list.iter().all(|one| self.holds(one, sobject, row)),
            Filter::Or(list) => list.iter().any(|one| self.holds(one, sobject, row)),
            Filter::Not(inner) => !self.holds(inner, sobject, row),
            Filter::Test(test) => self.test(test, &self.value(sobject, row, &test.column)),
        }
    }

    pub fn test(&self, test: &Test, value: &Value) -> bool {
        let field = &test.column.field;
        let any = |accept: fn(Ordering) -> bool| {
            let orders = test.operands.iter().filter_map(|operand| self.compare(field, value, operand));
            orders.into_iter().any(accept)
        };
        match test.operator {
            Operator::Equal | Operator::In | Operator::Includes => self.equals_any(test, value),
            Operator::NotEqual | Operator::NotIn | Operator::Excludes => !self.equals_any(test, value),
            Operator::Less => any(Ordering::is_lt),
            Operator::LessOrEqual => any(Ordering::is_le),
            Operator::Greater => any(Ordering::is_gt),
            Operator::GreaterOrEqual => any(Ordering::is_ge),
            Operator::Like => test.operands.iter().any(|operand| match (operand, value.as_str()) {
                (Operand::Like(parts), Some(text)) => literal::matches(parts, text),
                _ => false,
            }),
        }
    }

    fn equals_any(&self, test: &Test, value: &Value) -> bool {
        if let (true, Value::String(value)) = (test.sorted, value) {
            let order = |operand: &Operand| match operand {
                Operand::Text(wanted) => compare_text(&test.column.field, wanted, value),
                _ => Ordering::Less,
            };
            return test.operands.binary_search_by(order).is_ok();
        }
        test.operands.iter().any(|operand| match (operand, value) {
            (Operand::Null, Value::Null) => true,
            // A checkbox is never null; comparing it with null asks for false.
            (Operand::Null, Value::Bool(checked)) => !checked,
            (Operand::Choices(wanted), Value::String(chosen)) => {
                let has = |one: &String| chosen.split(';').any(|part| read::same_text(part, one));
                wanted.iter().all(has)
            }
            _ => self.compare(&test.column.field, value, operand) == Some(Ordering::Equal),
        })
    }

    /// How a stored value stands to an operand; `None` when they cannot be compared.
    fn compare(&self, field: &Field, value: &Value, operand: &Operand) -> Option<Ordering> {
        match (value, operand) {
            (Value::Bool(value), Operand::Bool(wanted)) => Some(value.cmp(wanted)),
            (Value::Number(value), Operand::Number(wanted)) => Some(Decimal::parse(value.as_str())?.cmp(wanted)),
            (Value::String(value), Operand::Text(wanted)) => Some(compare_text(field, value, wanted)),
            (Value::String(value), Operand::Days(period)) => {
                let (first, last) = period.days(self.now.to_zoned(TimeZone::UTC).date())?;
                let day = temporal::date(value.get(..10)?)?;
                Some(match () {
                    () if day < first => Ordering::Less,
                    () if day > last => Ordering::Greater,
                    () => Ordering::Equal,
                })
            }
            _ => None,
        }
    }

    fn order(&self, keys: &[Key], sobject: &'a SObject, left: &'a Row, right: &'a Row) -> Ordering {
        let one = |key: &Key| {
            let (left, right) = (self.value(sobject, left, &key.column), self.value(sobject, right, &key.column));
            compare_values(key, &left, &right)
        };
        keys.iter().map(one).find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
    }
}

/// How two values are sorted by a key.
pub fn compare_values(key: &Key, left: &Value, right: &Value) -> Ordering {
    let field = &key.column.field;
    let nulls = if key.nulls_last { Ordering::Greater } else { Ordering::Less };
    let ascending = match (left, right) {
        (Value::Null, Value::Null) => return Ordering::Equal,
        (Value::Null, _) => return nulls,
        (_, Value::Null) => return nulls.reverse(),
        (Value::Number(left), Value::Number(right)) => {
            Decimal::parse(left.as_str()).cmp(&Decimal::parse(right.as_str()))
        }
        (Value::Bool(left), Value::Bool(right)) => left.cmp(right),
        (left, right) => {
            let (left, right) = (left.as_str().unwrap_or_default(), right.as_str().unwrap_or_default());
            place(field, left).cmp(&place(field, right)).then_with(|| compare_text(field, left, right))
        }
    };
    if key.descending { ascending.reverse() } else { ascending }
}

/// A picklist sorts by the order of its values, not by alphabet; a combobox, which takes any text, is none.
fn place(field: &Field, text: &str) -> usize {
    let values = if matches!(field.kind, Kind::Combobox { .. }) { &[] } else { field.kind.values() };
    values.iter().position(|value| *value == text).unwrap_or(values.len())
}

/// How the field compares two texts.
pub fn compare_text(field: &Field, left: &str, right: &str) -> Ordering {
    if field.case_sensitive || matches!(field.kind, Kind::Id | Kind::Reference { .. }) {
        return left.cmp(right);
    }
    left.chars().flat_map(char::to_lowercase).cmp(right.chars().flat_map(char::to_lowercase))
}
