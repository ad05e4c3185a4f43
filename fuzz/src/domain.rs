//! Whatever is entered as a domain, or answered as an `instance_url`: what is accepted is the host of an org, and what was
//! written, and nothing else.

use salesforce_module::module::{Session, start};
use salesforce_module::report::RunKind;
use salesforce_module::salesforce::{Domain, DomainError};
use serde_json::json;

use super::text;

/// Salesforce's own, below which only it gives out names.
const OWN: [&str; 4] = [".my.salesforce.com", ".my-salesforce.com", ".my.salesforce.mil", ".my.sfcrmproducts.cn"];

/// The input is the domain, and the URL.
pub fn domain(data: &[u8]) {
    let Some(text) = text(data) else { return };
    match Domain::parse(text) {
        Ok(domain) => {
            is_an_orgs(&domain);
            assert_eq!(domain.as_str(), text.trim().to_ascii_lowercase(), "another host than was entered");
            assert_eq!(Domain::parse(domain.as_str()), Ok(domain.clone()));
            assert_eq!(Domain::parse_instance_url(&format!("https://{domain}")), Ok(domain));
        }
        Err(error) => {
            if let DomainError::Use(domain) = &error {
                is_an_orgs(domain);
                let name = domain.as_str().split('.').next().unwrap_or_default();
                assert!(text.to_ascii_lowercase().contains(name), "{domain} for {text}");
            }
        }
    }
    if let Ok(domain) = Domain::parse_instance_url(text) {
        is_an_orgs(&domain);
        let host = text.strip_prefix("https://").expect("https");
        let host = host.strip_suffix('/').unwrap_or(host);
        assert_eq!(domain.as_str(), host.trim().to_ascii_lowercase(), "another host than the session's");
    }
    session(text);
}

fn is_an_orgs(domain: &Domain) {
    let host = domain.as_str();
    let name = OWN.iter().find_map(|own| host.strip_suffix(own)).unwrap_or_else(|| panic!("{host}"));
    assert!(host.len() <= 253, "{host}");
    for label in name.split('.') {
        let is_plain = label.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        assert!(is_plain && !label.is_empty() && !label.starts_with('-') && !label.ends_with('-'), "{host}");
    }
}

/// A session goes to the org of the settings or nowhere, and so does one that is this text.
fn session(text: &str) {
    let mapping = json!({ "source": { "constant": "x" }, "object": "Contact", "field": "LastName" });
    let settings = |domain: &str| {
        json!({ "mode": "sobject-write", "deploymentDomain": domain, "mappings": [mapping] }).to_string()
    };
    let ours = "example.my.salesforce.com";
    let to = |instance_url: &str, domain: &str| {
        let session = Session { instance_url, access_token: "token" };
        start(&session, &settings(domain), "{}", RunKind::Write).map(|(_, domain)| domain)
    };
    for accepted in [to(text, ours), to(&format!("https://{ours}"), text)].into_iter().flatten() {
        assert_eq!(accepted.as_str(), ours);
        assert!(text.to_ascii_lowercase().contains(ours), "{text}");
    }
    let session = Session { instance_url: "https://example.my.salesforce.com", access_token: text };
    if start(&session, &settings(ours), "{}", RunKind::Write).is_ok() {
        assert!(!text.is_empty() && text.bytes().all(|b| (b'!'..=b'~').contains(&b)), "a token that ends its header");
    }
}
