//! Files against the describe of ContentVersion, asked for only where a row attaches one.

use super::{ACCESS, Check};
use crate::base::Finding;
use crate::base::json::child;
use crate::salesforce::{FieldName, SObjectName};
use crate::wire::content;
use crate::wire::describe::Field;

impl Check<'_> {
    pub(super) fn files(&mut self) {
        let Some(first) = self.record.attachments().first() else { return };
        let path = child(&first.pointer, "source");
        let describe = SObjectName::parse(content::SOBJECT).and_then(|name| self.org.describe(&name));
        let Some(describe) = describe.filter(|describe| describe.createable) else {
            self.findings.push(Finding::error(
                "no-permission",
                path,
                format!("The integration user may not create files (`{}`).", content::SOBJECT),
                "Let an administrator give the permission in the user's profile or a permission set.",
            ));
            return;
        };
        let field = |name: &str| FieldName::parse(name).and_then(|name| describe.field(&name));
        for name in content::FIELDS.iter().filter(|name| !field(name).is_some_and(|field| field.createable)) {
            self.findings.push(Finding::error(
                "read-only-field",
                path.clone(),
                format!("The integration user may not set `{name}` of a new `{}`.", content::SOBJECT),
                format!("Remove the row, {ACCESS}."),
            ));
        }
        let demanded = |field: &&Field| field.demanded && !content::FIELDS.contains(&field.name.as_str());
        for field in describe.fields.iter().filter(demanded) {
            self.findings.push(Finding::error(
                "required-field",
                path.clone(),
                format!("The org demands `{}` of every new `{}`, and a file has none.", field.name, content::SOBJECT),
                "Let an administrator give the field a default, or make it optional.",
            ));
        }
        let takes =
            |field: &Field| field.references().any(|name| name.eq_ignore_ascii_case(self.record.sobject.as_str()));
        if field(content::RECORD).is_some_and(|field| !takes(field)) {
            self.findings.push(Finding::error(
                "file-not-attachable",
                path,
                format!("The org attaches no files to `{}`.", self.record.sobject),
                "Attach the file to another record of this module, such as the Case.",
            ));
        }
    }
}
