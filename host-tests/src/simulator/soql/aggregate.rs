//! Groups of rows, and what is made of each.

use std::collections::BTreeMap;

use serde_json::{Map, Number, Value, json};

use super::eval::{self, World, compare_values};
use super::plan::{Aggregate, Column, Groups, Having, Key, Measure, Plan};
use crate::simulator::org::Row;
use crate::simulator::schema::{Decimal, Kind, SObject};

/// Digits behind the point of an average.
const AVERAGE_SCALE: u32 = 15;

/// One record for each group, sorted, after HAVING, OFFSET and LIMIT.
pub fn groups(world: World<'_>, plan: &Plan, groups: &Groups, deleted_too: bool) -> Vec<Value> {
    let Some(sobject) = world.schema.object(plan.sobject) else { return Vec::new() };
    let rows = eval::matching(world, plan, sobject, deleted_too);
    let mut found: BTreeMap<String, Group<'_>> = BTreeMap::new();
    // Without GROUP BY all rows are one group, also none.
    if groups.by.is_empty() {
        found.insert(String::new(), Group { world, sobject, by: Vec::new(), rows: Vec::new() });
    }
    for row in rows {
        let by: Vec<Value> = groups.by.iter().map(|column| world.value(sobject, row, column)).collect();
        // Texts that differ in case only are one group, as they compare equal.
        let key = by.iter().map(|value| format!("{}\n", value.to_string().to_lowercase())).collect();
        found.entry(key).or_insert_with(|| Group { world, sobject, by, rows: Vec::new() }).rows.push(row);
    }
    let mut list: Vec<Group<'_>> = found.into_values().collect();
    list.retain(|group| groups.having.as_ref().is_none_or(|having| group.holds(having)));
    list.sort_by(|left, right| {
        let keys = groups.order.iter();
        let mut orders =
            keys.map(|key| compare_values(&key.key, &left.value(&key.measure), &right.value(&key.measure)));
        orders.find(|order| order.is_ne()).unwrap_or(std::cmp::Ordering::Equal)
    });
    let list = list.into_iter().skip(plan.offset).take(plan.limit.unwrap_or(usize::MAX));
    list.map(|group| group.shown(groups)).collect()
}

struct Group<'a> {
    world: World<'a>,
    sobject: &'a SObject,
    by: Vec<Value>,
    rows: Vec<&'a Row>,
}

impl Group<'_> {
    fn shown(&self, groups: &Groups) -> Value {
        let mut record = Map::from_iter([("attributes".to_owned(), json!({ "type": "AggregateResult" }))]);
        record.extend(groups.shown.iter().map(|(name, measure)| (name.clone(), self.value(measure))));
        Value::Object(record)
    }

    fn holds(&self, having: &Having) -> bool {
        match having {
            Having::And(list) => list.iter().all(|one| self.holds(one)),
            Having::Or(list) => list.iter().any(|one| self.holds(one)),
            Having::Not(inner) => !self.holds(inner),
            Having::Test(measure, test) => self.world.test(test, &self.value(measure)),
        }
    }

    fn value(&self, measure: &Measure) -> Value {
        match measure {
            Measure::Group(place) => self.by.get(*place).cloned().unwrap_or_default(),
            Measure::Of(_, None) => self.rows.len().into(),
            Measure::Of(aggregate, Some(column)) => {
                let values = self.rows.iter().map(|row| self.world.value(self.sobject, row, column));
                of_values(*aggregate, column, values.filter(|value| !value.is_null()).collect())
            }
        }
    }
}

/// Values without nulls, which no function counts.
fn of_values(aggregate: Aggregate, column: &Column, values: Vec<Value>) -> Value {
    let key = Key { column: column.clone(), descending: false, nulls_last: false };
    match aggregate {
        Aggregate::Count => values.len().into(),
        Aggregate::CountDistinct => {
            let mut texts: Vec<String> = values.iter().map(|value| value.to_string().to_lowercase()).collect();
            texts.sort();
            texts.dedup();
            texts.len().into()
        }
        Aggregate::Min => {
            values.into_iter().min_by(|left, right| compare_values(&key, left, right)).unwrap_or_default()
        }
        Aggregate::Max => {
            values.into_iter().max_by(|left, right| compare_values(&key, left, right)).unwrap_or_default()
        }
        Aggregate::Sum | Aggregate::Avg if values.is_empty() => Value::Null,
        Aggregate::Sum => {
            let sum = sum(&values);
            number(if column.field.kind == Kind::Int { sum.whole_text() } else { sum.double_text() })
        }
        Aggregate::Avg => number(sum(&values).divided(values.len(), AVERAGE_SCALE).double_text()),
    }
}

fn sum(values: &[Value]) -> Decimal {
    let numbers = values.iter().filter_map(|value| Decimal::parse(value.as_number()?.as_str()));
    numbers.fold(Decimal::ZERO, Decimal::plus)
}

fn number(text: String) -> Value {
    text.parse::<Number>().map_or(Value::Null, Value::Number)
}
