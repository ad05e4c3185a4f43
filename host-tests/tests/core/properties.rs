//! What holds for every input, tried with many: the core never panics, decides the same twice, and what a visitor typed
//! arrives in Salesforce as it was typed.

use crate::common::documents;
use crate::common::documents::config;
use host_tests::simulator::reading;
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use salesforce_module::base::Language;
use salesforce_module::module::Plan;
use salesforce_module::prepare::with_schema;
use salesforce_module::salesforce::{FieldFacts, FieldPath, FieldType, PicklistValue, SObjectName};
use salesforce_module::value::{Converted, Format, Locale, Scalar, WhenTooLong, Zone, convert};
use salesforce_module::wire::{Condition, Literal, Order, Select};
use salesforce_module::{module, wire};
use serde_json::{Map, Value, json};

/// What could be settings, ever less likely.
fn settings_text() -> BoxedStrategy<String> {
    prop_oneof![
        4 => documents::settings().prop_map(|settings| settings.to_string()),
        4 => documents::mutated().prop_map(|settings| settings.to_string()),
        1 => documents::json().prop_map(|json| json.to_string()),
        1 => documents::text(),
        1 => (documents::settings(), any::<Index>(), documents::text()).prop_map(|(settings, at, text)| {
            spliced(&settings.to_string(), at, &text)
        }),
    ]
    .boxed()
}

/// One character of a text replaced by something else.
fn spliced(text: &str, at: Index, instead: &str) -> String {
    let mut characters: Vec<String> = text.chars().map(String::from).collect();
    let at = at.index(characters.len());
    characters[at] = instead.to_owned();
    characters.concat()
}

fn variables_text() -> BoxedStrategy<String> {
    prop_oneof![
        8 => documents::variables().prop_map(|variables| variables.to_string()),
        1 => documents::json().prop_map(|json| json.to_string()),
        1 => documents::text(),
    ]
    .boxed()
}

proptest! {
    #![proptest_config(config(600))]

    #[test]
    fn any_settings_and_any_variables_end_in_a_plan_or_in_findings(
        settings in settings_text(),
        variables in variables_text(),
    ) {
        let findings = module::check(&settings);
        if let Err(refusal) = module::plan(&settings, &variables) {
            prop_assert!(!refusal.is_empty());
        }
        prop_assert!(findings.iter().all(|finding| !finding.message.get(salesforce_module::base::Language::En).is_empty() && !finding.remedy.get(salesforce_module::base::Language::De).is_empty()));
    }

    #[test]
    fn the_same_settings_and_variables_give_the_same_plan_and_the_same_hash(
        settings in documents::settings(),
        variables in documents::variables(),
    ) {
        let (settings, variables) = (settings.to_string(), variables.to_string());
        let (one, other) = (module::plan(&settings, &variables), module::plan(&settings, &variables));
        prop_assert_eq!(&one, &other);
        let hashed = |plan: &Result<Plan, _>| plan.as_ref().ok().map(Plan::hash);
        prop_assert_eq!(hashed(&one), hashed(&other));
    }

}

