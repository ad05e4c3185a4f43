//! Fields that mean something else where the org has another one beside them.

use super::Check;
use crate::base::Finding;
use crate::salesforce::name::is_state_or_country;
use crate::salesforce::{FieldName, FieldType};
use crate::settings::Mapping;
use crate::settings::smell::Smell;
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
        self.findings.push(Finding::warning(
            Smell::StateOrCountryText.code(),
            mapping.place("field"),
            format!("The org has a list for `{name}`, which takes only the labels of that list, letter by letter."),
            format!(
                "Map `{}` instead, and let the chat offer the values of the list; if the chat gives its labels exactly, add \
                 \"silence\": [\"{}\"].",
                code.name,
                Smell::StateOrCountryText.code()
            ),
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
        self.findings.push(Finding::info(
            "currency-not-given",
            amount.place("field"),
            format!(
                "The org has several currencies, and a new `{}` gets the integration user's, whatever the visitor meant.",
                self.record.sobject
            ),
            "Nothing, if that is the currency meant; otherwise map its code, such as \"EUR\", to `CurrencyIsoCode`.",
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
            (Some(name), Some(_)) => self.findings.push(Finding::warning(
                "two-names",
                name.place("field"),
                "A company's Account takes only `Name`, a person's only `LastName`; with values for both the Account is refused.",
                "Keep one of the rows, or two records; or see that the chat never gives both values.",
            )),
            (None, None) if record.may_create() => {
                let place = record.mappings.first().map(|mapping| mapping.place("object")).unwrap_or_default();
                self.findings.push(Finding::error(
                    "required-field",
                    place,
                    "The org demands of every new `Account` a `Name`, if it is a company, or a `LastName`, if it is a person, and no \
                     mapping gives it.",
                    "Add a row for one of them, or set `onlyUpdateExisting`.",
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
