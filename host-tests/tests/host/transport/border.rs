//! Sessions, egress, and many calls in one host.

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn a_host_that_lets_nothing_out_denies_the_request() {
    let ran = run_with(Egress::Nowhere, &session(), SUPPORT, &variables()).await;
    assert_nothing_written(&ran.expect("good input"), "failed", ["failed", "REQUEST_DENIED", "never"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_way_out_to_another_domain_denies_the_request() {
    let script = Script::start([nobody()]);
    for domain in ["other.my.salesforce.com", "my.salesforce.com", "salesforce.com", ""] {
        let Egress::Domain { client, .. } = egress_to(&script.url()) else {
            panic!("a way out");
        };
        let domain = domain.to_owned();
        let ran = run_with(Egress::Domain { domain, client }, &session(), SUPPORT, &variables()).await;
        assert_nothing_written(&ran.expect("good input"), "failed", ["failed", "REQUEST_DENIED", "never"]);
    }
    assert_eq!(script.connections(), 0);
}

/// Nothing was sent, and the finding says of what part of the session this is.
async fn a_bad_session_sends_nothing(session: &Session, path: &str) {
    let script = Script::start([nobody()]);
    let findings = run_with(egress_to(&script.url()), session, SUPPORT, &variables()).await;
    let findings = findings.expect_err("a finding");
    assert_eq!(findings.len(), 1);
    assert_eq!((findings[0].code.as_str(), findings[0].path.as_str()), ("bad-session", path));
    assert!(!findings[0].remedy.is_empty());
    let previewed = host().preview(egress_to(&script.url()), session, SUPPORT, &variables().to_string()).await;
    assert_eq!(previewed.expect("no trap").map(|_| ()), Err(findings));
    assert_eq!(script.connections(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_goes_to_the_instance_that_the_settings_name_or_nowhere() {
    for instance_url in [
        "https://other.my.salesforce.com",
        "http://example.my.salesforce.com",
        "https://example.my.salesforce.com:443",
        "https://example.my.salesforce.com:8443",
        "https://user:password@example.my.salesforce.com",
        "https://example.my.salesforce.com@evil.com",
        "https://example.my.salesforce.com.evil.com",
        "https://example.my.salesforce.com/services",
        "https://example.my.salesforce.com?x",
        "https://example.my.salesforce.com#x",
        "https://example.my.salesforce.com\\@evil.com",
        "https://example.lightning.force.com",
        "https://login.salesforce.com",
        "https://evil.com",
        "https://127.0.0.1",
        "https://[::1]",
        "https://",
        "example.my.salesforce.com",
        "",
    ] {
        let session = Session { instance_url: instance_url.to_owned(), ..session() };
        a_bad_session_sends_nothing(&session, "session/instance-url").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_would_be_another_header_is_refused() {
    for token in [
        "",
        "canary\nx-canary: 1",
        "canary\r\nx-canary: 1",
        "canary canary",
        "canary\0",
        "canary-ä",
        &"canary".repeat(2_000),
    ] {
        let session = Session { access_token: token.to_owned(), ..session() };
        a_bad_session_sends_nothing(&session, "session/access-token").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lower_case_host_is_sent_to_whatever_the_case_of_the_settings() {
    let script = Script::start([nobody(), Reply::json(200, &both_written())]);
    let settings = SUPPORT.replace(DOMAIN, "Example.My.Salesforce.COM");
    assert_eq!(run_to(&script.url(), &settings, &variables()).await["status"], "done");
    assert_eq!(script.requests()[0].header("host"), [DOMAIN]);
}

#[tokio::test(flavor = "multi_thread")]
async fn bad_variables_and_bad_settings_open_no_connection() {
    let script = Script::start([nobody()]);
    let too_large = json!({ "request_description": "canary ".repeat(700_000) }).to_string();
    for (settings, variables, path) in [
        (SUPPORT, "[\"canary\"]", "variables"),
        (SUPPORT, "{\"canary\":", "variables"),
        (SUPPORT, too_large.as_str(), "variables"),
        ("{}", "{}", ""),
    ] {
        let ran = host().run(egress_to(&script.url()), &session(), settings, variables).await;
        let findings = kept_secret(ran.expect("no trap")).expect_err("a finding");
        assert_eq!(findings[0].path, path);
    }
    assert_eq!(script.connections(), 0);
}

// ---- Many calls, and calls that go wrong ----

#[tokio::test(flavor = "multi_thread")]
async fn one_host_serves_fifty_runs_at_a_time_and_mixes_none_up() {
    let simulator = Simulator::start(Org::new(), 0).await.expect("a free port");
    let access_token = simulator.org().access_token().to_owned();
    let egress = egress_to(&simulator.url());
    let runs = (0..50).map(|number| {
        let egress = egress.clone();
        let session = Session { access_token: access_token.clone(), ..session() };
        tokio::spawn(async move {
            let mut variables = variables();
            variables["customer_email"] = format!("canary.{number}@example.com").into();
            variables["customer_lastname"] = format!("Canary {number}").into();
            variables["request_description"] = format!("Canary case {number}").into();
            (number, run_with(egress, &session, SUPPORT, &variables).await)
        })
    });
    let mut ids = Vec::new();
    for run in runs.collect::<Vec<_>>() {
        let (number, ran) = run.await.expect("no panic");
        let outcome = ran.expect("good input");
        assert_eq!(results(&outcome), ["created", "created"], "{number}: {outcome:#}");
        let id = |record: usize| outcome["records"][record]["id"].as_str().expect("an id").to_owned();
        ids.push((number, id(0), id(1)));
    }
    let org = simulator.org();
    let (contacts, cases) = (org.records("Contact"), org.records("Case"));
    assert_eq!((contacts.len(), cases.len()), (50, 50));
    let row = |rows: &[Value], id: &str| rows.iter().find(|row| row["Id"] == id).expect("the record").clone();
    for (number, contact, case) in ids {
        assert_eq!(row(&contacts, &contact)["LastName"], format!("Canary {number}"));
        assert_eq!(row(&cases, &case)["Description"], format!("Canary case {number}"));
        assert_eq!(row(&cases, &case)["ContactId"], contact.as_str());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_that_traps_harms_no_other() {
    let script = Script::start([nobody(), Reply::json(200, &both_written())]);
    // More than an instance may hold, so the guest cannot even take it in.
    let too_much = " ".repeat(host_tests::host::MAX_MEMORY + 1);
    let (trapped, outcome) = tokio::join!(host().check(&too_much), run(&script));
    assert!(trapped.is_err());
    assert_eq!(outcome["status"], "done");
    let script = Script::start([nobody(), Reply::json(200, &both_written())]);
    assert_eq!(run(&script).await["status"], "done");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_that_its_caller_gives_up_harms_no_other() {
    let silent = Script::start([Reply::Silence]);
    let url = silent.url();
    let given_up = tokio::spawn(async move { run_to(&url, SUPPORT, &variables()).await });
    tokio::task::block_in_place(|| silent.wait_for_requests(1));
    given_up.abort();
    assert!(given_up.await.is_err_and(|error| error.is_cancelled()));
    let script = Script::start([nobody(), Reply::json(200, &both_written())]);
    assert_eq!(run(&script).await["status"], "done");
    assert_eq!(silent.requests().len(), 1);
}

/// The one slow test: the module's deadline is 20 seconds for the whole run, so all of it is waited for at once. A lookup gets
/// half of what is left, three times; a write three quarters, and its Contact is looked for once more.
#[tokio::test(flavor = "multi_thread")]
async fn a_run_that_gets_no_answer_ends_by_the_modules_own_deadline() {
    let silent_lookup = Script::repeating([Reply::Silence]);
    let dribbled_lookup = Script::repeating([Reply::Dribble]);
    let silent_write = Script::repeating([nobody(), Reply::Silence]);
    let dribbled_write = Script::repeating([nobody(), Reply::Dribble]);
    let (silent, dribbled, unknown, also_unknown) =
        tokio::join!(run(&silent_lookup), run(&dribbled_lookup), run(&silent_write), run(&dribbled_write));
    for (outcome, script) in [(silent, silent_lookup), (dribbled, dribbled_lookup)] {
        assert_nothing_written(&outcome, "failed", ["failed", "TIMEOUT", "later"]);
        assert_eq!(script.requests().len(), 3);
        assert!(script.requests().iter().all(Recorded::is_lookup));
    }
    for (outcome, script) in [(unknown, silent_write), (also_unknown, dribbled_write)] {
        assert_eq!(outcome["status"], "failed");
        assert_eq!(results(&outcome), ["unknown", "unknown"]);
        assert_eq!(error(&outcome, 0), ("TIMEOUT", "verify"));
        let lookups: Vec<bool> = script.requests().iter().map(Recorded::is_lookup).collect();
        assert_eq!(lookups, [true, false, true]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_long_value_in_two_fields_is_no_trap() {
    // A long variable may fill several fields, or stand in a template many times. Any answer that is no trap is right here.
    let settings = |sources: &[Value]| {
        let mapping = |(index, source): (usize, &Value)| {
            let field = format!("Text_{index}__c");
            json!({ "source": source, "object": "Contact", "field": field })
        };
        let mappings: Vec<Value> = sources.iter().enumerate().map(mapping).collect();
        json!({ "mode": "sobject-write", "deploymentDomain": DOMAIN, "mappings": mappings }).to_string()
    };
    let variable = json!({ "variable": "text" });
    let twice = settings(&[variable.clone(), variable]);
    let often = settings(&[json!({ "template": "{text}".repeat(3_000) })]);
    for (settings, length) in [(&twice, 4_000_000), (&twice, 600_000), (&twice, 500_000), (&often, 40_000)] {
        let script = Script::start([Reply::json(200, &composite(&[("write_Contact", 201, created(CONTACT))]))]);
        let variables = json!({ "text": "c".repeat(length) }).to_string();
        let plan = host().plan(settings, &variables).await;
        assert!(plan.is_ok(), "the plan trapped at {length} characters");
        let ran = host().run(egress_to(&script.url()), &session(), settings, &variables).await;
        assert!(ran.is_ok(), "the run trapped at {length} characters");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_of_very_many_values_is_no_trap() {
    // An answer of 4 MiB may be read, but as values it would need many times as much. After
    // the write it is a lost answer, and only the module could say so.
    let list = |item: &str| Reply::text(200, format!("{{\"compositeResponse\":[{}1]}}", item.repeat(1_000_000)));
    for item in ["1,", "[],", "{},"] {
        for (replies, expected) in [(vec![list(item)], "failed"), (vec![nobody(), list(item)], "unknown")] {
            let script = Script::start(replies);
            let ran = host().run(egress_to(&script.url()), &session(), SUPPORT, &variables().to_string()).await;
            let Ok(ran) = ran else {
                panic!("the run trapped on a list of `{item}` where it should have ended as `{expected}`");
            };
            assert_eq!(results(&answers::outcome(&ran.expect("good input")))[0], expected);
        }
    }
}
