//! A record with `lookIn` against the describes of all its SObjects.

use super::Check;
use crate::base::Finding;
use crate::record::plan::{CONVERTED_CONTACT, IS_CONVERTED};
use crate::salesforce::{FieldName, SObjectName};

impl Check<'_> {
    /// A field that this SObject has not, but another one of the list.
    pub(super) fn only_elsewhere(&self, path: String, field: &FieldName, remedy: &str) -> Option<Finding> {
        let has = |sobject: &&SObjectName| self.org.describe(sobject).is_some_and(|it| it.field(field).is_some());
        let others = only_for_words(self.record.look_in.iter().filter(has))?;
        Some(Finding::error(
            "field-not-of-all",
            path,
            format!(
                "`{}`, one of the objects of `lookIn`, has no field `{field}`, but {others} has.",
                self.record.sobject
            ),
            remedy.replace("{}", &others),
        ))
    }

    /// What every lookup of Leads asks for.
    pub(super) fn conversion(&mut self) {
        if self.record.look_in.is_empty() || !self.record.sobject.is_lead() {
            return;
        }
        let has = |name: &str| FieldName::parse(name).is_some_and(|name| self.describe.field(&name).is_some());
        let leads = FieldName::parse(CONVERTED_CONTACT).is_some_and(|name| self.describe.lookup_field(&name).is_some());
        if !has(IS_CONVERTED) || (self.record.look_in.iter().any(SObjectName::is_contact) && !leads) {
            self.findings.push(Finding::error(
                "no-permission",
                self.record.place("lookIn"),
                "The integration user may not see which Contact a converted Lead has become.",
                "Let an administrator give read access to `IsConverted` and `ConvertedContactId` of Lead.",
            ));
        }
    }
}

/// The SObjects as `onlyFor` lists them; `None` if there is none.
pub(super) fn only_for_words<'a>(sobjects: impl Iterator<Item = &'a SObjectName>) -> Option<String> {
    let names: Vec<String> = sobjects.map(|sobject| format!("\"{sobject}\"")).collect();
    (!names.is_empty()).then(|| format!("[{}]", names.join(", ")))
}
