//! A record with `lookIn` against the describes of all its SObjects.

use super::Check;
use crate::base::{Finding, FindingCode};
use crate::record::plan::{CONVERTED_CONTACT, IS_CONVERTED};
use crate::salesforce::{FieldName, SObjectName};
use crate::texts::said;

/// What the settings do with a field.
#[derive(Clone, Copy)]
pub(super) enum Role {
    Mapped,
    Stored,
}

impl Check<'_> {
    /// A field that this SObject has not, but another one of the list.
    pub(super) fn only_elsewhere(&self, path: String, field: &FieldName, role: Role) -> Option<Finding> {
        let has = |sobject: &&SObjectName| self.org.describe(sobject).is_some_and(|it| it.field(field).is_some());
        let others = only_for_words(self.record.look_in.iter().filter(has))?;
        let sobject = &self.record.sobject;
        let said = match role {
            Role::Mapped => said!(findings_org::field_of_some(sobject, field, &others)),
            Role::Stored => said!(findings_org::stored_field_of_some(sobject, field, &others)),
        };
        Some(Finding::new(FindingCode::FieldNotOfAll, path, said))
    }

    /// What every lookup of Leads asks for.
    pub(super) fn conversion(&mut self) {
        if self.record.look_in.is_empty() || !self.record.sobject.is_lead() {
            return;
        }
        let has = |name: &str| FieldName::parse(name).is_some_and(|name| self.describe.field(&name).is_some());
        let leads = FieldName::parse(CONVERTED_CONTACT).is_some_and(|name| self.describe.lookup_field(&name).is_some());
        if !has(IS_CONVERTED) || (self.record.look_in.iter().any(SObjectName::is_contact) && !leads) {
            self.findings.push(Finding::new(
                FindingCode::NoPermission,
                self.record.place("lookIn"),
                said!(findings_org::conversion_hidden()),
            ));
        }
    }
}

/// The SObjects as `onlyFor` lists them; `None` if there is none.
pub(super) fn only_for_words<'a>(sobjects: impl Iterator<Item = &'a SObjectName>) -> Option<String> {
    let names: Vec<String> = sobjects.map(|sobject| format!("\"{sobject}\"")).collect();
    (!names.is_empty()).then(|| format!("[{}]", names.join(", ")))
}
