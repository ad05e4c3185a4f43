//! The bounds of files, as listed in docs/embed.md: exactly at the bound they arrive, and one byte or file more is an error and no
//! trap, in an instance of 32 MiB.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use host_tests::host::AttachedFile;
use salesforce_module::value::{MAX_FILES, MAX_FILES_BYTES, MAX_VARIABLES_BYTES, MAX_VARIABLES_WITH_FILES};
use serde_json::{Value, json};

use crate::files::support::{case_with_photo, file, files, of_host, run_with, stored};
use crate::org::{TestOrg, codes, error, key, map, settings, with};

fn content(bytes: usize) -> Vec<u8> {
    (0..bytes).map(|at| u8::try_from(at % 251).expect("a byte")).collect()
}

/// The rest of the run is as large as it may be, too: settings and variables of a MiB, texts of as much, and candidates with
/// long fields among the answers.
#[tokio::test(flavor = "multi_thread")]
async fn the_largest_files_arrive_from_the_largest_run() {
    let org = TestOrg::new().await;
    let found = json!({ "LastName": "Berg", "Email": "a@example.com", "Description": "d".repeat(32_000) });
    org.seed(json!({ "Contact": [found] }));
    let settings = settings(
        [key("mail", "Contact.Email"), map("long", "Contact.Description"), file("photo", "Contact")],
        json!({}),
    );
    let mut variables = json!({ "mail": "a@example.com", "topic": "t", "long": "e".repeat(32_000) });
    variables["unused"] = json!("u".repeat(MAX_VARIABLES_BYTES - variables.to_string().len() - 16));
    assert!(variables.to_string().len() > MAX_VARIABLES_BYTES - 32);
    let large = content(MAX_FILES_BYTES - MAX_VARIABLES_BYTES - 1);
    let given = [of_host("photo", "a", large.clone()), of_host("photo", "b", vec![1])];
    let text = format!("{}{}", settings, " ".repeat((1 << 20) - settings.to_string().len()));
    let session = crate::org::session(&org.token());
    let ran = crate::org::host()
        .run_with_files(crate::org::egress_to(&org.url()), &session, &text, &variables.to_string(), &given, None)
        .await
        .expect("no trap");
    let outcome = host_tests::json::outcome(&ran.expect("it ran"));
    assert_eq!(files(&outcome), ["created"; 2], "{outcome:#}");
    let stored = stored(&org);
    assert!(stored[0].1 == large && stored[1].1 == [1]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_largest_file_can_be_sent_again() {
    let org = crate::files::support::faulty(["2:concurrent-limit", "3:concurrent-limit"]).await;
    let half = MAX_FILES_BYTES / 2;
    let given = [of_host("photo", "a", content(half)), of_host("photo", "b", content(half - 100))];
    let outcome = run_with(&org, &case_with_photo(), &json!({ "topic": "t" }), &given).await;
    assert_eq!((files(&outcome), &outcome["requests"]), (vec!["created"; 2], &json!(5)));
}

/// The Case is written, and each file that fits is attached to it.
#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_too_large_costs_neither_the_record_nor_the_other_files() {
    let variables = json!({ "topic": "t" });
    let most = MAX_FILES_BYTES - variables.to_string().len();
    let of = |bytes: usize| of_host("photo", "a", content(bytes));
    for (given, expected) in [
        (vec![of(most)], vec!["created"]),
        (vec![of(most + 1)], vec!["failed"]),
        (vec![of(3 * MAX_FILES_BYTES)], vec!["failed"]),
        (vec![of(most), of(1)], vec!["created", "failed"]),
        (vec![of(4), of(3 * MAX_FILES_BYTES), of(5)], vec!["created", "created", "failed"]),
    ] {
        let org = TestOrg::new().await;
        let outcome = run_with(&org, &case_with_photo(), &variables, &given).await;
        assert_eq!((&outcome["status"], files(&outcome)), (&json!("done"), expected), "{outcome:#}");
        assert_eq!(org.records("Case").len(), 1);
        let failed = crate::org::findings(&outcome, |finding| finding["code"] == "file-not-uploaded");
        assert_eq!(failed.len(), files(&outcome).iter().filter(|result| **result == "failed").count());
    }
}

/// Whatever the host does about it.
#[test]
fn the_module_itself_refuses_a_file_that_is_too_large() {
    let settings = case_with_photo().to_string();
    let given = salesforce_module::value::HostFile {
        variable: "photo".into(),
        name: "a".into(),
        media_type: None,
        content: Some(salesforce_module::value::Content::new(content(MAX_FILES_BYTES + 1))),
    };
    let session =
        salesforce_module::module::Session { instance_url: "https://example.my.salesforce.com", access_token: "token" };
    let purpose = salesforce_module::report::RunKind::Preview;
    let started = salesforce_module::module::start_with_files(
        &session,
        &settings,
        json!({ "topic": "t" }).to_string(),
        vec![given],
        purpose,
    );
    let (work, _) = started.expect("it begins");
    let outcome =
        work.drive(&mut |_: &_| panic!("nothing to look up")).into_outcome().records().expect("a mode with records");
    assert_eq!(outcome.files[0].error.as_ref().map(|error| error.code.as_ref()), Some("FILE_TOO_LARGE"));
}

#[tokio::test(flavor = "multi_thread")]
async fn so_many_files_are_attached_in_one_run() {
    let org = TestOrg::new().await;
    let given = |count: usize| -> Vec<AttachedFile> { (0..count).map(|_| of_host("photo", "a", vec![1])).collect() };
    let variables = json!({ "topic": "t" });
    for (count, refused) in [(MAX_FILES, ""), (MAX_FILES + 1, "TOO_MANY_FILES"), (20_000, "TOO_MANY_FILES")] {
        let must_fit = with(file("photo", "Case"), json!({ "whenFileFails": "fail" }));
        let settings = settings([map("topic", "Case.Subject"), must_fit], json!({}));
        let outcome = run_with(&org, &settings, &variables, &given(count)).await;
        assert_eq!(error(&outcome, 0), refused, "{count}");
    }
    assert_eq!(stored(&org).len(), MAX_FILES);
    // Without it the first ones are attached, and one error tells of all others.
    let outcome = run_with(&org, &case_with_photo(), &variables, &given(20_000)).await;
    assert_eq!((files(&outcome).len(), codes(&outcome)), (MAX_FILES + 1, vec!["file-not-uploaded"]));
    assert_eq!(stored(&org).len(), 2 * MAX_FILES);
}

/// A photo as base64, beside variables of a MiB.
#[tokio::test(flavor = "multi_thread")]
async fn a_file_in_the_variables_is_as_large_as_they_may_be() {
    let org = TestOrg::new().await;
    let variables = |bytes: usize| {
        let photo = json!({ "name": "a", "base64": STANDARD.encode(content(bytes)) });
        json!({ "topic": "t", "photo": photo, "unused": "u".repeat(MAX_VARIABLES_BYTES - 100) })
    };
    let around = variables(0).to_string().len();
    let most = (MAX_VARIABLES_WITH_FILES - around) / 4 * 3;
    let outcome = org.done(&case_with_photo().to_string(), &variables(most)).await;
    assert_eq!(files(&outcome), ["created"]);
    assert!(stored(&org)[0].1 == content(most));
    // To ten records it is ten files, and together too much.
    let row = |index: usize| {
        let name = format!("R{index}");
        [map("topic", &format!("{name}.Subject")), with(file("photo", &name), json!({ "whenFileFails": "fail" }))]
    };
    let rows: Vec<Value> = (0..10).flat_map(row).collect();
    let objects: Value = (0..10).map(|index| (format!("R{index}"), json!({ "sobject": "Case" }))).collect();
    let often = with(settings([], objects), json!({ "mappings": rows }));
    let outcome = org.run(&often.to_string(), &variables(most)).await;
    assert!(crate::org::results(&outcome).contains(&"failed"), "{outcome:#}");
    assert_eq!(outcome["requests"], 0);
    // Beside the base64 of files the variables have the room that they always had.
    let long = json!({ "topic": "t".repeat(MAX_VARIABLES_BYTES) }).to_string();
    let findings = salesforce_module::module::plan(&case_with_photo().to_string(), &long).expect_err("too long");
    assert_eq!(findings[0].code, "bad-variables");
}
