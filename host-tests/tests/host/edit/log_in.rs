//! A log-in from the page: the org's page in another tab, the callback, and an org that the page then goes on with.

use std::fs;

use host_tests::edit::{EditedOrg, LogIns};
use host_tests::host::HttpClient;
use host_tests::simulator::Org;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::browser::{Browser, served_to_log_in};
use crate::org::{DOMAIN, TestOrg};
use crate::process::Folder;

fn client(org: &TestOrg) -> HttpClient {
    HttpClient::new().expect("certificates").routed_to(&org.url()).expect("an address")
}

/// A page whose token has expired.
async fn open(org: &TestOrg, store: &Folder) -> Browser {
    org.org().settings.instance_url = format!("https://{DOMAIN}");
    let edited =
        EditedOrg::Token { domain: DOMAIN.to_owned(), access_token: "00D!expired".into(), client: client(org) };
    let store = host_tests::connections::FileStore::open(&store.0).expect("a folder");
    let log_ins = LogIns { store, client: client(org), route: Some(org.url()), port: 0 };
    Browser::open(served_to_log_in(edited, log_ins).await).await
}

/// What a person enters for the simulator's app.
fn asked(client_id: &str) -> Value {
    let secret = Org::new().client_secret().to_owned();
    json!({ "domain": format!(" {}", DOMAIN.to_uppercase()), "clientId": client_id, "clientSecret": secret })
}

/// As the browser of the person, which the org sends back.
async fn follow(url: &str) -> String {
    let rest = url.strip_prefix("http://localhost:").expect("a loopback address");
    let (port, path) = rest.split_once('/').expect("a path");
    let mut stream = TcpStream::connect(format!("127.0.0.1:{port}")).await.expect("a callback server");
    let request = format!("GET /{path} HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.expect("a request");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.expect("UTF-8");
    answer
}

#[tokio::test(flavor = "multi_thread")]
async fn who_allows_the_access_goes_on_with_the_org() {
    let (org, store) = (TestOrg::new().await, Folder::new());
    let browser = open(&org, &store).await;
    assert_eq!(browser.answer("authenticate", &json!({ "domain": DOMAIN })).await["status"], "failed");
    let id = org.org().client_id().to_owned();
    let begun = browser.answer("log-in", &asked(&id)).await;
    assert_eq!(begun["status"], "waiting", "{begun:#}");
    let url = begun["url"].as_str().expect("an address").to_owned();
    // Another page of the browser ends nothing.
    let callback = begun["callback"].as_str().expect("an address");
    assert!(follow(&format!("{callback}?code=x&state=guessed")).await.starts_with("HTTP/1.1 400"));
    let way_back = org.org().approve(&url).expect("an app and a callback that the org knows");
    let nothing = json!({});
    let (page, ended) = tokio::join!(follow(&way_back), browser.call("logged-in", &nothing));
    assert!(page.contains("You can close this window"), "{page}");
    let kept = fs::read_to_string(store.0.join("example.json")).expect("a connection");
    let kept: Value = serde_json::from_str(&kept).expect("JSON");
    let token = kept["accessToken"].as_str().expect("a token");
    let now = json!({ "simulated": false, "domain": DOMAIN, "connection": "example" });
    assert_eq!(ended.json(), json!({ "status": "success", "org": now }));
    assert_eq!(browser.answer("authenticate", &json!({ "domain": DOMAIN })).await, json!({ "status": "success" }));
    let start = browser.get("/api/start").await;
    assert_eq!(start.json()["org"], now);
    let followed = browser.answer("follow", &json!({ "settings": "{}", "variables": "{}" })).await;
    assert_eq!(followed["org"], now, "another tab learns of it");
    for body in [ended.body, start.body] {
        assert!(!body.contains(token) && !body.contains(kept["grant"]["refreshToken"].as_str().expect("a grant")));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_refuses_stores_nothing() {
    let (org, store) = (TestOrg::new().await, Folder::new());
    let browser = open(&org, &store).await;
    let id = org.org().client_id().to_owned();
    let begun = browser.answer("log-in", &asked(&id)).await;
    let way_back = org.org().deny(begun["url"].as_str().expect("an address")).expect("a way back");
    let nothing = json!({});
    let (_, ended) = tokio::join!(follow(&way_back), browser.answer("logged-in", &nothing));
    assert_eq!((&ended["status"], &ended["code"]), (&json!("failed"), &json!("access_denied")), "{ended:#}");
    assert_eq!(fs::read_dir(&store.0).expect("a folder").count(), 0);
    assert_eq!(browser.get("/api/start").await.json()["org"]["connection"], Value::Null);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_log_in_can_be_cancelled_and_begun_again() {
    let (org, store) = (TestOrg::new().await, Folder::new());
    let browser = open(&org, &store).await;
    assert_eq!(browser.answer("logged-in", &json!({})).await, json!({ "status": "none" }));
    let id = org.org().client_id().to_owned();
    let first = browser.answer("log-in", &asked(&id)).await;
    let second = browser.answer("log-in", &asked(&id)).await;
    assert_ne!(first["url"], second["url"]);
    let (nothing, cancel) = (json!({}), json!({ "cancel": true }));
    let (waiting, cancelled) =
        tokio::join!(browser.answer("logged-in", &nothing), browser.answer("logged-in", &cancel));
    assert_eq!([&waiting["status"], &cancelled["status"]], [&json!("none"), &json!("none")]);
    for (asked, code) in
        [(asked(""), "invalid_client_id"), (json!({ "domain": "login.salesforce.com", "clientId": id }), "bad-domain")]
    {
        let told = browser.answer("log-in", &asked).await;
        assert_eq!((&told["status"], &told["code"]), (&json!("failed"), &json!(code)), "{told:#}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_port_that_is_taken_is_told() {
    let taken = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = taken.local_addr().expect("an address").port();
    let (org, store) = (TestOrg::new().await, Folder::new());
    let edited = EditedOrg::simulated().await.expect("a simulator");
    let store = host_tests::connections::FileStore::open(&store.0).expect("a folder");
    let browser =
        Browser::open(served_to_log_in(edited, LogIns { store, client: client(&org), route: None, port }).await).await;
    let answer = browser.call("log-in", &asked("x")).await;
    assert_eq!((answer.status, &answer.json()["error"]["code"]), (409, &json!("port-taken")), "{answer:?}");
    // A page that was given no store has no log-in.
    let answer = Browser::simulated().await.call("log-in", &asked("x")).await;
    assert_eq!(answer.status, 400);
}
