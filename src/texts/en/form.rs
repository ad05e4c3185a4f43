//! Words of the form that the JSON Schema of the settings does not have.

pub(crate) const MORE: &str = "More settings";
pub(crate) const NUMBER: &str = "Fixed number";
pub(crate) const YES_OR_NO: &str = "Fixed yes or no";
pub(crate) const SEVERAL: &str = "Several fixed values";
pub(crate) const FINDS: &str = "Find the record by a value";
pub(crate) const READS: &str = "Read a field of the record";
