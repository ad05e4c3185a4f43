//! Which hosts the module talks to: an org's My Domain host, and nothing else.
//!
//! A deployment domain and a session's `instance_url` come from outside. Both are compared by whole labels from the end,
//! so `example.my.salesforce.com.evil.com` and `evilmy.salesforce.com` are refused; what looks like another address of
//! the same org is refused with the host to enter instead.
//!
//! Sources: My Domain hostname formats in Salesforce's help; the table of its own CLI library.

use std::fmt;

use super::name::RecordId;
use crate::base::Said;
use crate::texts::said;

/// Domains directly below which an org's API host lives. The names are complete labels: a dot stands before each.
const API_SUFFIXES: [&str; 4] = ["my.salesforce.com", "my-salesforce.com", "my.salesforce.mil", "my.sfcrmproducts.cn"];

/// Other addresses of the same org → the API host's suffix. The labels in front stay the same.
const SIBLING_SUFFIXES: [(&str, &str); 9] = [
    ("lightning.force.com", "my.salesforce.com"),
    ("my.salesforce-setup.com", "my.salesforce.com"),
    ("lightning.crmforce.mil", "my.salesforce.mil"),
    ("my.salesforce-setup.mil", "my.salesforce.mil"),
    ("lightning.sfcrmapps.cn", "my.sfcrmproducts.cn"),
    ("my.sfcrmapps.cn", "my.sfcrmproducts.cn"),
    ("my-lightning.com", "my-salesforce.com"),
    ("my.site.com", "my.salesforce.com"),
    ("my.salesforce-sites.com", "my.salesforce.com"),
];

/// The API host's suffix → the messaging host's.
const MESSAGING_SUFFIXES: (&str, &str) = (".my.salesforce.com", ".my.salesforce-scrt.com");

/// Visualforce and file hosts put a package's or content's marker behind the My Domain name: `example--c.vf.force.com`.
const MARKED_SUFFIXES: [&str; 3] = ["vf.force.com", "documentforce.com", "file.force.com"];

/// Longest host name (RFC 1035).
const MAX_HOST_LENGTH: usize = 253;

/// A Salesforce org's API host, in lower case, such as `example.my.salesforce.com`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Domain(String);

/// The host of an org's chats (Enhanced Chat), such as `example.my.salesforce-scrt.com`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessagingHost(String);

impl MessagingHost {
    /// In lower case, without scheme, port or slash.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Why a text is not the domain of an org.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DomainError {
    /// No text, or white space alone.
    Empty,
    /// It names an org, in another form.
    Use(Domain),
    /// `login.salesforce.com` and the like serve every org.
    GenericLogin,
    /// `eu29.salesforce.com`: an instance holds many orgs.
    Instance,
    /// An IP address, which names no org.
    IpAddress,
    /// Not below one of Salesforce's domains.
    Foreign,
}

impl Domain {
    /// Parses a deployment domain as an author enters it: the bare host.
    pub fn parse(text: &str) -> Result<Self, DomainError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(DomainError::Empty);
        }
        let host = host_of(text)?;
        match api_host(&host) {
            Some(domain) if text.eq_ignore_ascii_case(&domain.0) => Ok(domain),
            Some(domain) => Err(DomainError::Use(domain)),
            None => Err(refusal(&host)),
        }
    }

    /// Parses a session's `instance_url`: `https`, the host, at most a slash.
    pub fn parse_instance_url(text: &str) -> Result<Self, DomainError> {
        let host = text.strip_prefix("https://").ok_or(DomainError::Foreign)?;
        Self::parse(host.strip_suffix('/').unwrap_or(host))
    }

    /// Where a person sees the record: Salesforce leads on to Lightning Experience or to Classic, whichever the person uses. The
    /// Lightning host is another, and its paths name the SObject. Source: Apex Reference Guide, URL Class, the link to a record.
    pub fn record_url(&self, id: &RecordId) -> String {
        format!("https://{self}/{}", id.as_str())
    }

    /// The one other host that a hand-over talks to. It is made of this one and never taken from an answer. Source: Setup, Code
    /// Snippet of a Custom Client deployment; of sandboxes this is inferred, and of the other suffixes nothing is known.
    pub fn messaging_host(&self) -> Option<MessagingHost> {
        let labels = self.0.strip_suffix(MESSAGING_SUFFIXES.0)?;
        Some(MessagingHost(format!("{labels}{}", MESSAGING_SUFFIXES.1))).filter(|host| host.0.len() <= MAX_HOST_LENGTH)
    }

    /// In lower case, without scheme, port or slash.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Domain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl DomainError {
    /// What is wrong with a deployment domain, and what to enter instead.
    pub(crate) fn said(&self) -> Said {
        match self {
            Self::Empty => said!(findings_settings::domain_empty()),
            Self::Use(domain) => said!(findings_settings::domain_in_another_form(domain)),
            Self::GenericLogin => said!(findings_settings::domain_of_the_login()),
            Self::Instance => said!(findings_settings::domain_of_an_instance()),
            Self::IpAddress => said!(findings_settings::domain_is_an_ip_address()),
            Self::Foreign => said!(findings_settings::domain_foreign()),
        }
    }
}

