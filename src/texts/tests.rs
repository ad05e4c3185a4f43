//! The texts of findings against the form, and against each other.

use std::fs;
use std::path::Path;

use serde_json::Value;

use super::remark::{Remark, Setting, Speech, say};

const SCHEMA: &str = include_str!("../settings/schema.json");
/// In brackets, and yet as the reader should see it.
const EXAMPLES: [&str; 5] = ["{email}", "{first_name}", "{variable}", "{ref.id}", "{}"];
/// In curly quotes, and yet none of the form's: what Salesforce calls something.
const SALESFORCES: [&str; 2] = ["„Meine Domäne“", "„Setup und Konfiguration anzeigen“"];
/// In backticks, and yet no setting: a member of Salesforce's own.
const MEMBERS: [&str; 1] = ["body"];

/// The arguments, message and remedy of a finding, as a file has them.
struct Written {
    file: String,
    name: String,
    arguments: Vec<String>,
    texts: [String; 2],
}

fn written(language: &str) -> Vec<Written> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/texts").join(language);
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let file = path.file_name().unwrap().to_string_lossy().into_owned();
        let source = fs::read_to_string(&path).unwrap();
        let Some((_, source)) = source.split_once("remarks! {\n") else { continue };
        let (source, _) = source.split_once("\n}\n").unwrap();
        for remark in source.split("\n\n") {
            let (head, texts) = remark.trim().split_once('\n').unwrap();
            let (name, arguments) = head.strip_suffix(')').unwrap().split_once('(').unwrap();
            all.push(Written {
                file: file.clone(),
                name: name.to_owned(),
                arguments: arguments.split(", ").filter(|name| !name.is_empty()).map(ToOwned::to_owned).collect(),
                texts: literals(texts),
            });
        }
    }
    assert!(all.len() > 150, "{} texts", all.len());
    all
}

fn literals(source: &str) -> [String; 2] {
    let (mut found, mut open, mut escaped, mut text) = (Vec::new(), false, false, String::new());
    let mut chars = source.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\n' if escaped => {
                escaped = false;
                while chars.next_if(|c| c.is_whitespace()).is_some() {}
            }
            c if escaped => {
                text.push(c);
                escaped = false;
            }
            '\\' => escaped = true,
            '"' if open => {
                found.push(std::mem::take(&mut text));
                open = false;
            }
            '"' => open = true,
            c if open => text.push(c),
            _ => {}
        }
    }
    found.try_into().expect("message and remedy")
}

/// Every property of this name in the schema, with its title and what can be chosen for it.
fn properties<'a>(schema: &'a Value, key: &str, found: &mut Vec<&'a Value>) {
    if let Some(properties) = schema.get("properties").and_then(Value::as_object) {
        found.extend(properties.get(key));
    }
    match schema {
        Value::Object(members) => members.values().for_each(|member| properties(member, key, found)),
        Value::Array(items) => items.iter().for_each(|item| properties(item, key, found)),
        _ => {}
    }
}

fn of_schema<'a>(schema: &'a Value, key: &str) -> Vec<&'a Value> {
    let mut found = Vec::new();
    properties(schema, key, &mut found);
    found
}

/// What can be chosen for a setting: a word of it, or the one member that it has.
fn choices(property: &Value) -> Vec<(String, &Value)> {
    let words = [property.pointer("/oneOf"), property.pointer("/items/oneOf")].into_iter().flatten();
    let words = words.flat_map(|words| words.as_array().unwrap());
    let words = words.filter_map(|word| match &word["const"] {
        Value::String(text) => Some((text.clone(), word)),
        Value::Bool(value) => Some((value.to_string(), word)),
        _ => None,
    });
    let kinds = property.get("properties").filter(|_| property.get("maxProperties") == Some(&Value::from(1)));
    let kinds = kinds.and_then(Value::as_object).into_iter().flatten();
    words.chain(kinds.map(|(name, kind)| (name.clone(), kind))).collect()
}

fn title<'a>(entry: &'a Value, language: &str) -> Option<&'a str> {
    if language == "en" { entry["title"].as_str() } else { entry[format!("x-{language}")]["title"].as_str() }
}

fn languages() -> [(&'static str, &'static Speech); 2] {
    [("en", &crate::texts::en::SPEECH), ("de", &crate::texts::de::SPEECH)]
}

