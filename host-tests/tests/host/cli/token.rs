//! The access token is in no output.

use super::*;

#[test]
fn the_token_comes_from_the_environment_and_is_in_no_output() {
    let simulated = Simulated::new();
    let token = simulated.token();
    let folder = Folder::new();
    let (settings, variables) = (folder.file("s.json", SUPPORT_SETTINGS), folder.file("v.json", VARIABLES));
    let files = ["--settings", settings.as_str(), "--variables", variables.as_str()];
    let route = ["--route", simulated.url()];
    for arguments in [
        [&["run"], files.as_slice(), &route].concat(),
        [&["run", "--json"], files.as_slice(), &route].concat(),
        [&["preview"], files.as_slice(), &route].concat(),
        [&["preview", "--json"], files.as_slice(), &route].concat(),
    ] {
        let ran = ran(command(&arguments).env(TOKEN_VARIABLE, token)).expect_code(0);
        assert!(!format!("{ran:?}").contains(token), "{ran:?}");
    }
    for arguments in [
        ["run", "--help"].as_slice(),
        &["run", "-h"],
        &["run"],
        &["run", "--nonsense"],
        &["prepare", "--settings", &settings],
        &["run", "--settings", &settings, "--variables", &variables, "--route", "http://127.0.0.1:1"],
        &["run", "--settings", &settings, "--variables", &variables, "--route", "nonsense"],
    ] {
        let ran = ran(command(arguments).env(TOKEN_VARIABLE, token));
        assert!(!format!("{ran:?}").contains(token), "{arguments:?}: {ran:?}");
    }
}

#[test]
fn a_token_that_salesforce_repeats_or_that_is_none_is_in_no_output() {
    let script = Script::start([Reply::json(401, &refusal("INVALID_SESSION_ID", "Bad token 00D!canary.token"))]);
    for name in ["run", "preview"] {
        let ran = routed(name, &script.url(), CONTACT_SETTINGS, VARIABLES, &[]).expect_code(1);
        assert!(!format!("{ran:?}").contains("canary"), "{ran:?}");
    }
    let script = Script::start([]);
    for token in ["", "canary token", "canary\ntoken", "canäry"] {
        let ran = routed_with_token("run", &script.url(), token, CONTACT_SETTINGS, VARIABLES, &["--json"]);
        let ran = ran.expect_code(2);
        assert!(!format!("{ran:?}").contains("can"), "{ran:?}");
    }
    assert_eq!(script.connections(), 0);
}

#[test]
fn a_token_of_another_org_ends_as_session_expired() {
    let simulated = Simulated::new();
    let ran = routed("run", simulated.url(), CONTACT_SETTINGS, VARIABLES, &["--json"]).expect_code(1);
    assert_eq!(ran.json()["status"], "session-expired");
    assert!(simulated.query("SELECT Id FROM Contact").is_empty());
}
