//! Plans, previews and runs against the simulator.

use super::*;

#[test]
fn a_contact_is_created_then_unchanged_then_updated() {
    let simulated = Simulated::new();
    let mut visitor = visitor();
    let first = simulated.run(CONTACT_SETTINGS, &visitor);
    assert_eq!((&first["status"], results(&first)), (&json!("done"), vec!["created"]));
    let id = first["records"][0]["id"].as_str().expect("an id");
    assert_eq!(id.len(), 18);
    assert_eq!(first["variables"], json!({ "salesforce_contact_id": id }));
    let second = simulated.run(CONTACT_SETTINGS, &visitor);
    assert_eq!(results(&second), ["unchanged"]);
    assert_eq!(second["requests"], 1);
    visitor["customer_lastname"] = "Berg-Olsen".into();
    visitor["customer_email"] = "ANNA.BERG@EXAMPLE.COM".into();
    let third = simulated.run(CONTACT_SETTINGS, &visitor);
    assert_eq!(results(&third), ["updated"]);
    for outcome in [&first, &second, &third] {
        assert!(outcome["requests"].as_u64().is_some_and(|requests| requests <= 2));
        assert_eq!(outcome["records"][0]["id"], id);
        assert_eq!(outcome["variables"]["salesforce_contact_id"], id);
        assert_eq!(outcome["findings"], json!([]));
    }
    let contacts = simulated.query("SELECT Id, FirstName, LastName, Email FROM Contact");
    assert_eq!(contacts.len(), 1);
    assert_eq!(contacts[0]["Id"], id);
    assert_eq!(contacts[0]["LastName"], "Berg-Olsen");
    assert_eq!(contacts[0]["FirstName"], "Anna");
}

/// Some editors save one in front of a file.
#[test]
fn a_byte_order_mark_changes_nothing() {
    let simulated = Simulated::new();
    let settings = format!("\u{feff}{CONTACT_SETTINGS}");
    assert_eq!(results(&simulated.run(&settings, &visitor())), ["created"]);
    assert_eq!(simulated.command("preview", &settings, &visitor()).expect_code(0).json()["status"], "done");
    let file = |name: &str, text: &str| simulated.folder.file(name, &format!("\u{feff}{text}"));
    let (settings, variables) = (file("settings.json", CONTACT_SETTINGS), file("variables.json", VARIABLES));
    chat_host(&["check", "--settings", &settings, "--variables", &variables]).expect_code(0);
}

#[test]
fn a_contact_and_its_case_take_at_most_two_requests() {
    let simulated = Simulated::new();
    for expected in [["created", "created"], ["unchanged", "created"]] {
        let outcome = simulated.run(SUPPORT_SETTINGS, &visitor());
        assert_eq!(results(&outcome), expected);
        assert!(outcome["requests"].as_u64().is_some_and(|requests| requests <= 2));
        let number = outcome["variables"]["case_number"].as_str().expect("a number");
        let found =
            simulated.query(&format!("SELECT Id, Subject, Origin, ContactId FROM Case WHERE CaseNumber = '{number}'"));
        assert_eq!(found.len(), 1);
        assert_eq!(found[0]["Id"], outcome["variables"]["salesforce_case_id"]);
        assert_eq!(found[0]["ContactId"], outcome["records"][0]["id"]);
        assert_eq!(found[0]["Subject"], "Repair: Coffee machine");
        assert_eq!(found[0]["Origin"], "Web");
    }
    assert_eq!(simulated.query("SELECT Id FROM Contact").len(), 1);
    assert_eq!(simulated.query("SELECT Id FROM Case").len(), 2);
}

#[test]
fn custom_objects_and_fields_work_like_standard_ones() {
    let simulated = Simulated::new();
    let settings = json!({
        "mode": "sobject-write",
        "deploymentDomain": DOMAIN,
        "mappings": [
            { "source": { "variable": "email" }, "object": "Contact", "field": "Email", "useToFindExisting": true },
            { "source": { "constant": "Berg" }, "object": "Contact", "field": "LastName" },
            {
                "source": { "variable": "ticket" },
                "object": "Ticket__c", "field": "External_Id__c", "useToFindExisting": true,
            },
            { "source": { "variable": "subject" }, "object": "Ticket__c", "field": "Subject__c" },
            { "source": { "variable": "score" }, "object": "Ticket__c", "field": "Score__c" },
            { "source": { "record": "Contact" }, "object": "Ticket__c", "field": "Contact__c" },
            {
                "source": { "variable": "ticket" },
                "object": "acme__Order__c", "field": "acme__Number__c", "useToFindExisting": true,
            },
            { "source": { "constant": 12.5 }, "object": "acme__Order__c", "field": "acme__Total__c" },
        ],
        "objects": { "Ticket__c": { "store": { "Name": "ticket_name" } } },
    });
    let settings = settings.to_string();
    let mut variables = json!({ "email": "anna@example.com", "ticket": "T-1", "subject": "Cage", "score": 7.25 });
    let outcome = simulated.run(&settings, &variables);
    assert_eq!(results(&outcome), ["created"; 3]);
    assert!(outcome["variables"]["ticket_name"].is_string());
    variables["score"] = 8.into();
    let outcome = simulated.run(&settings, &variables);
    assert_eq!(results(&outcome), ["unchanged", "updated", "unchanged"]);
    assert!(outcome["requests"].as_u64().is_some_and(|requests| requests <= 2));
    let tickets = simulated.query("SELECT Score__c, Contact__c FROM Ticket__c WHERE External_Id__c = 'T-1'");
    assert_eq!(tickets.len(), 1);
    assert_eq!(tickets[0]["Score__c"].as_f64(), Some(8.0));
    assert_eq!(tickets[0]["Contact__c"], outcome["records"][0]["id"]);
    assert_eq!(simulated.query("SELECT Id FROM acme__Order__c").len(), 1);
}

