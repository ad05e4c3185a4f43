//! A real org behind the page: asked before it is written to, and the only one that gets its token.

use host_tests::edit::EditedOrg;
use host_tests::host::HttpClient;
use serde_json::{Value, json};

use super::browser::{Browser, served};
use crate::org::{DOMAIN, TestOrg};

async fn with_token(org: &TestOrg, token: &str) -> Browser {
    let client = HttpClient::new().expect("certificates").routed_to(&org.url()).expect("an address");
    let edited = EditedOrg::Token { domain: DOMAIN.to_owned(), access_token: token.into(), client };
    Browser::open(served(edited, None).await).await
}

fn asked(domain: &str) -> Value {
    let settings = json!({
        "mode": "sobject-write",
        "deploymentDomain": domain,
        "mappings": [{ "source": { "variable": "name" }, "object": "Contact", "field": "LastName" }],
    });
    json!({ "settings": settings.to_string(), "variables": "{\"name\":\"Berg\"}" })
}

#[tokio::test]
async fn a_real_org_is_written_to_after_a_question() {
    let org = TestOrg::new().await;
    let browser = with_token(&org, &org.token()).await;
    let start = browser.get("/api/start").await.json();
    assert_eq!(start["org"], json!({ "simulated": false, "domain": DOMAIN, "connection": null }));
    let question = browser.answer("run", &asked(DOMAIN)).await;
    assert_eq!(question, json!({ "confirm": DOMAIN }));
    assert!(org.org().log().is_empty(), "nothing was sent");
    let mut confirmed = asked(DOMAIN);
    confirmed["confirmed"] = json!(DOMAIN);
    let ran = browser.answer("run", &confirmed).await;
    assert_eq!(ran["records"][0]["result"], "created", "{ran:#}");
    assert_eq!(org.org().records("Contact").len(), 1);
}

#[tokio::test]
async fn no_answer_has_the_token() {
    let org = TestOrg::new().await;
    let token = org.token();
    let browser = with_token(&org, &token).await;
    let mut run = asked(DOMAIN);
    run["confirmed"] = json!(DOMAIN);
    let drop_down = json!({ "domain": DOMAIN, "object": "Contact", "search": "" });
    for (name, asked) in [
        ("authenticate", &json!({ "domain": DOMAIN })),
        ("objects", &drop_down),
        ("fields", &drop_down),
        ("prepare", &asked(DOMAIN)),
        ("preview", &asked(DOMAIN)),
        ("run", &run),
    ] {
        let answer = browser.call(name, asked).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        assert!(!answer.body.contains(&token) && !answer.body.contains("Bearer"), "{name}: {}", answer.body);
    }
    assert!(!browser.get("/api/start").await.body.contains(&token));
}

/// A misspelt domain can be another company's.
#[tokio::test]
async fn the_token_goes_to_its_own_org_alone() {
    let org = TestOrg::new().await;
    let browser = with_token(&org, &org.token()).await;
    let other = "other.my.salesforce.com";
    let mut run = asked(other);
    run["confirmed"] = json!(DOMAIN);
    for (name, asked) in [
        ("authenticate", &json!({ "domain": other })),
        ("objects", &json!({ "domain": other, "search": "" })),
        ("preview", &asked(other)),
        ("run", &run),
    ] {
        let answer = browser.answer(name, asked).await;
        assert_eq!(answer["findings"][0]["code"], "bad-session", "{name}: {answer:#}");
    }
    assert!(org.org().log().is_empty(), "nothing was sent");
}

#[tokio::test]
async fn an_expired_token_is_told() {
    let org = TestOrg::new().await;
    let browser = with_token(&org, "00D!expired").await;
    let answer = browser.answer("authenticate", &json!({ "domain": DOMAIN })).await;
    assert_eq!((&answer["status"], &answer["findings"][0]["code"]), (&json!("failed"), &json!("session-expired")));
    let preview = browser.answer("preview", &lookup()).await;
    assert_eq!(preview["status"], "session-expired", "{preview:#}");
}

fn lookup() -> Value {
    let mut asked = asked(DOMAIN);
    let mut settings: Value = serde_json::from_str(asked["settings"].as_str().expect("a text")).expect("JSON");
    settings["mappings"][0]["useToFindExisting"] = json!(true);
    asked["settings"] = settings.to_string().into();
    asked
}

/// Each letter that an author types is a search.
#[tokio::test]
async fn the_org_is_asked_for_a_list_once() {
    let org = TestOrg::new().await;
    let browser = with_token(&org, &org.token()).await;
    for search in ["c", "co", "con", "cont"] {
        let found = browser.answer("objects", &json!({ "domain": DOMAIN, "search": search })).await;
        assert_eq!(found["status"], "done", "{found:#}");
    }
    assert_eq!(org.org().log().len(), 1);
    for object in ["Contact", "Case", "Contact"] {
        let found = browser.answer("fields", &json!({ "domain": DOMAIN, "object": object, "search": "e" })).await;
        assert_eq!(found["object"]["name"], object);
    }
    assert_eq!(org.org().log().len(), 3);
    // Another log-in can be another user's.
    browser.answer("authenticate", &json!({ "domain": DOMAIN })).await;
    assert_eq!(org.org().log().len(), 4);
}

/// What was wrong with the org a moment ago is asked again.
#[tokio::test]
async fn an_error_is_not_kept() {
    let org = TestOrg::new().await;
    let token = org.token();
    let browser = with_token(&org, &token).await;
    org.org().expire_sessions();
    let asked = json!({ "domain": DOMAIN, "search": "cont" });
    assert_eq!(browser.answer("objects", &asked).await["status"], "session-expired");
    let before = org.org().log().len();
    assert_eq!(browser.answer("objects", &asked).await["status"], "session-expired");
    assert_eq!(org.org().log().len(), before + 1);
}

#[tokio::test]
async fn an_org_that_is_down_is_told() {
    // Its address stays its own: a free one could be that of another test's org.
    let org = TestOrg::with(|org| org.script_fault("1+:close".parse().expect("a fault"))).await;
    let browser = with_token(&org, &org.token()).await;
    let answer = browser.answer("authenticate", &json!({ "domain": DOMAIN })).await;
    assert_eq!((&answer["status"], &answer["findings"][0]["code"]), (&json!("failed"), &json!("org-not-described")));
    let preview = browser.answer("preview", &lookup()).await;
    assert_eq!(preview["status"], "failed", "{preview:#}");
    assert_eq!(preview["exchanges"][0]["status"], Value::Null, "{preview:#}");
}
