//! Ready-made mappings for what most flows want.

use std::rc::Rc;

use serde_json::Value;

use super::{Mapping, Overwrite, RecordSettings, Source, WhenBlank};
use crate::salesforce::FieldPath;
use crate::value::{Format, Template, WhenTooLong};

/// A set of mappings that the author need not write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Preset {
    /// A Case such as Salesforce's own Web-to-Case form makes, with who wrote it in the fields for people who are no
    /// Contact yet.
    WebToCase,
}

/// Field and where its value usually is, the likeliest first. `{…}` is a template.
/// Source of the fields: Web-to-Case; of the names: what chat platforms call them.
const WEB_TO_CASE: [(&str, &[&str]); 4] = [
    (
        "SuppliedName",
        &[
            "customer_name",
            "{customer_firstname} {customer_lastname}",
            "{customer_first_name} {customer_last_name}",
            "{first_name} {last_name}",
            "{firstname} {lastname}",
            "name",
        ],
    ),
    ("SuppliedEmail", &["customer_email", "email"]),
    ("SuppliedPhone", &["customer_phone", "phone"]),
    ("SuppliedCompany", &["customer_company", "company"]),
];

impl Preset {
    pub(crate) const WEB_TO_CASE: &'static str = "web-to-case";

    pub(crate) fn fits(self, record: &RecordSettings) -> bool {
        record.sobject.is_case() && record.look_in.is_empty()
    }

    /// Adds the mappings of fields that the author left out.
    pub(crate) fn complete(self, record: &mut RecordSettings, pointer: &str) {
        let origin = ("Origin", Source::Constant(Value::from("Web")));
        let supplied = WEB_TO_CASE.iter().map(|(field, sources)| (*field, first_of(sources)));
        for (field, source) in std::iter::once(origin).chain(supplied) {
            let Some(field) = FieldPath::parse(field) else { continue };
            if record.mappings.iter().any(|mapping| mapping.field == field) {
                continue;
            }
            record.mappings.push(Rc::new(Mapping {
                pointer: pointer.to_owned(),
                source,
                field,
                key: false,
                only_finds: false,
                only_for: Vec::new(),
                when_blank: WhenBlank::Skip,
                overwrite: Overwrite::OnCreate,
                separator: None,
                // A form field takes what fits, too; the conversation is not lost for a long name.
                when_too_long: WhenTooLong::Cut,
                format: Format::default(),
                silenced: Vec::new(),
                completes: true,
            }));
        }
    }
}

fn first_of(sources: &[&str]) -> Source {
    let source = |text: &&str| match Template::parse(text) {
        Ok(template) => Source::Template(template),
        Err(_) => Source::Variable((*text).to_owned()),
    };
    Source::FirstOf(sources.iter().map(source).collect())
}
