//! `--data FILE`: what was answered is there after any end of the process, and a file that is not right is refused in words.

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::{Value, json};
use support::{BASE, Folder, Program, run};

/// Starts, creates a contact of each name, and ends.
fn kept(file: &str, names: &[&str]) -> Vec<String> {
    let program = Program::start(&["--data", file]);
    let ids = names.iter().map(|name| create(&program, &json!({ "LastName": name }))).collect();
    program.kill();
    ids
}

fn create(program: &Program, fields: &Value) -> String {
    let (status, answer) = program.call("POST", &format!("{BASE}/sobjects/Contact"), &fields.to_string());
    assert_eq!(status, 201, "{answer}");
    answer["id"].as_str().expect("an id").to_owned()
}

fn names(program: &Program) -> Vec<String> {
    let rows = program.query_all("SELECT LastName FROM Contact");
    rows.iter().map(|row| row["LastName"].as_str().expect("a name").to_owned()).collect()
}

/// The complaint of a start that is refused.
fn refused(file: &str) -> String {
    let output = run(&["--data", file]);
    let said = String::from_utf8(output.stderr).expect("text");
    assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(2), b"".as_slice()), "{said}");
    said
}

#[test]
fn a_kill_in_the_middle_of_many_writes_loses_nothing_that_was_answered() {
    const WRITERS: usize = 8;
    let folder = Folder::new("kill");
    let file = folder.file("org.data");
    let mut answered: BTreeSet<String> = BTreeSet::new();
    for round in 0..3 {
        let program = Program::start(&["--data", &file]);
        let found: BTreeSet<String> = program
            .query_all("SELECT Customer_No__c FROM Contact")
            .iter()
            .map(|row| row["Customer_No__c"].as_str().expect("a key").to_owned())
            .collect();
        assert!(answered.is_subset(&found), "lost: {:?}", answered.difference(&found));
        // At the kill each writer had one request under way.
        assert!(found.len() <= answered.len() + WRITERS * round, "{} of {}", found.len(), answered.len());
        let (client, count) = (program.client(), AtomicUsize::new(0));
        std::thread::scope(|scope| {
            let writers: Vec<_> = (0..WRITERS)
                .map(|writer| {
                    let (client, count) = (client.clone(), &count);
                    scope.spawn(move || {
                        let mut answered = Vec::new();
                        for number in 0.. {
                            let key = format!("{round}-{writer}-{number}");
                            let path = format!("{BASE}/sobjects/Contact/Customer_No__c/{key}");
                            match client.call("PATCH", &path, r#"{"LastName":"Berg"}"#) {
                                Some((status, answer)) => assert_eq!(status, 201, "{answer}"),
                                None => break,
                            }
                            answered.push(key);
                            count.fetch_add(1, Ordering::Relaxed);
                        }
                        answered
                    })
                })
                .collect();
            while count.load(Ordering::Relaxed) < 150 {
                std::thread::yield_now();
            }
            program.kill();
            answered.extend(writers.into_iter().flat_map(|writer| writer.join().expect("a writer")));
        });
    }
    assert!(answered.len() >= 450);
}