/// The host in what may be a whole address copied from a browser. This only serves to say what to enter instead: what is
/// accepted is compared as a whole, so nothing depends on how an address is read.
fn host_of(text: &str) -> Result<String, DomainError> {
    let rest = text.split_once(':').and_then(|(_, rest)| rest.strip_prefix("//")).unwrap_or(text);
    let authority = rest.split(['/', '?', '#', '\\']).next().unwrap_or_default();
    if authority.contains('@') || authority.len() > MAX_HOST_LENGTH {
        return Err(DomainError::Foreign);
    }
    let host = match authority.split_once(':') {
        Some((_, rest)) if rest.contains(':') => return Err(DomainError::IpAddress),
        Some((host, _)) => host,
        None => authority,
    };
    let is_ip = !host.is_empty() && host.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    if is_ip { Err(DomainError::IpAddress) } else { Ok(host.to_ascii_lowercase()) }
}

/// The API host that `host` is, or is another address of. It may be longer than that.
fn api_host(host: &str) -> Option<Domain> {
    api_host_of_any_length(host).filter(|domain| domain.0.len() <= MAX_HOST_LENGTH)
}

fn api_host_of_any_length(host: &str) -> Option<Domain> {
    for suffix in API_SUFFIXES {
        if let Some(labels) = labels_before(host, suffix) {
            return org_labels(&labels).then(|| Domain(host.to_owned()));
        }
    }
    for (sibling, suffix) in SIBLING_SUFFIXES {
        if let Some(labels) = labels_before(host, sibling) {
            return org_labels(&labels).then(|| Domain(format!("{}.{suffix}", labels.join("."))));
        }
    }
    for suffix in MARKED_SUFFIXES {
        let Some(labels) = labels_before(host, suffix) else {
            continue;
        };
        let (marked, kind) = labels.split_first()?;
        // The marker is the last part: `example--sbx--c` is the sandbox `example--sbx`.
        let (name, _) = marked.rsplit_once('-')?;
        let name = name.strip_suffix('-')?;
        let labels = [&[name], kind].concat();
        return org_labels(&labels).then(|| Domain(format!("{}.my.salesforce.com", labels.join("."))));
    }
    None
}

/// A My Domain name, then at most the kind of org (`sandbox`, `develop`, `cs12`, …) - or, below the alternative host
/// names, sandbox, name and kind. The list of kinds grows, and every name below an API suffix is Salesforce's own.
fn org_labels(labels: &[&str]) -> bool {
    let plain = |label: &&str| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    (1..=3).contains(&labels.len()) && labels.iter().all(plain)
}

/// The labels in front of `suffix`, if `host` lies below it.
fn labels_before<'a>(host: &'a str, suffix: &str) -> Option<Vec<&'a str>> {
    let rest = host.strip_suffix(suffix)?.strip_suffix('.')?;
    Some(rest.split('.').collect())
}

fn refusal(host: &str) -> DomainError {
    match host {
        "login.salesforce.com" | "test.salesforce.com" | "welcome.salesforce.com" => DomainError::GenericLogin,
        _ if is_instance(host) => DomainError::Instance,
        _ => DomainError::Foreign,
    }
}

