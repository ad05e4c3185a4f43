//! How sessions and grants end, and what can be asked about them.

use super::*;

const UNKNOWN: &str = "error=unsupported_token_type&error_description=this%20token%20type%20is%20not%20supported";

#[test]
fn ended_sessions_leave_the_refresh_token() {
    let mut bench = Bench::new();
    let (access, refresh) = bench.connected();
    bench.org.expire_sessions();
    assert!(!bench.opens(&access));
    assert_eq!(bench.org.valid_refresh_tokens(), 1);
    assert!(bench.refresh(&refresh).status == 200);
}

#[test]
fn revoking_all_leaves_nothing() {
    let mut bench = Bench::new();
    let (access, refresh) = bench.connected();
    bench.org.revoke_all();
    assert!(!bench.opens(&access));
    assert_eq!(bench.org.valid_refresh_tokens(), 0);
    denied(&bench.refresh(&refresh), EXPIRED);
}

#[test]
fn a_session_ends_when_it_is_not_used_for_the_timeout() {
    let mut bench = Bench::new();
    bench.org.settings.session_timeout = Some(jiff::SignedDuration::from_hours(2));
    let (access, refresh) = bench.connected();
    for _ in 0..3 {
        bench.wait(119);
        assert!(bench.opens(&access));
    }
    bench.wait(120);
    assert!(!bench.opens(&access));
    assert_eq!(bench.refresh(&refresh).status, 200);
}

#[test]
fn revoking_a_refresh_token_ends_its_grant() {
    let mut bench = Bench::new();
    let (access, refresh) = bench.connected();
    let answer = bench.form("revoke", &[("token", &refresh)]);
    assert_eq!((answer.status, answer.body.len()), (200, 0));
    assert!(!bench.opens(&access));
    denied(&bench.refresh(&refresh), EXPIRED);
}

#[test]
fn revoking_an_access_token_ends_it_alone() {
    let mut bench = Bench::new();
    let (access, refresh) = bench.connected();
    let answer = bench.get(&format!("/services/oauth2/revoke?token={}", uri::encode(&access)));
    assert_eq!((answer.status, answer.body.len()), (200, 0));
    assert!(!bench.opens(&access));
    assert_eq!(bench.refresh(&refresh).status, 200);
}

#[test]
fn revoking_what_is_no_token_is_refused() {
    let mut bench = Bench::new();
    let (_, refresh) = bench.connected();
    bench.form("revoke", &[("token", &refresh)]);
    for token in [refresh.as_str(), "nonsense", ""] {
        let answer = bench.form("revoke", &[("token", token)]);
        assert_eq!((answer.status, String::from_utf8(answer.body).unwrap().as_str()), (400, UNKNOWN));
    }
    bench.header("accept", "application/json");
    let answer = bench.form("revoke", &[("token", "nonsense")]);
    denied(&answer, (400, "unsupported_token_type", "this token type is not supported"));
}

#[test]
fn userinfo_tells_who_one_is() {
    let mut bench = Bench::new();
    let answer = bench.get("/services/oauth2/userinfo");
    assert_eq!(text(&answer, "preferred_username"), "integration@simulator.example");
    assert_eq!(
        (text(&answer, "user_id").get(..3), text(&answer, "organization_id").get(..3)),
        (Some("005"), Some("00D"))
    );
    // No JSON and no 401.
    let bad = bench.header("authorization", "Bearer wrong").get("/services/oauth2/userinfo");
    assert_eq!((bad.status, bad.body.as_slice()), (403, b"Bad_OAuth_Token".as_slice()));
    let missing = bench.header("authorization", "none").get("/services/oauth2/userinfo");
    assert_eq!((missing.status, missing.body.as_slice()), (403, b"Missing_OAuth_Token".as_slice()));
}

#[test]
fn introspection_tells_when_a_token_ends() {
    let mut bench = Bench::new();
    bench.org.settings.session_timeout = Some(jiff::SignedDuration::from_mins(15));
    let (access, _) = bench.connected();
    let issued = bench.now.as_second();
    let client = [("client_id", "simulator-client-id"), ("client_secret", "simulator-client-secret")];
    let ask = |bench: &mut Bench| bench.form("introspect", &with(&client, &[("token", &access)])).json();
    let answer = ask(&mut bench);
    assert_eq!((&answer["active"], &answer["scope"]), (&true.into(), &"api refresh_token".into()));
    assert_eq!(answer["exp"], issued + 15 * 60);
    bench.wait(15);
    assert_eq!(ask(&mut bench), serde_json::json!({ "active": false }));
    let answer = bench.form("introspect", &[("client_id", "simulator-client-id"), ("token", &access)]);
    denied(&answer, (400, "invalid_client", "invalid client credentials"));
}
