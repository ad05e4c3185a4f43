//! The simulator as a command of its own.

use super::*;

#[test]
fn the_simulators_first_line_tells_how_to_reach_it() {
    let simulated = Simulated::new();
    for key in ["url", "instanceUrl", "accessToken", "clientId", "clientSecret"] {
        assert!(simulated.ready[key].as_str().is_some_and(|text| !text.is_empty()), "{key}");
    }
    assert_eq!(simulated.ready.as_object().map(serde_json::Map::len), Some(5));
    assert!(simulated.url().starts_with("http://127.0.0.1:"));
    assert!(simulated.ready["instanceUrl"].as_str().is_some_and(|url| url.starts_with("https://")));
    assert_eq!(simulated.query("SELECT Id FROM Contact"), Vec::<Value>::new());
}

#[test]
fn a_port_in_use_is_an_error_that_names_it() {
    let taken = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
    let port = taken.local_addr().expect("a bound socket").port().to_string();
    let simulate = chat_host(&["simulate", "--port", &port]).expect_code(1);
    assert!(simulate.stderr.contains(&port), "{}", simulate.stderr);
    assert_eq!(simulate.stdout, "");
}

#[test]
fn a_seed_is_there_before_the_first_request() {
    let seed = json!({ "Contact": [{ "LastName": "Berg", "Email": "anna.berg@example.com" }] });
    let simulated = Simulated::with_seed(Some(seed));
    assert_eq!(simulated.query("SELECT Id FROM Contact WHERE LastName = 'Berg'").len(), 1);
    let outcome = simulated.run(CONTACT_SETTINGS, &visitor());
    assert_eq!(results(&outcome), ["updated"]);
}

#[test]
fn a_duplicate_rule_of_an_unknown_field_is_bad_usage() {
    for rule in ["Lead", "Lead.Nope", "Nope.Email", ""] {
        let simulate = chat_host(&["simulate", "--duplicate-rule", rule]).expect_code(2);
        assert!(simulate.stderr.contains("no such object and field"), "{}", simulate.stderr);
        assert_eq!(simulate.stdout, "");
    }
}

#[test]
fn a_bad_seed_is_bad_usage() {
    let folder = Folder::new();
    for (text, told) in [
        ("canary", "not JSON"),
        ("[]", "JSON object"),
        (r#"{"Kontakt":[]}"#, "Kontakt"),
        (r#"{"Contact":{}}"#, "array"),
        (r#"{"Contact":[{"LastName":"Berg"},{"FirstName":"Anna"}]}"#, "Contact[1]"),
        (r#"{"Contact":[{"LastName":"Berg","Nickname":"A"}]}"#, "Nickname"),
    ] {
        let seed = folder.file("seed.json", text);
        let simulate = chat_host(&["simulate", "--seed", &seed]).expect_code(2);
        assert!(simulate.stderr.contains(told), "{told}: {}", simulate.stderr);
        assert!(simulate.stderr.contains("seed.json"), "{}", simulate.stderr);
        assert_eq!(simulate.stdout, "");
    }
    let simulate = chat_host(&["simulate", "--seed", &folder.missing()]).expect_code(2);
    assert!(simulate.stderr.contains("missing.json"), "{}", simulate.stderr);
}

// ---- Runs ----
