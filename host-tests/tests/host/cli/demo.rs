//! The example conversation, and the same with a visitor who types.

use super::*;

#[test]
fn the_demo_is_the_default_and_ends_with_one_contact_and_its_cases() {
    for arguments in [[].as_slice(), &["demo"]] {
        let demo = chat_host(arguments).expect_code(0);
        let mut rest = demo.stdout.as_str();
        // In this order.
        for milestone in [
            "What is your e-mail address?",
            "anna.berg@example.com",
            "module \"Save contact\"",
            "look up",
            "POST /services/data/v62.0/composite -> 200",
            "created Contact 003",
            "module \"Open case\"",
            "created Case 500",
            "Your case number is 0000",
            "Berg-Olsen",
            "updated Contact 003",
            "created Case 500",
            "Your case number is 0000",
            "one Contact, created and then updated, with its two Cases",
        ] {
            let at = rest.find(milestone);
            let at = at.unwrap_or_else(|| panic!("no `{milestone}` in the rest: {rest}"));
            rest = &rest[at + milestone.len()..];
        }
        assert!(!demo.stdout.contains('\u{1b}'), "colours belong on terminals");
        assert_eq!(demo.stderr, "");
    }
}

#[test]
fn the_demo_as_json_is_one_document_without_mistakes() {
    let demo = chat_host(&["demo", "--json"]).expect_code(0);
    let summary = demo.json();
    assert_eq!(summary["mistakes"], json!([]));
    let outcomes = summary["outcomes"].as_array().expect("a list");
    assert_eq!(outcomes.len(), 4);
    for outcome in outcomes {
        assert_eq!(outcome["status"], "done");
        assert!(outcome["requests"].as_u64().is_some_and(|requests| requests <= 2));
    }
    assert_eq!(summary["records"]["Contact"].as_array().map(Vec::len), Some(1));
    assert_eq!(summary["records"]["Case"].as_array().map(Vec::len), Some(2));
    assert_eq!(demo.stderr, "");
    assert_eq!(chat_host(&["--json"]).expect_code(0).json()["mistakes"], json!([]));
}

#[test]
fn a_chat_is_a_conversation_with_whoever_types_and_ends_with_the_input() {
    let answers = "otto@example.com\nOtto\nVogel\nRepair\nCage\nThe door is loose.\n";
    let chat = with_input(&["chat"], answers).expect_code(0);
    for milestone in [
        "What is your e-mail address?",
        "created Contact 003",
        "Thank you. Now, what happened?",
        "created Case 500",
        "Your case number is 0000",
        "And again",
    ] {
        assert!(chat.stdout.contains(milestone), "{milestone}: {}", chat.stdout);
    }
    assert_eq!(chat.stderr, "");
    assert!(!chat.stdout.contains('\u{1b}'));
}

#[test]
fn a_visitor_who_leaves_ends_the_chat_without_an_error() {
    for answers in ["", "otto@example.com\n", "otto@example.com\nOtto\nVogel\nRepair"] {
        let chat = with_input(&["chat"], answers).expect_code(0);
        assert_eq!(chat.stderr, "");
    }
}

#[test]
fn a_visitor_who_answers_nothing_creates_nothing() {
    let chat = with_input(&["chat"], "\n\n\n\n\n\n").expect_code(0);
    assert!(!chat.stdout.contains("created Contact"), "{}", chat.stdout);
    assert!(chat.stdout.contains("key-without-value"), "{}", chat.stdout);
}

#[test]
fn a_visitor_who_asks_for_a_person_talks_to_one_and_the_flow_goes_on() {
    let agents = std::env::temp_dir().join(format!("agents-{}.json", std::process::id()));
    let script = json!({ "name": "Maya", "script": [
        { "say": "Hi, Maya here." },
        // The transcript is the first message.
        { "after": "message", "choices": { "text": "Which one?", "options": ["The red", "The blue"] } },
        { "after": "message", "echo": true },
        { "after": "message", "say": "Bye." },
        { "after": 1, "end": true },
    ] });
    std::fs::write(&agents, script.to_string()).expect("a file");
    let answers = "otto@example.com\nOtto\nVogel\nRepair\nperson\n2\nThank you.\notto@example.com\n";
    let chat = with_input(&["chat", "--agents", agents.to_str().expect("a path")], answers).expect_code(0);
    std::fs::remove_file(&agents).expect("the file");
    let mut rest = chat.stdout.as_str();
    for milestone in [
        "What is it about?",
        "person",
        "Maya joins",
        "Hi, Maya here.",
        "The blue",
        "The blue",
        "Bye.",
        "talked with Maya",
        "\"person_ended_by\":\"agent\"",
        "Thank you for talking to us.",
        "And again",
    ] {
        let at = rest.find(milestone).unwrap_or_else(|| panic!("{milestone} is not in {rest}\n{}", chat.stderr));
        rest = &rest[at + milestone.len()..];
    }
    assert_eq!(chat.stderr, "");
}

#[test]
fn scripts_of_agents_that_are_wrong_are_told() {
    let agents = std::env::temp_dir().join(format!("wrong-agents-{}.json", std::process::id()));
    std::fs::write(&agents, r#"[{ "sya": "Hi" }]"#).expect("a file");
    let chat = with_input(&["chat", "--agents", agents.to_str().expect("a path")], "").expect_code(1);
    std::fs::remove_file(&agents).expect("the file");
    assert!(chat.stderr.contains("did you mean \"say\"?"), "{}", chat.stderr);
}

// ---- The simulator in another terminal ----
