//! What follows from an opportunity's stage. Source: object reference, Opportunity, `StageName`, `IsClosed`, `IsWon` and `Probability`.

use serde_json::Value;

use crate::org::{Changes, Org};
use crate::schema::{SObject, stage};

/// Another stage brings its probability, unless the save gives one; leaves all other objects alone.
pub fn follow(org: &Org, sobject: &SObject, changes: &mut Changes, own: Option<&str>) {
    if sobject.name != "Opportunity" || changes.contains_key("Probability") {
        return;
    }
    let Some(name) = changes.get("StageName").and_then(Value::as_str) else { return };
    let before = own.and_then(|id| org.store.get(id));
    if before.is_some_and(|before| before.text("StageName") == Some(name)) {
        return;
    }
    if let Some(stage) = stage(name) {
        changes.insert("Probability", f64::from(stage.probability).into());
    }
}

/// A stage that somebody has added is an open one.
pub fn compute(values: &mut Changes) {
    let stage = values.get("StageName").and_then(Value::as_str).and_then(stage);
    values.insert("IsClosed", stage.is_some_and(|stage| stage.is_closed).into());
    values.insert("IsWon", stage.is_some_and(|stage| stage.is_won).into());
}
