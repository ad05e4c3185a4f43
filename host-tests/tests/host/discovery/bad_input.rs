//! Questions that cannot be asked: a finding for each mistake, and no request.

use host_tests::host::{Egress, FieldQuery, Finding, ObjectQuery, Session};

use crate::discovery::questions::{fields, fields_over, objects, objects_over};
use crate::org::session;

/// Code and path of each finding.
fn told(findings: &[Finding]) -> Vec<(&str, &str)> {
    assert!(findings.iter().all(|finding| !finding.message.is_empty() && !finding.remedy.is_empty()), "{findings:?}");
    findings.iter().map(|finding| (finding.code.as_str(), finding.path.as_str())).collect()
}

async fn refused(query: ObjectQuery) -> Vec<Finding> {
    objects_over(Egress::Nowhere, &session("token"), &query).await.expect_err("a bad question")
}

async fn refused_of(query: FieldQuery) -> Vec<Finding> {
    fields_over(Egress::Nowhere, &session("token"), &query).await.expect_err("a bad question")
}

#[tokio::test]
async fn a_number_of_entries_out_of_range_is_told() {
    for limit in [0, 1_001, u32::MAX] {
        assert_eq!(told(&refused(ObjectQuery { limit, ..objects("") }).await), [("out-of-range", "query/limit")]);
        let query = FieldQuery { limit, ..fields("Contact", "") };
        assert_eq!(told(&refused_of(query).await), [("out-of-range", "query/limit")]);
    }
    for (limit, values) in [(1, 1_001), (1, u32::MAX), (21, 1_000), (1_000, 21)] {
        let query = FieldQuery { limit, values, ..fields("Contact", "") };
        assert_eq!(told(&refused_of(query).await), [("out-of-range", "query/values")], "{limit} {values}");
    }
}

#[tokio::test]
async fn a_search_text_has_so_many_bytes() {
    for length in [256, 4 << 20] {
        let findings = refused(objects(&"canary".repeat(length / 6 + 1))).await;
        assert_eq!(told(&findings), [("too-long", "query/search")]);
    }
    // At the bound all that is missing is a way out.
    let sent = objects_over(Egress::Nowhere, &session("token"), &objects(&"x".repeat(255))).await.expect("asked");
    assert_eq!((sent["status"].as_str(), sent["requests"].as_u64()), (Some("failed"), Some(1)), "{sent:#}");
}

#[tokio::test]
async fn a_name_that_no_object_can_have_is_told() {
    for name in ["", "Con tact", "Contact/describe", "../limits", "Contact?x", "1st", "Kontäkt", &"x".repeat(81)] {
        let findings = refused_of(fields(name, "")).await;
        assert_eq!(told(&findings), [("bad-name", "query/object")], "{name}");
    }
}

#[tokio::test]
async fn a_domain_or_a_version_that_is_none_is_told_together_with_the_rest() {
    let query = ObjectQuery {
        deployment_domain: "https://example.lightning.force.com/".into(),
        api_version: Some("45.0".into()),
        limit: 0,
        ..objects("")
    };
    let findings = refused(query).await;
    let expected = [
        ("bad-domain", "query/deployment-domain"),
        ("bad-api-version", "query/api-version"),
        ("out-of-range", "query/limit"),
    ];
    assert_eq!(told(&findings), expected);
    assert!(findings[0].remedy.contains("`example.my.salesforce.com`"), "{findings:?}");
    for version in ["62", "v62.0", "", "62.0/limits"] {
        let query = FieldQuery { api_version: Some(version.into()), ..fields("Contact", "") };
        assert_eq!(told(&refused_of(query).await), [("bad-api-version", "query/api-version")], "{version}");
    }
}

/// A token goes to the org that the question names, or nowhere.
#[tokio::test]
async fn a_session_of_another_org_is_refused() {
    let elsewhere = Session { instance_url: "https://other.my.salesforce.com".into(), ..session("canary") };
    let findings = objects_over(Egress::Nowhere, &elsewhere, &objects("")).await.expect_err("another org");
    assert_eq!(told(&findings), [("bad-session", "session/instance-url")]);
    let findings = fields_over(Egress::Nowhere, &session("canary\n"), &fields("Contact", "")).await;
    assert_eq!(told(&findings.expect_err("no token")), [("bad-session", "session/access-token")]);
}