proptest! {
    #![proptest_config(config(3000))]

    #[test]
    fn any_text_reaches_salesforce_through_a_query_as_it_was_typed(texts in vec(documents::text(), 3)) {
        let equals = |field: &str, text: &String| {
            Condition::Equals(FieldPath::parse(field).unwrap(), Literal::Text(text.clone()))
        };
        let either = Condition::Any(vec![equals("LastName", &texts[1]), equals("Account.No__c", &texts[2])]);
        let select = Select {
            fields: vec![FieldPath::parse("Id").unwrap()],
            behind: Vec::new(),
            from: SObjectName::parse("Contact").unwrap(),
            condition: Condition::All(vec![equals("Email", &texts[0]), either]),
            order: Order::NewestFirst,
            limit: 1,
        };
        prop_assert_eq!(reading::texts(&select.to_string()), Ok(texts));
    }

    #[test]
    fn any_key_reaches_salesforce_through_a_url_as_it_was_typed(
        // A blank key is none.
        key in documents::text().prop_filter("blank", |key| !key.trim().is_empty()),
    ) {
        let path = format!("/services/data/v62.0/sobjects/Contact/Customer_No__c/{}", wire::encode(&key));
        prop_assert!(path.is_ascii());
        prop_assert_eq!(reading::path(&path), Some(["sobjects", "Contact", "Customer_No__c", &key].map(str::to_owned).to_vec()));
    }

    #[test]
    fn any_value_for_any_field_is_converted_or_refused(
        value in said(),
        facts in facts(documents::text()),
        format in format(),
        when in when_too_long(),
    ) {
        match convert(value, &facts, &format, when) {
            Ok(converted) => prop_assert!(!matches!(when, WhenTooLong::Fail) || !converted.cut),
            Err(misfit) => {
                let words = misfit.words(&FieldPath::parse("Amount__c").expect("a name"));
                let [en, de] = Language::ALL.map(|language| words.get(language));
                prop_assert!(en.starts_with("`Amount__c` takes ") && en.ends_with('.') && en != de, "{}", en);
                prop_assert!(de.starts_with("`Amount__c` nimmt ") && de.ends_with('.'), "{}", de);
            }
        }
    }

    #[test]
    fn a_converted_value_is_not_blank_and_converts_to_itself(
        value in said(),
        facts in facts(picklist_value()),
        format in format(),
        when in when_too_long(),
    ) {
        let Ok(Converted { value: first, new_value, .. }) = convert(value, &facts, &format, when) else { return Ok(()) };
        let text = first.to_text();
        prop_assert!(!text.is_empty() && text.trim() == text, "{first:?}");
        let itself = Ok(Converted { value: first.clone(), cut: false, new_value });
        // Temporals are only ever read from texts.
        if !matches!(first, Scalar::Temporal(_)) {
            prop_assert_eq!(&convert(first.clone(), &facts, &format, when), &itself);
        }
        // A locale may read the text of a number in another way, and what is unknown stays as it comes.
        let has_own_text = !matches!(first, Scalar::Number(_)) || format.locale.is_none();
        if has_own_text && facts.field_type != FieldType::Unknown {
            prop_assert_eq!(&convert(Scalar::Text(text), &facts, &format, when), &itself);
        }
    }

    #[test]
    fn a_number_of_any_country_is_itself(
        locale in locale(),
        separator in any::<Index>(),
        whole in 1_u64..1_000_000_000_000,
        fraction in of("[0-9]{1,6}"),
        negative in any::<bool>(),
    ) {
        let separator = locale.groups[separator.index(locale.groups.len())];
        let sign = if negative { "-" } else { "" };
        let behind = |point: char| fraction.as_ref().map(|digits| format!("{point}{digits}")).unwrap_or_default();
        let number = format!("{sign}{whole}{}", behind('.'));
        let number: Value = serde_json::from_str(&number).expect("a number");
        for written in [grouped(whole, separator), whole.to_string()] {
            let text = format!("{sign}{written}{}", behind(locale.decimal));
            prop_assert_eq!(amount(&text, locale), Scalar::from_json(&number).expect("a number"), "{}", text);
        }
    }

    /// `0.500` is five hundred to nobody: it is a half, in the form of another country.
    #[test]
    fn a_group_that_begins_with_a_zero_is_no_thousand(
        locale in locale(),
        separator in any::<Index>(),
        first in "0[0-9]{0,2}",
        groups in vec("[0-9]{3}", 1..4),
        fraction in of("[0-9]{1,3}"),
        sign in select(vec!["", "-", "+"]),
    ) {
        let separator = locale.groups[separator.index(locale.groups.len())];
        let groups: String = groups.iter().map(|group| format!("{separator}{group}")).collect();
        let behind = fraction.map(|digits| format!("{}{digits}", locale.decimal)).unwrap_or_default();
        prop_assert_eq!(amount(&format!("{sign}{first}{groups}{behind}"), locale), None);
    }

    /// Whichever country it is, and none at all.
    #[test]
    fn a_day_with_the_year_first_is_that_day(
        locale in of(locale()),
        (year, month, day) in (1700_i16..4000, 1_i8..13, 1_i8..29),
        separator in select(vec!['-', '/', '.']),
    ) {
        let facts = FieldFacts { field_type: FieldType::Date, ..FieldFacts::default() };
        let format = Format { locale, ..Format::default() };
        let text = format!("{year:04}{separator}{month:02}{separator}{day:02}");
        let converted = convert(Scalar::Text(text), &facts, &format, WhenTooLong::Fail).expect("a day");
        prop_assert_eq!(converted.value.to_text(), format!("{year:04}-{month:02}-{day:02}"));
    }

}

