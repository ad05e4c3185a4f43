//! Keys that were copied from somewhere, with marks that nobody sees.

use salesforce_module::report::RecordResult::{Created, Skipped, Unchanged};
use salesforce_module::report::Status;
use serde_json::json;

use super::told;
use crate::common::many::{key, map, settings};
use crate::stage::Stage;

#[test]
fn they_find_the_record_that_was_written_without_and_are_stored_without() {
    let settings = settings(json!([key("phone", "Contact", "Phone"), map("name", "Contact", "LastName")]), json!({}));
    let mut stage = Stage::new();
    let visitor = |phone: &str| json!({ "phone": phone, "name": "Berg" });
    let copied = visitor("\u{202a}+49 30 123\u{202c}");
    assert_eq!(told(&stage.run(&settings, &copied)), (Status::Done, 2, vec![Created]));
    assert_eq!(stage.org.records("Contact")[0]["Phone"], "+49 30 123");
    for phone in ["+49 30 123", "+49 30 123\u{200e}", " \u{feff}+49 30 123"] {
        assert_eq!(told(&stage.run(&settings, &visitor(phone))), (Status::Done, 1, vec![Unchanged]), "{phone:?}");
    }
    // None at all is blank.
    assert_eq!(told(&stage.run(&settings, &visitor("\u{200e}"))), (Status::Done, 0, vec![Skipped]));
    assert_eq!(stage.org.records("Contact").len(), 1);
}
