//! What an admin changes while clients are connected, beside the switches of [`Settings`](crate::Settings).

use super::{DuplicateRule, Org, ValidationRule};
use crate::schema::Access;

impl Org {
    /// Adds a duplicate rule: another record with the same value in `field` blocks a save, or only alerts when
    /// `allow_save` (then `Sforce-Duplicate-Rule-Header: allowSave=true` lets it pass). False for unknown names.
    pub fn add_duplicate_rule(&mut self, sobject: &str, field: &str, allow_save: bool) -> bool {
        self.add_cross_duplicate_rule(sobject, field, &[(sobject, field)], allow_save)
    }

    /// Adds a duplicate rule that looks for the value of `field` in the given fields of other objects, and of its own
    /// object only when that is listed too. The answer has a match result for each of them that finds something.
    pub fn add_cross_duplicate_rule(
        &mut self,
        sobject: &str,
        field: &str,
        matching: &[(&str, &str)],
        allow_save: bool,
    ) -> bool {
        self.follow_settings();
        let named = |(sobject, field): (&str, &str)| {
            let object = self.schema.existing(sobject)?;
            Some((object.name, object.field(field)?.name))
        };
        let matching: Option<Vec<_>> = matching.iter().copied().map(named).collect();
        let (Some((sobject, field)), Some(matching)) = (named((sobject, field)), matching) else {
            return false;
        };
        self.rules.duplicate_rules.push(DuplicateRule { sobject, field, matching, allow_save });
        true
    }

    /// Adds a validation rule.
    pub fn add_validation_rule(&mut self, rule: ValidationRule) {
        self.rules.validation_rules.push(rule);
    }

    /// Restricts a field for the API user (field-level security); false for unknown names.
    pub fn restrict_field(&mut self, sobject: &str, field: &str, access: Access) -> bool {
        self.change_schema().restrict(sobject, field, access)
    }

    /// Restricts a whole object for the API user (object permissions); false for an unknown name. Seeds, [`records`]
    /// and rules go on as before, as none of them is the user's.
    ///
    /// [`records`]: Org::records
    pub fn restrict_object(&mut self, sobject: &str, access: Access) -> bool {
        self.change_schema().restrict_object(sobject, access)
    }

    /// Deletes a field behind the client's back, as an admin can: from now on it is as if it had never existed. Unlike a
    /// hidden field it is not required, unique or defaulted any more. False for unknown names and for Id.
    pub fn remove_field(&mut self, sobject: &str, field: &str) -> bool {
        self.change_schema().remove(sobject, field)
    }
}