proptest! {
    #![proptest_config(config(256))]

    #[test]
    fn the_schema_goes_into_the_document_and_all_else_stays_byte_for_byte(document in document(), schema in object()) {
        let Document { before, schema: old, after } = document;
        let settings = format!("{before}{}{after}", old.clone().unwrap_or_default());
        let written = with_schema(&settings, &schema);
        let new = written.strip_prefix(&before).and_then(|rest| rest.strip_suffix(&after));
        let new = new.ok_or_else(|| TestCaseError::fail(format!("{settings}\n became \n{written}")))?;
        let new = match old {
            Some(_) => format!("{{\"schema\":{new}}}"),
            None => format!("{{\"before\":0{new}}}"),
        };
        let new: Value = serde_json::from_str(&new).map_err(|error| TestCaseError::fail(format!("{error}: {new}")))?;
        prop_assert_eq!(&new["schema"], &schema);
        let whole: Value = serde_json::from_str(written.trim_start_matches('\u{feff}')).unwrap();
        prop_assert_eq!(&whole["schema"], &schema);
    }
}

const WORDS: &str = "ja|nein|TRUE|0|Web chat|web_chat|Ä|;|; |anna@example.com|001D000000IqhSL|001D000000IqhSLIAZ";

/// What a conversation may have brought: any value, and what people write into fields of each type.
fn said() -> BoxedStrategy<Scalar> {
    const NUMBERS: &str = "0|1|12|123|1234|1.234|,|.|'|’| |\u{a0}|-|−|+|%|e5|56|00";
    const DATES: &str = "2026-12-24|2026-03-29|1700-01-01|4000-12-31|24.12.2026|12/24/2026|4/3/2026|2026.|1.1.1700";
    const TIMES: &str = "|T18:30|T00:30:00.000| 2:30|, 23:59:59.9999| 6 pm| 7 Uhr|T24:00";
    const OFFSETS: &str = "|Z|+01:00|-14:00|+14|x";
    let written =
        |list: &'static str, most| vec(select(documents::listed(list)), 1..most).prop_map(|parts| parts.concat());
    let one = |list: &'static str| select(documents::listed(list));
    let text = prop_oneof![
        2 => documents::text(),
        3 => written(NUMBERS, 7),
        1 => written(TIMES, 3),
        3 => (one(DATES), one(TIMES), one(OFFSETS)).prop_map(|(date, time, offset)| [date, time, offset].concat()),
        3 => written(WORDS, 4),
    ];
    let value = prop_oneof![5 => text.prop_map(Value::from), 1 => documents::json()];
    value.prop_filter_map("blank, or no value of a field", |value| Scalar::from_json(&value).ok().flatten()).boxed()
}

/// A value as an org's picklist has it.
fn picklist_value() -> BoxedStrategy<String> {
    picklist_text()
        .prop_filter_map("no value of a picklist", |text| {
            let text = text.replace(';', "");
            (!text.trim().is_empty()).then(|| text.trim().to_owned())
        })
        .boxed()
}

/// Often what another value of the list has too, or what somebody says.
fn picklist_text() -> BoxedStrategy<String> {
    prop_oneof![1 => documents::text(), 2 => select(documents::listed(WORDS)).prop_map(str::to_owned)].boxed()
}

/// Facts of a field of any type, with picklist values of this kind.
fn facts(value: BoxedStrategy<String>) -> BoxedStrategy<FieldFacts> {
    let types: Vec<FieldType> = FieldType::WORDS.iter().map(|(_, known)| *known).chain([FieldType::Unknown]).collect();
    let values = vec((value, of(picklist_text())), 0..4)
        .prop_map(|values| values.into_iter().map(|(value, label)| PicklistValue { value, label }).collect::<Vec<_>>());
    (select(types), of(0..20_usize), of((0..20_usize, 0..20_usize)), any::<bool>(), values)
        .prop_map(|(field_type, length, digits, restricted, values)| FieldFacts {
            field_type,
            length,
            digits,
            restricted,
            values,
            ..FieldFacts::default()
        })
        .boxed()
}

