//! The texts of findings against the form, and against each other.

use std::fs;
use std::path::Path;

use super::labels::WORDS;
use super::remark::{Remark, Setting, Speech, say};

/// What settings take beside the words of the form: groups of key fields.
const FREE: [&str; 1] = ["[["];
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

fn languages() -> [(&'static str, &'static Speech); 2] {
    [("en", &crate::texts::en::SPEECH), ("de", &crate::texts::de::SPEECH)]
}

/// A setting that a text names is one of the form, and so is what it says to choose.
#[test]
fn a_text_names_settings_as_the_form_does() {
    let mut named = 0;
    for (language, speech) in languages() {
        for Written { file, name, texts, .. } in written(language) {
            for text in &texts {
                let place = format!("{language}/{file} {name}: {text}");
                for part in text.split('<').skip(1) {
                    let (inside, _) = part.split_once('>').expect(&place);
                    let (key, value) = inside.split_once(": ").unwrap_or((inside, ""));
                    assert!(speech.setting(key).is_some(), "{place} names no setting");
                    let is_word = speech.word(key, value).is_some();
                    let takes_a_word =
                        WORDS.iter().any(|(of, ..)| *of == key) && !FREE.iter().any(|start| value.starts_with(start));
                    assert!(value.is_empty() || is_word || !takes_a_word, "{place}: {key} has no {value}");
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

#[test]
fn a_setting_of_the_whole_document_has_the_title_that_it_has_there() {
    for (setting, title) in [("idempotency", "Write once"), ("/idempotency", "Open once"), ("/mode", "Mode")] {
        assert_eq!(crate::texts::en::SPEECH.setting(setting), Some(title));
    }
}

/// What a remedy names for programs: docs/findings.md says how, and an editor makes buttons of it.
#[test]
fn a_program_reads_the_same_changes_in_each_language() {
    let changes = |language: &str| -> Vec<(String, Vec<String>)> {
        let named = |remark: &Written| {
            let parts = remark.texts[1].split('<').skip(1).filter_map(|part| part.split_once('>'));
            parts.map(|(inside, _)| inside).filter(|inside| inside.contains(": ")).map(ToOwned::to_owned).collect()
        };
        let mut all: Vec<_> = written(language).iter().map(|remark| (remark.name.clone(), named(remark))).collect();
        all.iter_mut().for_each(|(_, changes): &mut (String, Vec<String>)| changes.sort());
        all.sort();
        all
    };
    let (en, de) = (changes("en"), changes("de"));
    for (en, de) in en.iter().zip(&de) {
        assert_eq!(en, de);
    }
    let values: Vec<_> = en.iter().flat_map(|(_, changes)| changes).collect();
    assert!(values.len() > 50, "{}", values.len());
    for change in values {
        let (_, value) = change.split_once(": ").expect(change);
        // An ellipsis is the author's to fill in, and an argument is JSON.
        let is_open = value.contains('…') || value.starts_with('{') && value.ends_with('}') && !value.contains(' ');
        assert!(is_open || serde_json::from_str::<serde_json::Value>(value).is_ok(), "{change} is no JSON");
    }
}

/// Remedies that begin with the name to enter, and how they say it.
const NAMES_TO_ENTER: [&str; 12] = [
    "domain_in_another_form",
    "misspelt_attribute",
    "misspelt_field",
    "misspelt_key",
    "misspelt_key",
    "misspelt_object",
    "misspelt_record",
    "misspelt_record",
    "misspelt_record_type",
    "misspelt_relationship",
    "misspelt_variable",
    "two_spellings",
];
const SAID: [(&str, [&str; 3]); 2] =
    [("en", ["Did you mean `", "Enter `", "Write `"]), ("de", ["Ist `", "Tragen Sie `", "Schreiben Sie überall `"])];

#[test]
fn what_a_remedy_begins_with_is_what_to_enter() {
    for (language, starts) in SAID {
        let is_said = |remark: &Written| starts.iter().any(|start| remark.texts[1].starts_with(start));
        let mut names: Vec<_> = written(language).into_iter().filter(is_said).map(|remark| remark.name).collect();
        names.sort();
        assert_eq!(names, NAMES_TO_ENTER, "{language}");
    }
}
