//! Settings, addresses and what others may read: rows 3, 16, 17, 19 and 20.

use serde_json::{Value, json};

use super::{by_email, visitor};
use crate::org::{
    DOMAIN, TestOrg, check, codes, constant, egress_to, findings, host, map, prepare_at, session, settings, with,
};
use crate::scripted::Script;

/// Row 3: a check without an end to its pattern lets `a.salesforce.com.evil.tld` pass, and with it the token.
#[tokio::test(flavor = "multi_thread")]
async fn the_token_goes_to_the_deployment_domain_and_to_no_lookalike() {
    let script = Script::start([]);
    for host_name in [
        "example.my.salesforce.com.evil.tld",
        "evil.tld/example.my.salesforce.com",
        "example.my.salesforce.com@evil.tld",
        "evil.tld?.my.salesforce.com",
        "evil.tld#.my.salesforce.com",
        "examplemy.salesforce.com",
        "other.my.salesforce.com",
        "example.my.salesforce.com:8443",
        "example.my.salesforce.com.",
        "example.my.salesforce.com\\.evil.tld",
        "exаmple.my.salesforce.com",
    ] {
        let mut session = session("canary");
        session.instance_url = format!("https://{host_name}");
        let egress = egress_to(&script.url());
        let ran = host().run(egress, &session, &by_email().to_string(), &visitor().to_string()).await.expect("no trap");
        let refused = ran.expect_err(host_name);
        assert_eq!(refused[0].code, "bad-session", "{host_name}");
    }
    let mut session = session("canary");
    session.instance_url = format!("http://{DOMAIN}");
    let egress = egress_to(&script.url());
    assert!(host().run(egress, &session, &by_email().to_string(), "{}").await.expect("no trap").is_err());
    assert_eq!(script.connections(), 0);
}

/// Row 16: to prepare, every object of the org is described.
#[tokio::test(flavor = "multi_thread")]
async fn only_mapped_objects_are_described() {
    let org = TestOrg::new().await;
    org.prepared(&by_email()).await;
    let describes: Vec<Value> =
        org.requests().into_iter().flat_map(|sent| sent.parts).map(|part| part["url"].clone()).collect();
    let about_objects = |url: &&Value| url.as_str().expect("a URL").contains("/sobjects");
    let describes: Vec<&Value> = describes.iter().filter(about_objects).collect();
    assert_eq!(describes, ["/services/data/v62.0/sobjects/Contact/describe"]);
}

/// Row 17: what people typed stands in logs - in payloads there, in the paths of requests elsewhere.
#[tokio::test(flavor = "multi_thread")]
async fn no_typed_value_is_in_an_outcome_or_a_request_line() {
    let org = TestOrg::new().await;
    org.seed(json!({ "Contact": [{ "LastName": "Tal", "Email": "two@example.com" }, { "LastName": "Berg", "Email": "two@example.com" }] }));
    let prepared = org.prepared(&by_email()).await;
    // Created, updated, refused by Salesforce, refused by us, ambiguous: `run` looks through each answer.
    for (mail, name) in [
        ("canary@example.com", "Canary"),
        ("canary@example.com", "Canary-Berg"),
        ("canary..x@example.com", "Canary"),
        ("canary", "Canary"),
        ("two@example.com", "Canary"),
        ("canary@example.zip", "Canary"),
        ("canary2@example.com", ""),
    ] {
        for settings in [&prepared, &by_email().to_string()] {
            org.run(settings, &json!({ "mail": mail, "name": name })).await;
        }
    }
    let lines: Vec<String> =
        org.org().log().iter().map(|exchange| format!("{} {}", exchange.method, exchange.path)).collect();
    // The second one is a preparation's, which knows no visitor.
    assert!(lines[1].starts_with("GET /services/data/v62.0/tooling/query?q=SELECT%20ValidationName"), "{lines:#?}");
    let others = lines.iter().enumerate().filter(|(at, _)| *at != 1);
    assert!(others.into_iter().all(|(_, line)| line == "POST /services/data/v62.0/composite"), "{lines:#?}");
}

/// Row 19: a screenshot in a tool's own manual maps the first name to `LastName`. See also `rules/smells.rs`.
#[tokio::test(flavor = "multi_thread")]
async fn a_first_name_mapped_to_the_last_name_smells() {
    let settings = settings([map("customer_firstname", "Contact.LastName")], json!({}));
    let checked = check(&settings.to_string()).await;
    assert_eq!(codes(&checked), ["mismatched-source"]);
    assert_eq!(checked["findings"][0]["path"], "/mappings/0/source");
}

/// Row 20: a parameter's misspelt name is kept for ever, and whoever writes it right is silently not heard.
#[tokio::test(flavor = "multi_thread")]
async fn a_misspelt_setting_is_told_with_the_right_name() {
    let misspelt = [
        (
            with(constant("x", "Contact.LastName"), json!({ "overwite": "if-empty" })),
            "/mappings/0/overwite",
            "overwrite",
        ),
        (
            with(constant("x", "Contact.LastName"), json!({ "useToFindExistng": true })),
            "/mappings/0/useToFindExistng",
            "useToFindExisting",
        ),
    ];
    for (mapping, path, right) in misspelt {
        let checked = check(&settings([mapping], json!({})).to_string()).await;
        let errors = findings(&checked, |finding| finding["code"] == "unknown-key" && finding["path"] == path);
        assert!(errors[0]["remedy"].as_str().expect("a text").contains(&format!("`{right}`")), "{checked:#}");
    }
    // And a misspelt field, by preparing.
    let org = TestOrg::new().await;
    let prepared =
        prepare_at(&org.url(), &org.token(), &settings([map("a", "Contact.AcconutId")], json!({})).to_string()).await;
    let unknown = findings(&prepared.answer, |finding| finding["code"] == "unknown-field");
    assert!(unknown[0]["remedy"].as_str().expect("a text").contains("`AccountId`"), "{:#}", prepared.answer);
}
