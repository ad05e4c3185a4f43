//! `conform` with drivers that are right, wrong, or none.

use super::*;

/// The reference host's own, which cargo builds beside the tests.
fn reference() -> String {
    let folder = std::path::Path::new(env!("CARGO_BIN_EXE_chat-host")).parent().expect("a folder");
    folder.join("examples").join("driver").display().to_string()
}

fn scenarios() -> String {
    format!("{}/scenarios", env!("CARGO_MANIFEST_DIR"))
}

fn conform(more: &[&str], driver: &[&str]) -> Ran {
    chat_host(&[&["conform", "--scenarios", &scenarios()], more, &["--"], driver].concat())
}

#[test]
fn the_reference_host_conforms() {
    let ran = conform(&[], &[&reference()]);
    let failed: Vec<&str> = ran.stdout.lines().filter(|line| !line.starts_with("ok ")).collect();
    assert_eq!(failed.len(), 1, "{}", failed.join("\n"));
    let (held, of) = failed[0].strip_suffix(" checks hold.").and_then(|line| line.split_once(" of ")).expect("a sum");
    assert_eq!(held, of);
    assert!(of.parse::<usize>().expect("a number") > 250, "{of}");
    ran.expect_code(0);
}

#[test]
fn a_driver_that_gives_back_what_it_is_given_fails() {
    let ran = conform(&["--only", "call: check", "--json"], &["cat"]).expect_code(1);
    let checks = ran.json()["checks"].as_array().expect("a list").clone();
    let error = |name: &str| {
        let check = checks.iter().find(|check| check["name"].as_str().is_some_and(|known| known.starts_with(name)));
        check.expect("the check")["error"].clone()
    };
    assert!(error("call: check").as_str().expect("an error").contains("a line without `answer`"), "{checks:?}");
    assert_eq!(error("driver: ends"), Value::Null);
}

#[test]
fn a_driver_that_ends_at_once_fails_each_check() {
    let ran = conform(&["--only", "call: manifest"], &["true"]).expect_code(1);
    assert!(ran.stdout.contains("FAILED  call: manifest"), "{}", ran.stdout);
    let code = conform(&["--only", "call: manifest"], &["sh", "-c", "exit 3"]).expect_code(1);
    assert!(code.stdout.contains("it ended with exit code 3"), "{}", code.stdout);
}

#[test]
fn what_is_no_driver_or_no_folder_is_bad_usage() {
    let ran = conform(&[], &["/no/such/driver"]).expect_code(2);
    assert!(ran.stderr.contains("starting /no/such/driver"), "{}", ran.stderr);
    let ran = chat_host(&["conform", "--scenarios", "/no/such/folder", "--", "cat"]).expect_code(2);
    assert!(ran.stderr.contains("--scenarios names that of the golden scenarios"), "{}", ran.stderr);
}
