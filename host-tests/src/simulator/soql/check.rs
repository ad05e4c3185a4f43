//! The syntax tree against the schema: names, and what may be filtered and sorted.

use std::sync::Arc;

use super::ast::{Comparison, Condition, Item, Name, Operator, Query, Subject, Values};
use super::eval::compare_text;
use super::plan::{Column, Filter, Key, Operand, Parent, Plan, Test};
use super::{grouping, nested, not_simulated, operand, pointing};
use crate::simulator::http::ApiError;
use crate::simulator::schema::{Field, Kind, SObject, Schema};

/// Most lookups in one dotted path.
const MAX_PARENTS: usize = 5;

/// What stands for a parent that may be of several objects, and the fields that it has whichever it is.
/// Source: SOQL reference, polymorphic relationships; object reference, Name.
const NAME: &str = "Name";
const NAME_FIELDS: [&str; 11] =
    ["Id", "Name", "FirstName", "LastName", "Email", "Phone", "Title", "Alias", "Username", "Type", "IsActive"];

/// Furthest OFFSET.
const MAX_OFFSET: usize = 2000;

/// Largest LIMIT beside `FIELDS(ALL)` and `FIELDS(CUSTOM)`, which need one.
const MAX_FIELDS_LIMIT: usize = 200;

/// Checks a parsed query and resolves its names.
pub fn plan(text: &str, query: Query, schema: &Schema) -> Result<Plan, ApiError> {
    let Some(sobject) = schema.object(&query.from.text) else {
        let message = format!(
            "sObject type '{}' is not supported. If you are attempting to use a custom object, be sure to append the \
             '__c' after the entity name. Please reference your WSDL or the describe call for the appropriate names.",
            query.from.text
        );
        return Err(pointing("INVALID_TYPE", text, query.from.position, &message));
    };
    if !sobject.can.query {
        let message = format!("entity type {} does not support query", sobject.name);
        return Err(ApiError::bad("INVALID_TYPE_FOR_OPERATION", message));
    }
    let checker = Checker { text, schema, sobject, alias: query.alias.as_deref() };
    let count = query.select == [Item::Count];
    let groups = grouping::groups(&checker, &query)?;
    let shows_rows = !count && groups.is_none();
    let columns = if shows_rows { checker.select(&query)? } else { Vec::new() };
    let children = if shows_rows { nested::children(&checker, &query)? } else { Vec::new() };
    let filter = query.filter.map(|condition| checker.condition(condition)).transpose()?;
    let mut order = Vec::new();
    for item in query.order.iter().filter(|_| groups.is_none()) {
        let column = checker.column(checker.field(&item.subject)?)?;
        if !column.field.sortable {
            let message = format!("field '{}' can not be sorted in a query call", column.field.name);
            return Err(pointing("INVALID_FIELD", text, item.subject.position(), &message));
        }
        order.push(Key { column, descending: item.descending, nulls_last: item.nulls_last });
    }
    let offset = query.offset.unwrap_or(0);
    if offset > MAX_OFFSET {
        let message = format!("Maximum SOQL offset allowed is {MAX_OFFSET}");
        return Err(ApiError::bad("NUMBER_OUTSIDE_VALID_RANGE", message));
    }
    Ok(Plan { sobject: sobject.name, count, columns, children, groups, filter, order, limit: query.limit, offset })
}

pub struct Checker<'a> {
    pub text: &'a str,
    pub schema: &'a Schema,
    pub sobject: &'a SObject,
    alias: Option<&'a str>,
}

