//! Findings and errors in the language that a person asks for. A program gets each.

use super::*;

#[test]
fn findings_are_said_in_the_language_that_is_asked_for() {
    let folder = Folder::new();
    let without_mappings = contact_settings(|settings| settings["mappings"] = json!([]));
    let settings = folder.file("s.json", &without_mappings);
    let said = |more: &[&str]| {
        let ran = chat_host(&[&["check", "--settings", &settings], more].concat()).expect_code(2);
        ran.stdout.lines().find(|line| line.contains("[empty-mappings]")).expect("the finding").to_owned()
    };
    let (english, german) = (said(&[]), said(&["--language", "de"]));
    assert_eq!(english, said(&["--language", "en"]), "English unless another one is asked for");
    assert!(english.contains("The mapping table is empty") && english.contains("Add a row"), "{english}");
    assert!(german.contains("Die Tabelle der Zuordnungen ist leer") && german.contains("Fügen Sie"), "{german}");
    chat_host(&["check", "--settings", &settings, "--language", "fr"]).expect_code(2);
}

#[test]
fn json_has_findings_in_each_language_whatever_is_asked_for() {
    let folder = Folder::new();
    let settings = folder.file("s.json", &contact_settings(|settings| settings["mappings"] = json!([])));
    let answers = ["en", "de"].map(|language| {
        chat_host(&["check", "--json", "--settings", &settings, "--language", language]).expect_code(2).json()
    });
    assert_eq!(answers[0], answers[1]);
    let finding = finding(&answers[0], "empty-mappings");
    let texts = finding["texts"].as_object().expect("a map of languages");
    assert_eq!(texts.len(), 2);
    assert_eq!(texts["en"], json!({ "message": finding["message"], "remedy": finding["remedy"] }));
    assert!(texts["de"]["message"].as_str().expect("a text").contains("Zuordnungen"), "{finding:#}");
}

#[test]
fn an_outcome_is_said_in_the_language_that_is_asked_for() {
    let script = Script::start([]);
    let said = |more: &[&str]| routed("run", &script.url(), CONTACT_SETTINGS, "{}", more).stdout;
    let (english, german) = (said(&[]), said(&["--language", "de"]));
    assert!(english.contains("Ask for the value before this module"), "{english}");
    assert!(german.contains("Fragen Sie vor diesem Modul nach dem Wert"), "{german}");
    // Nothing listens there, and no other test is given the port.
    let url = "http://127.0.0.1:1".to_owned();
    let said = |more: &[&str]| routed("run", &url, CONTACT_SETTINGS, VARIABLES, more).expect_code(1).stdout;
    assert!(said(&[]).contains("no connection to the deployment domain"), "{}", said(&[]));
    let german = said(&["--language", "de"]);
    assert!(german.contains("CONNECTION_FAILED") && german.contains("keine Verbindung"), "{german}");
}

#[test]
fn the_example_conversation_is_german_where_that_is_asked_for() {
    let told = with_input(&["chat", "--language", "de"], "anna.berg@example.com\nAnna\nBerg\n").expect_code(0).stdout;
    for says in ["Wie ist Ihre E-Mail-Adresse?", "Kontakt speichern", "Vielen Dank. Was ist nun passiert?"] {
        assert!(told.contains(says), "{says}: {told}");
    }
    assert!(!told.contains("What is your e-mail address?"), "{told}");
}
