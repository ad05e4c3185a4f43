//! The log shows what was asked, and never what it was asked with.

use super::*;

/// All of the log, bodies as text.
fn printed(bench: &Bench) -> String {
    let entries = bench.org.log().iter().map(|one| {
        let bodies = [&one.request_body, &one.response_body].map(|body| String::from_utf8_lossy(body).into_owned());
        format!("{} {} {:?} {bodies:?}\n", one.method, one.path, one.request_headers)
    });
    entries.collect()
}

#[test]
fn no_secret_of_any_flow_is_logged() {
    let mut bench = Bench::new();
    bench.get(&format!("/services/oauth2/authorize?{}", asking(&[])));
    bench.header("referer", "http://127.0.0.1/?state=a+state%2F1%2B2");
    let page: Vec<(String, String)> = uri::pairs(&asking(&[])).unwrap();
    let mut form: Vec<(&str, &str)> = page.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    form.extend([("decision", "allow"), ("password", "hunter2")]);
    let callback = bench.form("authorize", &form).header("location").unwrap().to_owned();
    let code = parameter(&callback, "code");
    let answer = bench.exchange(&code, &[]);
    let refreshed = bench.refresh(&text(&answer, "refresh_token"));
    bench.token("urn:ietf:params:oauth:grant-type:jwt-bearer", &[("assertion", "a.b.canary")]);
    bench.header("authorization", "Basic c2ltdWxhdG9yOmNhbmFyeQ==");
    bench.form("token", &[("canary", "canary")]);
    bench.get(&format!("/services/oauth2/revoke?token={}&canary", uri::encode(&text(&refreshed, "access_token"))));
    bench.send("POST", "/services/oauth2/token", Some("code=canary".into()));
    let log = printed(&bench);
    let mut secrets: Vec<String> = ["access_token", "refresh_token", "signature"]
        .iter()
        .flat_map(|name| [text(&answer, name), text(&refreshed, name)])
        .collect();
    let others = [code.as_str(), "simulator-client-secret", VERIFIER, CHALLENGE, "a state", "hunter2", "canary"];
    secrets.extend(others.map(Into::into));
    secrets.push("c2ltdWxhdG9y".into());
    for secret in secrets {
        assert!(
            !secret.is_empty() && !log.contains(&secret) && !log.contains(&uri::encode(&secret)),
            "{secret}\n{log}"
        );
    }
}

#[test]
fn what_was_asked_can_still_be_seen() {
    let mut bench = Bench::new();
    bench.connected();
    let log = printed(&bench);
    for shown in
        ["grant_type=authorization_code", "client_secret=[redacted]", "code_verifier=[redacted]", "api refresh_token"]
    {
        assert!(log.contains(shown), "{shown}\n{log}");
    }
}
