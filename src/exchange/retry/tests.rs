//! The rows of the table, each with the trouble that it is for.

use serde_json::json;

use super::*;

/// A second after the call began, with no chance in it.
const NOW: Moment = Moment { elapsed: 1_000, random: 0 };

fn transport(kind: Kind, not_sent: bool) -> Trouble {
    Trouble::Transport(TransportError { kind, not_sent })
}

fn refused(status: u16, code: &str, whole: bool) -> Trouble {
    let body = json!([{ "errorCode": code, "message": "refused" }]);
    Trouble::Refused { error: ApiError::new(status, &body), whole }
}

/// What a repeatable request leads to, and one that creates.
fn then(trouble: &Trouble) -> [Next; 2] {
    [true, false].map(|repeatable| Retries::new(20).next(trouble, repeatable, None, NOW))
}

const PAUSED: Next = Next::Again { after: FIRST_PAUSE / 2 };
const AT_ONCE: Next = Next::Again { after: 0 };
const LOOK: Next = Next::GiveUp(Retry::Verify);
const FINAL: Next = Next::GiveUp(Retry::Never);
const TOMORROW: Next = Next::Defer { seconds: DEFAULT_DEFER_SECONDS };

#[test]
fn each_trouble_leads_to_what_is_safe() {
    let cases = [
        ("the host's rules", transport(Kind::Denied, true), [FINAL, FINAL]),
        ("the host's rules, after it took the request", transport(Kind::Denied, false), [FINAL, LOOK]),
        ("a certificate", transport(Kind::Certificate, true), [FINAL, FINAL]),
        ("no connection", transport(Kind::Connect, true), [PAUSED, PAUSED]),
        ("no address", transport(Kind::Dns, true), [PAUSED, PAUSED]),
        ("a time-out", transport(Kind::Timeout, false), [AT_ONCE, LOOK]),
        ("too long an answer", Trouble::TOO_LARGE, [FINAL, LOOK]),
        ("half an answer", transport(Kind::CutOff, false), [AT_ONCE, LOOK]),
        ("anything else on the way", transport(Kind::Other, false), [PAUSED, LOOK]),
        ("a proxy's page", Trouble::Unreadable, [PAUSED, LOOK]),
        ("an expired session", refused(401, "INVALID_SESSION_ID", true), [Next::Renew, Next::Renew]),
        ("the day's requests", refused(403, "REQUEST_LIMIT_EXCEEDED", true), [TOMORROW, TOMORROW]),
        ("a lock", refused(400, "UNABLE_TO_LOCK_ROW", false), [PAUSED, PAUSED]),
        ("too many requests", refused(429, "", true), [PAUSED, PAUSED]),
        ("an answer elsewhere", refused(303, "", true), [FINAL, LOOK]),
        ("a redirect", refused(302, "", true), [FINAL, FINAL]),
        ("a server's error", refused(500, "UNKNOWN_EXCEPTION", true), [PAUSED, LOOK]),
        ("a value that is refused", refused(400, "STRING_TOO_LONG", false), [FINAL, FINAL]),
    ];
    for (what, trouble, expected) in cases {
        assert_eq!(then(&trouble), expected, "{what}");
    }
}

#[test]
fn what_is_in_doubt_is_what_has_to_be_looked_for() {
    for (trouble, in_doubt) in [
        (transport(Kind::Timeout, false), true),
        (refused(503, "", true), true),
        (transport(Kind::Connect, true), false),
        (refused(400, "UNABLE_TO_LOCK_ROW", false), false),
    ] {
        assert_eq!(trouble.leaves_doubt(), in_doubt, "{trouble:?}");
    }
}

#[test]
fn two_requests_are_repeated_and_no_third() {
    let lock = refused(400, "UNABLE_TO_LOCK_ROW", false);
    let mut retries = Retries::new(60);
    let mut next = || retries.next(&lock, true, None, NOW);
    assert_eq!(next(), PAUSED);
    assert_eq!(next(), Next::Again { after: FIRST_PAUSE * PAUSE_FACTOR / 2 });
    assert_eq!(next(), Next::GiveUp(Retry::Later));
}

#[test]
fn chance_makes_a_pause_half_as_long_again_at_most() {
    let lock = refused(400, "UNABLE_TO_LOCK_ROW", false);
    for random in [0, 1, 299, 300, 1_000_003, u64::MAX] {
        let Next::Again { after } = Retries::new(60).next(&lock, true, None, Moment { random, ..NOW }) else {
            panic!("again");
        };
        assert!((FIRST_PAUSE / 2..FIRST_PAUSE * 3 / 2).contains(&after), "{after}");
    }
}

#[test]
fn a_pause_that_salesforce_asks_for_is_kept_or_left_to_the_host() {
    let busy = refused(503, "", true);
    let next = |asked| Retries::new(20).next(&busy, true, Some(asked), NOW);
    assert_eq!(next(0), Next::Again { after: 1_000 });
    assert_eq!(next(5), Next::Again { after: 5_000 });
    assert_eq!(next(6), Next::Defer { seconds: 6 }, "a visitor does not wait so long");
}

#[test]
fn a_request_is_repeated_only_while_there_is_time_for_it() {
    let cut = transport(Kind::CutOff, false);
    let next = |elapsed| Retries::new(20).next(&cut, true, None, Moment { elapsed, ..NOW });
    assert_eq!(next(20_000 - LEAST_TIME), AT_ONCE);
    assert_eq!(next(20_001 - LEAST_TIME), Next::GiveUp(Retry::Later));
    assert_eq!(next(99_000), Next::GiveUp(Retry::Later));
}

#[test]
fn a_write_leaves_time_to_look_for_it() {
    let retries = Retries::new(60);
    let at = |elapsed| Moment { elapsed, ..NOW };
    assert_eq!((retries.for_a_lookup(at(0)), retries.for_a_write(at(0))), (30_000, 55_000));
    assert_eq!((retries.for_a_lookup(at(52_000)), retries.for_a_write(at(52_000))), (4_000, 6_000));
    assert_eq!((retries.left(at(61_000)), retries.has_time(at(61_000))), (0, false));
}

#[test]
fn an_ending_tells_the_host_when_to_run_again() {
    for (next, ending) in [
        (Next::Renew, (Status::SessionExpired, Retry::RenewSession, None)),
        (Next::Defer { seconds: 7 }, (Status::Deferred, Retry::Later, Some(7))),
        (Next::GiveUp(Retry::Verify), (Status::Failed, Retry::Verify, None)),
        (AT_ONCE, (Status::Failed, Retry::Later, None)),
    ] {
        assert_eq!(next.ending(), ending);
    }
}