/// `na44.salesforce.com`, `cs12.salesforce.com`: letters for the place, and a number.
fn is_instance(host: &str) -> bool {
    let Some(name) = host.strip_suffix(".salesforce.com") else { return false };
    let place = name.trim_end_matches(|c: char| c.is_ascii_digit());
    (2..=3).contains(&place.len()) && place.len() < name.len() && place.bytes().all(|b| b.is_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_messaging_host_follows_from_the_domain() {
        for (domain, host) in [
            ("acme.my.salesforce.com", Some("acme.my.salesforce-scrt.com")),
            ("acme--uat.sandbox.my.salesforce.com", Some("acme--uat.sandbox.my.salesforce-scrt.com")),
            ("acme.my.salesforce.mil", None),
            ("acme.my-salesforce.com", None),
        ] {
            let known = Domain::parse(domain).unwrap().messaging_host();
            assert_eq!(known.as_ref().map(MessagingHost::as_str), host);
        }
    }

    fn instead(text: &str) -> String {
        match Domain::parse(text) {
            Err(DomainError::Use(domain)) => domain.to_string(),
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn my_domain_hosts_of_every_kind_of_org_are_accepted_in_any_case() {
        for good in [
            "example.my.salesforce.com",
            "EXAMPLE.My.Salesforce.com",
            "example--test.sandbox.my.salesforce.com",
            "example-dev-ed.develop.my.salesforce.com",
            "example.scratch.my.salesforce.com",
            "example.trailblaze.my.salesforce.com",
            "example--test.cs12.my.salesforce.com",
            "example.my-salesforce.com",
            "test.example.sandbox.my-salesforce.com",
            "example.my.salesforce.mil",
            "example.my.sfcrmproducts.cn",
        ] {
            assert_eq!(Domain::parse(good).map(|d| d.to_string()), Ok(good.to_lowercase()), "{good}");
        }
    }

    #[test]
    fn another_address_of_an_org_is_answered_with_the_host_to_enter() {
        for (other, host) in [
            ("example.lightning.force.com", "example.my.salesforce.com"),
            ("https://example.lightning.force.com/lightning/page/home", "example.my.salesforce.com"),
            ("example--t.sandbox.lightning.force.com", "example--t.sandbox.my.salesforce.com"),
            ("example.my.salesforce-setup.com", "example.my.salesforce.com"),
            ("example--c.vf.force.com", "example.my.salesforce.com"),
            ("example--t--c.sandbox.vf.force.com", "example--t.sandbox.my.salesforce.com"),
            ("example.my.site.com", "example.my.salesforce.com"),
            ("https://example--t.sandbox.my.site.com/help/s/", "example--t.sandbox.my.salesforce.com"),
            ("example.my.salesforce-sites.com", "example.my.salesforce.com"),
            ("example.lightning.crmforce.mil", "example.my.salesforce.mil"),
            ("example.lightning.sfcrmapps.cn", "example.my.sfcrmproducts.cn"),
            ("https://example.my.salesforce.com", "example.my.salesforce.com"),
            ("https://example.my.salesforce.com/", "example.my.salesforce.com"),
            ("http://example.my.salesforce.com:8080/x?y", "example.my.salesforce.com"),
            ("example.my.salesforce.com/", "example.my.salesforce.com"),
            ("example.my.salesforce.com:443", "example.my.salesforce.com"),
        ] {
            assert_eq!(instead(other), host, "{other}");
        }
    }

    #[test]
    fn what_is_no_org_is_refused() {
        assert_eq!(Domain::parse(" "), Err(DomainError::Empty));
        for login in ["login.salesforce.com", "test.salesforce.com", "https://login.salesforce.com/"] {
            assert_eq!(Domain::parse(login), Err(DomainError::GenericLogin), "{login}");
        }
        for instance in ["eu29.salesforce.com", "https://na44.salesforce.com/", "cs12.salesforce.com"] {
            assert_eq!(Domain::parse(instance), Err(DomainError::Instance), "{instance}");
        }
        for ip in
            ["127.0.0.1", "https://10.0.0.1/", "[::1]", "::1", "127.0.0.1:80", "2130706433", "https://[::ffff:1.2.3.4]"]
        {
            assert_eq!(Domain::parse(ip), Err(DomainError::IpAddress), "{ip}");
        }
        for foreign in [
            "example.my.salesforce.com.evil.com",
            "evilmy.salesforce.com",
            "my.salesforce.com",
            ".my.salesforce.com",
            "example.my.salesforce.com.",
            "a@example.my.salesforce.com",
            "https://example.my.salesforce.com@evil.com/",
            "a.b.c.d.my.salesforce.com",
            "-.my.salesforce.com",
            "exämple.my.salesforce.com",
            "example.com",
            "https://example.com/example.my.salesforce.com",
            "example.my.salesforce.com\\@evil.com",
            "not a domain",
            "example%2emy.salesforce.com.evil.com",
            "0x7f000001",
        ] {
            let error = Domain::parse(foreign).expect_err(foreign);
            assert!(!matches!(error, DomainError::Use(_)) || foreign.contains('\\'), "{foreign}: {error:?}");
        }
    }

    #[test]
    fn an_instance_url_is_https_and_the_bare_host() {
        assert!(Domain::parse_instance_url("https://example.my.salesforce.com").is_ok());
        assert!(Domain::parse_instance_url("https://example.my.salesforce.com/").is_ok());
        for bad in [
            "http://example.my.salesforce.com",
            "https://example.my.salesforce.com:444",
            "https://example.my.salesforce.com/services",
            "https://u:p@example.my.salesforce.com",
            "https://example.my.salesforce.com.evil.com",
            "https://example.lightning.force.com",
            "example.my.salesforce.com",
            "",
        ] {
            assert!(Domain::parse_instance_url(bad).is_err(), "{bad}");
        }
    }
}
