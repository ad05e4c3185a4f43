//! GROUP BY, HAVING and the functions of groups, checked.
//!
//! Source: SOQL reference, GROUP BY, HAVING and Aggregate Functions.

use std::sync::Arc;

use super::ast::{Call, Comparison, Condition, Item, Name, Query, Subject, Values};
use super::check::Checker;
use super::plan::{Aggregate, Column, Groups, Having, Key, Measure, MeasureKey, Test};
use super::{not_simulated, operand};
use crate::simulator::http::ApiError;
use crate::simulator::schema::{Field, Kind};

const FUNCTIONS: &[(&str, Aggregate)] = &[
    ("COUNT", Aggregate::Count),
    ("COUNT_DISTINCT", Aggregate::CountDistinct),
    ("SUM", Aggregate::Sum),
    ("AVG", Aggregate::Avg),
    ("MIN", Aggregate::Min),
    ("MAX", Aggregate::Max),
];

/// Whether a function puts rows together.
pub fn is_aggregate(function: &Name) -> bool {
    FUNCTIONS.iter().any(|(name, _)| function.text.eq_ignore_ascii_case(name))
}

/// What a query makes of groups; `None` if it shows rows.
pub fn groups(checker: &Checker<'_>, query: &Query) -> Result<Option<Groups>, ApiError> {
    let calls = query.select.iter().any(|item| matches!(item, Item::Call(call, _) if is_aggregate(&call.function)));
    if query.group.is_empty() && !calls {
        return match &query.having {
            None => Ok(None),
            Some(_) => Err(ApiError::bad("MALFORMED_QUERY", "HAVING needs GROUP BY")),
        };
    }
    let mut by = Vec::new();
    for name in &query.group {
        let column = checker.column(name)?;
        if !is_groupable(&column.field) {
            let message = format!("field '{}' can not be grouped in a query call", column.field.name);
            return Err(checker.at(name, "INVALID_FIELD", &message));
        }
        by.push(column);
    }
    let grouping = Grouping { checker, by: &by };
    let mut shown: Vec<(String, Measure)> = Vec::new();
    let mut unnamed = 0;
    for item in &query.select {
        let (measure, name, place) = match item {
            Item::Field(name, alias) => {
                let (measure, column) = grouping.grouped(name)?;
                let known = alias.as_ref().map_or(column.field.name, |alias| &alias.text);
                (measure, known.to_owned(), name)
            }
            Item::Call(call, alias) => {
                let (measure, _) = grouping.measured(call)?;
                let name = alias.as_ref().map(|alias| alias.text.clone());
                let name = name.unwrap_or_else(|| {
                    unnamed += 1;
                    format!("expr{}", unnamed - 1)
                });
                (measure, name, &call.function)
            }
            Item::Count => {
                unnamed += 1;
                (Measure::Of(Aggregate::Count, None), format!("expr{}", unnamed - 1), &query.from)
            }
            Item::Children(children) => {
                let message = "Grouped query cannot have child relationships in the SELECT list";
                return Err(checker.at(&children.from, "MALFORMED_QUERY", message));
            }
            Item::Fields(group) => return Err(checker.at(group, "MALFORMED_QUERY", "FIELDS cannot be grouped")),
        };
        if shown.iter().any(|(known, _)| known.eq_ignore_ascii_case(&name)) {
            return Err(checker.at(place, "MALFORMED_QUERY", &format!("duplicate alias: {name}")));
        }
        shown.push((name, measure));
    }
    let having = query.having.as_ref().map(|condition| grouping.having(condition)).transpose()?;
    let mut order = Vec::new();
    for item in &query.order {
        let (measure, column) = grouping.subject(&item.subject)?;
        let key = Key { column, descending: item.descending, nulls_last: item.nulls_last };
        order.push(MeasureKey { measure, key });
    }
    Ok(Some(Groups { by, shown, having, order }))
}

fn is_groupable(field: &Field) -> bool {
    let many_values = matches!(field.kind, Kind::MultiPicklist { .. } | Kind::DateTime | Kind::Time);
    let said = field.document.as_deref().and_then(|text| serde_json::from_str::<serde_json::Value>(text).ok());
    let said = said.and_then(|field| field.get("groupable")?.as_bool());
    said.unwrap_or(field.filterable && !field.auto_number && field.kind.decimals().is_none() && !many_values)
}

