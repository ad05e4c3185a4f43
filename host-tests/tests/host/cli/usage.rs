//! What a person meets who has never seen `chat-host`: help that can be followed, and mistakes that are told.

use std::io::{BufRead, BufReader};
use std::process::Stdio;

use serde_json::{Value, json};

use super::{
    CONTACT_SETTINGS, DOMAIN, Simulated, TOKEN_VARIABLE, VARIABLES, add_mapping, chat_host, command, contact_settings,
    visitor, with_input,
};
use crate::process::{Folder, ran};

/// Settings and variables in a folder.
fn files(folder: &Folder) -> [String; 4] {
    let (settings, variables) = (folder.file("s.json", CONTACT_SETTINGS), folder.file("v.json", VARIABLES));
    ["--settings".to_owned(), settings, "--variables".to_owned(), variables]
}

#[test]
fn a_missing_token_is_told_with_every_way_to_give_one() {
    let folder = Folder::new();
    let files = files(&folder);
    let [settings_option, settings, variables_option, variables] = files.each_ref().map(String::as_str);
    let queue = folder.file("queue.jsonl", "{}\n");
    for arguments in [
        ["run", settings_option, settings, variables_option, variables].as_slice(),
        &["preview", settings_option, settings, variables_option, variables],
        &["prepare", settings_option, settings],
        &["run-many", settings_option, settings, "--input", &queue],
        &["objects", "--domain", DOMAIN],
        &["fields", "Contact", "--domain", DOMAIN],
    ] {
        let told = chat_host(arguments).expect_code(2);
        for way in [TOKEN_VARIABLE, "--connection", "--token"] {
            assert!(told.stderr.contains(way), "{way}: {told:?}");
        }
        assert_eq!(told.stdout, "");
    }
    assert!(!folder.0.join("queue.results.jsonl").exists());
}

#[test]
fn a_token_beside_a_connection_is_refused_unless_it_is_in_the_environment() {
    let folder = Folder::new();
    let files = files(&folder);
    let store = folder.0.display().to_string();
    let mut run = vec!["run", "--connection", "crm", "--store", &store];
    run.extend(files.iter().map(String::as_str));
    let told = chat_host(&[run.as_slice(), &["--token", "00D!canary"]].concat()).expect_code(2);
    assert!(told.stderr.contains("'--token <TOKEN>'") && told.stderr.contains("cannot be used with"), "{told:?}");
    assert!(!told.stderr.contains("canary"), "{told:?}");
    // What a shell still holds of another org does not keep a connection from being used.
    let told = ran(command(&run).env(TOKEN_VARIABLE, "00D!canary")).expect_code(2);
    assert!(told.stderr.contains("There is no connection `crm`"), "{told:?}");
}

#[test]
fn only_one_file_can_be_standard_input() {
    let told = with_input(&["plan", "--settings", "-", "--variables", "-"], CONTACT_SETTINGS).expect_code(2);
    assert!(told.stderr.contains("--settings") && told.stderr.contains("--variables"), "{told:?}");
}

#[test]
fn every_fault_is_listed_on_a_line_of_its_own() {
    let list = chat_host(&["simulate", "--fault", "list"]).expect_code(0);
    let line = |name: &str| {
        let found = list.stdout.lines().find(|line| line.split_whitespace().next() == Some(name));
        found.unwrap_or_else(|| panic!("no `{name}` in {}", list.stdout)).to_owned()
    };
    assert!(line("unable-to-lock-row").contains("UNABLE_TO_LOCK_ROW"));
    assert!(line("http-502-html").contains("  not carried out  "));
    assert!(line("http-502-html-after").contains("  carried out  "));
    assert!(line("http-502-later").contains("  carried out late  "));
    let told = chat_host(&["simulate", "--fault", "1:?"]).expect_code(2);
    assert!(told.stderr.contains("--fault list"), "{told:?}");
}

/// The first line of stdout is for programs; what a person pastes is on stderr.
#[test]
fn the_simulator_prints_what_another_terminal_needs() {
    let mut child = command(&["simulate", "--port", "0"]);
    let mut child = child.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("chat-host starts");
    let mut first = String::new();
    BufReader::new(child.stdout.take().expect("a pipe")).read_line(&mut first).expect("a line");
    let ready: Value = serde_json::from_str(&first).expect("JSON");
    let lines = BufReader::new(child.stderr.take().expect("a pipe")).lines();
    let told: Vec<String> = lines.take(4).map(|line| line.expect("a line")).collect();
    child.kill().expect("a process");
    child.wait().expect("a process");
    let text = |name: &str| ready[name].as_str().expect("a text");
    assert_eq!(told[3], format!("  export {TOKEN_VARIABLE}='{}'", text("accessToken")));
    assert!(told[2].contains(&format!("--route {}", text("url"))), "{told:?}");
    assert!(told[1].ends_with(&format!("{}/agent", text("url"))), "{told:?}");
    // The examples' settings name this org.
    assert_eq!(text("instanceUrl"), format!("https://{DOMAIN}"));
}

