//! The bounds of files, as listed in the README: exactly at the bound they arrive, and one byte or file more is an error and no
//! trap, in an instance of 32 MiB.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use host_tests::host::File;
use salesforce_module::files::{MAX_FILE_BYTES, MAX_FILES, MAX_FILES_BYTES};
use salesforce_module::variables::MAX_VARIABLES_BYTES;
use serde_json::{Value, json};

use crate::org::{TestOrg, error, key, map, settings};
use crate::support::{case_with_photo, file, files, of_host, run_with, stored};

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
    let large = content(MAX_FILE_BYTES);
    let given =
        [of_host("photo", "a", large.clone()), of_host("photo", "b", content(MAX_FILES_BYTES - MAX_FILE_BYTES))];
    let text = format!("{}{}", settings, " ".repeat((1 << 20) - settings.to_string().len()));
    let session = crate::org::session(&org.token());
    let ran = crate::org::host()
        .run_with_files(crate::org::egress_to(&org.url()), &session, &text, &variables.to_string(), &given)
        .await
        .expect("no trap");
    let outcome = host_tests::json::outcome(&ran.expect("it ran"));
    assert_eq!(files(&outcome), ["created"; 2], "{outcome:#}");
    let stored = stored(&org);
    assert!(stored[0].1 == large && stored[1].1.len() == MAX_FILES_BYTES - MAX_FILE_BYTES);
}

/// A request that is repeated is written again, not kept.
#[tokio::test(flavor = "multi_thread")]
async fn the_largest_file_can_be_sent_again() {
    let org = crate::support::faulty(["2:concurrent-limit", "3:concurrent-limit"]).await;
    let given = [of_host("photo", "a", content(MAX_FILE_BYTES)), of_host("photo", "b", content(MAX_FILE_BYTES / 2))];
    let outcome = run_with(&org, &case_with_photo(), &json!({ "topic": "t" }), &given).await;
    assert_eq!((files(&outcome), &outcome["requests"]), (vec!["created"; 2], &json!(5)));
}

#[tokio::test(flavor = "multi_thread")]
async fn one_byte_more_is_an_error_and_so_is_very_much_more() {
    let org = TestOrg::new().await;
    let one = |bytes| vec![of_host("photo", "a", content(bytes))];
    let mut together = one(MAX_FILE_BYTES);
    together.push(of_host("photo", "b", content(MAX_FILES_BYTES - MAX_FILE_BYTES + 1)));
    let many: Vec<File> = (0..5).flat_map(|_| one(MAX_FILE_BYTES)).collect();
    for given in [one(MAX_FILE_BYTES + 1), together, many, one(5 * MAX_FILE_BYTES)] {
        let outcome = run_with(&org, &case_with_photo(), &json!({ "topic": "t" }), &given).await;
        assert_eq!((error(&outcome, 0), &outcome["requests"]), ("FILE_TOO_LARGE", &json!(0)));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn so_many_files_are_attached_in_one_run() {
    let org = TestOrg::new().await;
    let given = |count: usize| -> Vec<File> { (0..count).map(|_| of_host("photo", "a", vec![1])).collect() };
    let variables = json!({ "topic": "t" });
    for (count, refused) in [(MAX_FILES, ""), (MAX_FILES + 1, "TOO_MANY_FILES"), (20_000, "TOO_MANY_FILES")] {
        let outcome = run_with(&org, &case_with_photo(), &variables, &given(count)).await;
        assert_eq!(error(&outcome, 0), refused, "{count}");
    }
    assert_eq!(stored(&org).len(), MAX_FILES);
}

/// Base64 fits as far as the variables do.
#[tokio::test(flavor = "multi_thread")]
async fn a_file_in_the_variables_is_as_large_as_they_may_be() {
    let org = TestOrg::new().await;
    let variables = |bytes: usize| {
        let photo = json!({ "name": "a", "base64": STANDARD.encode(content(bytes)) });
        json!({ "topic": "t", "photo": photo })
    };
    let around = variables(0).to_string().len();
    let most = (MAX_VARIABLES_BYTES - around) / 4 * 3;
    let outcome = org.done(&case_with_photo().to_string(), &variables(most)).await;
    assert_eq!(files(&outcome), ["created"]);
    assert!(stored(&org)[0].1 == content(most));
    // To ten records it is ten files, and together too much.
    let row = |index: usize| [map("topic", &format!("R{index}.Subject")), file("photo", &format!("R{index}"))];
    let rows: Vec<Value> = (0..10).flat_map(row).collect();
    let objects: Value = (0..10).map(|index| (format!("R{index}"), json!({ "sobject": "Case" }))).collect();
    let often = crate::org::with(settings([], objects), json!({ "mappings": rows }));
    let outcome = org.run(&often.to_string(), &variables(most)).await;
    assert!(crate::org::results(&outcome).contains(&"failed"), "{outcome:#}");
    assert_eq!(outcome["requests"], 0);
}
