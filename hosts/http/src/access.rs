//! Which org a call reaches, and with which token.

use serde_json::Value;

use crate::config::Tenant;
use crate::problem::Problem;

/// The header by which a caller passes the org's access token.
pub const ACCESS_TOKEN: &str = "x-salesforce-access-token";

/// Access to one org, as the module takes it.
#[derive(Debug, PartialEq)]
pub struct Access {
    pub instance_url: String,
    pub access_token: String,
}

/// The org is the one that the caller names, else that of the settings. The module sends to no other than both are: this check and its own
/// are the egress rule, beside that of the platform.
///
/// Settings without a domain can reach none. They get no further than the module's findings, which say what is wrong with them.
pub fn access(
    tenant: &Tenant,
    domain: Option<String>,
    settings: &str,
    header: Option<String>,
) -> Result<Access, Problem> {
    let domain = allowed(tenant, domain.or_else(|| deployment_domain(settings)))?;
    let token = header.or_else(|| tenant.access_token().map(str::to_owned)).filter(|token| !token.is_empty());
    let access_token = token.ok_or_else(|| {
        let detail = "There is no access token of Salesforce's: pass it by the header `X-Salesforce-Access-Token`, or let the platform \
            set `SALESFORCE_ACCESS_TOKEN`.";
        Problem::new(400, "no-access-token", detail)
    })?;
    Ok(Access { instance_url: format!("https://{}", domain.unwrap_or_default()), access_token })
}

/// The domain in lower case, if this caller may reach it.
pub fn allowed(tenant: &Tenant, domain: Option<String>) -> Result<Option<String>, Problem> {
    let domain = domain.map(|domain| domain.trim().to_ascii_lowercase());
    if domain.as_ref().is_some_and(|domain| !tenant.allows(domain)) {
        let detail = "The deployment domain is none of those that this bearer may reach (`FRONT_DOMAINS`).";
        return Err(Problem::new(403, "domain-not-allowed", detail));
    }
    Ok(domain)
}

pub fn deployment_domain(settings: &str) -> Option<String> {
    let settings: Value = serde_json::from_str(settings).ok()?;
    settings.get("deploymentDomain")?.as_str().map(str::to_owned)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use super::*;
    use crate::config::Config;

    const SETTINGS: &str = r#"{ "deploymentDomain": "Acme.my.salesforce.com" }"#;

    fn access_of(
        token: Option<&str>,
        domain: Option<&str>,
        settings: &str,
        header: Option<&str>,
    ) -> Result<Access, Problem> {
        let mut environment = vec![
            ("FRONT_TOKEN".to_owned(), "0123456789abcdef".to_owned()),
            ("FRONT_DOMAINS".to_owned(), "acme.my.salesforce.com".to_owned()),
        ];
        environment.extend(token.map(|token| ("SALESFORCE_ACCESS_TOKEN".to_owned(), token.to_owned())));
        let config = Config::read(&environment).unwrap();
        let tenant = config.tenant(Some("Bearer 0123456789abcdef")).unwrap();
        access(tenant, domain.map(str::to_owned), settings, header.map(str::to_owned))
    }

    #[test]
    fn the_org_is_that_of_the_settings() {
        let expected =
            Access { instance_url: "https://acme.my.salesforce.com".to_owned(), access_token: "00D!x".to_owned() };
        assert_eq!(access_of(None, None, SETTINGS, Some("00D!x")), Ok(expected));
    }

    #[test]
    fn another_org_is_refused_before_anything_is_sent() {
        for (domain, settings) in [
            (Some("evil.my.salesforce.com"), SETTINGS),
            (None, r#"{ "deploymentDomain": "evil.my.salesforce.com" }"#),
            (Some("acme.my.salesforce.com.evil.example"), SETTINGS),
        ] {
            assert_eq!(access_of(None, domain, settings, Some("00D!x")).unwrap_err().code, "domain-not-allowed");
        }
    }

    #[test]
    fn the_callers_token_counts_more_than_the_platforms() {
        let token = |header| access_of(Some("00D!platform"), None, SETTINGS, header).unwrap().access_token;
        assert_eq!((token(None), token(Some("00D!caller"))), ("00D!platform".to_owned(), "00D!caller".to_owned()));
        assert_eq!(access_of(None, None, SETTINGS, None).unwrap_err().code, "no-access-token");
    }
}
