//! Whatever is typed for a field of whatever type: it becomes a value that the field takes, once and for all, or it is
//! refused without being repeated.
//!
//! The first line of an input names the field's type and, in any order, a locale, a time zone, `cut`, `restricted` and a
//! number, which is its length, or its digits before the point and behind it. The rest is what was typed: JSON, or a text.

use salesforce_module::base::Language;
use salesforce_module::salesforce::{FieldFacts, FieldPath, FieldType, PicklistValue};
use salesforce_module::value::{Converted, Format, Locale, Misfit, Scalar, WhenTooLong, Zone, convert as converted};
use serde_json::Value;

use super::{canary, text};

pub fn convert(data: &[u8]) {
    let Some((head, typed)) = text(data).and_then(|text| text.split_once('\n')) else { return };
    let (facts, format, when) = field(head);
    let json = serde_json::from_str::<Value>(typed).unwrap_or_else(|_| typed.into());
    let Ok(Some(value)) = Scalar::from_json(&json) else { return };
    match converted(value, &facts, &format, when) {
        Ok(converted) => fits(&converted, &facts, &format, when),
        Err(misfit) => told(&misfit),
    }
    if !canary::is_in(typed) {
        let mut json = json;
        canary::typed(&mut json);
        if let Ok(Some(value)) = Scalar::from_json(&json) {
            canary::stayed_inside(&converted(value, &facts, &format, when).err());
        }
    }
}

fn field(head: &str) -> (FieldFacts, Format, WhenTooLong) {
    let values = [("web_chat", Some("Web chat")), ("Phone", None), ("Ärger", Some("100 %"))];
    let values = values.map(|(value, label)| PicklistValue { value: value.into(), label: label.map(Into::into) });
    let mut facts = FieldFacts { values: values.to_vec(), ..FieldFacts::default() };
    let (mut format, mut when) = (Format::default(), WhenTooLong::Fail);
    for word in head.split(' ') {
        if let Some(field_type) = FieldType::of_describe(word) {
            facts.field_type = field_type;
        } else if let Ok(number) = word.parse::<u8>() {
            let number = usize::from(number);
            facts.length = Some(number.max(1));
            facts.digits = Some((number.max(1), number / 3));
        } else if word == "cut" {
            when = WhenTooLong::Cut;
        } else if word == "restricted" {
            facts.restricted = true;
        } else if let Some(locale) = Locale::parse(word) {
            format.locale = Some(locale);
        } else if let Some(zone) = Zone::parse(word) {
            format.zone = Some(zone);
        }
    }
    (facts, format, when)
}

fn fits(converted: &Converted, facts: &FieldFacts, format: &Format, when: WhenTooLong) {
    let Converted { value, cut, .. } = converted;
    assert!(!cut || when == WhenTooLong::Cut, "{value:?}");
    match (value, facts.field_type) {
        (Scalar::Text(text), field_type) => {
            assert!(!text.is_empty() && text.trim() == text, "{text:?}");
            let length = facts.length.filter(|_| field_type.is_text());
            assert!(length.is_none_or(|length| text.chars().count() <= length), "{text:?} is longer than {length:?}");
        }
        (Scalar::Boolean(_), FieldType::Boolean | FieldType::Unknown) => {}
        (Scalar::Number(_), FieldType::Int | FieldType::Double | FieldType::Currency) => {}
        (Scalar::Number(_), FieldType::Percent | FieldType::Unknown) => {}
        (Scalar::Temporal(_), FieldType::Date | FieldType::DateTime | FieldType::Time) => {}
        other => panic!("{other:?}"),
    }
    if matches!(value, Scalar::Temporal(_)) {
        // As Salesforce writes it, whatever the locale.
        let again = self::converted(Scalar::Text(value.to_text()), facts, format, when);
        assert_eq!(again.as_ref().map(|again| &again.value), Ok(value));
    } else {
        assert_eq!(self::converted(value.clone(), facts, format, when).map(|again| again.value), Ok(value.clone()));
    }
}

fn told(misfit: &Misfit) {
    let words = misfit.words(&FieldPath::parse("Amount__c").expect("a name"));
    for language in Language::ALL {
        assert!((1..1_000).contains(&words.get(language).len()), "{words:?}");
    }
    match misfit {
        Misfit::Form(_) => {}
        Misfit::NotInPicklist(said) => assert!((1..1_000).contains(&said.len()), "{said}"),
        Misfit::TooLong(length) | Misfit::TooManyBytes(length) => assert!(*length > 0),
    }
}
