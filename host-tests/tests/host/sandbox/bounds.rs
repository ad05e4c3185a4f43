//! The bounds of settings and sessions, as listed in docs/embed.md: exactly at the bound works, one more and very much more is
//! a finding and no trap.

use serde_json::{Map, Value, json};

use host_tests::host::{Authorization, Client, Egress, Finding, Grant, Session};
use salesforce_module::base::{MAX_FINDINGS, MAX_VALUES, OBJECT_VALUES};
use salesforce_module::oauth::MAX_TEXT_BYTES;
use salesforce_module::salesforce::MAX_NAME_LENGTH;
use salesforce_module::settings::{MAX_LOOKUPS, MAX_MAPPINGS, MAX_RECORDS, MAX_SETTINGS_BYTES};

use crate::org::{by_email, host, key, map, session, visitor, with};

/// Lengths of a key, a host name and a token are private to the module.
const MAX_KEY_LENGTH: usize = 200;
const MAX_HOST_LENGTH: usize = 253;
const MAX_TOKEN_LENGTH: usize = 8_192;

/// As many values as a document without brackets in its texts counts for; an object is four more.
pub fn counted(json: &str) -> usize {
    let count = |sign| json.matches(sign).count();
    1 + count(',') + count('[') + OBJECT_VALUES * count('{')
}

/// Codes of the errors that `check` finds.
async fn errors(settings: &str) -> Vec<String> {
    let findings = host().check(settings).await.expect("no trap");
    let is_error = |finding: &Finding| format!("{:?}", finding.severity).ends_with("Error");
    findings.into_iter().filter(is_error).map(|finding| finding.code).collect()
}

/// No error at the bound, this one beyond it.
async fn is_bounded(code: &str, bound: usize, settings: impl Fn(usize) -> String) {
    assert_eq!(errors(&settings(bound)).await, [] as [&str; 0], "at {bound}");
    for beyond in [bound + 1, bound * 2, bound * 8] {
        let found = errors(&settings(beyond)).await;
        assert!(found.iter().any(|found| found == code), "{beyond}: {found:?}");
    }
}

fn of(mappings: Vec<Value>) -> Value {
    json!({ "mode": "sobject-write", "deploymentDomain": "example.my.salesforce.com", "mappings": mappings })
}

#[tokio::test]
async fn settings_have_so_many_bytes() {
    let document = by_email().to_string();
    is_bounded("invalid-json", MAX_SETTINGS_BYTES, |bytes| document.clone() + &" ".repeat(bytes - document.len()))
        .await;
}

#[tokio::test]
async fn settings_have_so_many_values() {
    // The smallest values, which cost the most in memory for their bytes.
    is_bounded("invalid-json", MAX_VALUES, |values| {
        let of = |items: usize| {
            let mut settings = by_email();
            settings["mappings"][1]["source"] = json!({ "constant": vec![1; items] });
            settings.to_string()
        };
        of(values - counted(&of(0)) + 1)
    })
    .await;
}

#[tokio::test]
async fn settings_are_nested_so_deep() {
    // 127 levels with the object around them.
    for depth in [126, 127, 1_000, 500_000] {
        let nested = format!("{{\"mode\":{}{}}}", "[".repeat(depth), "]".repeat(depth));
        let expected = if depth <= 126 { "wrong-type" } else { "invalid-json" };
        assert!(errors(&nested).await.iter().any(|code| code == expected), "{depth}");
    }
}

#[tokio::test]
async fn there_are_so_many_mappings() {
    is_bounded("too-many-mappings", MAX_MAPPINGS, |count| {
        of((0..count).map(|index| map("v", &format!("Contact.Field_{index}__c"))).collect()).to_string()
    })
    .await;
}

#[tokio::test]
async fn there_are_so_many_records_read_backs_included() {
    let rows = |count| (0..count).map(|index| map("v", &format!("Object_{index}__c.Name"))).collect();
    is_bounded("too-many-records", MAX_RECORDS, |count| of(rows(count)).to_string()).await;
    let read_back = json!({ "objects": { "Object_0__c": { "store": { "Name": "name" } } } });
    let with_read_back = |count| with(of(rows(count)), read_back.clone()).to_string();
    assert_eq!(errors(&with_read_back(MAX_RECORDS - 1)).await, [] as [&str; 0]);
    assert_eq!(errors(&with_read_back(MAX_RECORDS)).await, ["too-many-records"]);
}

#[tokio::test]
async fn so_many_sobjects_are_looked_up() {
    let settings =
        |count| of((0..count).map(|index| key("v", &format!("Object_{index}__c.Name"))).collect()).to_string();
    assert_eq!(errors(&settings(MAX_LOOKUPS)).await, [] as [&str; 0]);
    for beyond in [MAX_LOOKUPS + 1, MAX_RECORDS] {
        assert_eq!(errors(&settings(beyond)).await, ["too-many-lookups"], "{beyond}");
    }
}

#[tokio::test]
async fn so_many_findings_are_listed() {
    let settings = |count| {
        let unknown: Map<String, Value> = (0..count).map(|index| (format!("key {index}"), json!(1))).collect();
        with(of(vec![map("v", "Contact.LastName")]), unknown.into()).to_string()
    };
    let at = errors(&settings(MAX_FINDINGS)).await;
    assert_eq!((at.len(), at.iter().any(|code| code == "too-many-findings")), (MAX_FINDINGS, false));
    for beyond in [MAX_FINDINGS + 1, 20_000] {
        let found = errors(&settings(beyond)).await;
        assert_eq!((found.len(), &*found[MAX_FINDINGS]), (MAX_FINDINGS + 1, "too-many-findings"), "{beyond}");
    }
}

