//! What was on its way when the process ended.

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn what_was_written_when_the_process_was_killed_is_not_written_again() {
    // Looked up, 200 written and told, 200 more written and not told.
    let (org, folder) = (faulty(3, true, What::Silence).await, Folder::new());
    folder.file("queue.jsonl", &lines((0..450).map(person)));
    killed_at(&org, &folder, &contacts(), 3);
    assert_eq!(org.records("Contact").len(), 400);
    // What is there is done. What is not may still be written by what was on its way.
    let ran = run_many(&org, &folder, &contacts(), &["--json"]);
    let answer = ran.json();
    assert_eq!(
        (ran.code, &answer["done"], &answer["inDoubt"], &answer["left"]),
        (Some(1), &json!(400), &json!(50), &json!(50))
    );
    assert_eq!(answer["thisTime"]["records"], json!({ "unchanged": 400, "unknown": 50 }));
    assert_eq!(org.records("Contact").len(), 400);
    let ran = run_many(&org, &folder, &contacts(), &[]);
    assert!(ran.stdout.contains("in doubt: line 401, 402") && ran.stdout.contains("begin again after"), "{ran:?}");
    // Before ten minutes have gone since it was sent, however often it is begun.
    folder.age(300);
    assert_eq!(run_many(&org, &folder, &contacts(), &["--json"]).json()["inDoubt"], 50);
    folder.age(320);
    let ran = run_many(&org, &folder, &contacts(), &["--json"]);
    assert_eq!((ran.code, &ran.json()["thisTime"]["records"]), (Some(0), &json!({ "created": 50 })), "{ran:?}");
    assert_eq!(org.records("Contact").len(), 450);
}

/// Salesforce is at work on a create whose sender has been killed: what it writes in the end is found.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_written_after_the_process_was_killed_is_not_written_twice() {
    let (org, folder) = (faulty(2, true, What::Silence).await, Folder::new());
    folder.file("queue.jsonl", &lines((0..3).map(person)));
    killed_at(&org, &folder, &contacts(), 2);
    not_committed(&org);
    let ran = run_many(&org, &folder, &contacts(), &["--json"]);
    assert_eq!((ran.code, &ran.json()["inDoubt"]), (Some(1), &json!(3)));
    let stopped = ran.json()["stopped"].as_str().expect("a reason").to_owned();
    let time = stopped.split_once("begin again after ").map(|(_, time)| time.parse::<Timestamp>());
    let time = time.and_then(Result::ok).unwrap_or_else(|| panic!("no time in `{stopped}`"));
    assert!(time > Timestamp::now() && time.subsec_nanosecond() == 0, "{stopped}");
    assert!(org.records("Contact").is_empty());
    let row = |n| json!({ "LastName": person(n)["name"], "Email": person(n)["mail"] });
    org.seed(json!({ "Contact": (0..3).map(row).collect::<Vec<_>>() }));
    let ran = run_many(&org, &folder, &contacts(), &["--json"]);
    assert_eq!((ran.code, &ran.json()["thisTime"]["records"]), (Some(0), &json!({ "unchanged": 3 })), "{ran:?}");
    assert_eq!(org.records("Contact").len(), 3);
}

/// An org that does not answer has told nothing about lines in doubt.
#[tokio::test(flavor = "multi_thread")]
async fn what_could_not_be_looked_for_is_in_doubt_still() {
    let later =
        Scripted { request: 2, and_after: false, fault: Fault { processed: false, what: What::Later(Lost::Silence) } };
    let set_up = |org: &mut host_tests::simulator::Org| {
        org.settings.late_by = SignedDuration::MAX;
        org.script_fault(later);
    };
    let (org, folder) = (TestOrg::with(set_up).await, Folder::new());
    folder.file("queue.jsonl", &lines((0..3).map(person)));
    killed_at(&org, &folder, &contacts(), 2);
    let down = Fault { processed: false, what: What::Close };
    org.org().script_fault(Scripted { request: 1, and_after: true, fault: down });
    run_many(&org, &folder, &contacts(), &["--json"]);
    org.org().clear_faults();
    run_many(&org, &folder, &contacts(), &["--json"]);
    assert!(org.records("Contact").is_empty(), "what was sent may still be carried out");
    org.org().settle(Timestamp::now());
    let ran = run_many(&org, &folder, &contacts(), &["--json"]);
    assert_eq!((ran.code, org.records("Contact").len()), (Some(0), 3), "{ran:?}");
}

/// A later line with the same address, which was never sent, waits for one in doubt.
#[tokio::test(flavor = "multi_thread")]
async fn what_looks_for_a_line_in_doubt_waits_for_it() {
    let (org, folder) = (faulty(2, true, What::Silence).await, Folder::new());
    let mut queue: Vec<Value> = vec![person(1)];
    queue.extend((0..999).map(|_| json!({ "name": "nobody" })));
    queue.push(person(1));
    folder.file("queue.jsonl", &lines(queue));
    killed_at(&org, &folder, &contacts(), 2);
    not_committed(&org);
    let ran = run_many(&org, &folder, &contacts(), &["--json"]);
    assert_eq!((ran.code, &ran.json()["inDoubt"]), (Some(1), &json!(1)), "{ran:?}");
    assert_eq!(folder.noted(1_001)["outcome"]["records"][0]["error"]["code"], "EARLIER_UNKNOWN");
    assert!(org.records("Contact").is_empty());
    folder.age(620);
    let ran = run_many(&org, &folder, &contacts(), &["--json"]);
    assert_eq!((ran.code, &ran.json()["thisTime"]["records"]), (Some(0), &json!({ "created": 1, "unchanged": 1 })));
}