#[test]
fn the_labels_are_those_of_the_form() {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    for (language, speech) in languages() {
        for (key, label) in speech.settings {
            let found = of_schema(&schema, key.rsplit('/').next().unwrap());
            assert!(found.iter().any(|property| title(property, language) == Some(label)), "{language} {key}: {label}");
        }
        for (key, word, label) in speech.words {
            let found = of_schema(&schema, key);
            let choice = found.iter().flat_map(|property| choices(property)).find(|(known, _)| known == word);
            let (_, choice) = choice.unwrap_or_else(|| panic!("{key} has no {word}"));
            assert_eq!(title(choice, language), Some(*label), "{language} {key} {word}");
        }
    }
}

/// A setting that a text names is one of the form, and so is what it says to choose.
#[test]
fn a_text_names_settings_as_the_form_does() {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    let mut named = 0;
    for (language, speech) in languages() {
        for Written { file, name, texts, .. } in written(language) {
            for text in &texts {
                let place = format!("{language}/{file} {name}: {text}");
                for part in text.split('<').skip(1) {
                    let (inside, _) = part.split_once('>').expect(&place);
                    let (key, value) = inside.split_once(": ").unwrap_or((inside, ""));
                    assert!(speech.setting(key).is_some(), "{place} names no setting");
                    let possible: Vec<String> =
                        of_schema(&schema, key).into_iter().flat_map(choices).map(|(word, _)| word).collect();
                    let word = value.trim_start_matches(['[', '{', ' ', '"']).split('"').next().unwrap();
                    let is_choice = possible.iter().any(|known| known == word);
                    assert_eq!(speech.word(key, value).is_some(), is_choice, "{place}: {value}");
                    named += 1;
                }
                // Not by its key alone, which nobody sees in the form.
                for span in text.split('`').skip(1).step_by(2).filter(|span| !MEMBERS.contains(span)) {
                    assert!(speech.setting(span).is_none(), "{place} has {span} where the form has a label");
                }
                let own = SALESFORCES.iter().fold(text.clone(), |text, quoted| text.replace(quoted, ""));
                assert!(!own.contains(['“', '”', '„']), "{place}: curly quotes are for labels");
            }
        }
    }
    assert!(named > 150, "{named}");
}

#[test]
fn each_argument_is_said_in_each_language_and_nothing_else_is_in_brackets() {
    for (language, _) in languages() {
        for Written { file, name, arguments, texts } in written(language) {
            let [message, remedy] = &texts;
            let mut left = format!("{message} {remedy}");
            for argument in &arguments {
                let bracket = format!("{{{argument}}}");
                assert!(left.contains(&bracket), "{language}/{file} {name} does not say {argument}");
                left = left.replace(&bracket, "");
            }
            let left = EXAMPLES.iter().fold(left, |left, example| left.replace(example, ""));
            let odd = left.split('{').skip(1).find(|rest| rest.starts_with(|c: char| c.is_ascii_lowercase()));
            assert_eq!(odd, None, "{language}/{file} {name}");
        }
    }
}

/// "Nothing, if …" leaves a reader with the question what it is about.
#[test]
fn sentences_are_whole() {
    for (language, _) in languages() {
        for Written { file, name, texts, .. } in written(language) {
            for text in &texts {
                let place = format!("{language}/{file} {name}: {text}");
                assert!(text.ends_with(['.', '?']) && !text.contains("  "), "{place}");
                assert!(!text.starts_with("Nothing") && !text.starts_with("Nichts,"), "{place}");
            }
        }
    }
}

#[test]
fn a_setting_is_said_in_the_words_of_the_form_with_the_json_beside_it() {
    const TEXT: Remark = Remark {
        names: &["field", "key"],
        message: "`{field}` and {key}: {other} < {",
        remedy: "Choose <whenBlank: \"fail\">, choose <useToFindExisting: true>, see <lookIn> and <unknown>.",
    };
    let said = say(&TEXT, &TEXT, &[&"Email", &Setting("overwrite")]);
    assert_eq!(
        said.message.get(crate::base::Language::En),
        "`Email` and “Overwrite” (JSON: \"overwrite\"): {other} < {"
    );
    assert_eq!(
        said.message.get(crate::base::Language::De),
        "`Email` and „Überschreiben“ (JSON: \"overwrite\"): {other} < {"
    );
    assert_eq!(
        said.remedy.get(crate::base::Language::En),
        "Choose “Write nothing at all” for “When the value is blank” (JSON: \"whenBlank\": \"fail\"), choose “Yes” for “Use field \
         to check for existing record” (JSON: \"useToFindExisting\": true), see “Look in several objects” (JSON: \"lookIn\") and \
         <unknown>."
    );
}