#[test]
fn several_matches_write_nothing() {
    let twin = |first: &str| json!({ "LastName": "Berg", "FirstName": first, "Email": "anna.berg@example.com" });
    let simulated = Simulated::with_seed(Some(json!({ "Contact": [twin("Anne"), twin("Anja")] })));
    let ran = simulated.command("run", SUPPORT_SETTINGS, &visitor()).expect_code(1);
    let outcome = ran.json();
    assert_eq!(outcome["status"], "ambiguous");
    assert_eq!(results(&outcome), ["ambiguous", "skipped"]);
    assert_eq!(outcome["requests"], 1);
    let candidates = outcome["records"][0]["candidates"].as_array().expect("a list");
    let existing = simulated.query("SELECT Id FROM Contact ORDER BY Id");
    assert_eq!(candidates.len(), 2);
    for (candidate, contact) in candidates.iter().zip(&existing) {
        assert_eq!(candidate.as_str().map(str::len), Some(18));
        assert_eq!(*candidate, contact["Id"]);
    }
    assert_eq!(existing.len(), 2);
    assert!(simulated.query("SELECT Id FROM Case").is_empty());
    assert!(simulated.query("SELECT Id FROM Contact WHERE FirstName = 'Anna'").is_empty());
}

#[test]
fn only_update_existing_never_creates() {
    let simulated =
        Simulated::with_seed(Some(json!({ "Contact": [{ "LastName": "Berg", "Email": "b@example.com" }] })));
    let settings = contact_settings(|settings| settings["objects"]["Contact"]["onlyUpdateExisting"] = true.into());
    let outcome = simulated.run(&settings, &visitor());
    assert_eq!((&outcome["status"], results(&outcome)), (&json!("done"), vec!["skipped"]));
    assert_eq!(outcome["records"][0]["id"], Value::Null);
    assert_eq!(outcome["variables"], json!({}));
    assert_eq!(finding(&outcome, "no-match")["severity"], "info");
    assert_eq!(simulated.query("SELECT Id FROM Contact").len(), 1);
    let mut known = visitor();
    known["customer_email"] = "b@example.com".into();
    assert_eq!(results(&simulated.run(&settings, &known)), ["updated"]);
    assert_eq!(simulated.query("SELECT Id FROM Contact WHERE FirstName = 'Anna'").len(), 1);
}

#[test]
fn a_key_without_a_value_is_neither_looked_up_nor_written() {
    // A Contact without an e-mail address is not the one of a visitor without one.
    let simulated = Simulated::with_seed(Some(json!({ "Contact": [{ "LastName": "Nobody" }] })));
    for email in [json!(null), json!(""), json!(" \n\t")] {
        let mut visitor = visitor();
        visitor["customer_email"] = email;
        let outcome = simulated.run(CONTACT_SETTINGS, &visitor);
        assert_eq!(results(&outcome), ["skipped"]);
        assert_eq!(outcome["requests"], 0);
        assert_eq!(finding(&outcome, "key-without-value")["path"], "/mappings/0");
    }
    let mut visitor = visitor();
    visitor.as_object_mut().expect("an object").remove("customer_email");
    let outcome = simulated.run(SUPPORT_SETTINGS, &visitor);
    // The Case has no key and is written, without its link.
    assert_eq!(results(&outcome), ["skipped", "created"]);
    let cases = simulated.query("SELECT ContactId FROM Case");
    assert_eq!(cases.iter().map(|case| &case["ContactId"]).collect::<Vec<_>>(), [&Value::Null]);
    let contacts = simulated.query("SELECT LastName FROM Contact");
    assert_eq!(contacts.iter().map(|contact| &contact["LastName"]).collect::<Vec<_>>(), ["Nobody"]);
}

