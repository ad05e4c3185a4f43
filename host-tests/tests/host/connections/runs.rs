//! A run over a connection: renewed once, repeated once, nothing written twice.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use host_tests::connections::ConnectionError;
use host_tests::host::bindings::exports::chat_flow::salesforce::types::Status;
use host_tests::host::{Egress, OauthAdvice, Sent, Session};
use host_tests::simulator::{Simulator, TokenRefusal};
use http::Request;
use serde_json::json;
use wasmtime_wasi_http::{Error, RequestOptions, WasiBody, WasiHttpHooks};

use super::support::{DOMAIN, Folder, NAME, SUPPORT, client, connected, host, log_in, open, outcome, records, refused};
use super::support::{run, save, simulator, statuses, variables};
use crate::scripted::{Reply, Script, composite, refusal, rows};

/// A way out on which all sessions end before the request of that number, counted over all calls.
struct Expiring {
    egress: Egress,
    simulator: Arc<Simulator>,
    sent: Arc<AtomicUsize>,
    before: usize,
}

impl WasiHttpHooks for Expiring {
    fn send_request(
        &mut self,
        request: Request<WasiBody>,
        options: Option<RequestOptions>,
        body: Box<dyn Future<Output = Result<(), Error>> + Send>,
    ) -> Box<dyn Future<Output = Sent> + Send> {
        if self.sent.fetch_add(1, Ordering::SeqCst) + 1 == self.before {
            self.simulator.org().expire_sessions();
        }
        self.egress.send_request(request, options, body)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_expires_between_lookup_and_write_writes_nothing_twice() {
    // Before the lookup, and between it and the write.
    for (before, expected) in [(1, [401, 200, 200].as_slice()), (2, &[200, 401, 200, 200])] {
        let (simulator, folder) = (Arc::new(simulator().await), Folder::new());
        let connections = connected(&simulator, &folder).await;
        let (sent, variables) = (Arc::new(AtomicUsize::new(0)), variables("anna"));
        let (sent, variables, org) = (&sent, variables.as_str(), &simulator);
        let call = |egress, session: Session| async move {
            let egress = Expiring { egress, simulator: Arc::clone(org), sent: Arc::clone(sent), before };
            host().run(egress, &session, SUPPORT, variables).await
        };
        let outcome = outcome(connections.call(NAME, call).await);
        assert_eq!((outcome.status, outcome.requests), (Status::Done, 2));
        assert_eq!(statuses(&simulator), expected);
        assert_eq!(simulator.org().token_requests().refresh_token, 1);
        let (contacts, cases) = records(&simulator);
        assert_eq!((contacts.get("anna@example.com"), contacts.len(), cases), (Some(&1), 1, 1));
        let org = simulator.org();
        let (contact, case) = (&org.records("Contact")[0], &org.records("Case")[0]);
        assert_eq!((&contact["LastName"], &case["ContactId"]), (&json!("Berg"), &contact["Id"]));
        assert!(outcome.variables.contains(case["Id"].as_str().expect("an id")), "{}", outcome.variables);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_with_a_good_token_asks_for_no_other() {
    let (simulator, folder) = (simulator().await, Folder::new());
    let connections = connected(&simulator, &folder).await;
    let before = folder.stored();
    for _ in 0..2 {
        assert_eq!(outcome(run(&connections, "anna").await).status, Status::Done);
    }
    assert_eq!(simulator.org().token_requests().refresh_token, 0);
    assert!(folder.stored() == before);
}

fn expired() -> Reply {
    Reply::json(401, &refusal("INVALID_SESSION_ID", "Session expired or invalid"))
}

fn tokens(access_token: &str) -> Reply {
    Reply::json(200, &json!({ "access_token": access_token, "instance_url": format!("https://{DOMAIN}") }))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_refused_again_after_the_renewal_ends_the_run() {
    let lookup = Reply::json(200, &composite(&[("find_Contact", 200, rows(&[]))]));
    for (replies, count) in [
        (vec![expired(), tokens("new"), expired(), tokens("newer")], 3),
        (vec![lookup.clone(), expired(), tokens("new"), lookup, expired(), tokens("newer")], 5),
    ] {
        let (simulator, folder) = (simulator().await, Folder::new());
        save(&folder.store(), log_in(&simulator).await);
        let script = Script::start(replies);
        let connections = open(&script.url(), &folder);
        assert_eq!(outcome(run(&connections, "anna").await).status, Status::SessionExpired);
        assert_eq!(script.requests().len(), count, "no third run and no second renewal");
        // Stored all the same, before its use: the next run renews from there.
        assert_eq!(connections.load(NAME).expect("a connection").access_token, "new");
        let sent = script.requests();
        let bearers: Vec<_> =
            sent.iter().filter_map(|request| request.header("authorization").first().copied()).collect();
        assert_eq!(bearers.last(), Some(&"Bearer new"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_refusal_says_who_must_act_and_is_not_insisted_on() {
    let (admin, later) = (OauthAdvice::AdminMustAct, OauthAdvice::TryLater);
    for (refusal, who, words) in [
        (TokenRefusal::InactiveUser, admin, "Activate the user"),
        (TokenRefusal::InactiveOrg, admin, "reactivate the org"),
        (TokenRefusal::IpRestricted, admin, "IP restrictions"),
        (TokenRefusal::AppBlocked, admin, "Unblock it"),
        (TokenRefusal::NotInstalled, admin, "Install it"),
        (TokenRefusal::ConsumerNotApproved, admin, "pre-authorize"),
        (TokenRefusal::UserNotPermitted, admin, "permission set"),
        (TokenRefusal::NoRunAsUser, admin, "Run As user"),
        (TokenRefusal::ApiDisabled, admin, "API Enabled"),
        (TokenRefusal::AlreadyProcessing, later, "Read the stored grant again"),
        (TokenRefusal::LoginRateExceeded, later, "Wait some minutes"),
        (TokenRefusal::Unavailable, later, "Ask again later"),
    ] {
        let (simulator, folder) = (simulator().await, Folder::new());
        let connections = connected(&simulator, &folder).await;
        let before = folder.stored();
        simulator.org().expire_sessions();
        simulator.org().refuse_tokens(refusal);
        let error = refused(run(&connections, "anna").await);
        assert_eq!(error.advice, who, "{refusal:?}: {error:?}");
        assert!(error.remedy.contains(words), "{refusal:?}: {error:?}");
        let asked = simulator.org().token_requests().refresh_token;
        // Only a renewal by somebody else is worth another look within seconds.
        let expected = if refusal == TokenRefusal::AlreadyProcessing { 3 } else { 1 };
        assert_eq!(asked, expected, "{refusal:?}");
        assert_eq!(statuses(&simulator), [401]);
        assert!(folder.stored() == before);
        // The grant is alive: nothing but the org's mind had to change.
        simulator.org().allow_tokens();
        assert_eq!(outcome(run(&connections, "anna").await).status, Status::Done, "{refusal:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_elses_renewal_is_waited_for() {
    let (simulator, folder) = (simulator().await, Folder::new());
    let connections = connected(&simulator, &folder).await;
    simulator.org().expire_sessions();
    simulator.org().refuse_next_token(TokenRefusal::AlreadyProcessing);
    assert_eq!(outcome(run(&connections, "anna").await).status, Status::Done);
    assert_eq!(simulator.org().token_requests().refresh_token, 2);
}

/// Another engine renews the same grant, does not know our lock, and stores what it got.
#[tokio::test(flavor = "multi_thread")]
async fn what_somebody_else_stored_meanwhile_is_used() {
    let (simulator, folder) = (simulator().await, Folder::new());
    save(&folder.store(), log_in(&simulator).await);
    let busy = json!({ "error": "invalid_grant", "error_description": "token request is already being processed" });
    let script = Script::start([Reply::json(400, &busy), tokens("never asked for")]);
    let connections = open(&script.url(), &folder);
    let expired = connections.load(NAME).expect("a connection").access_token;
    let other = async {
        let requests = tokio::task::spawn_blocking(move || {
            script.wait_for_requests(1);
            script
        });
        let script = requests.await.expect("no panic");
        save(&folder.store(), log_in(&simulator).await);
        script
    };
    let (renewed, script) = tokio::join!(connections.renew(NAME, &expired), other);
    let renewed = renewed.expect("the other's");
    assert_eq!(renewed.access_token, simulator.org().access_token());
    assert_eq!(script.requests().len(), 1);
}

/// The client credentials flow has no grant: it is asked anew, with the client secret.
#[tokio::test(flavor = "multi_thread")]
async fn a_connection_without_a_grant_is_renewed_too() {
    let (simulator, folder) = (simulator().await, Folder::new());
    let ask = host().client_credentials(super::support::egress(&simulator.url()), &client()).await;
    let tokens = ask.expect("no trap").expect("tokens");
    assert_eq!(tokens.grant, None);
    save(&folder.store(), tokens);
    let connections = open(&simulator.url(), &folder);
    simulator.org().expire_sessions();
    assert_eq!(outcome(run(&connections, "anna").await).status, Status::Done);
    let requests = simulator.org().token_requests();
    assert_eq!((requests.client_credentials, requests.refresh_token), (2, 0));
}

/// A connection that was removed while a run was under way is not brought back.
#[tokio::test(flavor = "multi_thread")]
async fn a_connection_removed_meanwhile_is_not_renewed() {
    let (simulator, folder) = (simulator().await, Folder::new());
    let connections = connected(&simulator, &folder).await;
    let expired = connections.load(NAME).expect("a connection").access_token;
    std::fs::remove_file(folder.file()).expect("a file");
    assert!(matches!(connections.renew(NAME, &expired).await, Err(ConnectionError::NotConnected(_))));
    assert_eq!(simulator.org().token_requests().refresh_token, 0);
    assert!(folder.stored().is_none());
}
