//! A Case with the visitor's files, as most tests here write it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use host_tests::host::AttachedFile;
use host_tests::json as answers;
use host_tests::simulator::fault::Scripted;
use serde_json::{Value, json};

use crate::org::{TestOrg, constant, egress_to, host, kept_secret, map, session, settings};

/// `{ "source": { "file": … }, "object": … }`
pub fn file(variable: &str, object: &str) -> Value {
    json!({ "source": { "file": variable }, "object": object })
}

/// A Case that gets the files of `photo`.
pub fn case_with_photo() -> Value {
    settings([map("topic", "Case.Subject"), constant("Web", "Case.Origin"), file("photo", "Case")], json!({}))
}

/// A file in a variable.
pub fn photo(name: &str, content: &[u8]) -> Value {
    json!({ "name": name, "mediaType": "image/jpeg", "base64": STANDARD.encode(content) })
}

/// What a visitor says to [`case_with_photo`].
pub fn complaint() -> Value {
    json!({ "topic": "Canary sings", "photo": photo("canary.jpg", b"canary") })
}

/// A file of the host's.
pub fn of_host(variable: &str, name: &str, content: Vec<u8>) -> AttachedFile {
    AttachedFile {
        variable: variable.into(),
        name: name.into(),
        media_type: Some("image/jpeg".into()),
        content: Some(content),
    }
}

/// A run with files of the host's.
pub async fn run_with(org: &TestOrg, settings: &Value, variables: &Value, files: &[AttachedFile]) -> Value {
    let session = session(&org.token());
    let ran = host()
        .run_with_files(egress_to(&org.url()), &session, &settings.to_string(), &variables.to_string(), files, None)
        .await
        .expect("no trap");
    answers::outcome(&kept_secret(ran).unwrap_or_else(|findings| panic!("not run: {findings:#?}")))
}

/// An org that misbehaves, as `chat-host simulate --fault` says it.
pub async fn faulty<const N: usize>(faults: [&str; N]) -> TestOrg {
    TestOrg::with(|org| {
        for fault in faults {
            org.script_fault(fault.parse::<Scripted>().unwrap_or_else(|error| panic!("{fault}: {error}")));
        }
    })
    .await
}

/// Results of the files.
pub fn files(outcome: &Value) -> Vec<&str> {
    let files = outcome["files"].as_array().unwrap_or_else(|| panic!("no files: {outcome:#}"));
    files.iter().map(|file| file["result"].as_str().expect("a result")).collect()
}

/// Names and contents of the files in the org, oldest first.
pub fn stored(org: &TestOrg) -> Vec<(String, Vec<u8>)> {
    let of = |version: &Value| {
        let name = version["PathOnClient"].as_str().expect("a name").to_owned();
        (name, STANDARD.decode(version["VersionData"].as_str().expect("content")).expect("base64"))
    };
    org.records("ContentVersion").iter().map(of).collect()
}