/// The answer to the first create is lost, and Salesforce is at work on it: line 1,001 has the same address.
#[tokio::test(flavor = "multi_thread")]
async fn a_doubt_outlives_its_call() {
    let (org, folder) = (faulty(2, false, What::Close).await, Folder::new());
    let mut queue: Vec<Value> = vec![person(1)];
    queue.extend((0..999).map(|_| json!({ "name": "nobody" })));
    queue.push(person(1));
    queue.push(person(2));
    folder.file("queue.jsonl", &lines(queue));
    let ran = run_many(&org, &folder, &contacts(), &["--json"]);
    assert_eq!(ran.code, Some(1));
    assert_eq!(folder.noted(1)["outcome"]["records"][0]["result"], "unknown");
    let second = folder.noted(1_001);
    assert_eq!(second["outcome"]["records"][0]["error"]["code"], "EARLIER_UNKNOWN");
    assert!(
        second["outcome"]["retryAfterSeconds"].as_u64().is_some_and(|seconds| (500..=600).contains(&seconds)),
        "{second}"
    );
    assert_eq!((folder.noted(1_002)["outcome"]["status"].as_str(), org.records("Contact").len()), (Some("done"), 1));
    // Begun again, it is not sent before its time; after it, whatever came of the first is found.
    let requests = org.requests().len();
    let ran = run_many(&org, &folder, &contacts(), &[]);
    assert!(
        ran.stdout.contains("look in Salesforce for Contact by Email")
            || ran.stdout.contains("Look in Salesforce for Contact by Email"),
        "{ran:?}"
    );
    assert_eq!((org.requests().len(), org.records("Contact").len()), (requests, 1));
    folder.age(600);
    let ran = run_many(&org, &folder, &contacts(), &["--json"]);
    assert_eq!(ran.json()["thisTime"]["records"], json!({ "created": 1 }), "{ran:?}");
    assert_eq!(org.records("Contact").len(), 2);
}

/// Line 1 meets a lock and is to be run again; line 2 about the same contact must not be written before it.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_run_again_is_not_overtaken() {
    let lock = Fault { processed: false, what: What::Row(Row::Lock) };
    let locks = (2..=4).map(|request| Scripted { request, and_after: false, fault: lock });
    let (org, folder) = (TestOrg::with(|org| locks.for_each(|lock| org.script_fault(lock))).await, Folder::new());
    let mut mail = contacts();
    mail["mappings"].as_array_mut().expect("rows").push(map("topic", "Contact", "Title"));
    org.seed(json!({ "Contact": [{ "LastName": "Old", "Email": "p1@example.com" }] }));
    let line = |title: &str| json!({ "mail": "p1@example.com", "name": "Berg", "topic": title });
    folder.file("queue.jsonl", &lines([line("first"), line("second")]));
    let ran = run_many(&org, &folder, &mail, &["--json"]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    org.org().clear_faults();
    let ran = run_many(&org, &folder, &mail, &["--json"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert_eq!(org.records("Contact")[0]["Title"], "second");
}

/// Without a key nobody can tell: these lines are left to people, and the others go on.
#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_found_again_is_left_to_people() {
    let (org, folder) = (faulty(2, true, What::Silence).await, Folder::new());
    let cases = settings(json!([map("topic", "Case", "Subject")]), json!({}));
    folder.file("queue.jsonl", &lines((0..450).map(person)));
    killed_at(&org, &folder, &cases, 2);
    assert_eq!(org.records("Case").len(), 400);
    let ran = run_many(&org, &folder, &cases, &["--json"]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    let answer = ran.json();
    assert_eq!((&answer["done"], &answer["unclear"], &answer["left"]), (&json!(250), &json!(200), &json!(0)));
    assert_eq!(org.records("Case").len(), 450);
    assert_eq!(folder.noted(201)["outcome"]["records"][0]["error"]["code"], "IN_DOUBT");
    let told = run_many(&org, &folder, &cases, &[]).stdout;
    assert!(told.contains("200 of these may have been written: line 201, 202"), "{told}");
    // Who looks now, and sends again what is not there, would write it twice.
    assert!(
        told.contains("may be at work on them until") && told.contains("look in Salesforce for Case by Subject"),
        "{told}"
    );
    assert!(told.contains("may overwrite newer values"), "{told}");
    assert!(answer["unclearUntil"].is_string(), "{answer:#}");
    // However long ago it was.
    folder.age(10_000);
    let answer = run_many(&org, &folder, &cases, &["--json"]).json();
    assert_eq!((&answer["unclear"], &answer["unclearUntil"]), (&json!(200), &Value::Null));
    let told = run_many(&org, &folder, &cases, &[]).stdout;
    assert!(told.contains("    Look in Salesforce for Case by Subject"), "{told}");
    assert_eq!(org.records("Case").len(), 450);
}