#[test]
fn the_manifest_is_json_with_the_schema_in_it() {
    let manifest = chat_host(&["manifest"]).expect_code(0);
    let json = manifest.json();
    assert_eq!(json["name"], "salesforce-module");
    assert_eq!(json["modes"], json!(["sobject-write", "sobject-read", "api-request", "handover"]));
    assert!(json["settingsSchema"]["properties"]["mappings"].is_object(), "{json:#}");
    assert_eq!(chat_host(&["manifest", "--json"]).expect_code(0).stdout, manifest.stdout);
}

#[test]
fn the_form_of_a_mode_is_json_in_the_words_of_the_renderer() {
    let of = |renderer: &str| {
        let values = ["form", "sobject-write", "--language", "de", "--renderer", renderer, "--records", "Contact,Case"];
        chat_host(&values).expect_code(0).json()
    };
    let (react, json_forms) = (of("react-jsonschema-form"), of("json-forms"));
    for form in [&react, &json_forms] {
        assert_eq!(form["schema"]["properties"]["mappings"]["title"], "Zuordnungen");
        assert_eq!(form["schema"]["properties"]["objects"]["properties"]["Case"]["title"], "Case");
        assert_eq!(form["data"], json!({ "mode": "sobject-write", "mappings": [{}] }));
    }
    assert_eq!(react["uiSchema"]["ui:order"][0], "mode");
    assert_eq!(json_forms["uiSchema"]["type"], "Categorization");
    let refused = chat_host(&["form", "sobject-writes"]).expect_code(2);
    assert!(refused.stderr.contains("error at mode [unknown-value]"), "{}", refused.stderr);
}

#[test]
fn a_tool_is_shown_to_people_and_as_json() {
    let folder = Folder::new();
    let settings = folder.file("s.json", CONTACT_SETTINGS);
    let tool = chat_host(&["describe", "--settings", &settings, "--json"]).expect_code(0).json();
    assert_eq!(tool["name"], "save_Contact");
    assert!(tool["variables"]["properties"]["customer_email"].is_object(), "{tool:#}");
    assert!(tool["examples"][0].is_object() && tool["results"]["properties"].is_object(), "{tool:#}");
    let shown = chat_host(&["describe", "--settings", &settings]).expect_code(0).stdout;
    assert!(shown.starts_with("save_Contact  Writes to Salesforce: Contact (found by Email)."), "{shown}");
    assert!(shown.contains("\n  customer_email: Contact.Email; finds the existing record\n"), "{shown}");
    let wrong = folder.file("wrong.json", "{}");
    let findings = chat_host(&["describe", "--settings", &wrong, "--json"]).expect_code(2).json();
    assert_eq!(findings["findings"][0]["code"], "missing-key");
}

