//! Fields that mean something else where the org has another one beside them.

use super::Check;
use crate::base::{Finding, FindingCode};
use crate::salesforce::name::is_state_or_country;
use crate::salesforce::{FieldName, FieldType};
use crate::settings::Mapping;
use crate::settings::smell::Smell;
use crate::texts::said;
use crate::wire::describe::Field;

impl Check<'_> {
    pub(super) fn companions(&mut self) {
        for mapping in &self.record.mappings {
            self.state_or_country(mapping);
        }
        self.currency();
        self.name_of_a_person();
    }

    /// Source: help, "State and Country/Territory Picklists".
    fn state_or_country(&mut self, mapping: &Mapping) {
        let name = &mapping.field.field;
        if mapping.field.relationship.is_some() || !mapping.smells(Smell::StateOrCountryText) {
            return;
        }
        let code = FieldName::parse(&format!("{name}Code")).filter(|_| is_state_or_country(name.as_str()));
        let Some(code) = code.and_then(|code| self.describe.field(&code)) else { return };
        self.findings.push(Finding::new(
            FindingCode::StateOrCountryText,
            mapping.place("field"),
            said!(findings_smells::state_or_country_text(name, &code.name)),
        ));
    }

    /// Source: help, "Manage Multiple Currencies".
    fn currency(&mut self) {
        let Some(field) = self.field_of("CurrencyIsoCode") else { return };
        if self.mapping_of(&field.name).is_some() {
            return;
        }
        let is_amount = |mapping: &&Mapping| {
            let facts = self.describe.field(&mapping.field.field).and_then(Field::facts);
            mapping.field.relationship.is_none() && facts.is_some_and(|facts| facts.field_type == FieldType::Currency)
        };
        let amount = self.record.mappings.iter().map(AsRef::as_ref).find(is_amount);
        let Some(amount) = amount.filter(|_| self.record.may_create()) else { return };
        self.findings.push(Finding::new(
            FindingCode::CurrencyNotGiven,
            amount.place("field"),
            said!(findings_org::currency_not_given(&self.record.sobject)),
        ));
    }

    /// An Account is a company with a `Name`, or a person with a `LastName`. Source: object reference, Account; help, "Person
    /// Accounts".
    fn name_of_a_person(&mut self) {
        let record = self.record;
        let is_account = record.sobject.as_str().eq_ignore_ascii_case("Account");
        if !is_account || self.field_of("IsPersonAccount").is_none() {
            return;
        }
        match (self.mapping_of("Name"), self.mapping_of("LastName")) {
            (Some(name), Some(_)) => self.findings.push(Finding::new(
                FindingCode::TwoNames,
                name.place("field"),
                said!(findings_org::two_names()),
            )),
            (None, None) if record.may_create() => {
                let place = record.mappings.first().map(|mapping| mapping.place("object")).unwrap_or_default();
                self.findings.push(Finding::new(
                    FindingCode::RequiredField,
                    place,
                    said!(findings_org::required_name()),
                ));
            }
            _ => {}
        }
    }

    fn field_of(&self, name: &str) -> Option<&Field> {
        self.describe.field(&FieldName::parse(name)?)
    }

    fn mapping_of(&self, name: &str) -> Option<&Mapping> {
        let is = |mapping: &&Mapping| {
            mapping.field.relationship.is_none() && mapping.field.field.as_str().eq_ignore_ascii_case(name)
        };
        self.record.mappings.iter().map(AsRef::as_ref).find(is)
    }
}
