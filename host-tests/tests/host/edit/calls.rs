//! What the calls of the page answer: the component's words, bounded.

use serde_json::{Value, json};

use super::browser::Browser;

const DOMAIN: &str = "example.my.salesforce.com";
/// Of `MAX_BODY` in `src/edit/answer.rs`.
const MAX_BODY: usize = 16 << 20;

fn settings() -> Value {
    serde_json::from_str(include_str!("../../../examples/contact.json")).expect("JSON")
}

fn asked(settings: &Value, variables: &Value) -> Value {
    json!({ "settings": settings.to_string(), "variables": variables.to_string() })
}

fn anna(last_name: &str) -> Value {
    json!({ "customer_email": "anna.berg@example.com", "customer_firstname": "Anna", "customer_lastname": last_name })
}

#[tokio::test]
async fn the_page_begins_with_modes_presets_and_the_org() {
    let browser = Browser::simulated().await;
    let start = browser.get("/api/start").await.json();
    assert_eq!(start["modes"], json!(["sobject-write", "sobject-read", "api-request", "handover"]));
    assert_eq!(start["org"], json!({ "simulated": true, "domain": null, "connection": null }));
    assert_eq!((&start["file"], &start["language"]), (&Value::Null, &json!("en")));
    assert_eq!(start["presets"].as_array().map(Vec::len), Some(4));
}

/// A preset is what an author begins with: no remark, and records with the first click.
#[tokio::test]
async fn each_preset_runs_twice_without_a_remark() {
    let browser = Browser::simulated().await;
    let start = browser.get("/api/start").await.json();
    for preset in start["presets"].as_array().expect("a list") {
        let asked = asked(&preset["settings"], &preset["variables"]);
        let followed = browser.answer("follow", &asked).await;
        assert_eq!(followed["findings"], json!([]), "{preset:#}");
        assert!(followed["plan"]["records"].as_array().is_some_and(|records| !records.is_empty()), "{followed:#}");
        for _ in 0..2 {
            let ran = browser.answer("run", &asked).await;
            assert_eq!(ran["status"], "done", "{ran:#}");
            assert!(ran["stored"].as_array().is_some_and(|stored| !stored.is_empty()), "{ran:#}");
        }
    }
}

#[tokio::test]
async fn wrong_settings_have_findings_and_no_plan() {
    let browser = Browser::simulated().await;
    let mut wrong = settings();
    wrong["deploymentDomain"] = json!("https://example.my.salesforce.com/");
    let followed = browser.answer("follow", &asked(&wrong, &json!({}))).await;
    assert_eq!(followed["findings"][0]["code"], "bad-domain");
    assert!(followed["findings"][0]["texts"]["de"]["message"].is_string());
    assert_eq!((&followed["plan"], &followed["tool"]), (&Value::Null, &Value::Null));
    let followed = browser.answer("follow", &json!({ "settings": "{", "variables": "{}" })).await;
    assert_eq!(followed["findings"][0]["code"], "invalid-json");
    let ran = browser.answer("run", &asked(&wrong, &json!({}))).await;
    assert_eq!((&ran["findings"][0]["code"], &ran["exchanges"]), (&json!("bad-domain"), &json!([])));
}

#[tokio::test]
async fn authenticate_says_success_or_what_is_wrong() {
    let browser = Browser::simulated().await;
    for domain in [DOMAIN, " Other.My.Salesforce.com "] {
        let answer = browser.answer("authenticate", &json!({ "domain": domain })).await;
        assert_eq!(answer, json!({ "status": "success" }), "{domain}");
    }
    let answer = browser.answer("authenticate", &json!({ "domain": "login.salesforce.com" })).await;
    assert_eq!(answer["status"], "failed");
    assert!(answer["message"].as_str().is_some_and(|text| !text.is_empty()), "{answer:#}");
}