fn format() -> BoxedStrategy<Format> {
    let zones = vec!["Europe/Berlin", "UTC", "+14:00", "-14:00", "America/Sao_Paulo"];
    let zone = of(select(zones).prop_map(|name| Zone::parse(name).expect("a zone")));
    (of(locale()), zone).prop_map(|(locale, zone)| Format { locale, zone, epoch: None }).boxed()
}

fn locale() -> BoxedStrategy<Locale> {
    select(Locale::NAMES.to_vec()).prop_map(|name| Locale::parse(name).expect("a locale")).boxed()
}

/// Groups of three digits.
fn grouped(whole: u64, separator: char) -> String {
    let digits = whole.to_string();
    let begins_group = |at: usize| at > 0 && (digits.len() - at).is_multiple_of(3);
    let with_separator = digits
        .chars()
        .enumerate()
        .map(|(at, digit)| if begins_group(at) { format!("{separator}{digit}") } else { digit.to_string() });
    with_separator.collect()
}

/// What a number field takes a text for, if for anything.
fn amount(text: &str, locale: Locale) -> Option<Scalar> {
    let facts = FieldFacts { field_type: FieldType::Double, ..FieldFacts::default() };
    let format = Format { locale: Some(locale), ..Format::default() };
    convert(Scalar::Text(text.to_owned()), &facts, &format, WhenTooLong::Fail).ok().map(|converted| converted.value)
}

fn when_too_long() -> BoxedStrategy<WhenTooLong> {
    select(vec![WhenTooLong::Fail, WhenTooLong::Cut]).boxed()
}

fn object() -> BoxedStrategy<Value> {
    let members = vec((documents::text(), documents::json()), 0..4);
    members.prop_map(|members| Value::Object(members.into_iter().collect::<Map<_, _>>())).boxed()
}

/// A settings document, in pieces.
#[derive(Clone, Debug)]
struct Document {
    /// Up to the value of `schema`, or to the end of the last member.
    before: String,
    schema: Option<String>,
    after: String,
}

/// A JSON object with at least one member, laid out as some editor might.
fn document() -> BoxedStrategy<Document> {
    let blanks = || select(vec!["", "", " ", "\n  ", "\r\n\t"]);
    let value = (documents::json(), any::<bool>())
        .prop_map(|(value, pretty)| if pretty { format!("{value:#}") } else { value.to_string() });
    let key = documents::text().prop_map(|key| json!(format!("{key}.")).to_string());
    let member = (key, value.clone(), (blanks(), blanks(), blanks(), blanks()));
    let spelt = select(vec![r#""schema""#, r#""sch\u0065ma""#]);
    let schema = of((any::<Index>(), spelt, value));
    (select(vec!["", "\u{feff}", "\n"]), vec(member, 1..6), schema, blanks())
        .prop_map(|(start, mut members, schema, end)| {
            let at = schema.map(|(at, key, value)| {
                let at = at.index(members.len());
                members[at].0 = key.to_owned();
                members[at].1 = value;
                at
            });
            let count = members.len();
            let mut document = Document { before: format!("{start}{{"), schema: None, after: String::new() };
            for (index, (key, value, (a, b, c, d))) in members.into_iter().enumerate() {
                let into = if document.schema.is_some() { &mut document.after } else { &mut document.before };
                into.push_str(&format!("{a}{key}{b}:{c}"));
                if at == Some(index) {
                    document.schema = Some(value);
                } else {
                    into.push_str(&value);
                }
                let is_last = index + 1 == count;
                let into =
                    if document.schema.is_some() || is_last { &mut document.after } else { &mut document.before };
                into.push_str(d);
                into.push_str(if is_last { "}" } else { "," });
            }
            document.after.push_str(end);
            document
        })
        .boxed()
}
