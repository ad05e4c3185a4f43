//! Files against the describe of ContentVersion, asked for only where a row attaches one.

use super::Check;
use crate::base::json::child;
use crate::base::{Finding, FindingCode};
use crate::salesforce::{FieldName, SObjectName};
use crate::texts::said;
use crate::wire::content;
use crate::wire::describe::Field;

impl Check<'_> {
    pub(super) fn files(&mut self) {
        let Some(first) = self.record.attachments().first() else { return };
        let path = child(&first.pointer, "source");
        let describe = SObjectName::parse(content::SOBJECT).and_then(|name| self.org.describe(&name));
        let Some(describe) = describe.filter(|describe| describe.createable) else {
            self.findings.push(Finding::new(
                FindingCode::NoPermission,
                path,
                said!(findings_org_files::may_not_create()),
            ));
            return;
        };
        let field = |name: &str| FieldName::parse(name).and_then(|name| describe.field(&name));
        for name in content::FIELDS.iter().filter(|name| !field(name).is_some_and(|field| field.createable)) {
            self.findings.push(Finding::new(
                FindingCode::ReadOnlyField,
                path.clone(),
                said!(findings_org_files::read_only(name)),
            ));
        }
        let demanded = |field: &&Field| field.demanded && !content::FIELDS.contains(&field.name.as_str());
        for field in describe.fields.iter().filter(demanded) {
            self.findings.push(Finding::new(
                FindingCode::RequiredField,
                path.clone(),
                said!(findings_org_files::required_field(&field.name)),
            ));
        }
        let takes =
            |field: &Field| field.references().any(|name| name.eq_ignore_ascii_case(self.record.sobject.as_str()));
        if field(content::RECORD).is_some_and(|field| !takes(field)) {
            self.findings.push(Finding::new(
                FindingCode::FileNotAttachable,
                path,
                said!(findings_org_files::not_attachable(&self.record.sobject)),
            ));
        }
    }
}