struct Grouping<'a> {
    checker: &'a Checker<'a>,
    by: &'a [Column],
}

impl Grouping<'_> {
    fn subject(&self, subject: &Subject) -> Result<(Measure, Column), ApiError> {
        match subject {
            Subject::Field(name) => self.grouped(name),
            Subject::Call(call) => self.measured(call),
        }
    }

    /// A field by which rows are put together.
    fn grouped(&self, name: &Name) -> Result<(Measure, Column), ApiError> {
        let column = self.checker.column(name)?;
        let same = |other: &Column| other.field.name == column.field.name && other.parents == column.parents;
        match self.by.iter().position(same) {
            Some(place) => Ok((Measure::Group(place), column)),
            None => {
                let message = format!("Field must be grouped or aggregated: {}", name.text);
                Err(self.checker.at(name, "MALFORMED_QUERY", &message))
            }
        }
    }

    /// A function of a group, and a column of the type of what it gives.
    fn measured(&self, call: &Call) -> Result<(Measure, Column), ApiError> {
        let Call { function, field } = call;
        let known = FUNCTIONS.iter().find(|(name, _)| function.text.eq_ignore_ascii_case(name));
        let Some((_, aggregate)) = known else {
            return Err(not_simulated(self.checker.text, function, &function.text));
        };
        let count = |column: Option<Column>| {
            let field = Arc::new(Field::new("expr0", "expr0", Kind::Int));
            (Measure::Of(*aggregate, column.map(Box::new)), Column { parents: Vec::new(), field })
        };
        let Some(name) = field else {
            return match aggregate {
                Aggregate::Count => Ok(count(None)),
                _ => Err(self.checker.at(function, "MALFORMED_QUERY", &format!("{} needs a field", function.text))),
            };
        };
        let column = self.checker.column(name)?;
        let kind = &column.field.kind;
        let legal = match aggregate {
            Aggregate::Count | Aggregate::CountDistinct => column.field.filterable,
            Aggregate::Sum | Aggregate::Avg => kind.is_number(),
            Aggregate::Min | Aggregate::Max => column.field.sortable && *kind != Kind::Boolean,
        };
        if !legal {
            let message = format!("field {} does not support aggregate operator {}", name.text, function.text);
            return Err(self.checker.at(name, "INVALID_FIELD", &message));
        }
        Ok(match aggregate {
            Aggregate::Count | Aggregate::CountDistinct => count(Some(column)),
            Aggregate::Avg => {
                let kind = Kind::Double { precision: 18, scale: 15 };
                let field = Arc::new(Field { kind, ..Field::clone(&column.field) });
                (Measure::Of(*aggregate, Some(Box::new(column))), Column { parents: Vec::new(), field })
            }
            _ => (Measure::Of(*aggregate, Some(Box::new(column.clone()))), column),
        })
    }

    fn having(&self, condition: &Condition) -> Result<Having, ApiError> {
        let all = |list: &[Condition]| list.iter().map(|one| self.having(one)).collect::<Result<Vec<_>, _>>();
        Ok(match condition {
            Condition::And(list) => Having::And(all(list)?),
            Condition::Or(list) => Having::Or(all(list)?),
            Condition::Not(inner) => Having::Not(Box::new(self.having(inner)?)),
            Condition::Compare(comparison) => self.test(comparison)?,
        })
    }

    fn test(&self, comparison: &Comparison) -> Result<Having, ApiError> {
        let Comparison { subject, operator, values } = comparison;
        let (measure, column) = self.subject(subject)?;
        let name = match subject {
            Subject::Field(name) => name,
            Subject::Call(call) => &call.function,
        };
        self.checker.check_operator(name, &column.field, *operator)?;
        let Values::List(values) = values else {
            return Err(self.checker.at(name, "MALFORMED_QUERY", "HAVING takes no inner query"));
        };
        let operands = values.iter().map(|value| operand::read(self.checker.text, &column.field, *operator, value));
        let operands = operands.collect::<Result<_, _>>()?;
        let test = Test { column, operator: *operator, operands, sorted: false, query: None };
        Ok(Having::Test(measure, Box::new(test)))
    }
}
