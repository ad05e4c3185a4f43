//! Rules of an admin whose conditions are formulas.

use crate::simulator::formula::Formula;

/// A validation rule: what is true of a record that it refuses.
#[derive(Clone, Debug)]
pub struct Check {
    pub sobject: &'static str,
    /// Its API name.
    pub name: String,
    pub condition: Formula,
    pub refusal: Refusal,
}

/// What people are told, and the field that it stands beside.
#[derive(Clone, Debug)]
pub struct Refusal {
    pub message: String,
    pub field: Option<&'static str>,
}

/// An entry of an assignment rule.
#[derive(Clone, Debug)]
pub struct Assignment {
    pub sobject: &'static str,
    /// None: every record.
    pub condition: Option<Formula>,
    /// The id of the queue that gets the record.
    pub queue: String,
}

/// What a trigger or a flow does before a save.
#[derive(Clone, Debug)]
pub struct OnSave {
    pub sobject: &'static str,
    pub on_create: bool,
    pub on_update: bool,
    pub condition: Option<Formula>,
    pub set: Vec<(&'static str, serde_json::Value)>,
    pub refusal: Option<Refusal>,
}
