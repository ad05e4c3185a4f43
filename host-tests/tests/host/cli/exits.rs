//! What is told where, and the exit code.

use super::*;

#[test]
fn every_command_explains_itself() {
    let commands = ["demo", "chat", "simulate", "check", "prepare", "plan", "preview", "run"];
    let whole = chat_host(&["--help"]).expect_code(0);
    for name in commands {
        assert!(whole.stdout.contains(name), "{name}");
        let help = chat_host(&[name, "--help"]).expect_code(0);
        assert!(help.stdout.contains("Usage:"), "{name}");
        assert_eq!(help.stderr, "");
    }
    let run = chat_host(&["run", "--help"]).stdout;
    for option in ["--settings", "--variables", "--route", "--token", "--json", TOKEN_VARIABLE] {
        assert!(run.contains(option), "{option}");
    }
    assert!(chat_host(&["--version"]).expect_code(0).stdout.starts_with("chat-host "));
}

#[test]
fn bad_usage_is_told_on_stderr() {
    let folder = Folder::new();
    let settings = folder.file("s.json", CONTACT_SETTINGS);
    let variables = folder.file("v.json", VARIABLES);
    let missing = folder.missing();
    let directory = folder.0.display().to_string();
    let run = ["run", "--settings", &settings, "--variables", &variables, "--token", "t"];
    let with = |more: &[&'static str]| [run.as_slice(), more].concat();
    for (arguments, told) in [
        (vec!["rnu"], "rnu"),
        (vec!["run"], "--settings"),
        (vec!["demo", "--jsn"], "--json"),
        (vec!["demo", "extra"], "extra"),
        (vec!["simulate", "--port", "many"], "--port"),
        (vec!["simulate", "--port", "70000"], "--port"),
        (vec!["check"], "--settings"),
        (vec!["check", "--settings", &missing], "missing.json"),
        (vec!["check", "--settings", &directory], &directory),
        (vec!["plan", "--settings", &settings], "--variables"),
        (vec!["plan", "--settings", &settings, "--variables", &missing], "missing.json"),
        (vec!["plan", "--settings", &missing, "--variables", &variables], "missing.json"),
        (vec!["run", "--settings", &settings, "--variables", &variables], "--token"),
        (vec!["preview", "--settings", &settings, "--variables", &variables], "--token"),
        (vec!["prepare", "--settings", &settings], "--token"),
        (vec!["run", "--settings", &missing, "--variables", &variables, "--token", "t"], "missing.json"),
        (with(&["--route", "nowhere"]), "--route"),
        (with(&["--route", "ftp://127.0.0.1:1"]), "--route"),
        (with(&["--route", "http://127.0.0.1:1/services"]), "--route"),
        (with(&["--route", ""]), "--route"),
        (with(&["--route", "127.0.0.1:8080"]), "--route"),
        (with(&["--setings", "x"]), "--settings"),
    ] {
        let ran = chat_host(&arguments).expect_code(2);
        assert!(ran.stderr.contains(told), "{arguments:?}: {}", ran.stderr);
        assert_eq!(ran.stdout, "", "{arguments:?}");
    }
}

#[test]
fn a_file_that_is_no_text_is_bad_usage() {
    let folder = Folder::new();
    let path = folder.file("s.json", "");
    fs::write(&path, [0xff, 0xfe, 0x00]).expect("a file of the test");
    let check = chat_host(&["check", "--settings", &path]).expect_code(2);
    assert!(check.stderr.contains("s.json"), "{}", check.stderr);
}

#[test]
fn a_status_other_than_done_exits_with_1_and_is_told_on_stdout() {
    let status = |reply: Reply, code: u16| {
        let script = Script::repeating([reply]);
        let json = routed("run", &script.url(), CONTACT_SETTINGS, VARIABLES, &["--json"]).expect_code(1);
        let outcome = json.json();
        // A page instead of an answer is asked for again.
        assert_eq!(script.requests().len(), if code == 200 { 3 } else { 1 }, "HTTP {code}");
        (outcome["status"].clone(), outcome["retryAfterSeconds"].clone())
    };
    let expired = Reply::json(401, &refusal("INVALID_SESSION_ID", "Session expired or invalid"));
    assert_eq!(status(expired, 401), (json!("session-expired"), Value::Null));
    let limit = || {
        let limit = Reply::json(403, &refusal("REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded."));
        limit.header("Retry-After", "30")
    };
    assert_eq!(status(limit(), 403), (json!("deferred"), json!(30)));
    assert_eq!(status(Reply::html(200), 200), (json!("failed"), Value::Null));
    let script = Script::start([limit(), limit()]);
    let text = routed("run", &script.url(), CONTACT_SETTINGS, VARIABLES, &[]).expect_code(1);
    assert!(text.stdout.contains("deferred") && text.stdout.contains("30 seconds"), "{}", text.stdout);
    let preview = routed("preview", &script.url(), CONTACT_SETTINGS, VARIABLES, &["--json"]).expect_code(1);
    assert_eq!(preview.json()["status"], "deferred");
}

#[test]
fn an_org_that_cannot_be_reached_is_a_failed_run() {
    let free = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
    let url = format!("http://{}", free.local_addr().expect("a bound socket"));
    drop(free);
    for name in ["run", "preview"] {
        let ran = routed(name, &url, CONTACT_SETTINGS, VARIABLES, &["--json"]).expect_code(1);
        assert_eq!(ran.json()["status"], "failed");
        assert_eq!(ran.json()["records"][0]["error"]["code"], "CONNECTION_FAILED");
    }
}

#[test]
fn bad_input_is_told_to_programs_on_stdout_and_to_people_on_stderr() {
    let script = Script::start([]);
    let settings = contact_settings(|settings| settings["mappings"] = json!([]));
    for name in ["plan", "preview", "run", "prepare"] {
        let more = ["--json"];
        let ran = match name {
            "plan" => {
                let folder = Folder::new();
                let (settings, variables) = (folder.file("s.json", &settings), folder.file("v.json", VARIABLES));
                chat_host(&["plan", "--json", "--settings", &settings, "--variables", &variables])
            }
            _ => routed(name, &script.url(), &settings, VARIABLES, &more),
        };
        let ran = ran.expect_code(2);
        let answer = ran.json();
        let finding = finding(&answer, "empty-mappings");
        for key in ["severity", "code", "path", "message", "remedy"] {
            assert!(finding[key].is_string(), "{name}: {key}");
        }
        assert!(ran.stderr.contains("empty-mappings"), "{name}: {}", ran.stderr);
    }
    let text = routed("run", &script.url(), &settings, VARIABLES, &[]).expect_code(2);
    assert_eq!(text.stdout, "");
    assert!(text.stderr.contains("/mappings") && text.stderr.contains("Nothing was sent"), "{}", text.stderr);
    assert_eq!(script.connections(), 0);
}

#[test]
fn check_lists_every_mistake_at_once_and_warnings_alone_are_no_error() {
    let folder = Folder::new();
    let bad = contact_settings(|settings| {
        settings["deploymentDomain"] = "example.lightning.force.com".into();
        settings["mappings"][0]["feild"] = "Email".into();
        settings["mappings"][1]["whenBlank"] = "skipp".into();
        settings["mappings"][2]["field"] = "Last Name".into();
    });
    let path = folder.file("s.json", &bad);
    let check = chat_host(&["check", "--json", "--settings", &path]).expect_code(2);
    for code in ["bad-domain", "unknown-key", "unknown-value", "bad-name"] {
        assert_eq!(finding(&check.json(), code)["severity"], "error");
    }
    let text = chat_host(&["check", "--settings", &path]).expect_code(2);
    assert!(text.stdout.contains("Enter `example.my.salesforce.com`."), "{}", text.stdout);
    let doubtful = contact_settings(|settings| settings["mappings"][0]["source"] = json!({ "constant": "a@b.com" }));
    let path = folder.file("s.json", &doubtful);
    let check = chat_host(&["check", "--json", "--settings", &path]).expect_code(0);
    assert_eq!(finding(&check.json(), "constant-key")["severity"], "warning");
}
