//! One query for the lookups of many conversations.

use super::MAX_ROWS;
use crate::record::Lookup;
use crate::salesforce::{FieldPath, SObjectName};
use crate::wire::soql::length;
use crate::wire::{Condition, Literal, Order, Select};

/// Bytes of a query beside its fields and conditions.
pub(super) const FRAME: usize = 200;

pub(super) struct Query {
    pub(super) select: Select,
    lists: Vec<(FieldPath, Vec<Literal>)>,
    others: Vec<Condition>,
    /// The fields of the first alternative.
    paths: Vec<FieldPath>,
    /// Others look in other fields.
    is_mixed: bool,
    /// At least as many bytes as its text will have.
    pub(super) length: usize,
}

impl Query {
    pub(super) fn new(from: &SObjectName) -> Self {
        let select = Select {
            fields: Vec::new(),
            behind: Vec::new(),
            from: from.clone(),
            condition: Condition::Any(Vec::new()),
            order: Order::ById,
            limit: MAX_ROWS + 1,
        };
        let (paths, is_mixed) = (Vec::new(), false);
        Self { select, lists: Vec::new(), others: Vec::new(), paths, is_mixed, length: FRAME }
    }

    pub(super) fn add(&mut self, lookup: &Lookup, length: usize) {
        self.length += length;
        for field in &lookup.select.fields {
            if !self.select.fields.contains(field) {
                self.select.fields.push(field.clone());
            }
        }
        for column in &lookup.select.behind {
            if !self.select.behind.contains(column) {
                self.select.behind.push(column.clone());
            }
        }
        if lookup.select.order == Order::NewestFirst {
            self.select.order = Order::NewestFirst;
        }
        for branch in &lookup.branches {
            let paths = branch.keys.iter().map(|wanted| &wanted.path);
            if self.paths.is_empty() {
                self.paths = paths.cloned().collect();
            } else {
                self.is_mixed |= !paths.eq(&self.paths);
            }
        }
        for condition in alternatives(lookup) {
            match condition {
                Condition::Equals(path, literal) => match self.lists.iter_mut().find(|(of, _)| of == path) {
                    Some((_, literals)) => literals.push(literal.clone()),
                    None => self.lists.push((path.clone(), vec![literal.clone()])),
                },
                other => self.others.push(other.clone()),
            }
        }
    }

    pub(super) fn finish(self) -> (Select, bool) {
        let lists = self.lists.into_iter().map(|(path, literals)| Condition::In(path, literals));
        let condition = Condition::Any(lists.chain(self.others).collect());
        (Select { condition, limit: MAX_ROWS, ..self.select }, self.is_mixed)
    }
}

/// A lookup's alternatives; one that has a single condition is that condition.
fn alternatives(lookup: &Lookup) -> impl Iterator<Item = &Condition> {
    let all = match &lookup.select.condition {
        Condition::Any(all) => all.as_slice(),
        one => std::slice::from_ref(one),
    };
    all.iter().map(|condition| match condition {
        Condition::All(conditions) => match conditions.as_slice() {
            [one] => one,
            _ => condition,
        },
        other => other,
    })
}

pub(super) fn length_of(lookup: &Lookup) -> usize {
    const BETWEEN: usize = 8;
    let fields = lookup.select.fields.iter().map(|field| length(field) + BETWEEN);
    let behind =
        lookup.select.behind.iter().map(|(relationship, field)| relationship.as_str().len() + length(field) + BETWEEN);
    let conditions = alternatives(lookup).map(|condition| length(condition) + BETWEEN);
    fields.chain(behind).chain(conditions).sum()
}
