//! Queries inside a query: children of a row, and conditions on what another query finds.
//!
//! Source: SOQL reference, Relationship Queries; "Semi-Joins with IN and Anti-Joins with NOT IN".

use serde_json::Value;

use super::ast::{Item, Name, Query};
use super::check::{self, Checker};
use super::eval::{self, World};
use super::plan::{Child, Column, Filter, Operand, Plan, Test};
use crate::http::ApiError;
use crate::schema::{Field, Kind};

/// The subqueries of SELECT, by the name that the object has for its children.
pub fn children(checker: &Checker<'_>, query: &Query) -> Result<Vec<Child>, ApiError> {
    let mut children: Vec<Child> = Vec::new();
    for item in &query.select {
        let Item::Children(subquery) = item else { continue };
        let name = &subquery.from;
        let Some((object, lookup)) = checker.schema.children(checker.sobject.name, &name.text) else {
            let message = format!(
                "Didn't understand relationship '{}' in FROM part of query call. If you are attempting to use a custom \
                 relationship, be sure to append the '__r' after the custom relationship name. Please reference your \
                 WSDL or the describe call for the appropriate names.",
                name.text
            );
            return Err(checker.at(name, "INVALID_TYPE", &message));
        };
        let from = Name { text: object.name.to_owned(), position: name.position };
        let plan = check::plan(checker.text, Query { from, ..(**subquery).clone() }, checker.schema)?;
        if plan.count || plan.groups.is_some() {
            let message = "Grouped query cannot have child relationships in the SELECT list";
            return Err(checker.at(name, "MALFORMED_QUERY", message));
        }
        let known = lookup.children.unwrap_or_default();
        if children.iter().any(|child| child.name == known) {
            return Err(checker.at(name, "MALFORMED_QUERY", &format!("duplicate relationship selected: {known}")));
        }
        children.push(Child { name: known, lookup: lookup.name, plan });
    }
    Ok(children)
}

/// A query in a condition, and the column of it that counts.
pub fn semi_join(checker: &Checker<'_>, name: &Name, field: &Field, query: Query) -> Result<(Plan, Column), ApiError> {
    let is_id = |field: &Field| matches!(field.kind, Kind::Id | Kind::Reference { .. });
    if !is_id(field) {
        let message =
            format!("The left operand of a semi-join must be an ID or a reference, {} is neither", field.name);
        return Err(checker.at(name, "MALFORMED_QUERY", &message));
    }
    let from = query.from.clone();
    let plan = check::plan(checker.text, query, checker.schema)?;
    match (plan.columns.as_slice(), plan.children.is_empty()) {
        ([column], true) if is_id(&column.field) => {
            let column = column.clone();
            Ok((plan, column))
        }
        _ => {
            let message = "The inner select of a semi-join must have exactly one field, an ID or a reference";
            Err(checker.at(&from, "MALFORMED_QUERY", message))
        }
    }
}

/// A condition with what its inner queries find in their place.
pub fn resolved(world: World<'_>, filter: &Filter) -> Filter {
    let all = |list: &[Filter]| list.iter().map(|one| resolved(world, one)).collect();
    match filter {
        Filter::And(list) => Filter::And(all(list)),
        Filter::Or(list) => Filter::Or(all(list)),
        Filter::Not(inner) => Filter::Not(Box::new(resolved(world, inner))),
        Filter::Test(test) => {
            let Test { query: Some(query), column, operator, .. } = test.as_ref() else {
                return Filter::Test(test.clone());
            };
            let (plan, wanted) = query.as_ref();
            let sobject = world.schema.object(plan.sobject);
            let rows = eval::run(world, plan, false);
            let values = sobject.map(|sobject| rows.into_iter().map(move |row| world.value(sobject, row, wanted)));
            let mut ids: Vec<String> = values
                .into_iter()
                .flatten()
                .filter_map(|value| match value {
                    Value::String(id) => Some(id),
                    _ => None,
                })
                .collect();
            ids.sort();
            ids.dedup();
            let operands = ids.into_iter().map(Operand::Text).collect();
            let column = column.clone();
            Filter::Test(Box::new(Test { column, operator: *operator, operands, sorted: true, query: None }))
        }
    }
}
