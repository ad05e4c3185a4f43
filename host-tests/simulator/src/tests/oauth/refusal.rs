//! Refusals that are ordered, and those that the request's host or flow earns.

use super::*;

#[test]
fn what_an_admin_must_mend_has_the_words_of_the_real_one() {
    let cases = [
        (TokenRefusal::InactiveUser, "invalid_grant", "inactive user"),
        (TokenRefusal::InactiveOrg, "invalid_grant", "inactive organization"),
        (TokenRefusal::IpRestricted, "invalid_grant", "ip restricted"),
        (TokenRefusal::AppBlocked, "OAUTH_APP_BLOCKED", "this app is blocked by admin"),
        (TokenRefusal::NotInstalled, "invalid_client", "app must be installed into org"),
        (TokenRefusal::ConsumerNotApproved, "invalid_grant", "user hasn't approved this consumer"),
        (TokenRefusal::UserNotPermitted, "invalid_app_access", "user is not admin approved to access this app"),
        (TokenRefusal::NoRunAsUser, "invalid_grant", "no client credentials user enabled"),
        (TokenRefusal::ApiDisabled, "invalid_grant", "API is not enabled for this Organization or Partner"),
        (TokenRefusal::AlreadyProcessing, "invalid_grant", "token request is already being processed"),
        (TokenRefusal::LoginRateExceeded, "invalid_grant", "login rate exceeded"),
    ];
    let mut bench = Bench::new();
    for (refusal, code, description) in cases {
        bench.org.refuse_next_token(refusal);
        denied(&bench.token("client_credentials", &[]), (400, code, description));
    }
    bench.org.refuse_next_token(TokenRefusal::Unavailable);
    let answer = bench.token("client_credentials", &[]);
    assert_eq!((answer.status, answer.header("content-type")), (503, Some("text/html")));
}

#[test]
fn a_refusal_is_for_once_or_until_it_is_taken_back() {
    let mut bench = Bench::new();
    bench.org.refuse_tokens(TokenRefusal::IpRestricted);
    bench.org.refuse_next_token(TokenRefusal::Unavailable);
    let mut status = || bench.token("client_credentials", &[]).status;
    assert_eq!([status(), status(), status()], [503, 400, 400]);
    bench.org.allow_tokens();
    assert_eq!(bench.token("client_credentials", &[]).status, 200);
}

#[test]
fn a_refusal_leaves_a_code_and_the_sessions_alone() {
    let mut bench = Bench::new();
    let (access, _) = bench.connected();
    let code = bench.approved();
    bench.org.refuse_next_token(TokenRefusal::InactiveUser);
    assert_eq!(bench.exchange(&code, &[]).status, 400);
    assert!(bench.opens(&access));
    assert_eq!(bench.exchange(&code, &[]).status, 200);
}

#[test]
fn a_wrong_client_is_refused_before_anything_else() {
    let mut bench = Bench::new();
    bench.org.refuse_next_token(TokenRefusal::InactiveUser);
    let answer = bench.token("client_credentials", &[("client_secret", "wrong")]);
    denied(&answer, (400, "invalid_client", "invalid client credentials"));
    denied(&bench.token("client_credentials", &[]), (400, "invalid_grant", "inactive user"));
}

#[test]
fn the_password_flow_is_blocked() {
    let mut bench = Bench::new();
    let credentials = [("username", "integration@simulator.example"), ("password", "right")];
    denied(&bench.token("password", &credentials), (400, "invalid_grant", "authentication failure"));
}

#[test]
fn client_credentials_work_on_my_domain_only() {
    let mut bench = Bench::new();
    let expected = (400, "invalid_grant", "request not supported on this domain");
    for host in ["login.salesforce.com", "TEST.salesforce.com:443", "x.lightning.force.com"] {
        bench.header("host", host);
        denied(&bench.token("client_credentials", &[]), expected);
    }
    for host in ["example.my.salesforce.com", "127.0.0.1:8080", "login.salesforce.com.example"] {
        bench.header("host", host);
        assert_eq!(bench.token("client_credentials", &[]).status, 200, "{host}");
    }
}

#[test]
fn the_other_flows_work_on_the_login_hosts_but_not_on_pages() {
    let mut bench = Bench::new();
    let code = bench.approved();
    for host in ["example.lightning.force.com", "example.my.salesforce-setup.com"] {
        bench.header("host", host);
        denied(&bench.exchange(&code, &[]), (400, "invalid_grant", "request not supported on this domain"));
    }
    bench.header("host", "test.salesforce.com");
    let answer = bench.exchange(&code, &[]);
    assert!(text(&answer, "id").starts_with("https://test.salesforce.com/id/00D"), "{}", answer.json());
}

#[test]
fn an_org_without_the_api_refuses_every_session() {
    let mut bench = Bench::new();
    bench.org.settings.api_enabled = false;
    refused(&bench.get("/sobjects/"), 403, "API_DISABLED_FOR_ORG");
}
