//! The examples in other languages are run as they stand, with the program that was just built.

use std::io::ErrorKind;
use std::path::Path;
use std::process::Command;

/// Runs a language's own test command in the folder of the examples; without that language nothing is tested, in words.
fn run(program: &str, arguments: &[&str], ran: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let output = Command::new(program)
        .args(arguments)
        .current_dir(folder)
        .env("SALESFORCE_SIMULATOR", env!("CARGO_BIN_EXE_salesforce-simulator"))
        .env("PYTHONDONTWRITEBYTECODE", "1")
        // What a test runner around this one says to its own children.
        .env_remove("NODE_TEST_CONTEXT")
        .output();
    let output = match output {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            eprintln!("skipped: there is no {program} here, so its example is not run");
            return;
        }
        output => output.expect("the example"),
    };
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8_lossy(&said);
    assert!(output.status.success() && said.contains(ran), "{said}");
}

#[test]
fn the_example_in_node_passes() {
    run("node", &["--test", "--test-reporter=tap", "contacts.test.mjs"], "# pass 3");
}

#[test]
fn the_example_in_python_passes() {
    run("python3", &["-m", "unittest", "test_contacts"], "Ran 3 tests");
}
