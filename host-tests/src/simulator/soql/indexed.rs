//! Conditions that an index can answer, so that not every record is looked at.

use serde_json::Value;

use super::ast::Operator;
use super::eval::World;
use super::plan::{Filter, Operand, Test};
use crate::simulator::org::{Row, read};
use crate::simulator::schema::{Decimal, Kind, SObject};

/// Records among which are all that fit; `None` if all records must be looked at.
pub fn rows<'a>(world: World<'a>, filter: &Filter, sobject: &'a SObject) -> Option<Vec<&'a Row>> {
    match filter {
        // One condition that narrows is enough, and the first is as good as any.
        Filter::And(list) => list.iter().find_map(|one| rows(world, one, sobject)),
        Filter::Test(test) => tested(world, test, sobject),
        Filter::Or(_) | Filter::Not(_) => None,
    }
}

fn tested<'a>(world: World<'a>, test: &Test, sobject: &'a SObject) -> Option<Vec<&'a Row>> {
    let field = &test.column.field;
    if !test.column.parents.is_empty() || !matches!(test.operator, Operator::Equal | Operator::In) {
        return None;
    }
    let store = world.source.store;
    if field.kind == Kind::Id {
        let ids = test.operands.iter().map(|operand| match operand {
            Operand::Text(id) => Some(id.as_str()),
            _ => None,
        });
        let ids: Vec<&str> = ids.collect::<Option<_>>()?;
        // As they were created, like every answer without an order.
        let mut found: Vec<&Row> = ids.into_iter().filter_map(|id| store.get(id)).collect();
        found.retain(|row| row.id.starts_with(sobject.prefix));
        found.sort_by_key(|row| store.place(&row.id));
        found.dedup_by_key(|row| row.id.as_str());
        return Some(found);
    }
    if !read::is_stored(sobject, field) {
        return None;
    }
    let values: Vec<Value> = test.operands.iter().map(value).collect::<Option<_>>()?;
    let places = store.places_of(sobject.name, field.name, &values)?;
    Some(places)
}

/// An operand as a record would hold it.
fn value(operand: &Operand) -> Option<Value> {
    match operand {
        Operand::Text(text) => Some(text.as_str().into()),
        Operand::Number(number) => number_of(*number),
        _ => None,
    }
}

fn number_of(number: Decimal) -> Option<Value> {
    number.double_text().parse().ok().map(Value::Number)
}
