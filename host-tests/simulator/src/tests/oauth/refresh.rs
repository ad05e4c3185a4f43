//! Refresh tokens: rotation, reuse, races.

use super::*;

#[test]
fn a_refresh_gives_a_new_pair_and_ends_the_old_refresh_token() {
    let mut bench = Bench::new();
    let (first, old) = bench.connected();
    let answer = bench.refresh(&old);
    let (second, new) = (text(&answer, "access_token"), text(&answer, "refresh_token"));
    assert_eq!((answer.status, text(&answer, "scope").as_str()), (200, "api refresh_token"));
    assert!(first != second && old != new && !new.is_empty());
    // The session that went before is not what a refresh ends.
    assert!(bench.opens(&first) && bench.opens(&second));
    assert_eq!(bench.org.valid_refresh_tokens(), 1);
    assert_eq!(bench.refresh(&new).status, 200);
}

#[test]
fn a_used_refresh_token_ends_its_whole_grant_and_no_other() {
    let mut bench = Bench::new();
    let (first, old) = bench.connected();
    let (other, other_refresh) = bench.connected();
    let answer = bench.refresh(&old);
    let (second, new) = (text(&answer, "access_token"), text(&answer, "refresh_token"));
    denied(&bench.refresh(&old), EXPIRED);
    assert!(!bench.opens(&first) && !bench.opens(&second));
    denied(&bench.refresh(&new), EXPIRED);
    assert!(bench.opens(&other));
    assert_eq!(bench.refresh(&other_refresh).status, 200);
}

#[test]
fn without_rotation_a_refresh_token_stays() {
    let mut bench = Bench::new();
    bench.org.settings.refresh_token_rotation = false;
    let (_, refresh) = bench.connected();
    for _ in 0..2 {
        let answer = bench.refresh(&refresh);
        assert_eq!((answer.status, answer.json().get("refresh_token")), (200, None));
    }
    assert_eq!(bench.org.valid_refresh_tokens(), 1);
}

#[test]
fn a_token_that_never_was_is_expired_too() {
    let mut bench = Bench::new();
    let (access, _) = bench.connected();
    for token in [access.as_str(), "nonsense", ""] {
        denied(&bench.refresh(token), EXPIRED);
    }
    assert!(bench.opens(&access));
}

#[test]
fn overlapping_refreshes_are_told_to_wait_when_the_settings_say_so() {
    let mut bench = Bench::new();
    bench.org.settings.refresh_overlap = Some(jiff::SignedDuration::from_secs(5));
    let (_, old) = bench.connected();
    let answer = bench.refresh(&old);
    denied(&bench.refresh(&old), (400, "invalid_grant", "token request is already being processed"));
    assert!(bench.opens(&text(&answer, "access_token")));
    bench.wait(1);
    denied(&bench.refresh(&old), EXPIRED);
    denied(&bench.refresh(&text(&answer, "refresh_token")), EXPIRED);
}

#[test]
fn a_refusal_uses_up_nothing() {
    let mut bench = Bench::new();
    let (_, refresh) = bench.connected();
    bench.org.refuse_next_token(TokenRefusal::AlreadyProcessing);
    denied(&bench.refresh(&refresh), (400, "invalid_grant", "token request is already being processed"));
    assert_eq!(bench.refresh(&refresh).status, 200);
}

#[test]
fn an_answer_can_be_lost_after_the_rotation() {
    let mut bench = Bench::new();
    let (_, refresh) = bench.connected();
    bench.org.lose_next_token_answer();
    assert_eq!(bench.refresh(&refresh).status, 503);
    assert_eq!(bench.org.token_requests().granted, 2);
    denied(&bench.refresh(&refresh), EXPIRED);
    assert_eq!(bench.org.valid_refresh_tokens(), 0);
}

#[test]
fn a_refresh_answer_may_leave_out_the_instance() {
    let mut bench = Bench::new();
    bench.org.settings.instance_url_in_refresh = false;
    let code = bench.approved();
    let answer = bench.exchange(&code, &[]);
    assert!(answer.json().get("instance_url").is_some());
    assert_eq!(bench.refresh(&text(&answer, "refresh_token")).json().get("instance_url"), None);
}

#[test]
fn a_refresh_token_that_idles_too_long_expires() {
    let mut bench = Bench::new();
    bench.org.settings.refresh_idle = Some(jiff::SignedDuration::from_hours(30 * 24));
    let (_, refresh) = bench.connected();
    bench.wait(29 * 24 * 60);
    let refresh = text(&bench.refresh(&refresh), "refresh_token");
    bench.wait(29 * 24 * 60);
    let refresh = text(&bench.refresh(&refresh), "refresh_token");
    bench.wait(30 * 24 * 60);
    bench.get("/sobjects/");
    assert_eq!(bench.org.valid_refresh_tokens(), 0);
    denied(&bench.refresh(&refresh), EXPIRED);
}

#[test]
fn token_requests_are_counted_by_their_grant_type() {
    let mut bench = Bench::new();
    let (_, refresh) = bench.connected();
    bench.refresh(&refresh);
    bench.refresh(&refresh);
    bench.token("client_credentials", &[]);
    bench.token("urn:ietf:params:oauth:grant-type:jwt-bearer", &[]);
    bench.token("password", &[]);
    bench.token("", &[]);
    let expected = TokenRequests {
        authorization_code: 1,
        refresh_token: 2,
        client_credentials: 1,
        jwt_bearer: 1,
        other: 2,
        granted: 3,
    };
    assert_eq!(bench.org.token_requests(), expected);
}
