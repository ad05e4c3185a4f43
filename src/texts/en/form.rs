//! Words of the form that the JSON Schema of the settings does not have.

pub(crate) const MORE: &str = "More settings";