impl Checker<'_> {
    fn select(&self, query: &Query) -> Result<Vec<Column>, ApiError> {
        let mut columns: Vec<Column> = Vec::new();
        for item in &query.select {
            match item {
                Item::Field(_, Some(alias)) => {
                    let message = "Alias is only allowed on an aggregate function or a grouped field";
                    return Err(self.at(alias, "MALFORMED_QUERY", message));
                }
                // What is put together is no matter of rows; a function that is none of those is not known.
                Item::Call(call, _) => return Err(not_simulated(self.text, &call.function, &call.function.text)),
                Item::Children(_) => {}
                Item::Field(name, None) => {
                    let column = self.column(name)?;
                    self.refuse_twice(&columns, &column, name)?;
                    columns.push(column);
                }
                Item::Count => {
                    let message = "count() must be the only item of its SELECT";
                    return Err(ApiError::bad("MALFORMED_QUERY", message));
                }
                Item::Fields(group) => {
                    for field in self.group(group, query.limit)? {
                        let column = Column { parents: Vec::new(), field: Arc::new(field.clone()) };
                        self.refuse_twice(&columns, &column, group)?;
                        columns.push(column);
                    }
                }
            }
        }
        Ok(columns)
    }

    fn refuse_twice(&self, columns: &[Column], column: &Column, name: &Name) -> Result<(), ApiError> {
        let same = |other: &Column| other.field.name == column.field.name && other.parents == column.parents;
        if columns.iter().any(same) {
            let message = format!("duplicate field selected: {}", column.field.name);
            return Err(pointing("INVALID_FIELD", self.text, name.position, &message));
        }
        Ok(())
    }

    fn group(&self, group: &Name, limit: Option<usize>) -> Result<Vec<&Field>, ApiError> {
        let (standard, custom) = match group.text.to_ascii_uppercase().as_str() {
            "ALL" => (true, true),
            "STANDARD" => (true, false),
            "CUSTOM" => (false, true),
            other => return Err(self.at(group, "MALFORMED_QUERY", &format!("unexpected token: '{other}'"))),
        };
        if custom && limit.is_none_or(|limit| limit > MAX_FIELDS_LIMIT) {
            let message = format!("The SOQL FIELDS function must have a LIMIT of at most {MAX_FIELDS_LIMIT}");
            return Err(self.at(group, "MALFORMED_QUERY", &message));
        }
        Ok(self.sobject.visible().filter(|field| if field.custom { custom } else { standard }).collect())
    }

    /// Resolves a dotted path, with or without the object's name or alias in front.
    pub fn column(&self, name: &Name) -> Result<Column, ApiError> {
        let mut parts: Vec<&str> = name.text.split('.').collect();
        let own = |part: &str| {
            part.eq_ignore_ascii_case(self.sobject.name)
                || self.alias.is_some_and(|alias| part.eq_ignore_ascii_case(alias))
        };
        // A relationship of the object's own name, as Account has none, would win over the prefix.
        if let [first, _, ..] = parts.as_slice()
            && own(first)
            && self.sobject.relationship(first).is_none()
        {
            parts.remove(0);
        }
        let Some((field_name, relationships)) = parts.split_last() else {
            return Err(self.no_such_column(name, &name.text, self.sobject.name));
        };
        if relationships.len() > MAX_PARENTS {
            let message = format!("SOQL relationship paths may have at most {MAX_PARENTS} levels");
            return Err(self.at(name, "INVALID_FIELD", &message));
        }
        let mut parents = Vec::new();
        let mut targets = vec![self.sobject];
        for part in relationships {
            let Some(lookup) = targets.iter().find_map(|target| target.relationship(part)) else {
                let message = format!(
                    "Didn't understand relationship '{part}' in field path. If you are attempting to use a custom \
                     relationship, be sure to append the '__r' after the custom relationship name. Please reference \
                     your WSDL or the describe call for the appropriate names."
                );
                return Err(self.at(name, "INVALID_FIELD", &message));
            };
            targets = lookup.references().iter().filter_map(|target| self.schema.object(target)).collect();
            parents.push(Parent {
                lookup: lookup.name,
                relationship: lookup.relationship().unwrap_or_default(),
                polymorphic: targets.len() > 1,
            });
        }
        if targets.len() > 1 && !NAME_FIELDS.iter().any(|known| known.eq_ignore_ascii_case(field_name)) {
            return Err(self.no_such_column(name, field_name, NAME));
        }
        match targets.iter().find_map(|target| target.field(field_name)) {
            Some(field) => Ok(Column { parents, field: Arc::new(field.clone()) }),
            None => Err(self.no_such_column(name, field_name, targets.first().unwrap_or(&self.sobject).name)),
        }
    }

    /// The field that a condition or an order names; functions of fields are known of groups only.
    pub fn field<'n>(&self, subject: &'n Subject) -> Result<&'n Name, ApiError> {
        match subject {
            Subject::Field(name) => Ok(name),
            Subject::Call(call) if grouping::is_aggregate(&call.function) => {
                let message = format!("aggregate function {} needs GROUP BY and HAVING", call.function.text);
                Err(self.at(&call.function, "MALFORMED_QUERY", &message))
            }
            Subject::Call(call) => Err(not_simulated(self.text, &call.function, &call.function.text)),
        }
    }

    fn condition(&self, condition: Condition) -> Result<Filter, ApiError> {
        let all = |list: Vec<Condition>| list.into_iter().map(|one| self.condition(one)).collect::<Result<Vec<_>, _>>();
        Ok(match condition {
            Condition::And(list) => Filter::And(all(list)?),
            Condition::Or(list) => Filter::Or(all(list)?),
            Condition::Not(inner) => Filter::Not(Box::new(self.condition(*inner)?)),
            Condition::Compare(comparison) => Filter::Test(Box::new(self.comparison(comparison)?)),
        })
    }

    fn comparison(&self, comparison: Comparison) -> Result<Test, ApiError> {
        let Comparison { subject, operator, values } = comparison;
        let name = self.field(&subject)?.clone();
        let column = self.column(&name)?;
        let field = &column.field;
        if !field.filterable {
            let message = format!("field '{}' can not be filtered in a query call", field.name);
            return Err(self.at(&name, "INVALID_FIELD", &message));
        }
        self.check_operator(&name, field, operator)?;
        let values = match values {
            Values::List(values) => values,
            Values::Query(query) => {
                let query = nested::semi_join(self, &name, field, *query)?;
                return Ok(Test {
                    column,
                    operator,
                    operands: Vec::new(),
                    sorted: false,
                    query: Some(Box::new(query)),
                });
            }
        };
        let mut operands: Vec<Operand> =
            values.iter().map(|value| operand::read(self.text, field, operator, value)).collect::<Result<_, _>>()?;
        let sorted = operator == Operator::In && sort(field, &mut operands);
        Ok(Test { column, operator, operands, sorted, query: None })
    }

    pub fn check_operator(&self, name: &Name, field: &Field, operator: Operator) -> Result<(), ApiError> {
        let identifier = matches!(field.kind, Kind::Id | Kind::Reference { .. });
        let multi = matches!(field.kind, Kind::MultiPicklist { .. });
        let equality = matches!(operator, Operator::Equal | Operator::NotEqual);
        let legal = match operator {
            Operator::Equal | Operator::NotEqual => true,
            Operator::Includes | Operator::Excludes => multi,
            Operator::Like if identifier => {
                let message = "invalid operator on id field";
                return Err(self.at(name, "INVALID_QUERY_FILTER_OPERATOR", message));
            }
            Operator::Like => field.kind.is_text() && !multi,
            _ => !multi && field.kind != Kind::Boolean,
        };
        if legal || equality {
            return Ok(());
        }
        let message = format!("invalid operator on field '{}' of type {}", field.name, field.kind.name());
        Err(self.at(name, "INVALID_FIELD", &message))
    }

    fn no_such_column(&self, name: &Name, column: &str, sobject: &str) -> ApiError {
        let message = format!(
            "No such column '{column}' on entity '{sobject}'. If you are attempting to use a custom field, be sure to append \
             the '__c' after the custom field name. Please reference your WSDL or the describe call for the \
             appropriate names."
        );
        self.at(name, "INVALID_FIELD", &message)
    }

    pub fn at(&self, name: &Name, code: &'static str, message: &str) -> ApiError {
        pointing(code, self.text, name.position, message)
    }
}

/// Sorts a list of texts, as every record is held against all of it; false if there is something else in it.
fn sort(field: &Field, operands: &mut [Operand]) -> bool {
    fn text(operand: &Operand) -> &str {
        match operand {
            Operand::Text(text) => text,
            _ => "",
        }
    }
    if !operands.iter().all(|operand| matches!(operand, Operand::Text(_))) {
        return false;
    }
    operands.sort_by(|left, right| compare_text(field, text(left), text(right)));
    true
}
