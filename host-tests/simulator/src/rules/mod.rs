//! What the platform does with a write: checks, rules of the admin, computed fields, and records that follow.

mod activity;
mod address;
mod assignment;
mod campaign;
mod conditions;
mod content;
mod conversion;
mod defaults;
mod dependencies;
mod duplicates;
pub mod flow;
pub mod keys;
mod knowledge;
mod opportunity;
mod person;
pub mod save;
pub mod validate;
mod validation_rules;
