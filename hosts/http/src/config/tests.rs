#![allow(clippy::unwrap_used)]

use super::*;

const BEARER: &str = "0123456789abcdef";

fn environment(variables: &[(&str, &str)]) -> Vec<(String, String)> {
    variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn read(variables: &[(&str, &str)]) -> Result<Config, Misconfigured> {
    Config::read(&environment(variables))
}

/// The variable that is wrong.
fn refused(variables: &[(&str, &str)]) -> String {
    read(variables).unwrap_err().variable
}

#[test]
fn a_front_without_bearer_or_domains_answers_no_call() {
    assert_eq!(refused(&[("FRONT_DOMAINS", "a.my.salesforce.com")]), "FRONT_TOKEN");
    assert_eq!(refused(&[("FRONT_TOKEN", BEARER), ("FRONT_DOMAINS", " , ")]), "FRONT_DOMAINS");
    assert_eq!(refused(&[("FRONT_TOKEN", "short"), ("FRONT_DOMAINS", "a.my.salesforce.com")]), "FRONT_TOKEN");
}

#[test]
fn each_tenant_has_its_own_bearers_and_domains() {
    let config = read(&[
        ("FRONT_TENANTS", "acme, globex"),
        ("FRONT_TOKEN_ACME", "acme-bearer-00001 acme-bearer-00002"),
        ("FRONT_DOMAINS_ACME", "Acme.my.salesforce.com"),
        ("FRONT_TOKEN_GLOBEX", "globex-bearer-001"),
        ("FRONT_DOMAINS_GLOBEX", "globex.my.salesforce.com, globex--dev.sandbox.my.salesforce.com"),
    ])
    .unwrap();
    for bearer in ["acme-bearer-00001", "acme-bearer-00002"] {
        let acme = config.tenant(Some(&format!("Bearer {bearer}"))).unwrap();
        assert!(acme.allows("acme.my.salesforce.com") && !acme.allows("globex.my.salesforce.com"));
    }
    assert!(config.tenant(Some("bearer globex-bearer-001")).unwrap().allows("GLOBEX.my.salesforce.com"));
}

#[test]
fn a_wrong_bearer_is_not_in_the_problem() {
    let config = read(&[("FRONT_TOKEN", BEARER), ("FRONT_DOMAINS", "a.my.salesforce.com")]).unwrap();
    for header in [None, Some(""), Some(BEARER), Some("Basic 0123456789abcdef"), Some("Bearer 0123456789abcdeX")] {
        let problem = config.tenant(header).unwrap_err();
        assert_eq!(problem.status, 401);
        assert!(!problem.document().contains("0123456789"), "{header:?}");
    }
}

#[test]
fn two_tenants_with_one_bearer_are_a_mistake() {
    let both = [
        ("FRONT_TENANTS", "a,b"),
        ("FRONT_TOKEN_A", BEARER),
        ("FRONT_DOMAINS_A", "a.my.salesforce.com"),
        ("FRONT_TOKEN_B", BEARER),
        ("FRONT_DOMAINS_B", "b.my.salesforce.com"),
    ];
    assert_eq!(refused(&both), "FRONT_TOKEN_B");
}

#[test]
fn a_token_of_the_platform_is_for_one_org() {
    let two = [
        ("FRONT_TOKEN", BEARER),
        ("FRONT_DOMAINS", "a.my.salesforce.com,b.my.salesforce.com"),
        ("SALESFORCE_ACCESS_TOKEN", "00D"),
    ];
    assert_eq!(refused(&two), "SALESFORCE_ACCESS_TOKEN");
}

#[test]
fn a_tool_needs_its_settings() {
    let with = |more: &[(&'static str, &'static str)]| {
        let basis = [("FRONT_TOKEN", BEARER), ("FRONT_DOMAINS", "a.my.salesforce.com"), ("FRONT_TOOLS", "contact")];
        read(&basis.iter().chain(more).copied().collect::<Vec<_>>())
    };
    assert_eq!(with(&[]).unwrap_err().variable, "FRONT_SETTINGS_CONTACT");
    let config = with(&[("FRONT_SETTINGS_CONTACT", "{}")]).unwrap();
    let tenant = config.tenant(Some("Bearer 0123456789abcdef")).unwrap();
    assert_eq!(tenant.published().iter().map(|tool| tool.name.as_str()).collect::<Vec<_>>(), ["contact"]);
}

#[test]
fn a_limit_that_is_no_number_of_bytes_is_a_mistake() {
    for bytes in ["0", "10 MiB", "67108865"] {
        let variables =
            [("FRONT_TOKEN", BEARER), ("FRONT_DOMAINS", "a.my.salesforce.com"), ("FRONT_MAX_BODY_BYTES", bytes)];
        assert_eq!(refused(&variables), "FRONT_MAX_BODY_BYTES");
    }
}

#[test]
fn no_secret_is_printed() {
    let config = read(&[("FRONT_TOKEN", BEARER), ("FRONT_DOMAINS", "a.my.salesforce.com")]).unwrap();
    assert!(!format!("{config:?}").contains(BEARER));
}
