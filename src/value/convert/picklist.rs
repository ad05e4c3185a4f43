//! Picklist fields: the value or the label that people see, in any case, becomes the value that Salesforce stores.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::base::MAX_VALUES;
use crate::base::json::Count;
use crate::salesforce::{FieldFacts, PicklistValue};
use crate::value::{Converted, Misfit, Scalar, folded};

/// Between the values of a multi-select picklist. Source: REST API guide.
const SEPARATOR: char = ';';
/// What people write between the entries of a list.
const COMMAS: [char; 5] = [',', '、', '，', '،', '\n'];
/// Enough values to recognise the list by.
const EXAMPLES: usize = 10;

/// The value of a list of which a record holds one.
pub(super) fn one(text: &str, facts: &FieldFacts) -> Result<Converted, Misfit> {
    let mut chosen = Chosen::new(facts);
    chosen.add(text)?;
    chosen.converted()
}

/// Each value once, in the order given.
pub(super) fn several(text: &str, facts: &FieldFacts) -> Result<Converted, Misfit> {
    let mut chosen = Chosen::new(facts);
    chosen.add_all(text)?;
    chosen.converted()
}

/// Values on their way to a record.
struct Chosen<'a> {
    facts: &'a FieldFacts,
    values: Vec<String>,
    /// The same, since a text may have a hundred thousand.
    seen: BTreeSet<String>,
    new_value: bool,
}

impl<'a> Chosen<'a> {
    fn new(facts: &'a FieldFacts) -> Self {
        Self { facts, values: Vec::new(), seen: BTreeSet::new(), new_value: false }
    }

    /// The values that a text stands for. A comma can belong to a value, so it separates values only where all that it
    /// separates is in the list.
    fn add_all(&mut self, text: &str) -> Result<(), Misfit> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(());
        }
        if find(text, &self.facts.values).is_some() {
            return self.add(text);
        }
        if let Some(entries) = json_list(text) {
            return entries.iter().try_for_each(|entry| self.add_all(entry));
        }
        if text.contains(SEPARATOR) {
            return text.split(SEPARATOR).try_for_each(|part| self.add_all(part));
        }
        let parts = || text.split(COMMAS).map(str::trim).filter(|part| !part.is_empty());
        match text.contains(COMMAS) && parts().all(|part| find(part, &self.facts.values).is_some()) {
            true => parts().try_for_each(|part| self.add(part)),
            false => self.add(text),
        }
    }

    fn add(&mut self, text: &str) -> Result<(), Misfit> {
        let value = match find(text, &self.facts.values) {
            Some(value) => value.value.clone(),
            // An org may leave a list open; then what people type becomes a value of its own.
            None if !self.facts.restricted && fits(text, self.facts.length) => {
                // Without the list's values it is not known here which value is new.
                self.new_value |= !self.facts.values.is_empty();
                text.to_owned()
            }
            None => return Err(Misfit::NotInPicklist(examples(&self.facts.values))),
        };
        if self.seen.insert(value.clone()) {
            self.values.push(value);
        }
        Ok(())
    }

    fn converted(self) -> Result<Converted, Misfit> {
        match Scalar::text(&self.values.join(";")) {
            Some(value) => Ok(Converted { value, cut: false, new_value: self.new_value }),
            None => Err(Misfit::NotInPicklist(examples(&self.facts.values))),
        }
    }
}

/// The entries of a JSON list of single values, such as `["News","Offers"]`.
fn json_list(text: &str) -> Option<Vec<String>> {
    let is_list = text.starts_with('[') && text.ends_with(']') && Count::of(text.as_bytes()).values <= MAX_VALUES;
    let entries: Vec<Value> = is_list.then(|| serde_json::from_str(text).ok())??;
    let entry = |entry: &Value| match entry {
        Value::Array(_) => None,
        entry => Some(Scalar::from_json(entry).ok()?.map(|scalar| scalar.to_text()).unwrap_or_default()),
    };
    entries.iter().map(entry).collect()
}

/// A value comes before a label, and a label that two values share says nothing.
fn find<'a>(text: &str, values: &'a [PicklistValue]) -> Option<&'a PicklistValue> {
    let same = |other: &str| folded(other).eq(folded(text));
    let exact = values.iter().find(|value| value.value == text);
    if let Some(value) = exact.or_else(|| values.iter().find(|value| same(&value.value))) {
        return Some(value);
    }
    let mut labelled = values.iter().filter(|value| value.label.as_deref().is_some_and(same));
    labelled.next().filter(|_| labelled.next().is_none())
}

fn fits(text: &str, length: Option<usize>) -> bool {
    length.is_none_or(|most| text.chars().count() <= most)
}