#[test]
fn a_flow_is_checked_for_the_names_of_its_variables() {
    let folder = Folder::new();
    let settings = folder.file("s.json", CONTACT_SETTINGS);
    let misspelt =
        folder.file("v.json", r#"{ "customer_emial": null, "customer_firstname": 1, "customer_lastname": 1 }"#);
    let codes = |arguments: &[&str], code| {
        let arguments = [&["check", "--settings", &settings, "--json"], arguments].concat();
        let json = chat_host(&arguments).expect_code(code).json();
        let unknown = json["findings"].as_array().expect("findings").iter();
        let unknown = unknown.filter(|finding| finding["code"] == "unknown-variable");
        unknown.map(|finding| finding["remedy"].as_str().expect("a text").to_owned()).collect::<Vec<_>>()
    };
    let all: Vec<String> = visitor().as_object().expect("an object").keys().cloned().collect();
    assert_eq!(codes(&["--known-variables", &all.join(",")], 0), [""; 0]);
    assert_eq!(codes(&[], 0), [""; 0]);
    assert_eq!(codes(&["--variables", &misspelt], 2), ["Did you mean `customer_emial`?"]);
    chat_host(&["check", "--settings", &settings, "--variables", &misspelt, "--known-variables", "a"]).expect_code(2);
    let list = folder.file("l.json", "[]");
    let told = chat_host(&["check", "--settings", &settings, "--variables", &list]).expect_code(2);
    assert!(told.stderr.contains("no JSON object"), "{told:?}");
}

#[test]
fn each_call_is_logged_without_values() {
    let (simulated, folder) = (Simulated::new(), Folder::new());
    let files = files(&folder);
    let files = files.each_ref().map(String::as_str);
    let log = folder.file("log.jsonl", "");
    for name in ["plan", "preview", "run", "prepare"] {
        let mut command = command(&[name, "--log", &log]);
        command.args(if name == "prepare" { &files[..2] } else { &files });
        if name != "plan" {
            command.args(["--route", simulated.url()]).env(TOKEN_VARIABLE, simulated.token());
        }
        ran(&mut command).expect_code(0);
    }
    let text = std::fs::read_to_string(&log).expect("a log");
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let calls: Vec<&str> = lines.iter().map(|line| line["call"].as_str().expect("a name")).collect();
    assert_eq!(calls, ["plan", "preview", "run", "prepare"]);
    assert_eq!(lines[3]["what"]["status"], "done");
    assert_eq!(lines[3]["what"]["findings"][0]["code"], "key-may-be-blank");
    for value in visitor().as_object().expect("an object").values().filter_map(Value::as_str) {
        assert!(!text.contains(value), "{value}: {text}");
    }
    assert!(!text.contains(simulated.token()));
}

#[test]
fn the_demo_fits_a_terminal_and_speaks_the_words_of_plan() {
    let demo = chat_host(&["demo"]).expect_code(0).stdout;
    for line in demo.lines() {
        assert!(line.chars().count() <= 120 && line.trim_end() == line, "{line:?}");
    }
    let folder = Folder::new();
    let files = files(&folder);
    let mut plan = vec!["plan"];
    plan.extend(files.iter().map(String::as_str));
    let plan = chat_host(&plan).expect_code(0).stdout;
    for words in ["1 to 2 requests", "look up Contact by  SELECT", "update or create Contact"] {
        assert!(demo.contains(words) && plan.contains(words), "{words}: {demo}{plan}");
    }
}

#[test]
fn a_read_and_a_skipped_record_are_planned_as_what_they_are() {
    let folder = Folder::new();
    let variables = folder.file("v.json", VARIABLES);
    let planned = |settings: &str, variables: &str| {
        let settings = folder.file("s.json", settings);
        chat_host(&["plan", "--settings", &settings, "--variables", variables]).expect_code(0).stdout
    };
    let read = planned(include_str!("../../../examples/read.json"), &variables);
    assert!(read.contains("\n  read Contact\n"), "{read}");
    let update = contact_settings(|settings| settings["objects"]["Contact"]["onlyUpdateExisting"] = true.into());
    assert!(planned(&update, &variables).contains("\n  update if found Contact\n"));
    let nobody = folder.file("nobody.json", "{}");
    assert!(planned(CONTACT_SETTINGS, &nobody).contains("\n  skip Contact\n"));
}

/// No id, no blank at the end.
#[test]
fn what_has_no_id_ends_its_line() {
    let simulated = Simulated::with(&["--fault", "2:http-400-json"]);
    let folder = Folder::new();
    let settings = contact_settings(|settings| {
        add_mapping(settings, json!({ "source": { "file": "photo" }, "object": "Contact" }));
    });
    let (settings, photo) = (folder.file("s.json", &settings), folder.file("photo.txt", "a photo"));
    let run = |variables: &str, file: &str| {
        let variables = folder.file("v.json", variables);
        let mut command = command(&["run", "--settings", &settings, "--variables", &variables, "--file", file]);
        ran(command.args(["--route", simulated.url()]).env(TOKEN_VARIABLE, simulated.token())).stdout
    };
    let file = format!("photo={photo}");
    // Without the address nothing is sent.
    let skipped = run("{}", &file);
    assert!(skipped.lines().any(|line| line == "  skipped Contact"), "{skipped}");
    assert!(skipped.lines().any(|line| line == "  skipped file 1 from photo, for Contact"), "{skipped}");
    for line in run(VARIABLES, &file).lines().chain(skipped.lines()) {
        assert_eq!(line, line.trim_end());
    }
}

// ---- The chat ----

#[test]
fn a_value_that_does_not_fit_is_asked_for_again_in_the_visitors_words() {
    let answers = "no address\nOtto\n\notto@example.com\nVogel\nRepair\nCage\nThe door is loose.\n";
    let chat = with_input(&["chat"], answers).expect_code(0).stdout;
    let mut rest = chat.as_str();
    for milestone in [
        "bot      What is your e-mail address?\nvisitor  no address\n",
        "failed Contact\n",
        "bot      Your details could not be saved as they are. Please check what you have entered.\n",
        "bot      What is your e-mail address?\nvisitor  otto@example.com\n",
        "bot      Your details could not be saved as they are. Please check what you have entered.\n",
        "bot      And your last name?\nvisitor  Vogel\n",
        "created Contact 003",
        "bot      What is it about?\nvisitor  Repair\n",
        "created Case 500",
    ] {
        let at = rest.find(milestone);
        let at = at.unwrap_or_else(|| panic!("no `{milestone}` in the rest: {rest}"));
        rest = &rest[at + milestone.len()..];
    }
    // The first name was right.
    assert_eq!(chat.matches("Your first name?").count(), 1, "{chat}");
}

#[test]
fn a_visitor_may_leave_instead_of_correcting() {
    let chat = with_input(&["chat"], "no address\nOtto\nVogel\n").expect_code(0);
    assert!(chat.stdout.ends_with("bot      What is your e-mail address?\n") && chat.stderr.is_empty(), "{chat:?}");
}