#[tokio::test]
async fn names_have_so_many_characters() {
    for place in ["Object.Name", "Contact.Name"] {
        is_bounded("bad-name", MAX_NAME_LENGTH, |length| {
            let long = "N".repeat(length);
            let target = match place {
                "Object.Name" => format!("{long}.Name"),
                _ => format!("Contact.{long}"),
            };
            of(vec![map("v", &target)]).to_string()
        })
        .await;
    }
}

#[tokio::test]
async fn keys_have_so_many_bytes() {
    let settings = |length| with(by_email(), json!({ "k".repeat(length): 1 })).to_string();
    for length in [MAX_KEY_LENGTH, MAX_KEY_LENGTH + 1, 500_000] {
        let findings = host().check(&settings(length)).await.expect("no trap");
        let said: usize = findings.iter().map(|finding| finding.message.len() + finding.path.len()).sum();
        // A key that is too long is not repeated.
        assert!(!findings.is_empty() && said < 2_000, "{length}: {said}");
        let told = findings.iter().any(|finding| finding.message.contains("longer than 200 bytes"));
        assert_eq!(told, length > MAX_KEY_LENGTH, "{findings:?}");
    }
}

#[tokio::test]
async fn a_domain_has_so_many_characters() {
    let suffix = ".my.salesforce.com";
    is_bounded("bad-domain", MAX_HOST_LENGTH, |length| {
        let mut settings = by_email();
        settings["deploymentDomain"] = format!("{}{suffix}", "d".repeat(length - suffix.len())).into();
        settings.to_string()
    })
    .await;
}

#[tokio::test]
async fn a_token_has_so_many_characters() {
    for length in [MAX_TOKEN_LENGTH, MAX_TOKEN_LENGTH + 1, 8 << 20] {
        let session = Session { access_token: "t".repeat(length), ..session("") };
        let (settings, variables) = (by_email().to_string(), visitor().to_string());
        let ran = host().run(Egress::Nowhere, &session, &settings, &variables).await.expect("no trap");
        match ran {
            Ok(outcome) => assert!(length <= MAX_TOKEN_LENGTH && outcome.records[0].error.is_some(), "{outcome:?}"),
            Err(findings) => assert!(length > MAX_TOKEN_LENGTH && findings[0].code == "bad-session", "{findings:?}"),
        }
    }
}

/// What a host passes to the interface `oauth`: encoded, a long text takes three times its length, several times over.
#[tokio::test]
async fn the_texts_of_a_log_in_have_so_many_bytes() {
    let domain = "example.my.salesforce.com";
    for length in [MAX_TEXT_BYTES, MAX_TEXT_BYTES + 1, 8 << 20] {
        let long = "\u{7f}".repeat(length);
        let client = |id: &str, secret: &str| Client {
            deployment_domain: domain.into(),
            client_id: id.into(),
            client_secret: Some(secret.into()),
        };
        let short = client("id", "secret");
        let grant = Grant { refresh_token: long.clone(), instance_url: String::new(), scope: None, identity_url: None };
        let known = Grant { refresh_token: "token".into(), scope: Some(long.clone()), ..grant.clone() };
        let begun = Authorization { url: String::new(), state: "s".into(), code_verifier: long.clone() };
        let host = host();
        let codes = [
            host.authorize(&client(&long, ""), "http://localhost").await.expect("no trap").err(),
            host.authorize(&short, &long).await.expect("no trap").err(),
            host.exchange(Egress::Nowhere, &short, "", &begun, "state=s&code=c").await.expect("no trap").err(),
            host.refresh(Egress::Nowhere, &short, &grant).await.expect("no trap").err(),
            host.refresh(Egress::Nowhere, &short, &known).await.expect("no trap").err(),
            host.refresh(Egress::Nowhere, &client("id", &long), &known).await.expect("no trap").err(),
            host.client_credentials(Egress::Nowhere, &client("id", &long)).await.expect("no trap").err(),
            host.assertion(Egress::Nowhere, domain, &long).await.expect("no trap").err(),
            host.revoke(Egress::Nowhere, domain, &long).await.expect("no trap").err(),
        ];
        let codes = codes.map(|error| error.map(|error| error.code).unwrap_or_default());
        // Within the bound all that is missing is a way out.
        let expected = if length > MAX_TEXT_BYTES { ["too-long"; 9] } else { WITHIN };
        assert_eq!(codes, expected, "{length}");
        let callback = format!("state=s&code={}", "c".repeat(length - "state=s&code=".len()));
        let begun = Authorization { code_verifier: "v".into(), ..begun };
        let exchanged = host.exchange(Egress::Nowhere, &short, "", &begun, &callback).await.expect("no trap");
        assert_eq!(exchanged.err().map(|error| error.code).as_deref(), Some(expected[2]), "{length}");
    }
}

/// What the nine calls end with when their texts fit: `authorize` sends nothing, the others may not.
const WITHIN: [&str; 9] = {
    let denied = "REQUEST_DENIED";
    ["", "", denied, denied, denied, denied, denied, denied, denied]
};
