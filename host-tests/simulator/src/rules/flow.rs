//! An autolaunched flow, as an admin builds one: it puts a task for a person on the list of the support team.

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::save;
use super::validate::{self, Mode};
use crate::http::{ApiError, Options};
use crate::org::Org;

pub const NAME: &str = "Chat_Follow_Up";
pub const LABEL: &str = "Chat Follow Up";
/// Its variables that are available for input. A flow requires none of them: it fails where it needs one.
pub const INPUTS: &[&str] = &["personId", "subject", "description"];
/// Its variable that is available for output.
pub const OUTPUT: &str = "taskId";

/// One interview: its outputs, or the fault that nothing in the flow handles.
pub fn run(org: &mut Org, input: &Value, options: &Options, now: Timestamp) -> Result<Value, ApiError> {
    let bad = |message: String| ApiError::bad("INVALID_API_INPUT", message);
    let input = input.as_object().ok_or_else(|| bad("an input must be an object".into()))?;
    // Names of variables are case-sensitive.
    if let Some(unknown) = input.keys().find(|name| !INPUTS.contains(&name.as_str())) {
        return Err(bad(format!("{NAME} has no input variable {unknown}")));
    }
    let text = |name: &str| input.get(name).cloned().unwrap_or_default();
    let task = Map::from_iter([
        ("WhoId".to_owned(), text("personId")),
        ("Subject".to_owned(), text("subject")),
        ("Description".to_owned(), text("description")),
    ]);
    if !text("personId").is_string() {
        return Err(fault());
    }
    let schema = std::sync::Arc::clone(&org.schema);
    let sobject = schema.existing("Task").ok_or_else(fault)?;
    let saved = validate::changes(org, sobject, &task, Mode::Create)
        .and_then(|changes| save::create(org, sobject, changes, options, now, None));
    let id = saved.map_err(|_| fault())?;
    Ok(json!({
        "Flow__InterviewGuid": format!("{:032x}-{:x}", org.store.next("FlowInterview"), now.as_second()),
        "Flow__InterviewStatus": "Finished",
        OUTPUT: id,
    }))
}

/// What failed inside stays inside.
fn fault() -> ApiError {
    let message = "An unhandled fault has occurred in this flow<br>An unhandled fault has occurred while processing the flow. \
                   Please contact your system administrator for more information.";
    ApiError::bad("UNKNOWN_EXCEPTION", message)
}
