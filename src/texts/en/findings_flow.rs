//! Variables that the settings name, and the flow does not have or did not pass.

use std::fmt::Display;

use crate::texts::remarks;

remarks! {
    unknown_variable(variable, place)
        "The flow has no variable `{variable}`, which is for {place}.",
        "Choose a variable of the flow. If the flow sets it all the same, choose <silence: [\"unknown-variable\"]>.";

    misspelt_variable(variable, place, near)
        "The flow has no variable `{variable}`, which is for {place}.",
        "Did you mean `{near}`?";

    absent_variable(variable, place)
        "The flow did not pass the variable `{variable}`, which is for {place}.",
        "If the flow did not ask for it, there is nothing to do. Otherwise compare the name with the flow's \
         variables.";
}

pub(crate) fn field(field: &dyn Display, record: &dyn Display) -> String {
    format!("`{field}` of `{record}`")
}

pub(crate) fn file(record: &dyn Display) -> String {
    format!("a file of `{record}`")
}

pub(crate) fn idempotency_key(record: &dyn Display) -> String {
    format!("the idempotency key of `{record}`")
}

pub(crate) fn part(pointer: &str) -> String {
    format!("`{pointer}`")
}