#[test]
fn what_salesforce_refuses_fails_with_its_code_and_writes_nothing() {
    let simulated = Simulated::new();
    let mut visitor = visitor();
    visitor["customer_lastname"] = "".into();
    let ran = simulated.command("run", SUPPORT_SETTINGS, &visitor).expect_code(1);
    let outcome = ran.json();
    assert_eq!(outcome["status"], "failed");
    assert_eq!(results(&outcome), ["failed", "skipped"]);
    assert_eq!(outcome["records"][0]["error"]["code"], "REQUIRED_FIELD_MISSING");
    assert_eq!(outcome["records"][0]["error"]["fields"], json!(["LastName"]));
    visitor["customer_lastname"] = "Berg".into();
    visitor["customer_email"] = "no address".into();
    let ran = simulated.command("run", SUPPORT_SETTINGS, &visitor).expect_code(1);
    assert_eq!(ran.json()["records"][0]["error"]["code"], "INVALID_EMAIL_ADDRESS");
    assert!(simulated.query("SELECT Id FROM Contact").is_empty());
    assert!(simulated.query("SELECT Id FROM Case").is_empty());
}

#[test]
fn a_preview_writes_nothing_and_the_run_sends_exactly_what_it_showed() {
    let simulated = Simulated::new();
    let preview = simulated.command("preview", SUPPORT_SETTINGS, &visitor()).expect_code(0).json();
    assert_eq!(preview["status"], "done");
    assert_eq!(preview["records"][0]["decision"], "create");
    assert_eq!(preview["records"][1]["decision"], "create");
    assert!(simulated.query("SELECT Id FROM Contact").is_empty());
    assert!(simulated.query("SELECT Id FROM Case").is_empty());
    let written = composite(&[
        ("write_Contact", 201, created("003000000000001AAA")),
        ("write_Case", 201, created("500000000000001AAA")),
        ("read_Case", 200, json!({ "CaseNumber": "00001026" })),
    ]);
    let nobody = composite(&[("find_Contact", 200, rows(&[]))]);
    let script = Script::start([Reply::json(200, &nobody), Reply::json(200, &written)]);
    let run = routed("run", &script.url(), SUPPORT_SETTINGS, VARIABLES, &["--json"]).expect_code(0);
    assert_eq!(run.json()["requests"], 2);
    let requests = script.requests();
    let sent = requests.get(1).expect("the write");
    let shown = json!([{ "method": sent.method, "path": sent.path, "body": sent.json() }]);
    assert_eq!(preview["writes"], shown);
    assert!(sent.json()["compositeRequest"].is_array());
}

#[test]
fn a_plan_needs_no_network_and_counts_the_requests() {
    let folder = Folder::new();
    let (settings, variables) = (folder.file("s.json", SUPPORT_SETTINGS), folder.file("v.json", VARIABLES));
    let files = ["plan", "--settings", &settings, "--variables", &variables];
    let plan = chat_host(&[files.as_slice(), &["--json"]].concat()).expect_code(0).json();
    assert_eq!(plan["requests"], json!({ "atLeast": 2, "atMost": 2 }));
    assert_eq!(plan["records"][0]["approach"], "look-up");
    assert_eq!(plan["records"][1]["approach"], "create");
    assert_eq!(plan["lookups"].as_array().map(Vec::len), Some(1));
    let text = chat_host(&files).expect_code(0);
    assert!(text.stdout.contains("2 requests") && text.stdout.contains("FROM Contact"), "{}", text.stdout);
    assert_eq!(text.stderr, "");
}

#[test]
fn a_plan_that_cannot_be_written_is_not_done() {
    let folder = Folder::new();
    let settings = contact_settings(|settings| settings["mappings"][2]["whenBlank"] = "fail".into());
    let settings = folder.file("s.json", &settings);
    let variables = folder.file("v.json", r#"{"customer_email":"anna@example.com"}"#);
    let files = ["plan", "--json", "--settings", &settings, "--variables", &variables];
    let plan = chat_host(&files).expect_code(1).json();
    assert_eq!(plan["records"][0]["error"]["code"], "BLANK_VALUE");
}

#[test]
fn files_can_come_from_standard_input() {
    let folder = Folder::new();
    let settings = folder.file("s.json", CONTACT_SETTINGS);
    let plan = ["plan", "--json", "--settings", &settings, "--variables", "-"];
    let plan = with_input(&plan, VARIABLES).expect_code(0).json();
    assert_eq!(plan["records"][0]["fields"][1]["value"], "Anna");
    let check = with_input(&["check", "--json", "--settings", "-"], CONTACT_SETTINGS).expect_code(0);
    assert_eq!(check.json()["findings"][0]["code"], "key-may-be-blank");
}

#[test]
fn people_read_text_and_no_json() {
    let simulated = Simulated::new();
    let run = || routed_with_token("run", simulated.url(), simulated.token(), SUPPORT_SETTINGS, VARIABLES, &[]);
    let text = run().expect_code(0);
    for told in ["done", "created Contact 003", "created Case 500", "case_number = "] {
        assert!(text.stdout.contains(told), "{told}: {}", text.stdout);
    }
    assert!(!text.stdout.contains(['{', '\u{1b}']), "{}", text.stdout);
    assert_eq!(text.stderr, "");
}

// ---- Exit codes and streams ----