fn examples(values: &[PicklistValue]) -> String {
    let mut examples: Vec<&str> = values.iter().take(EXAMPLES).map(|value| value.value.as_str()).collect();
    if values.len() > EXAMPLES {
        examples.push("…");
    }
    examples.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::salesforce::FieldType;

    fn text(converted: Result<Converted, Misfit>) -> Result<String, Misfit> {
        converted.map(|converted| converted.value.to_text())
    }

    fn one(typed: &str, facts: &FieldFacts) -> Result<String, Misfit> {
        text(super::one(typed, facts))
    }

    fn several(typed: &str, facts: &FieldFacts) -> Result<String, Misfit> {
        text(super::several(typed, facts))
    }

    fn facts(restricted: bool) -> FieldFacts {
        let value =
            |value: &str, label: Option<&str>| PicklistValue { value: value.into(), label: label.map(Into::into) };
        FieldFacts {
            field_type: FieldType::Picklist,
            restricted,
            values: vec![
                value("web_chat", Some("Web chat")),
                value("Phone", Some("Telefon")),
                value("Fax", Some("Sonstiges")),
                value("Other", Some("Sonstiges")),
                value("Ärger", None),
            ],
            ..FieldFacts::default()
        }
    }

    #[test]
    fn value_or_label_in_any_case_gives_the_value() {
        for (text, value) in
            [("WEB_CHAT", "web_chat"), ("web CHAT", "web_chat"), ("telefon", "Phone"), ("ärger", "Ärger")]
        {
            assert_eq!(one(text, &facts(true)).as_deref(), Ok(value), "{text}");
        }
    }

    #[test]
    fn a_restricted_list_takes_nothing_else_and_a_shared_label_is_no_value() {
        assert!(matches!(one("Mail", &facts(true)), Err(Misfit::NotInPicklist(list)) if list.contains("web_chat")));
        assert!(one("Sonstiges", &facts(true)).is_err());
        assert_eq!(one("Mail", &facts(false)).as_deref(), Ok("Mail"));
    }

    #[test]
    fn several_values_are_each_one_of_the_list() {
        assert_eq!(several("telefon; Web chat;phone", &facts(true)).as_deref(), Ok("Phone;web_chat"));
        assert!(several("Phone;Mail", &facts(true)).is_err());
        assert!(several(" ; ", &facts(false)).is_err());
    }

    fn topics(restricted: bool) -> FieldFacts {
        let value = |value: &str| PicklistValue { value: value.into(), label: None };
        let values = ["News", "Offers", "Parts, service", "Parts"].map(value).into();
        FieldFacts { values, restricted, ..facts(restricted) }
    }

    #[test]
    fn a_list_as_text_is_several_values_where_all_of_them_are_known() {
        for (typed, values) in [
            ("News, Offers", "News;Offers"),
            ("offers,NEWS,", "Offers;News"),
            ("News、Offers", "News;Offers"),
            ("News\nOffers", "News;Offers"),
            (r#"["News","Offers"]"#, "News;Offers"),
            (r#" [ "news" , null, "" , "Offers" ] "#, "News;Offers"),
            ("News, Offers;Parts", "News;Offers;Parts"),
            (r#"["News","Parts, service"];Offers"#, "News;Parts, service;Offers"),
            // A comma of the value's own.
            ("Parts, service", "Parts, service"),
            ("Parts, service;News", "Parts, service;News"),
        ] {
            for restricted in [true, false] {
                let converted = super::several(typed, &topics(restricted)).unwrap();
                assert_eq!((converted.value.to_text().as_str(), converted.new_value), (values, false), "{typed}");
            }
        }
    }

    #[test]
    fn an_open_list_gets_what_it_does_not_have_and_this_is_told() {
        for (typed, values) in [
            ("News, Events", "News, Events"),
            ("News;Events", "News;Events"),
            (r#"["News","Events"]"#, "News;Events"),
            (r#"["News",["Offers"]]"#, r#"["News",["Offers"]]"#),
            ("[News]", "[News]"),
        ] {
            let converted = super::several(typed, &topics(false)).unwrap();
            assert_eq!((converted.value.to_text().as_str(), converted.new_value), (values, true), "{typed}");
            assert!(several(typed, &topics(true)).is_err(), "{typed}");
        }
        assert!(super::one("News, Offers", &topics(false)).unwrap().new_value);
        assert!(!super::one("news", &topics(false)).unwrap().new_value);
        // A list that is too long for `schema` is not known.
        let unknown = FieldFacts { values: Vec::new(), ..topics(false) };
        assert!(!super::several("Anything", &unknown).unwrap().new_value);
        assert_eq!(several("News, Offers", &unknown).as_deref(), Ok("News, Offers"));
        assert!(several("[]", &topics(false)).is_err() && several(r#"["", null]"#, &topics(true)).is_err());
    }
}