#[tokio::test]
async fn a_preview_shows_old_and_new_values_and_writes_nothing() {
    let browser = Browser::simulated().await;
    let first = browser.answer("preview", &asked(&settings(), &anna("Berg"))).await;
    let change = |preview: &Value, field: &str| {
        let fields = preview["changes"][0]["fields"].as_array().expect("a list");
        fields.iter().find(|change| change["field"] == field).cloned()
    };
    assert_eq!(change(&first, "LastName"), Some(json!({ "field": "LastName", "new": "Berg" })));
    // Had it been written, this would not be created.
    let ran = browser.answer("run", &asked(&settings(), &anna("Berg"))).await;
    assert_eq!(ran["records"][0]["result"], "created", "{ran:#}");
    let second = browser.answer("preview", &asked(&settings(), &anna("Olsen"))).await;
    assert_eq!(change(&second, "LastName"), Some(json!({ "field": "LastName", "old": "Berg", "new": "Olsen" })));
    assert_eq!(change(&second, "Email"), None, "what stays as it is is no change");
}

#[tokio::test]
async fn a_run_shows_its_requests_and_the_records() {
    let browser = Browser::simulated().await;
    let ran = browser.answer("run", &asked(&settings(), &anna("Berg"))).await;
    assert_eq!(ran["stored"][0]["record"]["LastName"], "Berg");
    assert_eq!(ran["variables"]["salesforce_contact_id"], ran["records"][0]["id"]);
    let exchanges = ran["exchanges"].as_array().expect("a list");
    assert_eq!(exchanges.len(), 2);
    for exchange in exchanges {
        assert_eq!((&exchange["method"], &exchange["status"]), (&json!("POST"), &json!(200)));
        assert_eq!(exchange["path"], "/services/data/v62.0/composite");
        assert!(exchange["request"]["compositeRequest"].is_array(), "{exchange:#}");
        assert!(exchange["response"]["compositeResponse"].is_array(), "{exchange:#}");
    }
}

#[tokio::test]
async fn drop_downs_are_searched_by_the_component() {
    let browser = Browser::simulated().await;
    let objects = browser.answer("objects", &json!({ "domain": DOMAIN, "search": "cont" })).await;
    assert_eq!(objects["objects"][0]["name"], "Contact");
    let fields = browser.answer("fields", &json!({ "domain": DOMAIN, "object": "Contact", "search": "mail" })).await;
    assert_eq!((&fields["total"], &fields["fields"][0]["values"]), (&json!(7), &json!([])));
    let status = json!({ "domain": DOMAIN, "object": "Case", "search": "Status", "values": 50 });
    let fields = browser.answer("fields", &status).await;
    assert!(fields["fields"][0]["values"].as_array().is_some_and(|values| values.len() > 2), "{fields:#}");
    let none = browser.answer("objects", &json!({ "domain": "nonsense", "search": "" })).await;
    assert_eq!(none["findings"][0]["code"], "bad-domain");
}

#[tokio::test]
async fn a_form_is_given_in_the_author_s_language() {
    let browser = Browser::simulated().await;
    let of = |mode: &str| json!({ "mode": mode, "language": "de", "records": ["Contact"] });
    let form = browser.answer("form", &of("sobject-write")).await;
    assert_eq!(form["schema"]["properties"]["mappings"]["title"], "Zuordnungen");
    assert!(browser.answer("form", &of("nothing")).await["findings"].is_array());
}

#[tokio::test]
async fn what_is_no_call_is_refused() {
    let browser = Browser::simulated().await;
    for (name, body) in [
        ("follow", json!({})),
        ("follow", json!([])),
        ("run", json!({ "settings": 1, "variables": "{}" })),
        ("form", json!({ "mode": "sobject-write", "language": "en", "records": [1] })),
    ] {
        let answer = browser.call(name, &body).await;
        assert_eq!((answer.status, &answer.json()["error"]["code"]), (400, &json!("bad-call")), "{name} {body}");
    }
    assert_eq!(browser.get("/api/run").await.status, 405);
    assert_eq!(browser.call("nothing", &json!({})).await.status, 404);
}

#[tokio::test]
async fn a_body_has_a_bound() {
    let browser = Browser::simulated().await;
    let frame = json!({ "settings": "", "variables": "" }).to_string().len();
    let of = |length: usize| json!({ "settings": "x".repeat(length - frame), "variables": "" });
    let most = browser.answer("follow", &of(MAX_BODY)).await;
    assert_eq!(most["findings"][0]["code"], "invalid-json");
    let beyond = browser.call("follow", &of(MAX_BODY + 1)).await;
    assert_eq!((beyond.status, &beyond.json()["error"]["code"]), (413, &json!("too-large")));
}