#[test]
fn records_come_back_as_they_were_with_their_order_and_their_counters() {
    let folder = Folder::new("back");
    let file = folder.file("org.data");
    let program = Program::start(&["--data", &file]);
    let (first, second) =
        (create(&program, &json!({ "LastName": "First" })), create(&program, &json!({ "LastName": "Second" })));
    let path = format!("{BASE}/sobjects/Contact/{first}");
    assert_eq!(program.call("PATCH", &path, r#"{"Title":"ü \"1.50\"\n"}"#).0, 204);
    assert_eq!(program.call("DELETE", &format!("{BASE}/sobjects/Contact/{second}"), "").0, 204);
    // What is rolled back is in no file.
    let bad = json!({ "allOrNone": true, "records": [
        { "attributes": { "type": "Contact" }, "LastName": "Undone" },
        { "attributes": { "type": "Contact" }, "FirstName": "Bad" },
    ] });
    assert_eq!(program.call("POST", &format!("{BASE}/composite/sobjects"), &bad.to_string()).0, 200);
    let ticket = json!({ "Subject__c": "x", "Done__c": true, "Score__c": 1234.5 }).to_string();
    assert_eq!(program.call("POST", &format!("{BASE}/sobjects/Ticket__c"), &ticket).0, 201);
    let soql = "SELECT Id, LastName, Title, IsDeleted, CreatedDate, LastModifiedDate, OwnerId FROM Contact";
    let before = program.query_all(soql);
    program.kill();

    // Twice, so that what is read was once written by a request, and once by a start.
    for _ in 0..2 {
        let program = Program::start(&["--data", &file]);
        assert_eq!(program.query_all(soql), before);
        let ticket = &program.query_all("SELECT Score__c, Done__c FROM Ticket__c")[0];
        assert_eq!((&ticket["Score__c"], &ticket["Done__c"]), (&json!(1234.5), &json!(true)));
        program.kill();
    }
    let program = Program::start(&["--data", &file]);
    let third = create(&program, &json!({ "LastName": "Third" }));
    assert!(third > second, "{third} after {second}");
    // Unique fields are still held against what was there.
    let key = json!({ "LastName": "Key", "Customer_No__c": "K1" });
    create(&program, &key);
    program.kill();
    let program = Program::start(&["--data", &file]);
    let (status, answer) = program.call("POST", &format!("{BASE}/sobjects/Contact"), &key.to_string());
    assert_eq!((status, &answer[0]["errorCode"]), (400, &"DUPLICATE_VALUE".into()));
}

#[test]
fn a_reset_is_kept_as_well() {
    let folder = Folder::new("reset");
    let file = folder.file("org.data");
    kept(&file, &["Old"]);
    let program = Program::start(&["--data", &file]);
    create(&program, &json!({ "LastName": "Gone" }));
    assert_eq!(program.call("POST", "/simulator/snapshot", r#"{"name":"a"}"#).0, 204);
    assert_eq!(program.call("POST", "/simulator/reset", "").0, 204);
    create(&program, &json!({ "LastName": "New" }));
    assert_eq!(program.call("POST", "/simulator/reset", r#"{"to":"a"}"#).0, 204);
    create(&program, &json!({ "LastName": "Last" }));
    program.kill();
    assert_eq!(names(&Program::start(&["--data", &file])), ["Old", "Gone", "Last"]);
}

#[test]
fn a_seed_comes_into_a_new_file_only() {
    let folder = Folder::new("seed");
    let (file, seed) = (folder.file("org.data"), folder.file("seed.json"));
    let text =
        json!({ "setup": { "viewAllData": false }, "Contact": [{ "LastName": "Seeded", "Email": "a@b.example" }] });
    fs::write(&seed, text.to_string()).expect("a seed");
    for _ in 0..2 {
        let program = Program::start(&["--data", &file, "--seed", &seed]);
        assert_eq!(names(&program), ["Seeded"]);
        // What an admin set up holds at each start.
        let by_email = format!("{BASE}/sobjects/Contact/Email/a@b.example");
        assert_eq!(program.call("PATCH", &by_email, r#"{"Title":"Dr"}"#).0, 403);
        program.kill();
    }
    assert_eq!(names(&Program::start(&["--data", &file])), ["Seeded"]);
}

#[test]
fn a_line_that_was_being_written_is_left_out() {
    let folder = Folder::new("torn");
    let file = folder.file("org.data");
    kept(&file, &["Whole"]);
    let whole = fs::read(&file).expect("the file");
    let torn = [whole.as_slice(), br#"12345678 {"takenBack":[],"put":[["Contact","003"#].concat();
    fs::write(&file, torn).expect("a torn file");
    assert_eq!(kept(&file, &["Next"]).len(), 1);
    assert_eq!(names(&Program::start(&["--data", &file])), ["Whole", "Next"]);
}

#[test]
fn damage_before_the_end_is_told_with_its_line_and_nothing_is_changed() {
    let folder = Folder::new("damaged");
    let file = folder.file("org.data");
    kept(&file, &["First", "Second", "Third"]);
    let whole = fs::read_to_string(&file).expect("the file");
    let (line, _) = whole.lines().enumerate().find(|(_, line)| line.contains("Second")).expect("its line");
    let damaged = whole.replacen("Second", "Sekond", 1);
    fs::write(&file, &damaged).expect("a damaged file");
    let said = refused(&file);
    assert!(said.contains(&format!("line {} is damaged", line + 1)) && said.contains("org.data"), "{said}");
    assert_eq!(fs::read_to_string(&file).expect("the file"), damaged);
    // What it says helps.
    let good: String = whole.lines().take(line).map(|line| format!("{line}\n")).collect();
    fs::write(&file, good).expect("a shorter file");
    assert_eq!(names(&Program::start(&["--data", &file])), ["First"]);
}

#[test]
fn a_file_of_another_version_or_of_something_else_is_left_alone() {
    let folder = Folder::new("other");
    let file = folder.file("org.data");
    for (text, words) in [
        (
            "salesforce-simulator data 2\nanything\n",
            "another version wrote this file (form 2, and this one reads form 1)",
        ),
        ("{\"Contact\": []}\n", "no data file of the simulator"),
    ] {
        fs::write(&file, text).expect("a file");
        let said = refused(&file);
        assert!(said.contains(words), "{said}");
        assert_eq!(fs::read_to_string(&file).expect("the file"), text);
    }
    let nowhere = folder.file("none/org.data");
    assert!(refused(&nowhere).contains("cannot be opened"));
}

#[test]
fn two_processes_on_one_file_are_refused() {
    let folder = Folder::new("two");
    let file = folder.file("org.data");
    let first = Program::start(&["--data", &file]);
    let said = refused(&file);
    assert!(said.contains("another simulator has this file open"), "{said}");
    first.kill();
    drop(Program::start(&["--data", &file]));
}

#[test]
fn a_schema_that_lacks_what_the_file_has_is_told_what_is_missing() {
    let folder = Folder::new("schema");
    let (file, org) = (folder.file("org.data"), folder.file("org.json"));
    let text = json!({ "objects": { "House__c": { "fields": { "Number__c": { "type": "string", "length": 20 } } } } });
    fs::write(&org, text.to_string()).expect("an org file");
    let program = Program::start(&["--data", &file, "--org", &org]);
    let path = format!("{BASE}/sobjects/House__c");
    assert_eq!(program.call("POST", &path, r#"{"Number__c":"1"}"#).0, 201);
    program.kill();
    let said = refused(&file);
    assert!(said.contains("the org has no object House__c"), "{said}");
    assert_eq!(Program::start(&["--data", &file, "--org", &org]).query_all("SELECT Id FROM House__c").len(), 1);
}
