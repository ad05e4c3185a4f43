//! Picklist fields: the value or the label that people see, in any case, becomes the value that Salesforce stores.

use super::Misfit;
use crate::settings::{FieldFacts, PicklistValue};
use crate::value::folded;

/// Between the values of a multi-select picklist. Source: REST API guide.
const SEPARATOR: char = ';';
/// Enough values to recognise the list by.
const EXAMPLES: usize = 10;

pub fn one(text: &str, facts: &FieldFacts) -> Result<String, Misfit> {
    match find(text, &facts.values) {
        Some(value) => Ok(value.value.clone()),
        // An org may leave a list open; then what people type becomes a value of its own.
        None if !facts.restricted && fits(text, facts.length) => Ok(text.to_owned()),
        None => Err(Misfit::NotInPicklist(examples(&facts.values))),
    }
}

/// Whether the list has this value or label.
pub fn is_listed(text: &str, facts: &FieldFacts) -> bool {
    find(text, &facts.values).is_some()
}

/// Each value once, in the order given.
pub fn several(text: &str, facts: &FieldFacts) -> Result<String, Misfit> {
    let mut values: Vec<String> = Vec::new();
    for part in text.split(SEPARATOR).map(str::trim).filter(|part| !part.is_empty()) {
        let value = one(part, facts)?;
        if !values.contains(&value) {
            values.push(value);
        }
    }
    if values.is_empty() {
        return Err(Misfit::NotInPicklist(examples(&facts.values)));
    }
    Ok(values.join(";"))
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
    use crate::settings::FieldType;

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
}
